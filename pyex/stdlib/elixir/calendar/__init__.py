"""Calendar: patterns of dates and times, time zone databases."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base, zones
from pyex.stdlib.elixir.calendar.patterns import render
from pyex.terms.atoms import Atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY

module = NativeModule(
    "Calendar",
    doc="What every calendar answers, and what they share: patterns of dates and times, time zone databases.",
    behaviour=[
        ("date_to_string", 3),
        ("datetime_to_string", 11),
        ("day_of_era", 3),
        ("day_of_week", 4),
        ("day_of_year", 3),
        ("day_rollover_relative_to_midnight_utc", 0),
        ("days_in_month", 2),
        ("iso_days_to_beginning_of_day", 1),
        ("iso_days_to_end_of_day", 1),
        ("leap_year?", 1),
        ("months_in_year", 1),
        ("naive_datetime_from_iso_days", 1),
        ("naive_datetime_to_iso_days", 7),
        ("naive_datetime_to_string", 7),
        ("parse_date", 1),
        ("parse_naive_datetime", 1),
        ("parse_time", 1),
        ("parse_utc_datetime", 1),
        ("quarter_of_year", 3),
        ("shift_date", 4),
        ("shift_naive_datetime", 8),
        ("shift_time", 5),
        ("time_from_day_fraction", 1),
        ("time_to_day_fraction", 4),
        ("time_to_string", 4),
        ("valid_date?", 3),
        ("valid_time?", 4),
        ("year_of_era", 3),
    ],
)

Database: Final = NativeModule(
    "Calendar.TimeZoneDatabase",
    doc="The behaviour of a module that knows the offsets of time zones.",
    behaviour=[("time_zone_period_from_utc_iso_days", 2), ("time_zone_periods_from_wall_datetime", 2)],
)
Utc: Final = NativeModule("Calendar.UTCOnlyTimeZoneDatabase", doc="The time zone database that knows Etc/UTC alone.")
ZoneInfo: Final = NativeModule(
    "Calendar.ZoneInfoTimeZoneDatabase",
    doc="""The time zones of Python's zoneinfo: pyex's own, for `Calendar.put_time_zone_database/1`.

    It answers for every zone that the machine (or the package tzdata) knows.
    """,
)


@module.function
def strftime(datetime: Any, string_format: Any, user_options: Any = EMPTY) -> Any:
    """Return a date or time as a pattern says.

        iex> Calendar.strftime(~U[2019-08-26 13:52:06Z], "%a, %-d %B %Y %I:%M %p")
        "Mon, 26 August 2019 01:52 PM"
    """
    return render(datetime, string_format, user_options)


@module.function("compatible_calendars?")
def compatible_calendars(calendar1: Any, calendar2: Any) -> Any:
    """Tell whether the days of two calendars begin at the same moment.

        iex> Calendar.compatible_calendars?(Calendar.ISO, Calendar.ISO)
        true
    """
    return base.compatible(calendar1, calendar2)


@module.function
def truncate(microsecond_tuple: Any, unit: Any) -> Any:
    """Cut a microsecond down to the precision of a unit.

        iex> Calendar.truncate({123456, 6}, :millisecond)
        {123000, 3}
    """
    return base.cut(microsecond_tuple, unit)


@module.function
def get_time_zone_database() -> Any:
    """Return the module that is asked about time zones.

        iex> Calendar.get_time_zone_database()
        Calendar.UTCOnlyTimeZoneDatabase
    """
    return zones.current()


@module.function
def put_time_zone_database(database: Any) -> Any:
    """Set the module that is asked about time zones.

        iex> Calendar.put_time_zone_database(Calendar.UTCOnlyTimeZoneDatabase)
        :ok
    """
    if type(database) is not Atom:
        raise function_clause(module.name, "put_time_zone_database", (database,))
    return zones.use(database)


for _module, _utc, _wall in (
    (Utc, zones.utc_period, zones.utc_periods),
    (ZoneInfo, zones.period_at, zones.periods_on_wall),
):
    _module.function("time_zone_period_from_utc_iso_days")(_utc)
    _module.function("time_zone_periods_from_wall_datetime")(_wall)
