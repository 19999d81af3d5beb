"""Python's `logging` and the log: its records become events, as those of `Logger` are, and events become its records."""

from __future__ import annotations

import logging
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import log
from pyex.otp.outside import is_foreign_thread
from pyex.runtime.system import scheduler
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.maps import Map

FROM_LOG: Final = "from_elixir_log"
LOGGER: Final = atom("logger")
LEVELS: Final = {
    "emergency": logging.CRITICAL,
    "alert": logging.CRITICAL,
    "critical": logging.CRITICAL,
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "notice": logging.INFO,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}
module = NativeModule(":python_logging", doc="A handler that gives the events of the log to Python's logging.")
STEPS: Final = (
    (logging.CRITICAL, "critical"),
    (logging.ERROR, "error"),
    (logging.WARNING, "warning"),
    (logging.INFO, "info"),
)


class LogHandler(logging.Handler):
    """Gives the records of Python's `logging` to the log: `logging.getLogger().addHandler(LogHandler())`.

    The message is what the handler's formatter makes of the record; the logger's name, the file and the line are metadata.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record; one of another thread is logged by the thread that runs the processes.

        One that the log gave to `logging` itself does not come back.
        """
        if getattr(record, FROM_LOG, False):
            return
        level = next((name for number, name in STEPS if record.levelno >= number), "debug")
        try:
            text = self.format(record)
        except Exception:
            self.handleError(record)  # as every handler of logging does: it tells, and the program goes on
            return
        metadata: dict[Any, Any] = {
            atom("logger"): record.name.encode(),
            atom("file"): record.pathname.encode(),
            atom("line"): record.lineno,
        }
        if is_foreign_thread():
            scheduler.post(lambda: log.log(level, text, metadata))
        else:
            log.log(level, text, metadata)


def log_to_python(logger: str = "elixir", *, console: bool = False) -> None:
    """Give the events of the log to one of Python's loggers; the console prints them no more, unless it is to go on.

    What a message knows besides its text, its metadata, is in the record's `metadata`, a dictionary.
    """
    config = Map.from_pairs([(LOGGER, logger)])
    log.handlers[module.name] = log.Handler(module.name, module.name, config)
    if not console:
        log.handlers.pop(log.DEFAULT, None)


@module.function("log")
def log_event(event: Any, config: Any) -> Any:
    """Give one event to the logger that the handler's settings name; a level of Python's stands for the eight of the log."""
    from pyex.otp.logger_formatter import text_of_event

    settings = config[atom("config")]
    name = str(settings[LOGGER]) if type(settings) is Map and LOGGER in settings else "elixir"
    target = logging.getLogger(name)
    level = LEVELS[event[atom("level")].name]
    if target.isEnabledFor(level):
        meta = {key.name: value for key, value in event[atom("meta")].items()}
        file, line = meta.get("file", EMPTY), meta.get("line", 0)
        path = "".join(map(chr, to_pylist(file))) if isinstance(file, List) else str(file)
        record = target.makeRecord(name, level, path, line, text_of_event(event), (), None, extra={"metadata": meta, FROM_LOG: True})
        target.handle(record)
    return atom("ok")
