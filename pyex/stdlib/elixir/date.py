"""Date: days of a calendar, `~D[2024-01-31]`."""

from __future__ import annotations

import builtins
import datetime as dt
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base, writing
from pyex.stdlib.elixir.calendar.base import DATE, ERROR, EXTENDED, OK
from pyex.stdlib.elixir.calendar.duration_units import date_duration
from pyex.stdlib.elixir.calendar.gregorian import ISO
from pyex.stdlib.elixir.io_warnings import warn_of_call
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import argument_error, erlang_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map, struct

module = NativeModule("Date", doc="Dates without a time of day.")
module.struct(
    {"year": None, "month": None, "day": None, "calendar": ISO}, enforce=("year", "month", "day")
)

MODULE: Final = alias("Date")
DEFAULT: Final = atom("default")


def _make(values: Any, calendar: Any) -> Map:
    return base.make("Date", DATE, values, calendar)


def _fields(date: Any, function: str, *args: Any) -> Any:
    return base.fields(date, DATE, MODULE, function, *(args or (date,)))


@module.function
def new(year: Any, month: Any, day: Any, calendar: Any = ISO) -> Any:
    """Return `{:ok, date}`, or `{:error, :invalid_date}`.

        iex> Date.new(2023, 2, 29)
        {:error, :invalid_date}
    """
    if base.of(calendar, "valid_date?", year, month, day):
        return OK, _make((year, month, day), calendar)
    return ERROR, atom("invalid_date")


@module.function("new!")
def new_bang(year: Any, month: Any, day: Any, calendar: Any = ISO) -> Any:
    """Return a date; raises ArgumentError when there is no such one.

        iex> Date.new!(2024, 2, 29)
        ~D[2024-02-29]
    """
    return base.bang(new(year, month, day, calendar), lambda reason: f"cannot build date, reason: {reason}")


@module.function
def utc_today(calendar: Any = ISO) -> Any:
    """Return the day that it is in UTC.

        iex> Date.utc_today().calendar
        Calendar.ISO
    """
    base.compatible(ISO, calendar)
    today = dt.datetime.now(dt.UTC)
    return convert_bang(_make((today.year, today.month, today.day), ISO), calendar)


@module.function
def range(first: Any, last: Any) -> Any:
    """Return the range of the days from one date to another.

        iex> Enum.count(Date.range(~D[2024-01-01], ~D[2024-01-31]))
        31
    """
    bounds = _bounds(first, last, (first, last))
    if bounds[0] <= bounds[1]:
        return _range(first, last, *bounds, 1)
    wish = "a negative range was inferred for Date.range/2, call Date.range/3 instead with -1 as third argument"
    warn_of_call(wish, MODULE, atom("range"), 2)
    return _range(first, last, *bounds, -1)


@module.function("range", arity=3)
def range_step(first: Any, last: Any, step: Any) -> Any:
    """Return the range of every so many days.

        iex> Enum.to_list(Date.range(~D[2024-01-01], ~D[2024-01-04], 2))
        [~D[2024-01-01], ~D[2024-01-03]]
    """
    bounds = _bounds(first, last, (first, last, step))
    if type(step) is not int or step == 0:
        raise argument_error(
            "both dates must have matching calendar and the step must be a non-zero integer, "
            f"got: {inspect(first)}, {inspect(last)}, {inspect(step)}"
        )
    return _range(first, last, *bounds, step)


def _bounds(first: Any, last: Any, args: tuple[Any, ...]) -> tuple[int, int]:
    left, right = _fields(first, "range", *args), _fields(last, "range", *args)
    if left[-1] is not right[-1]:
        raise argument_error("both dates must have matching calendars")
    return base.start_of_day(left), base.start_of_day(right)


def _range(first: Any, last: Any, low: int, high: int, step: int) -> Map:
    first, last = (date if date.struct is MODULE else _make(_fields(date, "range")[:3], date[base.CALENDAR]) for date in (first, last))
    bounds = {"first": first, "last": last, "first_in_iso_days": low, "last_in_iso_days": high, "step": step}
    return struct(alias("Date.Range"), bounds)


