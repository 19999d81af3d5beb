"""What the parts of the compiler hand to each other: definitions, a module's forms, a compiled module.

`compiler.module` collects `Definition`s of expanded forms and a `ModuleInfo`; `emit.module.emit_module` turns
`ModuleForms` into a code object; the host publishes the `CompiledModule`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, Literal

Kind = Literal["def", "defp", "defmacro", "defmacrop"]


class WrittenFunction:
    """An expanded `fn` as a value: what a function of the library gets that reads functions instead of calling them."""

    __slots__ = ("form",)

    def __init__(self, form: Any) -> None:
        self.form = form


class Opaque:
    """A constant in a form that is handed to the code as it is: a pid, a function, a term that has no literal.

    Only evaluated code may hold one: a module's code is stored, and an object cannot be.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return f"Opaque({self.value!r})"


@dataclass(slots=True)
class Clause:
    """One clause: patterns, guard alternatives (`when a when b` gives two), body; all of them expanded."""

    args: list[Any]
    guards: list[Any]
    body: Any
    line: int = 0
    column: int = 0


@dataclass(slots=True)
class Definition:
    """All clauses of one function or macro.

    The clauses of a macro take its own arguments only; the caller's environment is a parameter that
    the emitted function has before them (`name` is the macro's name, `arity` without the caller).
    """

    kind: Kind
    name: str
    arity: int
    line: int
    clauses: list[Clause] = field(default_factory=list)
    file: str | None = None
    """The file of the definition where it is not the module's (`quote location: :keep`)."""
    column: int = 0

    @property
    def is_macro(self) -> bool:
        return self.kind in ("defmacro", "defmacrop")

    @property
    def is_public(self) -> bool:
        return self.kind in ("def", "defmacro")

    @property
    def emitted(self) -> tuple[str, int]:
        """The name and arity of the emitted function: `("MACRO-unless", 3)` for the macro `unless/2`."""
        return ("MACRO-" + self.name, self.arity + 1) if self.is_macro else (self.name, self.arity)


@dataclass(slots=True)
class ModuleForms:
    """A module ready for emission: `name` its atom, `file` the path that stack traces show."""

    name: Any
    file: str
    line: int
    definitions: list[Definition] = field(default_factory=list)


class Clauses:
    """`(name, arity)` to kind and heads of a function's clauses.

    They are stored as bytes of their own, and read at the first look: few functions ever fail, and reading the heads
    of a module took twenty times as long as all else that is stored of it.
    """

    __slots__ = ("_known", "_stored")

    def __init__(self, stored: bytes = b"") -> None:
        self._stored = stored
        self._known: dict[tuple[str, int], tuple[str, list[Any]]] | None = None if stored else {}

    def _read(self) -> dict[tuple[str, int], tuple[str, list[Any]]]:
        if self._known is None:
            import pickle  # here and below: a shell starts without it

            self._known = pickle.loads(self._stored)
        return self._known

    def get(self, signature: tuple[str, int]) -> tuple[str, list[Any]] | None:
        """Return kind and heads of a function's clauses, None for a function that the module has not."""
        return self._read().get(signature)

    def __contains__(self, signature: tuple[str, int]) -> bool:
        return signature in self._read()

    def __setitem__(self, signature: tuple[str, int], clauses: tuple[str, list[Any]]) -> None:
        self._read()[signature] = clauses
        self._stored = b""

    def __reduce__(self) -> tuple[type[Clauses], tuple[bytes]]:
        if not self._stored:
            import pickle

            self._stored = pickle.dumps(self._known)
        return Clauses, (self._stored,)


@dataclass(slots=True)
class ModuleInfo:
    """What is known of a compiled module besides its code; plain picklable data, terms included.

    `functions` and `macros` are the public ones, Elixir's names and arities, in term order.
    """

    functions: list[tuple[str, int]] = field(default_factory=list)
    macros: list[tuple[str, int]] = field(default_factory=list)
    line: int = 0
    attributes: list[tuple[str, Any]] = field(default_factory=list)
    """Persisted attributes as `__info__(:attributes)` gives them, in order."""
    behaviours: list[Any] = field(default_factory=list)
    callbacks: list[tuple[str, int]] = field(default_factory=list)
    optional_callbacks: list[tuple[str, int]] = field(default_factory=list)
    moduledoc: Any = None
    """Text, `False` (hidden), or None."""
    docs: dict[tuple[str, str, int], Any] = field(default_factory=dict)
    """`("function" | "macro" | "callback" | "type", name, arity)` to text or `False`."""
    facts: dict[tuple[str, str, int], tuple[Any, ...]] = field(default_factory=dict)
    """What `@doc` was given besides a text, pairs like `(:since, "1.0")`, by the same key."""
    signatures: dict[tuple[str, str, int], str] = field(default_factory=dict)
    """The signature that `h` shows, by the same key: `"sum(a, b \\\\ 0)"`."""
    specs: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)
    types: list[tuple[str, str, int, str]] = field(default_factory=list)
    """`(kind, name, arity, text)` of every `@type`, `@opaque` and `@typep`."""
    fields: list[tuple[Any, Any]] | None = None
    """The struct's fields with their defaults, in order of definition; None when the module has no struct."""
    enforced: list[Any] = field(default_factory=list)
    clauses: Clauses = field(default_factory=Clauses)
    """Kind and heads (quoted forms) of each function's clauses: what blame shows."""
    lines: dict[tuple[str, int], int] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)

    def exported(self) -> Iterator[tuple[str, int]]:
        """Yield the (name, arity) of every emitted function that may be called from outside."""
        yield from self.functions
        for name, arity in self.macros:
            yield "MACRO-" + name, arity + 1


@dataclass(slots=True)
class CompiledModule:
    """A compiled module: run `code` in a namespace of prelude names and `__elixir__` to define its functions."""

    name: Any
    file: str | None
    code: CodeType
    info: ModuleInfo
