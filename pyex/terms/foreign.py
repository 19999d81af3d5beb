"""Python's exceptions as Elixir's.

A function of the library that is handed a term it cannot work with fails inside with a TypeError or AttributeError;
for Elixir that is a call that no clause matches. What fails in the user's Python code is a `%Python.Error{}`.
"""

from __future__ import annotations

import ast
import linecache
import os
import re
import traceback
from types import FrameType, FunctionType, TracebackType
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.binaries import python_text
from pyex.terms.errors import ElixirError, PyexBug, Signal, exception, function_clause
from pyex.terms.lists import from_iterable

_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_WRONG_COUNT: Final = re.compile(
    r"(?P<name>\S+)\(\) (?:takes .* but (?P<given>\d+) (?:was|were) given|missing \d+ required positional argument)"
)


def signal_of(exc: BaseException) -> Signal:
    """Return the signal that a Python exception stands for; the same one each time it is asked."""
    if isinstance(exc, Signal):
        return exc
    found = getattr(exc, "__elixir__", None)
    if not isinstance(found, Signal):
        found = _convert(exc)
        exc.__elixir__ = found  # type: ignore[attr-defined]  # kept with the exception, so that frames and reason agree
    return found


def _convert(exc: BaseException) -> Signal:
    if isinstance(exc, ZeroDivisionError | OverflowError):
        return ElixirError(atom("badarith"))
    if isinstance(exc, RecursionError | MemoryError):
        return ElixirError(atom("system_limit"))
    if isinstance(exc, PyexBug):
        return python_error(exc)
    last = _last(exc.__traceback__)
    if isinstance(exc, TypeError) and last is not None:
        wrong = _bad_arity(exc, last)
        if wrong is not None:
            return ElixirError((atom("badarity"), wrong))
        called = _called_no_function(exc, last)
        if called is not None:
            return ElixirError((atom("badfun"), called[0]))
    if isinstance(exc, TypeError | AttributeError) and last is not None and _is_ours(last.tb_frame):
        call = _library_call(exc.__traceback__)
        if call is not None:
            return function_clause(*call)
    return python_error(exc)


def python_error(exc: BaseException) -> ElixirError:
    """Return `%Python.Error{}` with the Python exception's type, message and traceback."""
    kind = type(exc)
    module = getattr(kind, "__module__", "builtins")
    name = kind.__qualname__ if module == "builtins" else f"{module}.{kind.__qualname__}"
    text = python_text("".join(_formatted(exc)))
    return ElixirError(exception("Python.Error", {"type": name, "message": _message(exc), "traceback": text}))


def _message(exc: BaseException) -> Any:
    try:
        return python_text(str(exc))
    except Exception as failed:
        return f"<its text failed: {type(failed).__name__}>"


def _formatted(exc: BaseException) -> list[str]:
    """Return Python's text of an exception, without the frames of pyex's own above the user's code."""
    whole = traceback.TracebackException.from_exception(exc)
    theirs = [summary for summary in whole.stack if not summary.filename.startswith(_PACKAGE)]
    whole.stack = traceback.StackSummary.from_list(theirs)
    return list(whole.format())


def _last(tb: TracebackType | None) -> TracebackType | None:
    while tb is not None and tb.tb_next is not None:
        tb = tb.tb_next
    return tb


def _is_ours(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(_PACKAGE)


def _bad_arity(exc: TypeError, tb: TracebackType) -> tuple[Any, Any] | None:
    """Return (function, arguments) when the exception says that a function got a wrong number of arguments.

    The calling frame holds the function under some name, and the source line its arguments.
    """
    found = _WRONG_COUNT.match(str(exc))
    frame = tb.tb_frame
    if found is None or not _is_ours(frame):
        return None
    for name, value in frame.f_locals.items():
        if isinstance(value, FunctionType) and found["name"] in (value.__name__, value.__qualname__):
            return value, from_iterable(_arguments(frame, tb, name))
    return None


def _called_no_function(exc: TypeError, tb: TracebackType) -> tuple[Any] | None:
    """Return (term,) when a library function called a term that is no function."""
    call = _failed_call(tb) if str(exc).endswith("object is not callable") and _is_ours(tb.tb_frame) else None
    if call is None or not isinstance(call.func, ast.Name) or call.func.id not in tb.tb_frame.f_locals:
        return None
    return (tb.tb_frame.f_locals[call.func.id],)


def _failed_call(tb: TracebackType) -> ast.Call | None:
    """Return the call expression that failed in the frame of a traceback, read from the source."""
    frame = tb.tb_frame
    positions = list(frame.f_code.co_positions())[tb.tb_lasti // 2]
    line, end_line, start, end = positions
    if line is None or line != end_line or start is None or end is None:
        return None
    text = linecache.getline(frame.f_code.co_filename, line).encode()[start:end].decode()
    try:
        call = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    return call if isinstance(call, ast.Call) else None


def _arguments(frame: FrameType, tb: TracebackType, function: str) -> list[Any]:
    """Return the arguments of the call of a local name that failed in a frame."""
    call = _failed_call(tb)
    if call is None or not isinstance(call.func, ast.Name) or call.func.id != function:
        return []
    return [_value(argument, frame) for argument in call.args]


def _value(argument: ast.expr, frame: FrameType) -> Any:
    """Return what an argument was: a local, an element of one, or a constant; None for what a second look would change."""
    if not all(isinstance(node, ast.Name | ast.Subscript | ast.Constant | ast.expr_context) for node in ast.walk(argument)):
        return None
    return eval(compile(ast.Expression(argument), "<argument>", "eval"), frame.f_globals, frame.f_locals)


def _library_call(tb: TracebackType | None) -> tuple[Any, str, tuple[Any, ...]] | None:
    """Return the call of a library function (module, name, arguments) in which a traceback ends."""
    found: tuple[Any, str, tuple[Any, ...]] | None = None
    while tb is not None:
        frame = tb.tb_frame
        if not _is_ours(frame):
            found = None
        elif found is None:
            module = getattr(frame.f_globals.get("module"), "name", None)
            code = frame.f_code
            if module is not None and not code.co_name.startswith(("_", "<")):
                args = tuple(frame.f_locals.get(name) for name in code.co_varnames[: code.co_argcount])
                found = (module, _elixir_name(frame), args)
        tb = tb.tb_next
    return found


def _elixir_name(frame: FrameType) -> str:
    """Return the name under which a library's module exports the function of a frame."""
    module = frame.f_globals["module"]
    for (name, _), function in module.exports.items():
        if getattr(function, "__code__", None) is frame.f_code:
            return str(name)
    return frame.f_code.co_name.rstrip("_")


__all__ = ["python_error", "signal_of"]
