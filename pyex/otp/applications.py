"""Applications: what is known of them, their environments, and the process that keeps one running."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from pyex import runtime
from pyex.code.configuring import merge
from pyex.code.project import Project
from pyex.code.server import fetch_version
from pyex.otp import log
from pyex.otp.children import end_child
from pyex.runtime import halting, system
from pyex.runtime.ending import reason_of
from pyex.runtime.system import EXIT, INFINITY
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.errors import Exit
from pyex.terms.exit_reasons import format_exit
from pyex.terms.lists import EMPTY, charlist, from_pylist, to_pylist
from pyex.terms.pids import Pid

OK: Final = atom("ok")
ERROR: Final = atom("error")
NORMAL: Final = atom("normal")
STOP: Final = atom("$stop")
ELIXIR: Final = "1.18.3"
OTP: Final = "ERTS  CXC 138 10"


@dataclass(slots=True)
class Application:
    """What an application is: its version, what it needs, and the module that starts it."""

    name: str
    version: str
    description: str
    needs: tuple[str, ...] = ()
    start: tuple[Any, Any] | None = None
    modules: list[Any] = field(default_factory=list)
    registered: tuple[Any, ...] = ()


_NEEDS: Final = ("kernel", "stdlib")
BUILT_IN: Final = {
    one.name: one
    for one in (
        Application("kernel", "10.2.7.1", OTP),
        Application("stdlib", "6.2.2.1", OTP, ("kernel",)),
        Application("compiler", "8.6.1", OTP, _NEEDS),
        Application("elixir", ELIXIR, "elixir", (*_NEEDS, "compiler")),
        Application("logger", ELIXIR, "logger", (*_NEEDS, "elixir")),
        Application("iex", ELIXIR, "iex", (*_NEEDS, "elixir")),
        Application("mix", ELIXIR, "mix", (*_NEEDS, "elixir")),
        Application("crypto", "5.5.3", OTP, _NEEDS),
    )
}
environments: Final[dict[Any, dict[Any, Any]]] = {
    atom("iex"): {atom("history_size"): 20},
    atom("elixir"): {atom("ansi_enabled"): False},
    atom("logger"): {},
}
started: Final[list[str]] = ["kernel", "stdlib", "compiler", "elixir", "logger", "iex"]
masters: Final[dict[str, Pid]] = {}
"""The process of each application that has one."""


def find(name: str) -> Application | None:
    """Return an application by name: a built-in one, or the project's."""
    project = Project.current
    if project is None or project.app != name:
        return BUILT_IN.get(name)
    given = project.application
    extra = [atom_name(item) or "" for item in to_pylist(given.get("extra_applications", EMPTY))]
    listed = given.get("applications")
    needs = [atom_name(item) or "" for item in to_pylist(listed)] if listed is not None else ["elixir", *extra]
    start = given.get("mod")
    return Application(
        name,
        project.version,
        name,
        tuple(dict.fromkeys([*_NEEDS, *needs])),
        start,
        list(project.files),
        tuple(to_pylist(given.get("registered", EMPTY))),
    )


def missing(name: Any) -> Any:
    """Return the error of an application that there is not."""
    return ERROR, (charlist("no such file or directory"), charlist(f"{atom_name(name)}.app"))


def in_process(body: Callable[[], Any]) -> Any:
    """Return what a function gives, run in a process; in the running one if there is one."""
    if runtime.scheduler.current is not None:
        return body()
    results: list[Any] = []
    pid = runtime.spawn(lambda: results.append(body()))
    runtime.run(until=lambda: not runtime.is_alive(pid))
    if not results:
        raise Exit(runtime.exit_reason(pid))
    return results[0]


def start(name: str, kind: Any) -> Any:
    """Start one application whose needs run; `:ok` or `{:error, reason}`."""
    application = find(name)
    if application is None:
        return missing(atom(name))
    if name in started:
        return ERROR, (atom("already_started"), atom(name))
    for need in application.needs:
        if need not in started:
            return ERROR, (atom("not_started"), atom(need))
    if application.start is not None:
        result = in_process(lambda: _start_master(application))
        if result is not OK:
            return result
    started.append(name)
    return OK


