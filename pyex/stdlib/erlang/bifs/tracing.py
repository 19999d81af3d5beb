"""`:erlang.trace` and `trace_pattern`: a process hears of the calls and the messages of others.

A process whose messages are traced has a mailbox of another kind, so that nobody pays for tracing while there is none.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from pyex import runtime
from pyex.otp import call_tracing
from pyex.otp.call_tracing import Everyone, Traced, processes
from pyex.otp.server_loop import Server
from pyex.runtime import system
from pyex.runtime.process import Process
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import bad_argument
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
    if not is_proper(flag_list):
        raise bad_argument("erlang", "trace", args, a3=_WRONG_OPTION)
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
    if not (type(mfa) is tuple and len(mfa) == 3 and type(mfa[0]) is Atom and type(mfa[1]) is Atom):
        raise bad_argument("erlang", "trace_pattern", (mfa, match_spec, flag_list), a1="invalid MFA specification")
    flags = to_pylist(flag_list) if is_proper(flag_list) else []
    spec = None if match_spec is False else match_spec
    return call_tracing.set_pattern(*mfa, spec, local=atom("local") in flags)


def trace_info(pid_port_func_event: Any, item: Any) -> Any:
    """What is traced of a process: `:flags` or its `:tracer`.

        iex> :erlang.trace_info(self(), :flags)
        {:flags, []}
    """
    found = processes.get(pid_port_func_event) if type(pid_port_func_event) is Pid else Everyone.traced
    if item is atom("tracer"):
        return item, found.tracer if found is not None else EMPTY
    return item, from_pylist([atom(name) for name in sorted(found.flags)]) if found is not None else EMPTY


BIFS: Final = (trace, trace_pattern, trace_info)
