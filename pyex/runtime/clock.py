"""Time, as the runtime sees it: the machine's own, or a virtual one for tests and replays."""

from __future__ import annotations

import time
from typing import Final

_START: Final = time.monotonic_ns()
_AT_START: Final = -576460751000000000


def monotonic_ns() -> int:
    """Return Erlang's monotonic time in nanoseconds: it begins far below zero."""
    return time.monotonic_ns() - _START + _AT_START


def seconds_since_start() -> float:
    """Return the time since the runtime was started."""
    return (time.monotonic_ns() - _START) / 10**9


class RealClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """Return seconds since some fixed point."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let that much time pass."""
        time.sleep(seconds)


class VirtualClock:
    """A clock that stands still until every process waits, and then jumps to the next timer."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        """Return the virtual seconds that have passed."""
        return self._now

    def sleep(self, seconds: float) -> None:
        """Jump ahead."""
        self._now += max(seconds, 0.0)
