"""The shell as a replay drives it: `transcript.driver`'s protocol on a shell in this process."""

from __future__ import annotations

import os
from collections.abc import Sequence

from pyex.shell.configuration import Configuration
from pyex.shell.session import Session
from pyex.shell.start import prepare
from pyex.transcript.driver import Reply, StepTimeout


class Driver:
    """One shell after the other in one folder; see `transcript.driver.Driver`."""

    def __init__(self) -> None:
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """Return the shell that was started."""
        if self._session is None:
            raise RuntimeError("the shell has not been started")
        return self._session

    def start(self, directory: str, messages: str, arguments: Sequence[str], timeout: float) -> Reply:
        """Start a shell in a folder; returns the banner with the first prompt."""
        from pyex.shell.options import parse
        from pyex.shell.script import Failed

        os.chdir(directory)
        options = parse(["--dot-iex", "", *arguments])
        self._session = Session(Configuration(messages=messages))
        with self.session.capturing():
            try:
                prepare(self.session.server, options)
            except Failed:
                self.session.server.halt(1)
        return self._reply()

    def enter(self, line: str, timeout: float) -> Reply:
        """Type one line. Raises StepTimeout."""
        answered = self.session.enter(line, timeout)
        reply = self._reply()
        if not answered:
            raise StepTimeout(reply)
        return reply

    def idle(self, seconds: float) -> Reply:
        """Let processes run for so long."""
        self.session.idle(seconds)
        return self._reply()

    def close(self) -> None:
        """End the shell."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _reply(self) -> Reply:
        server = self.session.server
        return Reply(self.session.printed(), server.prompt, server.halted is None)
