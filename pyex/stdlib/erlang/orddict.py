"""`:orddict`: dictionaries as lists of pairs in the order of their keys."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs.dictionaries import define
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.ops import length
from pyex.terms.order import compare

module = NativeModule(":orddict", doc="Dictionaries as lists of pairs in the order of their keys.")
NAME: Final = atom("orddict")


def _pairs(dictionary: Any, name: str, args: tuple[Any, ...]) -> list[Any]:
    if not is_proper(dictionary):
        raise function_clause(NAME, *(("take_1", (*args, EMPTY)) if name == "take" else (name, args)))
    found = to_pylist(dictionary)
    if not all(type(pair) is tuple and len(pair) == 2 for pair in found):
        raise function_clause(NAME, name, args)
    return found


def _place(pairs: list[Any], key: Any) -> tuple[int, bool]:
    """Return where a key is, or where it belongs, and whether it is there."""
    low, high = 0, len(pairs)
    while low < high:
        middle = (low + high) // 2
        side = compare(pairs[middle][0], key)
        if side == 0:
            return middle, True
        low, high = (middle + 1, high) if side < 0 else (low, middle)
    return low, False


def _find(dictionary: Any, key: Any, name: str, args: tuple[Any, ...]) -> Any:
    pairs = _pairs(dictionary, name, args)
    place, there = _place(pairs, key)
    return pairs[place] if there else None


def _put(dictionary: Any, key: Any, value: Any, name: str, args: tuple[Any, ...]) -> Any:
    pairs = _pairs(dictionary, name, args)
    place, there = _place(pairs, key)
    return from_pylist([*pairs[:place], (key, value), *pairs[place + there :]])


def _drop(dictionary: Any, key: Any, name: str, args: tuple[Any, ...]) -> Any:
    pairs = _pairs(dictionary, name, args)
    place, there = _place(pairs, key)
    return from_pylist([*pairs[:place], *pairs[place + 1 :]]) if there else dictionary


def _make(pairs: list[Any]) -> Any:
    return from_pylist(pairs)


def _missing(name: str, args: tuple[Any, ...]) -> ElixirError:
    return function_clause(NAME, name, args)


def _unlisted(list: Any) -> ElixirError:
    return function_clause(NAME, "reverse_pairs", (list, EMPTY))


define(module, EMPTY, (_pairs, _find, _put, _drop, _make), _missing, _unlisted)


@module.function
def to_list(dictionary: Any) -> Any:
    """Return the pairs as a list, which a dictionary is.

    iex> :orddict.to_list([a: 1])
    [a: 1]
    """
    return dictionary


@module.function
def size(dictionary: Any) -> Any:
    """Return the number of pairs.

    iex> :orddict.size([a: 1])
    1
    """
    return length(dictionary)
