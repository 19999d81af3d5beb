"""The module :lists and what its parts share."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, split_tail

module = NativeModule(":lists", doc="Functions on lists.")

LISTS: Final[Atom] = atom("lists")


def proper(value: Any, name: str, *args: Any) -> list[Any]:
    """Return the elements of a proper list, not to be changed; raises what :lists raises for any other term."""
    items, tail = split_tail(value)
    if tail is not EMPTY:
        raise function_clause(LISTS, name, args or (value,))
    return items


_ASKS_FIRST: Final = frozenset({"map", "foldl", "all", "any"})


def walked(value: Any, name: str, *before: Any) -> list[Any]:
    """Return the elements of a list that a function walks, `before` being its arguments before the list.

    Erlang's walk is an inner function (`map_1`), which no end but that of a proper list fits.
    """
    items, tail = split_tail(value)
    if tail is EMPTY:
        return items
    if name == "filter":
        raise ElixirError((atom("bad_generator"), tail))
    if not items and name in _ASKS_FIRST:
        raise ElixirError((atom("case_clause"), value))
    raise function_clause(LISTS, f"{name}_1", (*before, tail))


def callback(fun: Any, arity: int, name: str, *args: Any) -> None:
    """Raise what :lists raises when its function argument is none of that arity."""
    if not is_function(fun, arity):
        raise function_clause(LISTS, name, args)


def count(value: Any, name: str, *args: Any, least: int = 0) -> None:
    """Raise what :lists raises when a number argument is no integer or too small."""
    if type(value) is not int or value < least:
        raise function_clause(LISTS, name, args)
