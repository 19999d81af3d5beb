"""Where modules come from: the finder on `sys.meta_path` for `Elixir.*` and for the project's Python files.

`Sequence.Server` is looked for as lib/sequence/server.ex, then as the class `Server` in
sequence/server.py, then as that Python module itself, in lib/ and in the project's folder. From Python,
`from Elixir.Sequence import Server` imports the same module.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from pyex.code import versions
from pyex.code.native import load_native, snake
from pyex.code.source_loader import afresh
from pyex.code.versions import ModuleVersion
from pyex.terms.atoms import Atom, atom
from pyex.terms.folder import current_folder

PREFIX = "Elixir"

project_files: dict[Any, str] = {}
"""Which file of the current mix project defines which module; filled by `code.project`."""


refused: set[str] = set()
"""Files of the project that did not compile: a call does not try them again, `recompile` does."""


def roots() -> list[str]:
    """Return the folders in which the project's modules are looked for: lib/, then the current one."""
    here = current_folder()
    return [os.path.join(here, "lib"), here]


def load(name: Atom) -> ModuleVersion | None:
    """Load the module of that name from the project's files; None when there is no file for it.

    A module that stands in the file of one of its parents (`Sequence.Server.State` in
    sequence/server.ex) is found there. Raises what compiling or importing the file raises.
    """
    if not name.name.startswith(PREFIX + "."):
        return None
    parts = name.name.split(".")[1:]
    from pyex.code.elixir_loader import being_compiled, import_file, waits_for

    path = project_files.get(name)
    if path is not None and not _is_loaded(path):
        if being_compiled(path) or path in refused:
            return None
        waits_for(name)
        import_file(path, name.name)
        return versions.MODULES.get(name)
    for depth in range(len(parts), 0, -1):
        path = elixir_file(".".join(parts[:depth]))
        if path is not None and path not in refused and not _is_loaded(path) and not being_compiled(path):
            import_file(path, ".".join([PREFIX, *parts[:depth]]))
            if name in versions.MODULES:
                return versions.MODULES[name]
    from pyex.code import python_modules

    return python_modules.load(name, roots())


def _is_loaded(path: str) -> bool:
    return any(version.file == path for version in versions.MODULES.values())


def elixir_file(module: str) -> str | None:
    """Return the path of a module's `.ex` file under lib/: `Sequence.Server` → lib/sequence/server.ex."""
    parts = [snake(part) for part in module.split(".")]
    path = os.path.join(roots()[0], *parts) + ".ex"
    return path if os.path.isfile(path) else None


def python_module_of(version: ModuleVersion) -> ModuleType | None:
    """Return the Python module object to reload for a version, or None when it has no source file."""
    if version.file is None or not os.path.exists(version.file):
        return None
    if version.kind == "python":
        return sys.modules.get(version.attributes["python_module"])
    if version.kind == "elixir":
        from pyex.code.elixir_loader import module_object

        return module_object(version)
    return None


def reload_source(module: ModuleType) -> list[ModuleVersion]:
    """Reload a module object from its source, whatever the cache holds; returns what was published."""
    spec = module.__spec__
    assert spec is not None  # a loaded module has one
    assert spec.origin is not None  # only modules with a source file come here
    with afresh(spec.origin):
        importlib.reload(module)
    assert module.__spec__ is not None
    return list(module.__spec__.loader.published)  # type: ignore[union-attr]  # both loaders keep what they published


class ProjectFinder:
    """The finder of `Elixir.*` modules and of Python modules that lie in the project."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module that pyex loads, or None for everything else."""
        if fullname == PREFIX or fullname.startswith(PREFIX + "."):
            return self._elixir_spec(fullname)
        if fullname in python_files:
            return file_spec(fullname, python_files[fullname])
        return python_spec(fullname) if fullname.split(".", maxsplit=1)[0] in _project_packages else None

    def _elixir_spec(self, fullname: str) -> ModuleSpec | None:
        from pyex.code.elixir_loader import ElixirLoader, NamespaceLoader

        name = fullname.removeprefix(PREFIX).removeprefix(".")
        version = versions.MODULES.get(atom(fullname)) if name else None
        if version is not None and version.kind != "elixir":
            return ModuleSpec(fullname, NamespaceLoader(), is_package=True)
        path = version.file if version is not None else project_files.get(atom(fullname)) or elixir_file(name) if name else None
        if path is not None:
            spec = ModuleSpec(fullname, ElixirLoader(fullname, path), origin=path, is_package=True)
            spec.has_location = True
            return spec
        if version is not None or not name or load_native(atom(fullname)) or self._has_children(name):
            return ModuleSpec(fullname, NamespaceLoader(), is_package=True)
        return ModuleSpec(fullname, NamespaceLoader(), is_package=True) if load(atom(fullname)) else None

    def _has_children(self, name: str) -> bool:
        if any(os.path.isdir(os.path.join(root, *map(snake, name.split(".")))) for root in roots()):
            return True
        prefix = f"{PREFIX}.{name}."
        return any(type(known) is Atom and known.name.startswith(prefix) for known in versions.MODULES)

class ProjectFallback:
    """The finder asked last: what nobody else has may be a helper module in the project's lib/."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a Python file of the project, or None."""
        return python_spec(fullname)


def python_spec(fullname: str) -> ModuleSpec | None:
    """Return the spec of the project's Python module or folder of that dotted name, or None."""
    parts = fullname.split(".")
    for root in roots():
        path = os.path.join(root, *parts) + ".py"
        if os.path.isfile(path):
            return file_spec(fullname, path)
        package = os.path.join(root, *parts)
        if os.path.isdir(package) and parts[0] in _project_packages:
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [package]
            return spec
    return None


def file_spec(fullname: str, path: str) -> ModuleSpec | None:
    """Return the spec of a Python file that pyex loads."""
    from pyex.code.python_modules import PythonLoader

    return importlib.util.spec_from_file_location(fullname, path, loader=PythonLoader(fullname, path))


python_files: dict[str, str] = {}
"""Python files that were compiled by their path (`c "file.py"`): dotted name → path."""

_project_packages: set[str] = set()
"""First parts of the Python names that pyex itself looked up in the project (`sequence`). Only these go before
Python's own finders, so that a project never shadows anybody else's import by accident."""


def import_project_module(fullname: str) -> ModuleType:
    """Import a Python module of the project by its dotted name."""
    _project_packages.add(fullname.split(".", maxsplit=1)[0])
    return importlib.import_module(fullname)


def install() -> None:
    """Put the finders before and behind Python's own, once."""
    if not any(isinstance(found, ProjectFinder) for found in sys.meta_path):
        sys.meta_path.insert(0, ProjectFinder())
        sys.meta_path.append(ProjectFallback())


install()


def module_atom(value: Any) -> Any:
    """Return the module atom that a Python object stands for: an atom, a class, or a module object."""
    if type(value) is Atom:
        return value
    if isinstance(value, type) and (version := value.__dict__.get("__elixir__")) is not None:
        return version.name  # a class that has been published: starting a server should take no longer than it must
    from pyex.code import elixir_loader, python_modules

    if isinstance(value, elixir_loader.ElixirModule):
        return atom(value.__name__)
    return python_modules.atom_of(value)
