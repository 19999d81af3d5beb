""":rpc: calls on nodes whose failures are answers; there is this node alone."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.runtime.system import TIMEOUT, begin_receive
from pyex.stdlib.erlang.erpc import INFINITY, Outcome, outcome, work_of
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import erlang_error
from pyex.terms.lists import elixir_list, from_pylist, to_pylist
from pyex.terms.node import this_node
from pyex.terms.pids import Reference

module = NativeModule(":rpc", doc="Function calls on a node: what fails is answered with `{:badrpc, reason}`.")

BADRPC: Final = atom("badrpc")
EXIT: Final = atom("EXIT")
_REASONS: Final = {"noconnection": "nodedown", "timeout": "timeout"}


def _told(found: Outcome) -> Any:
    if found.kind in ("return", "throw"):
        return found.value
    if found.kind == "erpc":
        return BADRPC, atom(_REASONS[found.value.name])
    return BADRPC, (EXIT, found.value)


def _called(node: Any, target: Any, name: Any, args: Any, timeout: Any) -> Any:
    if not is_atom(node):
        raise erlang_error("badarg", "rpc", "call", (node, target, name, args))
    return _told(outcome(node, work_of(target, name, args), timeout))


@module.function("call", arity=(4, 5))
def call(node: Any, module: Any, function: Any, args: Any, timeout: Any = INFINITY) -> Any:
    """Call a function on a node and return its result, what it throws, or `{:badrpc, reason}`.

    The reason is `{:EXIT, reason}` of what failed there, `:nodedown` when the node cannot be reached, or `:timeout`.

        iex> :rpc.call(node(), Enum, :sum, [[1, 2]])
        3
        iex> :rpc.call(:nobody@nowhere, Enum, :sum, [[1, 2]])
        {:badrpc, :nodedown}
    """
    return _called(node, module, function, args, timeout)


@module.function("block_call", arity=(4, 5))
def block_call(node: Any, module: Any, function: Any, args: Any, timeout: Any = INFINITY) -> Any:
    """Call a function on a node as `call/4` does, one such call after the other.

        iex> :rpc.block_call(node(), Enum, :sum, [[1, 2]])
        3
    """
    return _called(node, module, function, args, timeout)


@module.function
def cast(node: Any, module: Any, function: Any, args: Any) -> Any:
    """Call a function in a process of a node, and do not wait for it.

        iex> :rpc.cast(node(), Enum, :sum, [[1, 2]])
        true
    """
    work = work_of(module, function, args)
    if node is this_node.name:
        runtime.spawn(work)
    return True


@module.function("multicall", arity=(3, 4, 5))
def multicall(*args: Any) -> Any:
    """Call a function on each node (on all known ones where none are given); returns `{results, nodes that are down}`.

        iex> :rpc.multicall([node(), :nobody@nowhere], Enum, :sum, [[1, 2]])
        {[3], [:nobody@nowhere]}
    """
    given = args if len(args) == 5 or not is_atom(args[0]) else (elixir_list(this_node.name), *args)
    nodes, target, name, arguments, timeout = (*given, INFINITY)[:5]
    found = [(node, _called(node, target, name, arguments, timeout)) for node in to_pylist(nodes)]
    down = (BADRPC, atom("nodedown"))
    return from_pylist([one for _, one in found if one != down]), from_pylist([node for node, one in found if one == down])


@module.function
def async_call(node: Any, module: Any, function: Any, args: Any) -> Any:
    """Begin a call on a node and return its key, for which `yield/1` waits.

        iex> key = :rpc.async_call(node(), Enum, :sum, [[1, 2]])
        iex> :rpc.yield(key)
        3
    """
    me, key = runtime.self_pid(), Reference()
    runtime.spawn(lambda: runtime.send(me, (key, _called(node, module, function, args, INFINITY))))
    return key


@module.function("yield")
def yield_(key: Any) -> Any:
    """Wait for the result of a call that `async_call/4` began.

        iex> :rpc.async_call(node(), List, :first, [[7]]) |> :rpc.yield()
        7
    """
    return nb_yield(key, INFINITY)[1]


@module.function("nb_yield", arity=(1, 2))
def nb_yield(key: Any, timeout: Any = 0) -> Any:
    """Return `{:value, result}` of a call that `async_call/4` began, or `:timeout` after some milliseconds.

        iex> :rpc.async_call(node(), List, :first, [[7]]) |> :rpc.nb_yield(1000)
        {:value, 7}
    """
    if type(key) is not Reference:
        raise erlang_error("function_clause", "rpc", "nb_yield", (key, timeout))
    cursor = begin_receive()
    while (message := cursor.next(timeout)) is not TIMEOUT:
        if type(message) is tuple and len(message) == 2 and message[0] == key:
            cursor.accept()
            return atom("value"), message[1]
    return atom("timeout")
