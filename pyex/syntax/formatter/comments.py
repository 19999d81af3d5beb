"""Comments between the entries of a sequence, of a bracket or of a chain of operators."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from pyex.syntax.formatter.metadata import span
from pyex.syntax.formatter.state import State
from pyex.syntax.options import Comment
from pyex.terms.atoms import atom
from pyex.terms.inspect.algebra import CONS, LINE, NIL, concat, group

TWO_LINES: Final = (atom("doc_collapse"), 2)
Entry = tuple[Any, Any, int]
"""A document, the break that belongs around it (or nothing), and how many lines break behind it in the source."""
Writer = Callable[[int, Any], Entry]
_SIGNS: Final = re.compile(r"#+")


def tidied(comment: Comment) -> Comment:
    """Return a comment with a space behind its signs, `#!` excepted."""
    found = _SIGNS.match(comment.text)
    signs = found.group() if found is not None else ""
    rest = comment.text[len(signs) :]
    if not rest or rest[0] in " !":
        return comment
    return replace(comment, text=f"{signs} {rest}")


def interleaved(
    items: Sequence[Any], written: list[Entry], low: int, high: int, state: State, write: Writer
) -> tuple[list[Any], bool]:
    """Return the documents of items with the comments that stand between lines, and whether there were any.

    `write` is called with the index of an item and the item; `written` are the entries of what comes first.
    """
    earlier = 0
    comments = state.comments
    while earlier < len(comments) and comments[earlier].line <= low:
        earlier += 1
    state.comments = comments[earlier:] if earlier else comments
    commented = False
    if state.comments:
        commented = _write_with_comments(items, written, high, state, write)
    else:
        written += [write(index, item) for index, item in enumerate(items)]
    if earlier:
        state.comments = comments[:earlier] + state.comments
    return _spaced(written), commented


def _write_with_comments(items: Sequence[Any], written: list[Entry], high: int, state: State, write: Writer) -> bool:
    commented = False
    for index, item in enumerate(items):
        first, last = span(item, state)
        if first > last:
            written.append(write(index, item))
            continue
        commented |= _take_before(first, written, state)
        doc, edge, breaks = write(index, item)
        while state.comments and first <= state.comments[0].line <= last:
            written.append((state.comments[0].text, NIL, 1))
            state.comments = state.comments[1:]
            commented = True
        if breaks > 1 and state.comments and state.comments[0].line == last + 1:
            breaks = 1  # they break behind the comment
        written.append((doc, edge, breaks))
    return _take_before(high, written, state) or commented


def _take_before(limit: int, written: list[Entry], state: State) -> bool:
    """Write the comments that stand before a line."""
    comments = state.comments
    count = 0
    while count < len(comments) and comments[count].line < limit:
        comment = comments[count]
        if written and written[-1][2] < comment.breaks_before:
            doc, edge, _ = written[-1]
            written[-1] = (doc, edge, comment.breaks_before)
        written.append((comment.text, NIL, comment.breaks_behind))
        count += 1
    if count:
        state.comments = comments[count:]
    return count > 0


def _spaced(written: list[Entry]) -> list[Any]:
    """Return the documents of entries, each with the blank lines around it."""
    docs = []
    before: Any = NIL
    last = len(written) - 1
    for index, (doc, edge, breaks) in enumerate(written):
        behind = LINE if breaks >= 2 else edge
        if before is not NIL:
            doc = (CONS, before, doc)
        if index != last and behind is not NIL:
            doc = concat(doc, TWO_LINES, behind)
        docs.append(group(doc))
        before = behind
    return docs
