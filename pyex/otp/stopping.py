"""Stopping a server from outside, and waiting for its end."""

from __future__ import annotations

from typing import Any, Final

from pyex.otp import gen
from pyex.runtime.process import Process
from pyex.runtime.system import scheduler
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.order import identical

SYSTEM: Final = atom("system")
TERMINATE: Final = atom("terminate")
OK: Final = atom("ok")


def stop(process: Process, reason: Any, timeout: Any) -> Any:
    """Ask a process to terminate with a reason; `:ok` when it did, else exits with what it ended of or `:timeout`."""
    if process is scheduler.current:
        raise Exit(atom("calling_self"))
    try:
        gen.call(process, SYSTEM, (TERMINATE, reason), timeout)
    except Exit as ended:
        if identical(ended.reason, reason):
            return OK
        raise
    return OK

