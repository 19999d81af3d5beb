"""When two outputs are the same."""

from __future__ import annotations

import pytest

from pyex.transcript.compare import Comparison, diff


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("{:ok,#PID<0.60.0>}", "{:ok, #PID<0.101.0>}"),
        ("%{b: 1, a: [x: %{d: 1, c: 2}]}", "%{a: [x: %{c: 2, d: 1}], b: 1}"),
        ("%Point.D2{y: 1, x: 2}", "%Point.D2{x: 2, y: 1}"),
        ("[1,\n 2]", "[1, 2]"),
        ("** (X) no\n    (stdlib 6.2) lists.erl:1: :lists.f/1\n    iex:1: (file)", "** (X) no"),
        ("15:06:53.628 [error] oh", "09:00:00.000 [error] oh"),
        ("{:module, A, <<70, 79, 82, 49, 0, 1,\n  2, ...>>, :x}", "{:module, A, <<70, 79, 82, 49, 7, ...>>, :x}"),
        ("#Function<6.99386804/1 in :erl_eval.expr/6>", "#Function<6.1/1 in :erl_eval.expr/6>"),
        ('"pid #PID<0.1.0>!"', '"pid #PID<0.2.0>!"'),
    ],
    ids=["spacing", "maps", "structs", "lines", "frames", "times", "modules", "functions", "in strings"],
)
def test_equivalent(expected: str, actual: str) -> None:
    assert Comparison().judge(expected, actual) == "equivalent"


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ("100", "101"),
        ('"a b"', '"a  b"'),
        ("[1, 2]", "[2, 1]"),
        ("{#PID<0.1.0>, #PID<0.1.0>}", "{#PID<0.1.0>, #PID<0.2.0>}"),
        ("{#PID<0.1.0>, #PID<0.2.0>}", "{#PID<0.1.0>, #PID<0.1.0>}"),
        ("#PID<0.1.0>", "#Port<0.1>"),
        ("1", ""),
        ("%{a: 1, b: 2}", "%{a: 2, b: 1}"),
    ],
)
def test_differs(expected: str, actual: str) -> None:
    assert Comparison().judge(expected, actual) == "differs"


def test_blanks_at_line_ends_and_empty_lines_at_the_end_are_nothing() -> None:
    assert Comparison().judge("102\n\n", "102  \n") == "exact"


def test_an_identity_stands_for_the_same_one_over_the_whole_session() -> None:
    comparison = Comparison()
    assert comparison.judge("#PID<0.1.0>", "#PID<0.7.0>") == "equivalent"
    assert comparison.judge("#PID<0.1.0>", "#PID<0.8.0>") == "differs"
    assert comparison.judge("#PID<0.2.0>", "#PID<0.7.0>") == "differs"
    assert comparison.judge("#PID<0.2.0>", "#PID<0.8.0>") == "equivalent"


def test_frames_of_user_code_count_where_they_are_asked_for() -> None:
    comparison = Comparison(frames="own")
    library = "** (X) a\n    (stdlib 6.2) lists.erl:1: :lists.f/1"
    assert comparison.judge(library, "** (X) a") == "equivalent"
    assert comparison.judge("** (X) a\n    iex:1: A.f/1", "** (X) a") == "differs"


def test_a_diff_shows_both_sides() -> None:
    assert diff("same\nold", "same\nnew") == ["  same", "- old", "+ new"]


def test_deep_brackets_are_compared_without_recursion() -> None:
    text = "%{a: " * 5000 + "1" + "}" * 5000
    assert Comparison().judge(text, text.replace(": ", ":")) == "equivalent"
