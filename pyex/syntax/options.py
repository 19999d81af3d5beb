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
class Options:
    """The options of `pyex.syntax.parse`."""

    file: str = "nofile"
    line: int = 1
    column: int = 1
    columns: bool = True
    token_metadata: bool = False
    """Accepted as Elixir accepts it; where a call's parentheses and blocks end is not kept, so it changes nothing."""
    literal_encoder: Callable[[Any, Any], Any] | None = None
    """Called with each literal and its metadata; answers the tuple `{:ok, form}` or `{:error, reason}`."""
    existing_atoms_only: bool = False
    warn: Callable[[SourceWarning], None] | None = None
    continues: bool = False
    """Whether a text that begins with a binary operator goes on with `v(-1)`, the shell's last result."""
