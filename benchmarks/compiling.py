"""Compiling Elixir: lines a second from source, a prompt line from Enter to running, loading from the cache.

    python benchmarks/compiling.py

Times are the processor's, the best of several, so that a busy machine disturbs less. The sources are in `corpus`.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import Any, Final

from compiled import ELIXIR  # type: ignore[import-not-found]  # the file beside this one

from pyex import runtime
from pyex.code import elixir_loader, evaluation
from pyex.code.elixir_loader import ElixirLoader
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.compiler.module import compile as compile_floor
from pyex.syntax import parse

CORPUS: Final = Path(__file__).parent / "corpus"
LINES: Final = (
    "1 + 1",
    'String.upcase("a")',
    "x = Enum.map([1, 2, 3], fn x -> x * 2 end)",
    "case {1, 2} do {a, b} when a > b -> a; _ -> 3 end",
)
PYTHON_FUNCTION: Final = (
    "def function_{0}(a, b):\n    if a == {0}:\n        return [a, b]\n    return sorted([b, a])[:1]\n"
)
ELIXIR_FUNCTIONS: Final = (
    "  def function_{0}({0}, b), do: [{0}, b]\n  def function_{0}(a, b), do: Enum.take(Enum.sort([b, a]), 1)\n"
)


def best(work: Callable[[], Any], rounds: int) -> float:
    """Return the least processor time that the work took, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


class Share:
    """The part of the work that passes through one function of the compiler."""

    def __init__(self, owner: Any, name: str) -> None:
        self.owner, self.name = owner, name
        self.function = getattr(owner, name)
        self.seconds = 0.0

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Call the function and add up the time."""
        start = time.process_time()
        try:
            return self.function(*args, **options)
        finally:
            self.seconds += time.process_time() - start


def sources() -> list[tuple[str, bytes]]:
    """Return path and text of each file of the corpus."""
    return [(str(path), path.read_bytes()) for path in sorted(CORPUS.glob("*.ex"))]


def dense(copies: int = 10) -> list[tuple[str, bytes]]:
    """Return the source of `compiled.py` some times: functions of one line, without documentation."""
    return [("dense.ex", ELIXIR.encode())] * copies


def from_source(what: str, files: list[tuple[str, bytes]], rounds: int = 15) -> None:
    """Print the lines of files that are compiled in a second, and what the steps take of it."""
    lines = sum(text.count(b"\n") for _, text in files)

    def everything() -> None:
        for path, text in files:
            elixir_loader.compile_text(text, path)

    everything()
    seconds = best(everything, rounds)
    print(f"{f'{what}, {lines} lines':40}{seconds * 1e3:>8.0f} ms{lines / seconds:>8.0f} lines/s")
    read = best(lambda: [parse(text.decode(), file=path) for path, text in files], rounds)
    print(f"{'  of it reading':40}{read * 1e3:>8.0f} ms{lines / read:>8.0f} lines/s")
    share = Share(compile_floor, "emit_module")
    setattr(share.owner, share.name, share)
    emitting = []
    for _ in range(rounds):
        share.seconds = 0.0
        everything()
        emitting.append(share.seconds)
    setattr(share.owner, share.name, share.function)
    print(f"{'  of it emitting, with compile()':40}{min(emitting) * 1e3:>8.0f} ms")


def prompt_lines() -> None:
    """Print how long reading, expanding, emitting and running a line takes."""
    env = default_env(file="iex")
    for line in LINES:

        def work(line: str = line) -> None:
            for _ in range(20):
                eval_quoted(parse(line, file="iex"), {}, env)

        seconds = best(work, 20) / 20
        print(f"{line[:50]:50}{seconds * 1e6:>6.0f} µs")


def from_cache(functions: int = 60) -> None:
    """Print how long a stored module takes to load, and a Python module of as many functions."""
    numbers = range(functions)
    elixir = "defmodule Cached do\n" + "".join(ELIXIR_FUNCTIONS.format(number) for number in numbers) + "end\n"
    python = "".join(PYTHON_FUNCTION.format(number) for number in numbers)
    with tempfile.TemporaryDirectory() as folder:
        for name, text, kind in (("Elixir.Cached", elixir, ElixirLoader), ("cached", python, SourceFileLoader)):
            path = Path(folder) / ("cached.ex" if kind is ElixirLoader else "cached.py")
            path.write_text(text)

            def load(kind: Any = kind, name: str = name, path: Path = path) -> None:
                for _ in range(20):
                    loader = kind(name, str(path))
                    spec = importlib.util.spec_from_file_location(name, path, loader=loader)
                    assert spec is not None
                    loader.exec_module(importlib.util.module_from_spec(spec))

            load()
            seconds = best(load, 20) / 20
            print(f"{f'{functions} functions from the cache, {path.suffix}':50}{seconds * 1e6:>6.0f} µs")


if __name__ == "__main__":
    assert runtime  # compiled code that receives needs it
    sys.dont_write_bytecode = False  # whatever the environment says: the cache is what is measured
    evaluation.Output.listener = lambda diagnostic: None
    from_source("corpus", sources())
    from_source("dense code", dense())
    prompt_lines()
    from_cache()
