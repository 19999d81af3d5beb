"""The expander: quoted forms to expanded forms, as `elixir_expand` gives them.

`expand(form, scope, env)` is the way in; one file holds each family of special forms.
"""

from __future__ import annotations

from typing import Any

from pyex.compiler.env import Env, Scope
from pyex.compiler.expand import aliases, bitstrings, capture, comprehension, maps, misc, quote
from pyex.compiler.expand.clauses import definition_clause
from pyex.compiler.expand.core import walk
from pyex.compiler.expand.variables import report_unused

__all__ = [
    "aliases",
    "bitstrings",
    "capture",
    "comprehension",
    "expand",
    "expand_clause",
    "maps",
    "misc",
    "quote",
    "report_unused",
]


def expand(form: Any, scope: Scope, env: Env) -> tuple[Any, Scope, Env]:
    """Expand a form; return it with the scope (the same object, with what the form bound) and the Env after it.

    Raises the user's CompileError, after its diagnostics went to `env.collector`.
    """
    scope.env = env
    result = walk(form, scope)
    if env.module is not None and env.function is None:
        report_unused(scope, 0)  # the body of a module is whole; at the prompt a variable may be read later
    return result, scope, scope.env


def expand_clause(
    args: list[Any], guards: list[Any], body: Any, env: Env, *, macro: bool = False
) -> tuple[list[Any], list[Any], Any]:
    """Expand one clause of a definition: (patterns, guard alternatives, body).

    `env.function` names the definition; `macro` allows `__CALLER__`. Unused variables are warned of.
    """
    scope = Scope()
    scope.env = env
    scope.caller = macro
    return definition_clause(args, guards, body, scope)
