"""What is called when the operating system sends a signal: `System.trap_signal/3`."""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any, Final

from pyex.runtime import system
from pyex.runtime.system import scheduler

_trapped: Final[dict[int, list[tuple[Any, Callable[[], Any]]]]] = {}
_before: Final[dict[int, Any]] = {}


def trap(number: int, identity: Any, call: Callable[[], Any]) -> str | None:
    """Have a function called, in a process of its own, whenever a signal comes; returns why that cannot be, or None."""
    calls = _trapped.get(number, [])
    if any(known == identity for known, _ in calls):
        return "already_registered"
    if number == signal.SIGALRM:
        return "not_sup"  # by it the processes share the machine
    if not calls:
        try:
            _before[number] = signal.signal(number, _arrived)
        except (ValueError, OSError):  # not on the main thread; a signal that cannot be caught
            return "not_sup"
    _trapped[number] = [*calls, (identity, call)]
    return None


def untrap(number: int, identity: Any) -> bool:
    """Forget a function; after the last one the signal does what it did before. Returns False when it is not known."""
    calls = _trapped.get(number, [])
    left = [entry for entry in calls if entry[0] != identity]
    if len(left) == len(calls):
        return False
    _trapped[number] = left
    if not left:
        signal.signal(number, _before.pop(number))
    return True


def _arrived(number: int, _frame: Any) -> None:
    scheduler.post(lambda: _run(number))


def _run(number: int) -> None:
    calls = [call for _, call in reversed(_trapped.get(number, []))]

    def all_calls() -> None:
        for call in calls:
            call()

    system.spawn(all_calls, ())
