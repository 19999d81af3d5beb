"""Time from the start of a shell to its first prompt, and to its first answer, in a terminal.

    python benchmarks/startup.py

prints medians in milliseconds for pyex, for IPython, and for iex where PYEX_ORACLE names one, with the ratio of
pyex to each, from one run. The Python shells run from bytecode, as installed programs do: a first round that does not
count fills a cache of its own.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence

import pexpect

ROUNDS = 9
ORACLE = os.environ.get("PYEX_ORACLE", "")
_ESCAPES = r"(?:\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>])*"


def shells() -> dict[str, tuple[Sequence[str], str]]:
    """Return the shells that are there: name → (command, pattern of the first prompt)."""
    found: dict[str, tuple[Sequence[str], str]] = {"pyex": ((sys.executable, "-m", "pyex"), r"iex\(1\)>")}
    if os.access(ORACLE, os.X_OK):
        found["iex"] = ((ORACLE, "iex"), r"iex\(1\)>")
    ipython = os.path.join(os.path.dirname(sys.executable), "ipython")
    if os.access(ipython, os.X_OK):
        found["IPython"] = ((ipython, "--no-banner"), r"In \[" + _ESCAPES + "1")
    return found


def measure(command: Sequence[str], prompt: str) -> tuple[float, float]:
    """Return the seconds to the first prompt and to the answer of the first line."""
    environment = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": os.getcwd()}
    # The terminal here answers no questions about its cursor; prompt_toolkit need not wait for one.
    environment["PROMPT_TOOLKIT_NO_CPR"] = "1"
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = os.path.join(os.environ["HOME"], "bytecode")
    started = time.perf_counter()
    child = pexpect.spawn(command[0], list(command[1:]), env=environment, timeout=30, dimensions=(40, 80))
    child.expect(prompt)
    prompted = time.perf_counter()
    # The number is read back split, so that the echo of the line cannot be taken for the answer.
    child.send("20000 + 345\r")
    child.expect(r"20345")
    answered = time.perf_counter()
    child.close(force=True)
    return prompted - started, answered - started


def main() -> int:
    """Measure every shell in turn, round by round, and print one table."""
    found = shells()
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in found}
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        for command, prompt in found.values():
            measure(command, prompt)
        for _ in range(ROUNDS):
            for name, (command, prompt) in found.items():
                times[name].append(measure(command, prompt))
    medians = {name: [statistics.median(column) * 1000 for column in zip(*rows, strict=True)] for name, rows in times.items()}
    print(f"{'shell':10}{'first prompt':>15}{'pyex to it':>13}{'first answer':>15}{'pyex to it':>13}")
    for name, (prompted, answered) in medians.items():
        to_prompt, to_answer = medians["pyex"][0] / prompted, medians["pyex"][1] / answered
        print(f"{name:10}{prompted:>12.0f} ms{to_prompt:>12.2f}x{answered:>12.0f} ms{to_answer:>12.2f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
