"""`:rand`: pseudo random numbers by Erlang's default algorithm, exsss, whose numbers are the same for the same seed.

The state is two words of 58 bits, Xorshift116 with a scrambled output; it is kept in the process dictionary.
"""

from __future__ import annotations

import math
import secrets
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.lists import List

module = NativeModule(":rand", doc="Pseudo random numbers; the state belongs to the process.")

MASK: Final = (1 << 58) - 1
MASK_64: Final = (1 << 64) - 1
SEED: Final = atom("rand_seed")
EXSSS: Final = atom("exsss")
DEFAULT: Final = atom("default")
ERLANG: Final = atom("erlang")
RAND: Final = atom("rand")

State = tuple[int, int]


def _splitmix(state: int) -> tuple[int, int]:
    """Return a 64 bit word and the next state of the generator that spreads seeds."""
    state = (state + 0x9E3779B97F4A7C15) & MASK_64
    word = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & MASK_64
    word = ((word ^ word >> 27) * 0x94D049BB133111EB) & MASK_64
    return word ^ word >> 31, state


def _word(state: int) -> tuple[int, int]:
    while True:
        word, state = _splitmix(state)
        if word & MASK:
            return word & MASK, state


def _state_of(seed: Any) -> State:
    if type(seed) is int:
        first, state = _word(seed & MASK_64)
        second, _ = _word(state)
        return first, second
    if type(seed) is tuple and len(seed) == 3 and all(type(part) is int for part in seed):
        _, state = _word(seed[0] & MASK_64)
        first, state = _word((seed[1] & MASK_64) ^ state)
        second, _ = _word((seed[2] & MASK_64) ^ state)
        return first, second
    raise function_clause(RAND, "seed", (EXSSS, seed))


def _next(state: State) -> tuple[int, State]:
    """Return a number of 58 bits and the next state."""
    high, low = state
    mixed = (high ^ high << 24) & MASK
    new = mixed ^ low ^ mixed >> 11 ^ low >> 41
    value = (low + (low << 2)) & MASK
    value = (value << 7 | value >> 51) & MASK
    return (value + (value << 3)) & MASK, (low, new)


def _load() -> State:
    """Return the process's state; the first use makes one by chance."""
    found = export(ERLANG, "get", 1).fn(SEED)
    if type(found) is tuple:
        state: State = found[1]
        return state
    return _state_of((secrets.randbits(58), secrets.randbits(58), secrets.randbits(58)))


def _store(state: State) -> None:
    export(ERLANG, "put", 2).fn(SEED, (EXSSS, state))


def _draw() -> int:
    value, state = _next(_load())
    _store(state)
    return value


@module.function("seed")
def seed(algorithm: Any) -> Any:
    """Seed the process's generator with `:default` or `:exsss`, by chance.

        :rand.seed(:exsss)
    """
    return _seed(algorithm, tuple(secrets.randbits(58) for _ in range(3)))


@module.function("seed", arity=2)
def seed_with(algorithm: Any, given: Any) -> Any:
    """Seed the process's generator with an integer or a tuple of three.

        :rand.seed(:exsss, {1, 2, 3})
    """
    return _seed(algorithm, given)


def _seed(algorithm: Any, given: Any) -> Any:
    if algorithm is not EXSSS and algorithm is not DEFAULT or isinstance(given, List):
        raise function_clause(RAND, "seed", (algorithm, given))
    state = _state_of(given)
    _store(state)
    return EXSSS, state


@module.function
def uniform() -> Any:
    """Return a float from 0.0 up to, not including, 1.0.

        iex> x = :rand.uniform()
        iex> x >= 0.0 and x < 1.0
        true
    """
    return (_draw() >> 5) * 2.0**-53


@module.function("uniform", arity=1)
def uniform_up_to(n: Any) -> Any:
    """Return an integer from 1 to n.

        iex> :rand.uniform(1)
        1
    """
    if type(n) is not int or n < 1:
        raise function_clause(RAND, "uniform", (n,))
    if n > MASK:
        return 1 + _large(n)
    while True:
        value = _draw()
        rest = value % n
        if value - rest <= MASK + 1 - n:
            return rest + 1


def _large(n: int) -> int:
    """Return a number below one of more than 58 bits."""
    words = -(-n.bit_length() // 58)
    while True:
        value = 0
        for _ in range(words):
            value = value << 58 | _draw()
        value &= (1 << n.bit_length()) - 1
        if value < n:
            return value


@module.function
def uniform_real() -> Any:
    """Return a float between 0.0 and 1.0, neither of them included."""
    while True:
        value = (_draw() >> 5) * 2.0**-53
        if value > 0.0:
            return value


@module.function
def normal() -> Any:
    """Return a float of the standard normal distribution."""
    radius = math.sqrt(-2.0 * math.log(uniform_real()))
    return radius * math.cos(2.0 * math.pi * uniform())


@module.function("normal", arity=2)
def normal_around(mean: Any, variance: Any) -> Any:
    """Return a float of the normal distribution with a mean and a variance."""
    return mean + math.sqrt(variance) * normal()


@module.function("bytes")
def bytes_(n: Any) -> Any:
    """Return a binary of n random bytes."""
    return binary(bytes(_draw() & 255 for _ in range(n)))
