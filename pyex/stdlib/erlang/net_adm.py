""":net_adm: which nodes there are; here there is one."""

from __future__ import annotations

import socket
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, charlist
from pyex.terms.node import this_node

module = NativeModule(":net_adm", doc="Names and hosts of nodes.")
NET_ADM: Final = atom("net_adm")


@module.function
def ping(node: Any) -> Any:
    """Try to reach a node: `:pong`, or `:pang` when there is no way to it.

        iex> :net_adm.ping(:nobody@nowhere)
        :pang
    """
    if not is_atom(node):
        raise function_clause(NET_ADM, "ping", (node,))
    return atom("pong" if this_node.is_alive and node is this_node.name else "pang")


@module.function("names", arity=(0, 1))
def names(host: Any = EMPTY) -> Any:
    """Return `{:ok, [{name, port}]}` of the nodes that a host's name server knows: none.

        iex> :net_adm.names()
        {:ok, []}
    """
    return atom("ok"), EMPTY


@module.function
def localhost() -> Any:
    """Return this computer's full name, as a charlist.

        iex> :net_adm.localhost() |> is_list()
        true
    """
    return charlist(socket.getfqdn())


@module.function
def host_file() -> Any:
    """Return the hosts of the file `.hosts.erlang`; there is none.

        iex> :net_adm.host_file()
        {:error, :enoent}
    """
    return atom("error"), atom("enoent")
