"""A session typed to a shell, step by step."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyex.transcript import prompts
from pyex.transcript.compare import Comparison, Verdict
from pyex.transcript.driver import Driver, Reply, StepTimeout
from pyex.transcript.session import Launch, SavedFile, Session, Step

TIMEOUT: Final = 10.0
PATIENCE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one step. `note` says why a step differs where its output does not."""

    step: Step
    actual: str
    verdict: Verdict
    note: str = ""


class Replay:
    """One session in a scratch project of its own.

    `messages` sets the message style; without it the banner of the transcript does. A step's output may come late, from
    a timer or another process: up to `patience` seconds are waited for lines that the transcript shows.
    """

    def __init__(
        self,
        driver: Driver,
        *,
        messages: str | None = None,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
        comparison: Comparison | None = None,
    ) -> None:
        self._driver = driver
        self._messages = messages
        self._timeout = timeout
        self._patience = patience
        self._comparison = comparison or Comparison()
        self._directory = ""
        self._running = False
        self._style = "1.18"
        self._arguments: Sequence[str] = ()

    def run(self, session: Session) -> Iterator[Result]:
        """Replay a session and hand out the result of each step as it comes."""
        self._style = self._messages or _style(session)
        with tempfile.TemporaryDirectory(prefix="pyex-replay-") as scratch:
            self._directory = os.path.join(scratch, "session")
            os.mkdir(self._directory)
            try:
                for part in session.parts:
                    if isinstance(part, SavedFile):
                        save(self._directory, part)
                    elif isinstance(part, Launch):
                        self._launch(part)
                    elif isinstance(part, Step):
                        yield self._step(part)
            finally:
                self._stop()

    def _launch(self, launch: Launch) -> None:
        self._stop()
        self._style = self._messages or launch.messages or self._style
        self._arguments = launch.arguments

    def _start(self) -> None:
        arguments = self._arguments
        if not os.path.exists(os.path.join(self._directory, "mix.exs")):
            arguments = ()
        self._driver.start(self._directory, self._style, arguments, self._timeout)
        self._running = True

    def _stop(self) -> None:
        if self._running:
            self._running = False
            self._driver.close()

    def _step(self, step: Step) -> Result:
        if not self._running:
            self._start()
        typed = _Typed(self._driver, step, self._timeout)
        try:
            reply = typed.enter()
        except StepTimeout as timeout:
            typed.output.append(timeout.reply.output)
            if not timeout.reply.alive:
                self._stop()
            return Result(step, typed.actual, "differs", f"no prompt after {self._timeout:g} s")
        if reply.alive:
            self._wait(typed)
        else:
            self._stop()
        verdict = self._comparison.judge(step.expected, typed.actual)
        return Result(step, typed.actual, verdict, typed.note if verdict == "differs" else "")

    def _wait(self, typed: _Typed) -> None:
        """Let processes run while the transcript shows more than has been printed."""
        end = time.monotonic() + self._patience
        expected = typed.step.expected
        while time.monotonic() < end and not self._comparison.is_same(expected, typed.actual):
            if _height(typed.actual) >= _height(expected):
                return
            typed.output.append(self._driver.idle(0.05).output)


@dataclass(slots=True)
class _Typed:
    """A step on its way: its lines go in one by one, and the questions of processes are answered as the transcript does."""

    driver: Driver
    step: Step
    timeout: float
    output: list[str]
    note: str

    def __init__(self, driver: Driver, step: Step, timeout: float) -> None:
        self.driver = driver
        self.step = step
        self.timeout = timeout
        self.output = []
        self.note = ""

    @property
    def actual(self) -> str:
        return "".join(self.output)

    def enter(self) -> Reply:
        """Type the whole step. Raises StepTimeout."""
        reply = Reply("", "")
        for line in self.step.input.split("\n"):
            reply = self._line(line)
            if not reply.alive:
                return reply
        answered = 0
        while reply.alive and reply.prompt and prompts.match_prompt(reply.prompt) is None:
            answer, answered = self._answer(reply.prompt, answered)
            self.output.append(f"{reply.prompt}{answer}\n")
            reply = self._line(answer)
        prompt = prompts.match_prompt(reply.prompt)
        if reply.alive and prompt is not None and prompt.continues:
            self.note = "the shell waits for the rest of the expression"
            reply = self._line("#iex:break")
        return reply

    def _line(self, line: str) -> Reply:
        reply = self.driver.enter(line, self.timeout)
        self.output.append(reply.output)
        return reply

    def _answer(self, question: str, start: int) -> tuple[str, int]:
        """Return what the transcript shows behind a process's question, and where to look for the next."""
        lines = self.step.expected.split("\n")
        for index in range(start, len(lines)):
            if lines[index].startswith(question.rstrip()):
                return lines[index][len(question.rstrip()) :].removeprefix(" "), index + 1
        return "", len(lines)


def save(directory: str, part: SavedFile) -> None:
    """Write a file of a lesson.

    A file written twice within a second is given a later time, since that is what tells Python's caches of a change.
    """
    path = os.path.join(directory, part.path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    before = int(os.stat(path).st_mtime) if os.path.exists(path) else 0
    with open(path, "w", encoding="utf-8") as file:
        file.write(part.text)
    if int(os.stat(path).st_mtime) <= before:
        os.utime(path, (before + 1, before + 1))


def _style(session: Session) -> str:
    styles = [part.messages for part in session.parts if isinstance(part, Launch) and part.messages]
    return styles[0] if styles else "1.18"


def _height(text: str) -> int:
    return len([line for line in text.split("\n") if line.strip()])
