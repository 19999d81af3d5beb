"""The place in the tokens where a parse stands, and what all its parts need."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Final

from pyex.syntax import wording
from pyex.syntax.errors import Fault
from pyex.syntax.forms import Forms

BASE: Final = 0
MATCHED: Final = 1
UNMATCHED: Final = 2
NO_PARENS: Final = 3

LITERALS: Final = frozenset(
    "int flt char atom atom_unsafe bin_string list_string bin_heredoc list_heredoc sigil true false nil".split()
)
NAMES: Final = frozenset("identifier paren_identifier bracket_identifier do_identifier op_identifier".split())
PREFIXES: Final = frozenset("unary_op at_op capture_op capture_int ellipsis_op".split())
STARTS: Final = LITERALS | NAMES | PREFIXES | frozenset("alias kw_identifier kw_unsafe fn ( [ { << %{} %".split())
"""Tokens that begin an argument of a call without parentheses."""
STAB_ENDS: Final = frozenset(("end", ")", "block_identifier", "eof", "eol", ";"))
KEYS: Final = frozenset(("kw_identifier", "kw_unsafe"))


class Many:
    """`(a, b)` at the beginning of a clause: arguments that still need their `->`."""

    __slots__ = ("args",)

    def __init__(self, args: list[Any]) -> None:
        self.args = args


class Cursor(ABC):
    """Tokens and the one that is next."""

    def __init__(self, tokens: list[Any], build: Forms) -> None:
        last = tokens[-1] if tokens else ("eof", None, build.source.line, build.source.first_column, None)
        self.tokens = [*tokens, ("eof", None, last[2], last[3], None)]
        self.at = 0
        self.build = build
        self.shape = BASE
        """The shape of the expression that was read last."""
        self.detailed = build.detailed
        """Whether the forms are to tell their brackets, blocks and line breaks."""
        if self.detailed:
            build.attend(self)
        self.opening: Any = None
        """The parenthesis that opened the arguments that were read last."""
        self.block: tuple[Any, Any] = (None, None)
        """The `do` and the `end` of the block that was read last."""
        self.bare_call: Any = None
        """The call without parentheses that was read last."""

    @abstractmethod
    def expression(self, level: int = 0, blocks: bool = True) -> Any:
        """Parse an expression whose operators bind at least as tightly as `level`.

        `blocks` tells whether a `do` belongs to a call in it: not in the arguments of a call without parentheses.
        """

    @abstractmethod
    def operators(self, left: Any, level: int, blocks: bool) -> Any:
        """Parse the binary operators right of an operand."""

    @abstractmethod
    def access(self, form: Any, blocks: bool) -> Any:
        """Parse brackets and dots behind a form that is closed in itself."""

    @abstractmethod
    def parenthesised(self, many: bool = False) -> Any:
        """Parse `(…)`; with `many`, `(a, b)` too, which gives a Many."""

    @abstractmethod
    def primary(self, kind: str) -> Any:
        """Parse a form that begins with a token of its own kind, such as `[`; refuses any other token."""

    @property
    def kind(self) -> str:
        """The kind of the current token."""
        return self.tokens[self.at][0]  # type: ignore[no-any-return]  # tokens are plain tuples

    def take(self) -> Any:
        """Return the current token and go on to the next."""
        token = self.tokens[self.at]
        self.at += 1
        return token

    def expect(self, kind: str) -> Any:
        """Take a token of this kind, or refuse it."""
        if self.tokens[self.at][0] != kind:
            raise self.error()
        return self.take()

    def skip_eol(self) -> None:
        """Pass over a line break."""
        if self.tokens[self.at][0] == "eol":
            self.at += 1

    def skip_separator(self) -> bool:
        """Pass over a line break, a semicolon, or both; tell whether there was any."""
        start = self.at
        if self.tokens[self.at][0] == "eol":
            self.at += 1
        if self.tokens[self.at][0] == ";":
            self.at += 1
        return self.at > start

    def error(self) -> Fault:
        """Return the error of the current token."""
        token = self.tokens[self.at]
        message, name = wording.before(token)
        return Fault(token[2], token[3], message, name, missing=token[0] == "eof", kind=token[0])

    def fault(self, place: Any, message: str, token: str) -> Fault:
        """Return an error at a token or at a form's place."""
        line, column = place
        return Fault(line, column, message, token)

    def place(self) -> tuple[int, int]:
        """Return line and column of the current token."""
        token = self.tokens[self.at]
        return token[2], token[3]

    def strict(self, form: Any, place: tuple[int, int], message: str) -> Fault:
        """Return the error of a call whose commas are ambiguous."""
        return self.fault(self.build.place_of(form) or place, message, "','")
