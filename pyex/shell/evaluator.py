"""The process that holds the binding and the environment of a shell, and evaluates what is typed.

It is the process that `self()` is at the prompt. The server hands it one `Entry` at a time, as a message, and reads the
outcome off the entry; when the process dies, its binding and its history die with it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from greenlet import getcurrent

from pyex import runtime
from pyex.runtime.preemption import may_be_cut
from pyex.shell import render
from pyex.shell.history import History
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import Control, ElixirError, elixir_error
from pyex.terms.lists import List, to_pylist

if TYPE_CHECKING:
    from types import FrameType

    from pyex.compiler.diagnostics import Diagnostic
    from pyex.shell.completion import Context
    from pyex.shell.server import Server
    from pyex.syntax import SourceWarning

Status = Literal["pending", "value", "incomplete", "error", "gone on"]

DONT_DISPLAY: Final = atom("do not show this result in output")
BREAK: Final = "#iex:break"
PATIENCE: Final = 0.5
"""Seconds after which a second Ctrl-C cuts off what the first could not end."""

HELPERS: Final = alias("IEx.Helpers")


class Interrupted(Control):
    """Thrown into the evaluator by Ctrl-C: no code of the user's can catch it."""


class Respawn(Control):
    """Ends the evaluator from inside: `respawn()`, or `continue()` where there is nothing to go on with."""

    def __init__(self, *, silent: bool) -> None:
        super().__init__(silent)
        self.silent = silent


class GoOn(Control):
    """Ends a stop at a break point: the code goes on, to its next expression only when `step` is true."""

    def __init__(self, *, step: bool) -> None:
        super().__init__(step)
        self.step = step


class Reported(Control):
    """An evaluation that failed with a text of its own: a file that does not compile, at `r`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@dataclass(slots=True, eq=False)
class Entry:
    """What was typed at one prompt, all its lines, and what came of it."""

    text: str
    counter: int
    file: str = "iex"
    display: bool = True
    status: Status = "pending"

    @property
    def is_open(self) -> bool:
        """Tell whether nothing has come of it yet: it is evaluated, or the code that it let go on is."""
        return self.status in ("pending", "gone on")


class Evaluator:
    """The state of an evaluator process. `respawned` is set when it ended by its own wish, and nothing is to be said.

    `ending` is set when the process is to end after what it evaluates now: as in iex, a shell whose own process stopped
    at a break point starts anew. `gone_on` is what was typed at that stop to go on: it is done when the evaluation is.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._env: Any = None
        self.binding: dict[Any, Any] = {}
        self.history = History()
        self.last_is_match = False
        self.busy = False
        self._asked: float | None = None
        self.respawned = False
        self.ending = False
        self.gone_on: Entry | None = None
        self.pid: Any = self.process()
        EVALUATORS[self.pid] = self

    def process(self) -> Any:
        """Start the process; returns its pid."""
        pid = runtime.spawn(self.run, (), group_leader=self.server.device)
        pid.process.ancestors = (runtime.pid_of(self.server.device),)
        return pid

    @property
    def env(self) -> Any:
        """The environment; made at its first use, since the first prompt need not wait for the compiler."""
        if self._env is None:
            from pyex.compiler.env import default_env

            self._env = default_env(file="iex", extra_imports=(HELPERS,))
        return self._env

    @property
    def alive(self) -> bool:
        """Tell whether the process lives."""
        return runtime.is_alive(self.pid)

    def submit(self, entry: Entry) -> Entry:
        """Hand an entry to the process."""
        runtime.send(self.pid, entry)
        return entry

    def run(self) -> None:
        """Evaluate entries for ever: the body of the process."""
        try:
            while not self.ending:
                self.take(next_entry())
        except Respawn as respawn:
            self.respawned = respawn.silent
        finally:
            EVALUATORS.pop(self.pid, None)

    def take(self, entry: Entry) -> None:
        """Parse and evaluate one entry, print what came of it, and leave the outcome on the entry."""
        self.busy, self._asked = True, None
        try:
            self._take(entry)
        except GoOn:
            entry.status = "gone on"
            raise
        except Respawn as respawn:
            entry.status = "value" if respawn.silent else "error"
            raise
        except Interrupted:
            self.server.print(render.info("** (EXIT) interrupted", self.server.configuration, "eval_interrupt"))
        finally:
            self.busy = False
            if entry.status == "pending":
                entry.status = "error"
            if self.gone_on is not None and not self.ending:
                self.gone_on.status, self.gone_on = "value", None

    def _take(self, entry: Entry) -> None:
        settings = self.server.configuration
        try:
            self._parse_and_evaluate(entry)
        except Reported as reported:
            if reported.text:
                self.server.print(reported.text, "stderr")
        except Exception as error:
            if not entry.display:
                self.server.print(f"Error while evaluating: {entry.file}")
            # In the old style the compiler's message was the error itself.
            if settings.messages != "1.1" or not _was_logged(error):
                self.server.print(render.at_prompt(error, settings))

    def _parse_and_evaluate(self, entry: Entry) -> None:
        from pyex.syntax import Incomplete

        parsed = self._parse(entry)
        if isinstance(parsed, Incomplete):
            entry.status = "incomplete"
            return
        self.last_is_match = False
        value = None
        # Those of a file one after the other, so that what an earlier one binds stays when a later one fails;
        # what stands on one line of the prompt is one expression.
        for expression in [parsed.quoted] if entry.display else _expressions(parsed.quoted):
            value = self.evaluate(expression, entry.file)
        if entry.display:
            self.last_is_match = _is_match(_expressions(parsed.quoted)[-1])
            self.history.append(entry.counter, value, self.server.configuration.history_size)
            if value is not DONT_DISPLAY:
                self.server.print(render.value(value, self.server.configuration))
        entry.status = "value"

    def _parse(self, entry: Entry) -> Any:
        from pyex import syntax

        text = entry.text
        if text.endswith(f"\n{BREAK}\n"):
            raise elixir_error(
                "TokenMissingError",
                file=entry.file,
                line=entry.counter,
                description="incomplete expression",
            )
        continues = entry.display and syntax.starts_with_binary_operator(text)
        if continues and self.last_is_match:
            raise self._refused_shorthand(entry)
        return syntax.parse_prompt(text, file=entry.file, line=entry.counter, warn=self._warn, continues=continues)

    def _refused_shorthand(self, entry: Entry) -> ElixirError:
        return elixir_error(
            "SyntaxError",
            file=entry.file,
            line=entry.counter,
            column=1,
            snippet=entry.text.split("\n")[0],
            description="pipe shorthand is not allowed immediately after a match expression in IEx. "
            "To make it work, surround the whole pipeline with parentheses '|>'",
        )

    def evaluate(self, quoted: Any, file: str) -> Any:
        """Evaluate a quoted form in the shell's context, which keeps what it binds, imports and aliases."""
        from pyex.compiler.diagnostics import Collector
        from pyex.compiler.evaluate import eval_quoted
        from pyex.compiler.expand.linify import with_line

        env = self.env.replace(collector=Collector(self.report), file=file)
        lined = with_line(quoted, 1)  # in iex, what has no line stands at the first
        evaluated = eval_quoted(lined, self.binding, env, shell=True)  # noqa: S604  # no shell of the operating system
        self.binding, self._env = evaluated.binding, evaluated.env
        return evaluated.value

    def report(self, diagnostic: Diagnostic) -> None:
        """Print what the compiler has to say."""
        self.server.print_diagnostic(diagnostic)

    def _warn(self, warning: SourceWarning) -> None:
        from pyex.compiler.diagnostics import Diagnostic

        self.report(Diagnostic("warning", warning.message, warning.file, warning.line, warning.column))

    def interrupt(self, frame: FrameType | None = None) -> None:
        """Break off what is being evaluated; called from outside of all processes, or by a signal's handler with its frame.

        Only code of the evaluation itself is cut at once. Where the runtime or the compiler is at work for it, it ends as soon
        as it goes on; what never does (an import that hangs) is cut when asked again.
        """
        process = runtime.find(self.pid)
        if process is None:
            return
        scheduler = runtime.scheduler
        if frame is not None and scheduler.current is process and getcurrent() is process.greenlet:
            now = time.monotonic()
            asked, self._asked = self._asked, self._asked or now
            if may_be_cut(frame) or scheduler.arm is None or (asked is not None and now - asked > PATIENCE):
                raise Interrupted
        # Posting wakes a scheduler that sleeps, and never cuts into what it is doing.
        scheduler.post(self._throw)

    def _throw(self) -> None:
        if self.busy:
            runtime.throw_into(self.pid, Interrupted())

    def completion_context(self) -> Context:
        """Return what completion may offer besides modules."""
        from pyex.shell import introspection
        from pyex.shell.completion import Context

        aliases = {name.name.removeprefix("Elixir."): target for name, target in self.env.aliases.items()}
        binding = {key if isinstance(key, str) else key[0].name: value for key, value in self.binding.items()}
        return Context(binding, aliases, lambda: introspection.imported(self.env))


