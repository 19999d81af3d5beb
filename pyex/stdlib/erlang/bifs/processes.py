"""Processes: messages, links, monitors, exits, names, timers, flags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.runtime import system, timers
from pyex.runtime.aliases import EXPLICIT, REPLY
from pyex.runtime.clock import monotonic_ns
from pyex.runtime.facts import set_flag
from pyex.runtime.process import Hibernation, Process
from pyex.stdlib.erlang.bifs.starting import call_arguments, is_option, monitor_options
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import ElixirError, Exit, Throw, bad_argument, erlang_error, refused
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, List, from_iterable, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Port, Reference

OK: Final = atom("ok")
UNDEFINED: Final = atom("undefined")


def _report(process: Process, error: BaseException, reason: Any) -> None:
    """Log the end of a process by an error; the reports are loaded when the first one is wanted."""
    from pyex.otp.reports import process_ended

    process_ended(process, error, reason)


system.reporters.append(_report)


_scheduler: Final = runtime.scheduler


def self_pid() -> Any:
    """The pid of the calling process."""
    process = _scheduler.current
    return process.pid if process is not None else runtime.self_pid()


def send_to(dest: Any, message: Any) -> Any:
    """Send a message; returns it."""
    if type(dest) is not Pid:
        _destination("send", dest, message)
        return runtime.send(dest, message)
    process = dest.process
    if process is not None:
        process.mailbox.append(message)
        if process.waiting:
            process.waiting = False
            if not process.queued:
                process.queued = True
                _scheduler.queue.append(process)
    return message


_NO_OPTIONS: Final = object()


def send(dest: Any, message: Any, options: Any = _NO_OPTIONS) -> Any:
    """Send a message; returns it, or `:ok` when options are given."""
    if type(dest) is Pid and options is _NO_OPTIONS:  # what most sends are, with no call but this one
        process = dest.process
        if process is not None:
            process.mailbox.append(message)
            if process.waiting:
                process.waiting = False
                if not process.queued:
                    process.queued = True
                    _scheduler.queue.append(process)
        return message
    chosen = [] if options is _NO_OPTIONS else to_pylist(options)
    if any(option not in _SEND_OPTIONS for option in chosen):
        raise bad_argument("erlang", "send", (dest, message, options), a3="invalid option in list")
    _destination("send", dest, message, *(() if options is _NO_OPTIONS else (options,)))
    if type(dest) is tuple and dest[1] is not this_node.name and atom("noconnect") in chosen:
        return atom("noconnect")
    runtime.send(dest, message)
    return message if options is _NO_OPTIONS else OK


_SEND_OPTIONS: Final = (atom("noconnect"), atom("nosuspend"))


def _destination(name: str, dest: Any, message: Any, *more: Any) -> None:
    if not _is_destination(dest):
        raise bad_argument("erlang", name, (dest, message, *more), a1="invalid destination")


def _is_destination(dest: Any) -> bool:
    if type(dest) is Pid or type(dest) in (Reference, Port):
        return True
    named = type(dest) is tuple and len(dest) == 2 and is_atom(dest[0]) and is_atom(dest[1])
    return named or (type(dest) is Atom and runtime.whereis(dest) is not None)


def deliver(name: str, dest: Any, message: Any, *more: Any) -> None:
    """Send a message for the function of a name, whose arguments an error tells."""
    _destination(name, dest, message, *more)
    runtime.send(dest, message)


def bang(dest: Any, message: Any) -> Any:
    """Send a message by Erlang's operator, which does not say what is wrong; returns it."""
    if not _is_destination(dest):
        raise bad_argument("erlang", "!", (dest, message))
    return runtime.send(dest, message)


# ---- calling


_ABSENT: Final = object()


def apply_fun(fun: Any, args: Any) -> Any:
    """Call a function with a list of arguments."""
    if not is_proper(args):
        raise bad_argument("erlang", "apply", (fun, args), a1="not a list")
    given = to_pylist(args)
    if not is_function(fun):
        raise erlang_error((atom("badfun"), fun))
    if not is_function(fun, len(given)):
        raise erlang_error((atom("badarity"), (fun, args)))
    return fun(*given)


def apply_remote(target: Any, function: Any, args: Any) -> Any:
    """Call a function of a module with a list of arguments."""
    if not is_atom(target) or not is_atom(function) or not is_proper(args):
        raise erlang_error("badarg", "erlang", "apply", (target, function, args))
    given = to_pylist(args)
    name = function.name if type(function) is Atom else str(function).lower()
    return export(target, name, len(given)).fn(*given)


