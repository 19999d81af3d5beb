""":calendar: dates and times as tuples, in the Gregorian calendar since the year 0."""

from __future__ import annotations

import calendar
import datetime as dt
import time
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs import records
from pyex.stdlib.erlang.bifs.system import convert_time_unit
from pyex.terms import ops
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import EMPTY, charlist, from_pylist, to_pylist

module = NativeModule(":calendar", doc="Dates and times as tuples.")
CALENDAR: Final = atom("calendar")
DAYS_TO_EPOCH: Final = 719528
SECONDS_PER_DAY: Final = 86400
SECONDS_TO_EPOCH: Final = DAYS_TO_EPOCH * 86400
SECOND: Final = atom("second")
_DAYS_OF_400_YEARS: Final = 146_097

Date = tuple[int, int, int]


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _last(year: int, month: int) -> int:
    return 29 if month == 2 and _leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _is_date(year: Any, month: Any, day: Any) -> bool:
    whole = all(type(part) is int for part in (year, month, day))
    return whole and year >= 0 and 1 <= month <= 12 and 1 <= day <= _last(year, month)


def _days(year: int, month: int, day: int) -> int:
    """Return the days since the first of January of the year 0."""
    before = year * 365 + (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400
    return before + sum(_last(year, number) for number in range(1, month)) + day - 1


def _date(days: Any) -> Date:
    ops.div(days, 365)  # refuses what is no integer
    if days < 0:
        raise function_clause(CALENDAR, "day_to_year", (days,))
    cycles, days = divmod(days, _DAYS_OF_400_YEARS)
    year = min(days // 365, 399)
    while _days(year, 1, 1) > days:
        year -= 1
    days -= _days(year, 1, 1)
    month = 1
    while days >= _last(year, month):
        days -= _last(year, month)
        month += 1
    return cycles * 400 + year, month, days + 1


@module.function("date_to_gregorian_days", arity=3)
def date_to_gregorian_days(year: Any, month: Any, day: Any) -> Any:
    """Return the days since the first day of the year 0.

    iex> :calendar.date_to_gregorian_days(1970, 1, 1)
    719528
    """
    if type(day) is not int or day < 1:
        raise function_clause(CALENDAR, "date_to_gregorian_days", (year, month, day))
    if day > last_day_of_the_month(year, month):
        raise ElixirError(atom("if_clause"))
    return _days(year, month, day)


@module.function("date_to_gregorian_days", arity=1)
def date_tuple_to_gregorian_days(date: Any) -> Any:
    """Return the days since the first day of the year 0."""
    return date_to_gregorian_days(*_three("date_to_gregorian_days", date))


def _three(name: str, date: Any) -> tuple[Any, ...]:
    if type(date) is not tuple or len(date) != 3:
        raise function_clause(CALENDAR, name, (date,))
    return date


@module.function
def gregorian_days_to_date(days: Any) -> Any:
    """Return the date so many days after the first day of the year 0.

    iex> :calendar.gregorian_days_to_date(719528)
    {1970, 1, 1}
    """
    return _date(days)


@module.function
def datetime_to_gregorian_seconds(datetime: Any) -> Any:
    """Return the seconds since the beginning of the year 0.

    iex> :calendar.datetime_to_gregorian_seconds({{1970, 1, 1}, {0, 0, 0}})
    62167219200
    """
    if type(datetime) is not tuple or len(datetime) != 2:
        raise function_clause(CALENDAR, "datetime_to_gregorian_seconds", (datetime,))
    return date_tuple_to_gregorian_days(datetime[0]) * 86400 + time_to_seconds(datetime[1])


@module.function
def gregorian_seconds_to_datetime(seconds: Any) -> Any:
    """Return the date and time so many seconds after the beginning of the year 0.

    iex> :calendar.gregorian_seconds_to_datetime(62167219200)
    {{1970, 1, 1}, {0, 0, 0}}
    """
    if type(seconds) in (int, float) and seconds < 0:
        raise function_clause(CALENDAR, "gregorian_seconds_to_datetime", (seconds,))
    days, clock = seconds_to_daystime(seconds)
    return _date(days), clock


@module.function
def time_to_seconds(time: Any) -> Any:
    """Return the seconds since midnight.

    iex> :calendar.time_to_seconds({1, 0, 1})
    3601
    """
    if type(time) is not tuple or len(time) != 3 or any(type(part) is not int for part in time):
        raise function_clause(CALENDAR, "time_to_seconds", (time,))
    return time[0] * 3600 + time[1] * 60 + time[2]


@module.function
def seconds_to_time(seconds: Any) -> Any:
    """Return the time so many seconds after midnight.

    iex> :calendar.seconds_to_time(3601)
    {1, 0, 1}
    """
    if type(seconds) is not int or not 0 <= seconds < 86400:
        raise function_clause(CALENDAR, "seconds_to_time", (seconds,))
    return seconds // 3600, seconds // 60 % 60, seconds % 60


@module.function
def seconds_to_daystime(seconds: Any) -> Any:
    """Return days and the time of a number of seconds.

        iex> :calendar.seconds_to_daystime(90_061)
        {1, {1, 1, 1}}
    """
    ops.div(seconds, SECONDS_PER_DAY)  # refuses what is no integer
    days, rest = divmod(seconds, SECONDS_PER_DAY)
    return days, seconds_to_time(rest)


@module.function("day_of_the_week", arity=(1, 3))
def day_of_the_week(year: Any, month: Any = None, day: Any = None) -> Any:
    """Return the day of the week of a date: 1 is Monday, 7 Sunday.

    iex> :calendar.day_of_the_week({2024, 2, 29})
    4
    """
    if month is None:
        year, month, day = _three("day_of_the_week", year)
    days = date_to_gregorian_days(year, month, day)
    return (days + 5) % 7 + 1


@module.function
def is_leap_year(year: Any) -> Any:
    """Tell whether a year has 366 days.

    iex> :calendar.is_leap_year(2000)
    true
    """
    if type(year) is not int or year < 0:
        raise function_clause(CALENDAR, "is_leap_year", (year,))
    return _leap(year)


@module.function
def last_day_of_the_month(year: Any, month: Any) -> Any:
    """Return the number of days of a month.

    iex> :calendar.last_day_of_the_month(2024, 2)
    29
    """
    if type(year) is not int or year < 0:
        raise function_clause(CALENDAR, "last_day_of_the_month", (year, month))
    if type(month) is not int or not 1 <= month <= 12:
        raise function_clause(CALENDAR, "last_day_of_the_month1", (year, month))
    return _last(year, month)


@module.function("valid_date", arity=(1, 3))
def valid_date(year: Any, month: Any = None, day: Any = None) -> Any:
    """Tell whether there is such a date.

    iex> :calendar.valid_date({2023, 2, 29})
    false
    """
    parts = _three("valid_date", year) if month is None else (year, month, day)
    if not all(type(part) is int for part in parts):
        raise function_clause(CALENDAR, "valid_date", parts)
    return _is_date(*parts)


@module.function
def iso_week_number(date: Any = None) -> Any:
    """Return the year and the week of a date, of today if none is given.

    iex> :calendar.iso_week_number({2021, 1, 3})
    {2020, 53}
    """
    year, month, day = local_time()[0] if date is None else _three("iso_week_number", date)
    last_day_of_the_month(year, month)
    days = date_to_gregorian_days(year, month, day)
    thursday = days - (days + 5) % 7 + 3
    if thursday < 0:
        last_day_of_the_month(year - 1, 1)  # a week of the year before the first one, which is none
    year = _date(thursday)[0]
    return year, (thursday - _days(year, 1, 1)) // 7 + 1


def _tuples(moment: time.struct_time) -> Any:
    return (moment.tm_year, moment.tm_mon, moment.tm_mday), (moment.tm_hour, moment.tm_min, moment.tm_sec)


@module.function
def local_time() -> Any:
    """Return the date and time of here and now.

    iex> {{_, _, _}, {_, _, _}} = :calendar.local_time()
    iex> true
    true
    """
    return _tuples(time.localtime())


@module.function
def universal_time() -> Any:
    """Return the date and time of now in UTC.

        iex> {{_, month, _}, _} = :calendar.universal_time()
        iex> month in 1..12
        true
    """
    return _tuples(time.gmtime())


@module.function
def universal_time_to_local_time(datetime: Any) -> Any:
    """Return the local time of a time in UTC.

        iex> is_tuple(:calendar.universal_time_to_local_time({{2024, 5, 1}, {12, 0, 0}}))
        true
    """
    return records.universaltime_to_localtime(datetime)


_UNDEFINED: Final = atom("undefined")


@module.function
def local_time_to_universal_time(datetime: Any, is_dst: Any = _UNDEFINED) -> Any:
    """Return the time in UTC of a local time.

        iex> is_tuple(:calendar.local_time_to_universal_time({{2024, 5, 1}, {12, 0, 0}}))
        true
    """
    return records.localtime_to_universaltime(datetime, is_dst)


@module.function
def local_time_to_universal_time_dst(datetime: Any) -> Any:
    """Return the times in UTC that a local time may be.

        iex> length(:calendar.local_time_to_universal_time_dst({{2024, 1, 1}, {12, 0, 0}}))
        1
    """
    return from_pylist([local_time_to_universal_time(datetime)])


@module.function
def time_difference(t1: Any, t2: Any) -> Any:
    """Return the days and the time from one time to another.

        iex> :calendar.time_difference({{2024, 5, 1}, {12, 0, 0}}, {{2024, 5, 2}, {13, 0, 1}})
        {1, {1, 0, 1}}
    """
    for moment in (t1, t2):
        if type(moment) is not tuple or len(moment) != 2 or any(type(part) is not tuple or len(part) != 3 for part in moment):
            raise function_clause(CALENDAR, "time_difference", (t1, t2))
    return seconds_to_daystime(datetime_to_gregorian_seconds(t2) - datetime_to_gregorian_seconds(t1))


def _moment(value: Any, unit: Any) -> int:
    return convert_time_unit(value, unit, SECOND)


@module.function
def system_time_to_universal_time(value: Any, unit: Any) -> Any:
    """Return the date and time in UTC of a system time in a unit.

    iex> :calendar.system_time_to_universal_time(0, :second)
    {{1970, 1, 1}, {0, 0, 0}}
    """
    return gregorian_seconds_to_datetime(_moment(value, unit) + SECONDS_TO_EPOCH)


@module.function
def system_time_to_local_time(value: Any, unit: Any) -> Any:
    """Return the local date and time of a system time in a unit.

        iex> is_tuple(:calendar.system_time_to_local_time(0, :second))
        true
    """
    return _tuples(time.localtime(_moment(value, unit)))


@module.function
def system_time_to_rfc3339(value: Any, options: Any = EMPTY) -> Any:
    """Return the text of a system time as RFC 3339 has it; options `unit`, `offset`, `time_designator`.

    iex> :calendar.system_time_to_rfc3339(0, offset: ~c"Z") |> List.to_string()
    "1970-01-01T00:00:00Z"
    """
    given = {key.name: item for key, item in to_pylist(options)}
    convert_time_unit(value, given.get("unit", SECOND), SECOND)  # refuses what is no number, and no unit
    unit = convert_time_unit(1, SECOND, given.get("unit", SECOND))
    seconds, fraction = divmod(value, unit)
    offset = given.get("offset", EMPTY)
    text = "".join(map(chr, to_pylist(offset))) if not isinstance(offset, int) else _offset(offset // unit)
    shift = 0 if text in ("Z", "z") else _shift(text) if text else calendar.timegm(time.localtime(seconds)) - seconds
    moment = time.gmtime(seconds + shift)
    digits = len(str(unit)) - 1
    made = time.strftime("%Y-%m-%d", moment) + chr(given.get("time_designator", 84)) + time.strftime("%H:%M:%S", moment)
    made += f".{fraction:0{digits}d}" if digits else ""
    return charlist(made + (text or _offset(shift)))


def _offset(seconds: int) -> str:
    sign, minutes = ("-" if seconds < 0 else "+"), abs(seconds) // 60
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _shift(text: str) -> int:
    seconds = int(text[1:3]) * 3600 + int(text[4:6]) * 60
    return -seconds if text[0] == "-" else seconds


@module.function
def rfc3339_to_system_time(text: Any, options: Any = EMPTY) -> Any:
    """Return the system time of a text of RFC 3339, in seconds or the option's unit.

    iex> :calendar.rfc3339_to_system_time(~c"1970-01-01T00:00:01Z")
    1
    """
    given = {key.name: item for key, item in to_pylist(options)}
    unit = convert_time_unit(1, SECOND, given.get("unit", SECOND))
    try:
        moment = dt.datetime.fromisoformat("".join(map(chr, to_pylist(text))).upper())
    except (TypeError, ValueError):
        moment = dt.datetime(1970, 1, 1)
    if moment.tzinfo is None:
        raise ElixirError((atom("badmatch"), text))
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    passed = moment - epoch
    return (passed.days * 86400 + passed.seconds) * unit + passed.microseconds * unit // 10**6


@module.function
def now_to_datetime(now: Any) -> Any:
    """Return the date and time in UTC of `{megaseconds, seconds, microseconds}`.

        iex> :calendar.now_to_datetime({1714, 564_800, 0})
        {{2024, 5, 1}, {12, 0, 0}}
    """
    return gregorian_seconds_to_datetime(_seconds("now_to_datetime", now) + SECONDS_TO_EPOCH)


def _seconds(name: str, now: Any) -> Any:
    if type(now) is not tuple or len(now) != 3:
        raise function_clause(CALENDAR, name, (now,))
    return ops.add(ops.multiply(now[0], 1_000_000), now[1])


module.function("now_to_universal_time")(now_to_datetime)


@module.function
def now_to_local_time(now: Any) -> Any:
    """Return the local date and time of `{megaseconds, seconds, microseconds}`.

        iex> is_tuple(:calendar.now_to_local_time({0, 86_400, 0}))
        true
    """
    return _tuples(time.localtime(_seconds("now_to_local_time", now)))
