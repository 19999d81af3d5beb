"""The text of a SyntaxError, TokenMissingError or MismatchedDelimiterError: the place, and the lines around it."""

from __future__ import annotations

import os
from typing import Any

from pyex.terms.atoms import Atom
from pyex.terms.folder import current_folder


def render_message(error: Any) -> str:
    """Return `Exception.message` of a SyntaxError, TokenMissingError or MismatchedDelimiterError struct."""
    kind = error.struct.name.removeprefix("Elixir.")
    fields = {
        key: error.get(Atom(key))
        for key in "file line column end_line end_column opening_delimiter expected_delimiter snippet".split()
    }
    fields["file"] = shown_path(fields["file"])
    description = str(error.get(Atom("description")))
    file, line, column = fields["file"], fields["line"], fields["column"]
    place = f"{file}:{line}" + (f":{column}" if column is not None else "")
    title = {
        "SyntaxError": "invalid syntax found on",
        "TokenMissingError": "token missing on",
        "MismatchedDelimiterError": "mismatched delimiter found on",
    }[kind]
    snippet = fields["snippet"]
    if snippet is None:
        indent = "   " if kind == "SyntaxError" else ""
        return f"{title} {place}:\n{indent}error: {description}\n{indent}└─ {place}"
    if fields["opening_delimiter"] is None:
        return _one_place(title, file, line, column, description, str(snippet))
    return _two_places(title, fields, description, kind == "MismatchedDelimiterError")


def _one_place(title: str, file: str, line: int, column: int, description: str, snippet: str) -> str:
    width = max(len(str(line)) + 1, 3)
    pad = " " * (width + 1)
    place = f"{file}:{line}:{column}"
    return "\n".join(
        [
            f"{title} {place}:",
            _titled(description, pad),
            f"{pad}│",
            f"{line:>{width}} │ {snippet}",
            f"{pad}│ {' ' * (column - 1)}^",
            f"{pad}│",
            f"{pad}└─ {place}",
        ]
    )


def _titled(description: str, pad: str) -> str:
    return "\n".join(pad + line if line else line for line in ("error: " + description).split("\n"))


def _two_places(title: str, fields: dict[str, Any], description: str, mismatched: bool) -> str:
    """Show an opening delimiter and the place where its closing one is missing or wrong."""
    line, column = fields["line"], fields["column"]
    end_line, end_column = fields["end_line"], fields["end_column"]
    lines = str(fields["snippet"]).split("\n")
    if not mismatched and len(lines) > 1 and not lines[-1]:
        while len(lines) > 1 and not lines[-1]:
            lines.pop()
        end_line, end_column = line + len(lines) - 1, len(lines[-1]) + 1
    if not mismatched:
        end_column = min(end_column, len(lines[-1]) + 1)
    width = max(len(str(end_line)) + 1, 3)
    pad = " " * (width + 1)
    wanted = fields["expected_delimiter"].name
    closing = f'└ {"mismatched" if mismatched else "missing"} closing delimiter (expected "{wanted}")'
    if wanted in ('"', '"""', "'", "'''"):
        closing = f"└ missing closing delimiter (expected {wanted})"
    out = []
    if line == end_line:
        gap = " " * (end_column - column - 1)
        out.append(f"{line:>{width}} │ {lines[0]}")
        out.append(f"{pad}│ {' ' * (column - 1)}│{gap}{closing}")
        out.append(f"{pad}│ {' ' * (column - 1)}└ unclosed delimiter")
    else:
        out.append(f"{line:>{width}} │ {lines[0]}")
        out.append(f"{pad}│ {' ' * (column - 1)}└ unclosed delimiter")
        if end_line - line < 5:
            out.extend(f"{line + index:>{width}} │ {text}" for index, text in enumerate(lines[1:-1], 1))
        else:
            out.append(f"{'...':>{width + 1}}")
        out.append(f"{end_line:>{width}} │ {lines[-1]}")
        out.append(f"{pad}│ {' ' * (end_column - 1)}{closing}")
    place = f"{fields['file']}:{end_line}:{end_column}"
    head = [f"{title} {place}:", _titled(description, pad), f"{pad}│"]
    return "\n".join([*head, *out, f"{pad}│", f"{pad}└─ {place}"])


def shown_path(path: Any) -> Any:
    """Return a file's path as errors show it: relative to the current folder when it lies below it."""
    if type(path) is not str or not os.path.isabs(path):
        return path
    return path.removeprefix(current_folder().rstrip(os.sep) + os.sep)
