"""`alias`, `require`, `import`, and what `Foo.Bar` means."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.compiler.diagnostics import fatal, warn
from pyex.compiler.env import Env, Scope, exported
from pyex.compiler.expand import deadlocks
from pyex.compiler.expand.core import walk
from pyex.compiler.expand.words import (
    ALIASES,
    COUNTER,
    DOT,
    NOT_SPECIAL,
    code_text,
    is_atom_term,
    is_call,
    items,
    keyword_items,
    meta_get,
    special,
)
from pyex.compiler.host import host
from pyex.compiler.lexical import NameArity
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, to_pylist

_ALIAS: Final = atom("alias")
_AS: Final = atom("as")
_WARN: Final = atom("warn")
_DEFINED: Final = atom("defined")


def concat(parts: Iterable[Any]) -> Any:
    """Return the module atom of parts: `Foo` and `:Bar` give `Foo.Bar`."""
    names = [atom_name(part) or "" for part in parts if part is not None]
    names = [name.removeprefix("Elixir.") for name in names]
    return alias(".".join(name for name in names if name and name != "Elixir"))


def expand_alias(parts: list[Any], meta: Any, env: Env, *, use: bool = True) -> Any:
    """Return the module that the atoms of an alias mean here."""
    first, *rest = parts
    quoted = meta_get(meta, _ALIAS, EMPTY)
    if quoted is not EMPTY:
        counter = meta_get(meta, COUNTER)
        target = env.macro_aliases.get((alias(first.name), counter))
        if target is None:
            # What the alias meant where it was quoted, all its parts together; False when it was none there.
            return concat(parts) if quoted is False else quoted
        return concat([target, *rest]) if rest else target
    name = alias(first.name)
    if first.name == "Elixir":
        return concat(rest) if rest else Atom("Elixir")
    target = env.aliases.get(name)
    if target is None:
        return concat(parts)
    if use and env.lexical is not None:
        env.lexical.used_aliases.add(name)
    return concat([target, *rest]) if rest else target


@special("__aliases__")
def aliases_form(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `Foo.Bar` to a module's atom; a part may be an expression (`__MODULE__.Bar`)."""
    if not args:
        raise fatal(s.env, meta, f"invalid quoted expression: {inspect(form)}")
    if all(type(part) is Atom for part in args):
        return expand_alias(args, meta, s.env)
    first, *rest = args
    first = walk(first, s)
    if not is_atom_term(first):
        raise fatal(
            s.env,
            meta,
            'invalid alias: "' + code_text(form) + '". If you wanted to define an alias, an alias must expand to an '
            "atom at compile time but it did not, you may use Module.concat/2 to build it at runtime. If instead you "
            "wanted to invoke a function or access a field, wrap the function or field name in double quotes",
        )
    return concat([first, *rest])


def _module_argument(kind: str, form: Any, meta: Any, s: Scope) -> Any:
    """Return the atom that the first argument of alias, require or import gives."""
    if is_call(form, ALIASES):
        parts = to_pylist(form[2])
        if parts and all(type(part) is Atom for part in parts):
            return expand_alias(parts, form[1], s.env)
    walked = walk(form, s)
    if not is_atom_term(walked):
        raise fatal(
            s.env,
            meta,
            f"invalid argument for {kind}, expected a compile time atom or alias, got: {code_text(form)}",
        )
    return walked


def _multi(form: Any) -> tuple[Any, list[Any]] | None:
    """Return (base, parts) of `Foo.{A, B}`, or None."""
    if type(form) is tuple and len(form) == 3 and is_call(form[0], DOT, 2):
        base, name = to_pylist(form[0][2])
        if name is atom("{}"):
            return base, items(form[2])
    return None


