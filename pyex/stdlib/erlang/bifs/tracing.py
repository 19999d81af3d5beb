"""`:erlang.trace` and `trace_pattern`: a process hears of the calls and the messages of others.

A process whose messages are traced has a mailbox of another kind, so that nobody pays for tracing while there is none.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from pyex import runtime
from pyex.code.server import ensure_loaded
from pyex.otp import call_tracing
from pyex.otp.call_tracing import Everyone, Traced, processes
from pyex.otp.server_loop import Server
from pyex.runtime import system
from pyex.runtime.process import Process
from pyex.stdlib.erlang.bifs.starting import list_fault
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import bad_argument, refused
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Pid

TRACE: Final = atom("trace")
RECEIVE: Final = atom("receive")
_WRONG_OPTION: Final = "invalid option in list"
FLAGS: Final = frozenset({
    "all", "send", "receive", "call", "return_to", "procs", "ports", "running", "exiting", "garbage_collection", "arity", "silent",
    "timestamp", "cpu_timestamp", "monotonic_timestamp", "strict_monotonic_timestamp", "set_on_spawn", "set_on_first_spawn",
    "set_on_link", "set_on_first_link", "running_procs", "running_ports",
})  # fmt: skip
_EVERYONE: Final = frozenset({"all", "processes", "existing", "existing_processes"})


class TracedMailbox(deque[Any]):
    """A mailbox that tells a tracer of each message that comes."""

    def __init__(self, owner: Pid, tracer: Pid, held: Any) -> None:
        super().__init__(held)
        self.owner = owner
        self.tracer = tracer

    def append(self, message: Any) -> None:
        """Take a message, and tell the tracer; one that has ended hears no more."""
        super().append(message)
        runtime.send(self.tracer, (TRACE, self.owner, RECEIVE, message))


def _swap(process: Process, mailbox: deque[Any]) -> None:
    held, process.mailbox = process.mailbox, mailbox
    held.clear()  # who still holds the old one finds it empty, and looks again


def trace(pid_port_spec: Any, how: Any, flag_list: Any) -> int:
    """Switch on or off that the caller hears of a process's calls (`:call`) and of what it receives; returns the number of processes.

        iex> :erlang.trace(spawn(fn -> Process.sleep(:infinity) end), true, [:receive])
        1
    """
    args = (pid_port_spec, how, flag_list)
    if type(how) is not bool or not is_proper(flag_list):
        faults = (None if type(how) is bool else "not a boolean ('true' or 'false')", list_fault(flag_list))
        raise refused("erlang", "trace", args, None, *faults)
    flags, tracer = _read(to_pylist(flag_list), args)
    chosen = _chosen(pid_port_spec, tracer if how is True else None, args)
    if pid_port_spec in (atom("all"), atom("new"), atom("processes"), atom("new_processes")):
        known = Everyone.traced.flags if Everyone.traced is not None else set()
        Everyone.traced = _changed(known, flags, tracer, how is True)
    for process in chosen:
        _look(process, flags, tracer, how is True)
    return len(chosen)


def _read(items: list[Any], args: tuple[Any, ...]) -> tuple[set[str], Pid]:
    flags: set[str] = set()
    tracer = runtime.self_pid()
    for item in items:
        if type(item) is tuple and len(item) == 2 and item[0] is atom("tracer") and type(item[1]) is Pid:
            tracer = item[1]
        elif type(item) is Atom and item.name in FLAGS:
            flags |= FLAGS if item.name == "all" else {item.name}
        else:
            raise bad_argument("erlang", "trace", args, a3=_WRONG_OPTION)
    return flags, tracer


def _chosen(spec: Any, tracer: Pid | None, args: tuple[Any, ...]) -> list[Process]:
    if type(spec) is Atom and spec.name in _EVERYONE:
        return [pid.process for pid in system.processes() if pid.process is not None and pid != tracer]
    if type(spec) is Atom and spec.name in ("new", "new_processes", "ports", "existing_ports", "new_ports"):
        return []
    process = runtime.find(spec) if type(spec) is Pid else None
    if process is None:
        raise bad_argument("erlang", "trace", args, a1="invalid spec for pid or port")
    if process.pid == tracer:
        raise bad_argument("erlang", "trace", args, a3=_WRONG_OPTION)
    return [process]


def _changed(known: set[str], flags: set[str], tracer: Pid, on: bool) -> Traced | None:
    left = known | flags if on else known - flags
    return Traced(left, tracer) if left else None


def _look(process: Process, flags: set[str], tracer: Pid, on: bool) -> None:
    before = processes.pop(process.pid, None)
    changed = _changed(before.flags if before is not None else set(), flags, tracer, on)
    if changed is not None:
        processes[process.pid] = changed
    if changed is not None and "receive" in changed.flags:
        _swap(process, TracedMailbox(process.pid, changed.tracer, process.mailbox))
    elif type(process.mailbox) is TracedMailbox:
        _swap(process, deque(process.mailbox))
    if isinstance(process.server, Server):
        process.server.straighten()


def trace_pattern(mfa: Any, match_spec: Any, flag_list: Any = EMPTY) -> int:
    """Have functions tell of their calls, `{module, name, arity}` with `:_` for any; returns how many there are.

    The match specification is `true`, `false`, or a list of clauses on the arguments; `[:local]` means private functions too.

        iex> :erlang.trace_pattern({String, :upcase, 1}, true)
        1
        iex> :erlang.trace_pattern({String, :upcase, 1}, false)
        1
    """
    args = (mfa, match_spec) if flag_list is EMPTY else (mfa, match_spec, flag_list)
    if not (type(mfa) is tuple and len(mfa) == 3 and type(mfa[0]) is Atom and type(mfa[1]) is Atom):
        raise bad_argument("erlang", "trace_pattern", args, a1="invalid MFA specification")
    fault = list_fault(flag_list)
    flags = [] if fault is not None else to_pylist(flag_list)
    if not all(type(flag) is Atom and flag.name in _PATTERN_FLAGS for flag in flags):
        fault = _WRONG_OPTION
    faults = (None, None if _is_spec(match_spec) else "invalid match specification", fault)
    if any(faults):
        raise refused("erlang", "trace_pattern", args, *faults)
    spec = None if match_spec is False else match_spec
    return call_tracing.set_pattern(*mfa, spec, local=atom("local") in flags)


_PATTERN_FLAGS: Final = frozenset({"global", "local", "meta", "call_count", "call_time", "call_memory"})


def _is_spec(spec: Any) -> bool:
    """Tell whether a term can be a match specification: `true`, `false`, `:restart`, `:pause`, or clauses of three parts."""
    if type(spec) is bool or type(spec) is Atom and spec.name in ("restart", "pause"):
        return True
    return is_proper(spec) and all(type(clause) is tuple and len(clause) == 3 for clause in to_pylist(spec))


_COUNTERS: Final = ("meta", "meta_match_spec", "call_memory", "call_time", "call_count")


def trace_info(pid_port_func_event: Any, item: Any) -> Any:
    """What is traced of a process, `:flags` or its `:tracer`, or of a function: whether it is `:traced`, and its `:match_spec`.

        iex> :erlang.trace_info(self(), :flags)
        {:flags, []}
        iex> :erlang.trace_info({String, :upcase, 1}, :traced)
        {:traced, false}
    """
    if type(pid_port_func_event) is tuple and len(pid_port_func_event) == 3:
        return item, _of_function(pid_port_func_event, item)
    new = type(pid_port_func_event) is Atom and pid_port_func_event.name in ("new", "new_processes", "new_ports")
    if type(pid_port_func_event) is not Pid and not new:
        wrong = "not a valid tracee specification"
        raise bad_argument("erlang", "trace_info", (pid_port_func_event, item), a1=wrong)
    found = processes.get(pid_port_func_event) if type(pid_port_func_event) is Pid else Everyone.traced
    if item is atom("tracer"):
        return item, found.tracer if found is not None else EMPTY
    if item is not atom("flags"):
        raise bad_argument("erlang", "trace_info", (pid_port_func_event, item), a2="invalid trace item")
    return item, from_pylist([atom(name) for name in sorted(found.flags)]) if found is not None else EMPTY


def _of_function(mfa: tuple[Any, ...], item: Any) -> Any:
    module, name, arity = mfa
    version = ensure_loaded(module) if type(module) is Atom else None
    if version is None or (name.name, arity) not in version.exports:
        return atom("undefined")
    pattern = call_tracing.patterns.get((module, name.name, arity))
    if pattern is None:
        return False
    facts = {
        "traced": atom("local" if pattern.local else "global"),
        "match_spec": EMPTY if pattern.spec is True else pattern.spec,
        **dict.fromkeys(_COUNTERS, False),
    }
    if item is atom("all"):
        return from_pylist([(atom(fact), value) for fact, value in facts.items()])
    if type(item) is not Atom or item.name not in facts:
        return False
    return facts[item.name]


BIFS: Final = (trace, trace_pattern, trace_info)
