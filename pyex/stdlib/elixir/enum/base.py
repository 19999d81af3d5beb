"""The Enum module itself and what its parts share."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError, elixir_error, function_clause

module = NativeModule("Enum", doc="Eager functions over lists, maps, ranges, streams and everything else enumerable.")

ENUM: Final = alias("Enum")
OK: Final = atom("ok")
ERROR: Final = atom("error")


def no_clause(name: str, *args: Any) -> ElixirError:
    """Return the FunctionClauseError of an Enum function called with these arguments."""
    return function_clause(ENUM, name, args)


def empty_error() -> ElixirError:
    """Return `%Enum.EmptyError{}`."""
    return elixir_error("Enum.EmptyError", message="empty error")


def require_integer(value: Any, name: str, *args: Any, least: int | None = None) -> int:
    """Return an integer argument; raises FunctionClauseError when it is none, or below `least`."""
    if type(value) is not int or (least is not None and value < least):
        raise no_clause(name, *args)
    return value
