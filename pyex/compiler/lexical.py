"""The imports and aliases of a file, and which of them were used: what nobody used is warned of at its end."""

from __future__ import annotations

from typing import Any

from pyex.compiler.diagnostics import Diagnostic, position
from pyex.terms.atoms import atom_name

NameArity = tuple[Any, int]


class Lexical:
    """Remembers the imports and aliases of one file, or of one module at the prompt."""

    __slots__ = ("aliases", "deferred", "imports", "used_aliases", "used_imports")

    def __init__(self) -> None:
        self.aliases: dict[Any, tuple[Any, Any]] = {}
        """alias → (metadata, Env) of the `alias` that nobody has asked not to warn of."""
        self.imports: dict[Any, tuple[Any, Any, frozenset[NameArity] | None]] = {}
        """imported module → (metadata, Env, the names of `only:`)."""
        self.used_aliases: set[Any] = set()
        self.used_imports: dict[Any, set[NameArity]] = {}
        self.deferred: list[tuple[Any, Diagnostic]] = []
        """(Env, warning) of what is said when a module has been compiled, after all else about it."""

    def defer(self, found: list[tuple[Any, Diagnostic]]) -> None:
        """Add warnings to those that wait for the end of a module; they are given in the order of the lines."""
        if found:
            self.deferred = sorted([*found, *self.deferred], key=lambda pair: pair[1].line)

    def report_deferred(self) -> None:
        """Give the warnings that waited for the end of a module."""
        waiting, self.deferred = self.deferred, []
        for env, diagnostic in waiting:
            env.collector.add(diagnostic)

    def put_alias(self, name: Any, meta: Any, env: Any) -> None:
        """Note an alias."""
        self.aliases[name] = (meta, env)
        self.used_aliases.discard(name)

    def put_import(self, module: Any, meta: Any, env: Any, only: frozenset[NameArity] | None) -> None:
        """Note an import."""
        self.imports[module] = (meta, env, only)
        self.used_imports.pop(module, None)

    def use_import(self, module: Any, name: Any, arity: int) -> None:
        """Note that an imported name was called."""
        self.used_imports.setdefault(module, set()).add((name, arity))

    def report(self) -> None:
        """Warn of the aliases and imports that were not used, by name, each at its place."""
        for name in sorted(self.aliases, key=_text):
            if name not in self.used_aliases:
                meta, env = self.aliases[name]
                _warn(env, meta, "unused_alias", "unused alias", _text(name))
        for module in sorted(self.imports, key=_text):
            meta, env, only = self.imports[module]
            used = self.used_imports.get(module, set())
            if not used:
                _warn(env, meta, "unused_import", "unused import", _text(module))
            elif only is not None:
                for name, arity in sorted(only - used, key=lambda pair: (_text(pair[0]), pair[1])):
                    _warn(env, meta, "unused_import", "unused import", f"{_text(module)}.{_text(name)}/{arity}")


def _text(name: Any) -> str:
    text = atom_name(name) or ""
    if text.startswith("Elixir."):
        return text[7:]
    from pyex.terms.inspect import inspect

    return str(inspect(name)) if not text.isidentifier() else text


def _warn(env: Any, meta: Any, code: str, what: str, subject: str) -> None:
    line, column = position(meta)
    env.collector.add(Diagnostic("warning", f"{what} {subject}", env.file, line, column, code=code, subject=subject))
