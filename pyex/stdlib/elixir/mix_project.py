"""Mix.Project: how the module of a mix.exs makes itself known."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.code.project import Definition, Project
from pyex.compiler.kernel import build
from pyex.terms.atoms import atom
from pyex.terms.errors import elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY

module = NativeModule("Mix.Project", doc="What `use Mix.Project` brings, and the configuration of the project.")


@module.macro("__using__")
def using(env: Any, options: Any) -> Any:
    """Make the module the current project."""
    return build.remote(module.name, "push", build.MODULE)


@module.function
def push(name: Any) -> Any:
    """Make a module the current project."""
    Definition.pushed.append(name)
    return atom.ok


@module.function
def get() -> Any:
    """Return the module of the current project, or nil."""
    return Project.current.module if Project.current is not None else None


@module.function("get!")
def get_bang() -> Any:
    """Return the module of the current project. Raises `Mix.NoProjectError` when there is none."""
    found = get()
    if found is None:
        raise elixir_error(
            "Mix.NoProjectError",
            message="Could not find a Mix.Project, please ensure you are running Mix in a directory with a mix.exs file",
            mix=True,
        )
    return found


@module.function
def config() -> Any:
    """Return what the project's `project/0` answers, the empty list without a project."""
    found = get()
    return EMPTY if found is None else export(found, "project", 0).fn()
