"""Node: this node is the only one there is, with a name (`pyex --sname foo`) or without, `:nonode@nohost`."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp.log import log
from pyex.terms.atoms import Atom, alias, atom, atom_name, is_atom
from pyex.terms.errors import Exit, bad_argument, erlang_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, from_iterable, is_proper, to_pylist
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
    if not is_atom(node):
        raise function_clause(atom("net_adm"), "ping", (node,))
    return atom("pong" if this_node.is_alive and node is this_node.name else "pang")


@module.function
def connect(node: Any) -> Any:
    """Connect to a node: `true`, `false`, or `:ignored` when this node is not alive.

        iex> Node.connect(:nobody@nowhere)
        :ignored
    """
    if not is_atom(node):
        raise function_clause(atom("net_kernel"), "connect_node", (node,))
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
    wrong = {} if is_atom(node) else {"a1": "not an atom"}
    if type(flag) is not bool:
        wrong["a2"] = "not a boolean ('true' or 'false')"
    if not is_proper(options):
        wrong["a3"] = "not a list"
    if wrong:
        raise bad_argument("erlang", "monitor_node", (node, flag) if options is EMPTY else (node, flag, options), **wrong)
    if not this_node.is_alive and node is not this_node.name:
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
    """Set the cookie of this node.

        iex> Node.get_cookie()
        :nocookie
    """
    return set_cookie(this_node.name, cookie)


@module.function("set_cookie", arity=2)
def set_cookie(node: Any, cookie: Any) -> Any:
    """Set the cookie of a node; raises when this one has no name."""
    if not is_atom(cookie):
        raise function_clause(alias("Node"), "set_cookie", (node, cookie))
    if not is_atom(node):
        raise bad_argument("erlang", "set_cookie", (node, cookie), a1="not an atom")
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
    given = elixir_list(name, atom("longnames") if type_or_options is EMPTY else type_or_options, tick_time)
    if not is_atom(name) or not (is_atom(type_or_options) or isinstance(type_or_options, List)) or type(tick_time) is not int:
        raise function_clause(atom("net_kernel"), "start", (given,))
    if is_atom(type_or_options) and atom_name(type_or_options) not in ("longnames", "shortnames"):
        raise erlang_error((atom("invalid_option"), atom("name_domain"), type_or_options))
    return _NO_DISTRIBUTION


@module.function
def stop() -> Any:
    """Leave the distributed system.

        iex> Node.stop()
        {:error, :not_found}
    """
    return (atom.error, atom("not_allowed")) if this_node.is_alive else _NOT_FOUND


def _start(node: Any, fun: Any, args: Any, options: Any) -> Any:
    """Start a process that applies a function: on this node, or on another, where it ends at once with a warning."""
    if node is this_node.name:
        return _erlang("spawn_opt", fun, args, options)
    return _erlang("spawn_opt", lambda: _unreachable(node, fun, args), EMPTY, options)


def _erlang(name: str, fun: Any, args: Any, options: Any) -> Any:
    if args is EMPTY:
        return export(atom("erlang"), name, 2).fn(fun, options)
    return export(atom("erlang"), name, 2).fn(lambda: fun(*to_pylist(args)), options)


def _unreachable(node: Any, fun: Any, args: Any) -> None:
    log("warning", f"** Can not start :erlang::apply,{inspect(elixir_list(fun, args))} on {inspect(node)} **")
    raise Exit(atom("noconnection"))


def _by_fun(name: str, node: Any, fun: Any, options: Any = EMPTY, **how: bool) -> Any:
    """Start a process that calls a function; what is wrong with the arguments is told as Erlang counts them."""
    given = (node, fun) if options is EMPTY else (node, fun, options)
    if not is_atom(node):
        raise bad_argument("erlang", name, given, a1="not an atom")
    if not is_function(fun):
        if node is this_node.name and name in ("spawn", "spawn_link"):
            raise bad_argument("erlang", name, (fun,), a1="not a fun")
        raise bad_argument("erlang", name, given, a2="not a fun")
    return _start(node, fun, EMPTY, _options(name, given, options, how))


def _by_name(name: str, node: Any, target: Any, fun: Any, args: Any, options: Any = EMPTY, **how: bool) -> Any:
    """Start a process that applies a module's function."""
    given = (node, target, fun, args) if options is EMPTY else (node, target, fun, args, options)
    wrong = {f"a{place}": "not an atom" for place, value in enumerate(given[:3], 1) if not is_atom(value)}
    if not is_proper(args):
        wrong["a4"] = "not a list"
    if wrong:
        raise bad_argument("erlang", name, given, **wrong)
    called = export(target, str(atom_name(fun)), len(to_pylist(args)))
    return _start(node, called, args, _options(name, given, options, how))


