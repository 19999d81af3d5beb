"""Numbers of a generator: floats, integers below a limit, normal ones, bytes; of the process's state and of one that is given."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from pyex.stdlib.erlang.rand import ziggurat
from pyex.stdlib.erlang.rand.base import M58, RAND, module
from pyex.stdlib.erlang.rand.generators import Generator, exsss_next, generator_of
from pyex.stdlib.erlang.rand.seeding import load, store
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary
from pyex.terms.errors import erlang_error, function_clause


class Source:
    """A generator on its way: `next()` gives a number, `words` is the state then."""

    __slots__ = ("generator", "words")

    def __init__(self, generator: Generator, words: Any) -> None:
        self.generator, self.words = generator, words

    def next(self) -> int:
        """Return the next number."""
        value, self.words = self.generator.next(self.words)
        return value

    def uniform(self) -> float:
        """Return a float from 0.0 up to, not including, 1.0."""
        value, bits = self.next(), self.generator.bits
        return value / (1 << bits) if self.generator.is_old else (value >> bits - 53) * 2.0**-53


def _source(state: Any, name: str, *args: Any) -> Source:
    generator = generator_of(state[0]) if type(state) is tuple and len(state) == 2 else None
    if generator is None:
        raise function_clause(RAND, name, (*args, state))
    return Source(generator, state[1])


def _drawn(draw: Callable[..., Any], state: Any, name: str, *args: Any) -> Any:
    source = _source(state, name, *args)
    value = draw(source, *args)
    return value, (state[0], source.words)


def _below(source: Source, limit: int) -> int:
    """Return an integer from 1 to a limit."""
    bits = source.generator.bits
    if source.generator.is_old:
        if limit < 1 << bits:
            return source.next() % limit + 1
        return math.trunc(source.uniform() * limit) + 1
    while True:
        value, width = source.next(), bits
        rest = limit >> bits
        if rest:
            value, width = _widened(source, value, rest)
        found = value % limit
        if value - found <= (1 << width) - limit:
            return found + 1


def _widened(source: Source, value: int, rest: int) -> tuple[int, int]:
    """Return a number of as many words as a limit needs, without the weak bits of all but the last, and its width."""
    width, weak = source.generator.bits, source.generator.weak
    shift = width - weak
    while rest:
        value = (value >> weak << weak) << shift | source.next()
        width += shift
        rest >>= shift
    return value, width


def _real(source: Source) -> float:
    """Return a float above 0.0 that keeps its 53 bits however small it is."""
    generator = source.generator
    value = source.next()
    top = value & (1 << 56) - 1 if generator.is_old else value >> generator.bits - 56
    exponent = -56
    while top < 1 << 52:
        missing = 56 - top.bit_length() if top else 56
        more = source.next()
        more = more & (1 << 56) - 1 if generator.is_old else more >> generator.bits - 56
        top = top << missing | more >> 56 - missing
        exponent -= missing
    spare = top.bit_length() - 53
    return math.ldexp(top >> spare, exponent + spare)


def _normal(source: Source) -> float:
    generator = source.generator
    bits = generator.bits

    def signed() -> tuple[bool, int]:
        value = source.next()
        if generator.is_old:
            return bool(value & 1 << 51), value & (1 << 51) - 1
        return bool(value & 1 << bits - 52), value >> bits - 51

    return ziggurat.draw(signed, source.uniform)


def _bytes(source: Source, count: int) -> Any:
    generator = source.generator
    size = (generator.bits - generator.weak) // 8
    drop = generator.bits - 8 * size
    pieces: list[bytes] = []
    while count > 0:
        value = source.next()
        if generator.is_old:
            piece = (value & (1 << 8 * size) - 1).to_bytes(size, "big")[-count:]
        elif count >= size:
            piece = (value >> drop & (1 << 8 * size) - 1).to_bytes(size, "big")
        else:
            piece = (value >> 8 * (size - count) & (1 << 8 * count) - 1).to_bytes(count, "big")
        pieces.append(piece)
        count -= len(piece)
    return binary(b"".join(pieces))


_EXSSS: Final = atom("exsss")
_TYPE: Final = atom("type")


@module.function("uniform", arity=0)
def uniform() -> Any:
    """Return a float from 0.0 up to, not including, 1.0.

    iex> _ = :rand.seed(:exsss, {1, 2, 3})
    iex> :rand.uniform()
    0.5455598952593053
    """
    state = load()
    if state[0].get(_TYPE) is _EXSSS:  # what nearly everyone uses
        value, words = exsss_next(state[1])
        store((state[0], words))
        return (value >> 5) * 2.0**-53
    value, state = uniform_s(state)
    store(state)
    return value


@module.function("uniform", arity=1)
def uniform_up_to(n: Any) -> Any:
    """Return an integer from 1 to n.

    iex> :rand.uniform(1)
    1
    """
    if type(n) is not int or n < 1:
        raise function_clause(RAND, "uniform_s", (n, load()))
    state = load()
    if n <= M58 and state[0].get(_TYPE) is _EXSSS:
        words = state[1]
        while True:
            value, words = exsss_next(words)
            rest = value % n
            if value - rest <= M58 + 1 - n:
                store((state[0], words))
                return rest + 1
    value, state = uniform_s_up_to(n, state)
    store(state)
    return value


@module.function("uniform_s", arity=1)
def uniform_s(state: Any) -> Any:
    """Return `{float, state}`: a float from 0.0 up to, not including, 1.0.

    iex> {x, _} = :rand.uniform_s(:rand.seed_s(:exsss, 1))
    iex> x >= 0.0 and x < 1.0
    true
    """
    return _drawn(Source.uniform, state, "uniform_s")


@module.function("uniform_s", arity=2)
def uniform_s_up_to(n: Any, state: Any) -> Any:
    """Return `{integer, state}`: an integer from 1 to n.

    iex> {x, _} = :rand.uniform_s(6, :rand.seed_s(:exsss, 42))
    iex> x
    2
    """
    if type(n) is not int or n < 1:
        raise function_clause(RAND, "uniform_s", (n, state))
    source = _source(state, "uniform_s", n)
    return _below(source, n), (state[0], source.words)


@module.function
def uniform_real() -> Any:
    """Return a float between 0.0 and 1.0, neither of them included; small ones are as precise as large ones.

    iex> _ = :rand.seed(:exsss, {1, 2, 3})
    iex> :rand.uniform_real()
    0.5455598952593053
    """
    value, state = uniform_real_s(load())
    store(state)
    return value


@module.function
def uniform_real_s(state: Any) -> Any:
    """Return `{float, state}`: what `uniform_real/0` gives of a state.

    iex> {x, _} = :rand.uniform_real_s(:rand.seed_s(:exsss, 1))
    iex> x > 0.0 and x < 1.0
    true
    """
    return _drawn(_real, state, "uniform_real_s")


@module.function("normal", arity=0)
def normal() -> Any:
    """Return a float of the standard normal distribution.

    iex> _ = :rand.seed(:exsss, {1, 2, 3})
    iex> is_float(:rand.normal())
    true
    """
    value, state = normal_s(load())
    store(state)
    return value


@module.function("normal", arity=2)
def normal_around(mean: Any, variance: Any) -> Any:
    """Return a float of the normal distribution with a mean and a variance.

    iex> :rand.normal(5.0, 0)
    5.0
    """
    if type(mean) not in (int, float) or type(variance) not in (int, float) or variance < 0:
        raise erlang_error("badarith")
    value, state = normal_s_around(mean, variance, load())
    store(state)
    return value


@module.function("normal_s", arity=1)
def normal_s(state: Any) -> Any:
    """Return `{float, state}`: a number of the standard normal distribution.

    iex> {x, _} = :rand.normal_s(:rand.seed_s(:exsss, 1))
    iex> is_float(x)
    true
    """
    return _drawn(_normal, state, "normal_s")


@module.function("normal_s", arity=3)
def normal_s_around(mean: Any, variance: Any, state: Any) -> Any:
    """Return `{float, state}`: a number of the normal distribution with a mean and a variance.

    iex> {x, _} = :rand.normal_s(2, 0, :rand.seed_s(:exsss, 1))
    iex> x
    2.0
    """
    if type(variance) not in (int, float) or variance < 0:
        raise function_clause(RAND, "normal_s", (mean, variance, state))
    value, state = normal_s(state)
    if type(mean) not in (int, float):
        raise erlang_error("badarith")
    return mean + math.sqrt(variance) * value, state


@module.function("bytes")
def bytes_(n: Any) -> Any:
    """Return a binary of n random bytes.

    iex> byte_size(:rand.bytes(5))
    5
    """
    value, state = bytes_s(n, load())
    store(state)
    return value


@module.function
def bytes_s(n: Any, state: Any) -> Any:
    """Return `{binary, state}`: n random bytes.

    iex> {x, _} = :rand.bytes_s(3, :rand.seed_s(:exsss, 42))
    iex> byte_size(x)
    3
    """
    if type(n) is not int or n < 0:
        raise function_clause(RAND, "bytes_s", (n, state))
    source = _source(state, "bytes_s", n)
    return _bytes(source, n), (state[0], source.words)
