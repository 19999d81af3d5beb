"""The formatter: what it makes of recorded texts, and what holds of all of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pyex.stdlib.elixir.code_formatting import style_of
from pyex.syntax import parse
from pyex.syntax.formatter import format_text
from pyex.terms.atoms import Atom, atom_name
from pyex.terms.errors import ElixirError
from pyex.terms.lists import List, to_pylist

ROWS: list[list[str]] = json.loads((Path(__file__).parent / "formatted.json").read_text())
"""Texts, the options with which they are formatted, and what Elixir makes of them: empty when they are no Elixir."""
BLOCK = Atom("__block__")
CHUNK = 100
STARTS = range(0, len(ROWS), CHUNK)


def formatted(text: str, options: str) -> str:
    given = {atom_name(key): value for key, value in to_pylist(parse(options))}
    try:
        return format_text(text, style_of(given))
    except ElixirError:
        return ""


@pytest.mark.parametrize("start", STARTS)
def test_texts_are_formatted_as_in_elixir(start: int) -> None:
    rows = ROWS[start : start + CHUNK]
    found = [(text, options, wanted, formatted(text, options)) for text, options, wanted in rows]
    assert [one for one in found if one[2] != one[3]] == []


CHANGED = ("@(foo.bar)", "a.(b) do c end")
"""What Elixir's formatter makes other forms of."""
UNSTABLE = ("fn ->  end", "a. b do")
"""What Elixir's formatter writes and then formats in another way."""


@pytest.mark.parametrize("start", STARTS)
def test_what_is_formatted_stays_so(start: int) -> None:
    rows = [row for row in ROWS[start : start + CHUNK] if not any(text in row[2] for text in UNSTABLE)]
    found = [(wanted, formatted(wanted, options)) for _, options, wanted in rows]
    # A comment that leaves a line may let the next pass join what it had parted.
    assert [one for one in found if one[0] != one[1] and "#" not in one[0]] == []


def without_metadata(form: Any) -> Any:
    """Return a form with empty metadata, and without blocks of one form."""
    if type(form) is tuple and len(form) == 3:
        name, _, args = form
        inner = without_metadata(args)
        if name is BLOCK and type(inner) is list and len(inner) == 1:
            return inner[0]
        return without_metadata(name), inner
    if type(form) is tuple:
        return tuple(map(without_metadata, form))
    return list(map(without_metadata, to_pylist(form))) if isinstance(form, List) else form


def test_formatting_keeps_the_forms() -> None:
    for text, options, wanted in ROWS:
        if options == "[]" and wanted and "()" not in text and '"""' not in text and text not in CHANGED:
            assert without_metadata(parse(text)) == without_metadata(parse(wanted)), text
