# ruff: noqa: N999  # the module's name is Erlang's
""":global: names that all nodes know; here there is one node."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.lists import from_pylist
from pyex.terms.maps import decode_key, encode_key
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


@module.function("trans", arity=(2, 3, 4))
def trans(lock: Any, fun: Any, nodes: Any = None, retries: Any = None) -> Any:
    """Call a function while the lock is held; on one node it always is."""
    return fun()


@module.function
def sync() -> Any:
    """Agree with the other nodes: there are none."""
    return atom("ok")
