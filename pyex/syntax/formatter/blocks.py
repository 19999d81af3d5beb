"""Sequences of expressions, clauses, anonymous functions and do-blocks."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter import comments, forms, metadata, operators
from pyex.syntax.formatter.documents import (
    CURSOR,
    EDGE,
    RESET,
    SPACE,
    below,
    forced,
    glued,
    joined,
    parenthesised,
    ungrouped,
    with_comma,
)
from pyex.syntax.formatter.metadata import breaks, is_call, line
from pyex.syntax.formatter.state import ARGUMENT, BLOCK, FIRST_LINE, State
from pyex.terms.atoms import Atom
from pyex.terms.inspect.algebra import LINE, NIL, concat, group, nest
from pyex.terms.lists import Cons, from_pylist, to_pylist

SEQUENCE: Final = Atom("__block__")
SPLICING: Final = Atom("unquote_splicing")
ARROW: Final = Atom("->")
TOGETHER: Final = Atom("arguments of a clause")
"""Makes of the arguments before a guard one operand of `when`."""
WHEN: Final = Atom("when")
AT: Final = Atom("@")
BETWEEN_CLAUSES: Final = nest(EDGE, RESET)
"""A blank line between clauses that have lines of their own."""


def is_clauses(value: Any) -> bool:
    """Tell whether a value is a list of clauses, `args -> body`."""
    return type(value) is Cons and is_call(value.head, ARROW) and all(is_call(one, ARROW) for one in to_pylist(value))


def is_splicing(form: Any) -> bool:
    """Tell whether a form is `unquote_splicing(x)`."""
    return is_call(form, SPLICING) and len(to_pylist(form[2])) == 1


def body(form: Any, low: int, high: int, state: State) -> Any:
    """Return the expressions of a body whose comments stand between two lines."""
    if is_clauses(form):
        return function_type(to_pylist(form), low, high, state)
    if is_call(form, SEQUENCE):
        items = to_pylist(form[2])
        if len(items) != 1:
            return sequence(items, low, high, state)
    return sequence([form], low, high, state)


def sequence(items: list[Any], low: int, high: int, state: State) -> Any:
    """Return expressions on lines of their own; a blank line parts those that take several."""

    def write(_: int, form: Any) -> comments.Entry:
        doc = forms.doc(form, BLOCK, state)
        if type(form) is tuple and len(form) == 3:
            return doc, NIL if form[0] is AT else EDGE, metadata.breaks_behind(form[1])
        return doc, EDGE, 1

    docs, _ = comments.interleaved(items, [], low, high, state, write)
    if len(docs) < 2:
        return docs[0] if docs else NIL
    return forced(joined(docs, below))


# ---- clauses


def clauses(items: list[Any], low: int, high: int, state: State) -> Any:
    """Return clauses one below the other; where one takes several lines all do."""
    doc: Any = NIL
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        # What stands between two clauses belongs to the second.
        limit = FIRST_LINE if following is not None else high
        one = clause(item, low, limit, state)
        doc = one if not index else below(concat(doc, BETWEEN_CLAUSES), one)
    return group(broken_if_written_so(doc, items, state))


def clause(item: Any, low: int, high: int, state: State) -> Any:
    """`args -> body`."""
    args, what = to_pylist(item[2])
    given = to_pylist(args)
    if not given:
        return nest(glued("() ->", body(what, line(item[1]), high, state)), 2)
    state.indent += 2
    head = head_of(given, low, state)
    state.indent -= 2
    inner = body(what, line(item[1]), high, state)
    return concat(group(concat(ungrouped(head), " ->")), nest(concat(SPACE, inner), 2))


def broken_if_written_so(doc: Any, items: list[Any], state: State) -> Any:
    """Return the document of clauses, which keep the line breaks behind their arrows."""
    return forced(doc) if any(breaks(item[1], state) for item in items) else doc


def head_of(given: list[Any], low: int, state: State) -> Any:
    """Return the arguments of a clause, with its guard; the comments among them stand before them all."""

    def write(_: int, args: Any) -> comments.Entry:
        return with_guard(to_pylist(args), state), NIL, 1

    docs, _ = comments.interleaved([from_pylist(given)], [], low, FIRST_LINE, state, write)
    return joined(docs, below) if len(docs) > 1 else docs[0]


def with_guard(given: list[Any], state: State) -> Any:
    """Return the arguments of a clause, with its guard."""
    if len(given) == 1 and is_call(given[0], WHEN):
        _, meta, items = given[0]
        *args, guard = to_pylist(items)
        return operators.binary(WHEN, "when", meta, (TOGETHER, meta, from_pylist(args)), guard, ARGUMENT, state)
    return together(given, state)


def together(args: list[Any], state: State) -> Any:
    """Return arguments of a clause, with commas."""
    if not args:
        return "()"
    docs = [forms.doc(arg, ARGUMENT, state) for arg in args]
    return joined([*map(with_comma, docs[:-1]), docs[-1]], glued)


def behind_arrow(clause: Any) -> Any:
    """Return the break behind a lone clause's arrow: a line where several expressions follow."""
    what = to_pylist(clause[2])[1]
    return LINE if is_call(what, SEQUENCE) and len(to_pylist(what[2])) > 1 else SPACE


def function(items: list[Any], meta: Any, state: State) -> Any:
    """`fn … end`."""
    low, high = line(meta), metadata.closing_line(meta)
    if len(items) != 1 or (breaks(meta, state) and to_pylist(items[0][2])[0]):
        return forced(below(nest(below("fn", clauses(items, low, high, state)), 2), "end"))
    _, arrow, (args, what) = items[0]
    low = line(arrow)
    given = to_pylist(args)
    if given:
        head = concat("fn ", group(nest(concat(ungrouped(head_of(given, low, state)), " ->"), CURSOR)))
    else:
        head = "fn ->"
    inner = body(what, low, high, state)
    behind = behind_arrow(items[0])
    whole = concat(nest(concat(head, behind, inner), 2), behind, "end")
    return group(broken_if_written_so(whole, items, state))


def function_type(items: list[Any], low: int, high: int, state: State) -> Any:
    """`(args -> body)`."""
    if len(items) != 1:
        inner = clauses(items, low, high, state)
        return group(forced(concat(nest(concat("(", EDGE, inner), 2), EDGE, ")")))
    _, arrow, (args, what) = items[0]
    low = line(arrow)
    given = to_pylist(args)
    if not given:
        inner = body(what, low, high, state)
        return group(broken_if_written_so(concat("(-> ", nest(inner, CURSOR), ")"), items, state))
    head = group(concat(ungrouped(head_of(given, low, state)), " ->"))
    inner = body(what, low, high, state)
    whole = parenthesised(concat(head, nest(concat(behind_arrow(items[0]), group(inner)), 2)))
    return group(broken_if_written_so(whole, items, state))


# ---- do-blocks


def do_block(sections: list[Any], meta: Any, state: State) -> Any:
    """Return ` do … end` with its sections."""
    doc: Any = NIL
    last = len(sections) - 1
    for index, (word, what) in enumerate(sections):
        low = line(word[1])
        high = metadata.end_line(meta) if index == last else line(sections[index + 1][0][1])
        name = to_pylist(word[2])[0].name
        inner = clauses(to_pylist(what), low, high, state) if is_clauses(what) else body(what, low, high, state)
        head: Any = name if index else NIL
        one = head if inner is NIL else nest(below(head, inner), 2)
        doc = one if not index else below(doc, one)
    return doc
