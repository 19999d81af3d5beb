"""The place where the tokenizer stands, what is open there, and the errors of what never closes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pyex.syntax import quotes
from pyex.syntax.errors import Fault
from pyex.syntax.options import Comment
from pyex.syntax.source import Source
from pyex.syntax.tokens import CLOSING
from pyex.terms.atom_order import read_atom
from pyex.terms.atoms import exists

Token = tuple[str, Any, int, int, Any]
_BLANKS: Final = re.compile(r"[ \t]*")
_BLANK_LINES: Final = re.compile(r"[ \t\r\n]*")


class UnknownAtom(Exception):
    """A name of which there is no atom yet, where only existing ones are allowed."""


def existing_atom(name: str) -> Any:
    """Return the atom of a name, if there is one already."""
    if not exists(name):
        raise UnknownAtom(name)
    return read_atom(name)


class Brackets:
    """The state of the tokenizer: its place, its tokens, and the brackets and blocks that are open."""

    def __init__(
        self,
        source: Source,
        warn: Callable[[int, int, str], None],
        existing_atoms_only: bool = False,
        unescapes: bool = True,
    ) -> None:
        self.source = source
        self.text = source.text
        self.warn = warn
        self.atom: Callable[[str], Any] = existing_atom if existing_atoms_only else read_atom
        self.unescapes = unescapes
        self.comments: list[Comment] = []
        self.broken: dict[tuple[int, int], int] = {}
        """Operators that begin their line: the line of the break before them, by their place."""
        self.line = source.line
        self.base = source.first_column
        self.line_start = 0
        self.tokens: list[Token] = []
        self.open: list[tuple[str, int, int, int]] = []
        """What waits for its end: opening text, line, column, indentation of its line."""
        self.unclosed: dict[str, int] = {}
        """Lines of a `do` or `fn` behind which another begins that is not indented more: its `end` may be missing."""
        self.hints: list[tuple[str, int, int, int]] = []
        """Pairs of `do` and `end` whose indentation differs: `do` line, its indentation, `end` line, its indentation."""

    def column(self, offset: int) -> int:
        """Return the column of an offset in the current line."""
        return offset - self.line_start + self.base

    def fail(self, offset: int, message: str, token: str) -> Fault:
        """Return the error of a place in the current line."""
        return Fault(self.line, self.column(offset), message, token)

    def incompatible(self, begin: int, at: int) -> Fault:
        """Return the error of a character, in or behind the name that begins at `begin`, that names may not hold."""
        if begin == at:
            return self.unexpected(at)
        return Fault(self.line, self.column(at), quotes.incompatible(self.text[begin : at + 1]))

    def unexpected(self, begin: int) -> Fault:
        """Return the error of a character that begins no token."""
        char = self.text[begin]
        column = self.column(begin)
        shown = quotes.CHARACTER_NAMES.get(char, f'"{char}"')
        return self.fail(begin, "unexpected token: ", f"{shown} (column {column}, code point U+{ord(char):04X})")

    def _indentation(self) -> int:
        """Return how many blanks begin the current line; those of the first line do not count."""
        if self.line_start == 0:
            return 0
        found = _BLANKS.match(self.text, self.line_start)
        return found.end() - self.line_start if found is not None else 0

    def _comment_at(self, begin: int, stop: int) -> Comment:
        """Return the comment between two offsets."""
        tokens, comments = self.tokens, self.comments
        since = self.source.line
        if tokens:
            since = tokens[-1][2] if tokens[-1][0] in ("eol", ",", ";") else self.line
        if comments:
            since = max(since, comments[-1].line)
        before = self.line - since or int(not tokens)
        blank = _BLANK_LINES.match(self.text, stop)
        behind = 0 if blank is None else blank.group().count("\n")
        return Comment(self.text[begin:stop].rstrip("\r"), self.line, self.column(begin), before, behind)

    def _opened(self, bracket: str, column: int) -> None:
        indentation = 0
        if bracket == "do" or bracket == "fn":
            indentation = self._indentation()
            if self.open and self.open[-1][0] == bracket:
                _, line, _, outer_indentation = self.open[-1]
                if indentation <= outer_indentation:
                    self.unclosed[bracket] = line
        self.open.append((bracket, self.line, column, indentation))

    def _closed(self, bracket: str, column: int) -> None:
        """Match a closing bracket or `end` with what is open."""
        what = "unexpected reserved word: " if bracket == "end" else "unexpected token: "
        if not self.open:
            fault = Fault(self.line, column, what, bracket)
            if bracket == "end":
                fault.suffix = self._end_hint()
            raise fault
        opening, line, start, indentation = self.open.pop()
        expected = CLOSING[opening]
        if expected != bracket:
            raise Fault(
                line,
                start,
                what,
                bracket,
                opening=opening,
                expected=expected,
                closing=bracket,
                end_line=self.line,
                end_column=column,
            )
        if bracket == "end" and line != self.line and self._indentation() != indentation:
            self.hints.append((opening, line, indentation, self.line))

    def _end_hint(self) -> str:
        for _, line, indentation, end_line in reversed(self.hints):
            if self._indentation_of(end_line) > indentation:
                return (
                    f'\nhint: the "end" on line {end_line} may not have a matching "do" defined before it '
                    "(based on indentation)"
                )
            del line
        return ""

    def _indentation_of(self, line: int) -> int:
        lines = self.text.split("\n")
        text = lines[line - self.source.line]
        return len(text) - len(text.lstrip(" \t"))

    def _check_closed(self, offset: int) -> None:
        if not self.open:
            return
        opening, line, column, _ = self.open[-1]
        expected = CLOSING[opening]
        hint = ""
        if expected == "end":
            if opening in self.unclosed:
                at = self.unclosed[opening]
                hint = f'\nhint: it looks like the "{opening}" on line {at} does not have a matching "end"'
        raise Fault(
            line,
            column,
            f"missing terminator: {expected}{hint}",
            missing=True,
            opening=opening,
            expected=expected,
            end_line=self.line,
            end_column=self.column(offset),
        )
