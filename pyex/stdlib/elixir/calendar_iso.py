"""Calendar.ISO: the proleptic Gregorian calendar of ISO 8601."""

from __future__ import annotations

from math import lcm
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import gregorian, reading, shifting, writing
from pyex.stdlib.elixir.calendar.gregorian import ISO, PARTS
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import argument_error, erlang_error, function_clause
from pyex.terms.lists import from_iterable
from pyex.terms.maps import Map
from pyex.terms.order import compare

module = NativeModule("Calendar.ISO", doc="The calendar of ISO 8601: the Gregorian one, also before its invention.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
EXTENDED: Final = writing.EXTENDED
_LAYOUTS: Final = (EXTENDED, writing.BASIC)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _integers(name: str, *args: Any) -> None:
    for arg in args:
        if type(arg) is not int:
            raise function_clause(ISO, name, args)


def _layout(name: str, layout: Any, *args: Any) -> None:
    if layout not in _LAYOUTS:
        raise function_clause(ISO, name, (*args, layout))


def _read(name: str, text: Any, layout: Any, given: bool = True) -> None:
    if type(text) not in (str, bytes) or layout not in _LAYOUTS:
        raise function_clause(ISO, name, (text, layout) if layout is not EXTENDED else (text,))


# Dates


@module.function("valid_date?")
def valid_date(year: Any, month: Any, day: Any) -> Any:
    """Tell whether there is such a date.

        iex> Calendar.ISO.valid_date?(2023, 2, 29)
        false
    """
    _integers("valid_date?", year, month, day)
    return reading.valid_date(year, month, day)


@module.function
def date_to_iso_days(year: Any, month: Any, day: Any) -> Any:
    """Return the days from 0000-01-01 to a date.

        iex> Calendar.ISO.date_to_iso_days(0, 1, 2)
        1
    """
    length = days_in_month(year, month)
    if type(day) is not int:
        raise function_clause(ISO, "ensure_day_in_month!", (year, month, day))
    if not 1 <= day <= length:
        raise argument_error(f"invalid date: {writing.date_text(year, month, day)}")
    return gregorian.days_of(year, month, day)


@module.function
def date_from_iso_days(days: Any) -> Any:
    """Return `{year, month, day}` of the days since 0000-01-01.

        iex> Calendar.ISO.date_from_iso_days(719_528)
        {1970, 1, 1}
    """
    if type(days) is not int:
        raise erlang_error("badarith", "erlang", "div", (days, 365))
    return gregorian.date_of(days)


@module.function
def date_to_string(year: Any, month: Any, day: Any, format: Any = EXTENDED) -> Any:
    """Return the text of a date.

        iex> Calendar.ISO.date_to_string(2015, 2, 28, :basic)
        "20150228"
    """
    _layout("date_to_string", format, year, month, day)
    if not type(year) is type(month) is type(day) is int:
        raise function_clause(ISO, "date_to_string", (year, month, day, format))
    return writing.date_text(year, month, day, format)


@module.function
def day_of_era(year: Any, month: Any, day: Any) -> Any:
    """Return the number of a day within its era, and the era: 1 from the year 1 on, else 0.

        iex> Calendar.ISO.day_of_era(1, 1, 1)
        {1, 1}
    """
    days = date_to_iso_days(year, month, day) - 366
    return (days + 1, 1) if days >= 0 else (-days, 0)


@module.function("day_of_week", arity=3)
def day_of_week_number(year: Any, month: Any, day: Any) -> Any:
    """Return the day of the week, from 1 (Monday) to 7.

        iex> Calendar.ISO.day_of_week(2017, 8, 1)
        2
    """
    return day_of_week(year, month, day, atom("default"))[0]


@module.function
def day_of_week(year: Any, month: Any, day: Any, starting_on: Any) -> Any:
    """Return the day of the week counted from a first one, and the first and last number.

        iex> Calendar.ISO.day_of_week(2017, 8, 1, :sunday)
        {3, 1, 7}
    """
    return iso_days_to_day_of_week(date_to_iso_days(year, month, day), starting_on), 1, 7


@module.function(doc=False)
def iso_days_to_day_of_week(iso_days: Any, starting_on: Any) -> Any:
    """Return the number of the day of the week.

        iex> Calendar.ISO.iso_days_to_day_of_week({738_000, {0, 1}}, :default)
        ** (ArithmeticError) bad argument in arithmetic expression: {738000, {0, 1}} + 5
            :erlang.+({738000, {0, 1}}, 5)
    """
    if type(iso_days) is not int:
        raise erlang_error("badarith", "erlang", "+", (iso_days, 5))
    return (iso_days + 5 - _first_weekday(starting_on)) % 7 + 1


def _first_weekday(starting_on: Any) -> int:
    name = starting_on.name if type(starting_on) is Atom else None
    if name == "default":
        return 0
    if name not in _WEEKDAYS:
        raise function_clause(ISO, "day_of_week_offset", (starting_on,))
    return _WEEKDAYS.index(name)


@module.function
def day_of_year(year: Any, month: Any, day: Any) -> Any:
    """Return the number of a day within its year.

        iex> Calendar.ISO.day_of_year(2016, 3, 1)
        61
    """
    return date_to_iso_days(year, month, day) - gregorian.days_of(year, 1, 1) + 1


@module.function
def day_rollover_relative_to_midnight_utc() -> Any:
    """Return when a day begins: at midnight.

        iex> Calendar.ISO.day_rollover_relative_to_midnight_utc()
        {0, 1}
    """
    return 0, 1


@module.function
def days_in_month(year: Any, month: Any) -> Any:
    """Return the number of days of a month.

        iex> Calendar.ISO.days_in_month(2024, 2)
        29
    """
    _integers("days_in_month", year, month)
    if not 1 <= month <= 12:
        raise function_clause(ISO, "days_in_month", (year, month))
    return gregorian.days_in_month(year, month)


@module.function("leap_year?")
def leap_year(year: Any) -> Any:
    """Tell whether a year is a leap year.

        iex> Calendar.ISO.leap_year?(1900)
        false
    """
    _integers("leap_year?", year)
    return gregorian.leap_year(year)


@module.function
def months_in_year(year: Any) -> Any:
    """Return the number of months of a year: 12.

        iex> Calendar.ISO.months_in_year(2024)
        12
    """
    _integers("months_in_year", year)
    return 12


@module.function
def quarter_of_year(year: Any, month: Any, day: Any) -> Any:
    """Return the quarter of a date, from 1 to 4.

        iex> Calendar.ISO.quarter_of_year(2024, 5, 1)
        2
    """
    _integers("quarter_of_year", year, month, day)
    if not 1 <= month <= 12:
        raise function_clause(ISO, "quarter_of_year", (year, month, day))
    return (month + 2) // 3


@module.function("year_of_era", arity=1)
def year_and_era(year: Any) -> Any:
    """Return the year within its era, and the era.

        iex> Calendar.ISO.year_of_era(0)
        {1, 0}
    """
    return (year, 1) if compare(year, 0) > 0 else (1 - year, 0)


@module.function
def year_of_era(year: Any, month: Any, day: Any) -> Any:
    """Return the year of a date within its era, and the era.

        iex> Calendar.ISO.year_of_era(-1, 1, 1)
        {2, 0}
    """
    _integers("year_of_era", year, month, day)
    return year_and_era(year)


# Times


@module.function("valid_time?")
def valid_time(hour: Any, minute: Any, second: Any, microsecond: Any) -> Any:
    """Tell whether there is such a time of day.

        iex> Calendar.ISO.valid_time?(10, 50, 60, {0, 0})
        false
    """
    if type(microsecond) is not tuple or len(microsecond) != 2:
        raise function_clause(ISO, "valid_time?", (hour, minute, second, microsecond))
    if any(type(value) is not int for value in (hour, minute, second, *microsecond)):
        return False
    return reading.valid_time(hour, minute, second, microsecond)


@module.function
def time_to_day_fraction(hour: Any, minute: Any, second: Any, microsecond: Any) -> Any:
    """Return the part of the day that has gone.

        iex> Calendar.ISO.time_to_day_fraction(12, 0, 0, {0, 0})
        {43200000000, 86400000000}
    """
    _integers("time_to_day_fraction", hour, minute, second)
    return gregorian.parts_of(hour, minute, second, microsecond[0]), PARTS


@module.function
def time_from_day_fraction(day_fraction: Any) -> Any:
    """Return the time of day when a part of the day has gone.

        iex> Calendar.ISO.time_from_day_fraction({1, 4})
        {6, 0, 0, {0, 6}}
    """
    if type(day_fraction) is not tuple or len(day_fraction) != 2:
        raise function_clause(ISO, "time_from_day_fraction", (day_fraction,))
    parts, per_day = day_fraction
    *time, microsecond = gregorian.clock(parts * PARTS // per_day)
    return (*time, (microsecond, 6))


@module.function
def time_to_string(hour: Any, minute: Any, second: Any, microsecond: Any, format: Any = EXTENDED) -> Any:
    """Return the text of a time of day.

        iex> Calendar.ISO.time_to_string(2, 2, 2, {2, 6})
        "02:02:02.000002"
    """
    args = (hour, minute, second, microsecond)
    _layout("time_to_string", format, *args)
    if not writing.is_time(*args):
        raise function_clause(ISO, "time_to_string", (*args, format))
    return writing.time_text(hour, minute, second, microsecond, format)


@module.function
def time_unit_to_precision(unit: Any) -> Any:
    """Return how many digits after the second a unit needs.

        iex> Calendar.ISO.time_unit_to_precision(:millisecond)
        3
    """
    return gregorian.precision_of(unit)


# Dates and times


@module.function
def naive_datetime_to_iso_days(
    year: Any, month: Any, day: Any, hour: Any, minute: Any, second: Any, microsecond: Any
) -> Any:
    """Return days and fraction of a day of a date and time.

        iex> Calendar.ISO.naive_datetime_to_iso_days(0, 1, 2, 12, 0, 0, {0, 0})
        {1, {43200000000, 86400000000}}
    """
    return date_to_iso_days(year, month, day), time_to_day_fraction(hour, minute, second, microsecond)


@module.function
def naive_datetime_from_iso_days(iso_days: Any) -> Any:
    """Return the date and time of days and a fraction of a day.

        iex> Calendar.ISO.naive_datetime_from_iso_days({1, {1, 2}})
        {0, 1, 2, 12, 0, 0, {0, 6}}
    """
    days, fraction = iso_days
    return (*date_from_iso_days(days), *time_from_day_fraction(fraction))


@module.function
def naive_datetime_to_string(
    year: Any, month: Any, day: Any, hour: Any, minute: Any, second: Any, microsecond: Any, format: Any = EXTENDED
) -> Any:
    """Return the text of a date and time.

        iex> Calendar.ISO.naive_datetime_to_string(2015, 2, 28, 1, 2, 3, {0, 0})
        "2015-02-28 01:02:03"
    """
    return f"{date_to_string(year, month, day, format)} {time_to_string(hour, minute, second, microsecond, format)}"


@module.function
def datetime_to_string(
    year: Any,
    month: Any,
    day: Any,
    hour: Any,
    minute: Any,
    second: Any,
    microsecond: Any,
    time_zone: Any,
    zone_abbr: Any,
    utc_offset: Any,
    std_offset: Any,
    format: Any = EXTENDED,
) -> Any:
    """Return the text of a date and time with its zone.

        iex> Calendar.ISO.datetime_to_string(2017, 8, 1, 1, 2, 3, {0, 0}, "Etc/UTC", "UTC", 0, 0)
        "2017-08-01 01:02:03Z"
    """
    text = naive_datetime_to_string(year, month, day, hour, minute, second, microsecond, format)
    text += writing.offset_text(utc_offset + std_offset, time_zone, format)
    return text if time_zone == "Etc/UTC" else f"{text} {zone_abbr} {time_zone}"


@module.function(doc=False)
def offset_to_string(utc_offset: Any, std_offset: Any, zone: Any, format: Any) -> Any:
    """Return the text of an offset from UTC.

        iex> Calendar.ISO.offset_to_string(3600, 0, "CET")
        ** (UndefinedFunctionError) function Calendar.ISO.offset_to_string/3 is undefined or private. Did you mean:

              * offset_to_string/4

        iex> Calendar.ISO.offset_to_string(0, 0, "Etc/UTC")
        ** (UndefinedFunctionError) function Calendar.ISO.offset_to_string/3 is undefined or private. Did you mean:

              * offset_to_string/4

    """
    return writing.offset_text(utc_offset + std_offset, zone, format)


# Instants


@module.function(doc=False)
def add_day_fraction_to_iso_days(iso_days: Any, add: Any, ppd: Any) -> Any:
    """Add a fraction of a day.

        iex> Calendar.ISO.add_day_fraction_to_iso_days({0, {0, 86_400_000_000}}, 1, 24)
        {0, {3600000000, 86400000000}}
    """
    days, (parts, own) = iso_days
    common = lcm(own, ppd)
    parts, own = parts * (common // own) + add * (common // ppd), common
    more, parts = divmod(parts, own)
    return days + more, (parts, own)


@module.function
def iso_days_to_unit(iso_days: Any, unit: Any) -> Any:
    """Return days and a fraction of a day in a unit of time.

        iex> Calendar.ISO.iso_days_to_unit({1, {1, 2}}, :second)
        129600
    """
    return gregorian.microseconds_of(iso_days) * gregorian.per_second(unit) // 1_000_000


def _iso_days(name: str, iso_days: Any) -> tuple[Any, Any]:
    if type(iso_days) is not tuple or len(iso_days) != 2:
        raise function_clause(ISO, name, (iso_days,))
    return iso_days


@module.function
def iso_days_to_beginning_of_day(iso_days: Any) -> Any:
    """Return the first moment of a day.

        iex> Calendar.ISO.iso_days_to_beginning_of_day({1, {1, 2}})
        {1, {0, 86400000000}}
    """
    days, _fraction = _iso_days("iso_days_to_beginning_of_day", iso_days)
    return days, (0, PARTS)


@module.function
def iso_days_to_end_of_day(iso_days: Any) -> Any:
    """Return the last moment of a day.

        iex> Calendar.ISO.iso_days_to_end_of_day({1, {1, 2}})
        {1, {86399999999, 86400000000}}
    """
    days, _fraction = _iso_days("iso_days_to_end_of_day", iso_days)
    return days, (PARTS - 1, PARTS)


@module.function(doc=False)
def gregorian_seconds_to_iso_days(seconds: Any, microsecond: Any) -> Any:
    """Return days and fraction of a day of the seconds since 0000-01-01.

        iex> Calendar.ISO.gregorian_seconds_to_iso_days(86_400, 0)
        {1, {0, 86400000000}}
    """
    if type(seconds) is not int:
        raise erlang_error("badarith", "erlang", "div", (seconds, gregorian.DAY))
    return gregorian.iso_days_of(seconds * 1_000_000 + microsecond)


@module.function(doc=False)
def from_unix(integer: Any, unit: Any) -> Any:
    """Return date, time and microsecond of a moment since 1970.

        iex> Calendar.ISO.from_unix(86_399, :second)
        {:ok, {1970, 1, 1}, {23, 59, 59}, {0, 0}}
    """
    if type(integer) is not int:
        raise function_clause(ISO, "from_unix", (integer, unit))
    per = gregorian.per_second(unit)
    total = integer * 1_000_000 // per + gregorian.EPOCH * 1_000_000
    if not _FIRST <= total <= _LAST:
        return ERROR, atom("invalid_unix_time")
    days, parts = divmod(total, PARTS)
    *time, microsecond = gregorian.clock(parts)
    precision = _POWERS.get(per, 6) if type(unit) is int else gregorian.precision_of(unit)
    return OK, gregorian.date_of(days), tuple(time), (microsecond, precision)


_POWERS: Final = {10**power: power for power in range(6)}
"""Parts of a second that are so many decimal digits."""


_FIRST: Final = gregorian.days_of(-9999, 1, 1) * PARTS
_LAST: Final = (gregorian.days_of(9999, 12, 31) + 1) * PARTS - 1


# Texts


def _answer(found: Any) -> Any:
    return (ERROR, atom(found)) if isinstance(found, str) else (OK, found)


def _text(value: Any) -> str:
    """Return the text to read; a binary that is no text cannot be a date."""
    return value if type(value) is str else ""


@module.function
def parse_date(string: Any, format: Any = EXTENDED) -> Any:
    """Read a date.

        iex> Calendar.ISO.parse_date("2015-01-23")
        {:ok, {2015, 1, 23}}
    """
    _read("parse_date", string, format)
    return _answer(reading.read_date(_text(string), format.name))


@module.function
def parse_time(string: Any, format: Any = EXTENDED) -> Any:
    """Read a time of day.

        iex> Calendar.ISO.parse_time("23:50:07.5")
        {:ok, {23, 50, 7, {500000, 1}}}
    """
    _read("parse_time", string, format)
    return _answer(reading.read_time(_text(string), format.name))


@module.function
def parse_naive_datetime(string: Any, format: Any = EXTENDED) -> Any:
    """Read a date and time; an offset is left out.

        iex> Calendar.ISO.parse_naive_datetime("2015-01-23 23:50:07")
        {:ok, {2015, 1, 23, 23, 50, 7, {0, 0}}}
    """
    _read("parse_naive_datetime", string, format)
    found = reading.read_both(_text(string), format.name)
    return _answer(found if isinstance(found, str) else found[0])


@module.function
def parse_utc_datetime(string: Any, format: Any = EXTENDED) -> Any:
    """Read a date and time with an offset, and return it in UTC with the offset.

        iex> Calendar.ISO.parse_utc_datetime("2015-01-23 23:50:07+01:00")
        {:ok, {2015, 1, 23, 22, 50, 7, {0, 0}}, 3600}
    """
    _read("parse_utc_datetime", string, format)
    found = reading.read_utc(_text(string), format.name)
    return _answer(found) if isinstance(found, str) else (OK, *found)


@module.function
def parse_duration(string: Any) -> Any:
    """Read a duration.

        iex> Calendar.ISO.parse_duration("P1Y2M")
        {:ok, [month: 2, year: 1]}
    """
    found = reading.read_duration(_text(string))
    if isinstance(found, str):
        return ERROR, atom(found)
    return OK, from_iterable([(atom(name), value) for name, value in found])


# Moving


def _part(duration: Any, unit: str) -> Any:
    return duration.get(atom(unit), ()) if type(duration) is Map else ()


def _lacks(duration: Any, *units: str) -> bool:
    """Tell whether a value is a duration of none of the units."""
    return all(_part(duration, unit) == 0 for unit in units)


@module.function
def shift_date(year: Any, month: Any, day: Any, duration: Any) -> Any:
    """Move a date by a duration.

        iex> Calendar.ISO.shift_date(2024, 1, 31, Duration.new!(month: 1))
        {2024, 2, 29}
    """
    if not _lacks(duration, "hour", "minute", "second") or _part(duration, "microsecond")[:1] != (0,):
        raise argument_error("cannot shift date by time scale unit. Expected :year, :month, :week, :day")
    return shifting.shift_date((year, month, day), duration)


@module.function
def shift_naive_datetime(
    year: Any, month: Any, day: Any, hour: Any, minute: Any, second: Any, microsecond: Any, duration: Any
) -> Any:
    """Move a date and time by a duration.

        iex> Calendar.ISO.shift_naive_datetime(2024, 1, 31, 1, 0, 0, {0, 0}, Duration.new!(hour: 24))
        {2024, 2, 1, 1, 0, 0, {0, 0}}
    """
    if type(duration) is not Map:
        raise function_clause(ISO, "shift_datetime_options", (duration,))
    return shifting.shift_naive((year, month, day, hour, minute, second, microsecond), duration)


@module.function
def shift_time(hour: Any, minute: Any, second: Any, microsecond: Any, duration: Any) -> Any:
    """Move a time of day by a duration, round the clock.

        iex> Calendar.ISO.shift_time(23, 0, 0, {0, 0}, Duration.new!(hour: 2))
        {1, 0, 0, {0, 0}}
    """
    if not _lacks(duration, "year", "month", "week", "day"):
        raise argument_error("cannot shift time by date scale unit. Expected :hour, :minute, :second, :microsecond")
    return shifting.move_time(hour, minute, second, microsecond, *shifting.time_part(duration, microsecond[1]))


@module.function(doc=False)
def shift_days(date: Any, days: Any) -> Any:
    """Move a date by days.

        iex> Calendar.ISO.shift_days({2024, 2, 28}, 2)
        {2024, 3, 1}
    """
    if type(days) is not int:
        raise erlang_error("badarith", "erlang", "div", (gregorian.days_of(*date) + days, 365))
    return shifting.shift_days(date, days)


@module.function(doc=False)
def shift_time_unit(fields: Any, value: Any, unit: Any) -> Any:
    """Move a time, or a date and time, by so many of a unit.

        iex> Calendar.ISO.shift_time_unit({10, 59, 59, {0, 0}}, 2, :second)
        {11, 0, 1, {0, 0}}
    """
    units = {atom("second"): 1_000_000, atom("millisecond"): 1_000, atom("microsecond"): 1}
    if type(fields) is not tuple or len(fields) not in (4, 7) or unit not in units:
        raise function_clause(ISO, "shift_time_unit", (fields, value, unit))
    amount, precision = value if type(value) is tuple else (value, fields[-1][1])
    microseconds = amount * units[unit]
    if len(fields) == 4:
        return shifting.move_clock(fields, microseconds, precision)
    return shifting.move_naive(fields, microseconds, precision)
