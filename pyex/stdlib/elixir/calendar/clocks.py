"""What time it is."""

from __future__ import annotations

import time
from typing import Any

from pyex.stdlib.elixir.calendar import base
from pyex.stdlib.elixir.calendar.gregorian import EPOCH, ISO, PARTS, clock, date_of, precision_of
from pyex.stdlib.elixir.calendar.gregorian import cut as cut_to
from pyex.terms.errors import function_clause


def now() -> int:
    """Return the microseconds since 0000-01-01 in UTC."""
    return time.time_ns() // 1_000 + EPOCH * 1_000_000


def local_now() -> int:
    """Return the microseconds since 0000-01-01 as the clock on the wall shows them."""
    seconds = time.time_ns() // 1_000_000_000
    return (seconds + time.localtime(seconds).tm_gmtoff + EPOCH) * 1_000_000


def fields_of(microseconds: int, precision: int) -> tuple[Any, ...]:
    """Return the fields of a date and time in Calendar.ISO."""
    days, parts = divmod(microseconds, PARTS)
    *clocked, fraction = clock(parts)
    return (*date_of(days), *clocked, cut_to((fraction, 6), precision))


def unit_and_calendar(given: Any, module: Any, *calendar: Any) -> tuple[int, Any]:
    """Return precision and calendar of a module's `utc_now`, whose one argument may be either."""
    if getattr(given, "name", None) in ("second", "millisecond", "microsecond", "nanosecond", "native"):
        return (6 if given.name == "native" else precision_of(given)), calendar[0] if calendar else ISO
    if calendar:
        raise function_clause(module, "utc_now", (given, *calendar))
    base.compatible(ISO, given)
    return 6, given
