"""Any form to its document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.syntax.formatter import arguments, blocks, calls, containers, literals, metadata, migrating, operators
from pyex.syntax.formatter.documents import parenthesised, surrounded, text
from pyex.syntax.formatter.state import ARGUMENT, FIRST_LINE, LAST_LINE, State
from pyex.terms.atoms import Atom, atom_name, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.inspect.algebra import concat, group
from pyex.terms.lists import EMPTY, List, to_pylist

Handler = Callable[[Any, list[Any], str, State], Any]
"""Takes metadata, arguments, where the form stands, and the state; None when the form is a call like others."""


def doc(form: Any, context: str, state: State) -> Any:
    """Return the document of a form."""
    if type(form) is not tuple:
        return bare_list(to_pylist(form), state)
    if len(form) == 2:
        return containers.pair(form[0], form[1], context, state)
    name, meta, args = form
    if state.migrates_unless and migrating.is_unless(form, 2):
        name, meta, items = migrating.positive(*form)
        return calls.local(name, meta, items, context, state)
    if not is_atom(name):
        return calls.applied(name, meta, to_pylist(args), context, state)
    if not isinstance(args, List):
        return text(atom_name(name) or "")
    items = to_pylist(args)
    handler = HANDLERS.get(name)
    if handler is not None:
        found = handler(meta, items, context, state)
        if found is not None:
            return found
    binary = operators.parts(form)
    if binary is not None:
        if state.migrates_unless and name is migrating.PIPE and migrating.is_unless(items[1], 1):
            binary = (*binary[:3], *migrating.piped(*items))
        return operators.binary(*binary, context, state)
    if len(items) == 1 and name in operators.UNARY:
        return operators.unary(name, items[0], context, state)
    if type(name) is Atom and name.name.startswith("sigil_"):
        found = literals.sigil(name.name[6:], meta, items, state)
        if found is not None:
            return found
    return calls.local(name, meta, items, context, state)


def bare_list(items: list[Any], state: State, keeps_lines: bool = False) -> Any:
    """Return clauses, or keywords without brackets; these may keep the lines on which they are written."""
    if items and metadata.is_call(items[0], blocks.ARROW):
        return blocks.function_type(items, LAST_LINE, FIRST_LINE, state)
    lines = keeps_lines and arguments.on_different_lines(items)
    joiner = arguments.LINES if lines else arguments.BREAK
    return group(arguments.listed(items, EMPTY, state, lambda item: doc(item, ARGUMENT, state), joiner=joiner).doc)


def _sequence(meta: Any, items: list[Any], context: str, state: State) -> Any:
    if len(items) != 1:
        low, high = metadata.line(meta), metadata.closing_line(meta)
        if not items:
            return "nil"
        return surrounded("(", blocks.sequence(items, low, high, state), ")")
    value = items[0]
    kind = type(value)
    if kind is tuple and len(value) == 3:
        inner = doc(value, context, state)
        return parenthesised(inner) if blocks.is_splicing(value) else inner
    if kind is tuple:
        return containers.braces(list(value), meta, state)
    if isinstance(value, List):
        return _list(value, meta, state)
    if is_binary(value):
        return literals.string(value, meta)
    if is_atom(value):
        return literals.atom(value)
    shown = str(metadata.value(meta, metadata.TOKEN))
    return literals.floating(shown) if kind is float else literals.integer(shown)


def _list(value: Any, meta: Any, state: State) -> Any:
    items = to_pylist(value)
    if blocks.is_clauses(value):
        return blocks.function_type(items, LAST_LINE, FIRST_LINE, state)
    delimiter = metadata.value(meta, metadata.DELIMITER)
    if delimiter is not None and all(type(item) is int for item in items):
        return literals.charlist(items, delimiter, state)
    return containers.brackets(items, meta, state)


def _bitstring(meta: Any, items: list[Any], context: str, state: State) -> Any:
    delimiter = metadata.value(meta, metadata.DELIMITER)
    if literals.is_interpolated(items) or delimiter == '"""':
        quote = delimiter or '"'
        return literals.interpolated(items, quote, quote, quote, state)
    return containers.bitstring(items, meta, state)


def _struct(meta: Any, items: list[Any], context: str, state: State) -> Any:
    if len(items) != 2 or not metadata.is_call(items[1], Atom("%{}")):
        return None
    name, (_, inner, args) = items
    shown = doc(name, ARGUMENT, state)
    if operators.parts(name) is not None:
        shown = parenthesised(shown)
    return containers.map(shown, to_pylist(args), inner, state)


def _ellipsis(meta: Any, items: list[Any], context: str, state: State) -> Any:
    if not items:
        return "..."
    return concat("...", operators.in_parentheses_if_operator(items[0], context, state)) if len(items) == 1 else None


HANDLERS: Final[dict[Any, Handler]] = {
    Atom("__block__"): _sequence,
    Atom("__aliases__"): lambda meta, items, context, state: containers.alias(items, state),
    Atom("{}"): lambda meta, items, context, state: containers.braces(items, meta, state),
    Atom("%{}"): lambda meta, items, context, state: containers.map("", items, meta, state),
    Atom("%"): _struct,
    Atom("<<>>"): _bitstring,
    Atom("fn"): lambda meta, items, context, state: blocks.function(items, meta, state),
    Atom("@"): lambda meta, items, context, state: (
        calls.attribute(items[0], context, state) if len(items) == 1 else None
    ),
    Atom("&"): lambda meta, items, context, state: (
        operators.capture(items[0], context, state) if len(items) == 1 else None
    ),
    Atom("..//"): lambda meta, items, context, state: (
        operators.stepped(items, meta, context, state) if len(items) == 3 else None
    ),
    Atom(".."): lambda meta, items, context, state: ".." if not items else None,
    Atom("..."): _ellipsis,
}
