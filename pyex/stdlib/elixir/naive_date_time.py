"""NaiveDateTime: dates with a time of day and no time zone, `~N[2024-01-31 10:20:30]`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base, clocks, writing
from pyex.stdlib.elixir.calendar.base import DATE, ERROR, EXTENDED, NAIVE, OK, SECOND, TIME
from pyex.stdlib.elixir.calendar.duration_units import build
from pyex.stdlib.elixir.calendar.gregorian import ISO, iso_days_of, microseconds_of
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map

module = NativeModule("NaiveDateTime", doc="Dates with a time of day and no time zone.")
module.struct(
    {
        "year": None,
        "month": None,
        "day": None,
        "hour": None,
        "minute": None,
        "second": None,
        "microsecond": (0, 0),
        "calendar": ISO,
    },
    enforce=("year", "month", "day", "hour", "minute", "second"),
)

MODULE: Final = alias("NaiveDateTime")
NONE: Final = (0, 0)
_PARTS: Final = (alias("Date"), alias("Time"))


def _make(values: Any, calendar: Any) -> Map:
    return base.make("NaiveDateTime", NAIVE, values, calendar)


def _fields(naive: Any, function: str, *args: Any) -> Any:
    return base.fields(naive, NAIVE, MODULE, function, *(args or (naive,)))


def _of_moment(microseconds: int, precision: int, calendar: Any) -> Map:
    *values, (value, _) = base.of(calendar, "naive_datetime_from_iso_days", iso_days_of(microseconds))
    return _make((*values, (value, precision)), calendar)


@module.function
def utc_now(calendar_or_time_unit: Any = ISO) -> Any:
    """Return the date and time that it is in UTC, to the precision of a unit if one is given.

        iex> NaiveDateTime.utc_now(:second).microsecond
        {0, 0}
    """
    return _now(*clocks.unit_and_calendar(calendar_or_time_unit, MODULE))


def _now(precision: int, calendar: Any) -> Any:
    return convert_bang(_make(clocks.fields_of(clocks.now(), precision), ISO), calendar)


@module.function("utc_now", arity=2)
def utc_now_in(time_unit: Any, calendar: Any) -> Any:
    """Return the date and time in UTC, to the precision of a unit, in a calendar.

        iex> NaiveDateTime.utc_now(:second, Calendar.ISO).microsecond
        {0, 0}
    """
    return _now(*clocks.unit_and_calendar(time_unit, MODULE, calendar))


@module.function
def local_now(calendar: Any = ISO) -> Any:
    """Return the date and time as the clock of the machine shows it, to the second.

        iex> NaiveDateTime.local_now().microsecond
        {0, 0}
    """
    return convert_bang(_make(clocks.fields_of(clocks.local_now(), 0), ISO), calendar)


@module.function("new", arity=(6, 7, 8))
def new(
    year: Any,
    month: Any,
    day: Any,
    hour: Any,
    minute: Any,
    second: Any,
    microsecond: Any = NONE,
    calendar: Any = ISO,
) -> Any:
    """Return `{:ok, naive_datetime}`, or an error.

        iex> NaiveDateTime.new(2024, 1, 31, 24, 0, 0)
        {:error, :invalid_time}
    """
    exact = base.precise(microsecond)
    if not base.of(calendar, "valid_date?", year, month, day):
        return ERROR, atom("invalid_date")
    if not base.of(calendar, "valid_time?", hour, minute, second, exact):
        return ERROR, atom("invalid_time")
    return OK, _make((year, month, day, hour, minute, second, exact), calendar)


@module.function("new", arity=2)
def join(date: Any, time: Any) -> Any:
    """Return `{:ok, naive_datetime}` of a date and a time.

        iex> NaiveDateTime.new(~D[2024-01-31], ~T[10:20:30])
        {:ok, ~N[2024-01-31 10:20:30]}
    """
    days, clock = base.take(date, DATE), base.take(time, TIME)
    if days is None or clock is None or days[-1] is not clock[-1] or (date.struct, time.struct) != _PARTS:
        raise function_clause(MODULE, "new", (date, time))
    return OK, _make((*days[:3], *clock[:4]), days[-1])


def _built(found: Any) -> Any:
    return base.bang(found, lambda reason: f"cannot build naive datetime, reason: {reason}")


@module.function("new!", arity=2)
def join_bang(date: Any, time: Any) -> Any:
    """Return the date and time of a date and a time.

        iex> NaiveDateTime.new!(~D[2024-01-31], ~T[10:20:30])
        ~N[2024-01-31 10:20:30]
    """
    return _built(join(date, time))


@module.function("new!", arity=(6, 7, 8))
def new_bang(
    year: Any,
    month: Any,
    day: Any,
    hour: Any,
    minute: Any,
    second: Any,
    microsecond: Any = NONE,
    calendar: Any = ISO,
) -> Any:
    """Return a date and time; raises ArgumentError when there is no such one.

        iex> NaiveDateTime.new!(2024, 1, 31, 10, 20, 30)
        ~N[2024-01-31 10:20:30]
    """
    return _built(new(year, month, day, hour, minute, second, microsecond, calendar))


@module.function
def add(naive_datetime: Any, amount_to_add: Any, unit: Any = SECOND) -> Any:
    """Return the date and time so many of a unit later.

        iex> NaiveDateTime.add(~N[2024-01-31 10:20:30], 1, :day)
        ~N[2024-02-01 10:20:30]
    """
    values = base.take(naive_datetime, NAIVE)
    if values is None or type(amount_to_add) is not int:
        raise function_clause(MODULE, "add", (naive_datetime, amount_to_add, unit))
    microseconds, precision = base.amount_of(amount_to_add, unit, base.DAY_UNITS)
    return _of_moment(base.moment(values) + microseconds, max(values[6][1], precision), values[-1])


@module.function
def diff(naive_datetime1: Any, naive_datetime2: Any, unit: Any = SECOND) -> Any:
    """Return how much of a unit lies between the second and the first.

        iex> NaiveDateTime.diff(~N[2024-02-01 00:00:00], ~N[2024-01-31 00:00:00], :hour)
        24
    """
    left, right = _pair("diff", naive_datetime1, naive_datetime2, unit)
    if not base.compatible(left[-1], right[-1]):
        raise argument_error(
            f"cannot calculate the difference between {inspect(naive_datetime1)} and {inspect(naive_datetime2)} "
            "because their calendars are not compatible and thus the result would be ambiguous"
        )
    return base.difference(base.moment(left), base.moment(right), unit, base.DAY_UNITS)


def _pair(function: str, left: Any, right: Any, *more: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    args = (left, right, *more)
    return _fields(left, function, *args), _fields(right, function, *args)


@module.function
def shift(naive_datetime: Any, duration: Any) -> Any:
    """Return a date and time moved by a duration.

        iex> NaiveDateTime.shift(~N[2024-01-31 00:00:00], month: 1, hour: 1)
        ~N[2024-02-29 01:00:00]
    """
    values = _fields(naive_datetime, "shift", naive_datetime, duration)
    return _make(base.of(values[-1], "shift_naive_datetime", *values[:7], build(duration)), values[-1])


@module.function("__duration__!", doc=False)
def duration_bang(params: Any) -> Any:
    """Return the duration by which a date and time is moved."""
    return build(params)


@module.function
def truncate(naive_datetime: Any, precision: Any) -> Any:
    """Cut a date and time down to the precision of a unit.

        iex> NaiveDateTime.truncate(~N[2024-01-31 10:20:30.123], :second)
        ~N[2024-01-31 10:20:30]
    """
    values = _fields(naive_datetime, "truncate", naive_datetime, precision)
    return naive_datetime.put(base.MICROSECOND, base.cut(values[6], precision))


@module.function
def to_date(naive_datetime: Any) -> Any:
    """Return the date.

        iex> NaiveDateTime.to_date(~N[2024-01-31 10:20:30])
        ~D[2024-01-31]
    """
    values = _fields(naive_datetime, "to_date")
    return base.make("Date", DATE, values[:3], values[-1])


@module.function
def to_time(naive_datetime: Any) -> Any:
    """Return the time of day.

        iex> NaiveDateTime.to_time(~N[2024-01-31 10:20:30])
        ~T[10:20:30]
    """
    values = _fields(naive_datetime, "to_time")
    return base.make("Time", TIME, values[3:7], values[-1])


@module.function
def to_string(naive_datetime: Any) -> Any:
    """Return the text of a date and time.

        iex> NaiveDateTime.to_string(~N[2024-01-31 10:20:30])
        "2024-01-31 10:20:30"
    """
    values = _fields(naive_datetime, "to_string")
    return base.of(values[-1], "naive_datetime_to_string", *values[:7])


@module.function
def from_iso8601(string: Any, calendar: Any = ISO) -> Any:
    """Read a date and time as ISO 8601 writes it.

        iex> NaiveDateTime.from_iso8601("2024-01-31T10:20:30")
        {:ok, ~N[2024-01-31 10:20:30]}
    """
    found = base.of(ISO, "parse_naive_datetime", string)
    return found if found[0] is ERROR else convert(_make(found[1], ISO), calendar)


@module.function("from_iso8601!")
def from_iso8601_bang(string: Any, calendar: Any = ISO) -> Any:
    """Read a date and time; raises ArgumentError.

        iex> NaiveDateTime.from_iso8601!("2024-01-31T10:20:30")
        ~N[2024-01-31 10:20:30]
    """
    return base.bang(
        from_iso8601(string, calendar),
        lambda reason: f"cannot parse {inspect(string)} as naive datetime, reason: {reason}",
    )


@module.function
def to_iso8601(naive_datetime: Any, format: Any = EXTENDED) -> Any:
    """Return a date and time as ISO 8601 writes it.

        iex> NaiveDateTime.to_iso8601(~N[2024-01-31 10:20:30])
        "2024-01-31T10:20:30"
    """
    if base.take(naive_datetime, NAIVE) is None or format not in (EXTENDED, writing.BASIC):
        raise function_clause(MODULE, "to_iso8601", (naive_datetime, format))
    values = _fields(convert_bang(naive_datetime, ISO), "to_iso8601")
    return f"{writing.date_of(values, format)}T{writing.time_of(values[3:], format)}"


@module.function
def to_erl(naive_datetime: Any) -> Any:
    """Return `{{year, month, day}, {hour, minute, second}}`.

        iex> NaiveDateTime.to_erl(~N[2024-01-31 10:20:30])
        {{2024, 1, 31}, {10, 20, 30}}
    """
    values = _fields(convert_bang(naive_datetime, ISO), "to_erl")
    return values[:3], values[3:6]


@module.function
def from_erl(tuple: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return `{:ok, naive_datetime}` of Erlang's date and time.

        iex> NaiveDateTime.from_erl({{2024, 1, 31}, {10, 20, 30}})
        {:ok, ~N[2024-01-31 10:20:30]}
    """
    match tuple:
        case ((year, month, day), (hour, minute, second)):
            found = new(year, month, day, hour, minute, second, microsecond)
            return found if found[0] is ERROR else convert(found[1], calendar)
    raise function_clause(MODULE, "from_erl", (tuple, microsecond, calendar))