# ---- links, monitors, exits


def _pid(name: str, value: Any, *args: Any) -> Pid:
    if type(value) is not Pid:
        raise bad_argument("erlang", name, args or (value,), a1="not a pid")
    return value


def link(pid: Any) -> bool:
    """Link the calling process with another."""
    if type(pid) is Port:
        return True
    return runtime.link(_pid("link", pid))


def unlink(pid: Any) -> bool:
    """Remove the link with another process."""
    return runtime.unlink(_pid("unlink", pid))


def monitor(kind: Any, target: Any, options: Any = EMPTY) -> Any:
    """Watch a process."""
    if kind is not atom("process") and kind is not atom("port"):
        raise bad_argument("erlang", "monitor", (kind, target), a1="invalid monitor type")
    if not (type(target) is Pid or type(target) is Atom or _is_here(target)):
        raise bad_argument("erlang", "monitor", (kind, target), a2="not a pid")
    how = monitor_options(options)
    if how is None:
        raise bad_argument("erlang", "monitor", (kind, target, options), a3="invalid option in list")
    return runtime.monitor(target[0] if type(target) is tuple else target, **how)


def _is_here(target: Any) -> bool:
    """Tell whether a term is `{name, node}` of this node."""
    return type(target) is tuple and len(target) == 2 and type(target[0]) is Atom and target[1] is this_node.name


def demonitor(reference: Any, options: Any = EMPTY) -> bool:
    """Stop watching; with `:flush` a message that has come already is taken back."""
    if type(reference) is not Reference:
        args = (reference,) if options is EMPTY else (reference, options)
        raise bad_argument("erlang", "demonitor", args, a1="not a reference")
    chosen = to_pylist(options)
    if any(option not in (atom("flush"), atom("info")) for option in chosen):
        raise bad_argument("erlang", "demonitor", (reference, options), a2="invalid option in list")
    known = runtime.demonitor(reference, flush=atom("flush") in chosen)
    return known if atom("info") in chosen else True


def exit_self(reason: Any) -> Any:
    """Stop the calling process."""
    raise Exit(reason)


def exit_other(pid: Any, reason: Any) -> bool:
    """Send an exit signal to a process."""
    runtime.exit_signal(_pid("exit", pid, pid, reason), reason)
    process = runtime.find(pid)
    if process is not None and process.thrown is not None and runtime.scheduler.current is not None:
        # It dies beside the caller on the BEAM: whoever is linked to it must not go on as if nothing had been.
        runtime.scheduler.give_way()
    return True


def throw_term(term: Any) -> Any:
    """Throw a term."""
    raise Throw(term)


def error(reason: Any, args: Any = None, options: Any = EMPTY) -> Any:
    """Raise an error of any reason; an exception struct with options comes from `raise/1`, whose frame says so."""
    failure = ElixirError(reason)
    failure.raised = type(reason) is Map and options is not EMPTY
    raise failure


def raise_(kind: Any, reason: Any, stacktrace: Any) -> Any:
    """Raise an error, throw or exit again, with a stack trace of one's own."""
    failures: dict[str, Callable[[Any], Any]] = {"error": ElixirError, "exit": Exit, "throw": Throw}
    if type(kind) is not Atom or kind.name not in failures or not is_proper(stacktrace):
        return atom("badarg")
    failure = failures[kind.name](reason)
    if type(failure) is ElixirError:
        failure.stacktrace = stacktrace
    raise failure


def is_process_alive(pid: Any) -> bool:
    """Whether the process lives."""
    return runtime.is_alive(_pid("is_process_alive", pid))


def process_flag(flag: Any, value: Any, extra: Any = _ABSENT) -> Any:
    """Set a flag of the calling process; returns the old value."""
    if extra is not _ABSENT:
        return _save_calls(flag, value, extra)
    if type(flag) is not Atom or flag.name not in _FLAGS:
        raise bad_argument("erlang", "process_flag", (flag, value), a1="invalid process flag")
    if not _FLAGS[flag.name](value):
        raise bad_argument("erlang", "process_flag", (flag, value), a2="invalid value for this process flag")
    return runtime.process_flag(flag, value)


