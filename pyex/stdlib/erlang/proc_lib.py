""":proc_lib: processes that know who started them, and starts that wait until the new process is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import gen, stopping
from pyex.runtime import system
from pyex.runtime.process import NORMAL, Hibernation, Process
from pyex.runtime.system import DOWN, INFINITY, KILL, TIMEOUT
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, Exit, Throw
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, elixir_list, to_pylist
from pyex.terms.pids import Pid

module = NativeModule(":proc_lib", doc="Processes that know who started them, and starts that wait until all is ready.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
ACK: Final = atom("ack")
NACK: Final = atom("nack")
UNDEFINED: Final = atom("undefined")
LABEL: Final = atom("$process_label")


def _spawn(body: Callable[..., Any], args: tuple[Any, ...], call: Any, *, link: bool) -> Pid:
    parent = system.scheduler.current
    pid: Pid = system.spawn(body, args, link=link, initial_call=call)
    if parent is not None:
        pid.process.ancestors = parent.family()
    return pid


def _spawner(name: str, *, link: bool) -> None:
    def of_function(fun: Any) -> Any:
        return _spawn(fun, (), (atom("erlang"), atom("apply"), 2), link=link)

    def of_call(target: Any, function: Any, args: Any) -> Any:
        given = to_pylist(args)
        entry = export(target, function.name, len(given))
        return _spawn(entry.fn, tuple(given), (target, function, len(given)), link=link)

    of_function.__doc__ = "Start a process that calls a function, with the names of its ancestors."
    of_call.__doc__ = "Start a process that calls `module.function(args)`, with the names of its ancestors."
    module.function(name, arity=1)(of_function)
    module.function(name, arity=3)(of_call)


_spawner("spawn", link=False)
_spawner("spawn_link", link=True)


# ---- starts that are answered


def _start(target: Any, function: Any, args: Any, timeout: Any, *, link: bool) -> Any:
    given = to_pylist(args)
    me = system.current()
    pid = _spawn(export(target, function.name, len(given)).fn, tuple(given), (target, function, len(given)), link=link)
    reference = system.monitor(pid)
    cursor = system.begin_receive()
    while True:
        message = cursor.next(timeout)
        if message is TIMEOUT:
            system.unlink(pid)
            system.exit_signal(pid, KILL)
            answer: Any = (ERROR, atom("timeout"))
            break
        if type(message) is tuple and len(message) == 3 and message[0] in (ACK, NACK) and message[1] == pid:
            cursor.accept()
            answer = message[2]
            if message[0] is NACK:
                _await_end(reference)
            break
        if type(message) is tuple and len(message) == 5 and message[0] is DOWN and message[1] == reference:
            cursor.accept()
            answer = ERROR, message[4]
            break
    system.demonitor(reference, flush=True)
    if link and me.trap_exit and pid.process is None:
        system.forget_exit(pid)
    return answer


def _await_end(reference: Any) -> None:
    cursor = system.begin_receive()
    while True:
        message = cursor.next()
        if type(message) is tuple and len(message) == 5 and message[0] is DOWN and message[1] == reference:
            cursor.accept()
            return


@module.function("start_link", arity=(3, 4, 5))
def start_link(module: Any, function: Any, args: Any, timeout: Any = INFINITY, options: Any = EMPTY) -> Any:
    """Start a linked process and wait for its `init_ack`; returns what that said, or `{:error, reason}`."""
    return _start(module, function, args, timeout, link=True)


@module.function("start", arity=(3, 4, 5))
def start(module: Any, function: Any, args: Any, timeout: Any = INFINITY, options: Any = EMPTY) -> Any:
    """Start a process and wait for its `init_ack`; returns what that said, or `{:error, reason}`."""
    return _start(module, function, args, timeout, link=False)


def _parent() -> Any:
    return system.current().parent


@module.function("init_ack", arity=1)
def init_ack(value: Any) -> Any:
    """Tell the starter that the process is ready: `value` is what `start_link` returns."""
    return init_ack_to(_parent(), value)


@module.function("init_ack", arity=2)
def init_ack_to(parent: Any, value: Any) -> Any:
    """Tell a process that waits in `start_link` that this one is ready."""
    system.send(parent, (ACK, system.self_pid(), value))
    return OK


@module.function("init_fail", arity=2)
def init_fail(value: Any, exception: Any) -> Any:
    """End the process by `{kind, reason}`; the starter gets `value` when it has ended."""
    return init_fail_to(_parent(), value, exception)


@module.function("init_fail", arity=3)
def init_fail_to(parent: Any, value: Any, exception: Any) -> Any:
    """End the process by `{kind, reason}` or `{kind, reason, stacktrace}`, and tell a starter."""
    system.send(parent, (NACK, system.self_pid(), value))
    kinds = {"exit": Exit, "throw": Throw, "error": ElixirError}
    raise kinds[exception[0].name](exception[1])


@module.function("stop", arity=(1, 3))
def stop(process: Any, reason: Any = NORMAL, timeout: Any = INFINITY) -> Any:
    """End a process that speaks OTP, and wait until it has ended."""
    found = gen.find(process)
    if found is None:
        raise Exit((atom("noproc"), (module.name, atom("stop"), elixir_list(process, reason, timeout))))
    return stopping.stop(found, reason, timeout)


# ---- what is known of a process


def _process(pid: Any) -> Process | None:
    return system.find(pid) if type(pid) is Pid else None


@module.function
def initial_call(process: Any) -> Any:
    """The function that a process began with, its arguments by name; false when it is not known."""
    found = translate_initial_call(process)
    arguments = [atom(f"Argument__{place}") for place in range(1, found[2] + 1)]
    return (found[0], found[1], elixir_list(*arguments))


@module.function
def translate_initial_call(process: Any) -> Any:
    """The function that a process began with, as `{module, function, arity}`."""
    found = _process(process)
    return (module.name, atom("init_p"), 5) if found is None or found.initial_call is None else found.initial_call


@module.function
def set_label(label: Any) -> Any:
    """Give the calling process a label, for people to know it by."""
    system.current().dictionary[LABEL] = label
    return OK


@module.function
def get_label(pid: Any) -> Any:
    """The label of a process, or `:undefined`."""
    found = _process(pid)
    return UNDEFINED if found is None else found.dictionary.get(LABEL, UNDEFINED)


@module.function
def hibernate(module: Any, function: Any, args: Any) -> Any:
    """Wait for a message, then go on with `module.function(args)`; what was to be done before is forgotten."""
    given = to_pylist(args)
    raise Hibernation(export(module, function.name, len(given)), tuple(given))
