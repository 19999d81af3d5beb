""":ets: going through a table, key by key or object by object."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.ets.base import END, failure, module, table_for
from pyex.stdlib.erlang.ets.table import ORDERED, Table
from pyex.terms.lists import from_pylist


def _key(table: Table, items: list[tuple[Any, ...]]) -> Any:
    return table.key_of(items[0]) if items else END


def _pair(table: Table, items: list[tuple[Any, ...]]) -> Any:
    return (table.key_of(items[0]), from_pylist(list(items))) if items else END


def _beside(name: str, table: Any, key: Any, step: int) -> tuple[Table, list[tuple[Any, ...]]]:
    found = table_for(name, table, key)
    try:
        return found, found.beside(key, step)
    except KeyError:
        raise failure(name, (table, key), a2="not a key that exists in the table") from None


@module.function
def first(table: Any) -> Any:
    """Return the first key, or `:"$end_of_table"`.

    iex> :ets.first(:ets.new(:t, []))
    :"$end_of_table"
    """
    found = table_for("first", table)
    return _key(found, found.first())


@module.function
def last(table: Any) -> Any:
    """Return the last key of an ordered set; of other tables the first."""
    found = table_for("last", table)
    return _key(found, found.first(last=True))


@module.function("next")
def next_(table: Any, key: Any) -> Any:
    """Return the key after one, or `:"$end_of_table"`.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, [{1}, {2}])
    iex> :ets.next(table, 1)
    2
    """
    return _key(*_beside("next", table, key, 1))


@module.function
def prev(table: Any, key: Any) -> Any:
    """Return the key before one of an ordered set; of other tables the one after it."""
    return _key(*_beside("prev", table, key, -1))


@module.function
def first_lookup(table: Any) -> Any:
    """Return the first key with its objects."""
    found = table_for("first_lookup", table)
    return _pair(found, found.first())


@module.function
def last_lookup(table: Any) -> Any:
    """Return the last key with its objects."""
    found = table_for("last_lookup", table)
    return _pair(found, found.first(last=True))


@module.function
def next_lookup(table: Any, key: Any) -> Any:
    """Return the key after one with its objects."""
    return _pair(*_beside("next_lookup", table, key, 1))


@module.function
def prev_lookup(table: Any, key: Any) -> Any:
    """Return the key before one with its objects."""
    return _pair(*_beside("prev_lookup", table, key, -1))


@module.function
def tab2list(table: Any) -> Any:
    """Return all objects.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, b: 2, a: 1)
    iex> :ets.tab2list(table)
    [a: 1, b: 2]
    """
    return from_pylist(list(table_for("tab2list", table).objects()))


@module.function
def foldl(function: Any, acc: Any, table: Any) -> Any:
    """Fold the objects from first to last: the function takes an object and the accumulator."""
    for item in list(table_for("foldl", table).objects()):
        acc = function(item, acc)
    return acc


@module.function
def foldr(function: Any, acc: Any, table: Any) -> Any:
    """Fold the objects from last to first."""
    for item in reversed(list(table_for("foldr", table).objects())):
        acc = function(item, acc)
    return acc


@module.function
def slot(table: Any, i: Any) -> Any:
    """Return the objects of a place in a table, counted from 0, or `:"$end_of_table"` after the last one.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, [{1}, {2}])
    iex> :ets.slot(table, 1)
    [{2}]
    """
    found = table_for("slot", table, i)
    objects, is_ordered = list(found.objects()), found.kind is ORDERED
    if type(i) is not int or not 0 <= i <= max(len(objects), 0 if is_ordered else _SLOTS):
        raise failure("slot", (table, i), a2="not an integer" if type(i) is not int else "out of range")
    if i < len(objects):
        return from_pylist([objects[i]])
    return END if is_ordered or i == _SLOTS else from_pylist([])


_SLOTS: Final = 256
"""The places that a table which is no ordered set has at least."""
