"""Folds and scans that only add up are done in C where all they meet are integers, and tell the same where it is not so."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("Enum.reduce([1, 2, 3], 4, fn x, acc -> x + acc end)", "10"),
        ("Enum.reduce([1, 2, 3], fn x, acc -> acc + x end)", "6"),
        ("Enum.reduce(1..10//3, 0, fn x, acc -> x + acc end)", "22"),
        ("Enum.reduce(10..1//-3, 0, fn x, acc -> x + acc end)", "22"),
        ("Enum.reduce(5..1//1, 7, fn x, acc -> x + acc end)", "7"),
        ("Enum.reduce([], :a, fn x, acc -> x + acc end)", ":a"),
        ("Enum.reduce([1, 2.5], 0, fn x, acc -> x + acc end)", "3.5"),
        ("Enum.reduce([1], 0.5, fn x, acc -> x + acc end)", "1.5"),
        ("Enum.scan([1, 2, 3], fn x, acc -> x + acc end)", "[1, 3, 6]"),
        ("Enum.scan([1, 2, 3], 10, &(&1 + &2))", "[11, 13, 16]"),
        ("Enum.scan([1, 0.5, 3], fn x, acc -> x + acc end)", "[1, 1.5, 4.5]"),
        ("Enum.scan(1..4, fn x, acc -> x + acc end)", "[1, 3, 6, 10]"),
        ("Enum.scan([], fn x, acc -> x + acc end)", "[]"),
        ("Enum.scan([700], fn x, acc -> x + acc end)", "[700]"),
    ],
)
def test_sums_are_those_of_the_loop(iex: Iex, code: str, printed: str) -> None:
    assert iex(code) == printed


def test_a_long_list_is_added_up_in_slices(iex: Iex) -> None:
    assert iex("Enum.reduce(Enum.to_list(1..120_000), 0, fn x, acc -> x + acc end)") == "7200060000"
    assert iex("Enum.scan(Enum.to_list(1..120_000), fn x, acc -> x + acc end) |> List.last()") == "7200060000"


def test_booleans_are_no_integers(iex: Iex) -> None:
    assert "bad argument in arithmetic expression: true + 1" in iex("Enum.reduce([1, true], fn x, acc -> x + acc end)")
    assert "bad argument in arithmetic expression: 1 + true" in iex("Enum.scan([1, true], fn x, acc -> acc + x end)")