def _each(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
    """Expand `alias Foo.{A, B}` and its kin as one form for each part."""
    found = _multi(args[0])
    if found is None:
        return None
    base, parts = found
    module = _module_argument(form[0].name, base, meta, s)
    result = []
    for part in parts:
        if is_call(part, ALIASES):
            name = concat([module, *to_pylist(part[2])])
        elif type(part) is Atom:
            name = concat([module, part])
        else:
            raise fatal(
                s.env,
                meta,
                f"invalid argument for {form[0].name}, expected a compile time atom or alias, got: {code_text(part)}",
            )
        result.append(walk((form[0], meta, elixir_list(name, *args[1:])), s))
    return from_pylist(result)


def _options(kind: str, args: list[Any], meta: Any, allowed: tuple[str, ...], s: Scope) -> dict[str, Any]:
    if len(args) < 2:
        return {}
    form = args[1]
    pairs = keyword_items(form)
    if pairs is None:
        pairs = keyword_items(walk(form, s))
    if pairs is None:
        raise fatal(s.env, meta, f"invalid options for {kind}, expected a keyword list, got: {code_text(form)}")
    for key, _ in pairs:
        if key.name not in allowed:
            raise fatal(s.env, meta, f"unsupported option :{key.name} given to {kind}")
    return {key.name: value for key, value in pairs}


_Act = Callable[[Any, Any, dict[str, Any], Scope], Any]


def _directive(kind: str, *allowed: str) -> Callable[[_Act], _Act]:
    """Make a function the expansion of a directive: of each module that it names, with the options that it allows."""

    def register(act: _Act) -> _Act:
        @special(kind)
        def expand(form: Any, meta: Any, args: list[Any], s: Scope) -> Any:
            if len(args) not in (1, 2):
                return NOT_SPECIAL
            many = _each(form, meta, args, s)
            if many is not None:
                return many
            module = _module_argument(kind, args[0], meta, s)
            return act(module, meta, _options(kind, args, meta, allowed, s), s)

        return act

    return register


@_directive("alias", "as", "warn")
def _alias(module: Any, meta: Any, options: dict[str, Any], s: Scope) -> Any:
    """Make a module known by another name."""
    defined = meta_get(meta, _DEFINED)
    if defined is not None:
        s.env = s.env.replace(context_modules=(defined, *s.env.context_modules))
        if options.get("as") is module:
            return module
    put_alias(module, meta, options, s)
    return module


def put_alias(module: Any, meta: Any, options: dict[str, Any], s: Scope) -> None:
    """Make a module known by the last part of its name, or by what the option `as` says."""
    env = s.env
    name = _alias_name(module, meta, options, s)
    if name is None:
        return
    counter = meta_get(meta, COUNTER)
    macro_aliases = env.macro_aliases
    if counter is not None and meta_get(meta, atom.context) is not None:
        # Other forms of the same macro call mean this alias, whatever the user makes of the name.
        macro_aliases = {**macro_aliases, (name, counter): module}
    if name is module:
        aliases = {key: value for key, value in env.aliases.items() if key is not name}
    else:
        aliases = {**env.aliases, name: module}
    s.env = env.replace(aliases=aliases, macro_aliases=macro_aliases)
    if env.lexical is not None and meta_get(meta, _DEFINED) is None and _warns("as" in options, meta, options):
        env.lexical.put_alias(name, meta, env)


def _warns(explicit: bool, meta: Any, options: dict[str, Any]) -> bool:
    if "warn" in options:
        return options["warn"] is not False
    return explicit or meta_get(meta, atom.context) is None


def _alias_name(module: Any, meta: Any, options: dict[str, Any], s: Scope) -> Any:
    if "as" not in options:
        text = atom_name(module) or ""
        if not text.startswith("Elixir."):
            raise fatal(
                s.env,
                meta,
                f"alias cannot be inferred automatically for module: :{text}, please use the :as option. "
                "Implicit aliasing is only supported with Elixir modules",
            )
        return alias(text.rsplit(".", 1)[1])
    form = options["as"]
    if is_call(form, ALIASES, 1):
        return alias(to_pylist(form[2])[0].name)
    nested = is_call(form, ALIASES)
    value = None if nested else walk(form, s)
    text = atom_name(value) or ""
    if value is not None and text.startswith("Elixir."):
        if text.count(".") == 1:
            return value
        nested = True
    got = code_text(form)
    if nested:
        raise fatal(s.env, meta, f"invalid value for option :as, expected a simple alias, got nested alias: {got}")
    raise fatal(s.env, meta, f"invalid value for option :as, expected an alias, got: {got}")


@_directive("require", "as", "warn")
def _require(module: Any, meta: Any, options: dict[str, Any], s: Scope) -> Any:
    """Make the macros of a module usable."""
    defined = meta_get(meta, _DEFINED)
    if defined is None:
        _ensure_loaded(module, meta, s.env)
    _add_requires(s, module, defined)
    if "as" in options:
        put_alias(module, meta, options, s)
    return module


def _add_requires(s: Scope, module: Any, defined: Any = None) -> None:
    env = s.env
    s.env = env.replace(
        requires=env.requires | {module},
        context_modules=env.context_modules if defined is None else (defined, *env.context_modules),
    )


def _ensure_loaded(module: Any, meta: Any, env: Env) -> None:
    if host.current.ensure_compiled(module):
        return
    deadlocks.refuse(module)
    if module is env.module:
        raise fatal(
            env,
            meta,
            f"you are trying to use/import/require the module {inspect(module)} which is currently being defined."
            f"\n\n{_BEING_DEFINED}",
        )
    if module in env.context_modules:
        raise fatal(env, meta, f"module {inspect(module)} is not loaded but was defined. {_SAME_CONTEXT}")
    raise fatal(env, meta, f"module {inspect(module)} is not loaded and could not be found", code="module_not_found")


_BEING_DEFINED: Final = """This may happen if you accidentally override the module you want to use. For example:

    defmodule MyApp do
      defmodule Supervisor do
        use Supervisor
      end
    end

In the example above, the new Supervisor conflicts with Elixir's Supervisor. This may be fixed by using the fully \
qualified name in the definition:

    defmodule MyApp.Supervisor do
      use Supervisor
    end
"""

_SAME_CONTEXT: Final = """This happens when you depend on a module in the same context in which it is defined. For example:

    defmodule MyApp do
      defmodule Mod do
      end

      use Mod
    end

Try defining the module outside the context that uses it:

    defmodule MyApp.Mod do
    end

    defmodule MyApp do
      use MyApp.Mod
    end

If the module is defined at the top-level and you are trying to use it at the top-level, this is not supported by Elixir"""


@_directive("import", "only", "except", "warn")
def _import(module: Any, meta: Any, options: dict[str, Any], s: Scope) -> Any:
    """Make functions and macros of a module callable without its name."""
    _ensure_loaded(module, meta, s.env)
    put_import(module, meta, options, s, exports_of(module))
    return module


def exports_of(module: Any) -> tuple[frozenset[NameArity], frozenset[NameArity]]:
    """Return the functions and the macros of a module; one of Erlang's has functions alone."""
    try:
        return exported(module, "functions"), exported(module, "macros")
    except ElixirError:
        from pyex.terms.functions import export

        pairs = to_pylist(export(module, "module_info", 1).fn(atom.exports))
        return frozenset(pairs) - {(atom.module_info, 0), (atom.module_info, 1)}, frozenset()


def put_import(
    module: Any, meta: Any, options: dict[str, Any], s: Scope, exports: tuple[frozenset[NameArity], frozenset[NameArity]]
) -> None:
    """Import what the options choose of a module's functions and macros."""
    env = s.env
    functions, macros = map(_public, exports)
    only = options.get("only")
    chosen: frozenset[NameArity] | None = None
    new_functions: frozenset[NameArity] | None = functions
    new_macros: frozenset[NameArity] | None = macros
    if type(only) is Atom:
        new_functions = functions if only.name == "functions" else None
        new_macros = macros if only.name == "macros" else None
        if only.name == "sigils":
            new_functions, new_macros = _sigils(functions), _sigils(macros)
        elif only.name not in ("functions", "macros"):
            raise fatal(
                env,
                meta,
                "invalid :only option for import, expected value to be an atom :functions, :macros, or a literal "
                f"keyword list of function names with arity as values, got: {code_text(only)}",
            )
        env_functions, env_macros = env.functions.get(module), env.macros.get(module)
        new_functions = frozenset() if new_functions is None and env_functions is None else new_functions
        new_macros = frozenset() if new_macros is None and env_macros is None else new_macros
    elif "only" in options:
        chosen = _names("only", only, meta, s)
        _check_exist(module, chosen - functions - macros, meta, env)
        new_functions, new_macros = functions & chosen, macros & chosen
    if "except" in options and chosen is not None:
        raise fatal(
            env,
            meta,
            ":only and :except can only be given together to import when :only is :functions, :macros, or :sigils",
        )
    if "except" in options:
        left_out = _names("except", options["except"], meta, s)
        if "only" not in options:
            # `except` narrows an earlier import of the same module.
            new_functions = env.functions.get(module, functions)
            new_macros = env.macros.get(module, macros)
        new_functions = None if new_functions is None else new_functions - left_out
        new_macros = None if new_macros is None else new_macros - left_out
    s.env = env.replace(imports=env.imports.put(module, new_functions, new_macros), requires=env.requires | {module})
    if env.lexical is not None and _warns(False, meta, options):
        env.lexical.put_import(module, meta, env, chosen)


def _public(names: frozenset[NameArity]) -> frozenset[NameArity]:
    return frozenset(pair for pair in names if atom_name(pair[0])[:1] != "_")  # type: ignore[index]  # names are atoms


def _sigils(names: frozenset[NameArity]) -> frozenset[NameArity]:
    return frozenset(pair for pair in names if pair[1] == 2 and (atom_name(pair[0]) or "").startswith("sigil_"))


def _names(option: str, form: Any, meta: Any, s: Scope) -> frozenset[NameArity]:
    pairs = keyword_items(form)
    if pairs is None:
        pairs = keyword_items(walk(form, s))
    if pairs is None or not all(type(arity) is int for _, arity in pairs):
        raise fatal(
            s.env,
            meta,
            f"invalid :{option} option for import, expected value to be "
            + (
                "an atom :functions, :macros, or a literal keyword list of function names with arity as values"
                if option == "only"
                else "a literal keyword list of function names with arity as values"
            )
            + f", got: {code_text(form)}",
        )
    seen: set[NameArity] = set()
    for pair in pairs:
        if pair in seen:
            text = f"invalid :{option} option for import, {atom_name(pair[0])}/{pair[1]} is duplicated"
            warn(s.env, meta, text, code="duplicate_import")
        seen.add(pair)
    return frozenset(seen)


def _check_exist(module: Any, missing: frozenset[NameArity], meta: Any, env: Env) -> None:
    for name, arity in sorted(missing, key=lambda pair: (atom_name(pair[0]) or "", pair[1])):
        text = f"cannot import {inspect(module)}.{atom_name(name)}/{arity} because it is undefined or private"
        warn(env, meta, text, code="undefined_import")
