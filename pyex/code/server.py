"""The code server: finds modules, loads them at first use, and reloads them.

A module is looked for among those defined at the prompt or compiled already, then among the
native ones (the standard library and OTP), then in the project: `.ex` files under lib/, Python
classes and modules (`code.finder`). What remote calls reach is decided here alone: `Export.resolve`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code import finder, native, versions
from pyex.code.versions import ModuleVersion
from pyex.terms import hooks
from pyex.terms.atom_order import module_was_loaded
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import Export
from pyex.terms.lists import to_pylist

INSPECT: Final = alias("Inspect")


def ensure_loaded(name: Any) -> ModuleVersion | None:
    """Return the current version of a module, loading it at need; None when there is no such module.

    Raises what compiling or importing its source raises.
    """
    version = versions.MODULES.get(name)
    if version is not None:
        return version
    module = native.load_native(name)
    if module is not None:
        return _publish_native(module)
    return finder.load(name) if type(name) is Atom else None


def _publish_native(module: native.NativeModule) -> ModuleVersion:
    version = ModuleVersion(name=module.name, kind="native", exports=module.all_exports(), info=module, loops=module.loops)
    module_was_loaded(module.name)
    return versions.publish(version)


def resolve(entry: Export, args: tuple[Any, ...]) -> Callable[..., Any]:
    """Return the function of an export entry, loading its module at need.

    Raises UndefinedFunctionError (reason `:undef`), its first frame the call.
    """
    version = ensure_loaded(entry.module)
    if version is not None:
        function = version.exports.get((entry.name, entry.arity))
        if function is not None:
            entry.fn = function
            entry.loop = version.loops.get((entry.name, entry.arity), entry.through)
            return function
        fallback = version.exports.get(("$handle_undefined_function", 2))
        if fallback is not None:
            from pyex.terms.lists import elixir_list

            return lambda *given: fallback(atom(entry.name), elixir_list(*given))
    raise ElixirError(atom("undef"), ((entry.module, entry.name, args),))


Export.resolve = staticmethod(resolve)


def inspect_derivation(name: Any) -> Any:
    """Return the options that a struct's module derives Inspect with, or None when it does not."""
    version = versions.current(name)
    extra = getattr(version.info, "extra", None) if version is not None else None
    for protocol, options in (extra or {}).get("derive", ()):
        if protocol is INSPECT:
            return options
    return None


hooks.inspect_derivation = inspect_derivation


def attempted_clauses(module: Any, name: str, args: tuple[Any, ...]) -> tuple[Any, Any] | None:
    """Return the kind and the clauses of a compiled function for arguments that none of them matched."""
    from pyex.code.blame import clauses_of

    return clauses_of(module, name, args)


hooks.attempted_clauses = attempted_clauses


def fetch_version(module: Any, wanted: str = "__info__", args: tuple[Any, ...] = (atom("module"),)) -> ModuleVersion:
    """Return the current version of a module that must exist, such as a server's callback module.

    Raises UndefinedFunctionError for the function that was wanted of it when there is none.
    """
    version = ensure_loaded(module)
    if version is None:
        raise ElixirError(atom("undef"), ((module, wanted, args),))
    return version


def reload(name: Any) -> list[ModuleVersion]:
    """Compile or import a module's source again through `importlib.reload`; returns the new versions.

    The running and the current versions stay as they are when the new source does not compile.
    Raises ArgumentError when the module or its source cannot be found, in `r`'s own words, and
    CompileError (diagnostics already emitted) when the source is wrong.
    """
    from pyex.terms.errors import argument_error
    from pyex.terms.inspect import inspect

    version = versions.MODULES.get(name)
    if version is None:
        # Never loaded: its first load is the newest already, but `r` compiles in any case.
        version = ensure_loaded(name)
    if version is None:
        raise argument_error(f"could not load nor find module: {inspect(name)}")
    python_module = finder.python_module_of(version)
    if python_module is None:
        source = f" ({_compiled_from(version)})" if version.kind == "elixir" else ""
        raise argument_error(f"could not find source{source} for module: {inspect(name)}")
    return finder.reload_source(python_module)


def _compiled_from(version: ModuleVersion) -> str:
    """Return the path that an Elixir module says it was compiled from."""
    about = dict(to_pylist(version.exports["__info__", 1](atom("compile"))))
    return "".join(map(chr, to_pylist(about[atom("source")])))
