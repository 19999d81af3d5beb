"""Events of the log: made here, put through the filters, and handed to the handlers that want them.

An event is a map with `level`, `msg` and `meta`, as `:logger` has it. The handler named `:default` is the console, whose
lines are those of Elixir's formatter: an empty line, the time, the level, the message.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from pyex import runtime
from pyex.runtime.ending import bare_reason
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import Signal, erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import elixir_list, from_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid
from pyex.terms.stacktrace import of_exception

LEVELS: Final = ("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency")
STOP: Final = atom("stop")
LOG: Final = atom("log")
DEFAULT: Final = atom("default")
ALL: Final = atom("all")
_IGNORE: Final = atom("ignore")
_LEVEL: Final = atom("level")
_MESSAGE: Final = atom("msg")
_META: Final = atom("meta")
_PRIMARY: Final = atom("primary")
_CONSOLE: Final = atom("logger_std_h")
_FORMATTER: Final = alias("Logger.Formatter")
Filters = dict[Any, tuple[Any, Any]]


class Console:
    """Where log lines go, and from which level on. The shell replaces `write`."""

    write: ClassVar[Callable[[str], None]]
    level: ClassVar[str] = "debug"
    colors: ClassVar[bool] = False
    now: ClassVar[Callable[[], dt.datetime]] = dt.datetime.now


def _to_stderr(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


Console.write = staticmethod(_to_stderr)


@dataclass(slots=True, eq=False)
class Handler:
    """One that takes events: a module with `log/2`, or the console."""

    id: Any
    module: Any
    config: Any = field(default_factory=Map)
    level: Any = ALL
    filters: Filters = field(default_factory=dict)
    filter_default: Any = LOG
    formatter: Any = None

    def take(self, event: Any) -> None:
        """Write an event, if its level and the filters let it through."""
        if not at_least(event[_LEVEL].name, self.level.name):
            return
        kept = filtered(event, self.filters, self.filter_default, self.id)
        if kept is None:
            return
        if self.id is DEFAULT and self.module is _CONSOLE:
            Console.write(text_by(self.formatter or default_formatter(), kept))
        else:
            try:
                export(self.module, "log", 2).fn(kept, self.described())
            except Exception as error:
                handlers.pop(self.id, None)
                failed(atom("removed_failing_handler"), self.id, [(atom("handler"), (self.id, self.module))], event, error)

    def _usual_formatter(self) -> Any:
        return default_formatter() if self.id is DEFAULT else (atom("logger_formatter"), Map())

    def described(self) -> Any:
        """Return the handler's settings as `:logger` shows them."""
        return Map.from_pairs(
            [
                (atom("id"), self.id),
                (atom("module"), self.module),
                (atom("config"), self.config),
                (_LEVEL, self.level),
                (atom("filter_default"), self.filter_default),
                (atom("filters"), listed(self.filters)),
                (atom("formatter"), self.formatter or self._usual_formatter()),
            ]
        )


handlers: Final[dict[Any, Handler]] = {
    DEFAULT: Handler(DEFAULT, _CONSOLE, Map.from_pairs([(atom("type"), atom("standard_io"))]))
}
primary_filters: Final[Filters] = {}
primary_metadata: Final[dict[Any, Any]] = {}


def default_formatter() -> Any:
    """Return the console's formatter as the configuration of `:logger` wants it."""
    return export(alias("Logger"), "default_formatter", 0).fn()


def listed(filters: Filters) -> Any:
    """Return filters as the keyword list that `:logger` shows."""
    return from_pylist(list(filters.items()))


def at_least(level: str, wanted: str) -> bool:
    """Tell whether a level is as severe as another; `all` and `none` are levels that all and no messages reach."""
    if wanted in ("all", "none"):
        return wanted == "all"
    return LEVELS.index(level) >= LEVELS.index(wanted)


def enabled(level: str) -> bool:
    """Tell whether a level is logged."""
    return at_least(level, Console.level)


def filtered(event: Any, filters: Filters, default: Any = LOG, owner: Any = _PRIMARY) -> Any:
    """Return an event as the filters leave it, None when one of them stops it; one that fails is taken away."""
    wanted = False
    for name, (function, extra) in list(filters.items()):
        try:
            result = function(event, extra)
            if result is not STOP and result is not _IGNORE and type(result) is not Map:
                raise erlang_error((atom("bad_return_value"), result))
        except Exception as error:
            filters.pop(name, None)
            told = [(atom("filter"), (name, (function, extra))), (atom("owner"), owner)]
            failed(atom("removed_failing_filter"), name, told, event, error)
            continue
        if result is STOP:
            return None
        if result is not _IGNORE:
            event, wanted = result, True
    return event if wanted or default is LOG else None


def text_by(formatter: Any, event: Any) -> str:
    """Return an event as its formatter writes it; one that fails is told of, since who logs must not hear of its error."""
    module, settings = formatter
    try:
        text = export(module, "format", 2).fn(event, settings)
        return str(export(alias("IO"), "chardata_to_string", 1).fn(text))
    except Exception:  # whatever a formatter of the user's fails with
        return _crashed(event)


def _crashed(event: Any) -> str:
    """Return what is printed of an event whose formatter failed."""
    shown = export(atom("io_lib"), "format", 2).fn("~0p", elixir_list(event[_MESSAGE]))
    moment = Console.now().astimezone().isoformat()
    return f"{moment} {event[_LEVEL].name}: FORMATTER CRASH: {export(alias('IO'), 'chardata_to_string', 1).fn(shown)}\n"


def failed(what: Any, name: Any, told: list[Any], event: Any, error: Exception) -> None:
    """Tell that a filter or a handler has failed, and was taken away: shortly, and wholly to who reads what is of level debug."""
    shown = export(atom("io_lib"), "format", 2).fn("~p", elixir_list((what, name)))
    Console.write(f"Logger - error: {export(alias('IO'), 'chardata_to_string', 1).fn(shown)}\n")
    if enabled("debug"):
        kind = atom(error.kind if isinstance(error, Signal) else "error")
        reason = kind, bare_reason(error), of_exception(error)
        report = [(atom("logger"), what), *told, (atom("log_event"), event), (atom("reason"), reason)]
        emit("debug", (atom("report"), from_pylist(report)))


def log(level: str, message: str, metadata: dict[Any, Any] | None = None) -> None:
    """Write one event, if its level is enabled."""
    if enabled(level):
        write(level, message, metadata)


def write(level: str, message: str, metadata: dict[Any, Any] | None = None) -> None:
    """Write one event whose message is a text."""
    emit(level, (atom("string"), message), metadata)


def emit(level: str, message: Any, metadata: dict[Any, Any] | None = None) -> None:
    """Hand an event to the handlers."""
    now = Console.now()
    process = runtime.scheduler.current
    meta = {
        atom("pid"): process.pid if process is not None else Pid(0),
        atom("time"): int(now.timestamp() * 1_000_000),
        atom("gl"): runtime.group_leader_pid() if process is not None else Pid(0),
        **primary_metadata,
        **(metadata or {}),
    }
    event = Map.from_pairs([(_LEVEL, atom(level)), (_MESSAGE, message), (_META, Map.from_pairs(list(meta.items())))])
    kept = filtered(event, primary_filters)
    if kept is None:
        return
    # The console comes last: on the BEAM it is a process of its own.
    for handler in sorted(handlers.values(), key=lambda one: one.module is _CONSOLE):
        handler.take(kept)
