""":pg: named groups of processes, which whoever asks is told of; a process may be in a group more than once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import gen_server
from pyex.otp.status import Telling
from pyex.runtime.system import DOWN
from pyex.stdlib.erlang import gen_server as erlang_gen_server
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import List, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map, decode_key, encode_key
from pyex.terms.pids import Pid, Reference

module = NativeModule(":pg", doc="Named groups of processes.", behaviour=())
PG: Final = atom("pg")
OK: Final = atom("ok")
REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
JOIN: Final = atom("join")
LEAVE: Final = atom("leave")
NOT_JOINED: Final = atom("not_joined")


class Scope(Telling):
    """The groups of one scope: their members in the order in which they joined, the last first, and who is told of changes."""

    def __init__(self) -> None:
        self.groups: dict[Any, list[Pid]] = {}
        self.watched: dict[Pid, Reference] = {}
        self.listeners: dict[Reference, tuple[Pid, Any]] = {}
        """By reference who is told, and of which group; `:_` stands for all."""

    def shown(self, name: Any) -> Any:
        """Return the state: its name and its groups."""
        return atom("state"), name, self.as_map()

    def as_map(self) -> Map:
        """Return the members of all groups."""
        return Map.from_pairs([(decode_key(key), from_pylist(list(pids))) for key, pids in self.groups.items()])

    def members(self, group: Any) -> list[Pid]:
        """Return the members of a group."""
        return self.groups.get(encode_key(group), [])

    def join(self, group: Any, pids: list[Pid]) -> None:
        """Add processes to a group, and look after them."""
        key = encode_key(group)
        self.groups[key] = [*reversed(pids), *self.groups.get(key, [])]
        for pid in pids:
            if pid not in self.watched:
                self.watched[pid] = runtime.monitor(pid)
        self.tell(JOIN, group, pids)

    def leave(self, group: Any, pids: list[Pid]) -> bool:
        """Take processes out of a group, once for each time that they are named; tells whether any was in it."""
        key = encode_key(group)
        members = list(self.groups.get(key, []))
        gone = []
        for pid in pids:
            if pid in members:
                members.remove(pid)
                gone.append(pid)
        if not gone:
            return False
        self.keep(key, members)
        for pid in dict.fromkeys(gone):
            if not any(pid in one for one in self.groups.values()):
                runtime.demonitor(self.watched.pop(pid), flush=True)
        self.tell(LEAVE, group, gone)
        return True

    def keep(self, key: Any, members: list[Pid]) -> None:
        """Set the members of a group; one without any is no more."""
        if members:
            self.groups[key] = members
        else:
            self.groups.pop(key, None)

    def ended(self, pid: Pid) -> None:
        """Take a process that has ended out of all groups."""
        self.watched.pop(pid, None)
        for key, members in list(self.groups.items()):
            for _ in range(members.count(pid)):
                members = [*members]
                members.remove(pid)
                self.keep(key, members)
                self.tell(LEAVE, decode_key(key), [pid])

    def tell(self, what: Atom, group: Any, pids: list[Pid]) -> None:
        """Tell who wants to know it of a change."""
        for reference, (pid, wanted) in self.listeners.items():
            if wanted is _ALL or encode_key(wanted) == encode_key(group):
                runtime.send(pid, (reference, what, group, from_pylist(pids)))


_ALL: Final = object()
scopes: Final[dict[Any, Scope]] = {}


# ---- the server


@module.function(doc=False)
def init(argument: Any) -> Any:
    """Begin without groups."""
    (scope,) = to_pylist(argument)
    scopes[scope] = Scope()
    return OK, scopes[scope]


@module.function(doc=False)
def handle_call(request: Any, client: Any, state: Any) -> Any:
    """Do what a process asks of the groups."""
    if request is atom("monitor"):
        return REPLY, (_listen(state, client[0], _ALL), state.as_map()), state
    kind, subject, *rest = request
    if kind is atom("join_local"):
        state.join(subject, _pids(rest[0]))
        return REPLY, OK, state
    if kind is atom("leave_local"):
        return REPLY, OK if state.leave(subject, _pids(rest[0])) else NOT_JOINED, state
    if kind is atom("monitor"):
        return REPLY, (_listen(state, client[0], subject), from_pylist(list(state.members(subject)))), state
    known = state.listeners.pop(subject, None)
    if known is not None:
        return REPLY, OK, state
    return REPLY, False, state


def _pids(given: Any) -> list[Pid]:
    return to_pylist(given) if isinstance(given, List) else [given]


def _listen(state: Scope, pid: Pid, group: Any) -> Reference:
    reference: Reference = runtime.monitor(pid)
    state.listeners[reference] = (pid, group)
    return reference


@module.function(doc=False)
def handle_cast(request: Any, state: Any) -> Any:
    """Take no casts."""
    return NOREPLY, state


@module.function(doc=False)
def handle_info(message: Any, state: Any) -> Any:
    """Forget a process that has ended."""
    if type(message) is tuple and len(message) == 5 and message[0] is DOWN and state.listeners.pop(message[1], None) is None:
        state.ended(message[3])
    return NOREPLY, state


@module.function(doc=False)
def terminate(reason: Any, state: Any) -> Any:
    """Take the groups away."""
    for name, scope in list(scopes.items()):
        if scope is state:
            del scopes[name]
    return OK


# ---- the client


def _begin(scope: Any, start: Callable[..., Any], name: str) -> Any:
    if not is_atom(scope):
        raise function_clause(PG, name, (scope,))
    return start(PG, elixir_list(scope), elixir_list((atom("name"), scope)))


@module.function("start_link", arity=(0, 1))
def start_link(scope: Any = PG) -> Any:
    """Start a scope, a set of groups with a name, linked to the caller.

        iex> {:ok, _} = :pg.start_link(:teams)
        iex> :pg.join(:teams, :red, self())
        :ok
        iex> :pg.get_members(:teams, :red) == [self()]
        true
    """
    return _begin(scope, gen_server.start_link, "start_link")


@module.function("start", arity=1)
def start(scope: Any) -> Any:
    """Start a scope without a link."""
    return _begin(scope, gen_server.start, "start")


def _ask(scope: Any, *request: Any) -> Any:
    return erlang_gen_server.call(scope, request if len(request) > 1 else request[0], atom("infinity"))


def _changing(name: str, kind: str, doc: str) -> None:
    def inside(group: Any, pids: Any) -> Any:
        return change(PG, group, pids)

    def change(scope: Any, group: Any, pids: Any) -> Any:
        if not all(type(pid) is Pid for pid in _pids(pids)):
            raise function_clause(PG, name, (scope, group, pids))
        return _ask(scope, atom(kind), group, pids)

    inside.__doc__ = change.__doc__ = doc
    module.function(name, arity=2)(inside)
    module.function(name, arity=3)(change)


_changing("join", "join_local", "Add a process, or a list of them, to a group.")
_changing("leave", "leave_local", "Take a process, or a list of them, out of a group; `:not_joined` when none was in it.")


def _known(scope: Any) -> Scope | None:
    return scopes.get(scope) if runtime.whereis(scope) is not None else None


def _asking(name: str, doc: str) -> None:
    def inside(group: Any) -> Any:
        return found(PG, group)

    def found(scope: Any, group: Any) -> Any:
        known = _known(scope)
        return from_pylist(list(known.members(group)) if known is not None else [])

    inside.__doc__ = found.__doc__ = doc
    module.function(name, arity=1)(inside)
    module.function(name, arity=2)(found)


_asking("get_members", "The members of a group, the last one first.")
_asking("get_local_members", "The members of a group on this node, the last one first.")


def _listing(name: str) -> None:
    def listed(scope: Any = PG) -> Any:
        known = _known(scope)
        return from_pylist([decode_key(key) for key in known.groups] if known is not None else [])

    listed.__doc__ = "The groups that have members."
    module.function(name, arity=(0, 1))(listed)


_listing("which_groups")
_listing("which_local_groups")


@module.function("monitor", arity=1)
def monitor(group: Any) -> Any:
    """Be told of who joins and leaves a group: `{reference, members}`."""
    return monitor_in(PG, group)


@module.function("monitor", arity=2)
def monitor_in(scope: Any, group: Any) -> Any:
    """Be told of who joins and leaves a group of a scope: `{reference, members}`."""
    return _ask(scope, atom("monitor"), group)


@module.function("monitor_scope", arity=(0, 1))
def monitor_scope(scope: Any = PG) -> Any:
    """Be told of who joins and leaves any group: `{reference, members by group}`."""
    return _ask(scope, atom("monitor"))


@module.function("demonitor", arity=1)
def demonitor(reference: Any) -> Any:
    """Be told no more."""
    return demonitor_in(PG, reference)


@module.function("demonitor", arity=2)
def demonitor_in(scope: Any, reference: Any) -> Any:
    """Be told no more of a scope's groups; false when nothing was to be told."""
    return _ask(scope, atom("demonitor"), reference)
