"""GenServers written as Python classes.

    from pyex import GenServer, atom as a

    class Counter(GenServer):
        def handle_call(self, request, sender, count):
            match request:
                case a.next:
                    return a.reply, count, count + 1

The class is an Elixir module (`Counter` in counter.py is `Counter`, `Server` in sequence/server.py is
`Sequence.Server`); callbacks are methods with the shapes of Elixir's. A method that matches no request falls off its end
and returns None: that is a missing clause, and is reported as one.
"""

from __future__ import annotations

import inspect as python_inspect
from collections.abc import Callable
from typing import Any, ClassVar, Final

from pyex.otp import gen, gen_server
from pyex.otp.outside import call_from_thread, is_foreign_thread
from pyex.runtime import system
from pyex.runtime.system import INFINITY
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, from_pylist, to_pylist
from pyex.terms.node import this_node

NOREPLY: Final = atom("noreply")
OK: Final = atom("ok")


class GenServer:
    """Base of servers written in Python: subclass it and define callbacks.

    One instance serves all processes of a version of the class; the state is what callbacks are given and return,
    not attributes of the instance.
    """

    restart: ClassVar[str] = "permanent"

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name in ("handle_call", "handle_cast", "handle_info", "handle_continue"):
            method = cls.__dict__.get(name)
            if python_inspect.isfunction(method):
                setattr(cls, name, with_missing_clause(cls, name, method))

    def init(self, argument: Any) -> Any:
        """Return `(ok, state)`: what `start_link` is given, unless the class says otherwise."""
        return OK, argument

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        """Answer a call: `(reply, value, state)`, `(noreply, state)`, `(stop, reason, value, state)`, …"""
        return gen_server.default_handle_call(self._module(), request, sender, state)

    def handle_cast(self, request: Any, state: Any) -> Any:
        """Take a request without a reply: `(noreply, state)` or `(stop, reason, state)`."""
        return gen_server.default_handle_cast(self._module(), request, state)

    def handle_info(self, message: Any, state: Any) -> Any:
        """Take any other message; the default logs it."""
        return gen_server.default_handle_info(self._module(), message, state)

    def terminate(self, reason: Any, state: Any) -> Any:
        """Clean up before the end."""
        return OK

    def code_change(self, old_version: Any, state: Any, extra: Any) -> Any:
        """Return `(ok, state)`: the state as this version of the class wants it."""
        return OK, state

    def child_spec(self, argument: Any) -> Any:
        """Return the specification under which a supervisor starts the server."""
        options = EMPTY if self.restart == "permanent" else from_pylist([(atom("restart"), atom(self.restart))])
        return gen_server.default_child_spec(self._module(), argument, options)

    @classmethod
    def start_link(cls, argument: Any = None, *, name: Any = None, timeout: Any = None) -> Any:
        """Start a server of this class, linked to the running process; returns `(ok, pid)` or `(error, reason)`."""
        return gen_server.start_link(cls, argument, start_options(name, timeout))

    @classmethod
    def start(cls, argument: Any = None, *, name: Any = None, timeout: Any = None) -> Any:
        """Start a server of this class without a link."""
        return gen_server.start(cls, argument, start_options(name, timeout))

    def _module(self) -> Any:
        from pyex.code.python_modules import version_of_class

        return version_of_class(type(self)).name


def start_options(name: Any, timeout: Any) -> Any:
    """Return the options of a start, as a keyword list."""
    pairs = [] if name is None else [(atom("name"), atom(name) if type(name) is str else name)]
    return from_pylist(pairs if timeout is None else [*pairs, (atom("timeout"), timeout)])


def with_missing_clause(cls: type, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a callback that fails as one without a matching clause where the method returns nothing."""

    def checked(self: Any, args: tuple[Any, ...], result: Any) -> Any:
        if result is None:
            raise function_clause(self._module(), name, args)
        return result

    async def later(self: Any, *args: Any) -> Any:
        return checked(self, args, await method(self, *args))

    def at_once(self: Any, *args: Any) -> Any:
        return checked(self, args, method(self, *args))

    callback: Callable[..., Any] = later if python_inspect.iscoroutinefunction(method) else at_once
    callback.__wrapped__ = method  # type: ignore[attr-defined]  # the code that was written, as functools.wraps tells it
    callback.__name__ = name
    callback.__qualname__ = method.__qualname__
    callback.__doc__ = method.__doc__
    callback.__signature__ = python_inspect.signature(method)  # type: ignore[attr-defined]  # what inspect.signature reads
    return callback


# ---- what a Python program calls


def start_link(module: Any, argument: Any = None, *, name: Any = None, timeout: Any = None) -> Any:
    """Start a server of a Python class, or of an Elixir module (its atom, or the imported module), with a link."""
    return gen_server.start_link(module, to_term(argument), start_options(name, timeout))


def call(server: Any, request: Any, timeout: Any = 5000) -> Any:
    """Call a server and return its reply; `timeout` is in milliseconds, None for ever.

    From outside a process it runs the scheduler until the reply is there; from another thread it waits for the thread
    that does. Raises Exit as `GenServer.call` does.
    """
    if is_foreign_thread():
        return call_from_thread(server, request, timeout)
    if type(server) is str:
        server = atom(server)
    return gen_server.call(server, to_term(request), INFINITY if timeout is None else timeout)


def cast(server: Any, request: Any) -> Any:
    """Send a server a request that wants no reply."""
    if type(server) is str:
        server = atom(server)
    return gen_server.cast(server, to_term(request))


def stop(server: Any, reason: Any = "normal", timeout: int | None = None) -> None:
    """End a server, after its `terminate`, and wait for that. Raises Exit when it is not there, or does not end in time."""
    given = atom(reason) if type(reason) is str else to_term(reason)
    gen_server.stop(named(server), given, INFINITY if timeout is None else timeout)


def reply(sender: Any, value: Any) -> None:
    """Answer a call from elsewhere than its callback, which returned `(noreply, state)`; `sender` is what that was given."""
    gen_server.reply(sender, to_term(value))


def whereis(server: Any) -> Any:
    """Return the pid of a server by its name of any kind, None when there is none."""
    return gen.whereis(named(server))


def abcast(name: Any, request: Any) -> None:
    """Cast to the servers of a name on all nodes."""
    gen_server.abcast_here(named(name), to_term(request))


def multi_call(name: Any, request: Any, timeout: int | None = None) -> tuple[list[tuple[Any, Any]], list[Any]]:
    """Call the servers of a name on all nodes; returns `(node, reply)` of those that answered, and the other nodes."""
    nodes = from_pylist([this_node.name])
    replies, bad = gen_server.multi_call(nodes, named(name), to_term(request), INFINITY if timeout is None else timeout)
    return to_pylist(replies), to_pylist(bad)


def send(destination: Any, message: Any) -> Any:
    """Send a message to a process or a registered name."""
    return system.send(named(destination), to_term(message))


def named(server: Any) -> Any:
    """Return what names a process: a text is an atom."""
    return atom(server) if type(server) is str else server
