"""A real iex behind the driver protocol of a replay, for differential tests.

The command comes from the variable PYEX_ORACLE (a program that runs `iex` of Elixir 1.18 in the current folder when it is
given `iex` as its argument), or is the `iex` found on the PATH. Where there is none, the tests that need it are skipped.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
import time
from collections.abc import Sequence

from pyex.transcript.driver import Reply, StepTimeout

_PROMPT = re.compile(r"(?:^|\n)(?P<prompt>(?:iex|\.\.\.|pry|dbg)\([^()\n]*\)\d*> )\Z")
_QUIET = 0.15


def command() -> list[str] | None:
    """Return the command that starts iex, or None on a machine without one."""
    oracle = os.environ.get("PYEX_ORACLE")
    if oracle:
        return [oracle, "iex"]
    iex = shutil.which("iex")
    return [iex] if iex else None


class OracleDriver:
    """An iex that reads a pipe. It echoes nothing, so what it prints is the prompt's line and the output."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._text = ""

    def start(self, directory: str, messages: str, arguments: Sequence[str], timeout: float) -> Reply:
        found = command()
        assert found is not None, "there is no iex on this machine"
        self._process = subprocess.Popen(
            [*found, *arguments],
            cwd=directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_COLOR": "1", "ELIXIR_ERL_OPTIONS": "-elixir ansi_enabled false"},
        )
        return self._reply(max(timeout, 30))

    def enter(self, line: str, timeout: float) -> Reply:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()
        return self._reply(timeout)

    def idle(self, seconds: float) -> Reply:
        self._read(seconds)
        text, self._text = self._text, ""
        return Reply(text, "")

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def _reply(self, timeout: float) -> Reply:
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            more = self._read(_QUIET)
            found = _PROMPT.search(self._text)
            if more is None or (found and not more):
                output = self._text[: found.start("prompt")] if found else self._text
                self._text = ""
                return Reply(output, found["prompt"] if found else "", alive=more is not None)
        output, self._text = self._text, ""
        raise StepTimeout(Reply(output, "", alive=False))

    def _read(self, seconds: float) -> bool | None:
        """Read what comes within a time; None once iex has ended."""
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        ready, _, _ = select.select([descriptor], [], [], seconds)
        if not ready:
            return False
        data = os.read(descriptor, 65536)
        self._text += data.decode("utf-8", "replace")
        return True if data else None
