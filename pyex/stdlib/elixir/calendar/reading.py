"""ISO 8601 texts read: dates, times, date-times with an offset, durations.

A function here returns the numbers, or the name of the reason why there are none.
"""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.stdlib.elixir.calendar.gregorian import DAY, PARTS, clock, date_of, days_in_month, days_of, parts_of

_DATE: Final = {
    "extended": r"(?P<year>[+-]?[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
    "basic": r"(?P<year>[+-]?[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
}
_FRACTION: Final = r"(?:[.,](?P<fraction>[0-9]+))?"
_TIME: Final = {
    "extended": r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})" + _FRACTION,
    "basic": r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})" + _FRACTION,
}
_OFFSET: Final = r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"

DATES: Final = {layout: re.compile(_DATE[layout]) for layout in _DATE}
TIMES: Final = {layout: re.compile("T?" + _TIME[layout] + _OFFSET) for layout in _DATE}
BOTH: Final = {layout: re.compile(_DATE[layout] + "[ T]" + _TIME[layout] + _OFFSET) for layout in _DATE}

Microsecond = tuple[int, int]
Time = tuple[int, int, int, Microsecond]


def valid_date(year: int, month: int, day: int) -> bool:
    """Tell whether there is such a date."""
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def valid_time(hour: int, minute: int, second: int, microsecond: Microsecond) -> bool:
    """Tell whether there is such a time of day."""
    value, precision = microsecond
    return (
        0 <= hour <= 23
        and 0 <= minute <= 59
        and 0 <= second <= 59
        and 0 <= value <= 999_999
        and 0 <= precision <= 6
    )


def read_date(text: str, layout: str) -> tuple[int, int, int] | str:
    """Return year, month and day."""
    found = DATES[layout].fullmatch(text)
    return "invalid_format" if found is None else _date(found)


def _date(found: re.Match[str]) -> tuple[int, int, int] | str:
    date = int(found["year"]), int(found["month"]), int(found["day"])
    return date if valid_date(*date) else "invalid_date"


def read_time(text: str, layout: str) -> Time | str:
    """Return hour, minute, second and microsecond; an offset is read and forgotten."""
    found = TIMES[layout].fullmatch(text)
    if found is None or _offset(found) is _WRONG:
        return "invalid_format"
    return _time(found)


def _time(found: re.Match[str]) -> Time | str:
    digits = (found["fraction"] or "")[:6]
    time = int(found["hour"]), int(found["minute"]), int(found["second"]), (int(digits.ljust(6, "0")), len(digits))
    return time if valid_time(*time) else "invalid_time"


_WRONG: Final = "wrong"


def _offset(found: re.Match[str]) -> int | str | None:
    text = found["offset"]
    if text is None or text == "Z":
        return None if text is None else 0
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    seconds = (hours * 60 + minutes) * 60
    if hours > 23 or minutes > 59 or (text[0] == "-" and seconds == 0):
        return _WRONG
    return -seconds if text[0] == "-" else seconds


def read_both(text: str, layout: str) -> tuple[tuple[Any, ...], int | None] | str:
    """Return the fields of a date and time, as they stand, and the offset from UTC (None if there is none)."""
    found = BOTH[layout].fullmatch(text)
    offset = _WRONG if found is None else _offset(found)
    if found is None or isinstance(offset, str):
        return "invalid_format"
    date, time = _date(found), _time(found)
    if isinstance(date, str) or isinstance(time, str):
        return str(date if isinstance(date, str) else time)
    return (*date, *time), offset


def read_utc(text: str, layout: str) -> tuple[tuple[Any, ...], int] | str:
    """Return the fields of a date and time in UTC, and the offset that it was written with."""
    found = read_both(text, layout)
    if isinstance(found, str):
        return found
    (year, month, day, hour, minute, second, microsecond), offset = found
    if offset is None:
        return "missing_offset"
    moment = days_of(year, month, day) * PARTS + parts_of(hour, minute, second, 0) - offset * 1_000_000
    days, parts = divmod(moment, DAY * 1_000_000)
    return (*date_of(days), *clock(parts)[:3], microsecond), offset


_DATE_UNITS: Final = {"Y": "year", "M": "month", "W": "week", "D": "day"}
_TIME_UNITS: Final = {"H": "hour", "M": "minute", "S": "second"}
_COMPONENT: Final = re.compile(r"([+-]?[0-9]+)(?:[.,]([0-9]+))?([A-Z])")


def read_duration(text: str) -> list[tuple[str, Any]] | str:
    """Return the units of a duration, the last written first."""
    sign = -1 if text.startswith("-P") else 1
    body = text[1:] if text[:2] in ("-P", "+P") else text
    if body[:1] != "P" or body == "P":
        return "invalid_duration"
    dates, t, times = body[1:].partition("T")
    if t and not times:
        return "invalid_date_component"
    units: list[tuple[str, Any]] = []
    if not _components(dates, _DATE_UNITS, sign, units):
        return "invalid_date_component"
    if not _components(times, _TIME_UNITS, sign, units):
        return "invalid_time_component"
    return units[::-1]


def _components(text: str, names: dict[str, str], sign: int, units: list[tuple[str, Any]]) -> bool:
    """Read components in the order of their names; tell whether that was all of the text."""
    allowed = list(names)
    position = 0
    while position < len(text):
        found = _COMPONENT.match(text, position)
        if found is None or found[3] not in allowed or (found[2] is not None and names[found[3]] != "second"):
            return False
        if found[2] is not None:
            digits = found[2][:6]
            negative = sign * (-1 if found[1].startswith("-") else 1)
            units.append(("microsecond", (negative * int(digits.ljust(6, "0")), len(digits))))
        units.append((names[found[3]], sign * int(found[1])))
        del allowed[: allowed.index(found[3]) + 1]
        position = found.end()
    return True
