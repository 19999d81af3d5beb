"""Macro.Env: the environment of a place in the source, as macros see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.code.native import NativeModule
from pyex.compiler.diagnostics import Collector
from pyex.compiler.env import Env, Scope
from pyex.compiler.env_struct import stack_entry, to_struct
from pyex.compiler.expand.aliases import concat, exports_of, put_alias, put_import
from pyex.compiler.expand.aliases import expand_alias as expanded
from pyex.compiler.expand.dispatch import expand_macro, has_macro, resolve
from pyex.compiler.lexical import NameArity
from pyex.stdlib.elixir.macro_walk import is_special_form
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.errors import ElixirError
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable, to_pylist
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
def fetch_macro_alias(env: Map, name: Any) -> Any:
    """Return `{:ok, module}` that an alias written by a macro means, or `:error`.

    iex> Macro.Env.fetch_macro_alias(__ENV__, :Nowhere)
    :error
    """
    full = alias(atom_name(name) or "")
    for short, target in to_pylist(env[atom.macro_aliases]):
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


@module.function(arity=(3, 4))
def define_alias(env: Map, meta: Any, name: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, env}` with an alias added, as `alias name, options` does it, or `{:error, why}`.

    iex> {:ok, env} = Macro.Env.define_alias(__ENV__, [line: 1], Shop.Cart, as: Basket)
    iex> Macro.Env.expand_alias(env, [], [:Basket, :Item])
    {:alias, Shop.Cart.Item}
    """
    return _defined(env, lambda scope: put_alias(name, meta, _given(options, "as", "warn"), scope))


@module.function(arity=(3, 4))
def define_require(env: Map, meta: Any, name: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, env}` with a module required, as `require name, options` does it, or `{:error, why}`.

    iex> {:ok, env} = Macro.Env.define_require(__ENV__, [line: 1], Shop)
    iex> Macro.Env.required?(env, Shop)
    true
    """

    def require(scope: Scope) -> None:
        given = _given(options, "as", "warn")
        scope.env = scope.env.replace(requires=scope.env.requires | {name})
        if "as" in given:
            put_alias(name, meta, given, scope)

    return _defined(env, require)


@module.function(arity=(3, 4))
def define_import(env: Map, meta: Any, name: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, env}` with a module imported, as `import name, options` does it, or `{:error, why}`.

    iex> {:ok, env} = Macro.Env.define_import(__ENV__, [line: 1], Integer, only: [digits: 1])
    iex> Macro.Env.lookup_import(env, {:digits, 1})
    [function: Integer]
    """
    given = {key.name: value for key, value in to_pylist(options)}
    callback = given.get("info_callback")
    exports = exports_of(name) if callback is None else (_told(callback, "functions"), _told(callback, "macros"))
    chosen = {key: value for key, value in given.items() if key in ("only", "except", "warn")}
    warned = given.get("emit_warnings") is not False
    return _defined(env, lambda scope: put_import(name, meta, chosen, scope, exports), warned=warned)


def _given(options: Any, *names: str) -> dict[str, Any]:
    return {key.name: value for key, value in to_pylist(options) if key.name in names}


def _told(callback: Any, kind: str) -> frozenset[NameArity]:
    return frozenset(to_pylist(callback(atom(kind))))


def _defined(value: Map, change: Callable[[Scope], None], *, warned: bool = False) -> Any:
    """Return `{:ok, env}` after a change of its scope, or `{:error, what the compiler says against it}`."""
    env, collector = Env.of(value), Collector()
    scope = Scope()
    scope.env = env.replace(collector=collector, lexical=None)
    try:
        change(scope)
    except ElixirError:
        if not collector.errors:
            raise
        return atom.error, collector.errors[-1].message
    if warned:
        for diagnostic in collector.diagnostics:
            env.collector.add(diagnostic)
    changed = to_struct(scope.env)
    for field in (atom.aliases, atom.functions, atom.macro_aliases, atom.macros, atom.requires):
        value = value.put(field, changed[field])
    return atom.ok, value


@module.function(arity=(3, 4))
def expand_alias(env: Map, meta: Any, parts: Any, options: Any = EMPTY) -> Any:
    """Return `{:alias, module}` that the parts of an alias mean here, or `:error` when they stand for themselves.

    iex> Macro.Env.expand_alias(__ENV__, [], [:Nowhere, :Else])
    :error
    """
    names = to_pylist(parts)
    used = dict(to_pylist(options)).get(atom.trace) is not False
    found = expanded(names, meta, Env.of(env), use=used)
    return atom.error if found is concat(names) else (atom.alias, found)


@module.function(arity=(4, 5))
def expand_import(env: Map, meta: Any, name: Any, arity: Any, options: Any = EMPTY) -> Any:
    """Return what a call of an imported name is: `{:macro, module, fun}` with the function that expands it,
    `{:function, module, name}`, or `{:error, :not_found}`.

    iex> Macro.Env.expand_import(__ENV__, [], :length, 1)
    {:function, Kernel, :length}
    """
    inner = Env.of(env)
    if is_special_form(name, arity):
        return atom.error, atom("not_found")
    try:
        found = resolve(name, arity, meta, inner)
    except ElixirError:
        ambiguous = inner.imports.find(name, arity)
        if len(ambiguous) < 2:
            raise
        return atom.error, (atom("ambiguous"), from_iterable([source for _, source in ambiguous]))
    if found is None:
        return atom.error, atom("not_found")
    is_macro, source, function = found
    if not is_macro:
        return atom.function, source, name
    return atom.macro, source, _expander(inner, source, name, function)


@module.function(arity=(5, 6))
def expand_require(env: Map, meta: Any, receiver: Any, name: Any, arity: Any, options: Any = EMPTY) -> Any:
    """Return `{:macro, module, fun}` for a macro of a required module, else `:error`.

    iex> {:macro, Kernel, expand} = Macro.Env.expand_require(__ENV__, [], Kernel, :to_string, 1)
    iex> expand.([], [:a]) |> Macro.to_string()
    "String.Chars.to_string(:a)"
    """
    inner = Env.of(env)
    if not has_macro(receiver, name, arity, meta, inner):
        return atom.error
    return atom.macro, receiver, _expander(inner, receiver, name, None)


def _expander(env: Env, source: Any, name: Any, function: Any) -> Callable[[Any, Any], Any]:
    """Return the function that expands a call of a macro: it takes metadata and arguments."""

    def expand(meta: Any, args: Any) -> Any:
        scope = Scope(dict(env.versioned_vars))
        scope.env = env
        return expand_macro(source, name, meta, to_pylist(args), scope, function)

    return expand


@module.function
def prepend_tracer(env: Map, tracer: Any) -> Any:
    """Return the environment with one more tracer.

    iex> Macro.Env.prepend_tracer(__ENV__, Spy).tracers |> hd()
    Spy
    """
    return env.put(atom.tracers, Cons(tracer, env[atom.tracers]))


@module.function
def prune_compile_info(env: Map) -> Any:
    """Return the environment without what only the compiler needs."""
    return env.put(atom.lexical_tracker, None).put(atom.tracers, EMPTY)
