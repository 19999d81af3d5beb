"""One parse: text in, quoted form or Elixir error out."""

from __future__ import annotations

import sys
from typing import Any

from pyex.syntax import diagnosis
from pyex.syntax.grammar import PARSER
from pyex.syntax.literals import BadLiteral
from pyex.syntax.options import Options
from pyex.syntax.source import Source
from pyex.syntax.tree import Builder, Refused
from pyex.terms.errors import elixir_error


def read(text: str | bytes, options: Options) -> Any:
    """Return the quoted form of a text; see `pyex.syntax.parse`."""
    if type(text) is not str:
        raise _bad_encoding(bytes(text))  # type: ignore[arg-type]  # a binary that is no str holds bytes
    source = Source(text, options.file, options.line, options.column, options.columns)
    root = PARSER.parse(source.data).root_node
    if root.has_error:
        raise diagnosis.explain(source, None)
    builder = Builder(source, options)
    limit = sys.getrecursionlimit()
    try:
        return builder.source_file(root)
    except Refused as refused:
        raise diagnosis.explain(source, refused.offset) from None
    except BadLiteral as bad:
        raise diagnosis.bad_literal(source, bad) from None
    except RecursionError:
        if limit < DEEP:
            sys.setrecursionlimit(DEEP)
        raise


DEEP = 1_000_000


def _bad_encoding(data: bytes) -> Any:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        rest = data[error.start :]
        shown = "<<" + ", ".join(str(byte) for byte in rest) + ">>"
        return elixir_error("UnicodeConversionError", message=f"invalid encoding starting at {shown}")
    return elixir_error("ArgumentError", message="expected a string")
