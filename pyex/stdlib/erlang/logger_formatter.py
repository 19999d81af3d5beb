""":logger_formatter: an event as Erlang writes it, by a template of fields and texts."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp.logger_formatter import text_of_event
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, elixir_list, is_proper, to_pylist
from pyex.terms.maps import Map

module = NativeModule(":logger_formatter", doc="Writes events by a template.")
_DEFAULT: Final = elixir_list(atom("time"), " ", atom("level"), ": ", atom("msg"), "\n")


@module.function
def format(log_event: Any, config: Any) -> Any:  # Erlang's name
    """An event as text; `template` is a list of fields of the event, texts, and `{field, [if there], [if not]}`.

    iex> event = %{level: :info, msg: {:string, "hello"}, meta: %{user: 7}}
    iex> :logger_formatter.format(event, %{template: [:level, " ", :msg, " ", {[:user], ["by ", [:user]], []}]}) |> IO.chardata_to_string()
    "info hello by 7"
    """
    template = config.get(atom("template"), _DEFAULT)
    text = text_of_event(log_event)
    if config.get(atom("single_line"), True) is True:
        text = ", ".join(line.strip() for line in text.strip().split("\n"))
    return elixir_list("".join(_filled(template, log_event, text)))


def _filled(template: Any, event: Any, text: str) -> list[str]:
    parts: list[str] = []
    for part in to_pylist(template):
        if part is atom("msg"):
            parts.append(text)
        elif part is atom("level"):
            parts.append(event[atom("level")].name)
        elif type(part) is Atom:
            parts.append(_shown(part, event[atom("meta")].get(part)))
        elif type(part) is tuple and len(part) == 3:
            there = _under(part[0], event[atom("meta")]) is not None
            parts += _filled(part[1] if there else part[2], event, text)
        elif isinstance(part, List) and part is not EMPTY and type(to_pylist(part)[0]) is Atom:
            parts.append(_shown(to_pylist(part)[-1], _under(part, event[atom("meta")])))
        else:
            parts.append(str(export(alias("IO"), "chardata_to_string", 1).fn(part)))
    return parts


def _under(path: Any, meta: Any) -> Any:
    """Return the value under a list of keys of nested maps, None when there is none."""
    found = meta
    for key in to_pylist(path) if isinstance(path, List) else [path]:
        if type(found) is not Map:
            return None
        found = found.get(key)
    return found


def _shown(key: Any, value: Any) -> str:
    if value is None:
        return ""
    if key is atom("time") and type(value) is int:
        moment = dt.datetime.fromtimestamp(value // 10**6).astimezone()
        return moment.replace(microsecond=value % 10**6).isoformat(timespec="microseconds")
    if is_binary(value) or (is_proper(value) and value is not EMPTY):
        return str(export(alias("IO"), "chardata_to_string", 1).fn(value))
    written = export(atom("io_lib"), "format", 2).fn("~0tp", elixir_list(value))
    return str(export(alias("IO"), "chardata_to_string", 1).fn(written))
