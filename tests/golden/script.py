"""What was typed in a golden session: its lines, and what happened between them.

A line of `inputs/NAME.exs` is typed as it is; empty lines only separate. `#!` begins what the recorder did itself:
`args`, `cwd`, `sh`, `file … end`, `sleep`, `blank` (an empty line is typed), `line` (typed to a process that reads).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

FOLDER = os.path.dirname(os.path.abspath(__file__))
OF_KEYS = frozenset({"key", "type", "snap", "eof", "color"})


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that is done: `type`, `answer` (a line typed to a process), `file`, `sh`, `sleep`, `args`, `cwd`."""

    kind: str
    text: str
    body: str = ""


@dataclass(slots=True)
class Script:
    """A whole input file. `by_keys` tells that it needs a terminal, not lines."""

    name: str
    actions: list[Action] = field(default_factory=list)
    by_keys: bool = False


def names() -> list[str]:
    """Return the names of all golden sessions, in order."""
    return sorted(name.removesuffix(".iex") for name in os.listdir(os.path.join(FOLDER, "sessions")))


def golden(name: str) -> str:
    """Return what iex printed."""
    with open(os.path.join(FOLDER, "sessions", name + ".iex"), encoding="utf-8") as file:
        return file.read()


def read(name: str) -> Script:
    """Return what was typed in a session."""
    script = Script(name)
    with open(os.path.join(FOLDER, "inputs", name + ".exs"), encoding="utf-8") as file:
        lines = iter(file.read().split("\n"))
    answering = False
    for line in lines:
        if not line.startswith("#! "):
            if line.strip():
                script.actions.append(Action("answer" if answering else "type", line))
                answering = False
            continue
        kind, _, text = line[3:].partition(" ")
        if kind in OF_KEYS:
            script.by_keys = True
        elif kind == "file":
            body = []
            for below in lines:
                if below == "#! end":
                    break
                body.append(below)
            script.actions.append(Action("file", text, "\n".join(body) + "\n"))
        elif kind == "line":
            # The recorder did not wait for a prompt below it: a process reads the next line.
            script.actions.append(Action("type", text))
            answering = True
        elif kind == "blank":
            script.actions.append(Action("type", ""))
        elif kind != "settle":
            script.actions.append(Action(kind, text))
    return script