def _options(name: str, given: tuple[Any, ...], options: Any, how: dict[str, bool]) -> Any:
    """Return the options for a process; raises what Erlang raises for others."""
    if not is_proper(options):
        if len(given) == 5:
            raise erlang_error("badarg", "erlang", name, given)
        raise bad_argument("erlang", name, given, **{f"a{len(given)}": "not a list"})
    for option in to_pylist(options):
        word = option[0] if type(option) is tuple and len(option) == 2 else option
        if atom_name(word) not in _OPTIONS:
            raise bad_argument("erlang", name, given, **{f"a{len(given)}": "invalid spawn option"})
    return from_iterable([*to_pylist(options), *(atom(key) for key in how)])


_OPTIONS: Final = frozenset("link monitor priority fullsweep_after min_heap_size min_bin_vheap_size max_heap_size message_queue_data".split())


@module.function("spawn", arity=(2, 3))
def spawn(node: Any, fun: Any, options: Any = EMPTY) -> Any:
    """Start a process on a node; the options are `:link`, `:monitor` and those that only tune it.

        iex> Node.spawn(node(), fn -> :ok end) |> is_pid()
        true
    """
    return _by_fun("spawn" if options is EMPTY else "spawn_opt", node, fun, options)


@module.function("spawn", arity=(4, 5))
def spawn_call(node: Any, module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start a process on a node that applies a module's function.

        iex> Node.spawn(node(), String, :upcase, ["a"]) |> is_pid()
        true
    """
    return _by_name("spawn" if options is EMPTY else "spawn_opt", node, module, fun, args, options)


@module.function("spawn_link", arity=2)
def spawn_link(node: Any, fun: Any) -> Any:
    """Start a process on a node, linked to this one.

        iex> Node.spawn_link(node(), fn -> :ok end) |> is_pid()
        true
    """
    return _by_fun("spawn_link", node, fun, link=True)


@module.function("spawn_link", arity=4)
def spawn_link_call(node: Any, module: Any, fun: Any, args: Any) -> Any:
    """Start a process on a node that applies a module's function, linked to this one.

        iex> Node.spawn_link(node(), String, :upcase, ["a"]) |> is_pid()
        true
    """
    return _by_name("spawn_link", node, module, fun, args, link=True)


@module.function("spawn_monitor", arity=2)
def spawn_monitor(node: Any, fun: Any) -> Any:
    """Start a process on a node and watch it; returns its pid and the reference.

        iex> {pid, ref} = Node.spawn_monitor(node(), fn -> :ok end)
        iex> is_pid(pid) and is_reference(ref)
        true
    """
    return _by_fun("spawn_monitor", node, fun, monitor=True)


@module.function("spawn_monitor", arity=4)
def spawn_monitor_call(node: Any, module: Any, fun: Any, args: Any) -> Any:
    """Start a process on a node that applies a module's function, and watch it.

        iex> {pid, ref} = Node.spawn_monitor(node(), String, :upcase, ["a"])
        iex> is_pid(pid) and is_reference(ref)
        true
    """
    return _by_name("spawn_monitor", node, module, fun, args, monitor=True)
