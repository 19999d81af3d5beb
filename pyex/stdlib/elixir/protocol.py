"""Protocol: what `defprotocol` and `defimpl` call, and the functions about protocols."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.expand.maps import struct_of
from pyex.compiler.host import host
from pyex.compiler.module import protocols
from pyex.terms.atoms import atom, atom_name, is_atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, from_iterable
from pyex.terms.maps import Map

module = NativeModule("Protocol", doc="Functions for working with protocols.")

module.function("__open__", doc=False)(protocols.open_protocol)
module.function("__impl_for__", doc=False)(protocols.impl_for)
module.function("__implementation__", doc=False)(protocols.implementation)


@module.function("__close__", doc=False)
def close(name: Any, env: Any) -> Any:
    """Complete a protocol under compilation."""
    return protocols.close_protocol(name, Env.of(env))


@module.function("__implement__", doc=False)
def implement(name: Any, protocol: Any, target: Any, env: Any) -> Any:
    """Begin the module of an implementation."""
    return protocols.begin_implementation(name, protocol, target, Env.of(env))


@module.macro(arity=(2, 3))
def derive(env: Any, protocol: Any, target: Any, options: Any = EMPTY) -> Any:
    """Derive a protocol for a struct that is defined already."""
    remote = (atom("."), EMPTY, from_iterable([atom("Elixir.Protocol"), atom("__derive__")]))
    caller = (atom("__ENV__"), EMPTY, None)
    return (remote, EMPTY, from_iterable([protocol, target, options, caller]))


@module.function("__derive__", doc=False)
def derive_now(protocol: Any, target: Any, options: Any, env: Any) -> Any:
    """Derive a protocol for a struct."""
    default = struct_of(target, Env.of(env))
    protocols.derive(protocol, target, default if type(default) is Map else Map(), options, Env.of(env))
    return atom.ok


@module.function("assert_protocol!")
def assert_protocol(name: Any) -> Any:
    """Raise ArgumentError unless the module is a protocol.

        iex> Protocol.assert_protocol!(Enumerable)
        :ok
    """
    if not is_atom(name):
        raise function_clause(atom("code"), "ensure_loaded", (name,))
    if name in protocols.NATIVE:
        return atom.ok
    if not host.current.ensure_compiled(name):
        raise argument_error(f"could not load module {inspect(name)} due to reason :nofile")
    if host.current.function(name, "__protocol__", 1) is None:
        raise argument_error(f"{inspect(name)} is not a protocol")
    return atom.ok


@module.function("assert_impl!")
def assert_impl(protocol: Any, base: Any) -> Any:
    """Raise ArgumentError unless the protocol is implemented for the type.

        iex> Protocol.assert_impl!(Enumerable, List)
        :ok
    """
    name = atom(f"{atom_name(protocol)}.{(atom_name(base) or '').removeprefix('Elixir.')}")
    if host.current.function(name, "__impl__", 1) is None:
        raise argument_error(
            f"could not load module {inspect(name)} due to reason :nofile"
            if not host.current.ensure_compiled(name)
            else f"{inspect(name)} is not an implementation of a protocol"
        )
    return atom.ok


@module.function("consolidated?")
def is_consolidated(protocol: Any) -> bool:
    """Whether the protocol was consolidated: here dispatch looks implementations up once, so there is no need.

        iex> Protocol.consolidated?(Enumerable)
        false
    """
    return bool(export(protocol, "__protocol__", 1).fn(atom("consolidated?")))
