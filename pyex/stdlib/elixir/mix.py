"""Mix: what a project's mix.exs and its code ask the build tool."""

from __future__ import annotations

import os
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import elixir_error, function_clause

module = NativeModule("Mix", doc="The build tool, as far as a project's own code asks it.")

_state: dict[str, Any] = {}


@module.function
def env() -> Any:
    """Return the environment: what `MIX_ENV` says, or `:dev`.

    iex> is_atom(Mix.env())
    true
    """
    return _state.get("env") or atom(os.environ.get("MIX_ENV") or "dev")


@module.function("env", arity=1)
def set_env(name: Any) -> Any:
    """Set the environment."""
    if type(name) is not Atom:
        raise function_clause(module.name, "env", (name,))
    _state["env"] = name
    return atom.ok


@module.function
def target() -> Any:
    """Return the target: what `MIX_TARGET` says, or `:host`.

    iex> is_atom(Mix.target())
    true
    """
    return atom(os.environ.get("MIX_TARGET") or "host")


@module.function("raise")
def raise_(message: Any) -> Any:
    """Raise a `Mix.Error`."""
    raise elixir_error("Mix.Error", message=message, mix=1)
