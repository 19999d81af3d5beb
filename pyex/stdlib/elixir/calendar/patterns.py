"""Dates and times as a pattern says: `%Y-%m-%d`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pyex.stdlib.elixir.calendar import base, gregorian
from pyex.stdlib.elixir.calendar.writing import signed_offset
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import List, to_pylist
from pyex.terms.maps import Map

_DIRECTIVE: Final = re.compile(r"%([-_0]*)([0-9]*)(.?)", re.DOTALL)
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_PREFERRED: Final = {
    "preferred_datetime": "%Y-%m-%d %H:%M:%S",
    "preferred_date": "%Y-%m-%d",
    "preferred_time": "%H:%M:%S",
}
_NAMES: Final = frozenset(
    "am_pm_names month_names abbreviated_month_names day_of_week_names abbreviated_day_of_week_names".split()
)
_PADDING: Final = {
    **dict.fromkeys("aAbBpPcxXZ", (" ", 0)),
    **dict.fromkeys("dHImMSy", ("0", 2)),
    **dict.fromkeys("uqsf", ("0", 1)),
    "j": ("0", 3),
    "Y": ("0", 4),
    "z": ("0", 5),
    "%": (" ", 0),
}
"""What a directive is padded with, and how far, when the pattern does not say."""

_CALENDAR: Final = alias("Calendar")


class Pattern:
    """One call of `strftime`: the value, and what its options say."""

    def __init__(self, value: Map, options: dict[str, Any]) -> None:
        self.value = value
        self.options = options
        self.inside: tuple[str, ...] = ()

    def render(self, pattern: str) -> str:
        """Return the pattern with its directives replaced."""
        return _DIRECTIVE.sub(self._directive, pattern)

    def _directive(self, found: re.Match[str]) -> str:
        flags, width, letter = found.groups()
        if letter not in _PADDING or not letter:
            raise argument_error(f"invalid strftime format: %{letter}")
        fill, length = _PADDING[letter]
        text = self._text(letter)
        if letter == "f" or not text:
            return text
        for flag in flags:
            fill = {"-": "", "_": " ", "0": "0"}[flag]
        length = int(width) if width else length
        if not fill or len(text) >= length:
            return text
        if fill == "0" and text[:1] in ("-", "+") and letter in "Yyz":
            return text[0] + text[1:].rjust(length - (letter == "z"), "0")
        return text.rjust(length, fill)

    def _text(self, letter: str) -> str:
        if letter in "cxX":
            return self._preferred(
                {"c": "preferred_datetime", "x": "preferred_date", "X": "preferred_time"}[letter]
            )
        if letter in "aAbBpP":
            return self._named(letter)
        if letter in "zZs":
            return self._zone(letter)
        return _NUMBERS[letter](self)

    def get(self, name: str) -> Any:
        """Return a field of the value; raises KeyError."""
        key = atom(name)
        if key not in self.value:
            raise elixir_error("KeyError", key=key, term=self.value, message=None)
        return self.value[key]

    def ask(self, function: str) -> Any:
        """Ask the calendar about the date."""
        return base.of(self.get("calendar"), function, self.get("year"), self.get("month"), self.get("day"))

    def weekday(self) -> int:
        """Return the day of the week, from 1 (Monday)."""
        calendar, year, month, day = (self.get(name) for name in ("calendar", "year", "month", "day"))
        number, *_ = base.of(calendar, "day_of_week", year, month, day, atom("default"))
        return int(number)

    def _preferred(self, option: str) -> str:
        if option in self.inside:
            raise argument_error(f"tried to format {option} within another {option} format")
        given = self.options.get(option, _PREFERRED[option])
        if type(given) is not str:
            raise function_clause(_CALENDAR, "parse", (given, self.value, Map(), ()))
        self.inside = (*self.inside, option)
        text = self.render(given)
        self.inside = self.inside[:-1]
        return text

    def _named(self, letter: str) -> str:
        if letter in "pP":
            half = atom("am" if self.get("hour") < 12 else "pm")
            name = self.options["am_pm_names"](half) if "am_pm_names" in self.options else half.name
            return str(name.upper() if letter == "p" else name.lower())
        days = letter in "aA"
        number = self.weekday() if days else self.get("month")
        option = "day_of_week_names" if days else "month_names"
        if letter in "ab":
            option = f"abbreviated_{option}"
        if option in self.options:
            return str(self.options[option](number))
        name = (_DAYS if days else _MONTHS)[number - 1]
        return name[:3] if letter in "ab" else name

    def _zone(self, letter: str) -> str:
        if letter == "s":
            values = base.take(self.value, base.DATETIME)
            if values is None:
                values = base.take(self.value, base.NAIVE)
                if values is None:
                    raise function_clause(alias("DateTime"), "to_unix", (self.value, atom("second")))
                offset = 0
            else:
                offset = values[9] + values[10]
            return str(base.moment(values) // 1_000_000 - offset - gregorian.EPOCH)
        if letter == "Z":
            return str(self.value.get(atom("zone_abbr"), ""))
        offsets = [self.value.get(atom(name)) for name in ("utc_offset", "std_offset")]
        return "" if None in offsets else signed_offset(sum(offsets))


def _fraction(pattern: Pattern) -> str:
    value, precision = pattern.get("microsecond")
    return f"{value:06}"[: max(precision, 1)]


def _short_year(pattern: Pattern) -> str:
    year = pattern.get("year")
    return str(year % 100 if year >= 0 else -(-year % 100))


_NUMBERS: Final[dict[str, Callable[[Pattern], str]]] = {
    "%": lambda _: "%",
    "d": lambda pattern: str(pattern.get("day")),
    "f": _fraction,
    "H": lambda pattern: str(pattern.get("hour")),
    "I": lambda pattern: str((pattern.get("hour") + 11) % 12 + 1),
    "j": lambda pattern: str(pattern.ask("day_of_year")),
    "m": lambda pattern: str(pattern.get("month")),
    "M": lambda pattern: str(pattern.get("minute")),
    "q": lambda pattern: str(pattern.ask("quarter_of_year")),
    "S": lambda pattern: str(pattern.get("second")),
    "u": lambda pattern: str(pattern.weekday()),
    "y": _short_year,
    "Y": lambda pattern: str(pattern.get("year")),
}


def checked(options: Any) -> dict[str, Any]:
    """Return the options of a call by name; unknown ones are refused."""
    given = {}
    for key, value in to_pylist(options):
        name = atom_name(key) if type(key) is Atom else None
        if name is None or name not in _PREFERRED and name not in _NAMES:
            raise argument_error(f"unknown option {inspect(key)} given to Calendar.strftime/3")
        given[name] = value
    return given


def render(value: Any, pattern: Any, options: Any) -> str:
    """Return the text of a date or time as a pattern says."""
    if type(value) is not Map or type(pattern) is not str or not isinstance(options, List):
        raise function_clause(_CALENDAR, "strftime", (value, pattern, options))
    return Pattern(value, checked(options)).render(pattern)
