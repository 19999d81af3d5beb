"""The process that holds the binding and the environment of a shell, and evaluates what is typed.

It is the process that `self()` is at the prompt. The server hands it one `Entry` at a time, as a message, and reads the
outcome off the entry; when the process dies, its binding and its history die with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from pyex import runtime
from pyex.shell import render
from pyex.shell.history import History
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, PyexBug, Signal, elixir_error

if TYPE_CHECKING:
    from pyex.shell.server import Server

Status = Literal["pending", "value", "incomplete", "error"]

DONT_DISPLAY: Final = atom("do not show this result in output")
BREAK: Final = "#iex:break"


class Interrupted(BaseException):
    """Thrown into the evaluator by Ctrl-C: no code of the user's can catch it."""


@dataclass(slots=True, eq=False)
class Entry:
    """What was typed at one prompt, all its lines, and what came of it."""

    text: str
    counter: int
    file: str = "iex"
    display: bool = True
    status: Status = "pending"


@dataclass(slots=True, eq=False)
class Evaluator:
    """The state of an evaluator process."""

    server: Server
    env: Any
    binding: dict[Any, Any] = field(default_factory=dict)
    history: History = field(default_factory=History)
    last_is_match: bool = False
    busy: bool = False
    pid: Any = None

    def run(self) -> None:
        """Evaluate entries for ever: the body of the process."""
        EVALUATORS[runtime.self_pid()] = self
        try:
            while True:
                self.take(_next_entry())
        finally:
            EVALUATORS.pop(self.pid, None)

    def take(self, entry: Entry) -> None:
        """Parse and evaluate one entry, print what came of it, and leave the outcome on the entry."""
        self.busy = True
        try:
            self._parse_and_evaluate(entry)
        except Signal as signal:
            self.server.print(self._error_text(signal))
        except Interrupted:
            self.server.print(render.info("** (EXIT) interrupted", self.server.configuration, "eval_interrupt"))
        except RecursionError as error:
            self.server.print(self._error_text(_as_signal(error)))
        except Exception as error:
            self.server.print(self._fault_text(error))
        finally:
            self.busy = False
            if entry.status == "pending":
                entry.status = "error"

    def _parse_and_evaluate(self, entry: Entry) -> None:
        from pyex.syntax import Incomplete

        parsed = self._parse(entry)
        if parsed is Incomplete or isinstance(parsed, Incomplete):
            entry.status = "incomplete"
            return
        value = self.evaluate(parsed.quoted)
        entry.status = "value"
        if entry.display:
            self.history.append(entry.counter, value, self.server.configuration.history_size)
            if value is not DONT_DISPLAY:
                self.server.print(render.value(value, self.server.configuration))

    def _parse(self, entry: Entry) -> Any:
        from pyex import syntax

        text = entry.text
        if _is_break(text):
            raise elixir_error(
                "TokenMissingError", file=entry.file, line=entry.counter, description="incomplete expression"
            )
        if syntax.starts_with_binary_operator(text):
            text = f"v(-1) {text.lstrip()}"
        return syntax.parse_prompt(text, file=entry.file, line=entry.counter)

    def evaluate(self, quoted: Any) -> Any:
        """Evaluate a quoted form in the shell's context, which keeps what it binds, imports and aliases."""
        from pyex.compiler.evaluate import eval_quoted

        evaluated = eval_quoted(quoted, self.binding, self.env)
        self.binding, self.env = evaluated.binding, evaluated.env
        return evaluated.value

    def _error_text(self, signal: Signal) -> str:
        from pyex.terms import stacktrace

        trace = getattr(signal, "stacktrace", None)
        if trace is None:
            trace = stacktrace.from_traceback(signal.__traceback__)
        return render.error(signal.kind, signal.reason, trace, self.server.configuration)

    def _fault_text(self, error: Exception) -> str:
        """Return the text of a Python exception that is no Elixir error: pyex's own fault, or the user's Python code."""
        if isinstance(error, PyexBug):
            return _fault(error)
        signal = _as_signal(error)
        return _fault(error) if signal is None else self._error_text(signal)


EVALUATORS: Final[dict[Any, Evaluator]] = {}
"""The evaluator of each shell process, by its pid: how a helper finds the shell that called it."""


def current() -> Evaluator:
    """Return the evaluator whose process is running. Raises RuntimeError in a process that is no shell."""
    found = EVALUATORS.get(runtime.self_pid())
    if found is None:
        raise elixir_error("RuntimeError", message="this helper works in the process of a shell only")
    return found
