"""`%Macro.Env{}`: an environment as a struct that user macros read, and back."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.diagnostics import Collector
from pyex.compiler.env import Env, Imports, default_env, pairs_list
from pyex.compiler.host import host
from pyex.compiler.lexical import NameArity
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.errors import argument_error
from pyex.terms.lists import EMPTY, charlist, from_iterable, to_pylist
from pyex.terms.maps import Map, struct

_MACRO_ENV: Final = alias("Macro.Env")
_EVALUATED: Final = atom("elixir_eval")


class LexicalTracker:
    """What the field `lexical_tracker` holds: the Env that the struct was made of."""

    __slots__ = ("env",)

    def __init__(self, env: Env) -> None:
        self.env = env

    def __repr__(self) -> str:
        return "#LexicalTracker<>"


def to_struct(env: Env) -> Map:
    """Return the `%Macro.Env{}` of an Env."""
    return struct(
        _MACRO_ENV,
        {
            "aliases": _aliases(env),
            "context": None if env.context is None else atom(env.context),
            "context_modules": from_iterable(env.context_modules),
            "file": env.file,
            "function": env.function,
            "functions": _imports(env.functions),
            "lexical_tracker": LexicalTracker(env),
            "line": env.line,
            "macro_aliases": from_iterable(
                [(name, (counter, target)) for (name, counter), target in env.macro_aliases.items()]
            ),
            "macros": _imports(env.macros),
            "module": env.module,
            "requires": from_iterable(sorted(env.requires, key=lambda item: atom_name(item) or "")),
            "tracers": EMPTY,
            "versioned_vars": Map.from_pairs(env.versioned_vars.items()),
        },
    )


def _aliases(env: Env) -> Any:
    return from_iterable(env.aliases.items())


def _imports(table: Any) -> Any:
    """Return what is imported, the newest first."""
    return from_iterable([(module, pairs_list(names)) for module, names in reversed(table.items())])


def from_struct(value: Any) -> Env:
    """Return the Env of a `%Macro.Env{}`, with the fields that the user may have changed."""
    if type(value) is not Map or value.struct is not _MACRO_ENV:
        raise argument_error("expected a Macro.Env struct, such as __ENV__ or __CALLER__")
    tracker = value[atom.lexical_tracker]
    # That of a function's `__ENV__` is a literal in its code, and tracks nothing any more.
    env = tracker.env if type(tracker) is LexicalTracker else default_env(collector=Collector(host.current.report))
    context = value[atom.context]
    return env.replace(
        aliases=dict(to_pylist(value[atom.aliases])),
        context=None if context is None else context.name,
        file=value[atom.file],
        function=value[atom.function],
        line=value[atom.line],
        macro_aliases={
            (name, counter): target for name, (counter, target) in to_pylist(value[atom.macro_aliases])
        },
        module=value[atom.module],
        requires=frozenset(to_pylist(value[atom.requires])),
        imports=_imports_of(env, value),
    )


def _imports_of(env: Env, value: Map) -> Imports:
    functions, macros = _table(value[atom.functions]), _table(value[atom.macros])
    if functions == env.functions and macros == env.macros:
        return env.imports
    return Imports(functions, macros)


def _table(items: Any) -> dict[Any, frozenset[NameArity]]:
    return {module: frozenset(to_pylist(names)) for module, names in reversed(to_pylist(items))}


def stack_entry(env: Env, line: int = 0) -> Any:
    """Return the place of an Env as an entry of a stack trace."""
    from pyex.terms.syntax_messages import shown_path

    file = charlist(shown_path(env.file))
    location = from_iterable([(atom.file, file), (atom.line, line or env.line)])
    if env.module is None:
        return (_EVALUATED, atom("__FILE__"), 1, location)
    if env.function is None:
        return (env.module, atom("__MODULE__"), 0, location)
    return (env.module, env.function[0], env.function[1], location)
