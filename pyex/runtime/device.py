"""IO devices: where a process's output goes, and where it reads from.

A process's group leader is a device (an object with `write` and `read_line`), or the pid of a process that speaks
Erlang's IO protocol; without one, Python's standard streams serve.
"""

from __future__ import annotations

import sys
from typing import Any, Final, Literal, Protocol

from pyex.runtime.system import scheduler

Stream = Literal["stdout", "stderr"]


class Device(Protocol):
    """What a group leader does."""

    def write(self, written: str | bytes, stream: Stream = "stdout") -> None:
        """Write text."""

    def read_line(self, prompt: str) -> str | None:
        """Return the next line with its newline, or None at the end; the running process waits for it."""


class StandardStreams:
    """Python's own stdin, stdout and stderr."""

    def write(self, written: str | bytes, stream: Stream = "stdout") -> None:
        """Write text to stdout or stderr."""
        target = sys.stderr if stream == "stderr" else sys.stdout
        target.write(written if isinstance(written, str) else written.decode("latin-1"))
        target.flush()

    def read_line(self, prompt: str) -> str | None:
        """Read a line from stdin."""
        if prompt:
            self.write(prompt)
        return sys.stdin.readline() or None


errors_to: Any = None
"""The pid of a device that takes what is written to the standard error meanwhile, or None."""

STANDARD: Final = StandardStreams()
"""The device of a program that has no shell."""


def group_leader() -> Any:
    """Return the device of the running process."""
    process = scheduler.current
    leader = process.group_leader if process is not None else None
    return leader if leader is not None else STANDARD