def next_entry() -> Entry:
    """Wait for what is typed next to the shell whose process is running."""
    runtime.scheduler.heed()  # the one before is done with: the shell goes on before other processes do
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(atom.infinity)
        if type(message) is Entry:
            cursor.accept()
            return message


def _was_logged(error: Exception) -> bool:
    return isinstance(error, ElixirError) and render.errors_were_logged(error.reason)


def _expressions(quoted: Any) -> list[Any]:
    """Return the expressions of one input: `a; b` holds two."""
    match quoted:
        case (Atom(name="__block__"), _, List() as items) if items:
            return to_pylist(items)
    return [quoted]


def _is_match(quoted: Any) -> bool:
    return type(quoted) is tuple and len(quoted) == 3 and quoted[0] is atom("=")


EVALUATORS: Final[dict[Any, Evaluator]] = {}
"""The evaluator of each shell process, by its pid: how a helper finds the shell that called it."""


def running() -> Evaluator | None:
    """Return the evaluator whose process is running, None in a process that is no shell."""
    return EVALUATORS.get(runtime.self_pid())


def current() -> Evaluator:
    """Return the evaluator whose process is running. Raises RuntimeError in a process that is no shell."""
    found = running()
    if found is None:
        raise elixir_error("RuntimeError", message="this helper works in the process of a shell only")
    return found


def module_of(form: Any, env: Any) -> Any:
    """Return the module atom that a quoted name stands for, nil when it names none."""
    if type(form) is Atom:
        return form
    match form:
        case (Atom(name="__aliases__"), _, parts):
            names = [part.name for part in to_pylist(parts) if type(part) is Atom]
            known = env.aliases.get(alias(names[0]))
            first = known if known is not None else alias(names[0])
            return Atom(".".join([first.name, *names[1:]]))
        case (Atom(name="__MODULE__"), _, _):
            return env.module
    return None
