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
from pyex.code.versions import ModuleVersion
from pyex.otp import log
from pyex.otp.behind import APPLICATION, reason_above
from pyex.otp.children import end_child
from pyex.runtime import halting, system
from pyex.runtime.system import EXIT, INFINITY
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import Exit
from pyex.terms.exit_reasons import format_exit
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, charlist, from_pylist, to_pylist
from pyex.terms.pids import Pid
from pyex.terms.stacktrace import format_mfa

OK: Final = atom("ok")
ERROR: Final = atom("error")
NORMAL: Final = atom("normal")
UNDEFINED: Final = atom("undefined")
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
    phases: Any = UNDEFINED
    """Its `start_phases`: what is called one after the other once its supervisor runs."""
    env: Any = EMPTY
    """What its environment holds where the configuration says nothing else."""


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
        Application("crypto", "5.5.3", "CRYPTO", _NEEDS),
        Application("ex_unit", ELIXIR, "ex_unit", (*_NEEDS, "elixir")),
        Application("eex", ELIXIR, "eex", (*_NEEDS, "elixir")),
        # Projects name these, and start with them; what modules of theirs are not there is undefined when it is called.
        Application("runtime_tools", "2.1.1", "RUNTIME_TOOLS", _NEEDS),
        Application("sasl", "4.2.2", "SASL  CXC 138 11", _NEEDS),
        Application("tools", "4.1.1", "DEVTOOLS  CXC 138 16", _NEEDS),
        Application("inets", "9.3.2", "INETS  CXC 138 49", _NEEDS),
        Application("asn1", "5.3.4.1", "The Erlang ASN1 compiler version 5.3.4.1", _NEEDS),
        Application("public_key", "1.17.1", "Public key infrastructure", ("asn1", "crypto", *_NEEDS)),
        Application("ssl", "11.2.12.1", "Erlang/OTP SSL application", ("crypto", "public_key", *_NEEDS)),
    )
}
environments: Final[dict[Any, dict[Any, Any]]] = {
    atom("iex"): {atom("history_size"): 20},
    atom("elixir"): {atom("ansi_enabled"): False},
    atom("logger"): {},
}
configured: Final[dict[Any, dict[Any, Any]]] = {}
"""What the configuration says of each application: what its environment is again when it is loaded anew."""
unloaded: Final[set[Any]] = set()
started: Final[list[str]] = ["kernel", "stdlib", "compiler", "elixir", "iex", "logger"]
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
        given.get("start_phases", UNDEFINED),
        given.get("env", EMPTY),
    )


def load_environment(application: Application) -> None:
    """Put into an application's environment what its specification says, unless the configuration, or the program, has set it."""
    key = atom(application.name)
    known = environments.setdefault(key, {})
    if key in unloaded:
        unloaded.discard(key)
        known.update(configured.get(key, {}))
    for name, value in to_pylist(application.env):
        known.setdefault(name, value)


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
    load_environment(application)
    if application.start is not None:
        result = in_process(lambda: _start_master(application))
        if result is not OK:
            log.log("notice", f"Application {name} exited: {format_failure(result[1])}")
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
        result = fetch_version(target, "start", (NORMAL, args)).exports["start", 2](NORMAL, args)
    except Exception as error:
        reason = reason_above(error, APPLICATION)
        runtime.send(starter, (_STARTED, me, (ERROR, (atom("bad_return"), (call, (EXIT, reason))))))
        return
    if type(result) is tuple and len(result) in (2, 3) and result[0] is OK and type(result[1]) is Pid:
        state = result[2] if len(result) == 3 else EMPTY
        refused = _phases(application, target)
        if refused is not None:
            end_child(result[1], INFINITY)
            runtime.send(starter, (_STARTED, me, (ERROR, refused)))
            return
        runtime.send(starter, (_STARTED, me, OK))
        _keep(application, target, result[1], state)
        return
    if type(result) is tuple and len(result) == 2 and result[0] is ERROR:
        reason = result[1], call
    else:
        reason = atom("bad_return"), (call, result)
    runtime.send(starter, (_STARTED, me, (ERROR, reason)))


def _phases(application: Application, target: Any) -> Any:
    """Go through the start phases; returns why one failed, or None."""
    if application.phases is UNDEFINED:
        return None
    function = fetch_version(target).exports.get(("start_phase", 3))
    for phase, args in to_pylist(application.phases):
        call = (target, atom("start_phase"), from_pylist([phase, NORMAL, args]))
        if function is None:
            return atom("bad_return"), (call, (EXIT, (atom("undef"), from_pylist([(*call, EMPTY)]))))
        try:
            result = function(phase, NORMAL, args)
        except Exception as error:
            return atom("bad_return"), (call, (EXIT, reason_above(error, APPLICATION)))
        if type(result) is tuple and len(result) == 2 and result[0] is ERROR:
            return result[1], call
        if result is not OK:
            return atom("bad_return"), (call, result)
    return None


def _keep(application: Application, target: Any, supervisor: Pid, state: Any) -> None:
    """Wait until the application's supervisor ends, or until it is to be stopped."""
    version = fetch_version(target)
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(INFINITY)
        cursor.accept()
        if type(message) is tuple and len(message) == 3 and message[0] is EXIT and message[1] == supervisor:
            reason = message[2]
            state = _prepared(version, state)
            break
        if type(message) is tuple and len(message) == 2 and message[0] is STOP:
            state = _prepared(version, state)
            end_child(supervisor, INFINITY)
            reason = atom("stopped")
            break
        cursor = runtime.begin_receive()
    if version.defines("stop", 1):
        version.exports["stop", 1](state)
    ended(application.name, reason)


def _prepared(version: ModuleVersion, state: Any) -> Any:
    return version.exports["prep_stop", 1](state) if version.defines("prep_stop", 1) else state


def ended(name: str, reason: Any) -> None:
    """Note that an application does not run any more, and say so."""
    masters.pop(name, None)
    if name not in started:
        return
    started.remove(name)
    log.log("notice", f"Application {name} exited: {':stopped' if reason is atom('stopped') else format_exit(reason)}")


_FAILURES: Final = {
    "already_started": "already started application {}",
    "not_started": "not started application {}",
    "bad_application": "bad application: :{}",
    "already_loaded": "already loaded application {}",
    "not_loaded": "not loaded application {}",
    "invalid_restart_type": "invalid application restart type: :{}",
    "invalid_name": "invalid application name: :{}",
    "invalid_options": "invalid application options: :{}",
}


def format_failure(reason: Any) -> str:
    """Return why an application could not be started, as text."""
    if type(reason) is not tuple or len(reason) != 2:
        return format_exit(reason)
    first, second = reason
    if type(first) is Atom and type(second) is Atom and first.name in _FAILURES:
        return _FAILURES[first.name].format(second.name)
    if first is atom("bad_return") and type(second) is tuple and len(second) == 2 and _is_start(second[0]):
        call, result = second
        if type(result) is tuple and len(result) == 2 and result[0] is EXIT:
            return format_exit((result[1], call))
        return f"{format_mfa(*call)} returned a bad value: {inspect(result)}"
    if _is_start(second):
        return f"{format_mfa(*second)} returned an error: {format_exit(first)}"
    return format_exit(reason)


def _is_start(call: Any) -> bool:
    return type(call) is tuple and len(call) == 3 and call[1] is atom("start") and isinstance(call[2], List)


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
        before = configured.setdefault(app, {})
        before.update(merge([(key, before[key]) for key, _ in to_pylist(given) if key in before], to_pylist(given)))
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
