"""Logger.Formatter: an event of the log as text, by a pattern."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp.log import Console
from pyex.otp.options import by_name
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, erlang_error
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, charlist, elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map, struct
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Reference
from pyex.terms.stacktrace import format_mfa

NAME: Final = alias("Logger.Formatter")
PATTERN: Final = "\n$time $metadata[$level] $message\n"
ALL: Final = atom("all")
_PARTS: Final = ("date", "level", "levelpad", "message", "metadata", "node", "time")
_NAMED: Final = re.compile(r"(\$[a-z]+)")
_DIRECTIVE: Final = re.compile(r"~(-?(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*)?)?(?:\..)?)[tlkK]*([a-zA-Z~#+])")
_COLORS: Final = {
    "error": "red", "info": "normal", "warning": "yellow", "debug": "cyan", "notice": "normal", "emergency": "red",
    "alert": "red", "critical": "red",
}  # fmt: skip
_CODES: Final = {"black": 30, "red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36, "white": 37}
_OPTIONS: Final = ("format", "metadata", "colors", "utc_log", "truncate")

module = NativeModule("Logger.Formatter", doc="Events of the log as text, by a pattern.")
module.struct({"template": None, "truncate": None, "metadata": None, "colors": None, "utc_log?": None})


@module.function("new", arity=(0, 1))
def new(options: Any = EMPTY) -> Any:
    """A formatter with its settings; options are `format`, `metadata`, `colors`, `utc_log` and `truncate`.

        iex> {Logger.Formatter, settings} = Logger.Formatter.new(format: "$level: $message")
        iex> settings.template
        [:level, ": ", :message]
    """
    given = by_name(options)
    settings = {
        "template": compile_(given.get("format")),
        "truncate": given.get("truncate", 8096),
        "metadata": given.get("metadata", EMPTY),
        "colors": _colors(given.get("colors", EMPTY)),
        "utc_log?": given.get("utc_log", False),
    }
    return NAME, struct(NAME, settings)


def _colors(given: Any) -> Map:
    chosen = {key.name: value for key, value in to_pylist(given)}
    table: dict[str, Any] = {"error": atom("red"), "enabled": chosen.get("enabled", Console.colors)}
    table |= {level: chosen.get(level, atom(color)) for level, color in _COLORS.items()}
    return Map.from_pairs([(atom(name), value) for name, value in table.items()])


@module.function("compile")
def compile_(pattern_or_function: Any) -> Any:
    """The parts of a pattern; nil stands for the usual one.

        iex> Logger.Formatter.compile("[$level] $message")
        ["[", :level, "] ", :message]
    """
    if pattern_or_function is None:
        pattern_or_function = PATTERN
    if type(pattern_or_function) is tuple:
        return pattern_or_function
    parts: list[Any] = []
    for part in _NAMED.split(str(pattern_or_function)):
        if not part.startswith("$") or len(part) == 1:
            parts += [part] if part else []
        elif part[1:] in _PARTS:
            parts.append(atom(part[1:]))
        else:
            raise argument_error(f"{part} is an invalid format pattern")
    return from_pylist(parts)


@module.function("format", arity=2)
def format_event(event: Any, config: Any) -> Any:
    """An event as text, as a formatter of `:logger` gives it."""
    level, meta = event[atom("level")], event[atom("meta")]
    fields = config.get(atom("template")), config.get(atom("metadata")), config.get(atom("colors"))
    template, wanted, colors = fields
    stamp = system_time_to_date_time_ms(meta.get(atom("time"), 0), config.get(atom("utc_log?"), False))
    chosen = _chosen(meta, wanted)
    message = _truncated(_text(event[atom("msg")], meta), config.get(atom("truncate"), 8096))
    if type(template) is tuple:
        made = export(template[0], template[1].name, 4).fn(level, message, stamp, chosen)
        text = str(export(alias("IO"), "chardata_to_string", 1).fn(made))
    else:
        text = _filled(template, level, message, stamp, chosen)
    return _colored(text, level, colors)


def _colored(text: str, level: Any, colors: Any) -> str:
    color = colors.get(level) if colors.get(atom("enabled")) is True else None
    code = _CODES.get(color.name) if type(color) is Atom else None
    return f"\x1b[{code}m{text}\x1b[0m" if code is not None else text


def _chosen(meta: Any, wanted: Any) -> Any:
    pairs = list(meta.items())
    if wanted is ALL:
        return from_pylist(pairs)
    known = dict(pairs)
    return from_pylist([(key, known[key]) for key in to_pylist(wanted) if known.get(key) is not None])


def _truncated(text: str, most: Any) -> str:
    if type(most) is not int or len(text) <= most:
        return text
    return text[:most] + " (truncated)"


def text_of_event(event: Any) -> str:
    """Return the text of an event's message."""
    return _text(event[atom("msg")], event[atom("meta")])


def _text(message: Any, meta: Any) -> str:
    """Return the text of a message: chardata, a report, or a format with its arguments."""
    from pyex.otp.logger import text_of

    if message[0] is atom("string"):
        return text_of(message[1])
    if message[0] is atom("report"):
        callback = meta.get(atom("report_cb"))
        return text_of(message[1]) if callback is None else _text(callback(message[1]), Map())
    return _inspected(text_of(message[0]), message[1])


