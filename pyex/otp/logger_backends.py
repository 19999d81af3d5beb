"""Backends of Logger: handlers of an event manager, which the older way of writing the log somewhere are."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import log
from pyex.otp.logger_formatter import system_time_to_date_time_ms, text_of_event
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.order import identical

OK: Final = atom("ok")
ERROR: Final = atom("error")
MANAGER: Final = alias("Logger")
CONSOLE: Final = atom("console")
_GEN_EVENT: Final = atom("gen_event")
_WATCHER: Final = alias("Logger.Backends.Watcher")
_OLDER: Final = {"notice": "info", "warning": "warn", "critical": "error", "alert": "error", "emergency": "error"}
"""What backends call the levels that they do not know."""

handler = NativeModule("Logger.Backends.Handler", doc="Hands the events of the log to the backends.")


def _events(name: str, *args: Any) -> Any:
    return export(_GEN_EVENT, name, len(args)).fn(*args)


def _is_there(backend: Any) -> bool:
    return any(identical(backend, one) for one in to_pylist(_events("which_handlers", MANAGER)))


def _start() -> None:
    """Start the manager, and have it told of the log's events."""
    if runtime.whereis(MANAGER) is not None:
        return
    _events("start", (atom("local"), MANAGER))
    thresholds = (atom("truncate"), 8096), (atom("utc_log"), False), (atom("thresholds"), (20, 500))
    log.handlers[MANAGER] = log.Handler(MANAGER, handler.name, Map.from_pairs(list(thresholds)))


def add_backend(backend: Any, opts: Any = EMPTY) -> Any:
    """Add a backend, a module as for `:gen_event`, or `{module, id}`: its `init/1` is given that; `{:ok, pid}` or an error."""
    _start()
    if _is_there(backend):
        return ERROR, atom("already_present")
    answer = _events("add_handler", MANAGER, backend, backend)
    if answer is OK:
        return OK, runtime.whereis(MANAGER)
    start = _WATCHER, atom("start_link"), elixir_list((backend, backend))
    child = atom("child"), atom("undefined"), backend, start, atom("transient"), False, 5000, atom("worker"), elixir_list(_WATCHER)
    return ERROR, (answer, child)


def remove_backend(backend: Any, opts: Any = EMPTY) -> Any:
    """Take a backend away."""
    if runtime.whereis(MANAGER) is None or not _is_there(backend):
        return ERROR, atom("not_found")
    _events("delete_handler", MANAGER, backend, OK)
    return OK


def configure_backend(backend: Any, options: Any) -> Any:
    """Change the settings of a backend, which is asked `{:configure, options}`; those of `:console` are the console's."""
    if backend is CONSOLE:
        given = {key.name: value for key, value in to_pylist(options)}
        if "level" in given:
            log.handlers[log.DEFAULT].level = given["level"]
        return OK
    if runtime.whereis(MANAGER) is None:
        return ERROR, atom("bad_module")
    return _events("call", MANAGER, backend, (atom("configure"), options))


def flush() -> Any:
    """Tell the backends to write what they have; the console always has.

    iex> Logger.flush()
    :ok
    """
    if runtime.whereis(MANAGER) is not None:
        _events("sync_notify", MANAGER, atom("flush"))
    return OK


@handler.function("log")
def hand_on(log_event: Any, config: Any) -> Any:
    """Tell the backends of an event: `{level, leader, {Logger, message, timestamp, metadata}}`."""
    level, meta = log_event[atom("level")], log_event[atom("meta")]
    text = text_of_event(log_event)
    told = MANAGER, text, system_time_to_date_time_ms(meta[atom("time")]), _metadata(level, meta)
    _events("notify", MANAGER, (atom(_OLDER.get(level.name, level.name)), meta[atom("gl")], told))
    return OK


def _metadata(level: Any, meta: Map) -> Any:
    """Return metadata as backends know it: with the level of the event, and what its function is called."""
    place = meta.get(atom("mfa"))
    if type(place) is tuple and len(place) == 3:
        meta = meta.put(atom("module"), place[0]).put(atom("function"), f"{place[1].name}/{place[2]}")
    file = meta.get(atom("file"))
    if file is not None and type(file) is not str:
        meta = meta.put(atom("file"), export(alias("IO"), "chardata_to_string", 1).fn(file))
    return from_pylist([(atom("erl_level"), level), *meta.items()])
