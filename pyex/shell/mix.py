"""`pyex -S mix`: the project of the current folder is compiled, and its application started, before the shell."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pyex.code import project
from pyex.code.evaluation import errors_last, report
from pyex.shell import render
from pyex.shell.evaluator import Reported
from pyex.terms.atoms import atom
from pyex.terms.errors import Signal

if TYPE_CHECKING:
    from pyex.shell.server import Server


def run(server: Server, arguments: list[str]) -> None:
    """Compile what is stale, say so as mix does, and start the application. Raises what the code's errors are."""
    loaded = project.load(os.getcwd())
    configure(loaded, str(loaded.config.get("config_path", "config/config.exs")))
    try:
        compile_project(server, loaded)
    except Signal as error:
        raise Reported(render.compilation_error(error, None, server.configuration)) from error
    loaded.loaded = frozenset(project.modules(loaded))
    configure(loaded, "config/runtime.exs")
    start_application(loaded)


def configure(loaded: project.Project, name: str) -> None:
    """Read one of the project's configuration files, if it is there, into the environments of the applications."""
    path = os.path.join(loaded.root, name)
    if not os.path.isfile(path):
        return
    from pyex.code.configuring import Evaluation, read
    from pyex.code.native import call
    from pyex.otp import applications

    applications.configure(read(path, Evaluation(call("Mix", "env"), call("Mix", "target"))))


def compile_project(server: Server, loaded: project.Project, *, force: bool = False) -> bool:
    """Compile the stale files of a project and print what mix prints; tells whether anything changed.

    Warnings of the files that were compiled before are told again, until nothing is left to warn of.
    """
    before = project.modules(loaded)
    todo = project.plan(loaded, force=force)
    if todo.announcement is not None:
        server.print(todo.announcement)
    with errors_last(only_first=server.configuration.messages == "1.1") as said:
        project.compile_project(todo)
    for diagnostic in project.earlier_warnings(todo):
        report(diagnostic)
    project.keep_warnings(todo, said)
    now = project.modules(loaded)
    if todo.stale:
        server.print(f"Generated {loaded.app} app")
    return bool(todo.stale) or now != before


def start_application(loaded: project.Project) -> None:
    """Start the project's application, with those it depends on. Raises Reported with what mix says when one cannot be started."""
    from pyex.code.native import call
    from pyex.otp.applications import format_failure

    result = call("Application", "ensure_all_started", atom(loaded.app))
    if result[0] is atom.error:
        app, reason = result[1]
        raise Reported(f"** (Mix) Could not start application {app.name}: {format_failure(reason)}")


def recompile(server: Server, *, force: bool) -> Any:
    """Do what `recompile/0` does: `:noop`, `:ok`, or `:error` once the error has been printed."""
    loaded = project.Project.current
    if loaded is None:
        server.print("Mix is not running. Please start IEx with: iex -S mix")
        return atom.error
    try:
        return atom.ok if compile_project(server, loaded, force=force) else atom.noop
    except Signal as error:
        server.print(render.compilation_error(error, None, server.configuration), "stderr")
        return atom.error
