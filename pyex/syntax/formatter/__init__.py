"""Source text laid out anew, as Elixir's formatter does it: `Code.format_string!/2`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from pyex.syntax.options import Comment

LINE_LENGTH = 98


@dataclass(frozen=True, slots=True)
class Style:
    """What a caller of the formatter can choose."""

    line_length: int = LINE_LENGTH
    locals_without_parens: Iterable[tuple[str, int]] = ()
    """Names and arities (-1: any) of local calls that keep going without parentheses, besides those of Elixir itself."""
    force_do_end: bool = False
    """Whether `do: …` becomes a block."""
    sigils: dict[str, Callable[[str, Any], str]] = field(default_factory=dict)
    """Functions that write the text of sigils anew, by the sigils' names."""
    migrates_charlists: bool = False
    migrates_bitstrings: bool = False
    migrates_unless: bool = False


def format_text(text: str, style: Style | None = None, *, file: str = "nofile", line: int = 1) -> str:
    """Return a text laid out; raises what is wrong with one that Elixir does not read."""
    return "".join(formatted(text, style or Style(), file=file, line=line))


def formatted(text: str, style: Style, *, file: str = "nofile", line: int = 1) -> list[str]:
    """Return the pieces of a text laid out."""
    from pyex.syntax.formatter.reading import read_all
    from pyex.terms.inspect.algebra import NIL, fragments

    comments: list[Comment] = []
    collects = gc.isenabled()
    gc.disable()  # forms and documents are made and let go of, with no cycles among them: to look for any is in vain
    try:
        form = read_all(text, file, line, comments)
        doc = document(form, comments, style)
        return [] if doc is NIL else fragments(doc, style.line_length)
    finally:
        if collects:
            gc.enable()


def document(form: Any, comments: list[Comment], style: Style) -> Any:
    """Return the document of a form that was read with its metadata, and of the comments of its text."""
    from pyex.syntax.formatter import blocks
    from pyex.syntax.formatter.comments import tidied
    from pyex.syntax.formatter.plain_calls import PLAIN_CALLS
    from pyex.syntax.formatter.state import FIRST_LINE, LAST_LINE, State

    state = State(
        comments=[tidied(comment) for comment in comments],
        without_parens=PLAIN_CALLS | frozenset(style.locals_without_parens),
        force_do_end=style.force_do_end,
        sigils=style.sigils,
        migrates_charlists=style.migrates_charlists,
        migrates_bitstrings=style.migrates_bitstrings,
        migrates_unless=style.migrates_unless,
    )
    with deep():
        return blocks.body(form, FIRST_LINE, LAST_LINE, state)


@contextmanager
def deep() -> Iterator[None]:
    """Let forms be nested as deeply as the parser reads them."""
    from pyex.syntax.reader import DEPTH

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def quoted_document(form: Any, comments: list[Comment], style: Style, *, escapes: bool = True) -> Any:
    """Return the document of any quoted form; with `escapes` its texts hold what they mean."""
    from pyex.syntax.formatter.completing import Way, complete
    from pyex.syntax.formatter.plain_calls import PLAIN_CALLS

    way = Way(escapes, PLAIN_CALLS | frozenset(style.locals_without_parens))
    with deep():
        return document(complete(form, way), comments, replace(style, migrates_charlists=True))


def to_string(form: Any, width: int = LINE_LENGTH) -> str:
    """Return the source text of a quoted form."""
    from pyex.terms.inspect.algebra import layout

    return layout(quoted_document(form, [], Style()), width)
