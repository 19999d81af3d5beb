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
from pyex.stdlib.erlang import requests
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import Exit
from pyex.terms.lists import Cons, EmptyList, elixir_list
from pyex.terms.pids import Pid

NAME: Final = atom("name")
_ELIXIR: Final = alias("GenServer")
module = NativeModule(":gen_server", doc="Servers, as Erlang starts and calls them.")
requests.offer(module)

for _name, _arity, _function in (
    ("cast", 2, gen_server.cast),
    ("reply", 2, gen_server.reply), ("stop", 1, gen_server.stop), ("stop", 3, gen_server.stop),
    ("start", 3, gen_server.start), ("start_link", 3, gen_server.start_link), ("abcast", 2, gen_server.abcast_here),
    ("multi_call", 2, gen_server.multi_call),
):  # fmt: skip
    module.function(_name, arity=_arity)(_function)


@module.function("call", arity=2)
def call_for_five_seconds(server_ref: Any, request: Any) -> Any:
    """Ask a server, and wait for its answer for five seconds."""
    return _called((server_ref, request), 5000)


@module.function("call", arity=3)
def call(server_ref: Any, request: Any, timeout: Any) -> Any:
    """Ask a server, and wait for its answer for some milliseconds, or `:infinity`."""
    return _called((server_ref, request, timeout), timeout)


def _called(args: tuple[Any, ...], timeout: Any) -> Any:
    """Call a server; a failure says that it was Erlang's function that was called."""
    try:
        return gen_server.call(args[0], args[1], timeout)
    except Exit as ended:
        reason = ended.reason
        if type(reason) is tuple and len(reason) == 2 and type(reason[1]) is tuple and reason[1][:2] == (_ELIXIR, atom("call")):
            raise Exit((reason[0], (module.name, atom("call"), elixir_list(*args)))) from None
        raise


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
