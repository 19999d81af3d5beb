"""A shell without a face: lines go in, and all that was printed comes back as text.

What drives the shell in replays and in tests; the same server, evaluator and renderer as on a terminal.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Iterator

from pyex import runtime
from pyex.shell.configuration import Configuration
from pyex.shell.device import Stream
from pyex.shell.server import SETTLING, Server
from pyex.terms import atom_order


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
        atom_order.start_afresh()
        self._printed: list[str] = []
        self._stdout = Collected(self)
        self.server = Server(configuration or Configuration(), self.take)
        self.server.connect()

    def take(self, text: str, stream: Stream = "stdout") -> None:
        """Note what is printed; both streams meet on a terminal."""
        self._printed.append(text)

    def printed(self) -> str:
        """Return what was printed since the last call."""
        text, self._printed = "".join(self._printed), []
        return text

    @contextlib.contextmanager
    def capturing(self) -> Iterator[None]:
        """Collect what Python code prints as well."""
        with contextlib.redirect_stdout(self._stdout), contextlib.redirect_stderr(self._stdout):
            yield

    def enter(self, line: str, timeout: float | None = None) -> bool:
        """Give the shell one line and let the processes come to rest; tells whether it was answered in time."""
        with self.capturing():
            self.server.enter(line, timeout)
            answered = not self.server.is_busy
            if not answered:
                self.server.interrupt()
                self.server.settle(timeout=1)
            self.rest(SETTLING)
        return answered

    def rest(self, seconds: float) -> None:
        """Let processes that are ready run, so that what they print stands before the next prompt."""
        end = time.monotonic() + seconds
        while runtime.run_ready(seconds) and time.monotonic() < end:
            pass
        self.server.check()

    def idle(self, seconds: float) -> None:
        """Let processes and timers run for so long."""
        end = time.monotonic() + seconds
        with self.capturing():
            runtime.scheduler.at(seconds, lambda: None)
            runtime.run(until=lambda: time.monotonic() >= end)
            self.server.check()

    def close(self) -> None:
        """End the shell's processes."""
        self.server.close()
