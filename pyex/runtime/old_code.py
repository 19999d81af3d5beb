"""Two versions of a module at a time: a third one ends the processes that still run code of the first.

A process runs the code of a version while one of its functions, or a function made there, is on its stack. A server that waits has
none of its module's on it, and keeps its version as long as it likes.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.code import versions
from pyex.runtime import system
from pyex.runtime.process import Process

_old: Final[dict[Any, versions.ModuleVersion]] = {}
"""The version before the current one, of each module that was loaded again or deleted."""


def _published(version: versions.ModuleVersion, before: versions.ModuleVersion | None) -> None:
    if before is not None and before is not version and version.kind == before.kind == "elixir":
        purge(version.name)
        _old[version.name] = before


versions.watchers.append(_published)


def has_old(name: Any) -> bool:
    """Tell whether a module has an older version that was not purged."""
    return name in _old


def runs_old(process: Process, name: Any) -> bool:
    """Tell whether a process runs code of a module's older version."""
    version = _old.get(name)
    frame = getattr(process.greenlet, "gr_frame", None)
    while version is not None and frame is not None:
        if frame.f_globals is version.namespace:
            return True
        frame = frame.f_back
    return False


def purge(name: Any) -> bool:
    """Forget the older version of a module, and end who runs it; tells whether somebody did."""
    running = [process for process in list(system.scheduler.processes.values()) if runs_old(process, name)] if name in _old else []
    for process in running:
        system.exit_signal(process.pid, system.KILL)
    _old.pop(name, None)
    return bool(running)


def soft_purge(name: Any) -> bool:
    """Forget the older version of a module unless somebody runs it; tells whether it is gone."""
    if any(runs_old(process, name) for process in list(system.scheduler.processes.values())):
        return False
    _old.pop(name, None)
    return True


def delete(name: Any) -> bool:
    """Make the current version of a module an old one; tells whether there was one, and no older one beside it."""
    version = versions.current(name)
    if version is None or name in _old:
        return False
    versions.forget(name)
    _old[name] = version
    return True
