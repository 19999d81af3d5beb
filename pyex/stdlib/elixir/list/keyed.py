"""List: lists of tuples, by a key at a position."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.list.base import ASC, MODULE, module, proper
from pyex.stdlib.erlang.lists import keys
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.lists import EMPTY


def _nth(position: Any, name: str, *args: Any) -> int:
    """Return a position as :lists counts them, of a function of List with these arguments."""
    if type(position) is not int:
        raise function_clause(MODULE, name, args)
    return position + 1


@module.function
def keyfind(list: Any, key: Any, position: Any, default: Any = None) -> Any:
    """Return the first tuple with that element at a position, or the default.

        iex> List.keyfind([a: 1, b: 2], 2, 1)
        {:b, 2}
    """
    found = keys.keyfind(key, _nth(position, "keyfind", list, key, position, default), list)
    return default if found is False else found


@module.function("keyfind!")
def keyfind_bang(list: Any, key: Any, position: Any) -> Any:
    """Return the first tuple with that element at a position; raises KeyError.

        iex> List.keyfind!([a: 1], :a, 0)
        {:a, 1}
    """
    _nth(position, "keyfind!", list, key, position)
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
    return keys.keymember(key, _nth(position, "keymember?", list, key, position), list) is True


@module.function
def keyreplace(list: Any, key: Any, position: Any, new_tuple: Any) -> Any:
    """Replace the first tuple with that element at a position, if there is one.

        iex> List.keyreplace([a: 1], :a, 0, {:b, 2})
        [b: 2]
    """
    return keys.keyreplace(key, _nth(position, "keyreplace", list, key, position, new_tuple), list, new_tuple)


@module.function
def keystore(list: Any, key: Any, position: Any, new_tuple: Any) -> Any:
    """Replace the first tuple with that element at a position, or append.

        iex> List.keystore([a: 1], :b, 0, {:b, 2})
        [a: 1, b: 2]
    """
    return keys.keystore(key, _nth(position, "keystore", list, key, position, new_tuple), list, new_tuple)


@module.function
def keydelete(list: Any, key: Any, position: Any) -> Any:
    """Return the list without the first tuple with that element at a position.

        iex> List.keydelete([a: 1, b: 2], :a, 0)
        [b: 2]
    """
    return keys.keydelete(key, _nth(position, "keydelete", list, key, position), list)


@module.function
def keytake(list: Any, key: Any, position: Any) -> Any:
    """Return `{tuple, rest}` for the first tuple with that element at a position, or nil.

        iex> List.keytake([a: 1, b: 2], :a, 0)
        {{:a, 1}, [b: 2]}
    """
    taken = keys.keytake(key, _nth(position, "keytake", list, key, position), list)
    return None if taken is False else (taken[1], taken[2])


@module.function
def keysort(list: Any, position: Any, sorter: Any = ASC) -> Any:
    """Sort tuples by the element at a position; `sorter` as in `Enum.sort/2`.

        iex> List.keysort([b: 2, a: 1], 0)
        [a: 1, b: 2]
    """
    from pyex.stdlib.elixir.enum.ordering import sort_by

    items = proper(list, "keysort", list, position, sorter)
    return sort_by(list, lambda item: item[position], sorter) if len(items) > 1 else list

