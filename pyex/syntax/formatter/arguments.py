"""Arguments and entries with commas between them: on one line, or each on its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pyex.syntax.formatter import comments, metadata
from pyex.syntax.formatter.documents import (
    below,
    fitting,
    flexibly_glued,
    forced,
    glued,
    joined,
    with_comma,
)
from pyex.syntax.formatter.state import State
from pyex.terms.inspect.algebra import NIL
from pyex.terms.lists import Cons, to_pylist

LINES: Final = "lines"
"""Each on a line of its own."""
BREAK: Final = "break"
"""On one line if they fit, else each on its own."""
FLEX: Final = "flex"
"""As many on a line as fit."""
_JOINERS: Final = {LINES: below, BREAK: glued, FLEX: flexibly_glued}

PLAIN: Final = "plain"
COMMA: Final = "comma"
FITTING: Final = "fitting"


class Listed(NamedTuple):
    """The document of entries, and how they were put together (LINES also where comments stand between them)."""

    doc: Any
    joiner: str


def listed(
    items: list[Any],
    meta: Any,
    state: State,
    write: Callable[[Any], Any],
    *,
    joiner: str,
    last: str = PLAIN,
    first_has_no_comments: bool = False,
    high: int | None = None,
) -> Listed:
    """Return entries with commas; `last` says what follows the last one.

    Comments before the first argument of a call without parentheses have no place there: they stand before the call.
    """
    final = len(items) - 1

    def entry(index: int, item: Any) -> comments.Entry:
        doc = write(item)
        if index != final or last is COMMA:
            doc = with_comma(doc)
        elif last is FITTING:
            doc = fitting(doc)
        return doc, NIL, 1

    written: list[comments.Entry] = []
    rest = items
    if first_has_no_comments and items:
        written.append(entry(0, items[0]))
        rest = items[1:]
    shift = len(items) - len(rest)
    low = metadata.line(meta)
    until = metadata.closing_line(meta) if high is None else high
    docs, commented = comments.interleaved(
        rest, written, low, until, state, lambda index, item: entry(index + shift, item)
    )
    if not docs:
        return Listed(NIL, joiner)
    if joiner is LINES or commented:
        return Listed(forced(joined(docs, below)), LINES)
    return Listed(joined(docs, _JOINERS[joiner]), joiner)


def on_different_lines(items: list[Any]) -> bool:
    """Tell whether there are several entries, and each begins on a line of its own."""
    if len(items) < 2:
        return False
    lines: set[int] = set()
    for item in items:
        form = to_pylist(item)[0] if type(item) is Cons else item
        if type(form) is tuple and len(form) == 2:
            form = form[0]
        found = metadata.value(form[1], metadata.LINE) if type(form) is tuple else None
        if found is None:
            continue
        if found in lines:
            return False
        lines.add(found)
    return len(lines) >= 2
