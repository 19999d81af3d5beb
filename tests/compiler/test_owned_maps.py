"""A map that only its accumulator refers to is changed itself, and nobody can tell."""

from __future__ import annotations

import pytest

import pyex.code.hosting  # noqa: F401  # connects the compiler with the code server
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map
from pyex.terms.owned_maps import put_owned, update_owned
from tests.conftest import Iex


def shown(text: str) -> str:
    return inspect(eval_quoted(parse(text, file="probe.ex"), {}, default_env(file="probe.ex")).value)


@pytest.mark.parametrize("size", [3, 32, 33, 200])
def test_a_map_of_one_local_is_changed_in_place(size: int) -> None:
    held = Map({})
    for key in range(size):
        before = id(held)
        held = put_owned(held, key, key)
        assert id(held) == before
    assert held == Map.from_pairs([(key, key) for key in range(size)])


@pytest.mark.parametrize("size", [3, 32, 200])
def test_a_map_that_somebody_else_holds_stays_as_it_is(size: int) -> None:
    held = Map.from_pairs([(key, key) for key in range(size)])
    other = held
    held = put_owned(held, "new", 1)
    assert "new" not in other
    assert held["new"] == 1
    version = held.put("more", 2)  # shares the storage of a large map
    held = put_owned(held, "third", 3)
    assert "third" not in version
    assert version["more"] == 2


def test_the_hash_and_the_order_of_a_changed_map_are_its_own() -> None:
    held = Map.from_pairs([(key, key) for key in range(40)])
    assert hash(held) and list(held) and held.pairs()  # all three are remembered
    held = put_owned(held, 40, 40)
    fresh = Map.from_pairs([(key, key) for key in range(41)])
    assert hash(held) == hash(fresh)
    assert list(held) == list(fresh)
    assert held.pairs() == fresh.pairs()


def test_an_update_calls_the_function_before_anything_is_changed() -> None:
    held = Map.from_pairs([(1, 1)])
    held = update_owned(held, 1, 0, lambda value: value + 1, Map.put)
    held = update_owned(held, 1.0, 5, lambda value: value + 1, Map.put)
    assert (held[1], held[1.0]) == (2, 5)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Enum.reduce(1..3, %{}, fn x, acc -> Map.put(acc, acc, x) end) |> map_size()", "3"),
        ("Enum.scan(1..3, %{}, fn x, acc -> Map.put(acc, x, x) end) |> Enum.map(&map_size/1)", "[1, 2, 3]"),
        ("m = %{a: 1}; {Enum.reduce([:b], m, fn x, acc -> Map.put(acc, x, 2) end), m}", "{%{a: 1, b: 2}, %{a: 1}}"),
        ("Enum.reduce(~w(a b a), %{}, fn w, acc -> Map.update(acc, w, 1, &(&1 + 1)) end)", '%{"a" => 2, "b" => 1}'),
        ("Enum.reduce([1], [], fn x, acc -> Map.get(%{}, x, acc) end)", "[]"),
        ("m = Map.new(1..40, &{&1, &1}); Enum.reduce(m, m, fn {k, v}, a -> Map.put(a, k, -v) end)[7]", "-7"),
    ],
)
def test_folds_that_build_maps(text: str, value: str) -> None:
    assert shown(text) == value


CAPTURING = """
defmodule Capturing do
  def fold(list), do: Enum.reduce(list, %{}, fn x, acc -> (keep(fn -> acc end); Map.update(acc, x, 1, fn n -> n + map_size(acc) end)) end)
  def branches(list), do: Enum.reduce(list, %{}, fn x, acc -> if rem(x, 2) == 0, do: Map.put(acc, x, x), else: (keep(fn -> acc end); acc |> Map.put(x, 0)) end)
  def go([], m), do: m
  def go([h | t], m), do: (keep(fn -> m end); go(t, Map.update(m, h, 1, &(&1 + 1))))
  def once(m), do: (keep(fn -> m end); Map.put(m, :more, 1))
  def keep(fun), do: Process.put(:kept, [fun | Process.get(:kept, [])])
  def kept, do: Process.delete(:kept) |> Enum.reverse() |> Enum.map(& &1.())
end
"""


@pytest.mark.parametrize(
    ("call", "kept"),
    [
        ("Capturing.fold([:a, :b, :a])", "[%{}, %{a: 1}, %{a: 1, b: 1}]"),
        ("Capturing.branches([1, 2, 3])", "[%{}, %{1 => 0, 2 => 2}]"),
        ("Capturing.go([:a, :b, :a], %{})", "[%{}, %{a: 1}, %{a: 1, b: 1}]"),
        ("Capturing.once(%{a: 1})", "[%{a: 1}]"),
    ],
)
def test_what_a_function_has_captured_is_not_changed(iex: Iex, call: str, kept: str) -> None:
    iex(CAPTURING + ":defined")
    assert iex(f"{call}; Capturing.kept()") == kept
