"""What is known of a process: its flags, and what `Process.info/1` tells by Erlang's item names."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime.process import Process
from pyex.runtime.system import current, find
from pyex.terms.atoms import Atom, atom
from pyex.terms.pids import Pid, Reference

_FLAGS: Final = {
    "priority": atom("normal"),
    "message_queue_data": atom("on_heap"),
    "error_handler": atom("error_handler"),
    "min_heap_size": 233,
    "min_bin_vheap_size": 46422,
    "fullsweep_after": 65535,
    "save_calls": 0,
}


def process_flag(flag: Atom, value: Any) -> Any:
    """Set a flag of the running process; returns the old value. Only `:trap_exit` changes what it does."""
    me = current()
    if flag.name == "trap_exit":
        old, me.trap_exit = me.trap_exit, value is True
        return old
    return set_flag(me, flag.name, value)


def set_flag(process: Process, name: str, value: Any) -> Any:
    """Keep a flag of a process that changes nothing in what it does; returns the old value."""
    old = flag_of(process, name, _FLAGS.get(name, False))
    process.flags = {**(process.flags or {}), name: value}
    return old


def set_options(process: Process, options: list[Any]) -> None:
    """Set the flags of a new process that the options of its start name; all others are passed over."""
    for option in options:
        if type(option) is tuple and len(option) == 2 and type(option[0]) is Atom and option[0].name in _FLAGS:
            process.flags = {**(process.flags or {}), option[0].name: option[1]}


def flag_of(process: Process, name: str, default: Any) -> Any:
    """Return a flag of a process as it was last set."""
    return default if process.flags is None else process.flags.get(name, default)


def process_info(pid: Pid) -> dict[str, Any] | None:
    """Return what is known of a living process by Erlang's item names, or None."""
    process = find(pid)
    if process is None:
        return None
    return {
        "registered_name": process.name,
        "initial_call": process.initial_call,
        "status": atom("waiting" if process.waiting else "running"),
        "message_queue_len": len(process.mailbox),
        "messages": list(process.mailbox),
        "links": list(process.links),
        "monitors": [target[1] if type(target) is tuple else target for target in process.monitors.values()],
        "monitored_by": [
            watch[0] if type(watch) is tuple else watch
            for reference, watch in process.watchers.items()
            if type(reference) is Reference
        ],
        "dictionary": process.dictionary,
        "trap_exit": process.trap_exit,
        "group_leader": process.group_leader,
        "reductions": process.reductions,
        "parent": process.parent,
        "module_version": process.server.version if process.server is not None else None,
    }
