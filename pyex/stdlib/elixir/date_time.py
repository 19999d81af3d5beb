"""DateTime: moments, with the time zone in which they are told, `~U[2024-01-31 10:20:30Z]`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base, clocks, writing, zones
from pyex.stdlib.elixir.calendar.base import DATE, DATETIME, ERROR, EXTENDED, NAIVE, OK, SECOND, TIME
from pyex.stdlib.elixir.calendar.duration_units import build
from pyex.stdlib.elixir.calendar.gregorian import EPOCH, ISO, iso_days_of, per_second
from pyex.stdlib.elixir.naive_date_time import join
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error, elixir_error, erlang_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map

module = NativeModule("DateTime", doc="Moments, with the time zone in which they are told.")
module.struct(
    {
        "year": None,
        "month": None,
        "day": None,
        "hour": None,
        "minute": None,
        "second": None,
        "time_zone": None,
        "zone_abbr": None,
        "utc_offset": None,
        "std_offset": None,
        "microsecond": (0, 0),
        "calendar": ISO,
    },
    enforce=tuple(
        "year month day hour minute second time_zone zone_abbr utc_offset std_offset".split()
    ),
)

MODULE: Final = alias("DateTime")
NONE: Final = (0, 0)
UTC: Final = zones.UTC
UTC_ONLY: Final = alias("Calendar.UTCOnlyTimeZoneDatabase")
IN_UTC: Final = (UTC, "UTC", 0, 0)
MICRO: Final = 1_000_000
GIVEN: Final = atom("__default__")
"""Stands for a time zone database that was not given: the one in use."""


def _make(values: Any, calendar: Any) -> Map:
    return base.make("DateTime", DATETIME, values, calendar)


def _fields(datetime: Any, function: str, *args: Any) -> Any:
    return base.fields(datetime, DATETIME, MODULE, function, *(args or (datetime,)))


def _database(database: Any) -> Any:
    return zones.current() if database is GIVEN else database


def _utc_moment(values: tuple[Any, ...]) -> int:
    """Return the microseconds since 0000-01-01 in UTC."""
    return base.moment(values) - int(values[9] + values[10]) * MICRO


def _told(wall: int, precision: int, calendar: Any, zone: Any, period: Map) -> Map:
    """Return the datetime of a clock on the wall in a period of a zone."""
    *values, (value, _) = base.of(calendar, "naive_datetime_from_iso_days", iso_days_of(wall))
    offsets = period[atom("zone_abbr")], period[atom("utc_offset")], period[atom("std_offset")]
    return _make((*values, (value, precision), zone, *offsets), calendar)


def _in_zone(moment: int, precision: int, calendar: Any, zone: Any, database: Any) -> Any:
    """Return `{:ok, datetime}` of a moment as it is told in a zone."""
    found = zones.ask(database, "time_zone_period_from_utc_iso_days", iso_days_of(moment), zone)
    if found[0] is ERROR:
        return found
    period = found[1]
    offset = period[atom("utc_offset")] + period[atom("std_offset")]
    return OK, _told(moment + offset * MICRO, precision, calendar, zone, period)


@module.function
def utc_now(calendar_or_time_unit: Any = ISO) -> Any:
    """Return the moment, to the precision of a unit if one is given.

        iex> DateTime.utc_now(:second).microsecond
        {0, 0}
    """
    return _now(*clocks.unit_and_calendar(calendar_or_time_unit, MODULE))


def _now(precision: int, calendar: Any) -> Any:
    return convert_bang(_make((*clocks.fields_of(clocks.now(), precision), *IN_UTC), ISO), calendar)


@module.function("utc_now", arity=2)
def utc_now_in(time_unit: Any, calendar: Any) -> Any:
    """Return the moment to the precision of a unit, in a calendar.

        iex> DateTime.utc_now(:second, Calendar.ISO).time_zone
        "Etc/UTC"
    """
    return _now(*clocks.unit_and_calendar(time_unit, MODULE, calendar))


@module.function
def now(time_zone: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return `{:ok, datetime}` of the moment in a time zone.

        iex> DateTime.now("Europe/Rome")
        {:error, :utc_only_time_zone_database}
    """
    return shift_zone(utc_now(), time_zone, time_zone_database)


