"""Dates, times and offsets as ISO 8601 writes them."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.elixir.calendar.gregorian import ISO
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause

BASIC: Final = atom("basic")
EXTENDED: Final = atom("extended")


def date_text(year: int, month: int, day: int, layout: Any = EXTENDED) -> str:
    """Return `2020-01-31`, or `20200131` in the basic layout."""
    dash = "" if layout is BASIC else "-"
    return f"{'-' if year < 0 else ''}{abs(year):04}{dash}{month:02}{dash}{day:02}"


def time_text(hour: int, minute: int, second: int, microsecond: tuple[int, int], layout: Any = EXTENDED) -> str:
    """Return `10:20:30.123`, or `102030.123` in the basic layout."""
    colon = "" if layout is BASIC else ":"
    value, precision = microsecond
    fraction = f".{value:06}"[: precision + 1] if precision else ""
    return f"{hour:02}{colon}{minute:02}{colon}{second:02}{fraction}"


def offset_text(offset: int, zone: Any, layout: Any = EXTENDED) -> str:
    """Return `+01:00`, or `Z` for UTC itself."""
    return "Z" if zone == "Etc/UTC" and offset == 0 else signed_offset(offset, "" if layout is BASIC else ":")


def signed_offset(offset: int, colon: str = "") -> str:
    """Return `+0100`."""
    hours, minutes = divmod(abs(offset) // 60, 60)
    return f"{'-' if offset < 0 else '+'}{hours:02}{colon}{minutes:02}"


def date_of(values: Any, layout: Any) -> str:
    """Return the text of the fields of a date."""
    return date_text(values[0], values[1], values[2], layout)


def is_time(hour: Any, minute: Any, second: Any, microsecond: Any) -> bool:
    """Tell whether there is such a time of day."""
    if type(microsecond) is not tuple or len(microsecond) != 2:
        return False
    if not all(type(part) is int for part in (hour, minute, second, *microsecond)):
        return False
    value, precision = microsecond
    clock = 0 <= hour <= 23 and 0 <= minute <= 59 and 0 <= second <= 59
    return bool(clock and 0 <= value <= 999_999 and 0 <= precision <= 6)


def time_of(values: Any, layout: Any) -> str:
    """Return the text of the fields of a time."""
    if not is_time(*values[:4]):
        raise function_clause(ISO, "time_to_string", (*values[:4], layout))
    return time_text(values[0], values[1], values[2], values[3], layout)
