"""What is no iterator, no date, or no enumerable after all is refused as Elixir refuses it, and never a fault of pyex."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("Enum.to_list(fn _, _ -> {:done, 1} end)", "no function clause matching in :lists.reverse/1"),
        ("Enum.map(fn _, _ -> :bad end, & &1)", ":erlang.element(2, :bad)"),
        (":gb_sets.next([3, 1, 2])", "no function clause matching in :gb_sets.next/1"),
        (":gb_trees.next({:unordered, []})", "no function clause matching in :gb_trees.next/1"),
        (":calendar.iso_week_number({2023, 13, 1})", "no function clause matching in :calendar.last_day_of_the_month1/2"),
        (":calendar.iso_week_number(1)", "no function clause matching in :calendar.iso_week_number/1"),
    ],
)
def test_it_is_refused(iex: Iex, code: str, refusal: str) -> None:
    shown = iex(code)
    assert refusal in shown
    assert "fault of pyex" not in shown
