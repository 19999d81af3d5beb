"""Timers that send a message: `Process.send_after/3` and its kin."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime import system
from pyex.runtime.belongings import give_up, keep
from pyex.runtime.scheduler import Timer
from pyex.runtime.system import scheduler
from pyex.terms.pids import Pid, Reference

_running: Final[dict[Reference, tuple[Timer, Any]]] = {}
"""The timers that have not gone off yet, and whom they will send their message."""


def send_after(milliseconds: float, dest: Any, message: Any, reference: Reference | None = None) -> Reference:
    """Send a message to a pid or a name after some time; nobody is told when there is no such process then.

    A timer for a pid ends with its process.
    """
    key = reference or Reference()
    if type(dest) is Pid and dest.process is None:
        return key

    def over() -> None:
        _end(key)
        process = system.find(dest)
        if process is not None:
            system.send(process.pid, message)

    _running[key] = scheduler.at(milliseconds / 1000, over), dest
    if type(dest) is Pid:
        keep(dest, key, lambda: _end(key))
    return key


def _end(reference: Reference) -> None:
    timer, dest = _running.pop(reference)
    timer.cancelled = True
    if type(dest) is Pid:
        give_up(dest, reference)


def cancel(reference: Reference) -> int | bool:
    """Stop a timer; returns the milliseconds that were left, False when it has sent its message or never was."""
    remaining = left(reference)
    if remaining is not False:
        _end(reference)
    return remaining


def left(reference: Reference) -> int | bool:
    """Return the milliseconds until a timer sends its message, False when there is no such timer."""
    if reference not in _running:
        return False
    timer, _ = _running[reference]
    return max(0, round((timer.deadline - scheduler.clock.now()) * 1000))
