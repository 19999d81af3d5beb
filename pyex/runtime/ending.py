"""What a process dies of, as a term."""

from __future__ import annotations

from typing import Any

from greenlet import GreenletExit

from pyex.runtime.process import NORMAL
from pyex.terms.atoms import atom
from pyex.terms.errors import Control, ElixirError, Exit, Killed, Throw


def bare_reason(error: BaseException) -> Any:
    """Return what was raised, thrown or exited with, without its stack trace."""
    reason = reason_of(error)
    if isinstance(error, Throw):
        return error.reason
    return reason if isinstance(error, Killed | Exit) else reason[0]


def reason_of(error: BaseException | None) -> Any:
    """Return the exit reason of a process that ended with a Python exception, or without one.

    An error's reason is `{reason, stacktrace}`, an uncaught throw's `{{:nocatch, value}, stacktrace}`.
    """
    if error is None:
        return NORMAL
    if isinstance(error, Killed | Exit):
        return error.reason
    from pyex.terms.exceptions import from_python
    from pyex.terms.stacktrace import of_exception

    stacktrace = of_exception(error)
    if isinstance(error, Throw):
        return (atom("nocatch"), error.reason), stacktrace
    if isinstance(error, ElixirError):
        return error.reason, stacktrace
    if isinstance(error, Control | GreenletExit):
        return NORMAL
    return from_python(error).reason, stacktrace
