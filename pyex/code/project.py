"""Projects: a folder with mix.exs and lib/, as `mix` knows it.

The files under lib/ are compiled in alphabetical order, and earlier where another file needs one of their modules:
`defined_modules` reads off a source which modules it defines.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from pyex.code import finder, versions
from pyex.code.elixir_loader import ElixirLoader, import_file
from pyex.code.evaluation import decoded, evaluate_file
from pyex.compiler.diagnostics import Diagnostic
from pyex.terms import stacktrace
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import ElixirError, elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, to_pylist


@dataclass(slots=True)
class Project:
    """A mix project: its folder and what `project/0` and `application/0` of its mix.exs answer, as Python dicts."""

    root: str
    module: Any
    config: dict[str, Any]
    application: dict[str, Any]
    files: dict[Any, str] = field(default_factory=dict)
    """Which file defines which module."""
    loaded: frozenset[Any] = frozenset()
    """The modules that the application had when it was loaded: what is compiled later names no application, as in mix."""
    warnings: dict[str, list[Diagnostic]] = field(default_factory=dict)
    """What the compiler had to say of each file when it was last compiled."""

    current: ClassVar[Project | None] = None

    @property
    def app(self) -> str:
        """The application's name."""
        return atom_name(self.config.get("app")) or "app"

    @property
    def version(self) -> str:
        """The application's version."""
        return str(self.config.get("version", "0.1.0"))


def load(root: str) -> Project:
    """Evaluate the folder's mix.exs and make it the current project.

    Raises Mix.Error when there is no mix.exs or it defines no project, and whatever its code raises.
    """
    path = os.path.join(root, "mix.exs")
    if not os.path.isfile(path):
        raise elixir_error(
            "Mix.Error",
            message="Could not find a Mix.Project, please ensure you are running Mix in a directory with a mix.exs file",
            mix=1,
        )
    Definition.pushed.clear()
    with open(path, "rb") as file:
        evaluate_file(file.read(), path)
    if not Definition.pushed:
        raise elixir_error("Mix.Error", message=f"Could not find a Mix.Project in {path}", mix=1)
    module = Definition.pushed[-1]
    application = export(module, "application", 0)
    listed = _keyword(application.fn()) if _defines(module, "application") else {}
    Project.current = Project(root, module, _keyword(export(module, "project", 0).fn()), listed)
    return Project.current


def application_of(module: Any) -> str | None:
    """Return name and version of the current project when it was loaded with a module, as stack traces show them."""
    project = Project.current
    if project is None or module not in project.loaded:
        return None
    return f"{project.app} {project.version}"


stacktrace.project_application = application_of


class Definition:
    """Modules that said `use Mix.Project`, in order: the last one is the project."""

    pushed: ClassVar[list[Any]] = []


def _defines(module: Any, name: str) -> bool:
    version = versions.current(module)
    return version is not None and version.defines(name, 0)


def _keyword(value: Any) -> dict[str, Any]:
    return {item[0].name: item[1] for item in to_pylist(value)} if isinstance(value, List) else {}


def sources(project: Project) -> list[str]:
    """Return the paths of the project's `.ex` files, in alphabetical order."""
    folders = to_pylist(project.config.get("elixirc_paths", EMPTY)) or ["lib"]
    found = []
    for folder in folders:
        for parent, _, names in os.walk(os.path.join(project.root, folder)):
            found += [os.path.join(parent, name) for name in names if name.endswith(".ex")]
    return sorted(found)


@dataclass(slots=True)
class Plan:
    """What compiling a project will do: the files that are stale, in order, out of all of them."""

    project: Project
    files: list[str]
    stale: list[str]

    @property
    def announcement(self) -> str | None:
        """The line that mix prints before it compiles, or None when nothing is stale."""
        if not self.stale:
            return None
        return f"Compiling {len(self.stale)} file{'s' if len(self.stale) != 1 else ''} (.ex)"


def plan(project: Project, *, force: bool = False) -> Plan:
    """Return what has to be compiled: files without a valid cache, and all of them when `force` is set.

    A file whose modules are current in this shell and unchanged on disk is not stale.
    """
    files = sources(project)
    stale = [path for path in files if force or not (_is_current(path) or ElixirLoader("", path).is_cached())]
    return Plan(project, files, stale)


