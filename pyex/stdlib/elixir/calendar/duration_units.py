"""The units of a duration and their check."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map, struct

DATE_UNITS: Final = ("year", "month", "week", "day")
TIME_UNITS: Final = ("hour", "minute", "second", "microsecond")
UNITS: Final = (*DATE_UNITS, *TIME_UNITS)
DURATION: Final = alias("Duration")


def _names(units: tuple[str, ...]) -> str:
    return ", ".join(f":{unit}" for unit in units)


def build(pairs: Any, allowed: tuple[str, ...] = UNITS) -> Map:
    """Return the duration of `{unit, value}` pairs, or a duration as it is; other units than allowed are refused."""
    if type(pairs) is Map and pairs.struct is DURATION:
        return pairs
    values: dict[str, Any] = {**dict.fromkeys(UNITS, 0), "microsecond": (0, 0)}
    for unit, value in elements(pairs):
        name = atom_name(unit)
        if name not in allowed:
            kind = "unsupported" if name in UNITS else "unknown"
            raise argument_error(f"{kind} unit {inspect(unit)}. Expected {_names(allowed)}")
        _check(name, value)
        values[name] = value
    return struct(DURATION, values)


def _check(name: str, value: Any) -> None:
    if name != "microsecond":
        if type(value) is not int:
            raise argument_error(f"unsupported value {inspect(value)} for :{name}. Expected an integer")
    elif not (
        type(value) is tuple
        and len(value) == 2
        and all(type(number) is int for number in value)
        and 0 <= value[1] <= 6
    ):
        raise argument_error(
            f"unsupported value {inspect(value)} for :microsecond. "
            "Expected a tuple {ms, precision} where precision is an integer from 0 to 6"
        )


def date_duration(pairs: Any) -> Map:
    """Return the duration by which a date can be moved."""
    return build(pairs, DATE_UNITS)


def time_duration(pairs: Any) -> Map:
    """Return the duration by which a time of day can be moved."""
    return build(pairs, TIME_UNITS)


def all_of(duration: Map) -> dict[str, Any]:
    """Return the values of a duration by unit."""
    return {unit: duration[atom(unit)] for unit in UNITS}
