"""The Keyword module, and what its parts share."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom, is_atom
from pyex.terms.errors import ElixirError, elixir_error, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, Cons, from_pylist, split_tail

module = NativeModule("Keyword", doc="Functions on keyword lists: `[a: 1, b: 2]`.")

MODULE: Final = alias("Keyword")
OK: Final = atom("ok")
ERROR: Final = atom("error")
POP: Final = atom("pop")


def pairs_of(keywords: Any, name: str, *args: Any) -> list[Any]:
    """Return the pairs of a keyword list; raises FunctionClauseError when the value is no list."""
    if type(keywords) is not Cons and keywords is not EMPTY:
        raise function_clause(MODULE, name, args or (keywords,))
    return split_tail(keywords)[0]


def pairs_beside_function(keywords: Any, fun: Any, arity: int, name: str, *args: Any) -> list[Any]:
    """Return the pairs of a keyword list, of a function that takes a function of that arity beside it."""
    if not is_function(fun, arity):
        raise function_clause(MODULE, name, args)
    return pairs_of(keywords, name, *args)


def pairs_beside_key(keywords: Any, name: str, *args: Any) -> list[Any]:
    """Return the pairs of a keyword list, of a function whose second argument is a key: an atom."""
    if not is_atom(args[1]):
        raise function_clause(MODULE, name, args)
    return pairs_of(keywords, name, *args)


def is_pair(item: Any) -> bool:
    """Tell whether an element is a pair of an atom and a value."""
    return type(item) is tuple and len(item) == 2 and is_atom(item[0])


def first_of(items: list[Any], key: Any) -> Any:
    """Return the first pair of a key, or None."""
    for item in items:
        if type(item) is tuple and item and item[0] is key:
            return item
    return None


def key_error(key: Any, term: Any) -> ElixirError:
    """Return KeyError of a key that a keyword list lacks."""
    return elixir_error("KeyError", key=key, term=term, message=None)


def replaced(items: list[Any], key: Any, fun: Any) -> Any:
    """Return the keyword list in which the first pair of a key has what `fun` makes of its value, and no other pair has the key."""
    result = []
    done = False
    for item in items:
        if item[0] is not key:
            result.append(item)
        elif not done:
            done = True
            result.append((key, fun(item[1])))
    return from_pylist(result)
