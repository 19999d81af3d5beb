"""A module while its body is evaluated: what `def`, `@` and their kin write down.

There is one `ModuleBuilder` for each module that is being compiled, in `BUILDERS`; it is gone when
the module is published or has failed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.compiler.forms import Clause, Definition, Kind
from pyex.compiler.module import walk
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.errors import argument_error, bad_argument
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, from_iterable

Signature = tuple[str, int]


@dataclass(slots=True)
class Attribute:
    """A module attribute: its value, where it was set last, and whether anybody read it."""

    value: Any
    line: int = 0
    accumulate: bool = False
    persist: bool = False
    unread_line: int | None = None
    """Where it was set when no one has read it since; None when it needs no reader."""


@dataclass(slots=True)
class Stored:
    """A definition in the making, with what is only needed until the module is done."""

    definition: Definition
    defaults: int = 0
    has_body: bool = False
    declared_head: bool = False
    """A head without a body stands before the clauses (it carries the default values)."""
    heads: list[Any] = field(default_factory=list)
    """The clauses' heads as quoted forms: what blame shows, as text made only then."""
    file: str = ""
    check: bool = True
    """False for generated code: nobody is told that it is unused."""
    generated_default: bool = False
    context: Any = None
    """The module whose macro wrote the definition (its quote, or a native macro); None when the user typed it."""
    overridden: bool = False
    calls: list[tuple[Any, str, int, Any, int]] | None = None
    """(module or False, name, arity, metadata, line of the clause) of every call in it, once they were looked for."""

    choices: list[Any] = field(default_factory=list)
    """Every `case` and `fn` in it, once its calls were looked for."""

    def find_calls(self) -> list[tuple[Any, str, int, Any, int]]:
        """Return every call in the clauses; they are complete by now."""
        if self.calls is None:
            self.calls = [
                (*found, clause.line)
                for clause in self.definition.clauses
                for found in walk.calls((*clause.args, *clause.guards, clause.body), self.choices)
            ]
        return self.calls


ACCUMULATING: Final = (
    "before_compile",
    "after_compile",
    "after_verify",
    "on_definition",
    "behaviour",
    "derive",
    "compile",
    "external_resource",
    "dialyzer",
    "optional_callbacks",
)
PERSISTED: Final = frozenset({"behaviour", "external_resource", "dialyzer", "vsn"})
RESERVED: Final = frozenset(
    {
        *ACCUMULATING,
        "spec",
        "type",
        "typep",
        "opaque",
        "callback",
        "macrocallback",
        "doc",
        "moduledoc",
        "typedoc",
        "impl",
        "deprecated",
        "vsn",
        "file",
        "on_load",
        "nifs",
        "__struct__",
        "__impl__",
        "__protocol__",
        "__derived__",
    }
)
"""Attributes that mean something to the compiler: nobody has to read them."""


