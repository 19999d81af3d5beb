"""The examples of Elixir's own documentation, run by a real Elixir and by pyex: `python -m tests.stdlib.documented [part of a name]`.

Nothing of the documentation is kept: the oracle that the variable PYEX_ORACLE names is asked for it at each run, and both shells
type what it shows. Prints where they differ, and for each module how many of its examples do.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

SCRIPT: Final = Path(__file__).with_suffix(".exs")
ROOT: Final = Path(__file__).resolve().parents[2]
OTHERS: Final = frozenset(
    "Kernel.SpecialForms Code.Fragment Code.Identifier Module.Types.Descr Macro Macro.Env Module Code Protocol GenServer Bitwise".split()
)
"""Modules whose examples need more than lines typed in a row, or which are about the compiler itself."""

_VOLATILE: Final = (
    (re.compile(r"#(PID|Reference|Port|Function)<[^>]*>"), r"#\1<>"),
    (re.compile(r"0x[0-9a-f]+"), "0x"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?"), "now"),
    (re.compile(r"~T\[[^]]*]"), "~T[now]"),
    (re.compile(r"cannot compile (file|code)"), "cannot compile"),
    (re.compile(r"nofile: "), ""),
)


def _plain(shown: str) -> str:
    for pattern, instead in _VOLATILE:
        shown = pattern.sub(instead, shown)
    return shown


def _same(one: str, two: str) -> bool:
    """Compare what is shown; maps in any order, since the BEAM makes some atoms in a race when it starts."""
    return one == two or "%{" in one and sorted(one) == sorted(two)


def differences(part: str = "") -> tuple[list[str], int]:
    """Return what differs between a real Elixir and pyex, and how many examples there are."""
    oracle = os.environ["PYEX_ORACLE"]
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "documented.exs").write_text(SCRIPT.read_text(encoding="utf-8"), encoding="utf-8")
        script = ["documented.exs", "examples.json"]
        commands = ([oracle, "elixir", *script, "elixir.json", "examples"], [sys.executable, "-m", "pyex", *script, "pyex.json"])
        for command in commands:
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            subprocess.run(command, cwd=folder, check=True, env=env, capture_output=True, stdin=subprocess.DEVNULL)
        examples, real, ours = (
            json.loads((here / f"{name}.json").read_text(encoding="utf-8")) for name in ("examples", "elixir", "pyex")
        )
    found, total = [], 0
    for (name, steps), (_, expected), (_, actual) in zip(examples, real, ours, strict=True):
        if name.split()[0] in OTHERS or part not in name:
            continue
        for step, one, two in zip(steps, expected, actual, strict=True):
            total += 1
            if not _same(_plain(one), _plain(two)):
                found.append(f"{name}\n  iex> {step}\n    Elixir: {one[:500]}\n    pyex:   {two[:500]}")
    return found, total


if __name__ == "__main__":
    differ, count = differences(*sys.argv[1:2])
    print("\n".join(differ))
    print(Counter(line.split()[0] for line in differ))
    print(f"{len(differ)} of {count} differ ({100 - 100 * len(differ) / max(count, 1):.1f} % are the same)")
