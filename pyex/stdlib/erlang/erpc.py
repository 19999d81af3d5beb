""":erpc: calls on nodes; there is this node alone, and every other one cannot be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.runtime.ending import reason_of
from pyex.runtime.system import TIMEOUT, begin_receive
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import ElixirError, Exit, Throw
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.node import this_node
from pyex.terms.pids import Reference

module = NativeModule(":erpc", doc="Function calls on a node, whose failures are the caller's.")

ERPC: Final = atom("erpc")
OK: Final = atom("ok")
ERROR: Final = atom("error")
EXCEPTION: Final = atom("exception")
INFINITY: Final = atom("infinity")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a call: its kind (`return`, `throw`, `exit`, `error`, or `erpc` where it did not come about) and value."""

    kind: str
    value: Any
    error: ElixirError | None = None


def work_of(target: Any, name: Any, args: Any) -> Callable[[], Any]:
    """Return the call of a function by its name; raises ArgumentError for what names none."""
    if not is_atom(target) or not is_atom(name) or not is_proper(args):
        raise _bad_argument()
    given = to_pylist(args)
    return lambda: export(target, name.name, len(given)).fn(*given)


def _bad_argument() -> ElixirError:
    return ElixirError((ERPC, atom("badarg")))


def outcome(node: Any, work: Callable[[], Any], timeout: Any = INFINITY) -> Outcome:
    """Do some work on a node and return what came of it; with a timeout another process does it."""
    if not is_atom(node):
        raise _bad_argument()
    if node is not this_node.name:
        return Outcome("erpc", atom("noconnection"))
    if timeout is INFINITY:
        return _done(work)
    me, reference = runtime.self_pid(), Reference()
    pid = runtime.spawn(lambda: runtime.send(me, (reference, _done(work))))
    cursor = begin_receive()
    while (message := cursor.next(timeout)) is not TIMEOUT:
        if type(message) is tuple and len(message) == 2 and message[0] == reference:
            cursor.accept()
            return message[1]  # type: ignore[no-any-return]
    runtime.exit_signal(pid, atom("kill"))
    return Outcome("erpc", atom("timeout"))


def _done(work: Callable[[], Any]) -> Outcome:
    try:
        return Outcome("return", work())
    except Throw as thrown:
        return Outcome("throw", thrown.reason)
    except Exit as ended:
        return Outcome("exit", ended.reason)
    except ElixirError as error:
        return Outcome("error", reason_of(error), error)


def _answer(found: Outcome) -> Any:
    """Return the value of a call, or fail as it did."""
    match found.kind:
        case "return":
            return found.value
        case "throw":
            raise Throw(found.value)
        case "exit":
            raise Exit((EXCEPTION, found.value))
        case "error":
            raise ElixirError((EXCEPTION, *found.value))
    raise ElixirError((ERPC, found.value))


def _told(found: Outcome) -> Any:
    """Return the term that tells what came of one of many calls."""
    match found.kind:
        case "return":
            return OK, found.value
        case "throw":
            return atom("throw"), found.value
        case "exit":
            return atom("exit"), (EXCEPTION, found.value)
        case "error":
            return ERROR, (EXCEPTION, *found.value)
    return ERROR, (ERPC, found.value)


def _function(fun: Any) -> Callable[[], Any]:
    if not is_function(fun, 0):
        raise _bad_argument()
    return fun  # type: ignore[no-any-return]


@module.function("call", arity=(2, 3))
def call_function(node: Any, fun: Any, timeout: Any = INFINITY) -> Any:
    """Call a function without arguments on a node and return its result.

    What it throws, the caller throws; an exit is `{:exception, reason}` there, and an error an ErlangError of
    `{:exception, reason, stacktrace}`. A node that cannot be reached is `{:erpc, :noconnection}`.

        iex> :erpc.call(node(), fn -> 1 + 1 end)
        2
    """
    return _answer(outcome(node, _function(fun), timeout))


@module.function("call", arity=(4, 5))
def call(node: Any, module: Any, function: Any, args: Any, timeout: Any = INFINITY) -> Any:
    """Call a function by its name on a node and return its result, at the latest after some milliseconds.

        iex> :erpc.call(node(), Enum, :sum, [[1, 2]])
        3
    """
    return _answer(outcome(node, work_of(module, function, args), timeout))


@module.function("multicall", arity=(2, 3))
def multicall_function(nodes: Any, fun: Any, timeout: Any = INFINITY) -> Any:
    """Call a function without arguments on each node; returns `{:ok, value}`, `{:throw, value}`, `{:exit, _}` or `{:error, _}` of each.

        iex> :erpc.multicall([node()], fn -> 5 end)
        [ok: 5]
    """
    return from_pylist([_told(outcome(node, _function(fun), timeout)) for node in to_pylist(nodes)])


@module.function("multicall", arity=(4, 5))
def multicall(nodes: Any, module: Any, function: Any, args: Any, timeout: Any = INFINITY) -> Any:
    """Call a function by its name on each node; returns what came of each call.

        iex> :erpc.multicall([node()], Enum, :sum, [[1, 2]])
        [ok: 3]
    """
    return from_pylist([_told(outcome(node, work_of(module, function, args), timeout)) for node in to_pylist(nodes)])


@module.function("cast", arity=2)
def cast_function(node: Any, fun: Any) -> Any:
    """Call a function without arguments in a process of a node, and do not wait for it.

        iex> :erpc.cast(node(), fn -> :ok end)
        :ok
    """
    return _cast(node, _function(fun))


@module.function("cast", arity=4)
def cast(node: Any, module: Any, function: Any, args: Any) -> Any:
    """Call a function by its name in a process of a node, and do not wait for it.

        iex> :erpc.cast(node(), List, :first, [[1]])
        :ok
    """
    return _cast(node, work_of(module, function, args))


def _cast(node: Any, work: Callable[[], Any]) -> Any:
    if not is_atom(node):
        raise _bad_argument()
    if node is this_node.name:
        runtime.spawn(work)
    return OK


@module.function("multicast", arity=4)
def multicast(nodes: Any, module: Any, function: Any, args: Any = EMPTY) -> Any:
    """Call a function by its name in a process of each node, and wait for none.

        iex> :erpc.multicast([node()], List, :first, [[1]])
        :ok
    """
    for node in to_pylist(nodes):
        _cast(node, work_of(module, function, args))
    return OK
