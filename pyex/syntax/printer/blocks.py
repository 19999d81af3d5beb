"""Sequences of expressions, do-blocks, clauses and anonymous functions."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.printer import forms, operators
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.inspect.algebra import (
    CONS,
    FITS,
    FORCE,
    GROUP,
    LINE,
    NEST,
    NIL,
    concat,
    group,
    join,
    line_break,
    nest,
)
from pyex.terms.lists import Cons, List, to_pylist

ARROW: Final = Atom("->")


def is_block(form: Any) -> bool:
    """Tell whether a form is a `__block__`."""
    return forms.is_form(form) and atom_name(form[0]) == "__block__" and isinstance(form[2], List)


def is_clause(form: Any) -> bool:
    """Tell whether a form is `args -> body`."""
    return forms.is_form(form) and form[0] is ARROW and isinstance(form[2], List) and len(to_pylist(form[2])) == 2


def is_splicing(form: Any) -> bool:
    """Tell whether a form is `unquote_splicing(x)`."""
    return operators.is_call_of(form, "unquote_splicing", 1)


def breaks(doc: Any) -> bool:
    """Tell whether a document has a line break whatever the width."""
    stack = [doc]
    while stack:
        one = stack.pop()
        if type(one) is str:
            continue
        if one is LINE:
            return True
        if type(one) is tuple:
            if one[0] is FORCE:
                return True
            if one[0] is CONS:
                stack.extend(one[1:3])
            elif one[0] in (GROUP, NEST, FITS):
                stack.append(one[1])
    return False


def sequence_of(form: Any) -> Any:
    """Return the document of a body: its expressions, each on a line of its own."""
    if is_block(form):
        items = to_pylist(form[2])
        if len(items) == 1 and is_splicing(items[0]):
            return forms.wrapped(forms.doc(items[0]))
        if len(items) != 1:
            return lines(items)
        return sequence_of(items[0]) if is_block(items[0]) else forms.doc(items[0])
    if is_splicing(form):
        return forms.wrapped(forms.doc(form))
    return forms.doc(form)


def lines(items: list[Any]) -> Any:
    """Return expressions on lines of their own, with a blank line around those of several lines.

    None follows an attribute, which belongs to what comes next.
    """
    docs = [group(inner(item) if is_block(item) else forms.doc(item)) for item in items]
    out: Any = NIL
    previous = attribute = False
    for index, one in enumerate(docs):
        several = breaks(one)
        if index:
            out = concat(out, LINE, LINE if (several or previous) and not attribute else NIL)
        out = concat(out, one)
        previous = several
        attribute = operators.is_call_of(items[index], "@", 1)
    return out


def inner(form: Any) -> Any:
    """Return the document of a block inside an expression."""
    items = to_pylist(form[2])
    if len(items) == 1:
        if is_splicing(items[0]) or operators.is_prefixed(items[0]):
            return forms.wrapped(forms.doc(items[0]))
        return forms.doc(items[0])
    if not items:
        return "nil"
    return forms.forced(concat("(", nest(concat(LINE, lines(items)), 2), LINE, ")"))


def do_block(pairs: list[Any]) -> Any:
    """Return ` do … end` with its sections."""
    out = []
    for key, body in pairs:
        word = atom_name(key) or ""
        out.append(concat(" do" if word == "do" else concat(LINE, word), section(body)))
    return forms.forced(concat(*out, LINE, "end"))


def section(body: Any) -> Any:
    """Return what stands between two words of a do-block."""
    if isinstance(body, Cons) and all(is_clause(item) for item in to_pylist(body)):
        return nest(concat(LINE, clauses(to_pylist(body))), 2)
    if is_block(body) and not to_pylist(body[2]):
        return NIL
    return nest(concat(LINE, sequence_of(body)), 2)


def clauses(items: list[Any]) -> Any:
    """Return clauses, one below the other; when one has several lines all have."""
    pairs = [(head(item), item[2].tail.head) for item in items]
    bodies = [group(sequence_of(body)) for _, body in pairs]
    if any(breaks(body) for body in bodies):
        docs = [concat(left, " ->", nest(concat(LINE, body), 2)) for (left, _), body in zip(pairs, bodies, strict=True)]
        return join(docs, concat(LINE, LINE))
    docs = [
        group(concat(left, " ->", nest(concat(line_break(), body), 2)))
        for (left, _), body in zip(pairs, bodies, strict=True)
    ]
    return join(docs, LINE)


def head(clause: Any, empty: str = "()") -> Any:
    """Return the arguments of a clause, with its guard."""
    args = to_pylist(clause[2].head)
    if not args:
        return empty
    if len(args) == 1 and forms.is_form(args[0]) and atom_name(args[0][0]) == "when" and isinstance(args[0][2], List):
        return guarded(to_pylist(args[0][2]))
    return listed(args)


def listed(args: list[Any]) -> Any:
    """Return arguments of a clause; only a lone keyword list has no brackets."""
    docs = [forms.doc(arg) for arg in args]
    return group(nest(join(docs, concat(",", line_break())), 0))


def guarded(items: list[Any]) -> Any:
    """Return `a, b when guard`."""
    args = listed(items[:-1]) if len(items) > 1 else "()"
    if len(items) == 2:
        args = operators.operand(items[0], "when", "left")
    return group(concat(args, nest(concat(line_break(), "when ", operators.operand(items[-1], "when", "right")), 2)))


def function(items: list[Any]) -> Any:
    """`fn … end`."""
    if not all(is_clause(item) for item in items):
        return concat("fn ", join([forms.doc(item) for item in items], "; "), " end")
    if len(items) == 1:
        left = head(items[0], "")
        body = group(sequence_of(items[0][2].tail.head))
        opening = concat("fn ", left, " ->" if left else "->")
        whole = concat(opening, nest(concat(line_break(), body), 2), line_break(), "end")
        return group(forms.forced(whole)) if breaks(body) else group(whole)
    return group(forms.forced(concat("fn", nest(concat(LINE, clauses(items)), 2), LINE, "end")))


def parenthesised_clauses(items: list[Any]) -> Any:
    """`(a -> b)`."""
    if len(items) == 1:
        left = head(items[0], "")
        body = group(sequence_of(items[0][2].tail.head))
        arrow = concat(left, " ->") if left else "->"
        return group(concat("(", arrow, nest(concat(line_break(), body), 2), ")"))
    return forms.forced(concat("(", nest(concat(LINE, clauses(items)), 2), LINE, ")"))
