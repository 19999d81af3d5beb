"""One parse: text in, quoted form or Elixir error out."""

from __future__ import annotations

import sys
from typing import Any, Final

from pyex.syntax.errors import Fault
from pyex.syntax.forms import Forms, invalid_encoding
from pyex.syntax.options import Options, SourceWarning
from pyex.syntax.parser import parse_tokens
from pyex.syntax.source import Source
from pyex.syntax.tokenizer import Tokenizer
from pyex.terms.errors import elixir_error

DEPTH: Final = 200_000
"""How many calls deep a parse may go: ten thousand nested brackets need some fifty thousand."""


def read(text: str | bytes, options: Options) -> Any:
    """Return the quoted form of a text; see `pyex.syntax.parse`."""
    if type(text) is not str:
        raise invalid_encoding(bytes(text))  # type: ignore[arg-type]  # a binary that is no str holds bytes
    source = Source(text, options.file, options.line, options.column, options.columns)
    limit = sys.getrecursionlimit()
    if limit < DEPTH:
        sys.setrecursionlimit(DEPTH)
    try:
        return _parse(source, options)
    except RecursionError:
        raise elixir_error(
            "SyntaxError",
            file=source.file,
            line=source.line,
            column=source.first_column,
            description="the expressions are nested too deeply",
            snippet=None,
        ) from None
    finally:
        sys.setrecursionlimit(limit)


def _parse(source: Source, options: Options) -> Any:
    def warn(line: int, column: int, message: str) -> None:
        if options.warn is not None:
            options.warn(SourceWarning(message, source.file, line, column))

    try:
        tokenizer = Tokenizer(source, warn)
        tokenizer.read()
        return parse_tokens(tokenizer.tokens, Forms(source, options, parse_tokens))
    except Fault as fault:
        raise fault.exception(source) from None
