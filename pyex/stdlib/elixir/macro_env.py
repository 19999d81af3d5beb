"""Macro.Env: the environment of a place in the source, as macros see it."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.env import Env
from pyex.compiler.env_struct import stack_entry
from pyex.terms.atoms import atom, atom_name
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import EMPTY_MAP, Map

module = NativeModule("Macro.Env", doc="The environment of a place in the source: `__ENV__`, `__CALLER__`.")
module.struct(
    {
        "aliases": EMPTY,
        "context": None,
        "context_modules": EMPTY,
        "file": "nofile",
        "function": None,
        "functions": EMPTY,
        "lexical_tracker": None,
        "line": 0,
        "macro_aliases": EMPTY,
        "macros": EMPTY,
        "module": None,
        "requires": EMPTY,
        "tracers": EMPTY,
        "versioned_vars": EMPTY_MAP,
    }
)


@module.function
def location(env: Map) -> Any:
    """Return the file and line of an environment."""
    return elixir_list((atom.file, env[atom.file]), (atom.line, env[atom.line]))


@module.function
def stacktrace(env: Map) -> Any:
    """Return the environment as a stack trace of one entry."""
    return elixir_list(stack_entry(Env.of(env)))


@module.function
def vars(env: Map) -> Any:  # Elixir's name
    """Return the variables in scope, as `{name, context}`."""
    return from_iterable(env[atom.versioned_vars])


@module.function("has_var?")
def has_var(env: Map, variable: Any) -> Any:
    """Tell whether a variable is in scope."""
    return variable in env[atom.versioned_vars]


@module.function("in_guard?")
def in_guard(env: Map) -> Any:
    """Tell whether the place is in a guard."""
    return env[atom.context] is atom.guard


@module.function("in_match?")
def in_match(env: Map) -> Any:
    """Tell whether the place is in a pattern."""
    return env[atom.context] is atom.match


@module.function
def to_guard(env: Map) -> Any:
    """Return the environment inside a guard."""
    return env.put(atom.context, atom.guard)


@module.function
def to_match(env: Map) -> Any:
    """Return the environment inside a pattern."""
    return env.put(atom.context, atom.match)


@module.function("required?")
def required(env: Map, name: Any) -> Any:
    """Tell whether a module is required."""
    return name in to_pylist(env[atom.requires])


@module.function
def fetch_alias(env: Map, name: Any) -> Any:
    """Return `{:ok, module}` that a simple alias means, or `:error`."""
    full = atom("Elixir." + (atom_name(name) or ""))
    for short, target in to_pylist(env[atom.aliases]):
        if short is full:
            return atom.ok, target
    return atom.error


@module.function
def lookup_alias_as(env: Map, name: Any) -> Any:
    """Return the aliases that a module has here."""
    return from_iterable([short for short, target in to_pylist(env[atom.aliases]) if target is name])


@module.function
def lookup_import(env: Map, signature: Any) -> Any:
    """Return `[function: module]` or `[macro: module]` of the imports of a name and arity."""
    name, arity = signature
    found = Env.of(env).imports.find(name, arity)
    return from_iterable([(atom.macro if is_macro else atom.function, source) for is_macro, source in found])


@module.function
def prune_compile_info(env: Map) -> Any:
    """Return the environment without what only the compiler needs."""
    return env.put(atom.lexical_tracker, None).put(atom.tracers, EMPTY)
