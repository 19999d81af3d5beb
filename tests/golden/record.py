"""Records golden sessions: types an input file to a real iex and keeps what it printed.

    IEX="command that starts iex" python -m tests.golden.record NAME...

Lines go through a pipe, one after the other as the prompt asks for them, so nothing is echoed and nothing is wrapped:
each typed line is put behind its prompt here, and what came behind a prompt before it. Without a terminal iex is 80 columns wide and uses no colours.
"""

from __future__ import annotations

import os
import re
import select
import shlex
import subprocess
import sys
import tempfile
import time

from tests.golden.script import FOLDER, Action, read

PROMPT = re.compile(r"^(?:iex|\.\.\.|pry)(?:\([^()\n]*\)\d*)?> ", re.MULTILINE)
QUIET = 0.3
"""How long a shell that has prompted must be silent before the next line is typed, in seconds."""


class _Recording:
    """A running iex and what it has printed."""

    def __init__(self, command: list[str], folder: str) -> None:
        self.folder = folder
        self.text = ""
        self.typed = 0
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self._wait(60)

    def play(self, action: Action) -> None:
        """Type a line, or do what stands between the lines."""
        if action.kind in ("type", "answer"):
            assert self.process.stdin is not None
            self.text += action.text + "\n"
            self.typed = len(self.text)
            self.process.stdin.write(action.text.encode() + b"\n")
            self.process.stdin.flush()
            self._wait(20)
        elif action.kind == "file":
            path = os.path.join(self.folder, action.text)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(action.body)
        elif action.kind == "sleep":
            self._read_until(time.monotonic() + float(action.text))
            self._prompt_last()
        else:
            raise SystemExit(f"a recording does not know #! {action.kind}")

    def _wait(self, limit: float) -> None:
        end = time.monotonic() + limit
        while time.monotonic() < end:
            silent = not self._read_until(time.monotonic() + QUIET)
            if self.process.poll() is not None or (silent and PROMPT.search(self.text, self.typed)):
                self._prompt_last()
                return
        print(f"no prompt after {limit:g} s: {self.text[-80:]!r}", file=sys.stderr)

    def _prompt_last(self) -> None:
        """Put the prompt below what was printed after it, as a terminal does."""
        prompts = list(PROMPT.finditer(self.text, self.typed))
        if prompts:
            last = prompts[-1]
            self.text = self.text[: last.start()] + self.text[last.end() :] + last[0]

    def _read_until(self, end: float) -> bool:
        assert self.process.stdout is not None
        before = len(self.text)
        stream = self.process.stdout.fileno()
        while (left := end - time.monotonic()) > 0:
            if not select.select([stream], [], [], left)[0]:
                break
            data = os.read(stream, 65536)
            if not data:
                break
            self.text += data.decode("utf-8", "replace")
        return len(self.text) > before


def record(name: str, command: list[str]) -> str:
    """Return what a real iex prints for an input file."""
    with tempfile.TemporaryDirectory() as folder:
        recording = _Recording(command, folder)
        try:
            for action in read(name).actions:
                recording.play(action)
        finally:
            recording.process.kill()
    return recording.text + "\n"


def main(names: list[str]) -> None:
    """Record the sessions named."""
    command = shlex.split(os.environ.get("IEX", "iex"))
    for name in names:
        text = record(name, command)
        with open(os.path.join(FOLDER, "sessions", name + ".iex"), "w", encoding="utf-8") as file:
            file.write(text)
        print(f"{name}: {text.count(chr(10))} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
