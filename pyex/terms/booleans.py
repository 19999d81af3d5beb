"""What compiled code asks of booleans, and the operators on them; a part of `terms.ops`."""

from __future__ import annotations

from typing import Any

from pyex.terms.atoms import atom
from pyex.terms.errors import elixir_error, erlang_error


def not_(a: Any) -> bool:
    """`not a`."""
    if a is True:
        return False
    if a is False:
        return True
    raise erlang_error("badarg", "erlang", "not", (a,))


def and_(a: Any, b: Any) -> bool:
    """`:erlang.and(a, b)`, both of them booleans."""
    if type(a) is bool and type(b) is bool:
        return a and b
    raise erlang_error("badarg", "erlang", "and", (a, b))


def or_(a: Any, b: Any) -> bool:
    """`:erlang.or(a, b)`, both of them booleans."""
    if type(a) is bool and type(b) is bool:
        return a or b
    raise erlang_error("badarg", "erlang", "or", (a, b))


def xor(a: Any, b: Any) -> bool:
    """`:erlang.xor(a, b)`."""
    if type(a) is bool and type(b) is bool:
        return a is not b
    raise erlang_error("badarg", "erlang", "xor", (a, b))


def strict_bool(value: Any, operator: str) -> bool:
    """Return the left side of `and` or `or`, which has to be a boolean (else BadBooleanError)."""
    if value is True or value is False:
        return value
    raise elixir_error("BadBooleanError", term=value, operator=atom(operator))


def truthy(value: Any) -> bool:
    """Tell whether a term counts as true: all but `nil` and `false`."""
    return value is not None and value is not False
