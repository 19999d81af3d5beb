"""The logger's console: events as lines on the device of the shell.

A line is what Elixir's default formatter makes: an empty line, the time, the level, the message.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from typing import ClassVar, Final

LEVELS: Final = ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")
_COLORS: Final = {"debug": "\x1b[36m", "warning": "\x1b[33m", "error": "\x1b[31m", "critical": "\x1b[31m", "alert": "\x1b[31m", "emergency": "\x1b[31m"}


class Console:
    """Where log lines go, and from which level on. The shell replaces `write`."""

    write: ClassVar[Callable[[str], None]]
    level: ClassVar[str] = "debug"
    colors: ClassVar[bool] = False
    now: ClassVar[Callable[[], dt.datetime]] = dt.datetime.now


def _to_stderr(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


Console.write = staticmethod(_to_stderr)


def enabled(level: str) -> bool:
    """Tell whether a level is logged."""
    if Console.level in ("all", "none"):
        return Console.level == "all"
    return LEVELS.index(level) >= LEVELS.index(Console.level)


def log(level: str, message: str) -> None:
    """Write one event, if its level is enabled."""
    if enabled(level):
        write(level, message)


def write(level: str, message: str) -> None:
    """Write one event."""
    now = Console.now()
    text = f"\n{now:%H:%M:%S}.{now.microsecond // 1000:03d} [{level}] {message}\n"
    color = _COLORS.get(level) if Console.colors else None
    Console.write(f"{color}{text}\x1b[0m" if color else text)
