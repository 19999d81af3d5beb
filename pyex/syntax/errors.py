"""Syntax errors: what is wrong and where, as Elixir's exception structs, and their text.

A `Fault` is an error before it becomes an exception: it has the pieces that `Code.string_to_quoted`
gives back as a tuple, and `exception` makes the struct that `Code.string_to_quoted!` raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyex.syntax.source import Source
from pyex.syntax.tokens import EXPLAINED
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import ElixirError, elixir_error
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map
from pyex.terms.syntax_messages import render_message

BEFORE: Final = "syntax error before: "
MISSING_AT_END: Final = "syntax error: expression is incomplete"
END_OF_LINE: Final = "unexpectedly reached end of line. The current expression is invalid or incomplete"
RESERVED: Final = (
    "is a reserved word in Elixir and therefore its usage is limited. For instance, it can't be used as a variable or "
    "be defined nor invoked as a regular function"
)

ERLANG_RESERVED: Final = frozenset("after and catch end not or when".split())


@dataclass(slots=True)
class Fault(Exception):
    """A syntax error: place, message, and the token that it names."""

    line: int
    column: int | None
    """None where Elixir has only a form's metadata to tell the place by, and that holds no columns."""
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
    kind: str = ""
    """The kind of the token, where the grammar stops at one."""

    def location(self) -> Any:
        """Return the keyword list with which `Code.string_to_quoted` reports the place."""
        place = [(atom.line, self.line)]
        if self.column is not None:
            place.append((atom.column, self.column))
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
        return self.location(), message, self._named()

    def _named(self) -> str:
        """Return the token as Erlang's parser names it: its own reserved words in quotes, a text as a list of parts."""
        if self.kind in ("int", "flt"):
            return self.token
        if self.kind == "char":
            return "$" + self.token.removeprefix("?")
        if self.message == BEFORE and self.token in ERLANG_RESERVED:
            return f"'{self.token}'"
        return f"[<<{self.token}>>]" if self.message == BEFORE and self.token.startswith('"') else self.token

    def description(self) -> str:
        """Return the text of a SyntaxError."""
        if self.message == BEFORE and self.token == "eol":  # noqa: S105  # a token of source text
            return END_OF_LINE
        if self.message == BEFORE and self.token in EXPLAINED:
            return f'{self.message}{self.token}. "{self.token}" {RESERVED}'
        return self.message + self.token + self.suffix

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
            description=self.description(),
            snippet=shown if self.column and (shown := lines_of(source, self.line, self.line)).strip() else None,
        )

    def _missing(self, source: Source, fields: dict[str, Any]) -> ElixirError:
        message = self.message + self.suffix
        opened = bool(self.opening)
        return elixir_error(
            "TokenMissingError",
            **fields,
            description=MISSING_AT_END if message == BEFORE else message,
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


__all__ = ["Fault", "is_incomplete", "lines_of", "render_message"]
