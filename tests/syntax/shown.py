"""Terms and results of parses as the recording writes them."""

from __future__ import annotations

from typing import Any

from pyex.syntax import SourceWarning, parse
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, EmptyList, to_pylist
from pyex.terms.syntax_messages import render_message

SYNTAX_ERRORS = ("SyntaxError", "TokenMissingError", "MismatchedDelimiterError")


def show(term: Any) -> str:
    """Return a term in the recording's own notation, which tells everything apart."""
    kind = type(term)
    if kind is tuple:
        return "{" + ",".join([show(item) for item in term]) + "}"
    if kind is Cons or kind is EmptyList:
        return "[" + ",".join([show(item) for item in to_pylist(term)]) + "]"
    if kind is str:
        return f"b{term.encode().hex().upper()}"
    if kind is bytes:
        return f"b{term.hex().upper()}"
    if kind is Atom:
        return f":{term.name}"
    return inspect(term) if kind is float else atom_name(term) or str(term)


def read(text: str) -> str:
    """Return the quoted form of a text, or its error's message, as the recording has it."""
    try:
        return "ok " + show(parse(text))
    except ElixirError as error:
        name = error.reason.struct.name.removeprefix("Elixir.")
        message = render_message(error.reason) if name in SYNTAX_ERRORS else error.reason.get(Atom("message"))
        return f"error {name}\n{message}"


def warnings(text: str) -> str:
    """Return the warnings of a text as the recording has them."""
    found: list[SourceWarning] = []
    try:
        parse(text, warn=found.append)
    except ElixirError:
        pass  # the warnings before the error count too
    return "\x1d".join(f"{one.line}:{one.column} {one.message}" for one in found)
