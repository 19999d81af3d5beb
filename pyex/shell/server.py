"""The server of a shell: counts prompts, hands lines to the evaluator, and starts a new one when it dies.

It knows nothing of terminals. A face (`console`, `plain`, `driver`) shows `prompt`, gives lines to `enter`, and
prints what `sink` receives; between two lines it lets the scheduler run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from pyex import runtime
from pyex.code.evaluation import Output
from pyex.otp import log
from pyex.runtime import halting
from pyex.shell import prompts, render
from pyex.shell.configuration import Configuration
from pyex.shell.device import Device, Question, Sink, Stream
from pyex.shell.evaluator import BREAK, Entry, Evaluator, Reported
from pyex.terms.atoms import atom

if TYPE_CHECKING:
    from types import FrameType

    from pyex.compiler.diagnostics import Diagnostic

PREFIX = "iex"

SETTLING = 0.25
"""How long, in seconds, processes that are ready may run before the next line is taken, as they would beside a person.

Only one that does not come to rest takes it all. The first crash of a session takes a third: what tells of it is read then.
"""


def _wake_up() -> None:
    """Do nothing: a timer that calls this makes the scheduler look at the time."""


class Server:
    """One shell. `counter` is the number of the prompt; `halted` the exit status once the shell has ended."""

    def __init__(self, configuration: Configuration, sink: Sink) -> None:
        self.configuration = configuration
        self.sink = sink
        self.counter = 1
        self.buffer = ""
        self.questions: deque[Question] = deque()
        self.halted: int | None = None
        self.device = Device(self)
        halting.handlers.append(self.halt)
        self._entry: Entry | None = None
        self._before: tuple[Callable[[Diagnostic], None], Callable[[str], None]] | None = None
        self.evaluator = Evaluator(self)

    def print(self, text: str, stream: Stream = "stdout") -> None:
        """Print a line of the shell's own."""
        self.sink(text + "\n", stream)

    def print_diagnostic(self, diagnostic: Diagnostic) -> None:
        """Print what the compiler has to say about code, typed or in a file."""
        from pyex.compiler.messages import render as render_diagnostic

        settings = self.configuration
        text = render_diagnostic(diagnostic, style=settings.messages, color=settings.colors_enabled)
        text = text.rstrip("\n")
        if not text:
            return
        self.print(text if settings.messages == "1.1" else text + "\n", "stderr")

    def connect(self) -> None:
        """Have diagnostics of files and the logger's lines printed here, until the shell ends."""
        self._before = (Output.listener, log.Console.write)
        Output.listener = self.print_diagnostic
        log.Console.write = self.sink_log
        log.Console.colors = self.configuration.colors_enabled

    def sink_log(self, text: str) -> None:
        """Print a text of the logger."""
        self.sink(text, "stdout")

    @property
    def prompt(self) -> str:
        """Return what stands before the line that is wanted: a process's question, or the shell's own prompt."""
        if self.questions:
            return self.questions[0].prompt
        pattern = self.configuration.prompt(continuation=bool(self.buffer))
        return prompts.render_prompt(pattern, "..." if self.buffer else PREFIX, self.counter)

    @property
    def asks(self) -> bool:
        """Tell whether the next line answers a process that reads."""
        return bool(self.questions)

    def enter(self, line: str, timeout: float | None = None) -> None:
        """Take one line, without its newline, and return when the next one is wanted, or after `timeout` seconds."""
        if self.questions:
            self.questions.popleft().answer(line + "\n")
        else:
            self._entry = self.evaluator.submit(Entry(self.buffer + line + "\n", self.counter))
        self.settle(timeout)

    def wants_more(self, text: str) -> bool:
        """Tell whether the last of the expressions in a text is not whole yet."""
        from pyex.syntax import Incomplete, parse_prompt
        from pyex.terms.errors import ElixirError

        pending = self.buffer
        for line in text.split("\n"):
            pending += line + "\n"
            try:
                if line == BREAK or not isinstance(parse_prompt(pending), Incomplete):
                    pending = ""
            except ElixirError:
                pending = ""
        return bool(pending)

    def settle(self, timeout: float | None = None) -> None:
        """Run the processes until the line that was entered is done with, or a process asks for another."""
        settled = self._is_settled
        if timeout is not None:
            clock = runtime.scheduler.clock
            deadline = clock.now() + timeout
            runtime.scheduler.at(timeout, _wake_up)
            runtime.run(until=lambda: settled() or clock.now() >= deadline)
        else:
            runtime.run(until=settled, patient=True)
        self.check()

    @property
    def is_busy(self) -> bool:
        """Tell whether a line that was entered is still being evaluated, and asks for nothing."""
        return self._entry is not None and not self.questions and self.halted is None

    def _is_settled(self) -> bool:
        entry = self._entry
        done = entry is None or not entry.is_open or not self.evaluator.alive
        return done or bool(self.questions) or self.halted is not None

    def check(self) -> bool:
        """Note what the last entry came to, and start a new evaluator if the old one died; tell whether it did."""
        entry = self._entry
        if entry is not None and not entry.is_open:
            self._entry = None
            if entry.display:
                self.buffer = entry.text if entry.status == "incomplete" else ""
                self.counter += entry.status == "value"
        if self.evaluator.alive or self.halted is not None:
            return False
        self._restart()
        return True

    def _restart(self) -> None:
        from pyex.terms.exit_reasons import format_exit

        old = self.evaluator
        self._entry = None
        self.buffer = ""
        if not old.respawned:
            reason = format_exit(runtime.exit_reason(old.pid))
            text = f"** (EXIT from {old.pid!r}) shell process exited with reason: {reason}"
            self.print(render.info(text, self.configuration, "eval_error"))
        self.print("\n" + prompts.SHELL_LINE)
        self.evaluator = Evaluator(self)

    @property
    def open_entry(self) -> Entry | None:
        """What was entered and is not done with."""
        return self._entry

    def stop_at(self, stop: Evaluator) -> None:
        """Let a process that stopped at a break point answer what is typed, and what was typed before it count as done."""
        if self._entry is not None and self._entry.is_open:
            self._entry.status = "value"
        self.evaluator = stop

    def interrupt(self, frame: FrameType | None = None) -> None:
        """Break off what is being evaluated, or drop the lines typed so far. A signal's handler says where it came."""
        if self.evaluator.busy:
            self.evaluator.interrupt(frame)
        self.buffer = ""

    def end_of_input(self) -> None:
        """Tell the processes that read that there is nothing more to read."""
        while self.questions:
            self.questions.popleft().answer(None)
            self.settle()

    def close(self) -> None:
        """End the evaluator, and with it the processes linked to it."""
        runtime.exit_signal(self.evaluator.pid, atom.kill)
        if self._before is not None and log.Console.write == self.sink_log:
            Output.listener, log.Console.write = self._before
        if self.halt in halting.handlers:
            halting.handlers.remove(self.halt)

    def halt(self, status: int = 0) -> None:
        """End the shell."""
        self.halted = status
        runtime.scheduler.heed()

    def evaluate_file(self, path: str, text: str) -> bool:
        """Evaluate a file's text in the shell's context, as the dot file is; tells whether all went well."""
        entry = self._entry = self.evaluator.submit(Entry(text, 1, file=path, display=False))
        self.settle()
        return entry.status == "value"

    def run_process(self, task: Callable[[], None]) -> bool:
        """Run a task in a process of its own and wait for it; an error is printed. Tells whether it failed."""
        failures: list[str] = []

        def body() -> None:
            try:
                task()
            except Reported as reported:
                failures.append(reported.text)
            except Exception as error:
                failures.append(render.failure(error, self.configuration, wide=True))

        pid = runtime.spawn(body, (), group_leader=self.device)
        runtime.run(until=lambda: not runtime.is_alive(pid) or self.halted is not None, patient=True)
        for text in failures:
            self.print(text, "stderr")
        return bool(failures)
