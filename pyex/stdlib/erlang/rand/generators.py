"""The generators: how each makes a state of a seed, the next number of a state, and a state far ahead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pyex.stdlib.erlang.rand.base import M58, M64, Words, pair, rotated, scrambled, seed_list, word_of, words_of
from pyex.stdlib.erlang.rand.jumps import advanced
from pyex.terms.atoms import Atom, atom
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, from_pylist, to_pylist
from pyex.terms.maps import Map


class Generator(NamedTuple):
    """An algorithm. `bits` is the width of its numbers, `weak` how many of the lowest are not random enough; an old one
    (`is_old`) makes ranges and floats of its numbers in its own way."""

    name: str
    bits: int
    weak: int
    is_old: bool
    next: Callable[[Any], tuple[int, Any]]
    seed: Callable[[Any], Any]
    jump: Callable[[Any], Any] | None


def exsp_step(words: Words) -> Words:
    """Advance the shift register of exsp and exsss."""
    high, low = words
    mixed = (high ^ high << 24) & M58
    return low, mixed ^ low ^ mixed >> 11 ^ low >> 41


def exsss_next(state: Any) -> tuple[int, Any]:
    """Return a number of exsss and the next state."""
    high, low = state.head, state._tail
    mixed = (high ^ high << 24) & M58
    value = low * 5 & M58
    value = (value << 7 | value >> 51) & M58
    return value * 9 & M58, Cons(low, mixed ^ low ^ mixed >> 11 ^ low >> 41)


def exsp_next(state: Any) -> tuple[int, Any]:
    """Return a number of exsp and the next state."""
    low, new = exsp_step((state.head, state.tail))
    return (low + new) & M58, Cons(low, new)


def exrop_step(words: Words) -> Words:
    """Advance the register of exrop."""
    high, low = words
    mixed = high ^ low
    return (rotated(high, 24) ^ mixed ^ mixed << 2) & M58, rotated(mixed, 35)


def exrop_next(state: Any) -> tuple[int, Any]:
    """Return a number of exrop and the next state."""
    words = state.head, state.tail
    return sum(words) & M58, pair(exrop_step(words))


def wheel(state: Any) -> tuple[list[int], list[int]]:
    """Return the two lists of a state of many words: what is ahead, with two words at least, and what is behind."""
    ahead, behind = to_pylist(state[0]), to_pylist(state[1])
    return (ahead, behind) if len(ahead) > 1 else ([*ahead, *reversed(behind)], [])


def _turned(ahead: list[int], behind: list[int], first: int, passed: int) -> Any:
    return from_pylist([first, *ahead[2:]]), from_pylist([passed, *behind])


def exro928_step(state: Any) -> tuple[Words, Any]:
    """Return the two words that a step of exro928 begins with, and the next state."""
    ahead, behind = wheel(state)
    last, first = ahead[:2]
    mixed = last ^ first
    passed = (rotated(first, 44) ^ mixed ^ mixed << 9) & M58
    return (last, first), _turned(ahead, behind, rotated(mixed, 45), passed)


def exro928ss_next(state: Any) -> tuple[int, Any]:
    """Return a number of exro928ss and the next state."""
    (_, first), new = exro928_step(state)
    return scrambled(first), new


def exs1024_next(state: Any) -> tuple[int, Any]:
    """Return a number of exs1024 and the next state."""
    ahead, behind = wheel(state)
    first, second = ahead[:2]
    second ^= (second << 31) & M64
    mixed = first ^ first >> 30 ^ second ^ second >> 11
    return mixed * 1181783497276652981 & M64, _turned(ahead, behind, mixed, first)


def exs64_next(word: int) -> tuple[int, int]:
    """Return a number of exs64 and the next state."""
    word ^= word >> 12
    word ^= (word << 25) & M64
    word ^= word >> 27
    return word * 2685821657736338717 & M64, word


def chained(seed: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Return the words of a seed of three integers, each spread with what the one before it left, and what is left."""
    first, state = word_of(seed[0] & M64)
    second, state = word_of((seed[1] & M64) ^ state)
    third, state = word_of((seed[2] & M64) ^ state)
    return first, second, third, state


