"""The same lines typed at pyex and at a real iex: compiled modules, and functions of the prompt.

    PYEX_ORACLE=… python benchmarks/beam.py

Prints the best of three times of both in milliseconds, and how many times as long pyex takes. The goal at the prompt is never to
be slower than iex, which interprets what is typed; the machine code of a compiled module is another matter.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Final

from compiled import ELIXIR

MODULE: Final = {
    "fib(25)": "Bench.fib(25)",
    "sum to 1,000,000 by tail calls": "Bench.sum(1_000_000, 0)",
    "MyList.sum of 1,000,000": "Bench.sum_list(list, 0)",
    "Enum.map |> Enum.sum of 1,000,000": "Bench.pipeline(1_000_000)",
    "map of 100,000 keys by reduce": "Bench.build_map(100_000)",
    "red-black tree of 10,000": "Bench.tree(10_000)",
    "binary of 100,000 parts": "Bench.text(100_000)",
    "even/odd, 1,000,000 mutual calls": "Bench.even(1_000_000)",
    "body-recursive map of 50,000": "Bench.doubled(50_000)",
}
PROMPT: Final = {
    "fib(20)": "fib.(fib, 20)",
    "sum to 100,000 by tail calls": "sum.(sum, 100_000, 0)",
    "Enum.map |> Enum.sum of 100,000": "1..100_000 |> Enum.map(fn x -> x * 2 end) |> Enum.sum()",
    "map of 100,000 keys by reduce": "Enum.reduce(1..100_000, %{}, fn x, map -> Map.put(map, x, x) end)",
    "map of 100,000 keys by for": "for x <- 1..100_000, into: %{}, do: {x, x}",
    "Enum.map over a map of 100,000": "Enum.map(map, fn {key, value} -> key + value end)",
    "Map.update of 1,000 keys, 100,000 times": (
        "Enum.reduce(1..100_000, %{}, fn x, map -> Map.update(map, rem(x, 1000), 1, fn n -> n + 1 end) end)"
    ),
    "binary of 20,000 parts": 'Enum.reduce(1..20_000, "", fn x, acc -> acc <> "part #{x};" end)',
    "filter, sort, take of 100,000": (
        "1..100_000 |> Enum.filter(fn x -> rem(x, 3) == 0 end) |> Enum.sort(:desc) |> Enum.take(5)"
    ),
    "Stream of 40,000": "Stream.iterate(1, &(&1 + 1)) |> Stream.filter(&(rem(&1, 2) == 0)) |> Enum.take(20_000)",
    "20,000 words split, upcased, joined": 'words |> String.split() |> Enum.map(&String.upcase/1) |> Enum.join(" ")',
}
SETTING: Final = """
measure = fn name, fun -> IO.puts("@ #{name}: #{Enum.min(for _ <- 1..3, do: elem(:timer.tc(fun), 0))}") end
list = Enum.to_list(1..1_000_000); nil
map = Map.new(1..100_000, fn x -> {x, x} end); nil
words = String.duplicate("hello world ", 10_000); nil
fib = fn f, n -> if n < 2, do: n, else: f.(f, n - 1) + f.(f, n - 2) end
sum = fn f, n, acc -> if n == 0, do: acc, else: f.(f, n - 1, acc + n) end
"""


def measured(command: list[str], cases: dict[str, str]) -> dict[str, float]:
    """Type the cases at a shell; return the milliseconds of each."""
    lines = [f'measure.("{name}", fn -> {expression} end); nil' for name, expression in cases.items()]
    typed = "\n".join([ELIXIR.strip(), SETTING.strip(), *lines, ""])
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=True)
    return {name: int(micros) / 1000 for name, micros in re.findall(r"@ (.+): (\d+)$", done.stdout, re.MULTILINE)}


def main() -> None:
    """Print both tables."""
    oracle = os.environ.get("PYEX_ORACLE")
    if not oracle:
        print("no iex: PYEX_ORACLE names none")
        return
    for title, cases in (("compiled module", MODULE), ("typed at the prompt", PROMPT)):
        ours = measured([sys.executable, "-m", "pyex"], cases)
        theirs = measured([oracle, "iex"], cases)
        print(f"{title:44}{'pyex':>12}{'iex':>12}{'times':>8}")
        for name in cases:
            print(f"{name:44}{ours[name]:>9.1f} ms{theirs[name]:>9.1f} ms{ours[name] / theirs[name]:>8.2f}")


if __name__ == "__main__":
    main()
