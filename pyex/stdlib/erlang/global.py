# ruff: noqa: N999  # the module's name is Erlang's
""":global: names that all nodes know; here there is one node."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.runtime.system import INFINITY
from pyex.stdlib.elixir.process import sleep
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit, function_clause
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.maps import decode_key, encode_key
from pyex.terms.order import identical
from pyex.terms.pids import Pid

YES: Final = atom("yes")
NO: Final = atom("no")
UNDEFINED: Final = atom("undefined")
module = NativeModule(":global", doc="Names that all nodes know.")
_names: Final[dict[Any, Pid]] = {}


def _living(name: Any) -> Pid | None:
    pid = _names.get(encode_key(name))
    if pid is not None and pid.process is None:
        del _names[encode_key(name)]
        return None
    return pid


@module.function("register_name", arity=(2, 3))
def register_name(name: Any, pid: Any, resolve: Any = None) -> Any:
    """Give a process a name; `:no` when another has it.

        iex> :global.register_name(:somebody, self())
        :yes
        iex> :global.whereis_name(:somebody) == self()
        true
    """
    if _living(name) is not None:
        return NO
    _names[encode_key(name)] = pid
    return YES


@module.function("re_register_name", arity=(2, 3))
def re_register_name(name: Any, pid: Any, resolve: Any = None) -> Any:
    """Give a process a name, whoever has it."""
    _names[encode_key(name)] = pid
    return YES


@module.function
def unregister_name(name: Any) -> Any:
    """Take a name back."""
    _names.pop(encode_key(name), None)
    return atom("ok")


@module.function
def whereis_name(name: Any) -> Any:
    """The pid of a name, or `:undefined`."""
    pid = _living(name)
    return UNDEFINED if pid is None else pid


@module.function
def registered_names() -> Any:
    """All names."""
    return from_pylist([decode_key(name) for name, pid in _names.items() if pid.process is not None])


@module.function
def send(name: Any, message: Any) -> Any:
    """Send a message to the process of a name; returns its pid."""
    pid = _living(name)
    if pid is None:
        raise Exit((atom("badarg"), (name, message)))
    runtime.send(pid, message)
    return pid


_locks: Final[dict[Any, Any]] = {}
"""Who holds each lock."""


@module.function("set_lock", arity=(1, 2, 3))
def set_lock(lock: Any, nodes: Any = None, retries: Any = INFINITY) -> Any:
    """Take a lock, `{resource, who}`; false when another holds it after some tries.

        iex> :global.set_lock({:table, self()})
        true
        iex> :global.set_lock({:table, :another}, [node()], 0)
        false
        iex> :global.del_lock({:table, self()})
        true
    """
    if type(lock) is not tuple or len(lock) != 2:
        raise function_clause(atom("global"), "set_lock", (lock,))
    resource, who = lock
    left = retries
    while True:
        holder = _locks.get(encode_key(resource), who)
        if identical(holder, who) or (type(holder) is Pid and holder.process is None):
            _locks[encode_key(resource)] = who
            return True
        if left == 0:
            return False
        left = left - 1 if type(left) is int else left
        sleep(10)


@module.function("del_lock", arity=(1, 2))
def del_lock(lock: Any, nodes: Any = None) -> Any:
    """Give a lock back."""
    resource, who = lock
    key = encode_key(resource)
    if key in _locks and identical(_locks[key], who):
        del _locks[key]
    return True


@module.function("trans", arity=(2, 3, 4))
def trans(lock: Any, fun: Any, nodes: Any = None, retries: Any = INFINITY) -> Any:
    """Call a function while a lock is held; `:aborted` when it is not to be had."""
    if set_lock(lock, nodes, retries) is False:
        return atom("aborted")
    try:
        return fun()
    finally:
        del_lock(lock, nodes)


@module.function
def sync() -> Any:
    """Agree with the other nodes: there are none."""
    return atom("ok")


@module.function
def disconnect() -> Any:
    """Leave all other nodes: there are none."""
    return EMPTY
