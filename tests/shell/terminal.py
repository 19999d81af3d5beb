"""A real terminal with pyex in it: keys go in, and the screen is what a person sees."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
"""The seconds to wait for something to appear before a test gives up."""

KEYS = {"enter": "\r", "tab": "\t", "ctrl-c": "\x03", "ctrl-d": "\x04", "up": "\x1b[A", "down": "\x1b[B"}


class Terminal:
    """pyex on a screen of 80 columns and 40 rows, its home folder `home`."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.screen = pyte.Screen(80, 40)
        self._stream = pyte.ByteStream(self.screen)
        environment = {
            **os.environ,
            "HOME": str(home),
            "XDG_STATE_HOME": str(home / "state"),
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            # The screen answers no questions about its cursor.
            "PROMPT_TOOLKIT_NO_CPR": "1",
        }
        command = [sys.executable, "-m", "pyex", *arguments]
        self._child = pexpect.spawn(
            command[0], command[1:], env=environment, cwd=str(home), dimensions=(40, 80), timeout=PATIENCE
        )
        self._child.delaybeforesend = None

    def text(self) -> str:
        """Return the screen's text, without blanks at the ends of lines and empty lines at its end."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def last_line(self) -> str:
        """Return the lowest line with text."""
        return self.text().rpartition("\n")[2]

    def press(self, *keys: str) -> None:
        """Press keys by name, or type text."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def enter(self, line: str) -> None:
        """Type a line and press Enter."""
        self.press(line, "enter")

    def wait(self, condition: str | Callable[[], bool]) -> str:
        """Read what comes until the screen shows a text or a condition holds; returns the screen."""
        holds = (lambda: condition in self.text()) if isinstance(condition, str) else condition
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"waited in vain for {condition!r}; the screen:\n{self.text()}"
            try:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                assert holds(), f"pyex has ended; the screen:\n{self.text()}"
        return self.text()

    def wait_prompt(self, number: int, prefix: str = "iex") -> str:
        """Wait until the prompt of that number stands on the lowest line."""
        return self.wait(lambda: self.last_line().startswith(f"{prefix}({number})>"))

    def status(self) -> int | None:
        """Wait for pyex to end; returns its exit status."""
        self._child.expect(pexpect.EOF)
        self._stream.feed(self._child.before or b"")
        self._child.close()
        ended: int | None = self._child.exitstatus
        return ended

    def close(self) -> None:
        """End pyex however it stands."""
        self._child.close(force=True)
