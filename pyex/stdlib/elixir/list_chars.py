"""List.Chars: the protocol behind `to_charlist/1`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.string_chars import implementation_for
from pyex.stdlib.protocols import complete
from pyex.terms.atoms import Atom, alias
from pyex.terms.binaries import Bits
from pyex.terms.errors import elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, charlist
from pyex.terms.numbers import float_to_string

module = NativeModule(
    "List.Chars", doc="The protocol of what has a charlist of its own.", behaviour=[("to_charlist", 1)]
)

PROTOCOL: Final = alias("List.Chars")


def undefined(value: Any, description: str = "") -> Exception:
    """Return Protocol.UndefinedError for a value without a charlist."""
    return elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=value, description=description)


@module.function
def to_charlist(term: Any) -> Any:
    """Return the charlist of a term; raises Protocol.UndefinedError for tuples, maps, pids and functions.

        iex> List.Chars.to_charlist(:hello)
        ~c"hello"
    """
    kind = type(term)
    if isinstance(term, List):
        return term
    if kind is str or kind is bytes:
        return export(alias("String"), "to_charlist", 1).fn(term)
    if kind is int:
        return charlist(str(term))
    if term is None:
        return EMPTY
    if kind is bool:
        return charlist("true" if term else "false")
    if kind is Atom:
        return charlist(term.name)
    if kind is float:
        return charlist(float_to_string(term))
    if kind is Bits:
        raise undefined(term, "cannot convert a bitstring to a charlist")
    found = impl_for(term)
    if found is None:
        raise undefined(term)
    return export(found, "to_charlist", 1).fn(term)


@module.function
def impl_for(term: Any) -> Any:
    """Return the module that implements List.Chars for a value, or nil.

        iex> List.Chars.impl_for({1})
        nil
    """
    return implementation_for(PROTOCOL, term)


complete(module, impl_for, example="1", type="Integer")
