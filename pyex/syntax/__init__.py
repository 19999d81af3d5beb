"""Text to quoted forms: `parse` for a whole text, `parse_prompt` for what was typed so far.

The parser is imported at the first parse only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pyex.syntax.options import Options, SourceWarning

__all__ = ["Complete", "Incomplete", "SourceWarning", "parse", "parse_prompt", "starts_with_binary_operator"]


@dataclass(frozen=True, slots=True)
class Complete:
    """What was typed is whole: its quoted form."""

    quoted: Any


@dataclass(frozen=True, slots=True)
class Incomplete:
    """What was typed needs another line; `error` is what would be raised if none came."""

    error: Any


def parse(
    text: str | bytes,
    *,
    file: str = "nofile",
    line: int = 1,
    column: int = 1,
    columns: bool = True,
    token_metadata: bool = False,
    literal_encoder: Callable[[Any, Any], Any] | None = None,
    existing_atoms_only: bool = False,
    warn: Callable[[SourceWarning], None] | None = None,
    continues: bool = False,
) -> Any:
    """Return the quoted form of a text, as `Code.string_to_quoted!` gives it.

    Raises ElixirError with a SyntaxError, TokenMissingError or MismatchedDelimiterError struct.
    `warn` is called with each warning; without it they are dropped. With `continues`, a text that begins with a
    binary operator goes on with `v(-1)`.
    """
    from pyex.syntax.reader import read

    return read(
        text,
        Options(file, line, column, columns, token_metadata, literal_encoder, existing_atoms_only, warn, continues),
    )


def parse_prompt(
    text: str,
    *,
    file: str = "iex",
    line: int = 1,
    warn: Callable[[SourceWarning], None] | None = None,
    continues: bool = False,
) -> Complete | Incomplete:
    """Return the quoted form of what was typed, or Incomplete when it may go on; raises what is wrong in any case."""
    from pyex.syntax.errors import is_incomplete
    from pyex.terms.errors import ElixirError

    try:
        return Complete(parse(text, file=file, line=line, columns=False, warn=warn, continues=continues))
    except ElixirError as error:
        if is_incomplete(error.reason):
            return Incomplete(error)
        raise


def starts_with_binary_operator(text: str) -> bool:
    """Tell whether a line begins with a binary operator, so that the shell puts `v(-1)` before it."""
    from pyex.syntax.prompt import starts_with_binary_operator as starts

    return starts(text)
