"""Errors that emitted code raises: matches and clauses that fail."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, erlang_error, function_clause

_BADMATCH: Final = atom("badmatch")
_CASE_CLAUSE: Final = atom("case_clause")
_WITH_CLAUSE: Final = atom("else_clause")
_TRY_CLAUSE: Final = atom("try_clause")
_COND_CLAUSE: Final = atom("cond_clause")
_INTERPRETED: Final = (atom("erl_eval"), "-inside-an-interpreted-fun-")


def badmatch(value: Any) -> ElixirError:
    """The error of `pattern = value`."""
    return ElixirError((_BADMATCH, value))


def case_clause(value: Any) -> ElixirError:
    """The error of a `case` without a matching clause."""
    return ElixirError((_CASE_CLAUSE, value))


def with_clause(value: Any) -> ElixirError:
    """The error of a `with` whose `else` has no matching clause."""
    return ElixirError((_WITH_CLAUSE, value))


def try_clause(value: Any) -> ElixirError:
    """The error of a `try` whose `else` has no matching clause."""
    return ElixirError((_TRY_CLAUSE, value))


def cond_clause() -> ElixirError:
    """The error of a `cond` without a true condition."""
    return ElixirError(_COND_CLAUSE)


def anonymous_clause(module: Any, name: str, args: tuple[Any, ...]) -> ElixirError:
    """The error of a function value without a matching clause; one typed at the prompt has no module."""
    if module is None:
        return function_clause(*_INTERPRETED, args)
    return function_clause(module, name, args)


def logical(value: Any, operator: str) -> bool:
    """Return the left side of `andalso` or `orelse`, which has to be a boolean."""
    if value is True or value is False:
        return value
    raise erlang_error((atom("badarg"), value), "erlang", operator, (value,))
