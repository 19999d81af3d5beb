"""One parse: text in, quoted form or Elixir error out."""

from __future__ import annotations

import gc
import sys
from typing import Any, Final

from pyex.syntax.errors import Fault
from pyex.syntax.forms import Forms, invalid_encoding
from pyex.syntax.options import Options, SourceWarning
from pyex.syntax.parser import parse_tokens
from pyex.syntax.prompt import CONTINUING, last_result
from pyex.syntax.source import Source
from pyex.syntax.tokenizer import Tokenizer
from pyex.terms.errors import elixir_error

DEPTH: Final = 200_000
"""How many calls deep a parse may go: ten thousand nested brackets need some fifty thousand."""

LONG: Final = 2_000


def read(text: str | bytes, options: Options) -> Any:
    """Return the quoted form of a text; see `pyex.syntax.parse`."""
    if type(text) is not str:
        raise invalid_encoding(bytes(text))  # type: ignore[arg-type]  # a binary that is no str holds bytes
    source = Source(text, options.file, options.line, options.column, options.columns)
    limit = sys.getrecursionlimit()
    if limit < DEPTH:
        sys.setrecursionlimit(DEPTH)
    collects = len(text) > LONG and gc.isenabled()
    if collects:
        gc.disable()  # a parse makes nothing but what it returns: looking for garbage meanwhile is in vain
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
        if collects:
            gc.enable()
        sys.setrecursionlimit(limit)


def _parse(source: Source, options: Options) -> Any:
    found: list[SourceWarning] = []

    def warn(line: int, column: int, message: str) -> None:
        found.append(SourceWarning(message, source.file, line, column))

    try:
        tokenizer = Tokenizer(source, warn)
        tokenizer.read()
        if options.warn is not None:
            for warning in found:
                options.warn(warning)
        tokens = tokenizer.tokens
        if options.continues and tokens and tokens[0][0] in CONTINUING:
            tokens = [*last_result(tokens[0]), *tokens]
        return parse_tokens(tokens, Forms(source, options, parse_tokens))
    except Fault as fault:
        raise fault.exception(source) from None
