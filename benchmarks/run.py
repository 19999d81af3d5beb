"""Runs every benchmark of this folder, each in an interpreter of its own, and prints their lines under their names.

    python benchmarks/run.py [NAME...]

One after the other, so that they do not disturb each other. Compare the ratios of one run; times of two runs say as
much about the machine as about pyex. A real iex takes part where the variable PYEX_ORACLE names one.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))


def names() -> list[str]:
    """Return the benchmarks there are."""
    return sorted(name[:-3] for name in os.listdir(FOLDER) if name.endswith(".py") and name != "run.py")


def run(name: str) -> bool:
    """Run one benchmark; tells whether it came to its end."""
    path = os.path.join(FOLDER, name + ".py")
    with open(path, encoding="utf-8") as file:
        title = file.readline().strip().strip('"')
    print(f"\n{name}: {title}", flush=True)
    environment = {**os.environ, "PYTHONPATH": os.path.dirname(FOLDER)}
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    for line in process.stdout:
        print(f"  {line.rstrip()}", flush=True)
    ended = process.wait() == 0
    print(f"  ({time.monotonic() - started:.1f} s{'' if ended else ', failed'})", flush=True)
    return ended


def main(arguments: list[str]) -> int:
    """Run the benchmarks named, or all; returns 1 if one failed."""
    print(f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores")
    results = [run(name) for name in names() if not arguments or name in arguments]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
