""":gen_server, Erlang's face of GenServer."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import gen_server
from pyex.terms.atoms import atom
from pyex.terms.lists import Cons, EmptyList

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
