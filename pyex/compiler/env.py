"""Environments and scopes: where a form stands.

An `Env` is immutable: module, file, function, what is aliased, required and imported. A `Scope` is the expander's
own record while it walks: variables and their versions, and which of them nobody has read yet.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from pyex.compiler.diagnostics import Collector
from pyex.compiler.host import Definitions
from pyex.compiler.lexical import Lexical, NameArity
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export
from pyex.terms.lists import from_iterable, to_pylist
from pyex.terms.maps import Map

KERNEL: Final = alias("Kernel")
_counters = itertools.count(-576460752303423485, 1)


def fresh_counter() -> int:
    """Return a number that no other expansion of a macro has: it keeps its variables apart."""
    return next(_counters)


def exported(module: Any, kind: str) -> frozenset[NameArity]:
    """Return the (name, arity) pairs that `__info__(kind)` of a loaded module lists."""
    about = export(module, "__info__", 1).fn
    known = _exported.get(module)
    if known is None or known[0] is not about:
        known = _exported[module] = (about, {})
    found = known[1].get(kind)
    if found is None:
        found = known[1][kind] = frozenset(to_pylist(about(atom(kind))))
    return found


_exported: Final[dict[Any, tuple[Callable[..., Any], dict[str, frozenset[NameArity]]]]] = {}
"""What `exported` has found, with the `__info__/1` of the version that it asked."""


class Imports:
    """What is imported from where. Immutable; the table of names is built at the first look."""

    __slots__ = ("_arities", "_table", "functions", "macros")

    def __init__(
        self, functions: Mapping[Any, frozenset[NameArity]], macros: Mapping[Any, frozenset[NameArity]]
    ) -> None:
        self.functions = functions
        self.macros = macros
        self._table: dict[NameArity, tuple[tuple[bool, Any], ...]] | None = None
        self._arities: dict[Any, list[tuple[int, Any]]] | None = None

    def find(self, name: Any, arity: int) -> tuple[tuple[bool, Any], ...]:
        """Return (is it a macro, module) of every import of that name and arity."""
        table = self._table
        if table is None:
            table = self._table = {}
            for is_macro, modules in ((False, self.functions), (True, self.macros)):
                for module, names in modules.items():
                    for key in names:
                        table[key] = (*table.get(key, ()), (is_macro, module))
        return table.get((name, arity), ())

    def arities(self, name: Any) -> list[tuple[int, Any]]:
        """Return the (arity, module) of every import of a name, by arity: what `quote` notes of it."""
        if self._arities is None:
            self.find(name, 0)
            assert self._table is not None  # `find` has built it
            self._arities = {}
            for (key, arity), found in self._table.items():
                if len(found) == 1:
                    self._arities.setdefault(key, []).append((arity, found[0][1]))
            for pairs in self._arities.values():
                pairs.sort(key=lambda pair: pair[0])
        return self._arities.get(name, [])

    def put(self, module: Any, functions: frozenset[NameArity] | None, macros: frozenset[NameArity] | None) -> Imports:
        """Return the imports with those of one module replaced; None leaves that kind as it is."""
        new_functions, new_macros = dict(self.functions), dict(self.macros)
        for names, table in ((functions, new_functions), (macros, new_macros)):
            if names is not None:
                table.pop(module, None)
                if names:
                    table[module] = names
        return Imports(new_functions, new_macros)


class Env:
    """The environment of a form; immutable, changed by `replace`. `to_struct` gives the `%Macro.Env{}` of it."""

    __slots__ = (
        "_guarding",
        "_matching",
        "aliases",
        "collector",
        "context",
        "context_modules",
        "definitions",
        "file",
        "function",
        "imports",
        "lexical",
        "line",
        "macro_aliases",
        "module",
        "requires",
        "versioned_vars",
    )
    module: Any
    file: str
    line: int
    function: tuple[Any, int] | None
    """(name atom, arity) of the function being defined."""
    context: str | None
    """None, "match" or "guard"."""
    aliases: Mapping[Any, Any]
    macro_aliases: Mapping[tuple[Any, int], Any]
    requires: frozenset[Any]
    imports: Imports
    context_modules: tuple[Any, ...]
    versioned_vars: Mapping[tuple[Any, Any], int]
    """The variables in scope, by (name, context or counter): set in the Env that a macro is given."""
    collector: Collector
    lexical: Lexical | None
    definitions: Definitions | None
    """The module that is being built around this place."""

    def __init__(
        self,
        *,
        imports: Imports,
        file: str = "nofile",
        line: int = 1,
        requires: frozenset[Any] = frozenset(),
        collector: Collector | None = None,
        lexical: Lexical | None = None,
    ) -> None:
        self.module = None
        self.file = file
        self.line = line
        self.function = None
        self.context = None
        self.aliases = {}
        self.macro_aliases = {}
        self.requires = requires
        self.imports = imports
        self.context_modules = ()
        self.versioned_vars = {}
        self.collector = collector or Collector()
        self.lexical = lexical
        self.definitions = None
        self._matching: Env | None = None
        self._guarding: Env | None = None

    def replace(self, **changes: Any) -> Env:
        """Return an Env with some fields changed."""
        new = object.__new__(Env)
        # One after the other: a loop over the names takes four times as long, and a definition replaces several.
        new.aliases = self.aliases
        new.collector = self.collector
        new.context = self.context
        new.context_modules = self.context_modules
        new.definitions = self.definitions
        new.file = self.file
        new.function = self.function
        new.imports = self.imports
        new.lexical = self.lexical
        new.line = self.line
        new.macro_aliases = self.macro_aliases
        new.module = self.module
        new.requires = self.requires
        new.versioned_vars = self.versioned_vars
        for name, value in changes.items():
            setattr(new, name, value)
        new._matching = new._guarding = None
        return new

    @property
    def matching(self) -> Env:
        """This environment inside a pattern."""
        if self._matching is None:
            self._matching = self.replace(context="match")
        return self._matching

    @property
    def guarding(self) -> Env:
        """This environment inside a guard."""
        if self._guarding is None:
            self._guarding = self.replace(context="guard")
        return self._guarding

    @property
    def functions(self) -> Mapping[Any, frozenset[NameArity]]:
        """The imported functions by module."""
        return self.imports.functions

    @property
    def macros(self) -> Mapping[Any, frozenset[NameArity]]:
        """The imported macros by module."""
        return self.imports.macros

    def to_struct(self) -> Map:
        """Return the `%Macro.Env{}` of this environment; `Env.of` finds the way back."""
        from pyex.compiler.env_struct import to_struct

        return to_struct(self)

    @staticmethod
    def of(value: Any) -> Env:
        """Return the Env of an Env or a `%Macro.Env{}`."""
        if type(value) is Env:
            return value
        from pyex.compiler.env_struct import from_struct

        return from_struct(value)


_DEFAULT_REQUIRES: Final = frozenset({alias("Application"), KERNEL, alias("Kernel.Typespec")})
_default_imports: Imports | None = None


def default_env(
    *,
    file: str = "nofile",
    line: int = 1,
    extra_imports: Iterable[Any] = (),
    collector: Collector | None = None,
    lexical: Lexical | None = None,
) -> Env:
    """Return the environment that code starts in: Kernel imported, and what `extra_imports` names (`IEx.Helpers`)."""
    global _default_imports
    if _default_imports is None:
        _default_imports = Imports({KERNEL: exported(KERNEL, "functions")}, {KERNEL: exported(KERNEL, "macros")})
    imports, requires = _default_imports, _DEFAULT_REQUIRES
    for module in extra_imports:
        imports = imports.put(module, exported(module, "functions"), exported(module, "macros"))
        requires |= {module}
    return Env(imports=imports, file=file, line=line, requires=requires, collector=collector, lexical=lexical)


class Unused:
    """A variable that nobody has read yet."""

    __slots__ = ("meta", "name", "overridden")

    def __init__(self, name: str, meta: Any, overridden: bool) -> None:
        self.name = name
        self.meta = meta
        self.overridden = overridden


class Scope:
    """The expander's state in one function or evaluation. One object, changed as the walk goes on.

    `vars` maps (name, context or counter) to a version and is replaced, never changed in place, so that
    a branch is left by putting the old one back. Versions are never used twice.
    """

    __slots__ = ("caller", "env", "next_version", "prematch", "shell", "stacktrace", "typed", "unused", "vars")

    def __init__(self, variables: Mapping[tuple[Any, Any], int] | None = None, *, shell: bool = False) -> None:
        self.vars: dict[tuple[Any, Any], int] = dict(variables or {})
        self.next_version = max(self.vars.values(), default=-1) + 1
        self.unused: dict[int, Unused] = {}
        self.env: Any = None
        """The Env at the present point of the walk."""
        self.prematch: Prematch | None = None
        self.stacktrace = False
        self.caller = False
        self.shell = shell
        """At the prompt a bare name that is no variable calls the function of that name."""
        self.typed: Any = None
        """The whole form that was typed at a prompt: nobody is warned of values that its lines throw away."""

    def define(self, key: tuple[Any, Any]) -> int:
        """Give a variable a new version and return it."""
        version = self.next_version
        self.next_version = version + 1
        self.vars = {**self.vars, key: version}
        return version

    def read(self, version: int) -> None:
        """Note that a version of a variable was read."""
        self.unused.pop(version, None)


class Prematch:
    """What holds while a pattern is expanded: the variables before it, and the first version of its own."""

    __slots__ = ("equations", "first", "sizing", "vars")

    def __init__(self, variables: dict[tuple[Any, Any], int], first: int) -> None:
        self.vars = variables
        self.first = first
        self.equations: list[list[set[int]]] = []
        """For each `a = b` in the pattern, the versions of the variables of each side."""
        self.sizing = False
        """Whether the size of a segment is being expanded: an expression within the pattern."""


def pairs_list(names: Iterable[NameArity]) -> Any:
    """Return `[name: arity]` of (name, arity) pairs, sorted by name."""
    return from_iterable(sorted(names, key=lambda pair: (str(getattr(pair[0], "name", pair[0])), pair[1])))
