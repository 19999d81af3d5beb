"""What a caller of `pyex.syntax.parse` can choose, and the warnings that it can ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """A warning of the tokenizer or parser: what Elixir prints for code that it still accepts."""

    message: str
    file: str
    line: int
    column: int
    """0 when the warning is about the whole line."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text with the sign, its place, and how many line breaks stand before and behind it."""

    text: str
    line: int
    column: int
    breaks_before: int
    breaks_behind: int


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `pyex.syntax.parse`."""

    file: str = "nofile"
    line: int = 1
    column: int = 1
    columns: bool = True
    token_metadata: bool = False
    """Whether forms tell where their brackets and blocks end, how their literals are written, and what lines break."""
    literal_encoder: Callable[[Any, Any], Any] | None = None
    """Called with each literal and its metadata; answers the tuple `{:ok, form}` or `{:error, reason}`."""
    existing_atoms_only: bool = False
    warn: Callable[[SourceWarning], None] | None = None
    continues: bool = False
    """Whether a text that begins with a binary operator goes on with `v(-1)`, the shell's last result."""
    unescape: bool = True
    """Whether escapes in texts are read; otherwise they stay as they are written, but for that of the closing quotes."""
    comments: list[Comment] | None = None
    """Where the comments of the text are put, when they are wanted."""