@module.function("leap_year?")
def leap_year(date: Any) -> Any:
    """Tell whether the year of a date is a leap year.

        iex> Date.leap_year?(~D[2000-01-01])
        true
    """
    values = _fields(date, "leap_year?")
    return base.of(values[-1], "leap_year?", values[0])


@module.function
def days_in_month(date: Any) -> Any:
    """Return the number of days of the month of a date.

        iex> Date.days_in_month(~D[2023-02-01])
        28
    """
    values = _fields(date, "days_in_month")
    return base.of(values[-1], "days_in_month", *values[:2])


@module.function
def months_in_year(date: Any) -> Any:
    """Return the number of months of the year of a date.

        iex> Date.months_in_year(~D[2023-02-01])
        12
    """
    values = _fields(date, "months_in_year")
    return base.of(values[-1], "months_in_year", values[0])


@module.function
def to_string(date: Any) -> Any:
    """Return the text of a date.

        iex> Date.to_string(~D[2024-02-28])
        "2024-02-28"
    """
    values = _fields(date, "to_string")
    return base.of(values[-1], "date_to_string", *values[:3])


@module.function
def from_iso8601(string: Any, calendar: Any = ISO) -> Any:
    """Read a date as ISO 8601 writes it.

        iex> Date.from_iso8601("2024-02-28")
        {:ok, ~D[2024-02-28]}
    """
    found = base.of(ISO, "parse_date", string)
    return found if found[0] is ERROR else convert(_make(found[1], ISO), calendar)


@module.function("from_iso8601!")
def from_iso8601_bang(string: Any, calendar: Any = ISO) -> Any:
    """Read a date; raises ArgumentError.

        iex> Date.from_iso8601!("2024-02-28")
        ~D[2024-02-28]
    """
    return base.bang(
        from_iso8601(string, calendar), lambda reason: f"cannot parse {inspect(string)} as date, reason: {reason}"
    )


@module.function
def to_iso8601(date: Any, format: Any = EXTENDED) -> Any:
    """Return a date as ISO 8601 writes it.

        iex> Date.to_iso8601(~D[2024-02-28], :basic)
        "20240228"
    """
    if format not in (EXTENDED, writing.BASIC):
        raise function_clause(MODULE, "to_iso8601", (date, format))
    base.matched(date, DATE, MODULE, "to_iso8601", date, format)
    iso = convert_bang(date, ISO)
    return writing.date_of(base.fields(iso, DATE, MODULE, "to_iso8601"), format)


@module.function
def to_erl(date: Any) -> Any:
    """Return `{year, month, day}`.

        iex> Date.to_erl(~D[2024-02-28])
        {2024, 2, 28}
    """
    return _fields(convert_bang(date, ISO), "to_erl")[:3]


@module.function
def from_erl(tuple: Any, calendar: Any = ISO) -> Any:
    """Return `{:ok, date}` of `{year, month, day}`.

        iex> Date.from_erl({2024, 2, 28})
        {:ok, ~D[2024-02-28]}
    """
    if not isinstance(tuple, builtins.tuple) or len(tuple) != 3:
        raise function_clause(MODULE, "from_erl", (tuple, calendar))
    found = new(*tuple)
    return found if found[0] is ERROR else convert(found[1], calendar)


@module.function("from_erl!")
def from_erl_bang(tuple: Any, calendar: Any = ISO) -> Any:
    """Return the date of `{year, month, day}`; raises ArgumentError.

        iex> Date.from_erl!({2024, 2, 28})
        ~D[2024-02-28]
    """
    return base.bang(
        from_erl(tuple, calendar), lambda reason: f"cannot convert {inspect(tuple)} to date, reason: {reason}"
    )


@module.function
def from_gregorian_days(days: Any, calendar: Any = ISO) -> Any:
    """Return the date that lies so many days after 0000-01-01.

        iex> Date.from_gregorian_days(1)
        ~D[0000-01-02]
    """
    if type(days) is not int:
        raise function_clause(MODULE, "from_gregorian_days", (days, calendar))
    return _of_days(days, calendar)


