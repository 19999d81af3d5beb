"""pyex against Elixir: what 2,200 random expressions give, value or error.

The outcomes are stored, recorded from Elixir 1.18.3; `python tests/compiler/test_differential.py record` with the
variable PYEX_ORACLE set (a program that runs `elixir` when it is given that word) records them again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pytest

from pyex import runtime
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import atom_name
from pyex.terms.errors import Signal
from pyex.terms.exceptions import message_of, normalize
from pyex.terms.inspect import Opts, inspect
from pyex.terms.stacktrace import of_exception
from tests.compiler import generated

STORED: Final = Path(__file__).with_name("generated.json")
COUNT: Final = 2_200
SEED: Final = 11
CHUNK: Final = 50

KNOWN: Final = {
    "(b in Enum.reduce(f, d, fn x, y -> [x | y] end))": "Elixir asks :lists.member/2, which fails in another way",
}
"""Expressions whose outcomes differ, with the reason."""

ELIXIR: Final = r"""
[prefix, source, target] = System.argv()
Application.ensure_all_started(:ex_unit)
prefix = File.read!(prefix)

outcome = fn text ->
  try do
    {value, _} = Code.eval_string(prefix <> text, [], file: "nofile")
    inspect(value, limit: :infinity)
  rescue
    error -> "** (#{inspect(error.__struct__)}) #{Exception.message(error)}"
  catch
    kind, value -> "** (#{inspect(kind)}) #{inspect(value)}"
  end
end

results =
  for line <- String.split(File.read!(source), "\n", trim: true) do
    ExUnit.CaptureIO.capture_io(:stderr, fn -> Process.put(:outcome, outcome.(line)) end)
    Process.get(:outcome) |> String.replace("\n", "\\n")
  end

File.write!(target, Enum.join(results, "\n"))
"""


def outcome(text: str) -> str:
    """Return what an expression gives in pyex, as one line."""
    opts = Opts()
    opts.limit = 10**9
    try:
        form = parse(generated.PREFIX + text, file="nofile")
        found = inspect(eval_quoted(form, {}, default_env(file="nofile")).value, opts)
    except Signal as signal:
        if signal.kind == "error":
            struct = normalize(signal.reason, of_exception(signal))
            name = (atom_name(struct.struct) or "").removeprefix("Elixir.")
            found = f"** ({name}) {message_of(struct)}"
        else:
            found = f"** (:{signal.kind}) {inspect(signal.reason)}"
    return comparable(found)


def comparable(text: str) -> str:
    """Leave out what differs from run to run: the identity of functions."""
    return re.sub(r"#Function<[^>]*>", "#Function<>", text.replace("\n", "\\n"))


@pytest.mark.parametrize("start", range(0, COUNT, CHUNK))
def test_random_expressions_give_what_elixir_gives(start: int) -> None:
    assert runtime  # the processes that expressions may need
    stored = json.loads(STORED.read_text())
    differing = [
        (text, expected, found)
        for text, expected in stored[start : start + CHUNK]
        if text not in KNOWN and (found := outcome(text)) != expected
    ]
    assert differing == []


def _decoded(line: bytes) -> str:
    """Decode one outcome: some of Erlang's own messages are not in UTF-8."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def record() -> None:
    """Write what Elixir gives for each expression."""
    oracle = os.environ["PYEX_ORACLE"]
    texts = generated.texts(COUNT, SEED)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        (folder / "prefix").write_text(generated.PREFIX)
        (folder / "source").write_text("\n".join(texts) + "\n")
        (folder / "run.exs").write_text(ELIXIR)
        subprocess.run([oracle, "elixir", "run.exs", "prefix", "source", "target"], cwd=folder, check=True)
        outcomes = [_decoded(line) for line in (folder / "target").read_bytes().split(b"\n")]
    pairs = [(text, comparable(found)) for text, found in zip(texts, outcomes, strict=True)]
    lines = ",\n".join(json.dumps(pair, ensure_ascii=False) for pair in pairs)
    STORED.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__" and sys.argv[1:] == ["record"]:
    record()
