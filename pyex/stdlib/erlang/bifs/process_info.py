"""`process_info`: what is known of a process, by Erlang's item names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp.behind import HIBERNATING
from pyex.runtime.process import Process
from pyex.terms import stacktrace
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import bad_argument
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map

UNDEFINED: Final = atom("undefined")
_APPLY: Final = (atom("erlang"), atom("apply"), 2)
_INIT: Final = (atom("proc_lib"), atom("init_p"), 5)
_HEAP: Final = Map.from_pairs(
    [
        (atom("error_logger"), True),
        (atom("include_shared_binaries"), False),
        (atom("kill"), True),
        (atom("size"), 0),
    ]
)
_GC: Final = from_pylist(
    [
        (atom("max_heap_size"), _HEAP),
        (atom("min_bin_vheap_size"), 46422),
        (atom("min_heap_size"), 233),
        (atom("fullsweep_after"), 65535),
        (atom("minor_gcs"), 0),
    ]
)
_INFO: Final = (alias("Process"), atom("info"), 2, EMPTY)
_RECEIVE: Final = (atom("prim_eval"), atom("receive"), 2, EMPTY)
_BEGINS: Final = (*_APPLY, EMPTY)


def _stack(process: Process) -> list[Any]:
    """Return where a process stands; one that has not run yet, at its beginning."""
    if process is runtime.scheduler.current:
        return [_INFO, *to_pylist(stacktrace.current())]
    if process.server is not None and process.waiting and process.greenlet is None:
        return list(process.server.waits_in)
    if process.waiting and process.greenlet is None:
        return list(HIBERNATING)
    frame = None if process.greenlet is None else process.greenlet.gr_frame
    while frame is not None:
        module = frame.f_globals.get("module")
        name = frame.f_code.co_name
        if type(module) is NativeModule and (name, frame.f_code.co_argcount) in module.exports:
            own = (module.name, atom(name), frame.f_code.co_argcount, EMPTY)
            return [own, *to_pylist(stacktrace.of_frame(frame))]
        if "__elixir__" in frame.f_globals:
            found = to_pylist(stacktrace.of_frame(frame))
            return found if frame.f_globals["__elixir__"] is not None or not found else [_RECEIVE, *found]
        frame = frame.f_back
    return [_BEGINS]


def _status(process: Process) -> Any:
    if process is runtime.scheduler.current:
        return atom("running")
    return atom("waiting" if process.waiting else "runnable")


def _monitored_by(process: Process) -> Any:
    info = runtime.process_info(process.pid) or {}
    return from_pylist(list(info.get("monitored_by", ())))


def _monitors(process: Process) -> Any:
    info = runtime.process_info(process.pid) or {}
    return from_pylist([(atom("process"), target) for target in info.get("monitors", ())])


def _size(process: Process) -> int:
    return 233 + 8 * len(process.mailbox)


_ITEMS: Final[dict[str, Callable[[Process], Any]]] = {
    "registered_name": lambda process: EMPTY if process.name is None else process.name,
    "current_function": lambda process: _stack(process)[0][:3],
    "initial_call": lambda process: process.entry or (_APPLY if process.initial_call is None else _INIT),
    "status": _status,
    "message_queue_len": lambda process: len(process.mailbox),
    "messages": lambda process: from_pylist(list(process.mailbox)),
    "links": lambda process: from_pylist(list(process.links)),
    "monitors": _monitors,
    "monitored_by": _monitored_by,
    "dictionary": lambda process: from_pylist(runtime.dictionary_pairs(process)),
    "trap_exit": lambda process: process.trap_exit,
    "error_handler": lambda process: atom("error_handler"),
    "priority": lambda process: runtime.flag_of(process, "priority", atom("normal")),
    "group_leader": lambda process: runtime.pid_of(process.group_leader),
    "total_heap_size": _size,
    "heap_size": _size,
    "stack_size": lambda process: 0 if process.greenlet is None else 1,
    "reductions": lambda process: process.reductions,
    "garbage_collection": lambda process: _GC,
    "suspending": lambda process: EMPTY,
    "memory": lambda process: 8 * _size(process),
    "parent": lambda process: UNDEFINED if process.parent is None else process.parent,
    "label": lambda process: runtime.flag_of(process, "label", UNDEFINED),
    "binary": lambda process: EMPTY,
    "catchlevel": lambda process: 0,
    "current_location": lambda process: _stack(process)[0],
    "current_stacktrace": lambda process: from_pylist([place for place in _stack(process) if place not in HIBERNATING]),
    "backtrace": lambda process: stacktrace.format_stacktrace(from_pylist(_stack(process))),
    "last_calls": lambda process: False,
    "sequential_trace_token": lambda process: EMPTY,
    "trace": lambda process: 0,
    "fullsweep_after": lambda process: 65535,
    "min_heap_size": lambda process: 233,
    "min_bin_vheap_size": lambda process: 46422,
    "message_queue_data": lambda process: runtime.flag_of(process, "message_queue_data", atom("on_heap")),
    "async_dist": lambda process: False,
    "garbage_collection_info": lambda process: EMPTY,
    "max_heap_size": lambda process: _HEAP,
}
_USUAL: Final = (
    "registered_name", "current_function", "initial_call", "status", "message_queue_len", "links", "dictionary",
    "trap_exit", "error_handler", "priority", "group_leader", "total_heap_size", "heap_size", "stack_size", "reductions",
    "garbage_collection", "suspending",
)  # fmt: skip


def describe(pid: Any, item: Any = None) -> Any:
    """Return the usual items of a process as a list, one item as a pair, or a list of items; `:undefined` if dead."""
    process = runtime.find(pid)
    if item is None:
        return UNDEFINED if process is None else from_pylist(_usual(process))
    wanted = to_pylist(item) if is_proper(item) else [item]
    for name in wanted:
        known = type(name) is Atom and name.name in _ITEMS
        if not known and not (type(name) is tuple and len(name) == 2 and name[0] is atom("dictionary")):
            raise bad_argument("erlang", "process_info", (pid, item), a2="invalid item or item list")
    if process is None:
        return UNDEFINED
    found = [_item(process, name) for name in wanted]
    if is_proper(item):
        return from_pylist(found)
    return EMPTY if item is atom("registered_name") and process.name is None else found[0]


def _item(process: Process, name: Any) -> tuple[Any, Any]:
    if type(name) is tuple:
        return name, dict(runtime.dictionary_pairs(process)).get(name[1], UNDEFINED)
    return name, _ITEMS[name.name](process)


def _usual(process: Process) -> list[tuple[Any, Any]]:
    names = _USUAL if process.name is not None else _USUAL[1:]
    return [(atom(name), _ITEMS[name](process)) for name in names]
