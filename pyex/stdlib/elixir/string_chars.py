"""String.Chars: the protocol behind `to_string/1` and interpolation."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.code.server import ensure_loaded
from pyex.stdlib.protocols import complete
from pyex.terms.atoms import Atom, alias
from pyex.terms.binaries import Bits
from pyex.terms.errors import elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import List
from pyex.terms.maps import Map
from pyex.terms.numbers import float_to_string

module = NativeModule(
    "String.Chars", doc="The protocol of what has a text of its own.", behaviour=[("to_string", 1)]
)

PROTOCOL: Final = alias("String.Chars")


def undefined(value: Any, description: str = "") -> Exception:
    """Return Protocol.UndefinedError for a value without a text."""
    return elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=value, description=description)


@module.function
def to_string(term: Any) -> Any:
    """Return the text of a term; raises Protocol.UndefinedError for tuples, maps, pids and functions.

        iex> String.Chars.to_string(:hello)
        "hello"
    """
    kind = type(term)
    if kind is str or kind is bytes:
        return term
    if kind is int:
        return str(term)
    if term is None:
        return ""
    if kind is bool:
        return "true" if term else "false"
    if kind is Atom:
        return term.name
    if kind is float:
        return float_to_string(term)
    if isinstance(term, List):
        return export(alias("List"), "to_string", 1).fn(term)
    if kind is Map and term.struct is not None:
        return _struct_text(term)
    if kind is Bits:
        raise undefined(term, "cannot convert a bitstring to a string")
    return _users_text(term)


def _users_text(term: Any) -> Any:
    """Return the text of a tuple, map, pid or function, as the user's own implementation gives it."""
    found = implementation_for(PROTOCOL, term)
    if found is None:
        raise undefined(term)
    return export(found, "to_string", 1).fn(term)


def _struct_text(term: Map) -> Any:
    found = implementation(PROTOCOL, term.struct)  # type: ignore[arg-type]  # called with a struct
    if found is not None:
        return export(found, "to_string", 1).fn(term)
    raise undefined(term)


def implementation(protocol: Atom, struct: Atom) -> Atom | None:
    """Return the loaded or loadable implementation of a protocol for a struct, or for Any, or None."""
    prefix = protocol.name.removeprefix("Elixir.")
    for name in (f"{prefix}.{struct.name.removeprefix('Elixir.')}", f"{prefix}.Any"):
        if ensure_loaded(alias(name)) is not None:
            return alias(name)
    return None


_BUILT_IN: Final = frozenset(map(alias, ("Atom", "BitString", "Float", "Integer", "List")))


def implementation_for(protocol: Atom, term: Any) -> Atom | None:
    """Return the implementation of a protocol of texts for a value, or None; those of plain values are the library's."""
    from pyex.compiler.module.protocols import type_of

    kind = type_of(term)
    own = alias(f"{protocol.name.removeprefix('Elixir.')}.{kind.name.removeprefix('Elixir.')}")
    return own if kind in _BUILT_IN else implementation(protocol, kind)


@module.function
def impl_for(term: Any) -> Any:
    """Return the module that implements String.Chars for a value, or nil.

        iex> String.Chars.impl_for({1})
        nil
    """
    return implementation_for(PROTOCOL, term)


complete(module, impl_for, example="1", type="Integer")
