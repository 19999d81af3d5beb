"""Comprehensions that take a binary byte for byte, or code point for code point."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("for <<c <- \"héy\">>, do: c", "[104, 195, 169, 121]"),
        ("for <<c::utf8 <- \"héy\">>, do: c", "[104, 233, 121]"),
        ("for <<c::utf8 <- <<104, 255, 105>> >>, do: c", "~c\"h\""),
        ("for <<c <- <<1, 2, 3::4>> >>, do: c", "[1, 2]"),
        ("for <<?l <- \"hello\">>, do: 1", "[1, 1]"),
        ("for <<c::8 <- \"ab\">>, <<d <- \"xy\">>, do: {c, d}", "[{97, 120}, {97, 121}, {98, 120}, {98, 121}]"),
        ("for <<c <- \"a b\">>, c != 32, into: \"\", do: <<c + 1>>", '"bc"'),
        ("for <<c <- \"ab\">>, do: (fn -> c end).()", '~c"ab"'),
        ("for <<c <- :a>>, do: c", "** (ErlangError) Erlang error: {:bad_generator, :a}\n    iex:1: (file)"),
    ],
)
def test_a_generator_takes_bytes_and_code_points(iex: Iex, typed: str, shown: str) -> None:
    assert iex(typed) == shown