def _save_calls(pid: Any, flag: Any, value: Any) -> int:
    """Take the one flag of another process that can be set, the number of calls to remember (none are)."""
    named = flag is atom("save_calls")
    no_number = named and not (type(value) is int and 0 <= value <= 10_000)
    faults = (
        None if type(pid) is Pid else "not a pid",
        None if named else "invalid process flag",
        "invalid value for process flag 'save_calls'" if no_number and type(pid) is Pid else None,
    )
    if any(faults):
        raise refused("erlang", "process_flag", (pid, flag, value), *faults)
    process = runtime.find(pid)
    if process is None:
        raise bad_argument("erlang", "process_flag", (pid, flag, value))
    old: int = set_flag(process, flag.name, value)
    return old


def _is_boolean(value: Any) -> bool:
    return type(value) is bool


def _is_size(value: Any) -> bool:
    return type(value) is int and value >= 0


_FLAGS: Final[dict[str, Callable[[Any], bool]]] = {
    "trap_exit": _is_boolean,
    "async_dist": _is_boolean,
    "sensitive": _is_boolean,
    "error_handler": is_atom,
    "priority": lambda value: type(value) is Atom and value.name in ("low", "normal", "high", "max"),
    "fullsweep_after": _is_size,
    "min_heap_size": _is_size,
    "min_bin_vheap_size": _is_size,
    "max_heap_size": lambda value: True,
    "message_queue_data": lambda value: type(value) is Atom and value.name in ("on_heap", "off_heap"),
    "save_calls": _is_size,
}


# ---- names


def register(name: Any, pid: Any) -> bool:
    """Give a process a name."""
    if name is UNDEFINED:
        raise bad_argument("erlang", "register", (name, pid), a1="'undefined' is not a valid name")
    return runtime.register(pid, name)


def unregister(name: Any) -> bool:
    """Take a name back."""
    if type(name) is not Atom or runtime.whereis(name) is None:
        raise bad_argument("erlang", "unregister", (name,), a1="not a pid")
    return runtime.unregister(name)


def whereis(name: Any) -> Any:
    """The pid of a name, or `:undefined`."""
    if not is_atom(name):
        raise bad_argument("erlang", "whereis", (name,), a1="not an atom")
    found = runtime.whereis(name)
    return UNDEFINED if found is None else found


def registered() -> Any:
    """The names of all named processes."""
    return from_iterable(list(runtime.names))


def processes() -> Any:
    """The pids of all living processes."""
    return from_pylist(runtime.processes())


def process_info(pid: Any, item: Any = _ABSENT) -> Any:
    """What is known of a living process, by Erlang's item names; `:undefined` for a dead one."""
    from pyex.stdlib.erlang.bifs.process_info import describe

    _pid("process_info", pid, *((pid,) if item is _ABSENT else (pid, item)))
    return describe(pid) if item is _ABSENT else describe(pid, item)


def group_leader(leader: Any = _ABSENT, pid: Any = None) -> Any:
    """The process, or device, that does the calling process's input and output; with two arguments, set it."""
    if leader is _ABSENT:
        return runtime.group_leader_pid()
    if type(leader) is not Pid or type(pid) is not Pid:
        faults = [None if type(given) is Pid else "not a pid" for given in (leader, pid)]
        raise refused("erlang", "group_leader", (leader, pid), *faults)
    process = runtime.find(pid)
    if process is None:
        raise bad_argument("erlang", "group_leader", (leader, pid))
    process.group_leader = leader
    return True


# ---- the process dictionary


def _dictionary() -> dict[Any, Any]:
    return runtime.current().dictionary


def put(key: Any, value: Any) -> Any:
    """Set a key of the process dictionary; returns the old value."""
    return runtime.put_value(key, value, UNDEFINED)


def get(key: Any = _ABSENT) -> Any:
    """A value of the process dictionary, or `:undefined`."""
    if key is _ABSENT:
        return from_pylist(runtime.dictionary_pairs())
    return runtime.get_value(key, UNDEFINED)


def get_keys(value: Any = _ABSENT) -> Any:
    """The keys of the process dictionary."""
    return from_pylist([key for key, held in runtime.dictionary_pairs() if value is _ABSENT or held == value])


def erase(key: Any = _ABSENT) -> Any:
    """Take a key out of the process dictionary; returns its value."""
    if key is _ABSENT:
        pairs = from_pylist(runtime.dictionary_pairs())
        _dictionary().clear()
        return pairs
    return runtime.erase_value(key, UNDEFINED)


# ---- timers


