"""Evaluation without a prompt: `pyex -e CODE`, and what is run before a shell starts (`-r`, `-S`, a file)."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

from pyex.code.native import call
from pyex.runtime import halting, pause
from pyex.shell import render
from pyex.shell.evaluator import Reported
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.lists import from_iterable

if TYPE_CHECKING:
    from pyex.shell.options import Options
    from pyex.shell.server import Server

SILENT = (None, atom.ok)
"""Values that `-e` does not print: they tell nothing."""


class Failed(Exception):
    """A script failed, and its error has been printed."""


class Ended(Exception):
    """A script was a whole program, a set of tests: there is no shell after it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def run_steps(server: Server, options: Options) -> None:
    """Run everything that the command line puts before the shell, in its order. Raises Failed, and Ended."""
    sys.argv = [options.file or "pyex", *options.arguments]
    if options.arguments:
        call("System", "argv", from_iterable(options.arguments))
    for option, value in options.steps:
        if option == "-e":
            _run(server, lambda value=value: _evaluate(server, value))
        elif option == "-r":
            _run(server, lambda value=value: _require(value))
        else:
            _run(server, lambda value=value: _script(server, value, options.arguments))
    if options.file is not None:
        file = options.file
        if not os.path.isfile(file):
            server.print(f"No file named {file}", "stderr")
            raise Failed
        _run(server, lambda: _require(file))
    if halting.is_program:
        raise Ended(finish(server, 0))


def run_program(server: Server, path: str, arguments: list[str]) -> int:
    """Run a script as a whole program, with no shell after it; returns the status it ends with."""
    sys.argv = [path, *arguments]
    call("System", "argv", from_iterable(arguments))
    if not os.path.isfile(path):
        server.print(f"No file named {path}", "stderr")
        return 1
    return finish(server, run_part(server, lambda: _required(path)))


def _required(path: str) -> None:
    """Run a script, and go on after it where it asked for that."""
    _require(path)
    while halting.goes_on:
        pause(None)


def run_part(server: Server, step: Any) -> int:
    """Run a part of a program in a process of its own; returns the status: 1 after an error, which is printed."""
    statuses: list[int] = []

    def body() -> None:
        try:
            step()
        except Exit as leaving:
            reason = leaving.reason
            if reason in (atom("normal"), atom("shutdown")):
                return
            if type(reason) is tuple and len(reason) == 2 and reason[0] is atom("shutdown"):
                statuses.append(reason[1] if type(reason[1]) is int else 1)
                return
            raise

    failed = server.run_process(body)
    return 1 if failed else statuses[0] if statuses else 0


def finish(server: Server, status: int) -> int:
    """Do what a program left for its end, running its tests among it; returns the status it ends with."""
    ended: list[int] = []
    if server.halted is None and server.run_process(lambda: ended.append(halting.run_at_exit(status))):
        return 1
    return server.halted if server.halted is not None else ended[0] if ended else status


def _run(server: Server, step: Any) -> None:
    """Run one step in a process of its own, and wait for its end."""
    failed = server.run_process(step)
    if failed:
        raise Failed


def _evaluate(server: Server, code: str) -> None:
    from pyex.compiler.diagnostics import Collector
    from pyex.compiler.env import default_env
    from pyex.compiler.evaluate import eval_quoted
    from pyex.syntax import parse

    env = default_env(file="nofile", collector=Collector(server.print_diagnostic))
    value = eval_quoted(parse(code), {}, env).value
    if value not in SILENT:
        server.print(render.value(value, server.configuration))


def _require(path: str) -> None:
    from pyex.code.evaluation import evaluate_file
    from pyex.code.verification import verified

    with open(path, "rb") as file, verified():
        evaluate_file(file.read(), os.path.abspath(path), whole=True)


def _script(server: Server, name: str, arguments: list[str]) -> None:
    if name == "mix":
        from pyex.shell import mix

        mix.run(server, arguments)
        return
    path = shutil.which(name)
    if path is None:
        server.print(f"-S : Could not find executable {name}", "stderr")
        raise Reported("")
    _require(path)