def compile_project(todo: Plan) -> None:
    """Load every file of the plan, from the cache where that is valid, compiling by need of each other.

    Raises the first error of a file; its diagnostics have been reported.
    """
    project = todo.project
    project.files = {}
    wanted = [path for path in todo.files if path in todo.stale or not _loaded(path)]
    for path in wanted:
        with contextlib.suppress(ElixirError):  # what does not parse is told when the file's turn comes
            for name in defined_modules(path):
                project.files[name] = path
    finder.project_files = project.files
    gone = [path for path in _stamps if path.startswith(project.root + os.sep) and path not in todo.files]
    for path in gone:
        del _stamps[path]
    for path in [*todo.stale, *gone]:
        for name in [name for name, version in versions.MODULES.items() if version.file == path]:
            versions.forget(name)
    finder.refused.clear()
    for path in wanted:
        if not _loaded(path):
            try:
                load_file(path)
            except BaseException:
                finder.refused.add(path)
                raise


def modules(project: Project) -> set[Any]:
    """Return the modules that are loaded from the project's files."""
    files = set(sources(project)) | set(_stamps)
    return {name for name, version in versions.MODULES.items() if version.file in files}


def earlier_warnings(todo: Plan) -> list[Diagnostic]:
    """Return what the compiler had to say of the files that are as they were."""
    known = todo.project.warnings
    return [diagnostic for path in todo.files if path not in todo.stale for diagnostic in known.get(path, ())]


def keep_warnings(todo: Plan, said: list[Diagnostic]) -> None:
    """Keep what was said of the files that were compiled, and nothing of those that are gone."""
    project = todo.project
    for path in todo.stale:
        project.warnings[path] = [each for each in said if each.file == path and each.severity == "warning"]
    project.warnings = {path: each for path, each in project.warnings.items() if path in todo.files}


def _loaded(path: str) -> bool:
    return any(version.file == path for version in versions.MODULES.values())


def load_file(path: str) -> None:
    """Load one `.ex` file under the name of the first module it defines."""
    _stamps.pop(path, None)
    stamp = _stamp(path)
    names = defined_modules(path)
    import_file(path, names[0].name if names else "Elixir." + os.path.basename(path))
    _stamps[path] = stamp


_stamps: Final[dict[str, tuple[int, int]]] = {}
"""Time and size of each file as this shell has loaded it: there may be no cache to ask (PYTHONDONTWRITEBYTECODE)."""


def _stamp(path: str) -> tuple[int, int]:
    status = os.stat(path)
    return status.st_mtime_ns, status.st_size


def _is_current(path: str) -> bool:
    return path in _stamps and _stamps[path] == _stamp(path) and _loaded(path)


def defined_modules(path: str) -> list[Atom]:
    """Return the modules that a source file defines with a literal name, read off its quoted form; nested ones too."""
    from pyex.syntax import parse

    with open(path, "rb") as file:
        data = file.read()
    return list(_modules(parse(decoded(data, path), file=path), ""))


def _modules(form: Any, parent: str) -> Iterator[Atom]:
    if type(form) is not tuple or len(form) != 3 or type(form[0]) is not Atom or not isinstance(form[2], List):
        return
    args = to_pylist(form[2])
    if form[0].name == "__block__":
        for item in args:
            yield from _modules(item, parent)
    elif form[0].name in ("defmodule", "defprotocol") and args:
        name = _alias_name(args[0])
        if name is None:
            return
        full = f"{parent}.{name}" if parent else name
        yield alias(full)
        for item in to_pylist(args[-1]) if isinstance(args[-1], List) else []:
            if type(item) is tuple and len(item) == 2 and item[0] is atom("do"):
                yield from _modules(item[1], full)


def _alias_name(form: Any) -> str | None:
    if type(form) is tuple and len(form) == 3 and form[0] is atom("__aliases__"):
        parts = to_pylist(form[2])
        return ".".join(part.name for part in parts) if all(type(part) is Atom for part in parts) else None
    return None