class ModuleBuilder:
    """The state of one module under compilation."""

    def __init__(self, name: Atom, env: Any, line: int) -> None:
        self.name = name
        self.env = env
        self.file: str = env.file
        self.line = line
        self.attributes: dict[str, Attribute] = {key: Attribute(EMPTY, accumulate=True) for key in ACCUMULATING}
        self.definitions: dict[Signature, Stored] = {}
        self.last: Signature | None = None
        self.overridable: dict[Signature, list[Stored]] = {}
        self.overridden_used: set[Signature] = set()
        self.typespecs: list[tuple[str, Any, int, Any]] = []
        self.docs: dict[tuple[str, str, int], Any] = {}
        self.doc_facts: dict[str, list[Any]] = {}
        """What `@doc`, `@typedoc` and `@moduledoc` were given besides texts, `since: "1.0"`, and nobody has taken yet."""
        self.facts: dict[tuple[str, str, int], tuple[Any, ...]] = {}
        self.doc_lines: dict[tuple[str, str, int], int] = {}
        self.signatures: dict[tuple[str, str, int], str] = {}
        self.fields: list[tuple[Any, Any]] | None = None
        self.enforced: list[Any] = []
        self.extra: dict[str, Any] = {}
        self.impls: list[tuple[Signature, Kind, Any, int, int]] = []
        self.impl_contexts: set[Any] = set()
        """The contexts (see `Stored.context`) of the definitions that `@impl` marks."""
        self.deprecated: dict[Signature, str] = {}
        self.local_namespace: tuple[int, dict[str, Any]] | None = None
        self.imports_used: dict[Signature, Any] = {}
        """What the module has called of an import: name and arity to the imported module."""

    @property
    def module_env(self) -> Any:
        """The environment of the module's body, for reports."""
        return self.env.replace(module=self.name, function=None)

    @property
    def label(self) -> str:
        """The module's name as Elixir prints it."""
        return (atom_name(self.name) or "").removeprefix("Elixir.")

    def read(self, name: str) -> Any:
        """Return an attribute's value, `nil` when it is not set; counts as a reader."""
        found = self.attributes.get(name)
        if found is None:
            return None
        found.unread_line = None
        return found.value

    def write(self, name: str, value: Any, line: int, *, unread: bool = True) -> None:
        """Set an attribute, or add to it when it accumulates."""
        found = self.attributes.get(name)
        if found is None:
            found = self.attributes[name] = Attribute(None)
        found.value = Cons(value, found.value) if found.accumulate else value
        found.line = line
        if not unread or name in RESERVED or found.persist:
            found.unread_line = None
        else:
            found.unread_line = line

    def register(self, name: str, *, accumulate: bool, persist: bool) -> None:
        """Declare an attribute as accumulating or persisted."""
        found = self.attributes.get(name)
        if found is None:
            found = self.attributes[name] = Attribute(EMPTY if accumulate else None)
        elif accumulate and not found.accumulate:
            found.value = from_iterable([]) if found.value is None else from_iterable([found.value])
        found.accumulate = found.accumulate or accumulate
        found.persist = found.persist or persist

    def take(self, name: str) -> Any:
        """Return an attribute that belongs to the next definition, and clear it."""
        found = self.attributes.pop(name, None)
        return found.value if found is not None else None

    def persisted(self) -> list[tuple[str, Any]]:
        """Return what `__info__(:attributes)` lists: each persisted attribute with a list of values."""
        pairs = []
        for name, attribute in sorted(self.attributes.items()):
            if name in PERSISTED or attribute.persist:
                value = attribute.value
                if attribute.accumulate and value is EMPTY:
                    continue
                for one in reversed(list(value)) if attribute.accumulate else [value]:
                    pairs.append(
                        (name, one if type(one) is Cons and not attribute.accumulate else from_iterable([one]))
                    )
        return pairs

    def local_macro(self, name: str, arity: int) -> Callable[..., Any] | None:
        """Return the function of a macro that this module has defined above, else None."""
        stored = self.definitions.get((name, arity))
        if stored is None or not stored.definition.is_macro:
            return None  # nearly always: every call of a function of the module asks
        from pyex.compiler.module.local_macros import compiled_macro

        return compiled_macro(self, name, arity)

    def defines(self, name: str, arity: int) -> bool:
        """Tell whether this module has defined that function or macro so far."""
        return (name, arity) in self.definitions

    def enforced_of(self, module: Any) -> list[Any]:
        """Return the keys that the struct of a module under compilation must be given."""
        builder = BUILDERS.get(module)
        return builder.enforced if builder is not None else []

    def note_import(self, module: Any, name: str, arity: int) -> None:
        """Note that the module calls an imported function or macro: it may not define one of that name itself."""
        self.imports_used.setdefault((name, arity), module)

    def struct_of(self, module: Any) -> Any:
        """Return the struct of a module under compilation, this one or one around it, once it is defined."""
        builder = BUILDERS.get(module)
        found = builder.attributes.get("__struct__") if builder is not None else None
        return found.value if found is not None else None

    def overridden(self, env: Any, meta: Any) -> tuple[str, str] | None:
        """Return (kind, name) of the definition that `super` means in `env.function`, or None."""
        from pyex.compiler.module.overriding import overridden

        return overridden(self, env.function)

    def functions(self) -> list[Stored]:
        """Return all definitions in the order of their first clause."""
        return list(self.definitions.values())

    def add_clause(self, stored: Stored, clause: Clause) -> None:
        """Add a clause to a definition."""
        stored.definition.clauses.append(clause)
        stored.has_body = True
        self.local_namespace = None


BUILDERS: Final[dict[Any, ModuleBuilder]] = {}
"""The modules that are being compiled now."""


_INSTEAD: Final = {
    "defines?": ". Use Kernel.function_exported?/3 and Kernel.macro_exported?/3 to check for public functions and macros "
    "instead",
    "definitions_in": ". Use the Module.__info__/1 callback to get public functions and macros instead",
    "get_attribute": ". Use the Module.__info__/1 callback or Code.fetch_docs/1 instead",
    "get_last_attribute": ". Use the Module.__info__/1 callback or Code.fetch_docs/1 instead",
}
"""What to do instead of asking a module that is compiled already."""
_UNCHECKED: Final = frozenset({"defines_type?", "overridable?", "spec_to_callback"})
"""Functions of `Module` that look into the table of a module before they ask whether there is one."""


def open_builder(module: Any, name: str, arity: int) -> ModuleBuilder:
    """Return the builder of a module under compilation, for a function of `Module`.

    Raises ArgumentError when the module is not open.
    """
    found = BUILDERS.get(module)
    if found is not None:
        return found
    if name in _UNCHECKED:
        where = "not a key that exists in the table"
        raise bad_argument("ets", "lookup_element", (atom("elixir_modules"), module, 2), a2=where)
    raise argument_error(
        f"could not call Module.{name}/{arity} because the module {inspect(module)} is already compiled"
        + _INSTEAD.get(name, "")
    )
