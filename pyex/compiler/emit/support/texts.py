"""Building binaries of binaries: interpolation and `<>`."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom, alias
from pyex.terms.binaries import binary, to_bytes
from pyex.terms.errors import erlang_error
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


def joined(*parts: Any) -> Any:
    """Return the binary of binaries that follow one another."""
    for part in parts:
        if type(part) is not str:
            return _joined_bytes(parts)
    return "".join(parts)


def _joined_bytes(parts: tuple[Any, ...]) -> Any:
    for part in parts:
        if type(part) is not str and type(part) is not bytes:
            raise erlang_error("badarg")
    return binary(b"".join([to_bytes(part) for part in parts]))
