""":lists: several lists side by side. `fail` (the default), `trim` or `{:pad, …}` tells what is to be done when one is shorter."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any, Final

from pyex.stdlib.erlang.lists.base import LISTS, callback, module, proper
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, Cons, from_pylist

FAIL: Final = atom("fail")
TRIM: Final = atom("trim")
PAD: Final = atom("pad")
_ABSENT: Final = object()


def _rows(name: str, how: Any, lists: tuple[Any, ...], args: tuple[Any, ...]) -> Iterable[tuple[Any, ...]]:
    columns = [proper(column, name, *args) for column in lists]
    if how is TRIM:
        return list(zip(*columns, strict=False))
    if how is FAIL:
        if len({len(column) for column in columns}) != 1:
            shortest = min(map(len, columns))
            rest = [from_pylist(column[shortest:]) for column in columns]
            raise function_clause(LISTS, name, (*args[: -len(lists) - 1], *rest, how))
        return list(zip(*columns, strict=True))
    if type(how) is tuple and len(how) == 2 and how[0] is PAD and type(how[1]) is tuple and len(how[1]) == len(lists):
        return [
            tuple(how[1][place] if item is _ABSENT else item for place, item in enumerate(row))
            for row in zip_longest(*columns, fillvalue=_ABSENT)
        ]
    raise function_clause(LISTS, name, args)


@module.function("zip")
def zip_(list1: Any, list2: Any, how: Any = FAIL) -> Any:
    """Return the pairs of two lists.

    iex> :lists.zip([1, 2], [:a, :b])
    [{1, :a}, {2, :b}]
    iex> :lists.zip([1, 2], [:a], :trim)
    [{1, :a}]
    """
    return from_pylist(list(_rows("zip", how, (list1, list2), (list1, list2, how))))


@module.function
def zip3(list1: Any, list2: Any, list3: Any, how: Any = FAIL) -> Any:
    """Return the triples of three lists.

    iex> :lists.zip3([1], [2], [3])
    [{1, 2, 3}]
    """
    return from_pylist(list(_rows("zip3", how, (list1, list2, list3), (list1, list2, list3, how))))


def _combined(combine: Any, arity: int, *args: Any) -> None:
    """Raise what a function of several lists raises for what is no function, when it has something to combine."""
    if not is_function(combine) and all(type(list_) is Cons for list_ in args[1 : arity + 1]):
        raise ElixirError((atom("badfun"), combine))
    if not is_function(combine, arity) and not is_function(combine):
        callback(combine, arity, "zipwith" if arity == 2 else "zipwith3", *args)


@module.function
def zipwith(combine: Any, list1: Any, list2: Any, how: Any = FAIL) -> Any:
    """Return what a function makes of the elements of two lists.

    iex> :lists.zipwith(fn a, b -> a + b end, [1, 2], [3, 4])
    [4, 6]
    """
    args = (combine, list1, list2, how)
    _combined(combine, 2, *args)
    return from_pylist([combine(a, b) for a, b in _rows("zipwith", how, (list1, list2), args)])


@module.function
def zipwith3(combine: Any, list1: Any, list2: Any, list3: Any, how: Any = FAIL) -> Any:
    """Return what a function makes of the elements of three lists.

    iex> :lists.zipwith3(fn a, b, c -> a + b + c end, [1], [2], [3])
    [6]
    """
    args = (combine, list1, list2, list3, how)
    _combined(combine, 3, *args)
    return from_pylist([combine(a, b, c) for a, b, c in _rows("zipwith3", how, (list1, list2, list3), args)])


def _columns(name: str, width: int, rows: Any) -> tuple[Any, ...]:
    items = proper(rows, name, rows)
    for place, item in enumerate(items):
        if type(item) is not tuple or len(item) != width:
            raise function_clause(LISTS, name, (from_pylist(items[place:]), *[EMPTY] * width))
    return tuple(from_pylist([item[place] for item in items]) for place in range(width))


@module.function
def unzip(list1: Any) -> Any:
    """Return the lists of the first and of the second elements of pairs.

    iex> :lists.unzip(a: 1, b: 2)
    {[:a, :b], [1, 2]}
    """
    return _columns("unzip", 2, list1)


@module.function
def unzip3(list1: Any) -> Any:
    """Return the three lists of the elements of triples.

    iex> :lists.unzip3([{1, 2, 3}])
    {[1], [2], [3]}
    """
    return _columns("unzip3", 3, list1)
