"""Whatever the text: a quoted form or an Elixir error, never a Python one."""

from __future__ import annotations

import contextlib
import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pyex.syntax import parse
from pyex.syntax.formatter import to_string
from pyex.terms.errors import ElixirError
from pyex.terms.syntax_messages import render_message
from tests.syntax.shown import SYNTAX_ERRORS

SNIPPETS: list[str] = json.loads((Path(__file__).parent / "snippets.json").read_text())
PIECES = [
    *"()[]{},;.|&@!^~?:\\'\"#% \n<>=+-*/",
    "do",
    "end",
    "fn",
    "->",
    "<<",
    ">>",
    '"""',
    "#{",
    "a",
    "1",
    "A",
    "x: ",
    " not in ",
]

ODD = [*"aAé☃😀\u0301\u200d\0\t\r\x0b\x7f\xa0“”`$\\ßǅ٣漢١_?!:~\n\"'", "\ud7ff", "\x1b[0m", "ªa", "x²"]
"""Characters at the edges of Unicode, and of what a name may hold."""


def reads(text: str) -> None:
    """Parse a text, print its form, and render its error: all of it must succeed."""
    try:
        form = parse(text)
    except ElixirError as error:
        if error.reason.struct.name.removeprefix("Elixir.") in SYNTAX_ERRORS:
            assert render_message(error.reason)
        return
    assert isinstance(to_string(form), str)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_pieces_of_the_language(text: str) -> None:
    reads(text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(ODD), max_size=12).map("".join))
def test_any_odd_characters(text: str) -> None:
    reads(text)


def mangled(seed: int) -> str:
    """Return a snippet with a part cut out, doubled or put elsewhere."""
    chance = random.Random(seed)
    text = chance.choice(SNIPPETS)
    start, stop = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    other = chance.choice(PIECES)
    return chance.choice((text[:start] + text[stop:], text[:stop] + text[start:], text[:start] + other + text[start:]))


@pytest.mark.parametrize("seed", range(0, 1000, 250))
def test_mangled_snippets(seed: int) -> None:
    for number in range(seed, seed + 250):
        reads(mangled(number))


@pytest.mark.parametrize(
    "text", ["[" * 5000 + "]" * 5000, "(" * 5000, "a." * 3000 + "a", "not " * 3000 + "a", "\0", "a" * 100_000]
)
def test_deep_and_long_texts(text: str) -> None:
    with contextlib.suppress(ElixirError):
        parse(text)
