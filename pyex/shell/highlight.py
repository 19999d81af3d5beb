"""Colours for the line being typed, by pygments' Elixir lexer."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.styles import Style

STYLE = Style.from_dict(
    {
        "pygments.keyword": "ansimagenta",
        "pygments.name.class": "ansibrightcyan",
        "pygments.name.entity": "ansibrightcyan",
        "pygments.name.exception": "ansibrightcyan",
        "pygments.literal.string": "ansigreen",
        "pygments.literal.string.symbol": "ansicyan",
        "pygments.literal.number": "ansiyellow",
        "pygments.name.constant": "ansimagenta",
        "pygments.comment": "ansibrightblack",
        "pygments.error": "",
        "prompt": "",
    }
)


class ElixirLexer(Lexer):
    """Imports pygments when there is something to colour: the first prompt need not wait for it."""

    def __init__(self) -> None:
        self._lexer: Lexer | None = None

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return the styled text of each line."""
        if not document.text:
            return lambda number: []
        return self._loaded().lex_document(document)

    def invalidation_hash(self) -> Hashable:
        """Colours depend on the text alone."""
        return id(self)

    def _loaded(self) -> Lexer:
        if self._lexer is None:
            from prompt_toolkit.lexers import PygmentsLexer
            from pygments.lexers.erlang import ElixirLexer as PygmentsElixir

            self._lexer = PygmentsLexer(PygmentsElixir)
        return self._lexer
