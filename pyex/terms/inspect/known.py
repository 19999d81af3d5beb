"""How Elixir's own structs are shown: ranges, sets, dates, regular expressions …

A function here returns None when the struct's fields are not what they should be; the struct is then shown by
its fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.inspect.algebra import CONS, concat
from pyex.terms.inspect.documents import AS_LISTS, each_doc, list_doc, pair_doc, pairs_doc, to_doc
from pyex.terms.inspect.literals import atom_text, escape, printable
from pyex.terms.inspect.opts import Opts
from pyex.terms.lists import EMPTY, from_pylist, to_pylist
from pyex.terms.maps import STRUCT, Map

_ISO: Final = alias("Calendar.ISO")


def _int_fields(term: Map, names: str) -> list[int] | None:
    values = [term.get(atom(name)) for name in names.split()]
    return values if all(type(value) is int for value in values) else None


def range_doc(term: Map, opts: Opts) -> Any:
    """Return `1..10//2`."""
    bounds = _int_fields(term, "first last")
    if bounds is None:
        return None
    first, last = bounds
    step = term.get(atom("step"), 1 if first <= last else -1)
    doc: Any = to_doc(last, opts)
    if step != 1 or (first > last):
        doc = concat(doc, "//", to_doc(step, opts))
    return (CONS, to_doc(first, opts), (CONS, "..", doc))


def map_set_doc(term: Map, opts: Opts) -> Any:
    """Return `MapSet.new([…])`."""
    stored = term.get(atom("map"))
    if type(stored) is not Map:
        raise function_clause(atom("sets"), "to_list", (stored,))
    members = from_pylist(list(stored))
    return (CONS, "MapSet.new(", (CONS, list_doc(members, opts.copy(charlists=AS_LISTS)), ")"))


_EXTENDED: Final = atom("extended")
_DATE: Final = "year month day"
_TIME: Final = "hour minute second microsecond"
_ZONE: Final = "time_zone zone_abbr utc_offset std_offset"


def _values_of(term: Map, names: str) -> tuple[Any, ...]:
    return tuple(term.get(atom(name)) for name in names.split())


def _by_calendar(term: Map, name: str, names: str) -> str | None:
    """Return the text that a calendar other than the usual one gives; None when it is the usual one."""
    calendar, values = term.get(atom("calendar"), _ISO), _values_of(term, names)
    return None if calendar is _ISO else str(export(calendar, name, len(values)).fn(*values))


def _date_text(term: Map) -> str:
    values = _values_of(term, _DATE)
    if not all(type(value) is int for value in values):
        raise function_clause(_ISO, "date_to_string", (*values, _EXTENDED))
    year, month, day = values
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def _time_text(term: Map) -> str:
    hour, minute, second, microsecond = values = _values_of(term, _TIME)
    in_day = all(type(value) is int and 0 <= value <= last for value, last in zip(values, (23, 59, 59), strict=False))
    exact = type(microsecond) is tuple and len(microsecond) == 2 and all(type(value) is int for value in microsecond)
    if not in_day or not exact or not (0 <= microsecond[0] <= 999_999 and 0 <= microsecond[1] <= 6):
        raise function_clause(_ISO, "time_to_string", (*values, _EXTENDED))
    value, precision = microsecond
    fraction = f".{value:06}"[: precision + 1] if precision else ""
    return f"{hour:02}:{minute:02}:{second:02}{fraction}"


def _built(term: Map, module: str, names: str, opts: Opts) -> Any:
    """Return the call that builds a date whose year no sigil can tell, or None for any other."""
    year, calendar = term.get(atom("year")), term.get(atom("calendar"), _ISO)
    if type(year) is not int or -9999 <= year <= 9999:
        return None
    values = [to_doc(term.get(atom(name)), opts) for name in names.split()]
    if calendar is not _ISO:
        values.append(atom_text(calendar))
    return concat(f"{module}.new!(", *[part for value in values for part in (", ", value)][1:], ")")


def _calendar(term: Map) -> str:
    calendar = term.get(atom("calendar"), _ISO)
    return "" if calendar is _ISO else " " + atom_text(calendar)


def date_doc(term: Map, opts: Opts) -> Any:
    """Return `~D[2020-01-31]`."""
    built = _built(term, "Date", _DATE, opts)
    return built or f"~D[{_by_calendar(term, 'date_to_string', _DATE) or _date_text(term)}{_calendar(term)}]"


def time_doc(term: Map, opts: Opts) -> Any:
    """Return `~T[10:20:30.123]`."""
    return f"~T[{_by_calendar(term, 'time_to_string', _TIME) or _time_text(term)}{_calendar(term)}]"


def naive_doc(term: Map, opts: Opts) -> Any:
    """Return `~N[2020-01-31 10:20:30]`."""
    built = _built(term, "NaiveDateTime", f"{_DATE} {_TIME}", opts)
    if built is not None:
        return built
    text = _by_calendar(term, "naive_datetime_to_string", f"{_DATE} {_TIME}")
    return f"~N[{text or f'{_date_text(term)} {_time_text(term)}'}{_calendar(term)}]"


def datetime_doc(term: Map, opts: Opts) -> Any:
    """Return `~U[2020-01-31 10:20:30Z]`, or `#DateTime<…>` in another zone than UTC."""
    zone, _, *offsets = _values_of(term, _ZONE)
    text = _by_calendar(term, "datetime_to_string", f"{_DATE} {_TIME} {_ZONE}") or _zoned_text(term)
    year = term.get(atom("year"))
    if zone == "Etc/UTC" and not any(offsets) and type(year) is int and -9999 <= year <= 9999:
        return f"~U[{text}{_calendar(term)}]"
    return f"#DateTime<{text}{_calendar(term)}>"


def _zoned_text(term: Map) -> str:
    zone, short, *offsets = _values_of(term, _ZONE)
    if not is_binary(zone) or not is_binary(short) or not all(type(value) is int for value in offsets):
        values = _values_of(term, f"{_DATE} {_TIME} {_ZONE}")
        raise function_clause(_ISO, "datetime_to_string", (*values, _EXTENDED))
    text, seconds = f"{_date_text(term)} {_time_text(term)}", sum(offsets)
    if zone == "Etc/UTC" and not any(offsets):
        return f"{text}Z"
    sign = "-" if seconds < 0 else "+"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    shown = "Z" if zone == "Etc/UTC" and not seconds else f"{sign}{hours:02}:{minutes:02}"
    return f"{text}{shown} {short} {zone}"


def date_range_doc(term: Map, opts: Opts) -> Any:
    """Return `Date.range(~D[…], ~D[…])`."""
    first, last, step = (term.get(atom(name)) for name in ("first", "last", "step"))
    if type(first) is not Map or type(last) is not Map:
        return None
    tail = "" if step in (1, None) else f", {step}"
    return concat("Date.range(", to_doc(first, opts), ", ", to_doc(last, opts), tail, ")")


_MODIFIERS: Final = {
    "caseless": "i",
    "multiline": "m",
    "extended": "x",
    "firstline": "f",
    "ungreedy": "U",
    "dotall": "s",
    "unicode": "u",
    "ucp": "",
    "export": "E",
}


def regex_doc(term: Map, opts: Opts) -> Any:
    """Return `~r/source/modifiers`, or a call where the options have no letters."""
    source, given = term.get(atom("source")), term.get(atom("opts"), EMPTY)
    if type(source) is not str:
        return None
    letters: str | None = given if type(given) is str else ""
    if type(given) is not str:
        for option in to_pylist(given):
            name = atom_name(option)
            if name in _MODIFIERS and letters is not None:
                letters = _MODIFIERS[name] + letters
            elif not (type(option) is tuple and option == (atom.newline, atom.anycrlf) and atom.dotall in given):
                letters = None
    if letters is not None and printable(source) and "\x1b" not in source:
        return opts.color(f"~r/{_regex_source(source)}/{letters}", atom("regex"))
    shown = f'"{escape(source)}"'
    return concat("Regex.compile!(", shown, *([] if given is EMPTY else [", ", to_doc(given, opts)]), ")")


def _regex_source(source: str) -> str:
    """Return the source of a regular expression as it stands between slashes."""
    out: list[str] = []
    characters = iter(_INTERPOLATION.sub(r"\1\\#{", source))
    for character in characters:
        if character == "\\":
            out.append(character + next(characters, ""))
        elif character == "/":
            out.append("\\/")
        else:
            out.append(_REGEX_ESCAPES.get(character, character))
    return "".join(out)


_INTERPOLATION: Final = re.compile(r"((?<!\\)(?:\\\\)*)#\{")
"""What a sigil would read as an interpolation."""
_REGEX_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v", "\f": "\\f", "\a": "\\a"}


def requirement_doc(term: Map, opts: Opts) -> Any:
    """Return `Version.parse_requirement!("~> 1.0")`."""
    source = term.get(atom("source"))
    return f'Version.parse_requirement!("{source}")' if type(source) is str else None


def stream_doc(term: Map, opts: Opts) -> Any:
    """Return `#Stream<[enum: …, funs: …]>`."""
    if atom("enum") not in term or atom("funs") not in term:
        return None
    shown = from_pylist([(atom("enum"), term[atom("enum")]), (atom("funs"), from_pylist(to_pylist(term[atom("funs")])[::-1]))])
    return concat("#Stream<", to_doc(shown, opts), ">")


_TRACKER: Final = atom("lexical_tracker")


def env_doc(term: Map, opts: Opts) -> Any:
    """Return the document of an environment; what tracks its aliases is the compiler's own affair, and shown as nil."""
    pairs = [(key, None if key is _TRACKER else value) for key, value in term.items() if key is not STRUCT]
    pairs.sort(key=lambda pair: str(pair[0].name))
    return pairs_doc("#Macro.Env<", each_doc(pairs, opts, pair_doc), ">", opts)


