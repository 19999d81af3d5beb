"""The official grammar as a witness: what our parser takes, tree-sitter-elixir takes too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
import tree_sitter
import tree_sitter_elixir

from pyex.syntax import parse
from pyex.terms.errors import ElixirError

TESTS: Final = Path(__file__).parent.parent
SNIPPETS: Final[list[str]] = json.loads((TESTS / "syntax" / "snippets.json").read_text())
SOURCES: Final = sorted(path for path in TESTS.rglob("*.ex*") if path.suffix in {".ex", ".exs"})
GRAMMAR: Final = tree_sitter.Parser(tree_sitter.Language(tree_sitter_elixir.language()))

ERRS: Final = frozenset(
    {
        "?\n",  # a line break as a character
        '"a#{1;2}"',  # several expressions in an interpolation
        "a.(b) do 1 end",  # a block behind an anonymous call
        "foo.(a, b) do end",
        "~a",  # a sigil needs no delimiter before the end of the text
        "~s",
        "x ~s",
        "1~a",
        "~S(a\\\\)",  # a backslash before a closing delimiter that ends the text
        "a [0] [1]",  # an access behind an argument in brackets
        "%a.b{}",  # structs whose name is no alias
        "%a().b{}",
        '%"a"{}',
        "%1{}",
        "%nil{}",
        "x[a: 1]",  # keywords and a trailing comma in an access
        "x[1,]",
        "f do a ->; b -> c end",  # an empty body before a semicolon
        "a -/b",  # an operator as a name before a slash
        "a + /b",
        "日本 = 1",  # letters that have no case
    }
)
"""Texts that Elixir takes and the official grammar does not."""


def _official(text: str) -> bool:
    return not GRAMMAR.parse(text.encode()).root_node.has_error


def _taken(texts: list[str]) -> list[str]:
    taken = []
    for text in texts:
        try:
            parse(text)
        except ElixirError:
            continue
        taken.append(text)
    return taken


def test_what_our_parser_takes_of_the_snippets_the_official_grammar_takes() -> None:
    taken = _taken(SNIPPETS)
    assert len(taken) > 900
    assert {text for text in taken if not _official(text)} == ERRS


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(TESTS)))
def test_what_our_parser_takes_of_the_sources_the_official_grammar_takes(path: Path) -> None:
    assert all(map(_official, _taken([path.read_text()])))
