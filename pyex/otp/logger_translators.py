"""Translators of Logger: functions that put what Erlang's libraries log into words of their own."""

from __future__ import annotations

from typing import Any, Final

from pyex.otp import log
from pyex.terms.atoms import atom
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, to_pylist
from pyex.terms.maps import Map

OK: Final = atom("ok")
REPORT: Final = atom("report")
STRING: Final = atom("string")
translators: Final[list[tuple[Any, Any]]] = []
_TRANSLATE: Final = atom("logger_translator")


def add_translator(translator: Any) -> Any:
    """Have reports and formats told by `module.function(min_level, level, kind, message)`, a filter of all messages.

    It answers `{:ok, text}`, `{:ok, text, metadata}`, `:skip`, or `:none` to leave a message to the next one.
    """
    translators.insert(0, translator)
    log.primary_filters[_TRANSLATE] = (_translated, EMPTY)
    return OK


def remove_translator(translator: Any) -> Any:
    """Take a translator away."""
    if translator in translators:
        translators.remove(translator)
    if not translators:
        log.primary_filters.pop(_TRANSLATE, None)
    return OK


def _translated(event: Any, extra: Any) -> Any:
    """Return an event as the first translator tells it that knows it, `:stop` if that one wants none, else `:ignore`."""
    kind, message = event[atom("msg")]
    if kind is STRING:
        return atom("ignore")
    if kind is REPORT:
        labelled = type(message) is Map and atom("label") in message and atom("report") in message
        given = (message[atom("label")], message[atom("report")]) if labelled else (atom("logger"), message)
    else:
        kind, given = atom("format"), (kind, message)
    for target, name in translators:
        answer = export(target, name.name, 4).fn(atom(log.Console.level), event[atom("level")], kind, given)
        if answer is atom("skip"):
            return log.STOP
        if type(answer) is tuple and answer[0] is OK:
            pairs = [*event[atom("meta")].items(), *(to_pylist(answer[2]) if len(answer) == 3 else ())]
            told = event.put(atom("msg"), (STRING, answer[1]))
            return told.put(atom("meta"), Map.from_pairs(pairs))
    return atom("ignore")
