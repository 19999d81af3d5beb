"""The module :rand, and the words that its generators are made of."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import erlang_error
from pyex.terms.lists import Cons, to_pylist

module = NativeModule(":rand", doc="Pseudo random numbers; the state belongs to the process.")

M58: Final = (1 << 58) - 1
M64: Final = (1 << 64) - 1
RAND: Final[Atom] = atom("rand")

Words = tuple[int, int]


def splitmix(state: int) -> Words:
    """Return a 64 bit word and the next state of the generator that spreads seeds."""
    state = (state + 0x9E3779B97F4A7C15) & M64
    word = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & M64
    word = ((word ^ word >> 27) * 0x94D049BB133111EB) & M64
    return word ^ word >> 31, state


def word_of(state: int, mask: int = M58) -> Words:
    """Return a word that is not zero under a mask, and the next state."""
    while True:
        word, state = splitmix(state)
        if word & mask:
            return word & mask, state


def words_of(count: int, seed: int, mask: int = M58) -> list[int]:
    """Return so many words that a seed is spread to."""
    words, state = [], seed & M64
    for _ in range(count):
        word, state = word_of(state, mask)
        words.append(word)
    return words


def seed_list(count: int, seed: Any, mask: int = M58) -> list[int]:
    """Return so many words that a list of integers gives, zero where it gives none. Raises what Erlang says of a wrong list."""
    given = to_pylist(seed)
    if any(type(number) is not int for number in given):
        raise erlang_error("non_integer_seed")
    if len(given) > count:
        raise erlang_error("too_many_seed_integers")
    words = [number & mask for number in given]
    if not any(words):
        raise erlang_error("zero_seed")
    return words + [0] * (count - len(words))


def rotated(word: int, count: int) -> int:
    """Return 58 bits rotated to the left."""
    return (word << count | word >> 58 - count) & M58


def scrambled(word: int) -> int:
    """Return 58 bits as the generators whose names end in `ss` give them out."""
    return rotated(word * 5 & M58, 7) * 9 & M58


def pair(words: Words) -> Any:
    """Return two words as the improper list that Erlang keeps them in."""
    return Cons(*words)
