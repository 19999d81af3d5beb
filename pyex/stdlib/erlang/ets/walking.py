""":ets: going through a table, key by key or object by object."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from pyex.stdlib.erlang.ets.base import END, failure, module, table_for
from pyex.stdlib.erlang.ets.table import ORDERED, Table
from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist
from pyex.terms.maps import encode_key


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
    """Return the last key of an ordered set; of other tables the first.

        iex> table = :ets.new(:t, [:ordered_set])
        iex> :ets.insert(table, [{1}, {2}])
        iex> :ets.last(table)
        2
    """
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
    """Return the key before one of an ordered set; of other tables the one after it.

        iex> table = :ets.new(:t, [:ordered_set])
        iex> :ets.insert(table, [{1}, {2}])
        iex> :ets.prev(table, 2)
        1
        iex> :ets.prev(table, 1)
        :"$end_of_table"
    """
    return _key(*_beside("prev", table, key, -1))


@module.function
def first_lookup(table: Any) -> Any:
    """Return the first key with its objects.

        iex> table = :ets.new(:t, [:ordered_set])
        iex> :ets.insert(table, [{1, :a}, {2, :b}])
        iex> :ets.first_lookup(table)
        {1, [{1, :a}]}
    """
    found = table_for("first_lookup", table)
    return _pair(found, found.first())


@module.function
def last_lookup(table: Any) -> Any:
    """Return the last key with its objects.

        iex> table = :ets.new(:t, [:ordered_set])
        iex> :ets.insert(table, [{1, :a}, {2, :b}])
        iex> :ets.last_lookup(table)
        {2, [{2, :b}]}
    """
    found = table_for("last_lookup", table)
    return _pair(found, found.first(last=True))


@module.function
def next_lookup(table: Any, key: Any) -> Any:
    """Return the key after one with its objects.

        iex> table = :ets.new(:t, [:ordered_set])
        iex> :ets.insert(table, [{1, :a}, {2, :b}])
        iex> :ets.next_lookup(table, 1)
        {2, [{2, :b}]}
    """
    return _pair(*_beside("next_lookup", table, key, 1))


@module.function
def prev_lookup(table: Any, key: Any) -> Any:
    """Return the key before one with its objects.

        iex> table = :ets.new(:t, [:ordered_set])
        iex> :ets.insert(table, [{1, :a}, {2, :b}])
        iex> :ets.prev_lookup(table, 2)
        {1, [{1, :a}]}
    """
    return _pair(*_beside("prev_lookup", table, key, -1))


@module.function
def tab2list(table: Any) -> Any:
    """Return all objects.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, b: 2, a: 1)
    iex> :ets.tab2list(table)
    [a: 1, b: 2]
    """
    return from_pylist(list(table_for("match_object", table, atom("_")).objects()))


@module.function
def foldl(function: Any, acc: Any, table: Any) -> Any:
    """Fold the objects from first to last: the function takes an object and the accumulator.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, [{1, 10}, {2, 20}])
        iex> :ets.foldl(fn {_, n}, sum -> n + sum end, 0, table)
        30
    """
    for item in _walked(table_for("foldl", table)):
        acc = function(item, acc)
    return acc


@module.function
def foldr(function: Any, acc: Any, table: Any) -> Any:
    """Fold the objects from last to first; a hashed table has no last key, so the keys come as in `foldl/3`.

        iex> table = :ets.new(:t, [])
        iex> :ets.insert(table, [{1, 10}, {2, 20}])
        iex> :ets.foldr(fn {_, n}, sum -> n + sum end, 0, table)
        30
    """
    found = table_for("foldr", table)
    for item in list(found.objects())[::-1]:
        acc = function(item, acc)
    return acc


def _walked(found: Table) -> list[tuple[Any, ...]]:
    """Return the objects key by key, those of a key in the order of `lookup/2`."""
    objects = list(found.objects())
    if found.kind is ORDERED:
        return objects
    keys = [list(items) for _, items in groupby(objects, lambda item: encode_key(found.key_of(item)))]
    return [item for items in reversed(keys) for item in items]


@module.function
def slot(table: Any, i: Any) -> Any:
    """Return the objects of a slot of a table, counted from 0, or `:"$end_of_table"` after the last one.

    iex> table = :ets.new(:t, [:ordered_set])
    iex> :ets.insert(table, [{1}, {2}])
    iex> :ets.slot(table, 1)
    [{2}]
    """
    found = table_for("slot", table, i)
    count = len(found) if found.kind is ORDERED else found.slot_count
    if type(i) is not int or not 0 <= i <= count:
        raise failure("slot", (table, i), a2="out of range")
    return END if i == count else from_pylist(list(found.slot(i)))