def _exsss_seed(seed: Any) -> Any:
    return pair(chained(seed)[1:3] if type(seed) is tuple else _two(seed))


def _two(seed: Any) -> Any:
    return tuple(words_of(2, seed)) if type(seed) is int else tuple(seed_list(2, seed))


def _products(seed: tuple[int, int, int]) -> list[int]:
    factors = (4294967197, 4294967231, 4294967279)
    return [(part * factor + 1) & M58 for part, factor in zip(seed, factors, strict=True)]


def _stepped_seed(step: Callable[[Words], Words]) -> Callable[[Any], Any]:
    def make(seed: Any) -> Any:
        if type(seed) is not tuple:
            return pair(_two(seed))
        first, second, third = _products(seed)
        left = step((first, second))[1]
        return pair(step((third, left)))

    return make


def _exro928_seed(seed: Any) -> Any:
    if type(seed) is tuple:
        *words, state = chained(seed)
        return from_pylist([*words, *words_of(13, state)]), EMPTY
    return from_pylist(words_of(16, seed) if type(seed) is int else seed_list(16, seed)), EMPTY


def _exs64_seed(seed: Any) -> Any:
    if type(seed) is int:
        return words_of(1, seed, M64)[0]
    if type(seed) is not tuple:
        return seed_list(1, seed, M64)[0]
    factors = (4294967197, 4294967231, 4294967279)
    value = 1
    for part, factor in zip(seed, factors, strict=True):
        value *= exs64_next(((part & 0xFFFFFFFF) * factor + 1) & M64)[0]
    return value % (M64 - 1) + 1


def _exs1024_seed(seed: Any) -> Any:
    if type(seed) is int:
        return from_pylist(words_of(16, seed, M64)), EMPTY
    if type(seed) is not tuple:
        return from_pylist(seed_list(16, seed, M64)), EMPTY
    low = (1 << 21) - 1
    first, second, third = (
        ((part & low) + 1) * factor & low for part, factor in zip(seed, (2097131, 2097133, 2097143), strict=True)
    )
    state, words = first << 43 | second << 22 | third << 1 | 1, []
    for _ in range(16):
        word, state = exs64_next(state)
        words.append(word)
    return from_pylist(words[::-1]), EMPTY


def _pair_jump(step: Callable[[Words], Words], exponent: int) -> Callable[[Any], Any]:
    return lambda state: pair(advanced(step, (state.head, state.tail), exponent, 58))


def wheel_jump(
    following: Callable[[Any], tuple[Any, Any]], exponent: int, bits: int, *, is_wound: bool = True
) -> Callable[[Any], Any]:
    """Return a function that moves a state of sixteen words ahead by two to the power of an exponent.

    The wheel of the new state stands at its beginning (`is_wound`), or where that of the old one stood.
    """

    def step(words: tuple[int, ...]) -> tuple[int, ...]:
        ahead, behind = following((from_pylist(list(words)), EMPTY))[1]
        return (*to_pylist(ahead), *to_pylist(behind))

    def jump(state: Any) -> Any:
        ahead, behind = to_pylist(state[0]), to_pylist(state[1])
        moved = list(advanced(step, (*ahead, *reversed(behind)), exponent, bits))
        if is_wound:
            return from_pylist(moved), EMPTY
        return from_pylist(moved[: len(ahead)]), from_pylist(moved[: len(ahead) - 1 : -1])

    return jump


exsp_jump: Final = _pair_jump(exsp_step, 64)
_exs1024_jump: Final = wheel_jump(exs1024_next, 512, 64, is_wound=False)
_exsp_seed: Final = _stepped_seed(exsp_step)

