"""This node and the others, of which there are none: names and cookies."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.bifs.starting import list_fault
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import bad_argument, erlang_error, refused
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Port, Reference

_THIS: Final = atom("this")
_KNOWN: Final = atom("known")
_KINDS: Final = frozenset(atom(name) for name in ("visible", "hidden", "connected", "this", "known"))
_FACTS: Final = {atom("node_type"): _THIS, atom("connection_id"): atom("undefined")}
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
    if not all(key in _FACTS and type(wanted) is bool for key, wanted in about.pairs()):
        raise bad_argument("erlang", "nodes", args, a2="invalid options in map")
    facts = Map.from_pairs([(key, _FACTS[key]) for key, wanted in about.pairs() if wanted])
    return from_pylist([(name, facts) for name in found])


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
    if not this_node.is_alive and len(args) == 2 and name is this_node.name:
        raise bad_argument("erlang", "set_cookie", args, a1="the node name is not part of a distributed system")
    if not this_node.is_alive:
        raise erlang_error("distribution_not_started", "erlang", "set_cookie", args)
    if len(args) == 1 or name is this_node.name:
        this_node.cookie = args[-1]
    return True


_PASSIVELY: Final = atom("allow_passive_connect")


def monitor_node(name: Any, flag: Any, options: Any = _ABSENT) -> bool:
    """Watch another node; this one is always there."""
    args = (name, flag) if options is _ABSENT else (name, flag, options)
    faults = [
        None if type(name) is Atom else "not an atom",
        None if type(flag) is bool else "not a boolean ('true' or 'false')",
        None if options is _ABSENT else list_fault(options),
    ]
    if not any(faults) and options is not _ABSENT and any(item is not _PASSIVELY for item in to_pylist(options)):
        faults[2] = "invalid option in list"
    if any(faults):
        raise refused("erlang", "monitor_node", args, *faults)
    if name is not this_node.name and not this_node.is_alive:
        raise erlang_error("notalive", "erlang", "monitor_node", args)
    return True


def disconnect_node(name: Any) -> Any:
    """End the connection to another node: there was none."""
    return False if this_node.is_alive else atom("ignored")


BIFS: Final = (
    node, nodes, is_alive, get_cookie, set_cookie, monitor_node, disconnect_node,
)  # fmt: skip