def _start_master(application: Application) -> Any:
    me = runtime.self_pid()
    pid, reference = runtime.spawn(_master, (application, me), monitor=True)
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(INFINITY)
        if type(message) is tuple and message and message[0] is _STARTED and message[1] == pid:
            cursor.accept()
            runtime.demonitor(reference, flush=True)
            if message[2] is OK:
                masters[application.name] = pid
            return message[2]


_STARTED: Final = atom("$application_started")


def _master(application: Application, starter: Pid) -> None:
    """The process of an application: starts its supervisor, and tells when that ends."""
    me = runtime.self_pid()
    runtime.process_flag(atom("trap_exit"), True)
    assert application.start is not None  # only such an application has a process
    target, args = application.start
    call = (target, atom("start"), from_pylist([NORMAL, args]))
    state: Any = EMPTY
    try:
        result = fetch_version(target).exports["start", 2](NORMAL, args)
    except Exception as error:
        reason = error.reason if type(error) is Exit else reason_of(error)
        runtime.send(starter, (_STARTED, me, (ERROR, (atom("bad_return"), (call, (EXIT, reason))))))
        return
    if type(result) is tuple and len(result) in (2, 3) and result[0] is OK and type(result[1]) is Pid:
        state = result[2] if len(result) == 3 else EMPTY
        runtime.send(starter, (_STARTED, me, OK))
        _keep(application, target, result[1], state)
        return
    if type(result) is tuple and len(result) == 2 and result[0] is ERROR:
        reason = result[1], call
    else:
        reason = atom("bad_return"), (call, result)
    runtime.send(starter, (_STARTED, me, (ERROR, reason)))


def _keep(application: Application, target: Any, supervisor: Pid, state: Any) -> None:
    """Wait until the application's supervisor ends, or until it is to be stopped."""
    version = fetch_version(target)
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(INFINITY)
        cursor.accept()
        if type(message) is tuple and len(message) == 3 and message[0] is EXIT and message[1] == supervisor:
            reason = message[2]
            break
        if type(message) is tuple and len(message) == 2 and message[0] is STOP:
            if version.defines("prep_stop", 1):
                state = version.exports["prep_stop", 1](state)
            end_child(supervisor, INFINITY)
            reason = atom("stopped")
            break
        cursor = runtime.begin_receive()
    if version.defines("stop", 1):
        version.exports["stop", 1](state)
    ended(application.name, reason)


def ended(name: str, reason: Any) -> None:
    """Note that an application does not run any more, and say so."""
    masters.pop(name, None)
    if name not in started:
        return
    started.remove(name)
    log.log("notice", f"Application {name} exited: {':stopped' if reason is atom('stopped') else format_exit(reason)}")


def stop(name: str) -> Any:
    """Stop an application; returns when its processes have ended."""
    if name not in started:
        return ERROR, (atom("not_started"), atom(name))
    master = masters.get(name)
    if master is None:
        ended(name, atom("stopped"))
        return OK
    in_process(lambda: _stop_master(master))
    return OK


def _stop_master(master: Pid) -> None:
    reference = runtime.monitor(master)
    runtime.send(master, (STOP, runtime.self_pid()))
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(INFINITY)
        if type(message) is tuple and len(message) == 5 and message[0] is system.DOWN and message[1] == reference:
            cursor.accept()
            return


def stop_all(status: int = 0) -> None:
    """Stop the applications that have processes, the last one that was started first: how a system ends in order."""
    for name in reversed(list(started)):
        master = masters.get(name)
        if master is not None:
            started.remove(name)  # with it goes the notice of its end: the whole system ends
            in_process(partial(_stop_master, master))


halting.applications_stopped = stop_all


def configure(settings: list[tuple[Any, Any]]) -> None:
    """Put the settings of a configuration into the applications' environments, merged with what is there."""
    for app, given in settings:
        known = environments.setdefault(app, {})
        known.update(merge([(key, known[key]) for key, _ in to_pylist(given) if key in known], to_pylist(given)))
        if app is atom("logger"):
            from pyex.otp.logger import read_configuration

            read_configuration()


def application_of(module: Any) -> str | None:
    """Return the application that a module belongs to, or None."""
    project = Project.current
    if project is not None and module in project.files:
        return project.app
    from pyex.code.native import module_path

    path = module_path(module)
    if path is None:
        return None
    if path.startswith("pyex.shell"):
        return "iex"
    if module is alias("Logger"):
        return "logger"
    return "stdlib" if path.startswith("pyex.stdlib.erlang") else "elixir"
