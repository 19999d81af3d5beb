"""Values as text, for interpolation."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, alias
from pyex.terms.functions import export

_TO_STRING: Final = export(alias("String.Chars"), "to_string", 1)


def to_text(value: Any) -> Any:
    """`to_string(value)`: the usual types at once, others through the protocol."""
    kind = type(value)
    if kind is str:
        return value
    if kind is int:
        return str(value)
    if kind is Atom:
        return value.name
    return _TO_STRING.fn(value)
