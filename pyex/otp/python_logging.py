"""Python's `logging` in the log: its records become events, as those of `Logger` are."""

from __future__ import annotations

import logging
from typing import Any, Final

from pyex.otp import log
from pyex.otp.outside import is_foreign_thread
from pyex.runtime.system import scheduler
from pyex.terms.atoms import atom

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
        """Log one record; one of another thread is logged by the thread that runs the processes."""
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
