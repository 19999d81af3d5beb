"""A process that has stopped at a break point, and answers what is typed in the place of the shell's own.

It runs the evaluator's loop inside the call that stopped it, with the variables of that place, until `continue` or `n`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyex import runtime
from pyex.shell import prompts, render
from pyex.shell.ansi import paint
from pyex.shell.device import Device
from pyex.shell.evaluator import EVALUATORS, HELPERS, Evaluator, GoOn, Respawn, next_entry
from pyex.terms import stacktrace
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import to_pylist

if TYPE_CHECKING:
    from pyex.shell.configuration import Configuration
    from pyex.shell.server import Server

SHOWN_AT_STOP: Final = 3
"""How many lines of code are shown before and behind the one where a process stops."""


@dataclass(slots=True, eq=False)
class Place:
    """Where a process stopped: file and line, the function as text ("" outside of one), and the stack there."""

    file: str
    line: int
    function: str
    stack: Any

    @property
    def location(self) -> str:
        """The file, as it is shown, and the line."""
        from pyex.terms.syntax_messages import shown_path

        return f"{shown_path(self.file)}:{self.line}"

    def headline(self) -> str:
        """Return how the place is named where a process stops."""
        return f"{self.function} ({self.location})" if self.function else self.location

    def snippet(self, radius: int, configuration: Configuration) -> str | None:
        """Return the code around the line, numbered; None when there is no such file."""
        if not os.path.isfile(self.file):
            return None
        with open(self.file, encoding="utf-8", errors="replace") as file:
            lines = file.read().split("\n")
        if lines and not lines[-1]:
            lines.pop()
        if not 0 < self.line <= len(lines):
            return None
        first = max(self.line - radius, 1)
        shown = []
        for number, text in enumerate(lines[first - 1 : self.line + radius], first):
            row = f"{number:>5}: {text}"
            shown.append(paint(row, "\x1b[1m") if number == self.line and configuration.colors_enabled else row)
        return "\n".join(shown)

    def entries(self) -> list[str]:
        """Return the lines of the stack, innermost first, without the prompt's own."""
        return [
            stacktrace.format_entry(entry)
            for entry in to_pylist(self.stack)
            if entry[1] is not atom("__FILE__") and entry[0] is not atom("elixir_eval")
        ]


class Stop(Evaluator):
    """The evaluator of a process that stopped; `ended` once it goes on."""

    def __init__(self, server: Server, place: Place, env: Any, binding: Mapping[str, Any]) -> None:
        super().__init__(server)
        self.place = place
        self._env = env
        self.binding = dict(binding)
        self.ended = False

    def process(self) -> Any:
        """Return the running process: the one that has stopped."""
        return runtime.self_pid()

    def evaluate(self, quoted: Any, file: str) -> Any:
        """Evaluate a quoted form where the process has stopped: its file is that of the code."""
        return super().evaluate(quoted, self.env.file)

    @property
    def alive(self) -> bool:
        """Tell whether it still answers."""
        return not self.ended and super().alive

    def hold(self) -> bool:
        """Evaluate what is typed until the code is to go on; tells whether to stop at the next expression again."""
        try:
            while True:
                self.take(next_entry())
        except GoOn as going:
            return going.step
        finally:
            self.ended = True


def stop(env: Any, binding: Mapping[str, Any], file: str, line: int, stack: Any, function: str) -> bool | None:
    """Stop the running process there, and let the person at the shell look around.

    Returns whether to stop at the next expression too, or None when no shell could be asked, or it refused.
    """
    leader = runtime.current().group_leader
    server = leader.server if isinstance(leader, Device) else None
    place = Place(file, line, function, stack)
    if server is None or server.halted is not None:
        print(f"Cannot pry {inspect(runtime.self_pid())} at {place.headline()}.\nIs an IEx shell running?")
        return None
    before = EVALUATORS.get(runtime.self_pid())
    if before is None and not _allowed(server, place):
        return None
    if before is not None:
        _announce(server, f"Break reached: {place.headline()}", place)
    held = Stop(server, place, env, binding)
    server.stop_at(held)
    try:
        return held.hold()
    except Respawn:
        # The code goes on, and the shell that answers next is a new one.
        if before is not None:
            before.respawned = True
        return False
    finally:
        if before is None:
            EVALUATORS.pop(held.pid, None)
            held.respawned = True
        else:
            EVALUATORS[held.pid] = server.evaluator = before
            before.ending = not isinstance(before, Stop)
            before.gone_on = server.open_entry


def _announce(server: Server, text: str, place: Place) -> None:
    settings = server.configuration
    snippet = place.snippet(SHOWN_AT_STOP, settings)
    server.print(render.info(text, settings, "eval_interrupt") + (f"\n\n{snippet}\n" if snippet is not None else ""))


def _allowed(server: Server, place: Place) -> bool:
    """Ask whether a process that is not the shell's may stop; if so, the shell's own ends."""
    settings = server.configuration
    snippet = place.snippet(SHOWN_AT_STOP, settings)
    text = f"Request to pry {inspect(runtime.self_pid())} at {place.headline()}"
    question = render.info(text, settings, "eval_interrupt") + "\n" + (f"\n{snippet}\n" if snippet is not None else "")
    answer = server.device.read_line(f"{question}Allow? [Yn] ")
    if answer is None or answer.strip() not in ("", "Y", "y", "yes"):
        return False
    own = server.evaluator
    runtime.scheduler.post(lambda: runtime.throw_into(own.pid, Respawn(silent=True)))
    server.print("\n" + prompts.SHELL_LINE)
    return True


def current() -> Stop | None:
    """Return the stop in which the running process is, None when it is in none."""
    found = EVALUATORS.get(runtime.self_pid())
    return found if isinstance(found, Stop) else None


def env_at(file: str, line: int, module: Any = None, function: Any = None) -> Any:
    """Return the environment in which what is typed at a stop is evaluated."""
    from pyex.compiler.env import default_env

    return default_env(file=file, line=line, extra_imports=(HELPERS,)).replace(module=module, function=function)
