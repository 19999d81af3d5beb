"""Date.Range: the struct of `Date.range/2` and how it is enumerated."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base
from pyex.stdlib.elixir.enumerable import reduce_iterator
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map

FIELDS: Final = ("first", "last", "first_in_iso_days", "last_in_iso_days", "step")

module = NativeModule("Date.Range", doc="Ranges of days, as `Date.range/2` makes them.")
module.struct(dict.fromkeys(FIELDS), enforce=FIELDS)

implementation = NativeModule("Enumerable.Date.Range")
OK: Final = base.OK


def _days(value: Map) -> range:
    first, last, step = (value[atom(name)] for name in ("first_in_iso_days", "last_in_iso_days", "step"))
    return range(first, last + (1 if step > 0 else -1), step)


def _dates(value: Map, days: range) -> Any:
    calendar = value[atom("first")][base.CALENDAR]
    for day in days:
        fields = base.of(calendar, "naive_datetime_from_iso_days", (day, (0, 86_400_000_000)))
        yield base.make("Date", base.DATE, fields[:3], calendar)


@implementation.function(doc=False)
def reduce(value: Any, acc: Any, fun: Any) -> Any:
    """Reduce the days."""
    return reduce_iterator(_dates(value, _days(value)), acc, fun)


@implementation.function(doc=False)
def count(value: Any) -> Any:
    """Return the number of the days."""
    return OK, len(_days(value))


@implementation.function("member?", doc=False)
def member(value: Any, date: Any) -> Any:
    """Tell whether a date is one of the days."""
    if type(date) is not Map or date.struct is not alias("Date"):
        return OK, False
    fields = base.fields(date, base.DATE, implementation.name, "member?", value, date)
    return OK, fields[-1] is value[atom("first")][base.CALENDAR] and base.start_of_day(fields) in _days(value)


@implementation.function("slice", doc=False)
def slice_(value: Any) -> Any:
    """Return the number of the days and how a part of them is taken."""
    days = _days(value)

    def part(start: Any, length: Any, step: Any) -> Any:
        return from_pylist(list(_dates(value, days[start : start + length * step : step])))

    return OK, len(days), part


@implementation.function("__impl__", doc=False)
def about(key: Any) -> Any:
    """Answer what an implementation knows of itself."""
    answers = {"for": alias("Date.Range"), "protocol": alias("Enumerable"), "target": implementation.name}
    if key.name not in answers:
        raise function_clause(implementation.name, "__impl__", (key,))
    return answers[key.name]
