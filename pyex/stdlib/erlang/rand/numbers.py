"""The generators that are used without a handler: mwc59, exsp and exro928 on their bare states; and bits of floats."""

from __future__ import annotations

import secrets
from typing import Any, Final

from pyex.stdlib.erlang.rand import generators
from pyex.stdlib.erlang.rand.base import M58, RAND, module, seed_list
from pyex.terms import ops
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, is_proper

M32: Final = (1 << 32) - 1
M59: Final = (1 << 59) - 1
_FACTOR: Final = 133850370
_PERIOD: Final = (_FACTOR << 32) - 1


@module.function
def mwc59(state: Any) -> Any:
    """Return the next state of a very quick generator; its low bits are a number already.

    iex> :rand.mwc59(11213862807209314)
    514663243627203510
    """
    state = _mwc59_state("mwc59", state)
    return (state & M32) * _FACTOR + (state >> 32)


def _mwc59_state(name: str, state: Any) -> int:
    if type(state) is not int or not 1 <= state < _PERIOD:
        raise function_clause(RAND, name, (state,))
    return state


@module.function("mwc59_seed", arity=(0, 1))
def mwc59_seed(seed: Any = None) -> Any:
    """Return a state of mwc59, by chance or for an integer.

    iex> :rand.mwc59_seed(1)
    11213862807209314
    """
    if seed is None:
        seed = secrets.randbits(58)
    if type(seed) is not int or not 0 <= seed < 1 << 58:
        raise function_clause(RAND, "mwc59_seed", (seed,))
    return _hashed(seed) + 1


def _hashed(word: int) -> int:
    """Return 58 bits that depend on all bits of a word: the finishing steps of MurmurHash, narrowed."""
    for factor in (0x351AFD7ED558CCD, 0xCEB9FE1A85EC53):
        word = (word ^ word >> 29) * factor & M58
    return word ^ word >> 29


@module.function
def mwc59_value32(state: Any) -> Any:
    """Return 32 good bits of a state of mwc59.

    iex> :rand.mwc59_value32(514663243627203510)
    517094838
    """
    state = _mwc59_state("mwc59_value32", state)
    return (state ^ state << 8) & M32


@module.function
def mwc59_value(state: Any) -> Any:
    """Return 59 good bits of a state of mwc59.

    iex> :rand.mwc59_value(514663243627203510)
    357276530293944534
    """
    state = _mwc59_state("mwc59_value", state)
    mixed = (state ^ state << 4) & M59
    return (mixed ^ mixed << 27) & M59


@module.function
def mwc59_float(state: Any) -> Any:
    """Return a float from 0.0 up to, not including, 1.0, of a state of mwc59.

    iex> :rand.mwc59_float(514663243627203510)
    0.6656630090524469
    """
    return (mwc59_value(_mwc59_state("mwc59_float", state)) & (1 << 53) - 1) * 2.0**-53


@module.function
def exsp_next(state: Any) -> Any:
    """Return `{number, state}` of exsp.

    iex> :rand.exsp_next([1 | 2])
    {16785413, [2 | 16785411]}
    """
    if type(state) is not Cons:
        raise function_clause(RAND, "exsp_next", (state,))
    for word in (state.tail, state.head):
        ops.band(word, M58)  # refuses what is no integer
    return generators.exsp_next(state)


@module.function
def exsp_jump(state: Any) -> Any:
    """Return the state of exsp 2**64 steps ahead.

    iex> :rand.exsp_jump([1 | 2])
    [62857607239118635 | 99818531232796752]
    """
    return generators.exsp_jump(state)


@module.function
def exro928_seed(words: Any) -> Any:
    """Return a state of exro928 of sixteen words.

    iex> :rand.exro928_seed(Enum.to_list(1..16))
    {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], []}
    """
    if not isinstance(words, List):
        raise function_clause(RAND, "exro928_seed", (words,))
    return from_pylist(seed_list(16, words)), EMPTY


@module.function
def exro928_next_state(state: Any) -> Any:
    """Return the next state of exro928.

    iex> {[first | _], [passed]} = :rand.exro928_next_state({Enum.to_list(1..16), []})
    iex> {first, passed}
    {105553116266496, 35184372090371}
    """
    return generators.exro928_step(_wheel("exro928_next_state", state))[1]


@module.function
def exro928_next(state: Any) -> Any:
    """Return `{{last, first}, state}`: the two words that the next number is made of, and the next state.

    iex> {words, _} = :rand.exro928_next({Enum.to_list(1..16), []})
    iex> words
    {1, 2}
    """
    return generators.exro928_step(_wheel("exro928_next", state))


def _wheel(name: str, state: Any) -> Any:
    is_pair = type(state) is tuple and len(state) == 2 and all(is_proper(part) for part in state)
    if not is_pair or sum(map(len, state)) < 2:
        raise function_clause(RAND, name, (state,))
    return state


_ahead20: Final = generators.wheel_jump(generators.exro928_step, 20, 58)
_ahead512: Final = generators.wheel_jump(generators.exro928_step, 512, 58)


@module.function
def exro928_jump_2pow20(state: Any) -> Any:
    """Return the state of exro928 2**20 steps ahead.

    iex> {[first | _], []} = :rand.exro928_jump_2pow20({Enum.to_list(1..16), []})
    iex> first
    183325067300875614
    """
    return _ahead20(state)


@module.function
def exro928_jump_2pow512(state: Any) -> Any:
    """Return the state of exro928 2**512 steps ahead.

    iex> {[first | _], []} = :rand.exro928_jump_2pow512({Enum.to_list(1..16), []})
    iex> first
    208877865030995215
    """
    return _ahead512(state)


@module.function
def bc64(number: Any) -> Any:
    """Return how many bits of a number of 64 bits count: the place of its highest one.

    iex> :rand.bc64(5)
    3
    """
    if type(number) not in (int, float):
        return 64  # every other term is greater than a number
    return min(int(number).bit_length(), 64)
