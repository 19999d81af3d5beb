"""What a process leaves behind: tables and timers, that are seen to when it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.terms.pids import Pid

_of: Final[dict[Pid, dict[Any, Callable[[], None]]]] = {}


def keep(owner: Pid, key: Any, lose: Callable[[], None]) -> None:
    """Have a function called when a process ends; nothing is kept for one that has ended."""
    if owner.process is not None:
        _of.setdefault(owner, {})[key] = lose


def give_up(owner: Pid, key: Any) -> None:
    """Forget what was kept under a key."""
    mine = _of.get(owner)
    if mine is not None:
        mine.pop(key, None)
        if not mine:
            del _of[owner]


def lose_all(owner: Pid) -> None:
    """See to everything that a process leaves, the oldest first."""
    for lose in list(_of.pop(owner, {}).values()):
        lose()
