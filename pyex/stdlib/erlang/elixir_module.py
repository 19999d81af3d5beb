"""`:elixir_module`: what `defmodule` compiles to."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.module.compile import compile_module
from pyex.terms.lists import to_pylist

module = NativeModule(":elixir_module")


@module.function(doc=False)
def compile(name: Any, body: Any, binding: Any, env: Any) -> Any:
    """Compile and publish a module; returns `{:module, name, binary, value of the body}`."""
    return compile_module(name, body, dict(to_pylist(binding)), Env.of(env))
