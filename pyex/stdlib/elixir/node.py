"""Node: this node is the only one there is, with a name (`pyex --sname foo`) or without, `:nonode@nohost`."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp.log import log
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.errors import Exit, bad_argument, erlang_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, to_pylist
from pyex.terms.node import NOBODY, this_node

module = NativeModule("Node", doc="The node that runs this shell, and those it is connected to.")

_THIS: Final = atom("this")
_KNOWN: Final = atom("known")
_NOT_FOUND: Final = (atom.error, atom("not_found"))
_NOT_DISTRIBUTED: Final = "the node name is not part of a distributed system"
_NO_DISTRIBUTION: Final = (atom.error, atom("nodistribution"))


@module.function("alive?")
def is_alive() -> Any:
    """Tell whether this node is part of a distributed system.

        iex> Node.alive?()
        false
    """
    return this_node.is_alive


@module.function("self")
def self_name() -> Any:
    """Return the name of this node.

        iex> Node.self()
        :nonode@nohost
    """
    return this_node.name


@module.function("list", arity=0)
def others() -> Any:
    """Return the nodes that this one is connected to.

        iex> Node.list()
        []
    """
    return EMPTY


_KINDS: Final = frozenset({"visible", "hidden", "this", "connected", "known"})


@module.function("list", arity=1)
def of_kind(kind: Any) -> Any:
    """Return the nodes of a kind, or of several: `:this`, `:visible`, `:hidden`, `:connected`, `:known`.

        iex> Node.list(:this)
        [:nonode@nohost]
    """
    kinds = to_pylist(kind) if isinstance(kind, List) else [kind]
    if any(type(one) is not Atom or one.name not in _KINDS for one in kinds):
        wrong = "not a list of valid node types" if isinstance(kind, List) else "not a valid node type"
        raise bad_argument("erlang", "nodes", (kind,), a1=wrong)
    if _KNOWN in kinds and this_node.is_alive:
        return elixir_list(NOBODY, this_node.name)
    return elixir_list(this_node.name) if _THIS in kinds or _KNOWN in kinds else EMPTY


@module.function
def ping(node: Any) -> Any:
    """Return `:pong` when a node can be reached, else `:pang`.

        iex> Node.ping(:nobody@nowhere)
        :pang
    """
    return atom("pong" if this_node.is_alive and node is this_node.name else "pang")


@module.function
def connect(node: Any) -> Any:
    """Connect to a node: `true`, `false`, or `:ignored` when this node is not alive.

        iex> Node.connect(:nobody@nowhere)
        :ignored
    """
    return node is this_node.name if this_node.is_alive else atom("ignored")


@module.function
def disconnect(node: Any) -> Any:
    """Cut the connection to a node.

        iex> Node.disconnect(:nobody@nowhere)
        :ignored
    """
    return False if this_node.is_alive else atom("ignored")


@module.function
def monitor(node: Any, flag: Any, options: Any = EMPTY) -> Any:
    """Ask to be told when a node goes down: at once, with `{:nodedown, node}`, when it cannot be reached.

    Fails with `:notalive` on a node without a name.
    """
    if not this_node.is_alive:
        raise erlang_error("notalive", "erlang", "monitor_node", (node, flag))
    if flag is True and node is not this_node.name:
        runtime.send(runtime.self_pid(), (atom("nodedown"), node))
    return True


@module.function
def get_cookie() -> Any:
    """Return the cookie of this node.

        iex> Node.get_cookie()
        :nocookie
    """
    return this_node.cookie


@module.function("set_cookie", arity=1)
def set_own_cookie(cookie: Any) -> Any:
    """Set the cookie of this node."""
    return set_cookie(this_node.name, cookie)


@module.function("set_cookie", arity=2)
def set_cookie(node: Any, cookie: Any) -> Any:
    """Set the cookie of a node; raises when this one has no name."""
    if not is_atom(node) or not is_atom(cookie):
        raise function_clause(alias("Node"), "set_cookie", (node, cookie))
    if this_node.is_alive:
        if node is this_node.name:
            this_node.cookie = cookie
        return True
    if node is not this_node.name:
        raise erlang_error("distribution_not_started")
    raise bad_argument("erlang", "set_cookie", (node, cookie), a1=_NOT_DISTRIBUTED)


@module.function
def start(name: Any, type_or_options: Any = EMPTY, tick_time: Any = 15000) -> Any:
    """Turn this node into one of a distributed system, which pyex does not have: an error tuple.

    A name is given at the start: `pyex --sname foo`.
    """
    return _NO_DISTRIBUTION


@module.function
def stop() -> Any:
    """Leave the distributed system.

        iex> Node.stop()
        {:error, :not_found}
    """
    return (atom.error, atom("not_allowed")) if this_node.is_alive else _NOT_FOUND


def _start(node: Any, fun: Any, args: Any, **how: bool) -> Any:
    """Start a process that applies a function: on this node, or on another, where it ends at once with a warning."""
    if node is this_node.name:
        return runtime.spawn(fun, tuple(to_pylist(args)), **how)
    return runtime.spawn(_unreachable, (node, fun, args), **how)


def _unreachable(node: Any, fun: Any, args: Any) -> None:
    log("warning", f"** Can not start :erlang::apply,{inspect(elixir_list(fun, args))} on {inspect(node)} **")
    raise Exit(atom("noconnection"))


def _entry(target: Any, fun: Any, args: Any) -> Any:
    return export(target, fun.name, len(to_pylist(args)))


@module.function("spawn", arity=(2, 3))
def spawn(node: Any, fun: Any, options: Any = EMPTY) -> Any:
    """Start a process on a node.

        iex> Node.spawn(node(), fn -> :ok end) |> is_pid()
        true
    """
    return _start(node, fun, EMPTY)


@module.function("spawn", arity=(4, 5))
def spawn_call(node: Any, module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start a process on a node that applies a module's function."""
    return _start(node, _entry(module, fun, args), args)


@module.function("spawn_link", arity=2)
def spawn_link(node: Any, fun: Any) -> Any:
    """Start a process on a node, linked to this one."""
    return _start(node, fun, EMPTY, link=True)


@module.function("spawn_link", arity=4)
def spawn_link_call(node: Any, module: Any, fun: Any, args: Any) -> Any:
    """Start a process on a node that applies a module's function, linked to this one."""
    return _start(node, _entry(module, fun, args), args, link=True)


@module.function("spawn_monitor", arity=2)
def spawn_monitor(node: Any, fun: Any) -> Any:
    """Start a process on a node and watch it; returns its pid and the reference."""
    return _start(node, fun, EMPTY, monitor=True)


@module.function("spawn_monitor", arity=4)
def spawn_monitor_call(node: Any, module: Any, fun: Any, args: Any) -> Any:
    """Start a process on a node that applies a module's function, and watch it."""
    return _start(node, _entry(module, fun, args), args, monitor=True)