KNOWN: Final[dict[Any, Callable[[Map, Opts], Any]]] = {
    alias("Range"): range_doc,
    alias("MapSet"): map_set_doc,
    alias("Date"): date_doc,
    alias("Time"): time_doc,
    alias("NaiveDateTime"): naive_doc,
    alias("DateTime"): datetime_doc,
    alias("Date.Range"): date_range_doc,
    alias("Regex"): regex_doc,
    alias("Version.Requirement"): requirement_doc,
    alias("Stream"): stream_doc,
    alias("Macro.Env"): env_doc,
}


def _names(text: str) -> frozenset[Any]:
    return frozenset(map(atom, text.split()))


OPTIONAL: Final[dict[Any, frozenset[Any]]] = {
    alias("URI"): _names("authority"),
    alias("Version"): _names("pre build"),
    alias("Duration"): _names("year month week day hour minute second microsecond"),
}
"""Fields of Elixir's own structs that are shown only when they differ from their default."""


def _fields(text: str) -> tuple[tuple[Any, Any], ...]:
    return tuple((atom(name), None) for name in text.split())


FIELDS: Final[dict[Any, tuple[tuple[Any, Any], ...]]] = {}
"""Fields of Elixir's own exceptions, for when the module is not loaded; filled by `terms.exceptions`."""