def _of_days(days: int, calendar: Any) -> Map:
    return _make(base.of(calendar, "naive_datetime_from_iso_days", (days, (0, 86_400_000_000)))[:3], calendar)


@module.function
def to_gregorian_days(date: Any) -> Any:
    """Return the days from 0000-01-01 to a date.

        iex> Date.to_gregorian_days(~D[0000-01-02])
        1
    """
    return base.start_of_day(_fields(date, "to_iso_days"))


@module.function(doc=False)
def to_iso_days(date: Any) -> Any:
    """Return the days and the fraction of a day at the beginning of a date.

        iex> Date.to_iso_days(~D[0000-01-02])
        {1, {0, 86400000000}}
    """
    values = _fields(date, "to_iso_days")
    return base.of(values[-1], "naive_datetime_to_iso_days", *values[:3], 0, 0, 0, (0, 0))


@module.function
def compare(date1: Any, date2: Any) -> Any:
    """Return `:lt`, `:eq` or `:gt`.

        iex> Date.compare(~D[2024-02-28], ~D[2024-01-01])
        :gt
    """
    left, right = _pair("compare", date1, date2)
    if left[-1] is right[-1]:
        return base.comparison(left[:3], right[:3])
    if not base.compatible(left[-1], right[-1]):
        raise argument_error(
            f"cannot compare {inspect(date1)} with {inspect(date2)}.\n\nThis comparison would be ambiguous "
            "as their calendars have incompatible day rollover moments.\nSpecify an exact time of day "
            "(using DateTime) to resolve this ambiguity\n"
        )
    return base.comparison(base.start_of_day(left), base.start_of_day(right))


