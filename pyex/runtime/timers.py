"""Timers that send a message: `Process.send_after/3` and its kin."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime import system
from pyex.runtime.scheduler import Timer
from pyex.runtime.system import scheduler
from pyex.terms.pids import Reference

_running: Final[dict[Reference, Timer]] = {}


def send_after(milliseconds: int, dest: Any, message: Any, reference: Reference | None = None) -> Reference:
    """Send a message to a pid or a name after some time; nobody is told when there is no such process then."""
    key = reference or Reference()

    def over() -> None:
        _running.pop(key, None)
        process = system.find(dest)
        if process is not None:
            system.send(process.pid, message)

    _running[key] = scheduler.at(milliseconds / 1000, over)
    return key


def cancel(reference: Reference) -> int | bool:
    """Stop a timer; returns the milliseconds that were left, False when it has sent its message or never was."""
    remaining = left(reference)
    timer = _running.pop(reference, None)
    if timer is not None:
        timer.cancelled = True
    return remaining


def left(reference: Reference) -> int | bool:
    """Return the milliseconds until a timer sends its message, False when there is no such timer."""
    timer = _running.get(reference)
    if timer is None:
        return False
    return max(0, round((timer.deadline - scheduler.clock.now()) * 1000))
