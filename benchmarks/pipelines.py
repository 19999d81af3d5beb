"""Twenty pipelines of the library on 100,000 elements, against Python as a Python programmer writes it and the BEAM.

    python benchmarks/pipelines.py [part of a name …]

Prints medians in milliseconds and the ratios of one run; pyex and Python take turns, so that a busy machine slows both. The
BEAM takes part where the variable PYEX_ORACLE names a program that runs `elixir`.
"""

from __future__ import annotations

import functools
import itertools
import json
import operator
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from pyex import runtime
from pyex.code import versions
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import alias
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map

SIZE: Final = 100_000
NUMBERS: Final = [(x * 7919) % 100_003 for x in range(SIZE)]
WORDS: Final = [f"word{x * 31 % 5003}" for x in range(SIZE)]
TEXT: Final = " ".join(WORDS)
LOOKUP: Final = {x: x * 2 for x in range(SIZE)}

DATA: Final = """
  def numbers, do: for(x <- 0..99_999, do: rem(x * 7919, 100_003))
  def words, do: for(x <- 0..99_999, do: "word#{rem(x * 31, 5003)}")
  def text, do: Enum.join(words(), " ")
  def lookup, do: Map.new(0..99_999, fn x -> {x, x * 2} end)
"""
"""The same data for the BEAM."""


def grouped(numbers: list[int]) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for x in numbers:
        groups[x % 100].append(x)
    return groups


def uniq(numbers: list[int]) -> list[int]:
    seen: set[int] = set()
    found = []
    for x in numbers:
        key = x % 1000
        if key not in seen:
            seen.add(key)
            found.append(x)
    return found


def splits(numbers: list[int]) -> tuple[list[int], list[int]]:
    low: list[int] = []
    high: list[int] = []
    for x in numbers:
        (low if x < 50_000 else high).append(x)
    return low, high


def scanned(numbers: list[int]) -> list[int]:
    return list(itertools.accumulate(numbers))


def running_total(numbers: list[int]) -> int:
    total = 0
    for x in numbers:
        total = (total * 31 + x) % 1_000_003
    return total


def lazily(numbers: list[int]) -> list[int]:
    return list(itertools.islice((x * x for x in numbers if x % 3 == 0), 20_000))


def increased(lookup: dict[int, int]) -> dict[int, int]:
    return {key: value + 1 for key, value in lookup.items()}


PIPELINES: Final[list[tuple[str, str, str, Callable[[Any], Any]]]] = [
    ("map, filter, sum", "numbers", "Enum.map(d, fn x -> x * 3 end) |> Enum.filter(fn x -> rem(x, 2) == 0 end) |> Enum.sum()",
     lambda d: sum(y for y in (x * 3 for x in d) if y % 2 == 0)),
    ("reduce", "numbers", "Enum.reduce(d, 0, fn x, acc -> rem(acc * 31 + x, 1_000_003) end)", running_total),
    ("sort, take", "numbers", "d |> Enum.sort() |> Enum.take(10)", lambda d: sorted(d)[:10]),
    ("sort_by descending", "words", "Enum.sort_by(d, fn w -> {byte_size(w), w} end, :desc)",
     lambda d: sorted(d, key=lambda w: (len(w.encode()), w), reverse=True)),
    ("group_by", "numbers", "Enum.group_by(d, fn x -> rem(x, 100) end)", grouped),
    ("frequencies", "words", "Enum.frequencies(d)", Counter),
    ("uniq_by", "numbers", "Enum.uniq_by(d, fn x -> rem(x, 1000) end)", uniq),
    ("zip, map", "numbers", "Enum.zip(d, Enum.reverse(d)) |> Enum.map(fn {a, b} -> a + b end)",
     lambda d: [a + b for a, b in zip(d, reversed(d), strict=True)]),
    ("chunk_every, sums", "numbers", "d |> Enum.chunk_every(10) |> Enum.map(&Enum.sum/1)",
     lambda d: [sum(d[at : at + 10]) for at in range(0, len(d), 10)]),
    ("with_index, filter", "numbers", "d |> Enum.with_index() |> Enum.filter(fn {x, i} -> x > i end) |> length()",
     lambda d: len([pair for pair in enumerate(d) if pair[1] > pair[0]])),
    ("split_with", "numbers", "Enum.split_with(d, fn x -> x < 50_000 end)", splits),
    ("flat_map", "numbers", "Enum.flat_map(d, fn x -> [x, x + 1] end)", lambda d: [y for x in d for y in (x, x + 1)]),
    ("scan", "numbers", "Enum.scan(d, fn x, acc -> x + acc end)", scanned),
    ("comprehension", "numbers", "for x <- d, rem(x, 3) == 0, do: x * x", lambda d: [x * x for x in d if x % 3 == 0]),
    ("Map.new", "numbers", "Map.new(d, fn x -> {x, x + 1} end)", lambda d: {x: x + 1 for x in d}),
    ("map of a map", "lookup", "Map.new(d, fn {k, v} -> {k, v + 1} end)", increased),
    ("Map.get, 100,000 times", "lookup", "Enum.reduce(0..99_999, 0, fn x, acc -> acc + Map.get(d, x, 0) end)",
     lambda d: functools.reduce(operator.add, [d.get(x, 0) for x in range(SIZE)])),
    ("split, frequencies", "text", "d |> String.split(\" \") |> Enum.frequencies()", lambda d: Counter(d.split(" "))),
    ("upcase, join", "words", "d |> Enum.map(&String.upcase/1) |> Enum.join(\",\")", lambda d: ",".join([w.upper() for w in d])),
    ("Stream filter, map, take", "numbers",
     "d |> Stream.filter(fn x -> rem(x, 3) == 0 end) |> Stream.map(fn x -> x * x end) |> Enum.take(20_000)", lazily),
]
"""Name, data, the pipeline in Elixir (of `d`), and Python for the same job."""


