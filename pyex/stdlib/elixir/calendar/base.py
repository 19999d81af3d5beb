"""What the date and time modules share: their fields, calls of a calendar's own functions, moments as numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.support.access import remote
from pyex.stdlib.elixir.calendar import gregorian
from pyex.stdlib.elixir.calendar.gregorian import ISO, PARTS
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map, struct

OK: Final = atom("ok")
ERROR: Final = atom("error")
CALENDAR: Final = atom("calendar")
MICROSECOND: Final = atom("microsecond")
EXTENDED: Final = atom("extended")
SECOND: Final = atom("second")

DATE: Final = "year month day"
TIME: Final = "hour minute second microsecond"
NAIVE: Final = f"{DATE} {TIME}"
DATETIME: Final = f"{NAIVE} time_zone zone_abbr utc_offset std_offset"

_ATOMS: Final[dict[str, tuple[Any, ...]]] = {
    names: tuple(atom(name) for name in names.split()) for names in (DATE, TIME, NAIVE, DATETIME)
}


def take(value: Any, names: str) -> tuple[Any, ...] | None:
    """Return the fields of a date, time or both and its calendar, or None if the value has no such fields."""
    if type(value) is not Map or CALENDAR not in value:
        return None
    keys = _ATOMS[names]
    if any(key not in value for key in keys):
        return None
    return (*[value[key] for key in keys], value[CALENDAR])


def fields(value: Any, names: str, module: Any, function: str, *args: Any) -> Any:
    """Return the fields, or fail as a call of a function of `module` with these arguments that no clause takes."""
    found = take(value, names)
    if found is None:
        raise function_clause(module, function, args or (value,))
    return found


def matched(value: Any, names: str, module: Any, function: str, *args: Any) -> Any:
    """Return the fields; a map with a calendar and without them is refused by a match, anything else by the clauses."""
    found = take(value, names)
    if found is None and type(value) is Map and CALENDAR in value:
        raise elixir_error("MatchError", term=value)
    return fields(value, names, module, function, *args) if found is None else found


def read(value: Any, names: str, module: Any, function: str, *args: Any) -> Any:
    """Return the fields, or fail as one who reads them from a map by their names."""
    found = take(value, names)
    if found is None and type(value) is Map:
        key = next((key for key in _ATOMS[names] if key not in value), CALENDAR)
        raise elixir_error("KeyError", key=key, term=value, message=None)
    return fields(value, names, module, function, *args) if found is None else found


def of(calendar: Any, function: str, *args: Any) -> Any:
    """Call a function of a calendar."""
    return remote(calendar, function, len(args))(*args)


def make(module: str, names: str, values: Any, calendar: Any) -> Map:
    """Return the struct of a module with these fields."""
    pairs: dict[str, Any] = dict(zip(names.split(), values, strict=True))
    return struct(alias(module), {**pairs, "calendar": calendar})


def compatible(left: Any, right: Any) -> bool:
    """Tell whether the days of two calendars begin at the same moment."""
    if left is right:
        return True
    begin = "day_rollover_relative_to_midnight_utc"
    a, b = of(left, begin), of(right, begin)
    return bool(a[0] * b[1] == b[0] * a[1])


def iso_days(values: tuple[Any, ...]) -> gregorian.IsoDays:
    """Return the days and fraction of a day of the fields of a date and time."""
    found: gregorian.IsoDays = of(values[-1], "naive_datetime_to_iso_days", *values[:7])
    return found


def moment(values: tuple[Any, ...]) -> int:
    """Return the microseconds since 0000-01-01 of the fields of a date and time."""
    return gregorian.microseconds_of(iso_days(values))


def comparison(left: Any, right: Any) -> Any:
    """Return `:lt`, `:eq` or `:gt` of two numbers or tuples of them."""
    return atom("lt" if left < right else "gt" if left > right else "eq")


def unit_of(unit: Any, before: str) -> tuple[int, Any, int]:
    """Return how many of a unit make how many seconds, as (seconds, unit, per second): days are seconds too."""
    if type(unit) is Atom and unit.name in _LONG and f":{unit.name}" in before:
        return _LONG[unit.name], SECOND, 1
    return 1, unit, gregorian.per_second(unit, before)


_LONG: Final = {"day": 86_400, "hour": 3_600, "minute": 60}
CLOCK_UNITS: Final = ":hour, :minute, "
DAY_UNITS: Final = ":day, :hour, :minute, "


def difference(left: int, right: int, unit: Any, before: str) -> int:
    """Return the difference of two moments in a unit; of days, hours and minutes only whole ones count."""
    seconds, _, per = unit_of(unit, before)
    found = left * per // 1_000_000 - right * per // 1_000_000
    if seconds == 1:
        return found
    return found // seconds if found >= 0 else -(-found // seconds)


def amount_of(amount: int, unit: Any, before: str) -> tuple[int, int]:
    """Return an amount of a unit in microseconds, and the precision that it needs."""
    seconds, small, per = unit_of(unit, before)
    return amount * seconds * 1_000_000 // per, gregorian.precision_of(small)


def precise(value: Any) -> Any:
    """Return a microsecond with its precision: a bare number has six digits."""
    return (value, 6) if type(value) is int else value


def cut(value: Any, unit: Any) -> Any:
    """Cut a microsecond down to the precision of a unit; fails as `Calendar.truncate/2`."""
    name = getattr(unit, "name", None)
    if name == "second":
        return 0, 0
    if name == "microsecond":
        return value
    if name != "millisecond" or type(value) is not tuple or len(value) != 2:
        raise function_clause(alias("Calendar"), "truncate", (value, unit))
    return value[0] // 1000 * 1000, min(value[1], 3)


def bang(found: Any, text: Callable[[str], str]) -> Any:
    """Return the value of `{:ok, value}`; `text` makes the message of the reason of an error."""
    if found[0] is OK:
        return found[1]
    raise argument_error(text(inspect(found[1])))


def start_of_day(date: tuple[Any, ...]) -> int:
    """Return the days since 0000-01-01 of the fields of a date."""
    days: int = of(date[-1], "naive_datetime_to_iso_days", *date[:3], 0, 0, 0, (0, 0))[0]
    return days


def is_iso(calendar: Any) -> bool:
    """Tell whether a calendar is the one of ISO 8601."""
    return calendar is ISO


def split_arguments(calendar: Any, layout: Any) -> tuple[Any, Any]:
    """Return calendar and layout of a reading function, whose one optional argument may be either."""
    if type(calendar) is Atom and calendar.name in ("basic", "extended"):
        return ISO, calendar
    return calendar, layout


def day_fraction(values: tuple[Any, ...]) -> int:
    """Return the microseconds since midnight of the fields of a time."""
    parts, per_day = of(values[-1], "time_to_day_fraction", *values[:4])
    return int(parts * PARTS // per_day)
