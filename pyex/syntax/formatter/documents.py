"""The documents that the formatter puts together: breaks, brackets, commas, and what must or may not fit on a line."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Final

from pyex.terms.atoms import Atom
from pyex.terms.inspect.algebra import (
    BREAK,
    CONS,
    DISABLED,
    ENABLED,
    FITS,
    FLEX,
    FORCE,
    GROUP,
    LIMIT,
    LINE,
    NEST,
    NIL,
    STRICT,
    STRING,
    concat,
    group,
    nest,
)

SPACE: Final = (BREAK, " ", STRICT)
EDGE: Final = (BREAK, "", STRICT)
FLEX_SPACE: Final = (BREAK, " ", FLEX)
CURSOR: Final = Atom("cursor")
RESET: Final = Atom("reset")
IN_BREAK: Final = Atom("break")
BLANK: Final = nest(LINE, RESET)
"""A line break with no indentation behind it."""
INFINITY: Final = Atom("infinity")

Joiner = Callable[[Any, Any], Any]


def text(shown: str) -> Any:
    """Return the document of a text whose width is its number of characters, not of bytes."""
    if shown.isascii():
        return shown
    from regex import findall

    return (STRING, shown, len(findall(r"\X", shown)))


def glued(left: Any, right: Any) -> Any:
    """Return two documents with a space or a new line between them."""
    return (CONS, left, (CONS, SPACE, right))


def flexibly_glued(left: Any, right: Any) -> Any:
    """Return two documents with a space between them, or a new line when the second does not fit."""
    return (CONS, left, (CONS, FLEX_SPACE, right))


def below(left: Any, right: Any) -> Any:
    """Return two documents with a new line between them."""
    return (CONS, left, (CONS, LINE, right))


def joined(docs: list[Any], joiner: Joiner) -> Any:
    """Return documents put together from left to right; none are nothing."""
    return reduce(joiner, docs) if docs else NIL


def forced(doc: Any) -> Any:
    """Return a document that never fits on one line."""
    return (FORCE, doc)


def fitting(doc: Any, mode: Any = ENABLED) -> Any:
    """Return a document that fits when what stands before its first break does."""
    return (FITS, doc, mode)


def unlimited(doc: Any) -> Any:
    """Return a document that is laid out as if the line had no end."""
    return (LIMIT, doc, INFINITY)


def surrounded(left: Any, inner: Any, right: Any) -> Any:
    """Return a document in brackets, on lines of its own when it does not fit."""
    if inner is NIL:
        return concat(left, right)
    return group(concat(nest(concat(left, EDGE, inner), 2, IN_BREAK), EDGE, right))


def parenthesised(doc: Any) -> Any:
    """Return a document in parentheses, its lines behind the opening one."""
    return concat("(", nest(doc, CURSOR), ")")


def with_comma(doc: Any) -> Any:
    """Return a document with a comma, which belongs to its last group."""
    if type(doc) is tuple:
        if doc[0] is CONS:
            return (CONS, doc[1], with_comma(doc[2]))
        if doc[0] is GROUP:
            return (GROUP, (CONS, doc[1], ","), doc[2])
    return (CONS, doc, ",")


def ungrouped(doc: Any) -> Any:
    """Return what is inside a group."""
    return doc[1] if type(doc) is tuple and doc[0] is GROUP else doc


def keeping(right: Any, fits: bool, put: Callable[[Any], Any]) -> Any:
    """Put a document behind another; one that `fits` may begin on the line of what stands before it."""
    return fitting(put(fitting(right)), DISABLED) if fits else put(right)


def opening_text(doc: Any) -> str:
    """Return the first text of a document that is not empty."""
    stack = [doc]
    while stack:
        one = stack.pop()
        if type(one) is str:
            if one:
                return one
        elif type(one) is tuple:
            if one[0] is CONS:
                stack += (one[2], one[1])
            elif one[0] in (BREAK, STRING):
                if one[1]:
                    return str(one[1])
            elif one[0] in (GROUP, NEST, FITS, FORCE, LIMIT):
                stack.append(one[1])
    return ""