def _pair(function: str, date1: Any, date2: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return _fields(date1, function, date1, date2), _fields(date2, function, date1, date2)


@module.function("before?")
def before(date1: Any, date2: Any) -> Any:
    """Tell whether a date lies before another.

        iex> Date.before?(~D[2024-01-01], ~D[2024-02-28])
        true
    """
    return compare(date1, date2) is atom("lt")


@module.function("after?")
def after(date1: Any, date2: Any) -> Any:
    """Tell whether a date lies after another.

        iex> Date.after?(~D[2024-01-01], ~D[2024-02-28])
        false
    """
    return compare(date1, date2) is atom("gt")


@module.function
def convert(date: Any, calendar: Any) -> Any:
    """Return `{:ok, date}` in another calendar.

        iex> Date.convert(~D[2024-02-28], Calendar.ISO)
        {:ok, ~D[2024-02-28]}
    """
    values = _fields(date, "convert", date, calendar)
    if values[-1] is calendar:
        return OK, _make(values[:3], calendar)
    if not base.compatible(values[-1], calendar):
        return ERROR, atom("incompatible_calendars")
    return OK, _of_days(base.start_of_day(values), calendar)


@module.function("convert!")
def convert_bang(date: Any, calendar: Any) -> Any:
    """Return a date in another calendar; raises ArgumentError.

        iex> Date.convert!(~N[2024-02-28 10:00:00], Calendar.ISO)
        ~D[2024-02-28]
    """
    return base.bang(
        convert(date, calendar),
        lambda reason: f"cannot convert {inspect(date)} to target calendar {inspect(calendar)}, reason: {reason}",
    )


@module.function
def add(date: Any, days: Any) -> Any:
    """Return the date so many days later.

        iex> Date.add(~D[2024-02-28], 2)
        ~D[2024-03-01]
    """
    values = _fields(date, "add", date, days)
    if type(days) is float:
        raise erlang_error("badarith", "erlang", "div", (base.start_of_day(values) + days, 365))
    if type(days) is not int:
        raise erlang_error("badarith", "erlang", "+", (base.start_of_day(values), days))
    if base.is_iso(values[-1]):
        return _make(base.of(ISO, "date_from_iso_days", base.start_of_day(values) + days), ISO)
    return _of_days(base.start_of_day(values) + days, values[-1])


@module.function
def diff(date1: Any, date2: Any) -> Any:
    """Return the days from the second date to the first.

        iex> Date.diff(~D[2024-12-25], ~D[2024-12-24])
        1
    """
    left, right = _pair("diff", date1, date2)
    if not base.compatible(left[-1], right[-1]):
        raise argument_error(
            f"cannot calculate the difference between {inspect(date1)} and {inspect(date2)} because their calendars "
            "are not compatible and thus the result would be ambiguous"
        )
    return base.start_of_day(left) - base.start_of_day(right)


@module.function
def shift(date: Any, duration: Any) -> Any:
    """Return a date moved by years, months, weeks and days.

        iex> Date.shift(~D[2024-01-31], month: 1)
        ~D[2024-02-29]
    """
    values = _fields(date, "shift", date, duration)
    return _make(base.of(values[-1], "shift_date", *values[:3], date_duration(duration)), values[-1])


@module.function("__duration__!", doc=False)
def duration_bang(params: Any) -> Any:
    """Return the duration by which a date is moved."""
    return date_duration(params)


@module.function
def day_of_week(date: Any, starting_on: Any = DEFAULT) -> Any:
    """Return the day of the week: 1 is Monday, or the day that the second argument names.

        iex> Date.day_of_week(~D[2024-02-28], :sunday)
        4
    """
    values = _fields(date, "day_of_week", date, starting_on)
    return base.of(values[-1], "day_of_week", *values[:3], starting_on)[0]


@module.function
def day_of_year(date: Any) -> Any:
    """Return the number of a day within its year.

        iex> Date.day_of_year(~D[2024-02-28])
        59
    """
    values = _fields(date, "day_of_year")
    return base.of(values[-1], "day_of_year", *values[:3])


@module.function
def day_of_era(date: Any) -> Any:
    """Return the number of a day within its era, and the era.

        iex> Date.day_of_era(~D[0001-01-01])
        {1, 1}
    """
    values = _fields(date, "day_of_era")
    return base.of(values[-1], "day_of_era", *values[:3])


@module.function
def quarter_of_year(date: Any) -> Any:
    """Return the quarter of a date.

        iex> Date.quarter_of_year(~D[2024-11-28])
        4
    """
    values = _fields(date, "quarter_of_year")
    return base.of(values[-1], "quarter_of_year", *values[:3])


@module.function
def year_of_era(date: Any) -> Any:
    """Return the year of a date within its era, and the era.

        iex> Date.year_of_era(~D[0000-01-01])
        {1, 0}
    """
    values = _fields(date, "year_of_era")
    return base.of(values[-1], "year_of_era", *values[:3])


@module.function
def beginning_of_week(date: Any, starting_on: Any = DEFAULT) -> Any:
    """Return the first day of the week of a date.

        iex> Date.beginning_of_week(~D[2024-02-28])
        ~D[2024-02-26]
    """
    values = _fields(date, "beginning_of_week", date, starting_on)
    number, first, _ = base.of(values[-1], "day_of_week", *values[:3], starting_on)
    return _of_days(base.start_of_day(values) - (number - first), values[-1])


@module.function
def end_of_week(date: Any, starting_on: Any = DEFAULT) -> Any:
    """Return the last day of the week of a date.

        iex> Date.end_of_week(~D[2024-02-28])
        ~D[2024-03-03]
    """
    values = _fields(date, "end_of_week", date, starting_on)
    number, _, last = base.of(values[-1], "day_of_week", *values[:3], starting_on)
    return _of_days(base.start_of_day(values) + (last - number), values[-1])


@module.function
def beginning_of_month(date: Any) -> Any:
    """Return the first day of the month of a date.

        iex> Date.beginning_of_month(~D[2024-02-28])
        ~D[2024-02-01]
    """
    values = _fields(date, "beginning_of_month")
    return _make((*values[:2], 1), values[-1])


@module.function
def end_of_month(date: Any) -> Any:
    """Return the last day of the month of a date.

        iex> Date.end_of_month(~D[2024-02-28])
        ~D[2024-02-29]
    """
    values = _fields(date, "end_of_month")
    return _make((*values[:2], days_in_month(date)), values[-1])
