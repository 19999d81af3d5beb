"""A driver in a process of its own.

Every shell of a replay starts from a fresh interpreter state, a step that hangs where no signal reaches it (in C) can be
ended, and a shell that dies takes nothing with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any, Final

from pyex.transcript.driver import Driver, DriverFactory, Reply, StepTimeout

_GRACE: Final = 2.0
_START: Final = 30.0


class Inferior:
    """A `Driver` that hands every call to one in a forked process."""

    def __init__(self, factory: DriverFactory) -> None:
        self._factory = factory
        self._process: Any = None
        self._connection: Connection | None = None

    def start(self, directory: str, messages: str, arguments: Sequence[str], timeout: float) -> Reply:
        """Start the process and its shell."""
        context = multiprocessing.get_context("fork")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(self._factory, theirs), daemon=True)
        self._process.start()
        theirs.close()
        return self._ask("start", directory, messages, tuple(arguments), timeout, limit=max(timeout, _START))

    def enter(self, line: str, timeout: float) -> Reply:
        """Type a line."""
        return self._ask("enter", line, timeout, limit=timeout + _GRACE)

    def idle(self, seconds: float) -> Reply:
        """Let the processes run."""
        return self._ask("idle", seconds, limit=seconds + _GRACE)

    def close(self) -> None:
        """End the process; one that does not leave by itself is killed."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.send(("close",))
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.join(_GRACE)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process = None

    def _ask(self, *request: Any, limit: float) -> Reply:
        assert self._connection is not None, "the shell has not been started"
        end = time.monotonic() + limit
        try:
            self._connection.send(request)
            answered = self._connection.poll(max(0.0, end - time.monotonic()))
            kind, value = self._connection.recv() if answered else ("gone", "")
        except (EOFError, OSError):
            return Reply("", "", alive=False)
        if kind == "reply":
            return Reply(*value)
        if kind == "timeout":
            raise StepTimeout(Reply(*value))
        if kind == "failure":
            return Reply(value, "", alive=False)
        self._process.kill()
        raise StepTimeout(Reply("", "", alive=False))


def _serve(factory: DriverFactory, connection: Connection) -> None:
    # Ctrl-C is for the replay, which ends its shells itself; the terminal's input is not the shell's.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    driver = factory()
    while True:
        try:
            name, *arguments = connection.recv()
        except (EOFError, OSError):
            return
        if name == "close":
            driver.close()
            return
        connection.send(_call(driver, name, arguments))


def _call(driver: Driver, name: str, arguments: list[Any]) -> tuple[str, Any]:
    try:
        reply = getattr(driver, name)(*arguments)
    except StepTimeout as timeout:
        return "timeout", _plain(timeout.reply)
    except Exception:
        # A fault of the shell itself: the step shows it, and the session goes on with another shell.
        import traceback

        return "failure", traceback.format_exc()
    return "reply", _plain(reply)


def _plain(reply: Reply) -> tuple[str, str, bool]:
    return (reply.output, reply.prompt, reply.alive)
