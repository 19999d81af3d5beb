""":lists: lists of tuples, looked up by one of their elements; positions count from 1."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.erlang.lists.base import LISTS, callback, count, module, proper
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument, function_clause, refused
from pyex.terms.lists import EMPTY, from_pylist, split_tail
from pyex.terms.order import equals


def _holds(item: Any, key: Any, n: int) -> bool:
    return type(item) is tuple and len(item) >= n and equals(item[n - 1], key)


def _place(items: list[Any], key: Any, n: int) -> int | None:
    for place, item in enumerate(items):
        if _holds(item, key, n):
            return place
    return None


def _find(name: str, key: Any, n: Any, tuple_list: Any) -> Any:
    """Return the first tuple with a key, None when there is none."""
    args = (key, n, tuple_list)
    items, tail = split_tail(tuple_list)
    if type(n) is not int or n < 1:
        no_list = None if items or tail is EMPTY else "not a list"
        raise refused("lists", name, args, None, "not an integer" if type(n) is not int else "out of range", no_list)
    place = _place(items, key, n)
    if place is None and tail is not EMPTY:
        raise bad_argument("lists", name, args, a3="not a proper list" if items else "not a list")
    return None if place is None else items[place]


@module.function
def keyfind(key: Any, n: Any, tuple_list: Any) -> Any:
    """Return the first tuple whose nth element equals a key, or false.

    iex> :lists.keyfind(:b, 1, a: 1, b: 2)
    {:b, 2}
    """
    found = _find("keyfind", key, n, tuple_list)
    return False if found is None else found


@module.function
def keymember(key: Any, n: Any, tuple_list: Any) -> Any:
    """Tell whether there is a tuple whose nth element equals a key.

    iex> :lists.keymember(:b, 1, a: 1, b: 2)
    true
    """
    return _find("keymember", key, n, tuple_list) is not None


@module.function
def keysearch(key: Any, n: Any, tuple_list: Any) -> Any:
    """Return `{:value, tuple}` for the first tuple whose nth element equals a key, or false.

    iex> :lists.keysearch(:b, 1, a: 1, b: 2)
    {:value, {:b, 2}}
    """
    found = _find("keysearch", key, n, tuple_list)
    return False if found is None else (atom("value"), found)


@module.function
def keydelete(key: Any, n: Any, tuple_list: Any) -> Any:
    """Return the list without the first tuple whose nth element equals a key.

    iex> :lists.keydelete(:a, 1, a: 1, b: 2)
    [b: 2]
    """
    count(n, "keydelete", key, n, tuple_list, least=1)
    items = proper(tuple_list, "keydelete", key, n, tuple_list)
    place = _place(items, key, n)
    return tuple_list if place is None else from_pylist(items[:place] + items[place + 1 :])


@module.function
def keyreplace(key: Any, n: Any, tuple_list: Any, new_tuple: Any) -> Any:
    """Return the list with a new tuple for the first whose nth element equals a key.

    iex> :lists.keyreplace(:a, 1, [a: 1, b: 2], {:c, 3})
    [c: 3, b: 2]
    """
    return _replaced("keyreplace", key, n, tuple_list, new_tuple, [])


@module.function
def keystore(key: Any, n: Any, tuple_list: Any, new_tuple: Any) -> Any:
    """As keyreplace; a new tuple whose key is not there is added at the end.

    iex> :lists.keystore(:c, 1, [a: 1], {:c, 3})
    [a: 1, c: 3]
    """
    return _replaced("keystore", key, n, tuple_list, new_tuple, [new_tuple])


def _replaced(name: str, key: Any, n: Any, tuple_list: Any, new: Any, otherwise: list[Any]) -> Any:
    args = (key, n, tuple_list, new)
    count(n, name, *args, least=1)
    if type(new) is not tuple:
        raise function_clause(LISTS, name, args)
    items = proper(tuple_list, name, *args)
    place = _place(items, key, n)
    if place is None:
        return from_pylist([*items, *otherwise])
    return from_pylist([*items[:place], new, *items[place + 1 :]])


@module.function
def keytake(key: Any, n: Any, tuple_list: Any) -> Any:
    """Return `{:value, tuple, rest}` for the first tuple whose nth element equals a key, or false.

    iex> :lists.keytake(:a, 1, a: 1, b: 2)
    {:value, {:a, 1}, [b: 2]}
    """
    count(n, "keytake", key, n, tuple_list, least=1)
    items = proper(tuple_list, "keytake", key, n, tuple_list)
    place = _place(items, key, n)
    if place is None:
        return False
    return atom("value"), items[place], from_pylist(items[:place] + items[place + 1 :])


@module.function
def keymap(fun: Any, n: Any, tuple_list: Any) -> Any:
    """Replace the nth element of each tuple by a function of it.

    iex> :lists.keymap(fn x -> x * 2 end, 2, a: 1, b: 2)
    [a: 2, b: 4]
    """
    count(n, "keymap", fun, n, tuple_list, least=1)
    callback(fun, 1, "keymap", fun, n, tuple_list)
    made = []
    for item in proper(tuple_list, "keymap", fun, n, tuple_list):
        if type(item) is not tuple or len(item) < n:
            raise bad_argument("erlang", "element", (n, item), a1="out of range")
        made.append((*item[: n - 1], fun(item[n - 1]), *item[n:]))
    return from_pylist(made)
