"""`:elixir_module`: what `defmodule` compiles to."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.module.compile import compile_module
from pyex.terms.atoms import atom
from pyex.terms.lists import to_pylist
from pyex.terms.maps import Map

module = NativeModule(":elixir_module")


@module.function(doc=False)
def compile(name: Any, body: Any, binding: Any, env: Any) -> Any:
    """Compile and publish a module; returns `{:module, name, binary, value of the body}`."""
    return compile_module(name, body, dict(to_pylist(binding)), _environment(env))


def _environment(env: Any) -> Env:
    """Return the Env that a module's code carries to a `defmodule` inside one of its functions."""
    found = Env.of(env)
    if type(env) is Map and env.get(atom.lexical_tracker) is None:
        return found.replace(context_modules=tuple(to_pylist(env[atom.context_modules])), function=None)
    return found
