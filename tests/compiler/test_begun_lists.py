"""Functions that return `[head | f(tail)]` loop: lists of any length, and the stack traces of a recursion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import pyex.code.hosting  # noqa: F401  # connects the compiler with the code server
from pyex.code import versions
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import to_pylist
from pyex.terms.stacktrace import of_exception

MODULE = """
defmodule Probe do
  def map([], _fun), do: []
  def map([head | tail], fun), do: [fun.(head) | map(tail, fun)]
  def span(to, to), do: [to]
  def span(from, to), do: [from | span(from + 1, to)]
  def twice([], last), do: last.(0)
  def twice([head | tail], last) do
    [head, head
     | twice(tail, last)]
  end
  def only([], _fun), do: []
  def only([head | tail], fun) do
    if fun.(head), do: [head | only(tail, fun)], else: only(tail, fun)
  end
  def makers([]), do: []
  def makers([head | tail]), do: [fn -> {head, tail} end | makers(tail)]
  def safe([]), do: []
  def safe([head | tail]) do
    [10 / head | safe(tail)]
  rescue
    ArithmeticError -> [:failed]
  end
  def left([]), do: []
  def left([head | tail]), do: [head | right(tail)]
  def right([]), do: []
  def right([_ | tail]), do: left(tail)
end
"""


@pytest.fixture(scope="module", autouse=True)
def probe() -> Iterator[None]:
    """Define the module for these tests."""
    evaluated(MODULE)
    yield
    versions.forget(alias("Probe"))


def evaluated(text: str) -> Any:
    return eval_quoted(parse(text, file="probe.ex"), {}, default_env(file="probe.ex")).value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Probe.map([1, 2, 3], fn x -> x * 2 end)", "[2, 4, 6]"),
        ("Probe.map([], fn x -> x * 2 end)", "[]"),
        ("Probe.span(1, 4)", "[1, 2, 3, 4]"),
        ("Probe.twice([1, 2], fn _ -> :end end)", "[1, 1, 2, 2 | :end]"),
        ("Probe.twice([1], fn x -> [x] end)", "[1, 1, 0]"),
        ("Probe.only([1, 2, 3, 4], fn x -> rem(x, 2) == 0 end)", "[2, 4]"),
        ("Enum.map(Probe.makers([1, 2]), fn f -> f.() end)", "[{1, [2]}, {2, []}]"),
        ("Probe.safe([1, 2, 0, 5])", "[10.0, 5.0, :failed]"),
        ("Probe.left([1, 2, 3, 4])", "[1, 3]"),
    ],
)
def test_lists_are_what_a_recursion_returns(text: str, value: str) -> None:
    assert inspect(evaluated(text)) == value


def test_a_list_may_be_longer_than_the_stack_is_deep() -> None:
    assert evaluated("length(Probe.span(1, 260_000))") == 260_000


@pytest.mark.parametrize(
    ("call", "lines"),
    [
        ("Probe.map([:a], fn x -> hd(x) end)", [("map", 4)]),
        ("Probe.map([[1], [2], :a], fn x -> hd(x) end)", [("map", 4), ("map", 4)]),
        ("Probe.map([[1] | :a], fn x -> hd(x) end)", [("map", 3), ("map", 4)]),
        ("Probe.only([2, :a], fn x -> rem(x, 2) == 0 end)", [("only", 14), ("only", 14)]),
        ("Probe.only([1, :a], fn x -> rem(x, 2) == 0 end)", [("only", 14)]),
        ("Probe.twice([1], fn x -> {hd(x)} end)", [("twice", 10)]),
        ("Probe.twice([], fn x -> {hd(x)} end)", []),
    ],
)
def test_a_stack_trace_tells_of_the_calls_that_would_wait(call: str, lines: list[tuple[str, int]]) -> None:
    with pytest.raises(ElixirError) as raised:
        evaluated(call)
    trace = to_pylist(of_exception(raised.value))
    own = [entry for entry in trace if entry[0] is alias("Probe")]
    found = [(name.name, dict(to_pylist(where))[atom.line]) for _, name, _, where in own]
    assert found == lines