def _inspected(template: str, args: Any) -> str:
    """Return a format of Erlang's filled in, its terms as Elixir shows them."""
    given = to_pylist(args)[::-1]

    def directive(found: re.Match[str]) -> str:
        field, kind = found[1], found[2]
        wanted = 0 if kind in "n~" else 2 if kind in "PWxX" else 1
        if len(given) < field.count("*") + wanted:
            raise erlang_error("badarg", "io_lib", "scan_format", (charlist(template), args))
        widths = [given.pop() for _ in range(field.count("*"))]
        values = [given.pop() for _ in range(wanted)]
        if kind in "pPwW":
            return inspect(values[0])
        return _chardata(export(atom("io_lib"), "format", 2).fn(found[0], from_pylist([*widths, *values])))

    text = _DIRECTIVE.sub(directive, template)
    if given:
        raise erlang_error("badarg", "io_lib", "scan_format", (charlist(template), args))
    return text


@module.function("format", arity=5)
def format_parts(template: Any, level: Any, message: Any, timestamp: Any, metadata: Any) -> Any:
    """The parts of a compiled pattern filled in.

        iex> parts = Logger.Formatter.compile("[$level] $message")
        iex> Logger.Formatter.format(parts, :info, "hello", {{2026, 1, 2}, {3, 4, 5, 6}}, []) |> IO.iodata_to_binary()
        "[info] hello"
    """
    if type(template) is tuple:
        return export(template[0], template[1].name, 4).fn(level, message, timestamp, metadata)
    return from_pylist([_filled(from_pylist([part]), level, message, timestamp, metadata) for part in to_pylist(template)])


def _chardata(text: Any) -> str:
    return str(export(alias("IO"), "chardata_to_string", 1).fn(text))


def _filled(template: Any, level: Any, message: Any, stamp: Any, metadata: Any) -> str:
    made: list[str] = []
    for part in to_pylist(template):
        name = part.name if type(part) is Atom else None
        if name == "message":
            made.append(_chardata(message))
        elif name == "level":
            made.append(level.name)
        elif name == "levelpad":
            made.append(" " if level.name in ("info", "warn") else "")
        elif name == "time":
            made.append(_chardata(format_time(stamp[1])))
        elif name == "date":
            made.append(_chardata(format_date(stamp[0])))
        elif name == "node":
            made.append(this_node.name.name)
        elif name == "metadata":
            made += [_pair(key, value) for key, value in to_pylist(metadata)]
        else:
            made.append(part)
    return "".join(made)


def _pair(key: Any, value: Any) -> str:
    text = _shown(key.name, value)
    return "" if text is None else f"{key.name}={text} "


def _shown(key: str, value: Any) -> str | None:
    """Return a value of the metadata as text; None for one that is left out."""
    if key in ("time", "gl", "report_cb") or value is None:
        return None
    if type(value) is Pid or type(value) is Reference:
        return inspect(value).removeprefix("#PID").removeprefix("#Reference")
    if key == "mfa" and type(value) is tuple and len(value) == 3:
        return format_mfa(*value)
    if key == "domain" and is_proper(value):
        return ".".join(item.name for item in to_pylist(value))
    if is_binary(value) or is_atom(value) or type(value) in (int, float):
        return str(export(alias("String.Chars"), "to_string", 1).fn(value))
    return _chardata(value) if key == "file" and isinstance(value, List) else None


@module.function
def format_date(date: Any) -> Any:
    """A date as text.

        iex> Logger.Formatter.format_date({2026, 1, 2}) |> IO.iodata_to_binary()
        "2026-01-02"
    """
    year, month, day = date
    return elixir_list(str(year), ord("-"), _padded(month), ord("-"), _padded(day))


@module.function
def format_time(time: Any) -> Any:
    """A time as text.

        iex> Logger.Formatter.format_time({3, 4, 5, 6}) |> IO.iodata_to_binary()
        "03:04:05.006"
    """
    hour, minute, second, millisecond = time
    colon = ord(":")
    return elixir_list(_padded(hour), colon, _padded(minute), colon, _padded(second), ord("."), _padded(millisecond, 3))


def _padded(number: int, width: int = 2) -> Any:
    """Return a number with noughts before it, as chardata: `[?0, "7"]`."""
    missing = width - len(str(number))
    return from_pylist([ord("0")] * missing + [str(number)]) if missing > 0 else str(number)


@module.function
def system_time_to_date_time_ms(system_time: Any, utc_log: Any = False) -> Any:
    """A time in microseconds since 1970 as `{{year, month, day}, {hour, minute, second, millisecond}}`.

        iex> Logger.Formatter.system_time_to_date_time_ms(1_577_934_245_067_000, true)
        {{2020, 1, 2}, {3, 4, 5, 67}}
    """
    moment = dt.datetime.fromtimestamp(system_time // 10**6, tz=dt.UTC if utc_log is True else None)
    day = moment.year, moment.month, moment.day
    return day, (moment.hour, moment.minute, moment.second, system_time // 1000 % 1000)


@module.function
def prune(data: Any) -> Any:
    """Chardata without what is no valid text.

        iex> Logger.Formatter.prune(["a", ?b])
        ["a", 98]
    """
    if is_binary(data):
        return data if type(data) is str else data.decode("utf-8", "replace")
    if isinstance(data, List):
        return from_pylist([prune(item) for item in to_pylist(data)])
    return data if type(data) is int and 0 <= data <= 0x10FFFF and not 0xD800 <= data <= 0xDFFF else 0xFFFD
