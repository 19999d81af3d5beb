"""Duration: amounts of the units of time, `%Duration{month: 1, hour: 2}`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.calendar import base
from pyex.stdlib.elixir.calendar.base import ERROR, OK
from pyex.stdlib.elixir.calendar.duration_units import DURATION, UNITS, all_of, build
from pyex.stdlib.elixir.calendar.gregorian import ISO
from pyex.terms.atoms import atom_name
from pyex.terms.errors import function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, to_pylist
from pyex.terms.maps import Map, struct

module = NativeModule("Duration", doc="Amounts of the units of time, from years to microseconds.")
module.struct({**dict.fromkeys(UNITS, 0), "microsecond": (0, 0)})

_LETTERS: Final = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M"}
_SHORT: Final = {
    "year": "a",
    "month": "mo",
    "week": "wk",
    "day": "d",
    "hour": "h",
    "minute": "min",
    "second": "s",
}


def _values(duration: Any, function: str, *args: Any) -> dict[str, Any]:
    if type(duration) is not Map or duration.struct is not DURATION:
        raise function_clause(DURATION, function, args or (duration,))
    return all_of(duration)


def _made(values: dict[str, Any]) -> Map:
    return struct(DURATION, values)


@module.function("new!")
def new_bang(duration: Any) -> Any:
    """Return the duration of `{unit, amount}` pairs; raises ArgumentError.

        iex> Duration.new!(hour: 1, minute: 30)
        %Duration{hour: 1, minute: 30}
    """
    return build(duration)


@module.function
def add(d1: Any, d2: Any) -> Any:
    """Add two durations, unit by unit.

        iex> Duration.add(Duration.new!(week: 1), Duration.new!(week: 2, day: 1))
        %Duration{week: 3, day: 1}
    """
    return _combined("add", d1, d2, 1)


@module.function
def subtract(d1: Any, d2: Any) -> Any:
    """Subtract the second duration from the first, unit by unit.

        iex> Duration.subtract(Duration.new!(week: 1), Duration.new!(day: 1))
        %Duration{week: 1, day: -1}
    """
    return _combined("subtract", d1, d2, -1)


def _combined(function: str, d1: Any, d2: Any, sign: int) -> Map:
    left, right = _values(d1, function, d1, d2), _values(d2, function, d1, d2)
    (a, p), (b, q) = left.pop("microsecond"), right.pop("microsecond")
    found: dict[str, Any] = {unit: left[unit] + sign * right[unit] for unit in left}
    return _made({**found, "microsecond": (a + sign * b, max(p, q))})


@module.function
def multiply(duration: Any, integer: Any) -> Any:
    """Multiply every unit.

        iex> Duration.multiply(Duration.new!(day: 1, hour: -2), 3)
        %Duration{day: 3, hour: -6}
    """
    values = _values(duration, "multiply", duration, integer)
    if type(integer) is not int:
        raise function_clause(DURATION, "multiply", (duration, integer))
    return _scaled(values, integer)


def _scaled(values: dict[str, Any], factor: int) -> Map:
    value, precision = values.pop("microsecond")
    found: dict[str, Any] = {unit: amount * factor for unit, amount in values.items()}
    return _made({**found, "microsecond": (value * factor, precision)})


@module.function
def negate(duration: Any) -> Any:
    """Turn the sign of every unit.

        iex> Duration.negate(Duration.new!(day: 1, hour: -2))
        %Duration{day: -1, hour: 2}
    """
    return _scaled(_values(duration, "negate"), -1)


@module.function
def from_iso8601(string: Any) -> Any:
    """Read a duration as ISO 8601 writes it.

        iex> Duration.from_iso8601("P1YT2H")
        {:ok, %Duration{year: 1, hour: 2}}
    """
    if type(string) not in (str, bytes):
        raise function_clause(DURATION, "from_iso8601", (string,))
    found = base.of(ISO, "parse_duration", string)
    return found if found[0] is ERROR else (OK, build(found[1]))


@module.function("from_iso8601!")
def from_iso8601_bang(string: Any) -> Any:
    """Read a duration; raises ArgumentError.

        iex> Duration.from_iso8601!("PT36H")
        %Duration{hour: 36}
    """
    if type(string) not in (str, bytes):
        raise function_clause(DURATION, "from_iso8601!", (string,))
    return base.bang(
        from_iso8601(string), lambda reason: f"failed to parse duration {inspect(string)}. reason: {reason}"
    )


def _seconds(second: int, microsecond: tuple[int, int]) -> str:
    """Return seconds with their fraction, under one sign."""
    value, precision = microsecond
    total = second * 1_000_000 + value
    if precision == 0:
        return str(second)
    whole, fraction = divmod(abs(total), 1_000_000)
    return f"{'-' if total < 0 else ''}{whole}.{f'{fraction:06}'[:precision]}"


def _has_seconds(values: dict[str, Any]) -> bool:
    return bool(values["second"] or values["microsecond"][0])


@module.function
def to_iso8601(duration: Any) -> Any:
    """Return a duration as ISO 8601 writes it.

        iex> Duration.to_iso8601(Duration.new!(year: 1, second: 30))
        "P1YT30S"
    """
    values = _values(duration, "to_iso8601")
    shown = {unit: f"{values[unit]}{letter}" for unit, letter in _LETTERS.items() if values[unit]}
    time = "".join(shown.get(unit, "") for unit in ("hour", "minute"))
    if _has_seconds(values):
        time += _seconds(values["second"], values["microsecond"]) + "S"
    date = "".join(shown.get(unit, "") for unit in ("year", "month", "week", "day"))
    if not date and not time:
        return "PT0S"
    return f"P{date}T{time}" if time else f"P{date}"


@module.function
def to_string(duration: Any, opts: Any = EMPTY) -> Any:
    """Return a duration in short words; `:units` names the units anew, `:separator` stands between them.

        iex> Duration.to_string(Duration.new!(hour: 2, second: 30), separator: ", ")
        "2h, 30s"
    """
    values = _values(duration, "to_string", duration, opts)
    options = {atom_name(key): value for key, value in to_pylist(opts)}
    names = {**_SHORT, **{str(atom_name(key)): value for key, value in to_pylist(options.get("units", EMPTY))}}
    parts = [f"{values[unit]}{names[unit]}" for unit in _LETTERS if values[unit]]
    if _has_seconds(values):
        parts.append(_seconds(values["second"], values["microsecond"]) + names["second"])
    return options.get("separator", " ").join(parts) if parts else f"0{names['second']}"
