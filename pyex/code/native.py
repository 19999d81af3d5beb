"""Elixir modules written in Python: what the standard library and OTP are made of.

    module = NativeModule("Enum", doc="Functions over enumerables.")

    @module.function
    def map(enumerable, fun):
        '''Return a list of `fun` applied to each element.'''

A native module is found by its name (`module_path`), imported at the first use of the Elixir
module, and never before: starting pyex loads none of the library.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar, overload

from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import charlist, from_iterable, to_pylist
from pyex.terms.maps import Map, struct

Function = TypeVar("Function", bound=Callable[..., Any])

PACKAGES: Final = ("pyex.otp", "pyex.stdlib.elixir")
ERLANG_PACKAGE: Final = "pyex.stdlib.erlang"

NATIVE: Final[dict[Any, NativeModule]] = {}
"""Every native module that has been imported, by its atom."""


class NativeModule:
    """An Elixir module whose functions are Python functions.

    `exports` maps (name, arity) to a function, `macros` the same for macros (their function takes
    the caller's Env before its arguments), `docs` holds (name, arity) → docstring, `signatures`
    the names of the parameters.
    """

    def __init__(self, name: str, *, doc: str | None = None, behaviour: Iterable[tuple[str, int]] = ()) -> None:
        """Declare the Elixir module `name`; an Erlang module is given with its colon, `":lists"`."""
        self.name: Any = atom(name[1:]) if name.startswith(":") else alias(name)
        self.doc = inspect.cleandoc(doc) if doc else None
        self.exports: dict[tuple[str, int], Callable[..., Any]] = {}
        self.macros: dict[tuple[str, int], Callable[..., Any]] = {}
        self.loops: dict[tuple[str, int], Callable[..., Any]] = {}
        """The twins of functions that take a loop instead of a function (`terms.rounds`)."""
        self.form_readers: set[tuple[str, int]] = set()
        """Functions that get a function written in their call, in evaluated code, as a `WrittenFunction`."""
        self.docs: dict[tuple[str, int], str] = {}
        self.signatures: dict[tuple[str, int], tuple[str, ...]] = {}
        self.fields: tuple[tuple[Any, Any], ...] | None = None
        self.enforced: frozenset[Any] = frozenset()
        self.hidden: set[tuple[str, int]] = set()
        self.callbacks: tuple[tuple[str, int], ...] = tuple(behaviour)
        self.optional_callbacks: tuple[tuple[str, int], ...] = ()
        NATIVE[self.name] = self

    @overload
    def function(self, function: Function, /) -> Function: ...

    @overload
    def function(
        self, name: str | None = None, /, *, arity: int | Iterable[int] | None = None, doc: bool = True
    ) -> Callable[[Function], Function]: ...

    def function(
        self,
        name: Any = None,
        /,
        *,
        arity: int | Iterable[int] | None = None,
        doc: bool = True,
    ) -> Any:
        """Export a Python function as an Elixir function of this module.

        Used bare or with the Elixir name (`@module.function("member?")`). The arities are those its
        positional parameters allow (a default gives the lower ones too) unless `arity` says
        otherwise. A trailing underscore of the Python name is dropped. `doc=False` hides it from completion
        and from `h`.
        """
        if callable(name):
            return self._add(self.exports, name, None, None, 0, doc)
        return lambda function: self._add(self.exports, function, name, arity, 0, doc)

    def loop(self, name: str, arity: int) -> Callable[[Function], Function]:
        """Declare the twin of `name/arity` that takes a loop in the place of its last argument."""

        def register(function: Function) -> Function:
            self.loops[name, arity] = function
            return function

        return register

    @overload
    def macro(self, function: Function, /) -> Function: ...

    @overload
    def macro(
        self, name: str | None = None, /, *, arity: int | Iterable[int] | None = None, doc: bool = True
    ) -> Callable[[Function], Function]: ...

    def macro(
        self, name: Any = None, /, *, arity: int | Iterable[int] | None = None, doc: bool = True
    ) -> Any:
        """Export a Python function as a macro: it takes the caller's Env, then quoted arguments, and returns
        a quoted form."""
        if callable(name):
            return self._add(self.macros, name, None, None, 1, doc)
        return lambda function: self._add(self.macros, function, name, arity, 1, doc)

    def _add(
        self,
        table: dict[tuple[str, int], Callable[..., Any]],
        function: Function,
        name: str | None,
        arity: int | Iterable[int] | None,
        hidden_parameters: int,
        doc: bool,
    ) -> Function:
        name = name or function.__name__.rstrip("_")
        code = function.__code__
        names = code.co_varnames[hidden_parameters : code.co_argcount]
        if arity is None:
            arities: Iterable[int] = range(len(names) - len(function.__defaults__ or ()), len(names) + 1)
        else:
            arities = (arity,) if isinstance(arity, int) else arity
        for number in arities:
            key = (name, number)
            table[key] = function
            self.signatures[key] = tuple(names[:number])
            if not doc:
                self.hidden.add(key)
            elif function.__doc__:
                self.docs[key] = inspect.cleandoc(function.__doc__)
        return function

    def document(self, texts: Mapping[tuple[str, int], str]) -> None:
        """Give functions whose code is shared with others a documentation of their own, by name and arity."""
        for key, text in texts.items():
            self.docs[key] = text.strip()

    def struct(self, fields: Mapping[str, Any], *, enforce: Iterable[str] = ()) -> None:
        """Define the module's struct: its fields by name, in order, with their default values."""
        self.fields = tuple((atom(name), value) for name, value in fields.items())
        self.enforced = frozenset(atom(name) for name in enforce)
        default = struct(self.name, fields)
        enforced = [atom(name) for name in enforce]

        def build(pairs: Any) -> Any:
            result = default
            given = list(pairs.items()) if type(pairs) is Map else to_pylist(pairs)
            for key, value in given:
                if key not in default:
                    raise elixir_error("KeyError", key=key, term=None, message=None)
                result = result.put(key, value)
            missing = [key for key in enforced if not any(name is key for name, _ in given)]
            if missing:
                keys, name = from_iterable(missing), self.name.name.removeprefix("Elixir.")
                raise argument_error(f"the following keys must also be given when building struct {name}: {keys}")
            return result

        self.exports["__struct__", 0] = lambda: default
        self.exports["__struct__", 1] = build
        self.hidden |= {("__struct__", 0), ("__struct__", 1)}

    def all_exports(self) -> dict[tuple[str, int], Callable[..., Any]]:
        """Return every export of the module: functions, macros as `MACRO-name`, and `__info__/1`."""
        if self.name.name.startswith("Elixir."):
            importlib.import_module("pyex.stdlib.deprecated_functions").add(self)
        table = dict(self.exports)
        for (name, arity), function in self.macros.items():
            table["MACRO-" + name, arity + 1] = function
        if self.callbacks:
            table.setdefault(("behaviour_info", 1), self._behaviour_info)
        table.setdefault(("__info__", 1), self._info)
        table.setdefault(("module_info", 0), self._module_info)
        table.setdefault(("module_info", 1), self._module_info_of)
        return table

    def _module_info(self) -> Any:
        keys = ("module", "exports", "attributes", "compile", "md5")
        return from_iterable([(atom(key), self._module_info_of(atom(key))) for key in keys])

    def _module_info_of(self, key: Atom) -> Any:
        """Return what the BEAM tells of a module: its name, exports, attributes, and how it was compiled."""
        match key.name:
            case "module":
                return self.name
            case "exports" | "functions":
                own = [("__info__", 1)] if self.name.name.startswith("Elixir.") else []
                macros = [("MACRO-" + name, arity + 1) for name, arity in self.macros]
                public = dict.fromkeys([*own, *self.exports, *macros, ("module_info", 0), ("module_info", 1)])
                return from_iterable([(atom(name), arity) for name, arity in public])
            case "md5":
                import hashlib  # it takes 5 ms, and this is seldom asked

                return hashlib.md5(repr(sorted(self.exports)).encode(), usedforsecurity=False).digest()
            case "attributes":
                return from_iterable([(atom("vsn"), from_iterable([0]))])
            case "compile":
                return from_iterable([(atom.version, charlist("8.6.1")), (atom.options, from_iterable([]))])
        raise function_clause(self.name, "module_info", (key,))

    def _behaviour_info(self, key: Atom) -> Any:
        declared = self.optional_callbacks if key is atom.optional_callbacks else self.callbacks
        return from_iterable([(atom(name), arity) for name, arity in sorted(declared, reverse=True)])

    def _info(self, key: Atom) -> Any:
        match key.name:
            case "functions":
                return _pairs(key for key in self.exports if key not in _UNLISTED)
            case "macros":
                return _pairs(self.macros)
            case "deprecated":
                return _deprecated(self.name.name.removeprefix("Elixir."))
            case "module":
                return self.name
            case "struct":
                if self.fields is None:
                    return None
                return from_iterable(
                    [Map.from_pairs([(atom.field, name), (atom.default, value)]) for name, value in self.fields]
                )
        return from_iterable([])


@functools.cache
def _deprecated(module: str) -> Any:
    """Return `{{name, arity}, advice}` of the functions of a module that Elixir has deprecated."""
    table = importlib.import_module("pyex.stdlib.deprecated").DEPRECATED
    return from_iterable([((atom(name), arity), advice) for (of, name, arity), advice in table.items() if of == module])


_UNLISTED: Final = frozenset({("__info__", 1), ("module_info", 0), ("module_info", 1)})


def _pairs(keys: Iterable[tuple[str, int]]) -> Any:
    return from_iterable([(atom(name), arity) for name, arity in sorted(keys)])


def snake(name: str) -> str:
    """Return the file name of an Elixir module's: `MapSet` → `map_set`, `IO.ANSI` → `io_ansi`."""
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", name.replace(".", "_"))
    return re.sub(r"([a-z\d])([A-Z])", r"\1_\2", spaced).lower()


def module_path(name: Any) -> str | None:
    """Return the Python module that defines a native Elixir or Erlang module, or None if there is none."""
    return _path(name.name) if type(name) is Atom else None


@functools.lru_cache(maxsize=4096)
def _path(text: str) -> str | None:
    """Look for a native module among pyex's files, which stay the same; each `defmodule` asks for its name."""
    if text.startswith("Elixir."):
        candidates = [f"{package}.{snake(text[7:])}" for package in PACKAGES]
        elsewhere = importlib.import_module("pyex.stdlib").ELSEWHERE.get(text[7:])
        if elsewhere is not None:
            candidates.insert(0, elsewhere)
    else:
        candidates = [f"{ERLANG_PACKAGE}.{text}"]
    for candidate in candidates:
        if candidate.replace(".", "").replace("_", "").isalnum() and importlib.util.find_spec(candidate):
            return candidate
    return None


def load_native(name: Any) -> NativeModule | None:
    """Import the native module of that Elixir name, and return it; None when there is none."""
    found = NATIVE.get(name)
    if found is None:
        path = module_path(name)
        if path is None:
            return None
        importlib.import_module(path)
        found = NATIVE.get(name)
    return found


def call(module: str, name: str, *args: Any) -> Any:
    """Call an Elixir function by name from Python code of the library: `call("String", "upcase", text)`."""
    return export(alias(module), name, len(args)).fn(*args)
