"""One parse: text in, quoted form or Elixir error out."""

from __future__ import annotations

import gc
import sys
from typing import Any, Final

from pyex.syntax.detailed import DetailedForms
from pyex.syntax.errors import Fault
from pyex.syntax.forms import Forms, invalid_encoding
from pyex.syntax.options import Options, SourceWarning
from pyex.syntax.parser import parse_tokens
from pyex.syntax.prompt import CONTINUING, last_result
from pyex.syntax.source import Source
from pyex.syntax.tokenizer import Tokenizer
from pyex.terms.atom_order import text_was_read

DEPTH: Final = 200_000
"""How many calls deep a parse may go: ten thousand nested brackets need some fifty thousand."""

LONG: Final = 2_000


def read(text: str | bytes, options: Options) -> Any:
    """Return the quoted form of a text; see `pyex.syntax.parse`."""
    found = attempt(text, options)
    if type(found) is Fault:
        raise found.exception(_source(str(text), options))
    return found


def attempt(text: str | bytes, options: Options) -> Any:
    """Return the quoted form of a text, or the Fault that says what is wrong with it."""
    if type(text) is not str:
        raise invalid_encoding(bytes(text))  # type: ignore[arg-type]  # a binary that is no str holds bytes
    limit = sys.getrecursionlimit()
    if limit < DEPTH:
        sys.setrecursionlimit(DEPTH)
    collects = len(text) > LONG and gc.isenabled()
    if collects:
        gc.disable()  # a parse makes nothing but what it returns: looking for garbage meanwhile is in vain
    try:
        return _parse(_source(text, options), options)
    except Fault as fault:
        return fault
    except RecursionError:
        return Fault(options.line, options.column, "the expressions are nested too deeply")
    finally:
        if collects:
            gc.enable()
        sys.setrecursionlimit(limit)


def _source(text: str, options: Options) -> Source:
    return Source(text, options.file, options.line, options.column, options.columns)


def _parse(source: Source, options: Options) -> Any:
    found: list[SourceWarning] = []

    def warn(line: int, column: int, message: str) -> None:
        found.append(SourceWarning(message, source.file, line, column))

    tokenizer = Tokenizer(source, warn, options.existing_atoms_only, options.unescape)
    try:
        tokenizer.read()
    finally:
        text_was_read()
    if options.warn is not None:
        for warning in found:
            options.warn(warning)
    tokens = tokenizer.tokens
    if options.continues and tokens and tokens[0][0] in CONTINUING:
        tokens = [*last_result(tokens[0]), *tokens]
    if options.comments is not None:
        options.comments.extend(tokenizer.comments)
    if options.token_metadata:
        return parse_tokens(tokens, DetailedForms(source, options, parse_tokens, tokenizer))
    return parse_tokens(tokens, Forms(source, options, parse_tokens))
