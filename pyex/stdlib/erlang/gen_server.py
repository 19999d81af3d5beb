""":gen_server, Erlang's face of GenServer."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.finder import module_atom
from pyex.code.native import NativeModule
from pyex.code.server import fetch_version
from pyex.otp import gen, gen_server
from pyex.otp.server_loop import Server
from pyex.runtime import system
from pyex.runtime.system import INFINITY
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import Exit
from pyex.terms.lists import Cons, EmptyList
from pyex.terms.pids import Pid

NAME: Final = atom("name")
module = NativeModule(":gen_server", doc="Servers, as Erlang starts and calls them.")

for _name, _arity, _function in (
    ("call", 2, gen_server.call), ("call", 3, gen_server.call), ("cast", 2, gen_server.cast),
    ("reply", 2, gen_server.reply), ("stop", 1, gen_server.stop), ("stop", 3, gen_server.stop),
    ("start", 3, gen_server.start), ("start_link", 3, gen_server.start_link), ("abcast", 2, gen_server.abcast_here),
    ("multi_call", 2, gen_server.multi_call),
):  # fmt: skip
    module.function(_name, arity=_arity)(_function)


def _named(name: Any, options: Any) -> Any:
    """Return the options with an Erlang name, `{:local, name}`, `{:global, name}` or `{:via, module, name}`, among them."""
    elixir_name = name[1] if name[0] is atom("local") else name
    if not isinstance(options, (Cons, EmptyList)):
        return options
    return Cons((NAME, elixir_name), options)


@module.function("start", arity=4)
def start(name: Any, module: Any, argument: Any, options: Any) -> Any:
    """Start a server under a name."""
    return gen_server.start(module, argument, _named(name, options))


@module.function("start_link", arity=4)
def start_link(name: Any, module: Any, argument: Any, options: Any) -> Any:
    """Start a server under a name, linked to the caller."""
    return gen_server.start_link(module, argument, _named(name, options))


@module.function("enter_loop", arity=(3, 4, 5))
def enter_loop(module: Any, options: Any, state: Any, server: Any = None, extra: Any = None) -> Any:
    """Make the calling process a server with that state; it does not return.

    After the state come the name that the process has registered, or its pid, and a timeout, `:hibernate` or `{:continue, term}`.
    """
    named = server is None or type(server) in (Pid, Atom) and server is not INFINITY or _is_name(server)
    if not named:
        server, extra = None, server
    process = system.current()
    name = server[1] if type(server) is tuple and server[0] is atom("local") else server
    if type(name) is Atom and process.name is not name:
        raise Exit(atom("process_not_registered"))
    parent = process.parent if process.parent is not None else process.pid
    loop = Server(process, fetch_version(module_atom(module)), None if type(name) is Pid else name, parent, False)
    loop.state = state
    process.server = loop
    process.body = loop.resume
    gen.become(process, lambda: loop.resume() if extra is None else loop.begin(extra))


def _is_name(server: Any) -> bool:
    return type(server) is tuple and len(server) in (2, 3) and server[0] in (atom("local"), atom("global"), atom("via"))
