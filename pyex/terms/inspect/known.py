"""How Elixir's own structs are shown: ranges, sets, dates, regular expressions …

A function here returns None when the struct's fields are not what they should be; the struct is then shown by
its fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import alias, atom, atom_name
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
        return None
    members = from_pylist(list(stored))
    return (CONS, "MapSet.new(", (CONS, list_doc(members, opts.copy(charlists=AS_LISTS)), ")"))


def _date_text(term: Map) -> str | None:
    values = _int_fields(term, "year month day")
    if values is None:
        return None
    year, month, day = values
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def _time_text(term: Map) -> str | None:
    values = _int_fields(term, "hour minute second")
    microsecond = term.get(atom("microsecond"))
    if values is None or type(microsecond) is not tuple or len(microsecond) != 2:
        return None
    hour, minute, second = values
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


def _both(term: Map) -> str | None:
    date, time = _date_text(term), _time_text(term)
    return None if date is None or time is None else f"{date} {time}"


def date_doc(term: Map, opts: Opts) -> Any:
    """Return `~D[2020-01-31]`."""
    text = _date_text(term)
    return _built(term, "Date", "year month day", opts) or text and f"~D[{text}{_calendar(term)}]"


def time_doc(term: Map, opts: Opts) -> Any:
    """Return `~T[10:20:30.123]`."""
    text = _time_text(term)
    return text and f"~T[{text}{_calendar(term)}]"


def naive_doc(term: Map, opts: Opts) -> Any:
    """Return `~N[2020-01-31 10:20:30]`."""
    text = _both(term)
    names = "year month day hour minute second microsecond"
    return _built(term, "NaiveDateTime", names, opts) or text and f"~N[{text}{_calendar(term)}]"


def datetime_doc(term: Map, opts: Opts) -> Any:
    """Return `~U[2020-01-31 10:20:30Z]`, or `#DateTime<…>` in another zone than UTC."""
    text = _both(term)
    offsets = _int_fields(term, "utc_offset std_offset")
    if text is None or offsets is None:
        return None
    zone, short = term.get(atom("time_zone")), term.get(atom("zone_abbr"))
    if zone == "Etc/UTC" and short == "UTC" and not any(offsets):
        if not -9999 <= term[atom("year")] <= 9999:
            return f"#DateTime<{text}Z{_calendar(term)}>"
        return f"~U[{text}Z{_calendar(term)}]"
    seconds = sum(offsets)
    sign = "-" if seconds < 0 else "+"
    hours, minutes = divmod(abs(seconds) // 60, 60)
    shown = "Z" if zone == "Etc/UTC" and not seconds else f"{sign}{hours:02}:{minutes:02}"
    return f"#DateTime<{text}{shown} {short} {zone}{_calendar(term)}>"


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
