"""The messages of errors in source text: the line with a mark under the place."""

from __future__ import annotations

from typing import Any

from pyex.terms.atoms import atom
from pyex.terms.maps import Map


def source_error(title: str, error: Map) -> str:
    """Return the message of a SyntaxError, TokenMissingError or MismatchedDelimiterError."""
    file, line, column, snippet, description = (
        error.get(atom(name)) for name in ("file", "line", "column", "snippet", "description")
    )
    where = f"{file}:{line}" if column is None else f"{file}:{line}:{column}"
    end_line, end_column = error.get(atom("end_line")), error.get(atom("end_column"))
    if title.startswith("token missing") and type(end_line) is int:
        where_at = f"{file}:{end_line}:{end_column}"
    else:
        where_at = where
    shown = _lines(error, snippet, line, column, end_line, end_column)
    width = max(len(str(line)), len(str(end_line or 0))) + 3
    blank = " " * width
    text = f"{title} {where_at}:\n"
    if not shown:
        return f"{text}{' ' * 3}error: {description}\n{' ' * 3}└─ {where_at}"
    body = "\n".join(shown)
    return f"{text}{blank}error: {_padded(description, blank)}\n{blank}│\n{body}\n{blank}│\n{blank}└─ {where_at}"


def _padded(text: Any, blank: str) -> str:
    return str(text).replace("\n", "\n" + blank)


def _lines(error: Map, snippet: Any, line: Any, column: Any, end_line: Any, end_column: Any) -> list[str]:
    """Return the numbered source lines with their marks."""
    if type(snippet) is not str or type(line) is not int or type(column) is not int:
        return []
    source = snippet.split("\n")
    width = max(len(str(line)), len(str(end_line or 0))) + 1
    gutter = " " * (width + 2)

    def numbered(number: int, text: str) -> str:
        return f" {number:>{width}} │ {text}"

    if type(end_line) is not int or type(end_column) is not int:
        return [numbered(line, source[0]), f"{gutter}│ {' ' * (column - 1)}^"]
    expected = error.get(atom("expected_delimiter"))
    closing = error.get(atom("closing_delimiter"))
    end_mark = f"└ missing closing delimiter (expected \"{_name(expected)}\")"
    if closing is not None:
        end_mark = f"└ mismatched closing delimiter (expected \"{_name(expected)}\")"
    if line == end_line:
        opening = " " * (column - 1) + "│"
        return [
            numbered(line, source[0]),
            f"{gutter}│ {opening}{' ' * (end_column - column - 1)}{end_mark}",
            f"{gutter}│ {' ' * (column - 1)}└ unclosed delimiter",
        ]
    first = [numbered(line, source[0]), f"{gutter}│ {' ' * (column - 1)}└ unclosed delimiter"]
    between = ["..."] if end_line - line > 1 else []
    last = [numbered(end_line, source[-1]), f"{gutter}│ {' ' * (end_column - 1)}{end_mark}"]
    return first + [f" {text}" for text in between] + last


def _name(value: Any) -> str:
    return getattr(value, "name", "end") if value is not None else "end"