def send_after(time: Any, dest: Any, message: Any, options: Any = EMPTY) -> Any:
    """Send a message after some milliseconds, or at a monotonic time with `abs: true`; returns the timer's reference."""
    return timers.send_after(_milliseconds("send_after", time, dest, message, options), dest, message)


def _milliseconds(name: str, time: Any, dest: Any, message: Any, options: Any) -> float:
    """Return how long a timer is to run. Raises `:badarg` for arguments that are none."""
    chosen = to_pylist(options) if is_proper(options) else [options]
    absolute = (atom("abs"), True) in chosen
    wrong = {}
    if type(time) is not int or (time < 0 and not absolute):
        wrong["a1"] = "out of range" if type(time) is int else "not an integer"
    if type(dest) is not Pid and not is_atom(dest):
        wrong["a2"] = "not a pid or an atom"
    if not all(is_option(option, "abs") and type(option[1]) is bool for option in chosen):
        wrong["a3"] = "invalid option in list" if is_proper(options) else "not a list"  # Erlang's own count
    if wrong:
        args = (time, dest, message) if options is EMPTY else (time, dest, message, options)
        raise bad_argument("erlang", name, args, **wrong)
    return max(0.0, time - monotonic_ns() / 10**6) if absolute else float(time)


def start_timer(time: Any, dest: Any, message: Any, options: Any = EMPTY) -> Any:
    """Send `{:timeout, ref, message}` after some milliseconds; returns the timer's reference."""
    reference = Reference()
    milliseconds = _milliseconds("start_timer", time, dest, message, options)
    return timers.send_after(milliseconds, dest, (atom("timeout"), reference, message), reference)


def cancel_timer(reference: Any, options: Any = EMPTY) -> Any:
    """Stop a timer; returns the milliseconds that were left, or false; with `async: true` they come as a message."""
    chosen = {}
    for option in to_pylist(options) if is_proper(options) else [options]:
        if not any(is_option(option, name) and type(option[1]) is bool for name in ("async", "info")):
            raise bad_argument("erlang", "cancel_timer", (reference, options), a2="invalid option in list")
        chosen[option[0].name] = option[1]
    if type(reference) is not Reference:
        args = (reference,) if options is EMPTY else (reference, options)
        raise bad_argument("erlang", "cancel_timer", args, a1="not a reference")
    left = timers.cancel(reference)
    is_told = chosen.get("info", True)
    if not chosen.get("async", False):
        return left if is_told else OK
    if is_told:
        runtime.send(runtime.self_pid(), (atom("cancel_timer"), reference, left))
    return OK


def read_timer(reference: Any, options: Any = EMPTY) -> Any:
    """The milliseconds that a timer has left, or false."""
    if type(reference) is not Reference:
        raise bad_argument("erlang", "read_timer", (reference,), a1="not a reference")
    return timers.left(reference)


def yield_() -> bool:
    """Let other processes run first."""
    runtime.scheduler.give_way()
    return True


def hibernate(target: Any, function: Any, args: Any) -> Any:
    """Wait for a message without a stack, then call a function of a module; never returns to its caller."""
    given = call_arguments("hibernate", target, function, args)
    raise Hibernation(export(target, function.name, len(given)), tuple(given))


def make_ref() -> Any:
    """A unique reference."""
    return Reference()


def alias(options: Any = EMPTY) -> Any:
    """A reference that messages can be sent to until `unalias`, or for one message with `:reply`."""
    if not isinstance(options, List):
        raise bad_argument("erlang", "alias", (options,), a1="not a list")
    chosen = to_pylist(options)
    if any(option not in (EXPLICIT, REPLY) for option in chosen):
        raise bad_argument("erlang", "alias", (options,), a1="invalid option in list")
    return runtime.make_alias(chosen[-1] if chosen else EXPLICIT)


def unalias(reference: Any) -> bool:
    """Stop taking messages for a reference; tells whether it was an alias."""
    if type(reference) is not Reference:
        raise bad_argument("erlang", "unalias", (reference,), a1="not a reference")
    return runtime.drop_alias(reference)


for _function, _name in ((raise_, "raise"), (yield_, "yield")):
    _function.__name__ = _name

BIFS: Final = (
    send, link, unlink, monitor, demonitor, error, raise_, is_process_alive, process_flag, register, unregister, whereis, registered,
    processes, process_info, group_leader, put, get, get_keys, erase, send_after, start_timer, cancel_timer, read_timer,
    yield_, hibernate, make_ref, alias, unalias,
)  # fmt: skip
