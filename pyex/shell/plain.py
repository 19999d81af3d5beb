"""The face of a shell without a terminal: lines from a pipe or a file, no echo, no editing.

As with iex, output follows the prompt on its line, and the prompt that the end of the input meets is not shown.
"""

from __future__ import annotations

import os
import select
import sys

from pyex import runtime
from pyex.shell.server import SETTLING, Server


class Lines:
    """The lines of a file descriptor, with a way to ask whether one is there already."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._buffer = b""
        self._ended = False

    def ready(self, timeout: float | None = 0) -> bool:
        """Tell whether `read` would return at once; waits for it up to `timeout` seconds (None: for ever)."""
        while b"\n" not in self._buffer and not self._ended:
            found, _, _ = select.select([self.descriptor], [], [], timeout)
            if not found:
                return False
            self._fill()
        return True

    def read(self) -> str | None:
        """Return the next line without its end, or None at the end of the input."""
        while b"\n" not in self._buffer and not self._ended:
            self._fill()
        if not self._buffer:
            return None
        line, _, self._buffer = self._buffer.partition(b"\n")
        line = line.removesuffix(b"\r")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            # As iex does: bytes that are no UTF-8 are the characters of those numbers.
            return line.decode("latin-1")

    def _fill(self) -> None:
        data = os.read(self.descriptor, 1 << 16)
        self._ended = not data
        self._buffer += data


def run(server: Server, lines: Lines) -> int:
    """Feed the shell to the end of its input; returns the exit status."""
    while server.halted is None:
        shown = _wait(server, lines)
        if server.halted is not None:
            break
        line = lines.read()
        if line is None:
            if server.asks and not shown:
                _show(server.prompt)
            server.end_of_input()
            break
        if not shown:
            _show(server.prompt)
        server.enter(line)
    sys.stdout.flush()
    return server.halted or 0


def _show(prompt: str) -> None:
    sys.stdout.write(prompt)
    sys.stdout.flush()


def _wait(server: Server, lines: Lines) -> bool:
    """Run the processes until a line can be read; tells whether the prompt had to be shown meanwhile."""
    runtime.run_ready(SETTLING)
    server.check()
    if lines.ready():
        return False
    _show(server.prompt)
    while server.halted is None and not lines.ready():
        busy = runtime.run_ready()
        if server.check():
            _show(server.prompt)
        lines.ready(0 if busy else runtime.seconds_to_next_timer())
    return True
