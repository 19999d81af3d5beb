"""The proleptic Gregorian calendar in numbers: days since 0000-01-01, fractions of a day, units of time."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import alias, atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.inspect import inspect

ISO: Final = alias("Calendar.ISO")
DAY: Final = 86_400
PARTS: Final = 86_400_000_000
"""Microseconds of a day: the parts in which this calendar counts fractions of a day."""
EPOCH: Final = 62_167_219_200
"""Seconds from 0000-01-01 to 1970-01-01."""

IsoDays = tuple[int, tuple[int, int]]
Date = tuple[int, int, int]

PER_SECOND: Final[dict[Any, int]] = {
    atom("second"): 1,
    atom("millisecond"): 1_000,
    atom("microsecond"): 1_000_000,
    atom("nanosecond"): 1_000_000_000,
    atom("native"): 1_000_000_000,
}
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def per_second(unit: Any, before: str = "") -> int:
    """Return how many of a unit make a second; `before` names the other units that the caller takes."""
    found = PER_SECOND.get(unit) if unit is not atom("native") else None
    if type(unit) is int and unit > 0:
        found = unit
    if found is None:
        raise argument_error(
            f"unsupported time unit. Expected {before}:second, :millisecond, :microsecond, :nanosecond, "
            f"or a positive integer, got {inspect(unit)}"
        )
    return found


def precision_of(unit: Any) -> int:
    """Return how many digits of a second's fraction a unit needs, at most 6."""
    if type(unit) is not int or unit < 1:
        known = {"second": 0, "millisecond": 3, "microsecond": 6, "nanosecond": 6}
        if getattr(unit, "name", None) not in known:
            raise function_clause(ISO, "time_unit_to_precision", (unit,))
        return known[unit.name]
    return 6


def leap_year(year: int) -> bool:
    """Tell whether a year has a 29th of February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 29 if month == 2 and leap_year(year) else _LENGTHS[month - 1]


def days_of(year: int, month: int, day: int) -> int:
    """Return the days from 0000-01-01 to a date."""
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day + 59


def date_of(days: int) -> Date:
    """Return the date that lies so many days after 0000-01-01."""
    era, day = divmod(days - 60, 146_097)
    of_era = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * of_era + of_era // 4 - of_era // 100
    shifted = (5 * day + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + of_era + (month <= 2), month, day - (153 * shifted + 2) // 5 + 1


def parts_of(hour: int, minute: int, second: int, microsecond: int) -> int:
    """Return the microseconds since midnight."""
    return ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond


def clock(microseconds: int) -> tuple[int, int, int, int]:
    """Return hour, minute, second and microsecond of the microseconds since midnight."""
    seconds, fraction = divmod(microseconds, 1_000_000)
    minutes, second = divmod(seconds, 60)
    return minutes // 60, minutes % 60, second, fraction


def microseconds_of(iso_days: IsoDays) -> int:
    """Return the microseconds since 0000-01-01 of days and a fraction of a day."""
    days, (parts, per_day) = iso_days
    return days * PARTS + parts * PARTS // per_day


def iso_days_of(microseconds: int) -> IsoDays:
    """Return days and a fraction of a day."""
    days, parts = divmod(microseconds, PARTS)
    return days, (parts, PARTS)


def cut(microsecond: tuple[int, int], precision: int) -> tuple[int, int]:
    """Cut a fraction of a second down to so many digits."""
    value, own = microsecond
    if own <= precision:
        return microsecond
    power = 10 ** (6 - precision)
    return value // power * power, precision
