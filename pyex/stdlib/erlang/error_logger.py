""":error_logger: the log of before `:logger`, whose messages go into it, and whose handlers are those of an event manager."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import log
from pyex.stdlib.erlang import gen_event, logger
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, charlist, elixir_list
from pyex.terms.maps import Map

module = NativeModule(":error_logger", doc="Messages and reports of errors, as older code writes and handles them.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
ERROR_LOGGER: Final = atom("error_logger")
DEFAULT: Final = atom("default")
STANDARD: Final = (atom("std_info"), atom("std_warning"), atom("std_error"))
_KINDS: Final = (("info", "notice"), ("warning", "warning"), ("error", "error"))
_REPORT: Final = atom("report")
_FORMAT: Final = atom("format")
_ARGS: Final = atom("args")
_NO_HANDLER: Final = (ERROR, atom("module_not_found"))


# ---- what is logged


def _emit(level: str, message: Any, tag: str, kind: Any = None) -> Any:
    """Log a message with what a handler of events needs to tell it."""
    if log.enabled(level):
        told = {atom("tag"): atom(tag)} if kind is None else {atom("tag"): atom(tag), atom("type"): kind}
        meta: dict[Any, Any] = {ERROR_LOGGER: Map.from_pairs(list(told.items()))}
        if kind is not None and kind not in STANDARD:
            meta[atom("domain")] = elixir_list(kind)
        if message[0] is _REPORT:
            meta[atom("report_cb")] = report_to_format
        log.emit(level, message, meta)
    return OK


def _report(label: str, **told: Any) -> Any:
    pairs = [(atom("label"), (ERROR_LOGGER, atom(label))), *((atom(name), value) for name, value in told.items())]
    return _REPORT, Map.from_pairs(pairs)


def report_to_format(report: Any) -> Any:
    """Return the format of a report and its arguments; where they do not fit each other, both are shown."""
    if _FORMAT in report:
        template, args = report[_FORMAT], report[_ARGS]
        try:
            export(atom("io_lib"), "format", 2).fn(template, args)
        except ElixirError:
            return charlist("ERROR: ~tp - ~tp"), elixir_list(template, args)
        return template, args
    told = report[_REPORT]
    if type(told) is Map:
        return charlist("~tp\n"), elixir_list(told)
    return logger.format_report(told)


def _messages(kind: str, level: str) -> None:
    tag = "error" if kind == "error" else f"{kind}_msg"

    def message(format: Any, args: Any = EMPTY) -> Any:
        return _emit(level, _report(f"{kind}_msg", format=format, args=args), tag)

    message.__doc__ = f"Log a message of level `:{level}`, a format with its arguments."
    module.function(f"{kind}_msg", arity=(1, 2))(message)

    def report(first: Any, *rest: Any) -> Any:
        given = rest[0] if rest else first
        return _emit(level, _report(f"{kind}_report", report=given), f"{kind}_report", first if rest else atom(f"std_{kind}"))

    report.__doc__ = f"Log a report of level `:{level}`, any term, of a type of one's own if one is given."
    module.function(f"{kind}_report", arity=(1, 2))(report)


for _kind, _level in _KINDS:
    _messages(_kind, _level)


@module.function
def format(format: Any, args: Any) -> Any:
    """Log an error, a format with its arguments."""
    return _emit("error", _report("error_msg", format=format, args=args), "error")


@module.function
def error_info(error: Any) -> Any:
    """Log any term."""
    return _emit("notice", (charlist("~p"), elixir_list(error)), "info", error)


@module.function
def warning_map() -> Any:
    """The level that warnings have.

        iex> :error_logger.warning_map()
        :warning
    """
    return atom("warning")


# ---- who handles it


def _is_running() -> bool:
    return runtime.whereis(ERROR_LOGGER) is not None


def _checked(name: str, handler: Any, *args: Any) -> None:
    if type(handler) is not Atom:
        raise erlang_error("function_clause", ERROR_LOGGER, name, (handler, *args))


@module.function
def start() -> Any:
    """Start the manager of handlers, which is started with the first of them too."""
    if not _is_running():
        gen_event.start((atom("local"), ERROR_LOGGER))
        logger.add_handler(ERROR_LOGGER, ERROR_LOGGER, Map.from_pairs([(atom("level"), atom("info"))]))
    return OK


@module.function
def stop() -> Any:
    """End the manager with its handlers."""
    if _is_running():
        logger.remove_handler(ERROR_LOGGER)
        gen_event.stop(ERROR_LOGGER)
    return OK


@module.function("add_report_handler", arity=1)
def add_report_handler(handler: Any) -> Any:
    """Add a handler, a module as for `:gen_event`; it is given `{:info_msg, leader, {pid, format, args}}` and its kin."""
    _checked("add_report_handler", handler)
    return _add(handler, EMPTY)


@module.function("add_report_handler", arity=2)
def add_report_handler_with(handler: Any, args: Any) -> Any:
    """Add a handler, whose `init/1` is given those arguments."""
    _checked("add_report_handler", handler, args)
    return _add(handler, args)


def _add(handler: Atom, args: Any) -> Any:
    start()
    return gen_event.add_handler(ERROR_LOGGER, handler, args)


@module.function
def delete_report_handler(handler: Any) -> Any:
    """Take a handler away; returns what its `terminate/2` did."""
    _checked("delete_report_handler", handler)
    if not _is_running():
        return _NO_HANDLER
    answer = gen_event.delete_handler(ERROR_LOGGER, handler, EMPTY)
    if which_report_handlers() is EMPTY:
        stop()
    return answer


@module.function
def which_report_handlers() -> Any:
    """The handlers, the last one added first.

        iex> :error_logger.which_report_handlers()
        []
    """
    return gen_event.which_handlers(ERROR_LOGGER) if _is_running() else EMPTY


@module.function
def log_(log_event: Any, config: Any) -> Any:
    """Hand an event that was logged here to the handlers; this is the function of a handler of `:logger`."""
    meta = log_event[atom("meta")]
    told = meta.get(ERROR_LOGGER)
    if told is None:
        return OK
    kind, message = log_event[atom("msg")]
    shown: tuple[Any, Any] = kind, message
    if kind is _REPORT:
        shown = (message[_FORMAT], message[_ARGS]) if _FORMAT in message else (told[atom("type")], message[_REPORT])
    gen_event.notify(ERROR_LOGGER, (told[atom("tag")], meta[atom("gl")], (meta[atom("pid")], *shown)))
    return OK


# ---- the console

_SILENCE: Final = atom("error_logger_tty_false")


@module.function
def tty(flag: Any) -> Any:
    """Have the console written to, or no longer."""
    if type(flag) is not bool:
        raise erlang_error("function_clause", ERROR_LOGGER, "tty", (flag,))
    if flag:
        logger.remove_handler_filter(DEFAULT, _SILENCE)
    else:
        logger.add_handler_filter(DEFAULT, _SILENCE, (_silence, OK))
    return OK


def _silence(log_event: Any, extra: Any) -> Any:
    """Stop every event: the filter of a console that is switched off."""
    return log.STOP


@module.function
def get_format_depth() -> Any:
    """How deep terms are shown.

        iex> :error_logger.get_format_depth()
        :unlimited
    """
    return atom("unlimited")


@module.function
def limit_term(term: Any) -> Any:
    """Return a term as deep as it is shown.

        iex> :error_logger.limit_term([1, {2}])
        [1, {2}]
    """
    return term


_FILE: Final = atom("error_logger_file")


@module.function
def logfile(request: Any) -> Any:
    """Write the log into a file too (`{:open, name}`), until `:close`; `:filename` tells its name.

        iex> :error_logger.logfile(:filename)
        {:error, :no_log_file}
    """
    handler = log.handlers.get(_FILE)
    if type(request) is tuple and len(request) == 2 and request[0] is atom("open"):
        if handler is not None:
            return ERROR, atom("allready_have_logfile")
        own = Map.from_pairs([(atom("file"), request[1])])
        return logger.add_handler(_FILE, atom("logger_std_h"), Map.from_pairs([(atom("config"), own)]))
    if request not in (atom("filename"), atom("close")):
        raise erlang_error("function_clause", ERROR_LOGGER, "logfile", (request,))
    if handler is None:
        return (ERROR, atom("no_log_file")) if request is atom("filename") else _NO_HANDLER
    if request is atom("close"):
        return logger.remove_handler(_FILE)
    return handler.config[atom("file")]
