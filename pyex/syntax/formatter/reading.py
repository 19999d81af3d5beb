"""A text read for the formatter: with its comments, and with all that metadata can tell."""

from __future__ import annotations

from typing import Any, Final

from pyex.syntax.options import Comment, Options
from pyex.syntax.reader import read
from pyex.terms.atoms import Atom
from pyex.terms.lists import EMPTY, Cons

SEQUENCE: Final = Atom("__block__")
OK: Final = Atom("ok")


def read_all(text: str, file: str, line: int, comments: list[Comment]) -> Any:
    """Return the form of a text whose literals are forms too; its comments are appended to `comments`."""
    return read(
        text,
        Options(
            file,
            line,
            columns=False,
            token_metadata=True,
            literal_encoder=_encoded,
            unescape=False,
            comments=comments,
        ),
    )


def _encoded(value: Any, meta: Any) -> Any:
    return OK, (SEQUENCE, meta, Cons(value, EMPTY))
