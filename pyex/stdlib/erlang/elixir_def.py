"""`:elixir_def`: what `def` and its kin compile to."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.module import delegates
from pyex.compiler.module.store import store_definition as store

module = NativeModule(":elixir_def")


@module.function(doc=False)
def store_definition(kind: Any, head: Any, body: Any, has_body: Any, grouped: Any, env: Any) -> Any:
    """Store one clause of a function or macro of the module under compilation; returns `{name, arity}`.

    `grouped`: the clauses of one function should stand together, as they do not where `unquote` makes them.
    """
    return store(kind.name, head, body, has_body, Env.of(env), grouped=grouped)


@module.function(doc=False)
def store_delegate(functions: Any, options: Any, env: Any) -> Any:
    """Store the functions of a `defdelegate`."""
    return delegates.store_delegates(functions, options, Env.of(env))


@module.function(doc=False)
def store_guard(kind: Any, head: Any, condition: Any, env: Any) -> Any:
    """Store the macro of a `defguard`."""
    return delegates.store_guard(kind.name, head, condition, Env.of(env))
