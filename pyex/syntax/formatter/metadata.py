"""What a form's metadata say of how it was written."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.formatter.state import FIRST_LINE, LAST_LINE, State
from pyex.terms.atoms import Atom
from pyex.terms.lists import LAZY, Cons, List, to_pylist

LINE: Final = Atom("line")
CLOSING: Final = Atom("closing")
END: Final = Atom("end")
DO: Final = Atom("do")
NEWLINES: Final = Atom("newlines")
DELIMITER: Final = Atom("delimiter")
FORMAT: Final = Atom("format")
KEYWORD: Final = Atom("keyword")
TOKEN: Final = Atom("token")
END_OF_EXPRESSION: Final = Atom("end_of_expression")


def value(meta: Any, key: Atom) -> Any:
    """Return what metadata say under a key, None when nothing."""
    # The cells are walked as they are: to make a Python list of them takes longer than the search.
    while type(meta) is Cons:
        if meta.head[0] is key:
            return meta.head[1]
        tail = meta._tail
        meta = tail if tail is not LAZY else meta._grow()
    return None


def has(meta: Any, key: Atom) -> bool:
    """Tell whether metadata say anything under a key."""
    while type(meta) is Cons:
        if meta.head[0] is key:
            return True
        tail = meta._tail
        meta = tail if tail is not LAZY else meta._grow()
    return False


def line(meta: Any) -> int:
    """Return the line at which a form begins."""
    found = value(meta, LINE)
    return LAST_LINE if found is None else int(found)


def closing_line(meta: Any) -> int:
    """Return the line at which a form's brackets close."""
    return _line_of(meta, CLOSING)


def end_line(meta: Any) -> int:
    """Return the line of the `end` of a form's block."""
    return _line_of(meta, END)


def _line_of(meta: Any, key: Atom) -> int:
    place = value(meta, key)
    found = None if place is None else value(place, LINE)
    return FIRST_LINE if found is None else int(found)


def breaks(meta: Any, state: State) -> bool:
    """Tell whether the source breaks the line behind a form's opening bracket or operator."""
    return not state.ignores_breaks and (value(meta, NEWLINES) or 0) > 0


def breaks_or_has_comments(meta: Any, state: State) -> bool:
    """Tell whether the source breaks the line behind an opening bracket, or has comments inside."""
    if breaks(meta, state):
        return True
    if not state.comments:
        return False
    first, last = line(meta), closing_line(meta)
    return any(first <= comment.line < last for comment in state.comments)


def breaks_behind(meta: Any) -> int:
    """Return how many lines break behind an expression of a sequence."""
    place = value(meta, END_OF_EXPRESSION)
    found = None if place is None else value(place, NEWLINES)
    return 1 if found is None else int(found)


def is_call(form: Any, name: Atom) -> bool:
    """Tell whether a form is `name(…)` for a name or an operator."""
    return type(form) is tuple and len(form) == 3 and form[0] is name and isinstance(form[2], List)


def span(form: Any, state: State) -> tuple[int, int]:
    """Return the first and the last line that a form's metadata name; the first is the greater where they name none."""
    if type(form) is tuple:
        if len(form) != 3:
            return _across(form, LAST_LINE, FIRST_LINE, state)
        known = state.spans.get(id(form))
        if known is None:
            name, meta, args = form
            found = value(meta, LINE) if isinstance(meta, List) else None
            first, last = (LAST_LINE, FIRST_LINE) if found is None else (found, found)
            known = (form, *_across((name, args), first, last, state))
            state.spans[id(form)] = known
        return known[1], known[2]
    if type(form) is Cons:
        return _across(to_pylist(form), LAST_LINE, FIRST_LINE, state)
    return LAST_LINE, FIRST_LINE


def _across(forms: Any, first: int, last: int, state: State) -> tuple[int, int]:
    for one in forms:
        if type(one) is tuple or type(one) is Cons:
            start, end = span(one, state)
            first, last = min(first, start), max(last, end)
    return first, last
