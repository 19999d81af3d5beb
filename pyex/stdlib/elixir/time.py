"""Time: times of day, `~T[10:20:30]`."""

from __future__ import annotations

import builtins
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base, clocks, writing
from pyex.stdlib.elixir.calendar.base import ERROR, EXTENDED, OK, SECOND, TIME
from pyex.stdlib.elixir.calendar.duration_units import time_duration
from pyex.stdlib.elixir.calendar.gregorian import ISO, PARTS, per_second
from pyex.stdlib.elixir.calendar.shifting import move_clock, move_time
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map

module = NativeModule("Time", doc="Times of day.")
module.struct(
    {"hour": None, "minute": None, "second": None, "microsecond": (0, 0), "calendar": ISO},
    enforce=("hour", "minute", "second"),
)

MODULE: Final = alias("Time")
NONE: Final = (0, 0)


def _make(values: Any, calendar: Any) -> Map:
    return base.make("Time", TIME, values, calendar)


def _fields(time: Any, function: str, *args: Any) -> Any:
    return base.fields(time, TIME, MODULE, function, *(args or (time,)))


@module.function
def new(hour: Any, minute: Any, second: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return `{:ok, time}`, or `{:error, :invalid_time}`.

        iex> Time.new(23, 59, 60)
        {:error, :invalid_time}
    """
    exact = base.precise(microsecond)
    if type(exact) is not tuple or len(exact) != 2:
        raise function_clause(MODULE, "new", (hour, minute, second, microsecond, calendar))
    if base.of(calendar, "valid_time?", hour, minute, second, exact):
        return OK, _make((hour, minute, second, exact), calendar)
    return ERROR, atom("invalid_time")


@module.function("new!")
def new_bang(hour: Any, minute: Any, second: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return a time; raises ArgumentError when there is no such one.

        iex> Time.new!(23, 59, 59, {120_000, 2})
        ~T[23:59:59.12]
    """
    return base.bang(
        new(hour, minute, second, microsecond, calendar), lambda reason: f"cannot build time, reason: {reason}"
    )


@module.function
def utc_now(calendar: Any = ISO) -> Any:
    """Return the time of day that it is in UTC.

        iex> Time.utc_now().calendar
        Calendar.ISO
    """
    *moved, (value, _) = base.of(calendar, "time_from_day_fraction", (clocks.now() % PARTS, PARTS))
    return _make((*moved, (value, 6)), calendar)


@module.function
def to_string(time: Any) -> Any:
    """Return the text of a time.

        iex> Time.to_string(~T[23:00:00.5])
        "23:00:00.5"
    """
    values = _fields(time, "to_string")
    return base.of(values[-1], "time_to_string", *values[:4])


@module.function
def from_iso8601(string: Any, calendar: Any = ISO) -> Any:
    """Read a time as ISO 8601 writes it.

        iex> Time.from_iso8601("T23:50:07Z")
        {:ok, ~T[23:50:07]}
    """
    found = base.of(ISO, "parse_time", string)
    return found if found[0] is ERROR else convert(_make(found[1], ISO), calendar)


@module.function("from_iso8601!")
def from_iso8601_bang(string: Any, calendar: Any = ISO) -> Any:
    """Read a time; raises ArgumentError.

        iex> Time.from_iso8601!("23:50:07")
        ~T[23:50:07]
    """
    return base.bang(
        from_iso8601(string, calendar), lambda reason: f"cannot parse {inspect(string)} as time, reason: {reason}"
    )


@module.function
def to_iso8601(time: Any, format: Any = EXTENDED) -> Any:
    """Return a time as ISO 8601 writes it.

        iex> Time.to_iso8601(~T[23:50:07], :basic)
        "235007"
    """
    if base.take(time, TIME) is None or format not in (EXTENDED, writing.BASIC):
        raise function_clause(MODULE, "to_iso8601", (time, format))
    return writing.time_of(_fields(convert_bang(time, ISO), "to_iso8601"), format)


@module.function
def to_erl(time: Any) -> Any:
    """Return `{hour, minute, second}`.

        iex> Time.to_erl(~T[23:50:07.5])
        {23, 50, 7}
    """
    return _fields(convert_bang(time, ISO), "to_erl")[:3]


@module.function
def from_erl(tuple: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return `{:ok, time}` of `{hour, minute, second}`.

        iex> Time.from_erl({23, 50, 7})
        {:ok, ~T[23:50:07]}
    """
    if not isinstance(tuple, builtins.tuple) or len(tuple) != 3:
        raise function_clause(MODULE, "from_erl", (tuple, microsecond, calendar))
    found = new(*tuple, microsecond)
    return found if found[0] is ERROR else convert(found[1], calendar)


@module.function("from_erl!")
def from_erl_bang(tuple: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return the time of `{hour, minute, second}`; raises ArgumentError.

        iex> Time.from_erl!({23, 50, 7})
        ~T[23:50:07]
    """
    return base.bang(
        from_erl(tuple, microsecond, calendar),
        lambda reason: f"cannot convert {inspect(tuple)} to time, reason: {reason}",
    )


@module.function
def from_seconds_after_midnight(seconds: Any, microsecond: Any = NONE, calendar: Any = ISO) -> Any:
    """Return the time so many seconds after midnight, round the clock.

        iex> Time.from_seconds_after_midnight(3_661)
        ~T[01:01:01]
    """
    if type(seconds) is not int:
        raise function_clause(MODULE, "from_seconds_after_midnight", (seconds, microsecond, calendar))
    hour, minute, second, _ = move_time(0, 0, 0, NONE, seconds * 1_000_000, 0)
    return convert_bang(_make((hour, minute, second, base.precise(microsecond)), ISO), calendar)


@module.function
def to_seconds_after_midnight(time: Any) -> Any:
    """Return the seconds since midnight and the microseconds.

        iex> Time.to_seconds_after_midnight(~T[01:01:01.5])
        {3661, 500000}
    """
    values = _fields(time, "to_seconds_after_midnight")
    return base.day_fraction(values) // 1_000_000, values[3][0]


@module.function
def add(time: Any, amount_to_add: Any, unit: Any = SECOND) -> Any:
    """Return the time so many of a unit later, round the clock.

        iex> Time.add(~T[23:30:00], 1, :hour)
        ~T[00:30:00]
    """
    values = base.take(time, TIME)
    if values is None or type(amount_to_add) is not int:
        raise function_clause(MODULE, "add", (time, amount_to_add, unit))
    microseconds, needed = base.amount_of(amount_to_add, unit, base.CLOCK_UNITS)
    precision = max(values[3][1], needed)
    if base.is_iso(values[-1]):
        return _make(move_clock(values, microseconds, precision), ISO)
    total = (base.day_fraction(values) + microseconds) % PARTS
    *moved, (value, _) = base.of(values[-1], "time_from_day_fraction", (total, PARTS))
    return _make((*moved, (value, precision)), values[-1])


@module.function
def diff(time1: Any, time2: Any, unit: Any = SECOND) -> Any:
    """Return how much of a unit lies between the second time and the first.

        iex> Time.diff(~T[10:00:00], ~T[09:00:00], :minute)
        60
    """
    left, right = _fraction(time1), _fraction(time2)
    if unit not in (atom("hour"), atom("minute")):
        per_second(unit)
    return base.difference(left, right, unit, base.CLOCK_UNITS)


def _fraction(time: Any) -> int:
    return base.day_fraction(_fields(time, "to_day_fraction"))


@module.function
def compare(time1: Any, time2: Any) -> Any:
    """Return `:lt`, `:eq` or `:gt`.

        iex> Time.compare(~T[10:00:00.0], ~T[10:00:00])
        :eq
    """
    return base.comparison(_fraction(time1), _fraction(time2))


@module.function("before?")
def before(time1: Any, time2: Any) -> Any:
    """Tell whether a time comes before another.

        iex> Time.before?(~T[10:00:00], ~T[11:00:00])
        true
    """
    return compare(time1, time2) is atom("lt")


@module.function("after?")
def after(time1: Any, time2: Any) -> Any:
    """Tell whether a time comes after another.

        iex> Time.after?(~T[10:00:00], ~T[11:00:00])
        false
    """
    return compare(time1, time2) is atom("gt")


@module.function
def convert(time: Any, calendar: Any) -> Any:
    """Return `{:ok, time}` in another calendar.

        iex> Time.convert(~T[10:00:00], Calendar.ISO)
        {:ok, ~T[10:00:00]}
    """
    values = _fields(time, "convert", time, calendar)
    if values[-1] is calendar:
        return OK, _make(values[:4], calendar)
    *moved, (value, _) = base.of(calendar, "time_from_day_fraction", (base.day_fraction(values), PARTS))
    return OK, _make((*moved, (value, values[3][1])), calendar)


@module.function("convert!")
def convert_bang(time: Any, calendar: Any) -> Any:
    """Return a time in another calendar.

        iex> Time.convert!(~N[2024-01-01 10:00:00], Calendar.ISO)
        ~T[10:00:00]
    """
    return convert(time, calendar)[1]


@module.function
def truncate(time: Any, precision: Any) -> Any:
    """Cut a time down to the precision of a unit.

        iex> Time.truncate(~T[10:00:00.123456], :millisecond)
        ~T[10:00:00.123]
    """
    values = _fields(time, "truncate", time, precision)
    return time.put(base.MICROSECOND, base.cut(values[3], precision))


@module.function
def shift(time: Any, duration: Any) -> Any:
    """Return a time moved by hours, minutes and seconds.

        iex> Time.shift(~T[23:00:00], hour: 2, minute: -30)
        ~T[00:30:00]
    """
    values = _fields(time, "shift", time, duration)
    return _make(base.of(values[-1], "shift_time", *values[:4], time_duration(duration)), values[-1])


@module.function("__duration__!", doc=False)
def duration_bang(params: Any) -> Any:
    """Return the duration by which a time is moved."""
    return time_duration(params)
