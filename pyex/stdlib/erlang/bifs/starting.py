"""Starting processes: `spawn` and its kin, here or on a node that is named, and requests that a message answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.runtime.facts import set_options
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import ElixirError, Exit, bad_argument, refused
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, List, from_pylist, is_proper, to_pylist
from pyex.terms.node import this_node
from pyex.terms.pids import Reference

_ABSENT: Final = object()
_APPLY: Final = (atom("erlang"), atom("apply"), 2)


def list_fault(term: Any) -> str | None:
    """Return what is wrong with a term where a proper list is wanted."""
    if is_proper(term):
        return None
    return "not a proper list" if isinstance(term, List) else "not a list"


def call_arguments(name: str, target: Any, function: Any, args: Any, node: Any = _ABSENT) -> list[Any]:
    """Return the arguments of a call of a module's function, which a function of Erlang's is given."""
    faults = [None if is_atom(given) else "not an atom" for given in (target, function)] + [list_fault(args)]
    if not any(faults):
        return to_pylist(args)
    call = (target, function, args)
    if node is _ABSENT or isinstance(args, List) and not any(faults[:2]):
        raise refused("erlang", name, call, *faults)
    raise refused("erlang", name, (node, *call), None, *faults)


def _fun_fault(name: str, fun: Any, place: int, *args: Any) -> ElixirError:
    return bad_argument("erlang", name, args, **{} if is_function(fun) else {f"a{place}": "not a fun"})


def _spawner(name: str, *, link: bool = False, monitor: bool = False) -> Callable[..., Any]:
    def spawn_call(target: Any, function: Any, args: Any, node: Any = _ABSENT) -> Any:
        given = call_arguments(name, target, function, args, node)
        entry = export(target, function.name, len(given))
        return runtime.spawn(entry, tuple(given), entry=(target, function, len(given)), link=link, monitor=monitor)

    def elsewhere(node: Any, *call: Any) -> Any:
        if type(node) is not Atom:
            raise bad_argument("erlang", name, (node, *call), a1="not an atom")
        if monitor and len(call) == 1 and not is_function(call[0], 0):
            raise _fun_fault(name, call[0], 2, node, *call)
        if node is not this_node.name:
            return runtime.spawn(_unreachable, (), entry=_APPLY, link=link, monitor=monitor)
        if len(call) == 1:
            return either(*call)
        target, function, args = call
        return spawn_call(target, function, args, node)

    def either(first: Any, second: Any = _ABSENT, third: Any = _ABSENT, fourth: Any = _ABSENT) -> Any:
        if second is _ABSENT:
            if monitor and not is_function(first, 0):
                raise _fun_fault(name, first, 1, first)
            return runtime.spawn(checked_fun(name, first), entry=_APPLY, link=link, monitor=monitor)
        if third is _ABSENT:
            return elsewhere(first, second)
        return spawn_call(first, second, third) if fourth is _ABSENT else elsewhere(first, second, third, fourth)

    either.__name__ = name
    either.__doc__ = f"Start a process that calls a function (`{name}`)."
    return either


def _unreachable() -> None:
    """What runs in the place of a process that another node should have started."""
    raise Exit(atom("noconnection"))


def checked_fun(name: str, fun: Any) -> Any:
    """Return what a process shall call; a function that wants arguments makes the process fail, not its starter."""
    if is_function(fun, 0):
        return fun
    if not is_function(fun):
        raise _fun_fault(name, fun, 1, fun)

    def body() -> None:
        raise ElixirError((atom("badarity"), (fun, EMPTY)), ((atom("erlang"), "apply", 2),))

    return body


def spawn_opt(
    first: Any, second: Any, third: Any = _ABSENT, fourth: Any = _ABSENT, fifth: Any = _ABSENT
) -> Any:
    """Start a process with options: `:link`, `:monitor`; the others are accepted. A node can stand first."""
    args = tuple(given for given in (first, second, third, fourth, fifth) if given is not _ABSENT)
    node = first if len(args) in (3, 5) else _ABSENT
    if node is not _ABSENT and type(node) is not Atom:
        raise bad_argument("erlang", "spawn_opt", args, a1="not an atom")
    call = args[1:-1] if node is not _ABSENT else args[:-1]
    fault = list_fault(args[-1])
    if fault is None and not all(_is_spawn_option(option) for option in to_pylist(args[-1])):
        fault = "invalid spawn option"
    if fault is not None:
        raise bad_argument("erlang", "spawn_opt", args, **{f"a{len(args)}": fault})
    options = to_pylist(args[-1])
    if len(call) == 1:
        body, given, entry = checked_fun("spawn_opt", call[0]), [], _APPLY
    else:
        target, function, arguments = call
        given = call_arguments("spawn_opt", target, function, arguments, node)
        body, entry = export(target, function.name, len(given)), (target, function, len(given))
    if node is not _ABSENT and node is not this_node.name:
        body, given = _unreachable, []
    pid = runtime.spawn(body, tuple(given), entry=entry, link=atom("link") in options)
    set_options(pid.process, options)
    for option in options:
        if option is atom("monitor") or is_option(option, "monitor"):
            return pid, runtime.monitor(pid, **(monitor_options(option[1]) or {}) if type(option) is tuple else {})
    return pid


def _is_spawn_option(option: Any) -> bool:
    name = option[0] if type(option) is tuple and len(option) == 2 else option
    if is_option(option, "monitor") and not (is_proper(option[1]) and monitor_options(option[1]) is not None):
        return False
    return type(name) is Atom and name.name in _SPAWN_OPTIONS


_SPAWN_OPTIONS: Final = frozenset(
    {
        "link", "monitor", "priority", "fullsweep_after", "min_heap_size", "min_bin_vheap_size", "max_heap_size",
        "message_queue_data", "async_dist",
    }
)


def is_option(option: Any, name: str) -> bool:
    """Tell whether a term is the option of a name, with its value."""
    return type(option) is tuple and len(option) == 2 and option[0] is atom(name)


_ALIASES: Final = frozenset({"explicit_unalias", "demonitor", "reply_demonitor"})


def monitor_options(options: Any) -> dict[str, Any] | None:
    """Return the options of a monitor by name, None when one is wrong."""
    how: dict[str, Any] = {}
    for option in to_pylist(options):
        if is_option(option, "alias") and type(option[1]) is Atom and option[1].name in _ALIASES:
            how["alias"] = option[1]
        elif is_option(option, "tag"):
            how["tag"] = option[1]
        else:
            return None
    return how


# ---- requests


def _request(args: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...], Any]:
    """Return node, call (a function, or module, name and arguments) and options of a `spawn_request`."""
    given = list(args)
    fun_second = len(given) in (2, 3) and is_function(given[1])
    named = len(given) == 5 or fun_second or (len(given) == 4 and type(given[2]) is Atom)
    where = given.pop(0) if named else this_node.name
    size = 3 if len(given) >= 3 else 1
    call, options = tuple(given[:size]), given[size] if len(given) > size else EMPTY
    faults = [None if type(where) is Atom else "not an atom"] if named else []
    if size == 3:
        faults += [None if is_atom(part) else "not an atom" for part in call[:2]] + [list_fault(call[2])]
    elif not is_function(call[0], 0):
        at_options = len(args) == 2 and not named  # where Erlang points at
        faults += ([None] if at_options else []) + [None if is_function(call[0]) else "not a fun"]
        if not any(faults):
            raise bad_argument("erlang", "spawn_request", args)
    if not any(faults) and not is_proper(options):
        faults += [None] * (len(args) - 1 - len(faults)) + ["invalid option in list"]
    if any(faults):
        raise refused("erlang", "spawn_request", args, *faults)
    return where, call, options


def spawn_request(a: Any, b: Any = _ABSENT, c: Any = _ABSENT, d: Any = _ABSENT, e: Any = _ABSENT) -> Any:
    """Start a process and tell of it by a message `{:spawn_reply, request, :ok, pid}`; the answer is the request.

    With `:monitor` among the options the request is the monitor's reference too.
    """
    where, call, options = _request(tuple(item for item in (a, b, c, d, e) if item is not _ABSENT))
    tag, kept = atom("spawn_reply"), []
    replies = atom("yes")
    for option in to_pylist(options):
        if is_option(option, "reply_tag"):
            tag = option[1]
        elif is_option(option, "reply"):
            replies = option[1]
        else:
            kept.append(option)
    request: Any = Reference()
    failed = None
    if not all(_is_spawn_option(option) for option in kept):
        failed = atom("badopt")
    elif where is not this_node.name:
        failed = atom("noconnection")
    if failed is not None:
        outcome: tuple[Any, ...] = (atom("error"), failed)
    else:
        started: Any = export(atom("erlang"), "spawn_opt", len(call) + 1).fn(*call, from_pylist(kept))
        pid, request = started if type(started) is tuple else (started, request)
        outcome = (atom("ok"), pid)
    if replies in (atom("yes"), atom("success_only" if failed is None else "error_only")):
        runtime.send(runtime.self_pid(), (tag, request, *outcome))
    return request


def spawn_request_abandon(request: Any) -> bool:
    """Give a request to start a process up; it has been answered already."""
    if type(request) is not Reference:
        raise bad_argument("erlang", "spawn_request_abandon", (request,), a1="not a reference")
    return False


BIFS: Final = (
    _spawner("spawn"), _spawner("spawn_link", link=True), _spawner("spawn_monitor", monitor=True), spawn_opt,
    spawn_request, spawn_request_abandon,
)  # fmt: skip
