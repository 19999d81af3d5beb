"""Versions of modules, and what is current.

A module that is loaded again gets a new version; whoever holds the old one (a server that was
started with it, a function in a message) keeps it whole, with its helpers and constants. Only
the export entries, which remote calls go through, always point to the newest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from pyex.terms.atoms import Atom
from pyex.terms.functions import BY_MODULE

Kind = Literal["elixir", "python", "native"]


@dataclass(slots=True, eq=False)
class ModuleVersion:
    """One version of a module.

    `number` counts from 1 for each module; `exports` maps (name, arity) to the functions that may
    be called from outside; `file` is the source, None for code typed at the prompt; `origin`
    is what Elixir says of where the current code came from ("defined in memory", "loaded from …"). `loops` are the twins of functions that take a loop (`terms.rounds`).
    """

    name: Any
    kind: Kind
    exports: dict[tuple[str, int], Callable[..., Any]]
    file: str | None = None
    namespace: dict[str, Any] = field(default_factory=dict)
    info: Any = None
    origin: str = "defined in memory"
    number: int = 0
    loops: dict[tuple[str, int], Callable[..., Any]] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<{self.name!r} version {self.number}>"

    def defines(self, name: str, arity: int) -> bool:
        """Tell whether the version exports `name/arity`."""
        return (name, arity) in self.exports


MODULES: Final[dict[Any, ModuleVersion]] = {}
"""The current version of each loaded module."""

_numbers: Final[dict[Any, int]] = {}
_journals: Final[dict[int, dict[Any, ModuleVersion | None]]] = {}
"""For each file being compiled, what was current before it published: nested ones may hold the same, and are not the same."""

watchers: Final[list[Callable[[ModuleVersion, ModuleVersion | None], None]]] = []
"""Called with every version that becomes current, and the one that was."""


def current(name: Any) -> ModuleVersion | None:
    """Return the current version of a loaded module; loads nothing."""
    return MODULES.get(name)


def publish(version: ModuleVersion) -> ModuleVersion:
    """Make a version the current one of its module, and point the export entries to it."""
    for journal in _journals.values():
        journal.setdefault(version.name, MODULES.get(version.name))
    if version.number == 0:
        version.number = _numbers[version.name] = _numbers.get(version.name, 0) + 1
    before = MODULES.get(version.name)
    _install(version.name, version)
    for watcher in watchers:
        watcher(version, before)
    return version


def forget(name: Any) -> bool:
    """Unload a module; tells whether it was loaded."""
    for journal in _journals.values():
        journal.setdefault(name, MODULES.get(name))
    known = name in MODULES
    _install(name, None)
    return known


def _install(name: Any, version: ModuleVersion | None) -> None:
    if version is None:
        MODULES.pop(name, None)
    else:
        MODULES[name] = version
    exports = version.exports if version is not None else {}
    loops = version.loops if version is not None else {}
    for entry in BY_MODULE.get(name, ()):
        key = (entry.name, entry.arity)
        entry.fn = exports.get(key, entry.unresolved)
        entry.loop = loops.get(key, entry.through)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Take back every module published inside the block when the block fails.

    A file's modules must see each other while it is compiled (a macro of the first is used in the
    second), and must not stay when the file turns out to be broken.
    """
    journal: dict[Any, ModuleVersion | None] = {}
    _journals[id(journal)] = journal
    try:
        yield
    except BaseException:
        for name, version in journal.items():
            _install(name, version)
            _numbers[name] = version.number if version is not None else 0
        raise
    finally:
        del _journals[id(journal)]


def loaded_modules() -> list[Atom]:
    """Return the names of all loaded modules."""
    return list(MODULES)
