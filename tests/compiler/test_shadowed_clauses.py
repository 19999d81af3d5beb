"""Which clauses are told to be in the shadow of an earlier one: as Erlang's compiler says it, and no more."""

from __future__ import annotations

import re

import pytest

from tests.compiler.modules import said


def shadows(body: str) -> list[int]:
    """Return the lines of the clauses that others are told to stand below."""
    texts = said(f"defmodule Shadow do\n{body}\nend")
    found = [re.search(r"cannot match because a previous clause at line (\d+)", text) for text in texts]
    return [int(one[1]) for one in found if one]


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("def f({:a, x}), do: x\ndef f({:b, x, _}), do: x\ndef f({:a, _}), do: 1", [2]),
        ("def f(0), do: 0\ndef f(1), do: 1\ndef f(0), do: 2", [2]),
        ("def f({x}), do: x\ndef f({1}), do: 2", [2]),
        ("def f([]), do: 1\ndef f([_ | t]), do: t\ndef f([x]), do: x", [3]),
        ("def f(%{a: 1}), do: 1\ndef f(%{a: 1}), do: 2", [2]),
        ('def f("a" <> _), do: 1\ndef f("a" <> x), do: x', [2]),
        ("def f(x) do\ncase x do\n{:ok, v} -> v\n{:ok, nil} -> 1\nend\nend", [4]),
        ("def f() do\nreceive do\n{:a, x} -> x\n{:a, _} -> 1\nend\nend", [4]),
        ("def f(x) do\nwith 1 <- x do\n1\nelse\n:e -> 1\n:e -> 2\nend\nend", [6]),
    ],
)
def test_a_clause_below_one_that_takes_all_of_it_is_told(body: str, above: list[int]) -> None:
    assert shadows(body) == above


@pytest.mark.parametrize(
    "body",
    [
        "def f({1, _}), do: 1\ndef f({_, 1}), do: 2\ndef f({1, 1}), do: 3",
        "def f(%{a: 1}), do: 1\ndef f(%{a: 1, b: 2}), do: 2\ndef f(%{a: 1}), do: 3",
        "def f(x, x), do: x\ndef f(x, x), do: 1",
        "def f({:ok, x}) when x > 1, do: 1\ndef f({:ok, x}) when x > 1, do: x",
        "def f(1.0), do: 1\ndef f(1), do: 2",
        "def f([1, 2]), do: 1\ndef f([1, _]), do: 2\ndef f([1, 3]), do: 3",
        "def f(x) do\ntry do\nx\ncatch\n:a -> 1\n:a -> 2\nend\nend",
    ],
)
def test_what_only_several_clauses_take_together_is_not_told(body: str) -> None:
    assert shadows(body) == []
