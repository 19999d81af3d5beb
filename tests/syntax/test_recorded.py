"""Every recorded snippet: quoted forms, error texts and warnings are Elixir's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pyex.syntax import parse
from pyex.syntax.formatter import to_string
from tests.syntax import shown

ROWS: list[list[str]] = json.loads((Path(__file__).parent / "recorded.json").read_text())
CHUNK = 100
STARTS = range(0, len(ROWS), CHUNK)


def differences(start: int, column: int, read: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """Return what differs in one chunk of rows: snippet, what Elixir says, what we say."""
    found = [(row[0], row[column], read(row[0])) for row in ROWS[start : start + CHUNK]]
    return [one for one in found if one[1] != one[2]]


@pytest.mark.parametrize("start", STARTS)
def test_snippets_read_as_in_elixir(start: int) -> None:
    assert differences(start, 1, shown.read) == []


@pytest.mark.parametrize("start", STARTS)
def test_snippets_warn_as_in_elixir(start: int) -> None:
    assert differences(start, 2, shown.warnings) == []


PRINTED: list[list[str]] = json.loads((Path(__file__).parent / "printed.json").read_text())


@pytest.mark.parametrize("start", range(0, len(PRINTED), CHUNK))
def test_forms_print_as_in_elixir(start: int) -> None:
    found = [(text, wanted, to_string(parse(text))) for text, wanted in PRINTED[start : start + CHUNK]]
    assert [one for one in found if one[1] != one[2]] == []


def test_what_is_printed_reads_as_the_same_form() -> None:
    for text, _ in PRINTED[:200]:
        printed = to_string(parse(text))
        assert to_string(parse(printed)) == printed
