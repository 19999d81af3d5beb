"""Compiled Elixir against hand-written Python: medians and ratios of one run.

    python benchmarks/compiled.py [name …]

The Python of each pair is what a Python programmer would write for the same job. Both run in turns, so that
a busy machine slows both.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code import versions
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import alias
from pyex.terms.lists import from_iterable

ELIXIR = """
defmodule Bench do
  def fib(0), do: 0
  def fib(1), do: 1
  def fib(n), do: fib(n - 1) + fib(n - 2)

  def sum(0, acc), do: acc
  def sum(n, acc), do: sum(n - 1, acc + n)

  def sum_list([], total), do: total
  def sum_list([head | tail], total), do: sum_list(tail, head + total)

  def pipeline(n), do: 1..n |> Enum.map(fn x -> x * 2 end) |> Enum.sum()

  def build_map(n), do: Enum.reduce(1..n, %{}, fn x, map -> Map.put(map, x, x) end)

  def insert(tree, value) do
    {_, left, item, right} = ins(tree, value)
    {:black, left, item, right}
  end

  defp ins(nil, value), do: {:red, nil, value, nil}
  defp ins({color, left, item, right}, value) when value < item, do: balance(color, ins(left, value), item, right)
  defp ins({color, left, item, right}, value) when value > item, do: balance(color, left, item, ins(right, value))
  defp ins(tree, _value), do: tree

  defp balance(:black, {:red, {:red, a, x, b}, y, c}, z, d), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance(:black, {:red, a, x, {:red, b, y, c}}, z, d), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance(:black, a, x, {:red, {:red, b, y, c}, z, d}), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance(:black, a, x, {:red, b, y, {:red, c, z, d}}), do: {:red, {:black, a, x, b}, y, {:black, c, z, d}}
  defp balance(color, a, x, b), do: {color, a, x, b}

  def tree(n), do: Enum.reduce(1..n, nil, fn x, tree -> insert(tree, rem(x * 7919, 10_007)) end)

  def text(n), do: text(n, "")
  defp text(0, acc), do: acc
  defp text(n, acc), do: text(n - 1, acc <> "part #{n};")

  def even(0), do: true
  def even(n), do: odd(n - 1)
  def odd(0), do: false
  def odd(n), do: even(n - 1)

  def map_list([], _fun), do: []
  def map_list([head | tail], fun), do: [fun.(head) | map_list(tail, fun)]
  def doubled(n), do: length(map_list(Enum.to_list(1..n), fn x -> x * 2 end))
end
"""


def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def total(n: int) -> int:
    acc = 0
    while n:
        acc += n
        n -= 1
    return acc


def sum_list(items: list[int], acc: int) -> int:
    for item in items:
        acc += item
    return acc


def pipeline(n: int) -> int:
    return sum(x * 2 for x in range(1, n + 1))


def build_map(n: int) -> dict[int, int]:
    return {x: x for x in range(1, n + 1)}


Tree = Any


def balance(color: str, left: Tree, item: int, right: Tree) -> Tree:
    match color, left, item, right:
        case "black", ("red", ("red", a, x, b), y, c), z, d:
            return ("red", ("black", a, x, b), y, ("black", c, z, d))
        case "black", ("red", a, x, ("red", b, y, c)), z, d:
            return ("red", ("black", a, x, b), y, ("black", c, z, d))
        case "black", a, x, ("red", ("red", b, y, c), z, d):
            return ("red", ("black", a, x, b), y, ("black", c, z, d))
        case "black", a, x, ("red", b, y, ("red", c, z, d)):
            return ("red", ("black", a, x, b), y, ("black", c, z, d))
    return (color, left, item, right)


def ins(tree: Tree, value: int) -> Tree:
    if tree is None:
        return ("red", None, value, None)
    color, left, item, right = tree
    if value < item:
        return balance(color, ins(left, value), item, right)
    if value > item:
        return balance(color, left, item, ins(right, value))
    return tree


def tree(n: int) -> Tree:
    found = None
    for x in range(1, n + 1):
        _, left, item, right = ins(found, x * 7919 % 10_007)
        found = ("black", left, item, right)
    return found


def text(n: int) -> str:
    return "".join([f"part {x};" for x in range(n, 0, -1)])


def even(n: int) -> bool:
    while n > 0:
        n -= 1
        if n == 0:
            return False
        n -= 1
    return True


def doubled(n: int) -> int:
    return len([x * 2 for x in range(1, n + 1)])


MILLION: Final = list(range(1, 1_000_001))

PAIRS: dict[str, tuple[str, tuple[Any, ...], Callable[..., Any], tuple[Any, ...]]] = {
    "fib(25)": ("fib/1", (25,), fib, (25,)),
    "sum to 1,000,000 by tail calls": ("sum/2", (1_000_000, 0), total, (1_000_000,)),
    "MyList.sum of 1,000,000": ("sum_list/2", (from_iterable(MILLION), 0), sum_list, (MILLION, 0)),
    "Enum.map |> Enum.sum of 1,000,000": ("pipeline/1", (1_000_000,), pipeline, (1_000_000,)),
    "map of 100,000 keys by reduce": ("build_map/1", (100_000,), build_map, (100_000,)),
    "red-black tree of 10,000": ("tree/1", (10_000,), tree, (10_000,)),
    "binary of 100,000 parts": ("text/1", (100_000,), text, (100_000,)),
    "even/odd, 1,000,000 mutual calls": ("even/1", (1_000_000,), even, (1_000_000,)),
    "body-recursive map of 50,000": ("doubled/1", (50_000,), doubled, (50_000,)),
}


def seconds(function: Callable[..., Any], args: tuple[Any, ...]) -> float:
    start = time.perf_counter()
    function(*args)
    return time.perf_counter() - start


def main(wanted: list[str], rounds: int = 7) -> None:
    eval_quoted(parse(ELIXIR, file="bench.ex"), {}, default_env(file="bench.ex"))
    version = versions.current(alias("Bench"))
    assert version is not None
    print(f"{'':36}{'Elixir':>12}{'Python':>12}{'ratio':>8}")
    for name, (key, args, python, python_args) in PAIRS.items():
        if wanted and not any(part in name for part in wanted):
            continue
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(seconds(version.namespace[key], args))
            theirs.append(seconds(python, python_args))
        one, two = statistics.median(ours), statistics.median(theirs)
        print(f"{name:36}{one * 1e3:>9.1f} ms{two * 1e3:>9.1f} ms{one / two:>8.2f}")


if __name__ == "__main__":
    assert runtime  # compiled code that receives needs it
    main(sys.argv[1:])
