"""This node and the others, of which there are none: names, cookies, processes started by the node's name."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import bad_argument, erlang_error, refused
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.maps import EMPTY_MAP, Map
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Port, Reference

_THIS: Final = atom("this")
_KNOWN: Final = atom("known")
_KINDS: Final = frozenset(atom(name) for name in ("visible", "hidden", "connected", "this", "known"))
_ABSENT: Final = object()


def node(owner: Any = _ABSENT) -> Any:
    """The name of this node, or of the one that a process, port or reference belongs to: this one."""
    if owner is not _ABSENT and type(owner) not in (Pid, Port, Reference):
        raise bad_argument("erlang", "node", (owner,), a1="not a pid")
    return this_node.name


def nodes(kind: Any = _ABSENT, about: Any = _ABSENT) -> Any:
    """The names of the other nodes: there are none. `:this` and `:known` tell of this one; with a map, with facts."""
    if kind is _ABSENT:
        return EMPTY
    kinds = to_pylist(kind) if is_proper(kind) else [kind]
    args = (kind,) if about is _ABSENT else (kind, about)
    if not all(type(item) is Atom and item in _KINDS for item in kinds):
        fault = "not a list of valid node types" if is_proper(kind) else "not a valid node type"
        raise bad_argument("erlang", "nodes", args, a1=fault)
    found = [this_node.name] if any(item in (_THIS, _KNOWN) for item in kinds) else []
    if about is _ABSENT:
        return from_pylist(found)
    if type(about) is not Map:
        raise bad_argument("erlang", "nodes", args, a2="not a map")
    return from_pylist([(name, EMPTY_MAP) for name in found])


def is_alive() -> bool:
    """Whether this node is part of a network of nodes."""
    return this_node.is_alive


def get_cookie(name: Any = _ABSENT) -> Any:
    """The cookie of this node, or the one that another is spoken to with."""
    if name is not _ABSENT and type(name) is not Atom:
        raise bad_argument("erlang", "get_cookie", (name,), a1="not an atom")
    return this_node.cookie


def set_cookie(name: Any, cookie: Any = _ABSENT) -> bool:
    """Set the cookie of this node; a node without a name has none."""
    args = (name,) if cookie is _ABSENT else (name, cookie)
    if not all(type(item) is Atom for item in args):
        raise refused("erlang", "set_cookie", args, *(None if type(item) is Atom else "not an atom" for item in args))
    if not this_node.is_alive:
        raise erlang_error("distribution_not_started", "erlang", "set_cookie", args)
    if len(args) == 1 or name is this_node.name:
        this_node.cookie = args[-1]
    return True


def monitor_node(name: Any, flag: Any, options: Any = EMPTY) -> bool:
    """Watch another node; this one is always there."""
    args = (name, flag) if options is EMPTY else (name, flag, options)
    if type(name) is not Atom or type(flag) is not bool:
        no_flag = None if type(flag) is bool else "not a boolean"
        raise refused("erlang", "monitor_node", args, None if type(name) is Atom else "not an atom", no_flag)
    if name is not this_node.name and not this_node.is_alive:
        raise erlang_error("notalive", "erlang", "monitor_node", args)
    return True


def disconnect_node(name: Any) -> Any:
    """End the connection to another node: there was none."""
    return False if this_node.is_alive else atom("ignored")


_NOTHING: Final = object()


def _request(args: tuple[Any, ...]) -> tuple[Any, Any, list[Any]]:
    """Return node, call (a function, or module, name and arguments) and options of a `spawn_request`."""
    given = list(args)
    named = (len(given) in (2, 3) and not is_proper(given[1])) or len(given) == 5 or (
        len(given) == 4 and type(given[2]) is Atom and not is_proper(given[2])
    )
    if len(given) == 3 and type(given[0]) is Atom and type(given[1]) is Atom:
        named = False
    where = given.pop(0) if named else this_node.name
    size = 3 if len(given) >= 3 else 1
    options = to_pylist(given[size]) if len(given) > size else []
    return where, given[:size], options


def spawn_request(a: Any, b: Any = _NOTHING, c: Any = _NOTHING, d: Any = _NOTHING, e: Any = _NOTHING) -> Any:
    """Start a process and tell of it by a message `{:spawn_reply, request, :ok, pid}`; the answer is the request."""
    args = tuple(item for item in (a, b, c, d, e) if item is not _NOTHING)
    where, call, options = _request(args)
    tag, kept = atom("spawn_reply"), []
    replies = atom("yes")
    for option in options:
        if type(option) is tuple and len(option) == 2 and option[0] is atom("reply_tag"):
            tag = option[1]
        elif type(option) is tuple and len(option) == 2 and option[0] is atom("reply"):
            replies = option[1]
        else:
            kept.append(option)
    request = Reference()
    if where is not this_node.name:
        outcome: tuple[Any, ...] = (atom("error"), atom("noconnection"))
        wanted = replies in (atom("yes"), atom("error_only"))
    else:
        started = export(atom("erlang"), "spawn_opt", len(call) + 1).fn(*call, from_pylist(kept))
        outcome = (atom("ok"), started[0] if type(started) is tuple else started)
        wanted = replies in (atom("yes"), atom("success_only"))
    if wanted:
        runtime.send(runtime.self_pid(), (tag, request, *outcome))
    return request


def spawn_request_abandon(request: Any) -> bool:
    """Give a request to start a process up; it has been answered already."""
    if type(request) is not Reference:
        raise bad_argument("erlang", "spawn_request_abandon", (request,), a1="not a reference")
    return False


BIFS: Final = (
    node, nodes, is_alive, get_cookie, set_cookie, monitor_node, disconnect_node, spawn_request, spawn_request_abandon,
)  # fmt: skip
