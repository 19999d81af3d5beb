"""What a replay needs of a shell: to start one in a folder, to type a line, to wait, to read what was printed.

`pyex.shell.driver.Driver` is pyex's own shell; the tests drive a real iex through the same protocol. A replay makes one
driver a session, in a process of its own, so a driver may keep the interpreter's global state to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reply:
    """What the terminal shows after a line: the text above the new prompt, and that prompt.

    `output` is everything printed since the reply before it, by whichever process, with its newlines, as a terminal of
    80 columns without colours shows it; the typed line and the prompt are not in it. `prompt` is what waits for the next
    line: `iex(2)> `, `...(2)> `, or the question of a process that reads (`IO.gets`). `alive` is false once the shell has
    ended (`System.halt`).
    """

    output: str
    prompt: str
    alive: bool = True


class StepTimeout(Exception):
    """A line was not answered in time. The evaluation has been broken off; the shell takes the next line.

    `reply` holds what was printed until then, and the prompt that is shown now.
    """

    def __init__(self, reply: Reply) -> None:
        super().__init__("no prompt in time")
        self.reply = reply


class Driver(Protocol):
    """A shell that is typed to. The calls come in the order start, enter or idle any number of times, close.

    `start` may come again after `close`: a lesson that leaves its shell and starts another one in the same folder.
    """

    def start(self, directory: str, messages: str, arguments: Sequence[str], timeout: float) -> Reply:
        """Start a shell in a folder, and return the banner with the first prompt.

        `messages` is the message style ("1.18" or "1.1"); `arguments` are those of the command line, as
        `("-S", "mix")`. No dot file is read.
        """

    def enter(self, line: str, timeout: float) -> Reply:
        """Type one line (without its newline), and return once a prompt waits for the next.

        Processes that are ready run before the call returns, so that what a message makes a server print belongs to the
        line that sent it. Raises StepTimeout after `timeout` seconds.
        """

    def idle(self, seconds: float) -> Reply:
        """Let processes and timers run for so long, as at a prompt where nobody types, and return what they printed."""

    def close(self) -> None:
        """End the shell and its processes."""


DriverFactory = Callable[[], Driver]
