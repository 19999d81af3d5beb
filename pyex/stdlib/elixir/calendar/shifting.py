"""Dates and times moved by a duration: months first, then days, then the time of day."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.calendar.gregorian import PARTS, Date, clock, date_of, days_in_month, days_of, parts_of
from pyex.terms.atoms import atom
from pyex.terms.maps import Map

Naive = tuple[int, int, int, int, int, int, tuple[int, int]]


def shift_months(date: Date, months: int) -> Date:
    """Move a date by months; a day that the new month lacks becomes its last."""
    years, month = divmod(date[0] * 12 + date[1] - 1 + months, 12)
    return years, month + 1, min(date[2], days_in_month(years, month + 1))


def shift_days(date: Date, days: int) -> Date:
    """Move a date by days."""
    return date_of(days_of(*date) + days)


def shift_date(date: Date, duration: Map) -> Date:
    """Move a date by the units of a duration that are at least a day."""
    moved = shift_months(date, duration[atom("year")] * 12 + duration[atom("month")])
    return shift_days(moved, duration[atom("week")] * 7 + duration[atom("day")])


def time_part(duration: Map, own: int) -> tuple[int, int]:
    """Return the microseconds of a duration's time units, and the precision of what is moved: its own unless microseconds move it."""
    value, precision = duration[atom("microsecond")]
    hours, minutes, seconds = (duration[atom(name)] for name in ("hour", "minute", "second"))
    return parts_of(hours, minutes, seconds, value), precision if value else own


def shift_naive(fields: Any, duration: Map) -> Naive:
    """Move a date and time by a duration."""
    year, month, day, hour, minute, second, microsecond = fields
    moved = shift_date((year, month, day), duration)
    return move_naive((*moved, hour, minute, second, microsecond), *time_part(duration, microsecond[1]))


def move_naive(fields: Naive, microseconds: int, precision: int) -> Naive:
    """Move a date and time by microseconds; the result has that precision."""
    year, month, day, hour, minute, second, (value, _own) = fields
    total = days_of(year, month, day) * PARTS + parts_of(hour, minute, second, value) + microseconds
    days, parts = divmod(total, PARTS)
    *clocked, fraction = clock(parts)
    return (*date_of(days), clocked[0], clocked[1], clocked[2], (fraction, precision))


def move_time(
    hour: int, minute: int, second: int, microsecond: tuple[int, int], microseconds: int, precision: int
) -> tuple[int, int, int, tuple[int, int]]:
    """Move a time of day by microseconds, round the clock; the result has that precision."""
    *time, fraction = clock((parts_of(hour, minute, second, microsecond[0]) + microseconds) % PARTS)
    return (time[0], time[1], time[2], (fraction, precision))


def move_clock(values: Any, microseconds: int, precision: int) -> tuple[int, int, int, tuple[int, int]]:
    """Move the fields of a time by microseconds."""
    return move_time(values[0], values[1], values[2], values[3], microseconds, precision)
