"""List: lists of tuples, by a key at a position."""

from __future__ import annotations

import builtins
from typing import Any

from pyex.stdlib.elixir.list.base import ASC, Items, module, proper
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument, elixir_error, function_clause
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.order import equals


def _has_key(item: Any, key: Any, position: int) -> bool:
    return type(item) is tuple and len(item) > position and equals(item[position], key)


def _place(items: Items, key: Any, position: int) -> int:
    for place, item in enumerate(items):
        if _has_key(item, key, position):
            return place
    return -1


@module.function
def keyfind(list: Any, key: Any, position: Any, default: Any = None) -> Any:
    """Return the first tuple with that element at a position, or the default.

        iex> List.keyfind([a: 1, b: 2], 2, 1)
        {:b, 2}
    """
    items = proper(list, "keyfind", list, key, position, default)
    if type(position) is int and position < 0:
        raise bad_argument("lists", "keyfind", (key, position + 1, list), a2="out of range")
    place = _place(items, key, position)
    return items[place] if place >= 0 else default


@module.function("keyfind!")
def keyfind_bang(list: Any, key: Any, position: Any) -> Any:
    """Return the first tuple with that element at a position; raises KeyError.

        iex> List.keyfind!([a: 1], :a, 0)
        {:a, 1}
    """
    found = keyfind(list, key, position, EMPTY)
    if found is EMPTY:
        raise elixir_error("KeyError", key=key, term=list, message=f"key {key!r} at position {position!r} not found in: {list!r}")
    return found


@module.function("keymember?")
def keymember(list: Any, key: Any, position: Any) -> bool:
    """Tell whether a tuple has that element at a position.

        iex> List.keymember?([a: 1], :a, 0)
        true
    """
    return _place(proper(list, "keymember?", list, key, position), key, position) >= 0


@module.function
def keyreplace(list: Any, key: Any, position: Any, new_tuple: Any) -> Any:
    """Replace the first tuple with that element at a position, if there is one.

        iex> List.keyreplace([a: 1], :a, 0, {:b, 2})
        [b: 2]
    """
    if type(new_tuple) is not tuple:
        raise function_clause(atom("lists"), "keyreplace", (key, position + 1, list, new_tuple))
    items = builtins.list(proper(list, "keyreplace", list, key, position, new_tuple))
    place = _place(items, key, position)
    if place >= 0:
        items[place] = new_tuple
    return from_pylist(items)


@module.function
def keystore(list: Any, key: Any, position: Any, new_tuple: Any) -> Any:
    """Replace the first tuple with that element at a position, or append.

        iex> List.keystore([a: 1], :b, 0, {:b, 2})
        [a: 1, b: 2]
    """
    if type(new_tuple) is not tuple:
        raise function_clause(atom("lists"), "keystore", (key, position + 1, list, new_tuple))
    items = builtins.list(proper(list, "keystore", list, key, position, new_tuple))
    place = _place(items, key, position)
    if place >= 0:
        items[place] = new_tuple
    else:
        items.append(new_tuple)
    return from_pylist(items)


@module.function
def keydelete(list: Any, key: Any, position: Any) -> Any:
    """Return the list without the first tuple with that element at a position.

        iex> List.keydelete([a: 1, b: 2], :a, 0)
        [b: 2]
    """
    items = proper(list, "keydelete", list, key, position)
    place = _place(items, key, position)
    return from_pylist(items[:place] + items[place + 1 :]) if place >= 0 else list


@module.function
def keytake(list: Any, key: Any, position: Any) -> Any:
    """Return `{tuple, rest}` for the first tuple with that element at a position, or nil.

        iex> List.keytake([a: 1, b: 2], :a, 0)
        {{:a, 1}, [b: 2]}
    """
    items = proper(list, "keytake", list, key, position)
    place = _place(items, key, position)
    return (items[place], from_pylist(items[:place] + items[place + 1 :])) if place >= 0 else None


@module.function
def keysort(list: Any, position: Any, sorter: Any = ASC) -> Any:
    """Sort tuples by the element at a position; `sorter` as in `Enum.sort/2`.

        iex> List.keysort([b: 2, a: 1], 0)
        [a: 1, b: 2]
    """
    from pyex.stdlib.elixir.enum.ordering import sort_by

    items = proper(list, "keysort", list, position, sorter)
    return sort_by(list, lambda item: item[position], sorter) if len(items) > 1 else list


# ---- texts