@module.function("now!")
def now_bang(time_zone: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return the moment in a time zone; raises ArgumentError.

        iex> DateTime.now!("Etc/UTC").zone_abbr
        "UTC"
    """
    return base.bang(
        now(time_zone, time_zone_database),
        lambda reason: f"cannot get current datetime in {inspect(time_zone)} time zone, reason: {reason}",
    )


@module.function
def new(date: Any, time: Any, time_zone: Any = UTC, time_zone_database: Any = GIVEN) -> Any:
    """Return `{:ok, datetime}` of a date and a time in a zone; `:ambiguous` or `:gap` where clocks change.

        iex> DateTime.new(~D[2024-01-31], ~T[10:20:30])
        {:ok, ~U[2024-01-31 10:20:30Z]}
    """
    return from_naive(join(date, time)[1], time_zone, time_zone_database)


@module.function("new!")
def new_bang(date: Any, time: Any, time_zone: Any = UTC, time_zone_database: Any = GIVEN) -> Any:
    """Return the datetime of a date and a time in a zone; raises ArgumentError.

        iex> DateTime.new!(~D[2024-01-31], ~T[10:20:30])
        ~U[2024-01-31 10:20:30Z]
    """
    found = new(date, time, time_zone, time_zone_database)
    return _unambiguous(found, f"build datetime with {inspect(date)} and {inspect(time)}", time_zone)


def _unambiguous(found: Any, what: str, time_zone: Any) -> Any:
    kind, *values = found
    if kind is OK:
        return values[0]
    if kind is ERROR:
        raise argument_error(f"cannot {what}, reason: {inspect(values[0])}")
    first, second = map(inspect, values)
    zone = inspect(time_zone)
    if kind.name == "gap":
        raise argument_error(
            f"cannot {what} because such instant does not exist in time zone {zone} as there is a gap "
            f"between {first} and {second}"
        )
    raise argument_error(
        f"cannot {what} because the instant is ambiguous in time zone {zone} as there is an overlap "
        f"between {first} and {second}"
    )


@module.function
def from_naive(naive_datetime: Any, time_zone: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return `{:ok, datetime}` of a clock on the wall in a zone; `:ambiguous` or `:gap` where clocks change.

        iex> DateTime.from_naive(~N[2024-01-31 10:20:30], "Etc/UTC")
        {:ok, ~U[2024-01-31 10:20:30Z]}
    """
    database = _database(time_zone_database)
    values = base.take(naive_datetime, NAIVE)
    if values is None:
        if time_zone == UTC:
            raise elixir_error("MatchError", term=naive_datetime)
        raise function_clause(MODULE, "from_naive", (naive_datetime, time_zone, database))
    calendar, precision, wall = values[-1], values[6][1], base.moment(values)
    question = "time_zone_periods_from_wall_datetime"
    kind, *periods = zones.ask(UTC_ONLY if time_zone == UTC else database, question, naive_datetime, time_zone)
    if kind is ERROR:
        return kind, *periods
    if kind.name != "gap":
        return (kind, *[_told(wall, precision, calendar, time_zone, period) for period in periods])
    (before, until), (after, since) = periods
    limits = [base.moment(base.fields(limit, NAIVE, MODULE, "from_naive")) for limit in (until, since)]
    return (
        kind,
        _told(limits[0] - 1, 6, calendar, time_zone, before),
        _told(limits[1], 0 if not limits[1] % MICRO else 6, calendar, time_zone, after),
    )


@module.function("from_naive!")
def from_naive_bang(naive_datetime: Any, time_zone: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return the datetime of a clock on the wall in a zone; raises ArgumentError.

        iex> DateTime.from_naive!(~N[2024-01-31 10:20:30], "Etc/UTC")
        ~U[2024-01-31 10:20:30Z]
    """
    found = from_naive(naive_datetime, time_zone, time_zone_database)
    return _unambiguous(found, f"convert {inspect(naive_datetime)} to datetime", time_zone)


@module.function
def from_unix(integer: Any, unit: Any = SECOND, calendar: Any = ISO) -> Any:
    """Return `{:ok, datetime}` of the time since 1970.

        iex> DateTime.from_unix(1_500, :millisecond)
        {:ok, ~U[1970-01-01 00:00:01.500Z]}
    """
    if type(integer) is not int:
        raise function_clause(MODULE, "from_unix", (integer, unit, calendar))
    found = base.of(ISO, "from_unix", integer, unit)
    if found[0] is ERROR:
        return found
    _, date, time, microsecond = found
    return convert(_make((*date, *time, microsecond, *IN_UTC), ISO), calendar)


@module.function("from_unix!")
def from_unix_bang(integer: Any, unit: Any = SECOND, calendar: Any = ISO) -> Any:
    """Return the datetime of the time since 1970; raises ArgumentError.

        iex> DateTime.from_unix!(0)
        ~U[1970-01-01 00:00:00Z]
    """
    found = from_unix(integer, unit, calendar)
    if found[0] is ERROR:
        raise argument_error(f"invalid Unix time {integer}")
    return found[1]


@module.function
def to_unix(datetime: Any, unit: Any = SECOND) -> Any:
    """Return the time since 1970.

        iex> DateTime.to_unix(~U[1970-01-01 00:00:01.5Z], :millisecond)
        1500
    """
    values = _fields(datetime, "to_unix", datetime, unit)
    return (_utc_moment(values) - EPOCH * MICRO) * per_second(unit) // MICRO


@module.function
def shift_zone(datetime: Any, time_zone: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return `{:ok, datetime}`: the same moment as it is told in another zone.

        iex> DateTime.shift_zone(~U[2024-01-31 10:20:30Z], "Europe/Rome")
        {:error, :utc_only_time_zone_database}
    """
    values = base.take(datetime, DATETIME)
    if values is None:
        raise elixir_error("MatchError", term=datetime)
    if values[7] == time_zone:
        return OK, datetime
    moment = _utc_moment(values)
    return _in_zone(moment, values[6][1], values[-1], time_zone, _database(time_zone_database))


@module.function("shift_zone!")
def shift_zone_bang(datetime: Any, time_zone: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return the same moment as it is told in another zone; raises ArgumentError.

        iex> DateTime.shift_zone!(~U[2024-01-31 10:20:30Z], "Etc/UTC")
        ~U[2024-01-31 10:20:30Z]
    """
    return base.bang(
        shift_zone(datetime, time_zone, time_zone_database),
        lambda reason: f"cannot shift {inspect(datetime)} to {inspect(time_zone)} time zone, reason: {reason}",
    )


@module.function
def to_naive(datetime: Any) -> Any:
    """Return the date and time without the zone.

        iex> DateTime.to_naive(~U[2024-01-31 10:20:30Z])
        ~N[2024-01-31 10:20:30]
    """
    values = _fields(datetime, "to_naive")
    return base.make("NaiveDateTime", NAIVE, values[:7], values[-1])


@module.function
def to_date(datetime: Any) -> Any:
    """Return the date.

        iex> DateTime.to_date(~U[2024-01-31 10:20:30Z])
        ~D[2024-01-31]
    """
    values = _fields(datetime, "to_date")
    return base.make("Date", DATE, values[:3], values[-1])


@module.function
def to_time(datetime: Any) -> Any:
    """Return the time of day.

        iex> DateTime.to_time(~U[2024-01-31 10:20:30Z])
        ~T[10:20:30]
    """
    values = _fields(datetime, "to_time")
    return base.make("Time", TIME, values[3:7], values[-1])


@module.function
def to_iso8601(datetime: Any, format: Any = EXTENDED, offset: Any = None) -> Any:
    """Return a datetime as ISO 8601 writes it, told with its own offset or with the one given.

        iex> DateTime.to_iso8601(~U[2024-01-31 10:20:30Z], :extended, 3600)
        "2024-01-31T11:20:30+01:00"
    """
    values = base.take(datetime, DATETIME)
    if values is None and offset is not None and type(datetime) is Map:
        base.read(datetime, DATETIME, MODULE, "to_iso8601")
    if values is None and format in (EXTENDED, writing.BASIC):
        base.matched(datetime, DATETIME, MODULE, "to_iso8601", datetime, format, offset)
    if values is None or format not in (EXTENDED, writing.BASIC):
        raise function_clause(MODULE, "to_iso8601", (datetime, format, offset))
    values = _fields(convert_bang(datetime, ISO), "to_iso8601")
    own, zone = values[9] + values[10], values[7]
    if offset is not None and type(offset) is not int:
        raise erlang_error("badarith", "erlang", "-", (offset, own))
    if offset is not None and offset != own:
        own, wall = offset, _utc_moment(values) + offset * MICRO
        values = (*clocks.fields_of(wall, 6)[:6], (values[6]))
        zone = UTC if offset == 0 and zone == UTC else None
    date, time = writing.date_of(values, format), writing.time_of(values[3:], format)
    return f"{date}T{time}{writing.offset_text(own, zone, format)}"


@module.function
def from_iso8601(string: Any, calendar: Any = ISO) -> Any:
    """Read a datetime and return it in UTC, with the offset it was written with.

        iex> DateTime.from_iso8601("2024-01-31T10:20:30+01:00")
        {:ok, ~U[2024-01-31 09:20:30Z], 3600}
    """
    calendar, layout = base.split_arguments(calendar, EXTENDED)
    base.compatible(ISO, calendar)
    return from_iso8601_layout(string, calendar, layout)


@module.function("from_iso8601", arity=3)
def from_iso8601_layout(string: Any, calendar: Any, format: Any) -> Any:
    """Read a datetime in a calendar and a layout, `:extended` or `:basic`.

        iex> DateTime.from_iso8601("20240131T102030Z", Calendar.ISO, :basic)
        {:ok, ~U[2024-01-31 10:20:30Z], 0}
    """
    found = base.of(calendar, "parse_utc_datetime", string, format)
    if found[0] is ERROR:
        return found
    return OK, _make((*found[1], *IN_UTC), calendar), found[2]


@module.function
def from_gregorian_seconds(seconds: Any, microsecond_precision: Any = NONE, calendar: Any = ISO) -> Any:
    """Return the moment so many seconds after 0000-01-01.

        iex> DateTime.from_gregorian_seconds(1)
        ~U[0000-01-01 00:00:01Z]
    """
    if type(seconds) is not int:
        raise function_clause(MODULE, "from_gregorian_seconds", (seconds, microsecond_precision, calendar))
    value, precision = microsecond_precision
    return _in_zone(seconds * MICRO + value, precision, calendar, UTC, UTC_ONLY)[1]


@module.function
def to_gregorian_seconds(datetime: Any) -> Any:
    """Return the seconds since 0000-01-01 in UTC and the microseconds.

        iex> DateTime.to_gregorian_seconds(~U[0000-01-01 00:00:01.5Z])
        {1, 500000}
    """
    values = _fields(datetime, "to_gregorian_seconds")
    return _utc_moment(values) // MICRO, values[6][0]


@module.function
def to_string(datetime: Any) -> Any:
    """Return the text of a datetime.

        iex> DateTime.to_string(~U[2024-01-31 10:20:30Z])
        "2024-01-31 10:20:30Z"
    """
    values = base.matched(datetime, DATETIME, MODULE, "to_string", datetime)
    return base.of(values[-1], "datetime_to_string", *values[:11])


def _pair(function: str, left: Any, right: Any, *more: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    args = (left, right, *more)
    return _fields(left, function, *args), _fields(right, function, *args)


@module.function
def compare(datetime1: Any, datetime2: Any) -> Any:
    """Return `:lt`, `:eq` or `:gt`, by the moment.

        iex> DateTime.compare(~U[2024-01-31 10:20:30Z], ~U[2024-01-31 10:20:30.000Z])
        :eq
    """
    left, right = _pair("compare", datetime1, datetime2)
    return base.comparison(_utc_moment(left), _utc_moment(right))


@module.function("before?")
def before(datetime1: Any, datetime2: Any) -> Any:
    """Tell whether a moment lies before another.

        iex> DateTime.before?(~U[2024-01-31 10:20:30Z], ~U[2024-01-31 10:20:31Z])
        true
    """
    return compare(datetime1, datetime2) is atom("lt")


@module.function("after?")
def after(datetime1: Any, datetime2: Any) -> Any:
    """Tell whether a moment lies after another.

        iex> DateTime.after?(~U[2024-01-31 10:20:30Z], ~U[2024-01-31 10:20:31Z])
        false
    """
    return compare(datetime1, datetime2) is atom("gt")


@module.function
def diff(datetime1: Any, datetime2: Any, unit: Any = SECOND) -> Any:
    """Return how much of a unit lies between the second moment and the first.

        iex> DateTime.diff(~U[2024-02-01 00:00:00Z], ~U[2024-01-31 00:00:00Z], :day)
        1
    """
    left, right = _pair("diff", datetime1, datetime2, unit)
    return base.difference(_utc_moment(left), _utc_moment(right), unit, base.DAY_UNITS)


@module.function
def add(datetime: Any, amount_to_add: Any, unit: Any = SECOND, time_zone_database: Any = GIVEN) -> Any:
    """Return the moment so many of a unit later, told in the same zone.

        iex> DateTime.add(~U[2024-01-31 10:20:30Z], 90, :minute)
        ~U[2024-01-31 11:50:30Z]
    """
    database = _database(time_zone_database)
    if type(amount_to_add) is not int:
        raise function_clause(MODULE, "add", (datetime, amount_to_add, unit, database))
    values = base.matched(datetime, DATETIME, MODULE, "add", datetime, amount_to_add, unit, database)
    microseconds, precision = base.amount_of(amount_to_add, unit, base.DAY_UNITS)
    moment = _utc_moment(values) + microseconds
    found = _in_zone(moment, max(values[6][1], precision), values[-1], values[7], database)
    return _moved(found, f"add {amount_to_add} {_shown(unit)} to", datetime, database)


def _shown(unit: Any) -> str:
    return unit.name if type(unit) is Atom else str(unit)


def _moved(found: Any, what: str, datetime: Any, database: Any) -> Any:
    return base.bang(
        found,
        lambda reason: f"cannot {what} {inspect(datetime)} (with time zone database {inspect(database)}), "
        f"reason: {reason}",
    )


@module.function
def shift(datetime: Any, duration: Any, time_zone_database: Any = GIVEN) -> Any:
    """Return a moment moved by a duration, told in the same zone.

        iex> DateTime.shift(~U[2024-01-31 10:20:30Z], month: 1, hour: -1)
        ~U[2024-02-29 09:20:30Z]
    """
    database, length = _database(time_zone_database), build(duration)
    values = base.matched(datetime, DATETIME, MODULE, "shift", datetime, length, database)
    moved = base.of(values[-1], "shift_naive_datetime", *values[:7], length)
    if values[7] == UTC:
        return _make((*moved, *values[7:11]), values[-1])
    moment = _utc_moment((*moved, *values[7:]))
    found = _in_zone(moment, moved[6][1], values[-1], values[7], database)
    return _moved(found, f"shift {inspect(datetime)} by {inspect(duration)} in", datetime, database)


@module.function("__duration__!", doc=False)
def duration_bang(params: Any) -> Any:
    """Return the duration by which a moment is moved."""
    return build(params)


@module.function
def truncate(datetime: Any, precision: Any) -> Any:
    """Cut a datetime down to the precision of a unit.

        iex> DateTime.truncate(~U[2024-01-31 10:20:30.123Z], :second)
        ~U[2024-01-31 10:20:30Z]
    """
    values = base.read(datetime, DATETIME, MODULE, "truncate", datetime, precision)
    return datetime.put(base.MICROSECOND, base.cut(values[6], precision))


@module.function
def convert(datetime: Any, calendar: Any) -> Any:
    """Return `{:ok, datetime}` in another calendar.

        iex> DateTime.convert(~U[2024-01-31 10:20:30Z], Calendar.ISO)
        {:ok, ~U[2024-01-31 10:20:30Z]}
    """
    if type(datetime) is Map and (own := datetime.get(base.CALENDAR)) is not None and own is not calendar:
        base.compatible(own, calendar)
    values = base.read(datetime, DATETIME, MODULE, "convert", datetime, calendar)
    if values[-1] is calendar:
        return OK, datetime
    if not base.compatible(values[-1], calendar):
        return ERROR, atom("incompatible_calendars")
    *moved, (value, _) = base.of(calendar, "naive_datetime_from_iso_days", base.iso_days(values))
    return OK, _make((*moved, (value, values[6][1]), *values[7:11]), calendar)


@module.function("convert!")
def convert_bang(datetime: Any, calendar: Any) -> Any:
    """Return a datetime in another calendar; raises ArgumentError.

        iex> DateTime.convert!(~U[2024-01-31 10:20:30Z], Calendar.ISO)
        ~U[2024-01-31 10:20:30Z]
    """
    return base.bang(
        convert(datetime, calendar),
        lambda reason: f"cannot convert {inspect(datetime)} to target calendar {inspect(calendar)}, reason: {reason}",
    )
