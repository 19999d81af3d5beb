"""The shell's IO device: where its processes write, and from where they read.

It is what the group leader stands for at the prompt. A process that reads waits until the person (or the
pipe, or a session's script) has given a line; so a read is a `Question` that the server puts before its own prompt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyex import runtime

if TYPE_CHECKING:
    from pyex.shell.server import Server

Stream = Literal["stdout", "stderr"]
Sink = Callable[[str, Stream], None]


@dataclass(slots=True, eq=False)
class Question:
    """A process that waits for a line: its prompt, and how it is woken with the answer (None at the end of input)."""

    prompt: str
    answer: Callable[[str | None], None]


def text_of(written: str | bytes) -> str:
    """Return what is printed of a binary; bytes that are no text print as Latin-1, as on a terminal of iex."""
    return written if isinstance(written, str) else written.decode("latin-1")


class Device:
    """The group leader of a shell's processes."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def write(self, written: str | bytes, stream: Stream = "stdout") -> None:
        """Print text where the shell's face prints."""
        self.server.sink(text_of(written), stream)

    def read_line(self, prompt: str) -> str | None:
        """Return the next line with its newline, or None at the end of the input; the running process waits for it."""
        process = runtime.current()
        answers: list[str | None] = []

        def answer(line: str | None) -> None:
            answers.append(line)
            runtime.scheduler.wake(process)

        question = Question(prompt, answer)
        self.server.questions.append(question)
        runtime.scheduler.heed()
        try:
            while not answers:
                runtime.scheduler.block()
        finally:
            if question in self.server.questions:
                self.server.questions.remove(question)
        return answers[0]
