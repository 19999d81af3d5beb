"""Expanding one clause of a definition."""

from __future__ import annotations

from typing import Any

from pyex.compiler.env import Env, Scope
from pyex.compiler.expand.clauses import definition_clause
from pyex.compiler.forms import Clause
from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist


def expand_clause(
    env: Env, parameters: list[Any], guards: list[Any], body: Any, is_macro: bool, line: int, column: int
) -> Clause:
    """Return the clause with parameters, guards and body expanded; warns of its unused variables."""
    scope = Scope()
    scope.env = env
    scope.caller = is_macro
    meta = from_pylist([(atom.line, line), (atom.column, column)] if column else [(atom.line, line)])
    args, conditions, expanded = definition_clause(parameters, guards, body, scope, meta)
    return Clause(args, conditions, expanded, line, column)
