"""What a loaded module tells of itself: its functions, macros, parameters and documentation."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyex.code import native, server, versions
from pyex.code.versions import ModuleVersion
from pyex.compiler.forms import ModuleInfo
from pyex.terms import stacktrace
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError
from pyex.terms.lists import to_pylist

_DECLARATION: Final = re.compile(r"""^module\s*=\s*NativeModule\(\s*"([^"]+)\"""", re.MULTILINE)
_DEFMODULE: Final = re.compile(r"^\s*defmodule\s+([A-Z][\w.]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Function:
    """A function or macro that a module exports."""

    name: str
    arity: int
    is_macro: bool = False

    def __str__(self) -> str:
        return f"{self.name}/{self.arity}"


def load(module: Any) -> ModuleVersion | None:
    """Return the current version of a module, or None when there is none or its source does not compile."""
    try:
        return server.ensure_loaded(module)
    except (ElixirError, ImportError, SyntaxError):
        return None


def exports(version: ModuleVersion, hidden: bool = False) -> list[Function]:
    """Return the macros, then the functions of a module, each by name and arity."""
    left_out = version.info.hidden if isinstance(version.info, native.NativeModule) and not hidden else frozenset()
    macros = [Function(name, arity, True) for name, arity in _listed(version, "macros")]
    functions = [Function(name, arity) for name, arity in _listed(version, "functions")]
    return [
        function
        for function in [*macros, *functions]
        if (function.name, function.arity) not in left_out and (hidden or not function.name.startswith("_"))
    ]


def _listed(version: ModuleVersion, key: str) -> list[tuple[str, int]]:
    info = version.exports.get(("__info__", 1))
    if info is None:
        return []
    return [(name.name if type(name) is Atom else str(name), arity) for name, arity in to_pylist(info(atom(key)))]


def imported(env: Any) -> list[Function]:
    """Return what may be called without a module in an environment."""
    return [
        Function(name.name, arity, is_macro)
        for is_macro, modules in ((False, env.functions), (True, env.macros))
        for names in modules.values()
        for name, arity in names
        if type(name) is Atom
    ]


def parameters(version: ModuleVersion, function: Function) -> tuple[str, ...]:
    """Return the names of a function's parameters."""
    if isinstance(version.info, native.NativeModule):
        names = version.info.signatures.get((function.name, function.arity))
        if names is not None:
            return tuple(name.rstrip("_") for name in names)
    return tuple(f"arg{number + 1}" for number in range(function.arity))


def signature(version: ModuleVersion, function: Function) -> str:
    """Return the head of a function as completion shows it: `map(enumerable, fun)`."""
    return f"{function.name}({', '.join(parameters(version, function))})"


@functools.cache
def native_names() -> tuple[str, ...]:
    """Return the names of all modules of the library, Erlang's with their colon, without loading one."""
    return tuple(sorted(name for path in _library_files() for name in _DECLARATION.findall(_text(path))))


def _library_files() -> Iterator[str]:
    for package in (*native.PACKAGES, native.ERLANG_PACKAGE):
        spec = importlib.util.find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
            for parent, _, names in os.walk(folder):
                yield from (os.path.join(parent, name) for name in names if name.endswith(".py"))


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def project_names() -> set[str]:
    """Return the names of the modules that the `.ex` files under lib/ define."""
    names: set[str] = set()
    for folder, _, files in os.walk(os.path.join(os.getcwd(), "lib")):
        for file in files:
            if file.endswith(".ex"):
                names.update(_DEFMODULE.findall(_text(os.path.join(folder, file))))
    return names


def module_names() -> set[str]:
    """Return the names of all modules that can be called, as source writes them: `Enum`, `:lists`."""
    names = {*native_names(), *project_names()}
    for name in versions.loaded_modules():
        text = name.name if type(name) is Atom else ""
        names.add(text.removeprefix("Elixir.") if text.startswith("Elixir.") else f":{text}")
    return names




@dataclass(frozen=True, slots=True)
class Documented:
    """What `h` shows of one function, macro or callback: its head, its specs, since when it is there, its text."""

    heading: str
    specs: tuple[str, ...]
    facts: tuple[str, ...]
    text: str | None


def module_doc(version: ModuleVersion) -> str | None:
    """Return a module's documentation, None when it has none."""
    info = version.info
    if isinstance(info, native.NativeModule):
        return info.doc
    if isinstance(info, ModuleInfo):
        return info.moduledoc or None
    return getattr(info, "doc", None)


def documented(version: ModuleVersion, name: str, arity: int | None) -> list[Documented]:
    """Return the documented functions and macros of that name, each once however many arities it has."""
    from pyex.stdlib.elixir.code_docs import described

    found = []
    specs = version.info.specs if isinstance(version.info, ModuleInfo) else {}
    for each in described(version):
        word = _WORDS.get(each.kind)
        if word is None or each.name != name or each.text is False:
            continue
        key = (each.kind, name, each.arity)
        if arity in (None, *range(each.arity - each.defaults, each.arity + 1)) and (each.text is not None or key in specs):
            shown = tuple(f"@spec {spec}" for spec in specs.get(key, ()))
            told = {fact.name: value for fact, value in each.facts if type(value) is str}
            facts = tuple(f"{name}: {told[name]}" for name in ("deprecated", "since") if name in told)
            found.append(Documented(f"{word} {each.head}", shown, facts, each.text))
    return found


_WORDS: Final = {"function": "def", "macro": "defmacro"}


def types(version: ModuleVersion, name: str | None) -> list[str]:
    """Return the types of a module as source."""
    if not isinstance(version.info, ModuleInfo):
        return []
    return [
        f"@{kind} {text}"
        for kind, known, _, text in version.info.types
        if kind != "typep" and name in (None, known)
    ]


def callbacks(version: ModuleVersion, name: str | None) -> list[str]:
    """Return the callbacks of a behaviour as source: their specs, or names and arities where no spec is known."""
    info = version.info
    if isinstance(info, native.NativeModule):
        return [f"@callback {known}/{arity}" for known, arity in info.callbacks if name in (None, known)]
    if not isinstance(info, ModuleInfo):
        return []
    found = []
    for known, arity in info.callbacks:
        if name in (None, known):
            specs = info.specs.get(("callback", known, arity)) or [f"{known}/{arity}"]
            found += [f"@callback {spec}" for spec in specs]
    optional = ", ".join(f"{known}: {arity}" for known, arity in info.optional_callbacks)
    return found + ([f"@optional_callbacks {optional}"] if optional and name is None else [])


def is_in_memory(version: ModuleVersion) -> bool:
    """Tell whether a module was compiled at the prompt or by `c`, so that iex would find no file with its documentation."""
    own = stacktrace.project_application
    return version.kind == "elixir" and (own is None or own(version.name) is None)
