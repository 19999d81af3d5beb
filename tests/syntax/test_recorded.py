"""Every recorded snippet: quoted forms, error texts and warnings are Elixir's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

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
