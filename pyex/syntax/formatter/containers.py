"""Lists, tuples, maps, structs, bitstrings and the pairs in them."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter import arguments, fits, forms, literals, metadata, migrating, operators
from pyex.syntax.formatter.documents import (
    IN_BREAK,
    glued,
    keeping,
    parenthesised,
    surrounded,
)
from pyex.syntax.formatter.metadata import breaks, is_call
from pyex.syntax.formatter.state import ARGUMENT, LISTED, State
from pyex.terms.atoms import Atom, is_atom
from pyex.terms.inspect.algebra import concat, group, nest
from pyex.terms.lists import List, to_pylist

SEQUENCE: Final = Atom("__block__")
BAR: Final = Atom("|")
TYPED: Final = Atom("::")
DOT: Final = Atom(".")
BITSTRING: Final = Atom("<<>>")
ALIASES: Final = Atom("__aliases__")
ANYTHING: Final = Atom("_")
JOINS: Final = (Atom("-"), Atom("*"), Atom("/"))


def is_key(form: Any) -> bool:
    """Tell whether the left side of a pair is written as `key:`."""
    if type(form) is not tuple or len(form) != 3:
        return False
    name, meta, args = form
    if name is SEQUENCE:
        value = to_pylist(args)[0] if args else ()
        return is_atom(value) and metadata.value(meta, metadata.FORMAT) is metadata.KEYWORD
    return is_call(name, DOT) and metadata.value(meta, metadata.FORMAT) is metadata.KEYWORD


def is_keyword(items: list[Any]) -> bool:
    """Tell whether entries are all `key: value`."""
    return bool(items) and all(type(item) is tuple and len(item) == 2 and is_key(item[0]) for item in items)


def pair(left: Any, right: Any, context: str, state: State) -> Any:
    """`key: value` or `key => value`."""
    if is_key(left):
        name, _, args = left
        if name is SEQUENCE:
            head = literals.key(to_pylist(args)[0])
        else:
            head = concat(literals.interpolated(to_pylist(to_pylist(args)[0][2]), '"', '"', '"', state), ":")
        first = head
    else:
        first = forms.doc(left, LISTED, state)
        if operators.parts(left) is not None:
            first = parenthesised(first)
        first = concat(first, " =>")
    value = forms.doc(right, context, state)

    def put(doc: Any) -> Any:
        return concat(group(first), group(nest(glued("", group(doc)), 2, IN_BREAK)))

    return keeping(value, fits.may_break_inside(right, state), put)


def _entries(items: list[Any], meta: Any, state: State, joiner: str) -> arguments.Listed:
    how = arguments.LINES if breaks(meta, state) else joiner
    return arguments.listed(items, meta, state, lambda item: forms.doc(item, LISTED, state), joiner=how)


def brackets(items: list[Any], meta: Any, state: State) -> Any:
    """`[a, b]`."""
    return surrounded("[", _entries(items, meta, state, arguments.BREAK).doc, "]")


def braces(items: list[Any], meta: Any, state: State, joiner: str = arguments.FLEX) -> Any:
    """`{a, b}`: as many entries on a line as fit, unless the source has them below each other."""
    found = _entries(items, meta, state, joiner)
    if found.joiner is arguments.FLEX:
        return group(concat(nest(concat("{", found.doc), 1), "}"))
    return surrounded("{", found.doc, "}")


def map(name: Any, items: list[Any], meta: Any, state: State) -> Any:
    """`%name{…}`."""
    opening = concat("%", name, "{")
    if len(items) == 1 and is_call(items[0], BAR) and len(to_pylist(items[0][2])) == 2:
        left, pairs = to_pylist(items[0][2])
        entries = to_pylist(pairs) if isinstance(pairs, List) else [pairs]
        first = forms.doc(left, LISTED, state)
        if operators.parts(left) is not None:
            first = parenthesised(first)
        rest = _entries(entries, meta, state, arguments.BREAK).doc
        return surrounded(opening, glued(first, concat("| ", nest(rest, 2))), "}")
    return surrounded(opening, _entries(items, meta, state, arguments.BREAK).doc, "}")


def bitstring(items: list[Any], meta: Any, state: State) -> Any:
    """`<<a, b::8>>`."""
    last = len(items) - 1
    # A segment that opens with `<<` next to the brackets would read as another sign.
    edges = {id(items[0]), id(items[last])} if items else set()
    how = arguments.LINES if breaks(meta, state) else arguments.FLEX
    found = arguments.listed(items, meta, state, lambda item: segment(item, id(item) in edges, state), joiner=how)
    if found.joiner is arguments.FLEX:
        return group(concat(nest(concat("<<", found.doc), 2), ">>"))
    return surrounded("<<", found.doc, ">>")


def segment(form: Any, at_edge: bool, state: State) -> Any:
    """`a::size(8)-binary`: without blanks."""
    if is_call(form, TYPED) and len(to_pylist(form[2])) == 2:
        left, right = to_pylist(form[2])
        return concat(segment_part(left, at_edge, state), "::", segment_type(right, state))
    return segment_part(form, at_edge, state, LISTED)


def segment_part(form: Any, at_edge: bool, state: State, context: str = ARGUMENT) -> Any:
    """Return a segment's value; brackets of another bitstring at the edge stand in parentheses."""
    doc = forms.doc(form, context, state)
    if is_call(form, BITSTRING) and at_edge and metadata.value(form[1], metadata.DELIMITER) is None:
        return parenthesised(doc)
    if context is ARGUMENT and operators.parts(form) is not None:
        return parenthesised(doc)
    return doc


def segment_type(form: Any, state: State) -> Any:
    """The types right of `::`."""
    found = operators.parts(form)
    if found is not None and found[0] in JOINS:
        _, shown, _, left, right = found
        return concat(segment_type(left, state), shown, segment_type(right, state))
    if state.migrates_bitstrings and type(form) is tuple and len(form) == 3 and type(form[0]) is Atom:
        name, _, args = form
        if not isinstance(args, List):
            return name.name if name in migrating.SEGMENT_TYPES or name is ANYTHING else concat(name.name, "()")
        if name in migrating.SEGMENT_TYPES and not to_pylist(args):
            return name.name
    return operators.in_parentheses_if_operator(form, ARGUMENT, state)


def alias(items: list[Any], state: State) -> Any:
    """`A.B`, `__MODULE__.B`."""
    first = items[0] if items else ""
    if type(first) is Atom:
        return ".".join(item.name for item in items)
    head = operators.in_parentheses_if_operator(first, ARGUMENT, state)
    return concat(head, *["." + item.name for item in items[1:]])
