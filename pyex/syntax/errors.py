"""Syntax errors: what is wrong and where, as Elixir's exception structs, and their text.

A `Fault` is an error before it becomes an exception: it has the pieces that `Code.string_to_quoted`
gives back as a tuple, and `exception` makes the struct that `Code.string_to_quoted!` raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyex.syntax.source import Source
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import ElixirError, elixir_error
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map

MISSING_AT_END = "syntax error: expression is incomplete"


@dataclass(slots=True)
class Fault(Exception):
    """A syntax error: place, message, and the token that it names."""

    line: int
    column: int
    message: str
    token: str = ""
    suffix: str = ""
    opening: str = ""
    expected: str = ""
    closing: str = ""
    end_line: int = 0
    end_column: int = 0
    missing: bool = False
    """Whether the text ends too early: more text could mend it."""

    def location(self) -> Any:
        """Return the keyword list with which `Code.string_to_quoted` reports the place."""
        place = [(atom.line, self.line), (atom.column, self.column)]
        end = [(atom.end_line, self.end_line), (atom.end_column, self.end_column)]
        if self.closing:
            names = [
                (atom.error_type, atom.mismatched_delimiter),
                (atom.opening_delimiter, Atom(self.opening)),
                (atom.closing_delimiter, Atom(self.closing)),
                (atom.expected_delimiter, Atom(self.expected)),
            ]
            return from_pylist([*place, *end, *names])
        if self.opening:
            opened = [(atom.opening_delimiter, Atom(self.opening)), (atom.expected_delimiter, Atom(self.expected))]
            return from_pylist([*opened, *place, *end])
        return from_pylist(place)

    def as_tuple(self) -> Any:
        """Return `{location, message, token}` as in `{:error, …}` of `Code.string_to_quoted`."""
        message: Any = self.message
        if self.suffix or (self.message == "unexpected reserved word: " and not self.closing):
            message = (self.message, self.suffix)
        return self.location(), message, self.token

    def exception(self, source: Source) -> ElixirError:
        """Return the error to raise, with the struct that shows the lines of the source."""
        fields: dict[str, Any] = {"file": source.file, "line": self.line, "column": self.column}
        if self.closing:
            return elixir_error(
                "MismatchedDelimiterError",
                **fields,
                description=self.message + self.token,
                end_line=self.end_line,
                end_column=self.end_column,
                opening_delimiter=Atom(self.opening),
                closing_delimiter=Atom(self.closing),
                expected_delimiter=Atom(self.expected),
                snippet=lines_of(source, self.line, self.end_line),
            )
        if self.missing:
            return self._missing(source, fields)
        return elixir_error(
            "SyntaxError",
            **fields,
            description=self.message + self.token + self.suffix,
            snippet=lines_of(source, self.line, self.line),
        )

    def _missing(self, source: Source, fields: dict[str, Any]) -> ElixirError:
        message = self.message + self.suffix
        opened = bool(self.opening)
        return elixir_error(
            "TokenMissingError",
            **fields,
            description=MISSING_AT_END if message == "syntax error before: " else message,
            end_line=self.end_line if opened else None,
            end_column=self.end_column if opened else None,
            opening_delimiter=Atom(self.opening) if opened else None,
            expected_delimiter=Atom(self.expected) if opened else None,
            snippet=lines_of(source, self.line, self.end_line if opened else self.line),
        )


def lines_of(source: Source, first: int, last: int) -> str:
    """Return lines of a source by their numbers, indented as its column says."""
    lines = source.text.split("\n")[first - source.line : last - source.line + 1]
    padding = " " * (source.first_column - 1)
    return "\n".join([padding + line for line in lines])


def is_incomplete(reason: Any) -> bool:
    """Tell whether a syntax error says that the text ends too early."""
    return type(reason) is Map and reason.struct is alias("TokenMissingError")


def render_message(error: Any) -> str:
    """Return `Exception.message` of a SyntaxError, TokenMissingError or MismatchedDelimiterError struct."""
    kind = error.struct.name.removeprefix("Elixir.")
    fields = {
        key: error.get(Atom(key))
        for key in "file line column end_line end_column opening_delimiter expected_delimiter snippet".split()
    }
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


def error_tuple(fault: Fault) -> Any:
    """Return `{:error, {location, message, token}}`."""
    return atom.error, fault.as_tuple()
