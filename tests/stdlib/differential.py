"""Expressions and what Elixir gives for them: `differential/*.txt`, recorded from a real Elixir.

An expression stands on a line of its own, below it, indented, what it gives. To record a file anew, or one in which there are
only expressions: `python -m tests.stdlib.differential tests/stdlib/differential/lists.txt`, with the variable PYEX_ORACLE
set to a program that runs `elixir`, or with an `elixir` on the PATH.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "differential"
SHOW: Final = Path(__file__).parent / "differential.exs"
INDENT: Final = "    "

_ALL = """
for line <- File.stream!("expressions.txt"), do: IO.puts(Differential.show(String.trim_trailing(line, "\\n")))
"""


def read(path: Path) -> list[tuple[str, str]]:
    """Return the expressions of a file, each with what it gives (empty when that is not recorded)."""
    found: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(INDENT):
            found[-1] = found[-1][0], line[len(INDENT) :]
        elif line.strip() and not line.startswith("#"):
            found.append((line, ""))
    return found


def record(path: Path) -> None:
    """Ask a real Elixir for what each expression of a file gives, and write it below."""
    expressions = [expression for expression, _ in read(path)]
    oracle = os.environ.get("PYEX_ORACLE")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "expressions.txt").write_text("".join(f"{line}\n" for line in expressions), encoding="utf-8")
        Path(folder, "all.exs").write_text(SHOW.read_text(encoding="utf-8") + _ALL, encoding="utf-8")
        command = [*([oracle] if oracle else []), "elixir", "all.exs"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    given = run.stdout.splitlines()
    assert run.returncode == 0, run.stderr
    assert len(given) == len(expressions), run.stdout + run.stderr
    pairs = zip(expressions, given, strict=True)
    path.write_text("".join(f"{expression}\n{INDENT}{value}\n" for expression, value in pairs), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        record(Path(name))
