"""A shell without a face: lines go in, and all that was printed comes back as text.

What drives the shell in replays and in tests; the same server, evaluator and renderer as on a terminal.
"""

from __future__ import annotations

import contextlib
import io
import time
from dataclasses import dataclass

from pyex import runtime
from pyex.code.evaluation import Output
from pyex.shell import prompts
from pyex.shell.configuration import Configuration
from pyex.shell.device import Stream
from pyex.shell.server import Server

SETTLING = 0.05
"""How long, in seconds, processes that still run after an answer may go on before the next line is taken."""


class TimedOut(Exception):
    """A line took longer than it may; what it printed so far is `args[0]`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one line brought: the text printed, the prompt that follows it, and whether the shell goes on."""

    output: str
    prompt: str
    alive: bool


class Collected(io.TextIOBase):
    """Standard output that is collected: what Python code prints is part of the session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def write(self, text: str, /) -> int:
        """Take text."""
        self.session.take(text)
        return len(text)

    def writable(self) -> bool:
        """It can be written."""
        return True


class Session:
    """One shell in this process."""

    def __init__(self, configuration: Configuration | None = None) -> None:
        self._printed: list[str] = []
        self._stdout = Collected(self)
        self.server = Server(configuration or Configuration(), self.take)
        Output.listener = self.server.print_diagnostic

    def take(self, text: str, stream: Stream = "stdout") -> None:
        """Note what is printed; both streams meet on a terminal."""
        self._printed.append(text)

    def printed(self) -> str:
        """Return what was printed since the last call."""
        text, self._printed = "".join(self._printed), []
        return text

    def banner(self) -> str:
        """Return what stands above the first prompt."""
        return f"{prompts.host_line()}\n\n{prompts.SHELL_LINE}\n"

    def enter(self, line: str, timeout: float | None = None) -> Answer:
        """Give the shell one line and let the processes come to rest. Raises TimedOut."""
        with contextlib.redirect_stdout(self._stdout), contextlib.redirect_stderr(self._stdout):
            self.server.enter(line, timeout)
            if self.server.is_busy:
                self.server.interrupt()
                self.server.settle(timeout=1)
                raise TimedOut(self.printed())
            self._settle()
        return Answer(self.printed(), self.server.prompt, self.server.halted is None)

    def _settle(self) -> None:
        """Let processes that are ready run, so that what they print stands before the next prompt."""
        end = time.monotonic() + SETTLING
        while runtime.run_ready(SETTLING) and time.monotonic() < end:
            pass
        self.server.check()

    def close(self) -> None:
        """End the shell's processes."""
        self.server.close()
