"""Documents: text whose line breaks are decided when it is laid out at a width.

A document is a term, in the shapes that `Inspect.Algebra` gives to user code: a string,
`:doc_nil`, `:doc_line`, `{:doc_cons, left, right}`, `{:doc_nest, doc, indent, :always | :break}`,
`{:doc_break, text, :strict | :flex}`, `{:doc_group, doc, :self | :inherit}`, `{:doc_string, text, length}`,
`{:doc_color, doc, escape}`, `{:doc_force, doc}`, `{:doc_fits, doc, :enabled | :disabled}`,
`{:doc_collapse, max}`, `{:doc_limit, doc, limit}`. Lengths count bytes, as Elixir's do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.binaries import byte_size
from pyex.terms.errors import function_clause

NIL: Final = atom("doc_nil")
LINE: Final = atom("doc_line")
CONS: Final = atom("doc_cons")
NEST: Final = atom("doc_nest")
BREAK: Final = atom("doc_break")
GROUP: Final = atom("doc_group")
STRING: Final = atom("doc_string")
COLOR: Final = atom("doc_color")
FORCE: Final = atom("doc_force")
FITS: Final = atom("doc_fits")
COLLAPSE: Final = atom("doc_collapse")
LIMIT: Final = atom("doc_limit")

STRICT: Final = atom("strict")
FLEX: Final = atom("flex")
SELF: Final = atom("self")
INHERIT: Final = atom("inherit")
ALWAYS: Final = atom("always")
ENABLED: Final = atom("enabled")
DISABLED: Final = atom("disabled")
_CURSOR: Final = atom("cursor")
_RESET: Final = atom("reset")
_IN_BREAK: Final = atom("break")
_INFINITY: Final = atom("infinity")

INFINITE: Final = 1 << 60
"""The width of output that is not laid out."""


def concat(*docs: Any) -> Any:
    """Return the documents one after the other."""
    if not docs:
        return NIL
    result = docs[-1]
    for doc in docs[-2::-1]:
        result = (CONS, doc, result)
    return result


def nest(doc: Any, indent: Any, mode: Any = ALWAYS) -> Any:
    """Return a document whose line breaks are indented by `indent` more (or `:cursor`, `:reset`)."""
    return doc if indent == 0 and type(indent) is int else (NEST, doc, indent, mode)


def line_break(text: str = " ", mode: Any = STRICT) -> Any:
    """Return a break: `text`, or a new line when its group does not fit (`:flex`: when what follows does not)."""
    return (BREAK, text, mode)


def group(doc: Any, mode: Any = SELF) -> Any:
    """Return a group: all its strict breaks are laid out alike."""
    return (GROUP, doc, mode)


# What `_fits` answers.
_FITS: Final = 1
_WHOLE: Final = 2

# The modes in which a document is laid out.
_FLAT: Final = 0
_BREAK: Final = 1
_FITTED: Final = 2
"""Flat, but for what stands in `:doc_fits`: only with breaks there does the group fit."""
_OPENED: Final = 3
"""Inside such a `:doc_fits`: its groups are broken, and it fits up to its first break."""
# Two more in which it is only tried.
_FLAT_NO_BREAK: Final = 4
_FLAT_UNFORCED: Final = 5
_FLAT_WHOLE: Final = 6
"""Flat inside a group that fits as a whole: so do its groups, and need not be tried."""


def layout(doc: Any, width: int = 80) -> str:
    """Return a document's text laid out at a width."""
    return "".join(fragments(doc, width))


def fragments(doc: Any, width: int) -> list[str]:
    """Return the pieces of a document's text laid out at a width."""
    out: list[str] = []
    column = 0
    # A stack as linked pairs, so that what follows can be looked at without copying it.
    stack: Any = (0, _FLAT, doc, None)
    collapses: list[tuple[int, int, int]] = []
    while stack is not None:
        indent, mode, doc, stack = stack
        if type(doc) is str:
            out.append(doc)
            column += len(doc) if doc.isascii() else byte_size(doc)
        elif type(doc) is tuple and doc:
            tag = doc[0]
            if tag is CONS:
                stack = (indent, mode, doc[1], (indent, mode, doc[2], stack))
            elif tag is BREAK:
                after = column + (byte_size(doc[1]) if doc[1] else 0)
                if mode == _FLAT_WHOLE:
                    flat = True
                elif doc[2] is FLEX:
                    flat = mode == _FLAT or width == INFINITE or bool(_fits(width, after, True, mode != _FITTED, stack))
                else:
                    flat = mode != _BREAK
                out.append(doc[1] if flat else _newline(indent))
                column = after if flat else indent
            elif tag is GROUP:
                if mode != _FLAT_WHOLE:
                    mode = _group_mode(width, column, indent, mode, doc)
                stack = (indent, mode, doc[1], stack)
            elif tag is NEST:
                nested = _indented(indent, column, doc[2]) if doc[3] is ALWAYS or mode == _BREAK else indent
                stack = (nested, mode, doc[1], stack)
            elif tag is STRING:
                out.append(doc[1])
                column += doc[2]
            elif tag is COLOR:
                out.append(doc[2])
                stack = (indent, mode, doc[1], stack)
            elif tag is COLLAPSE:
                collapses.append((len(out), doc[1], indent))
                column = indent
            elif tag is FITS:
                stack = (indent, _OPENED if mode == _FITTED and doc[2] is ENABLED else mode, doc[1], stack)
            elif tag is FORCE:
                stack = (indent, mode, doc[1], stack)
            elif tag is LIMIT:
                stack, width = _limited(indent, mode, doc, width, stack)
            else:
                raise _no_document(doc)
        elif doc is LINE:
            out.append(_newline(indent))
            column = indent
        elif doc is not NIL:
            raise _no_document(doc)
    for start, most, indent in reversed(collapses):
        _collapse(out, start, most, indent)
    return out


