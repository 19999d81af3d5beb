"""Why a text is no Elixir: the words and the place of the error."""

from __future__ import annotations

from typing import Any

from pyex.syntax.errors import Fault
from pyex.syntax.literals import BadLiteral
from pyex.syntax.source import Source


def explain(source: Source, offset: int | None) -> Any:
    """Return the error of a text that the grammar or the builder refused."""
    text = source.text.rstrip()
    if offset is None:
        from pyex.syntax.grammar import PARSER

        root = PARSER.parse(source.data).root_node
        offset = _first_error(root)
    line, column = source.position(offset)
    token = source.slice(offset, len(source.data)).split()
    if offset >= len(text.encode()) or _open_at_end(text):
        return Fault(line, column, "syntax error before: ").exception(source)
    return Fault(line, column, "syntax error before: ", token[0]).exception(source)


def _open_at_end(text: str) -> bool:
    from pyex.syntax.grammar import PARSER

    depth = 0
    for closing in (")", "]", "}", ")", "]"):
        if not PARSER.parse((text + " 1" + closing).encode()).root_node.has_error:
            return True
    for closing in ("\nend", " 1\nend", '"', ")\nend", "\nend)", "\nend\nend", "\nend\nend\nend", '\n"""', " 1"):
        if not PARSER.parse((text + closing).encode()).root_node.has_error:
            return True
    return depth > 0


def _first_error(node: Any) -> int:
    while True:
        found = next((c for c in node.children if c.has_error or c.is_error or c.is_missing), None)
        if found is None or found.is_missing:
            return int((found or node).start_byte)
        if found.is_error:
            return int(found.start_byte)
        node = found


def bad_literal(source: Source, bad: BadLiteral) -> Any:
    """Return the error of a literal."""
    line, column = source.position(bad.offset)
    return Fault(line, column, bad.message, bad.token or " ").exception(source)