def module_source(more: str = "") -> str:
    """Return the module of all pipelines."""
    functions = "\n".join(f"  def p{number}(d), do: {code}" for number, (_, _, code, _) in enumerate(PIPELINES))
    return f"defmodule Pipelines do\n{functions}\n{more}end\n"


def beam(rounds: int) -> list[float] | None:
    """Return the milliseconds of each pipeline on the BEAM, where there is one."""
    oracle = os.environ.get("PYEX_ORACLE")
    if not oracle:
        return None
    runs = ", ".join(f"{{&Pipelines.p{number}/1, Pipelines.{data}()}}" for number, (_, data, _, _) in enumerate(PIPELINES))
    script = f"""
{module_source(DATA)}
times = for {{fun, data}} <- [{runs}] do
  all = for _ <- 1..{rounds}, do: elem(:timer.tc(fn -> fun.(data) end), 0)
  Enum.at(Enum.sort(all), {rounds // 2}) / 1000
end
IO.puts(JSON.encode!(times))
"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pipelines.exs").write_text(script, encoding="utf-8")
        command = [oracle, "elixir", "pipelines.exs"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    times: list[float] = json.loads(done.stdout)
    return times


def milliseconds(function: Callable[[Any], Any], data: Any) -> float:
    """Return how long a call takes."""
    start = time.perf_counter()
    function(data)
    return (time.perf_counter() - start) * 1e3


def main(wanted: list[str], rounds: int = 9) -> None:
    """Print a line for each pipeline, and the median ratio."""
    eval_quoted(parse(module_source(), file="pipelines.ex"), {}, default_env(file="pipelines.ex"))
    version = versions.current(alias("Pipelines"))
    assert version is not None
    python_data = {"numbers": NUMBERS, "words": WORDS, "text": TEXT, "lookup": LOOKUP}
    data = {
        "numbers": from_pylist(NUMBERS), "words": from_pylist(WORDS), "text": TEXT,
        "lookup": Map.from_pairs(list(LOOKUP.items())),
    }
    beams, ratios = beam(rounds), []
    print(f"{'':28}{'pyex':>10}{'Python':>10}{'BEAM':>10}{'to Python':>11}{'to BEAM':>9}")
    for number, (name, given, _, python) in enumerate(PIPELINES):
        if wanted and not any(part in name for part in wanted):
            continue
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(milliseconds(version.exports[f"p{number}", 1], data[given]))
            theirs.append(milliseconds(python, python_data[given]))
        one, two = statistics.median(ours), statistics.median(theirs)
        ratios.append(one / two)
        last = f"{beams[number]:>10.1f}{one / two:>11.2f}{one / beams[number]:>9.2f}" if beams else f"{'–':>10}{one / two:>11.2f}"
        print(f"{name:28}{one:>10.1f}{two:>10.1f}{last}")
    print(f"{'median ratio':28}{'':30}{statistics.median(ratios):>11.2f}")


if __name__ == "__main__":
    assert runtime  # compiled code that receives needs it
    main(sys.argv[1:])
