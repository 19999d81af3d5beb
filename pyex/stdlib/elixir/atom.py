"""Atom: an atom's text."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom_name
from pyex.terms.errors import erlang_error
from pyex.terms.lists import charlist

module = NativeModule("Atom", doc="Functions on atoms.")


@module.function
def to_string(atom: Any) -> Any:
    """Return the name of an atom.

        iex> Atom.to_string(:ok)
        "ok"
    """
    name = atom_name(atom)
    if name is None:
        raise erlang_error("badarg", "erlang", "atom_to_binary", (atom,))
    return name


@module.function
def to_charlist(atom: Any) -> Any:
    """Return the name of an atom as a charlist.

        iex> Atom.to_charlist(:ok)
        ~c"ok"
    """
    name = atom_name(atom)
    if name is None:
        raise erlang_error("badarg", "erlang", "atom_to_list", (atom,))
    return charlist(name)
