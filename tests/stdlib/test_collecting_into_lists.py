"""Collecting into a list that is not empty is deprecated, and says so each time."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

DEPRECATED = "warning: the Collectable protocol is deprecated for non-empty lists."


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("Enum.into([1], [:a])", "[:a, 1]"),
        ("Enum.into([1], [:a], fn x -> x + 1 end)", "[:a, 2]"),
        ("for x <- [1], into: [:a], do: x", "[:a, 1]"),
    ],
)
def test_a_list_that_is_not_empty_is_warned_of(iex: Iex, code: str, printed: str) -> None:
    shown = iex(code)
    assert shown.startswith(DEPRECATED)
    assert shown.endswith(printed)


@pytest.mark.parametrize("code", ["Enum.into([:a], [])", "Enum.into([:a], [], fn x -> x end)", "for x <- [:a], into: [], do: x"])
def test_an_empty_list_is_not(iex: Iex, code: str) -> None:
    assert iex(code) == "[:a]"
