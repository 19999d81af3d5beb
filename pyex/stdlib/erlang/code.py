""":code: which modules are loaded, and their older versions."""

from __future__ import annotations

import os
from typing import Any, Final

from pyex.code import server, versions
from pyex.code.native import NativeModule, load_native
from pyex.otp.log import log
from pyex.runtime import old_code
from pyex.stdlib.erlang.io_lib.write import write_atom
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, charlist, from_pylist

module = NativeModule(":code", doc="Which modules are loaded, and their older versions.")
CODE: Final = atom("code")
_NO_FILE: Final = (atom("error"), atom("nofile"))


def _checked(name: str, given: Any) -> Any:
    if not is_atom(given):
        raise function_clause(CODE, name, (given,))
    return given


@module.function
def purge(module: Any) -> bool:
    """Forget the older version of a module; processes that still run it are killed. Tells whether there were such.

    iex> :code.purge(:no_module)
    false
    """
    return old_code.purge(_checked("purge", module))


@module.function
def soft_purge(module: Any) -> bool:
    """Forget the older version of a module unless a process still runs it; tells whether it is gone.

    iex> :code.soft_purge(:no_module)
    true
    """
    return old_code.soft_purge(_checked("soft_purge", module))


@module.function
def delete(module: Any) -> bool:
    """Make the code of a module old, so that nobody can call it any more; tells whether that was possible.

    iex> :code.delete(:no_module)
    false
    """
    if old_code.has_old(_checked("delete", module)):
        log("error", f"Module {write_atom(module.name)} must be purged before deleting")
    return old_code.delete(module)


def _loaded(name: Any) -> versions.ModuleVersion | None:
    """Return the current version of a module, which a module of the library always has."""
    found = versions.current(name)
    return server.ensure_loaded(name) if found is None and load_native(name) is not None else found


def _source(version: versions.ModuleVersion) -> Any:
    return charlist(os.path.abspath(version.file)) if version.kind == "native" and version.file else EMPTY


@module.function
def is_loaded(module: Any) -> Any:
    """Return `{:file, path}` for a loaded module, the path empty for one that was compiled in memory, or false.

    iex> :code.is_loaded(:no_module)
    false
    """
    version = _loaded(_checked("is_loaded", module))
    return (atom("file"), _source(version)) if version is not None else False


@module.function
def which(module: Any) -> Any:
    """Return the file of a module, empty for one that was compiled in memory, or `:non_existing`.

    iex> :code.which(:no_module)
    :non_existing
    """
    version = server.ensure_loaded(_checked("which", module))
    return _source(version) if version is not None else atom("non_existing")


@module.function
def ensure_loaded(module: Any) -> Any:
    """Load a module if it is not: `{:module, name}` or `{:error, :nofile}`.

    iex> :code.ensure_loaded(:lists)
    {:module, :lists}
    """
    return _NO_FILE if server.ensure_loaded(_checked("ensure_loaded", module)) is None else (atom("module"), module)


@module.function
def load_file(module: Any) -> Any:
    """Load a module: `{:module, name}`, or `{:error, :nofile}` for one that was compiled in memory.

    iex> :code.load_file(:no_module)
    {:error, :nofile}
    """
    version = server.ensure_loaded(_checked("load_file", module))
    return (atom("module"), module) if version is not None and version.kind == "native" else _NO_FILE


@module.function
def all_loaded() -> Any:
    """Return every loaded module with its file, as `is_loaded/1` tells it.

    iex> :code.all_loaded() |> List.keymember?(:code, 0)
    true
    """
    return from_pylist([(name, _source(version)) for name, version in versions.MODULES.items() if is_atom(name)])


@module.function
def module_status(module: Any) -> Any:
    """Tell whether a module is `:loaded` or `:not_loaded`.

    iex> :code.module_status(:no_module)
    :not_loaded
    """
    return atom("loaded" if _loaded(_checked("module_status", module)) is not None else "not_loaded")
