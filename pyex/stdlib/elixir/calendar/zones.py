"""Time zones: the database in use, the one that knows UTC alone, and Python's zoneinfo as another."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any, Final

from pyex.compiler.emit.support.access import remote
from pyex.stdlib.elixir.calendar import base
from pyex.stdlib.elixir.calendar.gregorian import DAY, EPOCH, ISO, clock, date_of, microseconds_of
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.maps import Map

UTC: Final = "Etc/UTC"
OK: Final = base.OK
ERROR: Final = base.ERROR

_in_use: list[Any] = [alias("Calendar.UTCOnlyTimeZoneDatabase")]


def current() -> Any:
    """Return the time zone database in use."""
    return _in_use[0]


def use(database: Any) -> Any:
    """Set the time zone database."""
    _in_use[0] = database
    return OK


def ask(database: Any, function: str, moment: Any, zone: Any) -> Any:
    """Ask a database for the periods of a zone."""
    return remote(database, function, 2)(moment, zone)


def _period(utc_offset: int, std_offset: int, abbreviation: str) -> Map:
    return Map.from_pairs(
        [
            (atom("utc_offset"), utc_offset),
            (atom("std_offset"), std_offset),
            (atom("zone_abbr"), abbreviation),
        ]
    )


def utc_period(iso_days: Any, time_zone: Any) -> Any:
    """Return the period of Etc/UTC.

        iex> Calendar.UTCOnlyTimeZoneDatabase.time_zone_period_from_utc_iso_days({0, {0, 1}}, "Europe/Rome")
        {:error, :utc_only_time_zone_database}
    """
    return (OK, _period(0, 0, "UTC")) if time_zone == UTC else (ERROR, atom("utc_only_time_zone_database"))


def utc_periods(naive_datetime: Any, time_zone: Any) -> Any:
    """Return the period of Etc/UTC.

        iex> Calendar.UTCOnlyTimeZoneDatabase.time_zone_periods_from_wall_datetime(~N[2020-01-01 00:00:00], "Foo")
        {:error, :utc_only_time_zone_database}
    """
    return utc_period(naive_datetime, time_zone)


def _zone(name: Any) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return None


_EPOCH: Final = dt.datetime(1970, 1, 1)
_EARLIEST: Final = (dt.datetime(2, 1, 1) - _EPOCH).total_seconds()
_LATEST: Final = (dt.datetime(9998, 12, 31) - _EPOCH).total_seconds()


def _python(seconds: int, zone: dt.tzinfo | None) -> dt.datetime:
    """Return Python's datetime of seconds since 1970, at most as far away as Python can tell."""
    within = int(min(max(seconds, _EARLIEST), _LATEST))
    return (_EPOCH + dt.timedelta(seconds=within)).replace(tzinfo=zone)


def _seconds(value: dt.timedelta | None) -> int:
    return 0 if value is None else int(value.total_seconds())


def _described(local: dt.datetime) -> Map:
    total, saving = _seconds(local.utcoffset()), _seconds(local.dst())
    return _period(total - saving, saving, local.tzname() or "")


def period_at(iso_days: Any, time_zone: Any) -> Any:
    """Return the period of a zone at a moment in UTC.

        iex> Calendar.ZoneInfoTimeZoneDatabase.time_zone_period_from_utc_iso_days({738_000, {0, 1}}, "No/Where")
        {:error, :time_zone_not_found}
    """
    zone = _zone(time_zone)
    if zone is None:
        return ERROR, atom("time_zone_not_found")
    seconds = microseconds_of(iso_days) // 1_000_000 - EPOCH
    return OK, _described(_python(seconds, dt.UTC).astimezone(zone))


def periods_on_wall(naive_datetime: Any, time_zone: Any) -> Any:
    """Return the period, or the two periods, that a clock on the wall may mean.

        iex> Calendar.ZoneInfoTimeZoneDatabase.time_zone_periods_from_wall_datetime(~N[2020-01-01 00:00:00], "No/Where")
        {:error, :time_zone_not_found}
    """
    values = base.take(naive_datetime, base.NAIVE)
    if values is None:
        module = alias("Calendar.ZoneInfoTimeZoneDatabase")
        raise function_clause(module, "time_zone_periods_from_wall_datetime", (naive_datetime, time_zone))
    zone = _zone(time_zone)
    if zone is None:
        return ERROR, atom("time_zone_not_found")
    wall = base.moment(values) // 1_000_000 - EPOCH
    first = _python(wall, zone)
    second = first.replace(fold=1)
    before, after = _seconds(first.utcoffset()), _seconds(second.utcoffset())
    if before == after:
        return OK, _described(first)
    if before > after:
        return atom("ambiguous"), _described(first), _described(second)
    change = _change(wall - after, wall - before, zone)
    return (
        atom("gap"),
        (_described(first), _naive(change + before)),
        (_described(second), _naive(change + after)),
    )


def _change(low: int, high: int, zone: dt.tzinfo) -> int:
    """Return the first second, between two in UTC, at which the offset of a zone is the later one."""

    def offset(seconds: int) -> int:
        return _seconds(_python(seconds, dt.UTC).astimezone(zone).utcoffset())

    old = offset(low - 1)
    while low < high:
        middle = (low + high) // 2
        if offset(middle) == old:
            low = middle + 1
        else:
            high = middle
    return low


def _naive(seconds: int) -> Map:
    days, rest = divmod(seconds + EPOCH, DAY)
    hour, minute, second, _ = clock(rest * 1_000_000)
    return base.make("NaiveDateTime", base.NAIVE, (*date_of(days), hour, minute, second, (0, 0)), ISO)
