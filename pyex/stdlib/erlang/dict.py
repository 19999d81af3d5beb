"""`:dict`: dictionaries as hash tables, Erlang's older kind of map."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs import hash_table
from pyex.stdlib.erlang.bifs.dictionaries import define
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import Cons, from_pylist
from pyex.terms.order import identical

module = NativeModule(":dict", doc="Dictionaries as hash tables, older than maps.")
NAME: Final = atom("dict")
_WHOLE: Final = frozenset({"size", "is_empty"})
"""What takes the record apart in its head; the others stumble over its fields."""


def _key(entry: Any) -> Any:
    return entry.head


def _checked(table: Any, name: str, args: tuple[Any, ...]) -> Any:
    if not hash_table.is_table(table, NAME):
        if name in _WHOLE:
            raise function_clause(NAME, name, args)
        raise ElixirError((atom("badrecord"), table))
    return table


def _pairs(table: Any, name: str, args: tuple[Any, ...]) -> list[Any]:
    entries = hash_table.walk(_checked(table, name, args))
    return [(entry.head, entry.tail) for entry in entries]


def _find(table: Any, key: Any, name: str, args: tuple[Any, ...]) -> Any:
    for entry in hash_table.bucket(_checked(table, name, args), key):
        if identical(entry.head, key):
            return key, entry.tail
    return None


def _put(table: Any, key: Any, value: Any, name: str, args: tuple[Any, ...]) -> Any:
    entries = list(hash_table.bucket(_checked(table, name, args), key))
    for place, entry in enumerate(entries):
        if identical(entry.head, key):
            entries[place] = Cons(key, value)
            return hash_table.put(table, key, entries, 0, _key)
    return hash_table.put(table, key, [*entries, Cons(key, value)], 1, _key)


def _drop(table: Any, key: Any, name: str, args: tuple[Any, ...]) -> Any:
    entries = hash_table.bucket(_checked(table, name, args), key)
    rest = [entry for entry in entries if not identical(entry.head, key)]
    return table if len(rest) == len(entries) else hash_table.put(table, key, rest, -1, _key)


def _make(pairs: list[Any]) -> Any:
    made = EMPTY_TABLE
    for key, value in pairs:
        made = _put(made, key, value, "store", ())
    return made


EMPTY_TABLE: Final = hash_table.new(NAME)
define(
    module,
    EMPTY_TABLE,
    (_pairs, _find, _put, _drop, _make),
    lambda name, args: ElixirError(atom("badarg")),
    lambda given: ElixirError((atom("case_clause"), given)),
)


@module.function
def to_list(dictionary: Any) -> Any:
    """Return the pairs as a list.

    iex> :dict.to_list(:dict.from_list([a: 1]))
    [a: 1]
    """
    return from_pylist(_pairs(dictionary, "to_list", (dictionary,))[::-1])


@module.function
def fetch_keys(dictionary: Any) -> Any:
    """Return the keys.

    iex> :dict.fetch_keys(:dict.from_list([a: 1]))
    [:a]
    """
    return from_pylist([key for key, _ in _pairs(dictionary, "fetch_keys", (dictionary,))][::-1])