def _no_document(doc: Any) -> Exception:
    return function_clause(atom("Elixir.Inspect.Algebra"), "format", (doc,))


def _newline(indent: int) -> str:
    return "\n" + " " * indent


def _indented(indent: int, column: int, by: Any) -> int:
    if by is _CURSOR:
        return column
    return 0 if by is _RESET else indent + int(by)


def _limited(indent: int, mode: int, doc: Any, width: int, stack: Any) -> tuple[Any, int]:
    """Return the stack and the width for a document with a width of its own; behind an endless one the old one returns."""
    if doc[2] is not _INFINITY:
        return (indent, mode, doc[1], stack), doc[2]
    if width != INFINITE:
        stack = (indent, mode, (LIMIT, NIL, width), stack)
    return (indent, _FLAT, doc[1], stack), INFINITE


def _group_mode(width: int, column: int, indent: int, mode: int, doc: Any) -> int:
    if mode == _OPENED or (mode == _BREAK and doc[2] is INHERIT):
        return _BREAK
    if width == INFINITE:
        return _FLAT
    inner = (indent, _FLAT, doc[1], None)
    found = _fits(width, column, False, False, inner)
    if found:
        return _FLAT_WHOLE if found == _WHOLE else _FLAT
    return _FITTED if _fits(width, column, False, True, inner) else _BREAK


def _collapse(out: list[str], start: int, most: int, indent: int) -> None:
    """Let at most `most` of the line breaks at `start` stand."""
    end = start
    while end < len(out) and (not out[end] or out[end][0] == "\n"):
        end += 1
    lines = sum(piece.startswith("\n") for piece in out[start:end])
    out[start:end] = ["\n" * min(lines, most) + " " * indent]


def _fits(width: int, column: int, seen: bool, opens: bool, stack: Any) -> int:
    """Tell whether what stands on the stack fits on the line, up to the first break that may be taken.

    `_WHOLE` says that each part of it does so as well.

    A text that is too long does not matter before a break was `seen`: to break the line could not help it. With `opens`
    what stands in `:doc_fits` may be broken. An entry whose mode is None is the end of a group: behind it counts what
    was seen before the group.
    """
    fits = _WHOLE
    while True:
        if column > width and seen:
            return 0
        if stack is None:
            return fits
        indent, mode, doc, stack = stack
        if type(doc) is str:
            column += len(doc) if doc.isascii() else byte_size(doc)
        elif type(doc) is tuple:
            tag = doc[0]
            if tag is CONS:
                stack = (indent, mode, doc[1], (indent, mode, doc[2], stack))
            elif tag is BREAK:
                if mode in (_BREAK, _OPENED):
                    return _FITS
                column += byte_size(doc[1]) if doc[1] else 0
                seen = True
            elif tag is GROUP:
                stack = (indent, _FLAT if mode == _BREAK else mode, doc[1], (0, None, seen, stack))
            elif tag is FITS:
                if doc[2] is DISABLED or mode == _FLAT_NO_BREAK:
                    mode = _FLAT_NO_BREAK
                else:
                    mode = _OPENED if opens else _FLAT_UNFORCED
                    fits = _FITS
                stack = (indent, mode, doc[1], stack)
            elif tag is FORCE:
                if mode != _OPENED and mode != _FLAT_UNFORCED:
                    return 0
                stack = (indent, mode, doc[1], stack)
            elif tag is STRING:
                column += doc[2]
            elif tag is LIMIT:
                stack, width = _limited(indent, mode, doc, width, stack)
            elif tag is NEST:
                nested = _indented(indent, column, doc[2]) if doc[3] is ALWAYS else indent
                stack = (nested, mode, doc[1], stack)
            elif tag is COLLAPSE:
                column = indent
            else:
                stack = (indent, mode, doc[1], stack)
        elif doc is LINE:
            if mode in (_BREAK, _OPENED):
                return _FITS
            column = indent
            seen = False
        elif mode is None:
            seen = doc


def simple(doc: Any) -> bool:
    """Tell whether a document is plain text: a list of such documents fills its lines."""
    while type(doc) is tuple:
        if doc[0] is CONS:
            if not simple(doc[1]):
                return False
            doc = doc[2]
        elif doc[0] is COLOR:
            doc = doc[1]
        else:
            return doc[0] is STRING
    return True


def container(left: Any, docs: list[Any], right: Any, separator: Any, mode: Any) -> Any:
    """Return the group of `left`, documents with a separator and a break after each, and `right`.

    `mode` is `:strict`, `:flex`, or None to decide by the documents.
    """
    if not docs:
        return (CONS, left, right)
    if mode is None:
        mode = FLEX if all(map(simple, docs)) else STRICT
    inner = docs[-1]
    line = (BREAK, " ", mode)
    for doc in docs[-2::-1]:
        inner = (CONS, (CONS, doc, separator), (CONS, line, inner))
    return enclose(left, inner, right, mode)


def enclose(left: Any, inner: Any, right: Any, mode: Any, indent: int = 1) -> Any:
    """Return the group of a joined inner document between its brackets."""
    if mode is FLEX:
        return (GROUP, (CONS, (CONS, left, (NEST, inner, indent, ALWAYS)), right), SELF)
    edge = (BREAK, "", STRICT)
    return (GROUP, (CONS, (NEST, (CONS, left, (CONS, edge, inner)), 2, ALWAYS), (CONS, edge, right)), SELF)


def join(docs: Iterable[Any], separator: Any) -> Any:
    """Return documents with `separator` (a document) between them."""
    parts: list[Any] = []
    for doc in docs:
        if parts:
            parts.append(separator)
        parts.append(doc)
    return concat(*parts)
