"""Replays golden sessions and prints how their steps compare.

    python -m tests.golden.check [--diff] [--write] [NAME...]

`--diff` shows each step that differs. `--write` stores the steps that differ now in known.json, which is what the test
compares with; a step that stands there has its reason in docs/differences.md.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter

from pyex.shell.driver import Driver
from pyex.transcript.compare import diff
from pyex.transcript.inferior import Inferior
from tests.golden.replayed import Outcome, outcomes
from tests.golden.script import FOLDER, names, read

KNOWN = os.path.join(FOLDER, "known.json")


def known() -> dict[str, list[str]]:
    """Return the steps that are known to differ, by session."""
    if not os.path.exists(KNOWN):
        return {}
    with open(KNOWN, encoding="utf-8") as file:
        stored: dict[str, list[str]] = json.load(file)
    return stored


def key(outcome: Outcome) -> str:
    """Return what a step is known by: its place and its first line."""
    return f"{outcome.number}: {outcome.typed.splitlines()[0] if outcome.typed else ''}"


def main(arguments: list[str]) -> None:
    """Replay the sessions named, or all."""
    wanted = [argument for argument in arguments if not argument.startswith("--")]
    stored = known()
    total: Counter[str] = Counter()
    for name in names():
        script = read(name)
        if script.by_keys or (wanted and not any(name.startswith(prefix) for prefix in wanted)):
            continue
        counts: Counter[str] = Counter()
        differing = []
        for outcome in outcomes(script, Inferior(Driver)):
            counts[outcome.verdict] += 1
            if outcome.verdict == "differs":
                differing.append(key(outcome))
                if "--diff" in arguments:
                    print(f"  --- {name} {key(outcome)}")
                    print("\n".join(f"      {line}" for line in diff(outcome.expected, outcome.actual)))
        stored[name] = differing
        total += counts
        print(f"{name:28} {dict(counts)}", flush=True)
    print(f"{'all':28} {dict(total)}")
    if "--write" in arguments:
        with open(KNOWN, "w", encoding="utf-8") as file:
            json.dump({name: steps for name, steps in sorted(stored.items()) if steps}, file, indent=1, ensure_ascii=False)
            file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1:])
