"""Records what Elixir answers: each line of recorded/*.exprs is evaluated by Elixir, the answers go to *.json.

    python -m tests.stdlib.record [name …]

`PYEX_ORACLE` names a program that runs `elixir` when it is given that word; without it `elixir` itself is run.
An answer is the inspected value, or the kind, exception and message of a failure.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "recorded"

PROGRAM: Final = r"""
Code.put_compiler_option(:ignore_module_conflict, true)
shown = fn value -> inspect(value, limit: :infinity, printable_limit: :infinity) end
for line <- File.stream!("expressions") do
  source = String.trim_trailing(line, "\n")
  answer =
    try do
      {value, _} = Code.eval_string(source)
      "ok " <> shown.(value)
    rescue
      error -> "error #{inspect(error.__struct__)} #{Exception.message(error)}"
    catch
      kind, value -> "#{kind} #{shown.(value)}"
    end
  File.write!("answers", "#{Base.encode16(answer)}\n", [:append])
end
"""


def command() -> list[str]:
    """Return the command that runs a script of Elixir."""
    oracle = os.environ.get("PYEX_ORACLE")
    return [oracle, "elixir"] if oracle else ["elixir"]


def record(expressions: Path) -> None:
    """Evaluate every line of a file of expressions and store the answers beside it."""
    lines = [line for line in expressions.read_text().split("\n") if line]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "expressions").write_text("".join(line + "\n" for line in lines))
        (here / "program.exs").write_text(PROGRAM)
        subprocess.run([*command(), "program.exs"], cwd=folder, check=True, stderr=subprocess.DEVNULL)
        answers = [bytes.fromhex(line).decode("utf-8") for line in (here / "answers").read_text().split()]
    pairs = list(map(list, zip(lines, answers, strict=True)))
    expressions.with_suffix(".json").write_text(json.dumps(pairs, indent=0, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    for found in sorted(FOLDER.glob("*.exprs")):
        if not sys.argv[1:] or found.stem in sys.argv[1:]:
            record(found)
