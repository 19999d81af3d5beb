"""Modules compiled once more with something added to their functions: how break points come into running code."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from pyex.code import versions
from pyex.code.elixir_loader import compile_text, instantiate
from pyex.code.evaluation import heard_by
from pyex.code.versions import ModuleVersion
from pyex.compiler.forms import Definition
from pyex.compiler.module import compile as module_compile
from pyex.terms.errors import Control

_changed: Final[dict[Any, tuple[ModuleVersion, ModuleVersion]]] = {}
"""For each module with something added: the version that it had before, and the one that was made of it."""


class _Done(Control):
    """Ends a compilation of which nothing is to be published."""


def is_instrumented(version: ModuleVersion) -> bool:
    """Tell whether a version was made by `instrument`."""
    return version.name in _changed and _changed[version.name][1] is version


def original(version: ModuleVersion) -> ModuleVersion:
    """Return the version that an instrumented one was made of; any other is its own."""
    return _changed[version.name][0] if is_instrumented(version) else version


def instrument(version: ModuleVersion, change: Callable[[Definition], Definition]) -> ModuleVersion:
    """Compile a module's file again with its definitions changed, and make that one module current.

    The file's other modules stay as they are. Raises what compiling the file raises; OSError when it cannot be read.
    """
    assert version.file is not None  # callers have a module from a file
    name = version.name

    def changed(module: Any, definition: Definition) -> Definition:
        return change(definition) if module is name else definition

    module_compile.changes.append(changed)
    found = None
    try:
        # Nothing is printed: the compiler has said all this before.
        with heard_by(lambda diagnostic: None), versions.all_or_nothing():
            for compiled in compile_text(_source(version.file), version.file).compiled:
                if compiled.name is name:
                    found = compiled
            raise _Done
    except _Done:
        pass
    finally:
        module_compile.changes.remove(changed)
    if found is None:
        raise OSError(f"{version.file} defines no {name!r} any more")
    return substitute(version, instantiate(found))


def substitute(version: ModuleVersion, made: ModuleVersion) -> ModuleVersion:
    """Make a version that was made of another one current; `restore` brings the other one back."""
    _changed[version.name] = (original(version), made)
    return versions.publish(made)


def restore(name: Any) -> None:
    """Make the code current that a module had before; a module that was loaded anew meanwhile stays as it is."""
    before, made = _changed.pop(name, (None, None))
    if before is not None and versions.current(name) is made:
        versions.publish(before)


def _source(path: str) -> bytes:
    with open(os.path.abspath(path), "rb") as file:
        return file.read()