@module.function("from_erl!")
def from_erl_bang(tuple: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return the date and time of Erlang's; raises ArgumentError.

        iex> NaiveDateTime.from_erl!({{2024, 1, 31}, {10, 20, 30}})
        ~N[2024-01-31 10:20:30]
    """
    return base.bang(
        from_erl(tuple, microsecond, calendar),
        lambda reason: f"cannot convert {inspect(tuple)} to naive datetime, reason: {reason}",
    )


@module.function
def from_gregorian_seconds(seconds: Any, microsecond_precision: Any = NONE, calendar: Any = ISO) -> Any:
    """Return the date and time so many seconds after 0000-01-01.

        iex> NaiveDateTime.from_gregorian_seconds(1)
        ~N[0000-01-01 00:00:01]
    """
    if type(seconds) is not int:
        raise function_clause(MODULE, "from_gregorian_seconds", (seconds, microsecond_precision, calendar))
    value, precision = microsecond_precision
    return _of_moment(seconds * 1_000_000 + value, precision, calendar)


@module.function
def to_gregorian_seconds(naive_datetime: Any) -> Any:
    """Return the seconds since 0000-01-01 and the microseconds.

        iex> NaiveDateTime.to_gregorian_seconds(~N[0000-01-01 00:00:01.5])
        {1, 500000}
    """
    values = _fields(naive_datetime, "to_gregorian_seconds")
    return base.moment(values) // 1_000_000, values[6][0]


@module.function
def compare(naive_datetime1: Any, naive_datetime2: Any) -> Any:
    """Return `:lt`, `:eq` or `:gt`.

        iex> NaiveDateTime.compare(~N[2024-01-31 10:20:30], ~N[2024-01-31 10:20:31])
        :lt
    """
    left, right = _pair("compare", naive_datetime1, naive_datetime2)
    if not base.compatible(left[-1], right[-1]):
        raise argument_error(
            f"cannot compare {inspect(naive_datetime1)} with {inspect(naive_datetime2)}.\n\n"
            "This comparison would be ambiguous as their calendars have incompatible day rollover moments.\n"
            "Specify an exact time of day (using DateTime) to resolve this ambiguity\n"
        )
    return base.comparison(base.moment(left), base.moment(right))


@module.function("before?")
def before(naive_datetime1: Any, naive_datetime2: Any) -> Any:
    """Tell whether a date and time lies before another.

        iex> NaiveDateTime.before?(~N[2024-01-31 10:20:30], ~N[2024-01-31 10:20:31])
        true
    """
    return compare(naive_datetime1, naive_datetime2) is atom("lt")


@module.function("after?")
def after(naive_datetime1: Any, naive_datetime2: Any) -> Any:
    """Tell whether a date and time lies after another.

        iex> NaiveDateTime.after?(~N[2024-01-31 10:20:30], ~N[2024-01-31 10:20:31])
        false
    """
    return compare(naive_datetime1, naive_datetime2) is atom("gt")


@module.function
def convert(naive_datetime: Any, calendar: Any) -> Any:
    """Return `{:ok, naive_datetime}` in another calendar.

        iex> NaiveDateTime.convert(~N[2024-01-31 10:20:30], Calendar.ISO)
        {:ok, ~N[2024-01-31 10:20:30]}
    """
    values = _fields(naive_datetime, "convert", naive_datetime, calendar)
    if values[-1] is calendar:
        return OK, _make(values[:7], calendar)
    if not base.compatible(values[-1], calendar):
        return ERROR, atom("incompatible_calendars")
    return OK, _of_moment(base.moment(values), values[6][1], calendar)


@module.function("convert!")
def convert_bang(naive_datetime: Any, calendar: Any) -> Any:
    """Return a date and time in another calendar; raises ArgumentError.

        iex> NaiveDateTime.convert!(~U[2024-01-31 10:20:30Z], Calendar.ISO)
        ~N[2024-01-31 10:20:30]
    """
    return base.bang(
        convert(naive_datetime, calendar),
        lambda reason: (
            f"cannot convert {inspect(naive_datetime)} to target calendar {inspect(calendar)}, reason: {reason}"
        ),
    )


def _edge(naive_datetime: Any, function: str, edge: str) -> Map:
    values = _fields(naive_datetime, function)
    found = base.of(values[-1], edge, base.iso_days(values))
    return _of_moment(microseconds_of(found), values[6][1], values[-1])


@module.function
def beginning_of_day(naive_datetime: Any) -> Any:
    """Return midnight at the beginning of a day.

        iex> NaiveDateTime.beginning_of_day(~N[2024-01-31 10:20:30])
        ~N[2024-01-31 00:00:00]
    """
    return _edge(naive_datetime, "beginning_of_day", "iso_days_to_beginning_of_day")


@module.function
def end_of_day(naive_datetime: Any) -> Any:
    """Return the last moment of a day.

        iex> NaiveDateTime.end_of_day(~N[2024-01-31 10:20:30])
        ~N[2024-01-31 23:59:59]
    """
    found = _edge(naive_datetime, "end_of_day", "iso_days_to_end_of_day")
    value, precision = found[base.MICROSECOND]
    power = 10 ** (6 - precision)
    return found.put(base.MICROSECOND, (value // power * power, precision))
