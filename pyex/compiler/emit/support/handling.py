"""What `try`, `rescue` and `catch` need to know of a Python exception."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.errors import PyexBug, Signal
from pyex.terms.maps import STRUCT, Map

_KINDS: Final = {"error": atom("error"), "throw": atom("throw"), "exit": atom("exit")}


def caught(exception: Exception) -> tuple[Any, Any]:
    """Return kind and reason of an exception; a fault of pyex itself is nobody's to catch."""
    if isinstance(exception, PyexBug):
        raise exception
    if isinstance(exception, Signal):
        signal: Signal = exception
    else:
        from pyex.terms.exceptions import from_python

        signal = from_python(exception)
    return _KINDS[signal.kind], signal.reason


def rescued(kind: Any, reason: Any, exception: Exception) -> Any:
    """Return the exception struct that `rescue` clauses look at, or None when they look at none."""
    if kind is not _KINDS["error"]:
        return None
    if type(reason) is Map and type(reason._data.get(STRUCT)) is type(kind):
        return reason
    from pyex.terms.exceptions import normalize

    return normalize(reason, stack_of(exception))


def stack_of(exception: Exception) -> Any:
    """Return the stack trace of a caught exception: what `__STACKTRACE__` is."""
    from pyex.terms.stacktrace import of_exception

    return of_exception(exception)


def caller(env: Any) -> Any:
    """Return the `%Macro.Env{}` of the environment that a macro was given."""
    return env.to_struct() if hasattr(env, "to_struct") else env
