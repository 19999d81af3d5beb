"""`defprotocol` and `defimpl`."""

from __future__ import annotations

from typing import Any

from pyex.compiler.kernel.build import MODULE, block, is_call, kernel, keyword_dict, remote
from pyex.compiler.kernel.defmodule import expand_alias
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, elixir_list, to_pylist

PROTOCOL = alias("Protocol")


def defprotocol(env: Any, name: Any, clauses: Any) -> Any:
    """Define a protocol."""
    parts = keyword_dict(clauses) or {}
    body = block(
        remote(PROTOCOL, "__open__", MODULE),
        parts.get("do"),
        remote(PROTOCOL, "__close__", MODULE, (atom("__ENV__"), EMPTY, None)),
    )
    return kernel("defmodule", name, elixir_list((atom.do, body)))


def defimpl(env: Any, name: Any, options: Any, clauses: Any = EMPTY) -> Any:
    """Implement a protocol for a type, or for each of a list of types."""
    given = {**(keyword_dict(options) or {}), **(keyword_dict(clauses) or {})}
    if "do" not in given:
        raise argument_error("defimpl expects a do-end block")
    if "for" not in given:
        if env.module is None:
            raise argument_error("defimpl/3 expects a :for option when declared outside a module")
        is_list, targets = False, [env.module]
    else:
        wanted = given["for"]
        is_list = isinstance(wanted, List)
        targets = to_pylist(wanted) if is_list else [wanted]
    protocol = _module(env, name)
    made = [_implementation(env, protocol, _module(env, target), given["do"]) for target in targets]
    return elixir_list(*made) if is_list else made[0]


def _module(env: Any, form: Any) -> Atom:
    found = expand_alias(env, form)
    if type(found) is not Atom:
        if is_call(found):
            raise argument_error(
                f"invalid protocol or type in defimpl, expected a compile time alias, got: {inspect(found)}"
            )
        raise argument_error(f"expected a module name, got: {inspect(found)}")
    return found


def _implementation(env: Any, protocol: Atom, target: Atom, body: Any) -> Any:
    name = atom(f"{protocol.name}.{(atom_name(target) or '').removeprefix('Elixir.')}")
    whole = block(
        remote(PROTOCOL, "__implement__", MODULE, protocol, target, (atom("__ENV__"), EMPTY, None)),
        body,
    )
    checked = remote(PROTOCOL, "assert_protocol!", protocol)
    return block(checked, kernel("defmodule", name, elixir_list((atom.do, whole))))
