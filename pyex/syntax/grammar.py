"""The tree-sitter grammar of Elixir, loaded once: the parser, and the numbers of its node kinds."""

from __future__ import annotations

from functools import cache
from typing import Final

import tree_sitter
import tree_sitter_elixir

LANGUAGE: Final = tree_sitter.Language(tree_sitter_elixir.language())
PARSER: Final = tree_sitter.Parser(LANGUAGE)


@cache
def named(name: str) -> int:
    """Return the number of a named node kind."""
    found = LANGUAGE.id_for_node_kind(name, True)
    assert found is not None, name
    return found


@cache
def token(text: str) -> int:
    """Return the number of a punctuation or operator token."""
    found = LANGUAGE.id_for_node_kind(text, False)
    assert found is not None, text
    return found


def token_names() -> dict[int, str]:
    """Return the texts of all tokens by their numbers."""
    names: dict[int, str] = {}
    for number in range(LANGUAGE.node_kind_count):
        if not LANGUAGE.node_kind_is_named(number) and LANGUAGE.node_kind_is_visible(number):
            names[number] = LANGUAGE.node_kind_for_id(number) or ""
    return names