GENERATORS: Final[dict[str, Generator]] = {
    made.name: made
    for made in (
        Generator("exsss", 58, 0, False, exsss_next, _exsss_seed, exsp_jump),
        Generator("exsp", 58, 1, False, exsp_next, _exsp_seed, exsp_jump),
        Generator("exrop", 58, 1, False, exrop_next, _stepped_seed(exrop_step), _pair_jump(exrop_step, 64)),
        Generator("exro928ss", 58, 0, False, exro928ss_next, _exro928_seed, wheel_jump(exro928_step, 512, 58)),
        Generator("exs1024s", 64, 3, False, exs1024_next, _exs1024_seed, _exs1024_jump),
        Generator("exsplus", 58, 0, True, exsp_next, _exsp_seed, exsp_jump),
        Generator("exs1024", 64, 0, True, exs1024_next, _exs1024_seed, _exs1024_jump),
        Generator("exs64", 64, 0, True, exs64_next, _exs64_seed, None),
    )
}

_SHOWN: Final = {
    "exsss": "next:0/exsss_next uniform:1/exsss_uniform uniform_n:2/exsss_uniform jump:3/exsplus_jump",
    "exsp": "next:5/exsp_next uniform:7/exsp_uniform uniform_n:8/exsp_uniform jump:3/exsplus_jump",
    "exrop": "next:14/exrop_next uniform:15/exrop_uniform uniform_n:16/exrop_uniform jump:17/exrop_jump",
    "exro928ss": "next:19/exro928ss_next uniform:20/exro928ss_uniform uniform_n:21/exro928ss_uniform jump:22/exro928_jump",
    "exs1024s": "next:11/exs1024_next jump:12/exs1024_jump",
    "exsplus": "next:5/exsp_next jump:3/exsplus_jump",
    "exs1024": "next:11/exs1024_next jump:12/exs1024_jump",
    "exs64": "next:9/exs64_next",
}
"""The functions of each algorithm's handler, with the numbers that OTP 27 shows of them."""


def _held(kind: str, place: str, name: str, generator: Generator) -> Any:
    """Return a function of a handler, shown as Erlang shows it; what it does is what `:rand` does with the generator."""

    def following(state: Any) -> Any:
        value, new = generator.next(state)
        return Cons(value, new)

    def uniform(state: Any) -> Any:
        return export(atom("rand"), "uniform_s", 1).fn(state)

    def uniform_n(n: Any, state: Any) -> Any:
        return export(atom("rand"), "uniform_s", 2).fn(n, state)

    def jump(state: Any) -> Any:
        return export(atom("rand"), "jump", 1).fn(state)

    functions: dict[str, Any] = {"next": following, "uniform": uniform, "uniform_n": uniform_n, "jump": jump}
    function = functions[kind]
    function.elixir_text = f"#Function<{place}.40079776/{2 if kind == 'uniform_n' else 1} in :rand.{name}>"
    return function


def _handler(generator: Generator) -> Map:
    pairs: list[tuple[Any, Any]] = [(atom("type"), atom(generator.name))]
    pairs.append((atom("max"), (1 << generator.bits) - 1) if generator.is_old else (atom("bits"), generator.bits))
    if generator.weak:
        pairs.append((atom("weak_low_bits"), generator.weak))
    for entry in _SHOWN[generator.name].split():
        kind, _, rest = entry.partition(":")
        place, _, name = rest.partition("/")
        pairs.append((atom(kind), _held(kind, place, name, generator)))
    return Map.from_pairs(pairs)


HANDLERS: Final[dict[str, Map]] = {name: _handler(generator) for name, generator in GENERATORS.items()}
_TYPE: Final[Atom] = atom("type")


def generator_of(handler: Any) -> Generator | None:
    """Return the generator that a handler is of."""
    found = handler.get(_TYPE) if type(handler) is Map else None
    return GENERATORS.get(getattr(found, "name", ""))
