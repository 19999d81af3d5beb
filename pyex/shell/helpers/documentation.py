"""Helpers that show what modules and functions are for: `h`, `t`, `b`, `exports`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pyex.code.versions import ModuleVersion
from pyex.compiler.kernel import build
from pyex.shell import documents, evaluator, introspection, render
from pyex.shell.helpers.module import DONT_DISPLAY, configuration, display, helpers, puts
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.lists import List, to_pylist

KERNEL = (alias("IEx.Helpers"), alias("Kernel"), alias("Kernel.SpecialForms"))


@helpers.function("h", arity=0)
def help_() -> Any:
    """Tell what the shell offers."""
    _show("IEx.Helpers", helpers.doc or "")
    return DONT_DISPLAY


@helpers.macro
def h(env: Any, term: Any) -> Any:
    """Show the documentation of a module, a function or a macro.

        h Enum
        h Enum.map
        h Enum.map/2
        h if
    """
    return build.remote(helpers.name, "__h__", _named(term, env))


@helpers.macro
def t(env: Any, term: Any) -> Any:
    """Show the types that a module defines."""
    return build.remote(helpers.name, "__t__", _named(term, env))


@helpers.macro
def b(env: Any, term: Any) -> Any:
    """Show the callbacks of a behaviour."""
    return build.remote(helpers.name, "__b__", _named(term, env))


def _named(term: Any, env: Any) -> Any:
    """Return the quoted `{module, name, arity}` that a term names, nil for what it leaves open, or the term itself."""
    match term:
        case (Atom(name="/"), _, List() as args):
            inner, arity = to_pylist(args)
            found = _called(inner, env)
            if found is not None and type(arity) is int:
                return build.tuple_form(*found, arity)
        case _:
            found = _called(term, env)
            if found is not None:
                return build.tuple_form(*found, None)
    return build.tuple_form(atom("$value"), term, None)


def _called(term: Any, env: Any) -> tuple[Any, Any] | None:
    """Return (module, name) of `Mod`, `Mod.fun`, `fun`; the module is nil for a local name."""
    match term:
        case Atom():
            return term, None
        case (Atom(name="__aliases__"), _, _):
            return evaluator.module_of(term, env), None
        case ((Atom(name="."), _, List() as target), _, _):
            module, name = to_pylist(target)
            return (found, name) if (found := evaluator.module_of(module, env)) is not None else None
        case (Atom() as name, _, _):
            return None, name
    return None


@helpers.function("__h__", doc=False)
def show_help(named: Any) -> Any:
    """Print the documentation of what `h` was given."""
    module, name, arity = named
    if module is atom("$value"):
        return display(_expected("h", name))
    if name is None:
        return _module_help(module)
    modules = [module] if module is not None else KERNEL
    for candidate in modules:
        version = introspection.load(candidate)
        found = introspection.documented(version, name.name, arity) if version is not None else []
        for each in found:
            _show(each.heading, each.text or "", each.specs, each.facts)
        if found:
            return DONT_DISPLAY
    if module is not None:
        version = introspection.load(module)
        if version is None:
            return display(_error(f"Could not load module {_text(module)}, got: nofile"))
        if introspection.is_in_memory(version):
            return display(_error(f"{_text(module)} was not compiled with docs"))
    return display(_error(f"No documentation for {_shown(module, name, arity)} was found"))


def _expected(helper: str, term: Any) -> str:
    from pyex.terms.inspect import inspect

    return (
        f'The "{helper}" helper expects a Module, Module.fun or Module.fun/arity, got: {inspect(term)}\n'
        "If instead of accessing documentation you would like more information about a value or about the result "
        'of an expression, use the "i" helper instead'
    )


def _error(text: str) -> str:
    return render.info(text, configuration(), "eval_error")


def _module_help(module: Any) -> Any:
    version = introspection.load(module)
    if version is None:
        return display(_error(f"Could not load module {_text(module)}, got: nofile"))
    text = introspection.module_doc(version)
    if text is None and introspection.is_in_memory(version):
        return display(_error(f"{_text(module)} was not compiled with docs"))
    if not text:
        return display(_error(f"No documentation for {_text(module)} was found"))
    _show(_text(module), text)
    return DONT_DISPLAY


def _show(title: str, text: str, specs: Iterable[str] = (), facts: Iterable[str] = ()) -> None:
    settings = configuration()
    parts = ["", documents.heading(title, settings), ""]
    listed = [f"  {spec}" for spec in specs]
    if listed:
        parts += [*listed, ""]
    told = [documents.fact(fact, settings) for fact in facts]
    if told:
        parts += [*told, ""]
    if text:
        parts += [documents.body(text, settings), ""]
    puts("\n".join(parts))


def _shown(module: Any, name: Any, arity: int | None) -> str:
    text = f"{_text(module if module is not None else KERNEL[1])}.{name.name}"
    return text if arity is None else f"{text}/{arity}"


def _text(module: Any) -> str:
    from pyex.terms.inspect import inspect

    return str(inspect(module))


_NO_TYPES: Final = "Beam code not available for {} or debug info is missing, cannot load typespecs"


@helpers.function("__t__", doc=False)
def show_types(named: Any) -> Any:
    """Print the types of a module."""
    module, name, _ = named
    version = introspection.load(module)
    if version is None:
        return display(_error(f"Could not load module {_text(module)}, got: nofile"))
    types = introspection.types(version, None if name is None else name.name)
    if not types and introspection.is_in_memory(version):
        return display(_error(_NO_TYPES.format(_text(module))))
    if not types and name is None:
        return display(_error(f"No type information for {_text(module)} was found"))
    if not types:
        one = f"{_text(module)}.{name.name}"
        return display(_error(f"No type information for {one} was found or {one} is private"))
    puts("".join(f"{text}\n\n" for text in types).removesuffix("\n"))
    return DONT_DISPLAY


@helpers.function("__b__", doc=False)
def show_callbacks(named: Any) -> Any:
    """Print the callbacks of a behaviour."""
    module, name, _ = named
    version = introspection.load(module)
    if version is None:
        return display(_error(f"Could not load module {_text(module)}, got: nofile"))
    callbacks = introspection.callbacks(version, None if name is None else name.name)
    if not callbacks and introspection.is_in_memory(version):
        return display(_error(_NO_TYPES.format(_text(module))))
    if not callbacks and name is not None:
        return display(_error(f"No documentation for {_shown(module, name, None)} was found"))
    if not callbacks:
        return display(_error(f"No callbacks for {_text(module)} were found"))
    puts("".join(f"{text}\n\n" for text in callbacks).removesuffix("\n"))
    return DONT_DISPLAY


@helpers.function
def exports(module: Any = KERNEL[1]) -> Any:
    """Print the functions and macros of a module, with their arities."""
    from pyex.code.server import fetch_version

    version: ModuleVersion = fetch_version(module)
    names = [str(function) for function in introspection.exports(version)]
    return display(render.columns(names, configuration().width))
