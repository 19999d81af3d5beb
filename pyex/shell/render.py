"""Results, errors and diagnostics as the shell prints them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.shell.ansi import paint
from pyex.shell.configuration import Configuration
from pyex.terms.atoms import alias, atom
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.maps import Map

FRAMES_SHOWN = 8
_SYNTAX_ERRORS: Final = ("** (SyntaxError)", "** (TokenMissingError)", "** (MismatchedDelimiterError)")
_MARKED: Final = re.compile(r"^( +│ )( *(?:\^|[│└]).*)$", re.MULTILINE)
"""The line below the source that points at the place: its colour is the error's, not the banner's."""


def value(term: Any, configuration: Configuration) -> str:
    """Return the inspected value, in the shell's colours when they are on."""
    from pyex.terms.inspect import inspect

    text = inspect(term, configuration.inspect_options())
    return paint(text, configuration.color("eval_result"))


def error(kind: str, reason: Any, stacktrace: Any, configuration: Configuration, *, wide: bool = False) -> str:
    """Return the banner of an error and the stack below it, as many frames as the shell shows.

    A program's error is `wide`: each argument of a function without a fitting clause stands in one line.
    """
    from pyex.terms import exceptions
    from pyex.terms.inspect import inspect

    reason, stacktrace = exceptions.blame(kind, reason, stacktrace)
    banner = old_syntax_error(reason) if configuration.messages == "1.1" else None
    show = inspect if wide else exceptions.pretty
    banner = banner or exceptions.shell_banner(kind, reason, stacktrace, show)
    text = error_text(banner, stacktrace, configuration)
    # Iex prints a stack trace of no lines below an error of the compiler.
    return text + "\n" if banner.startswith("** (CompileError)") and text == banner else text


def old_syntax_error(reason: Any) -> str | None:
    """Return the one line that the old style has for a syntax error, or None for any other error."""
    if type(reason) is not Map or reason.struct is None:
        return None
    from pyex.terms.syntax_messages import shown_path

    name = reason.struct.name.removeprefix("Elixir.")
    if name not in ("SyntaxError", "TokenMissingError", "MismatchedDelimiterError"):
        return None
    # That version knew no MismatchedDelimiterError.
    shown = "TokenMissingError" if name == "TokenMissingError" else "SyntaxError"
    line = reason.get(atom("end_line")) or reason.get(atom("line"))
    return f"** ({shown}) {shown_path(str(reason.get(atom('file'))))}:{line}: {reason.get(atom('description'))}"


def at_prompt(exception: Exception, configuration: Configuration) -> str:
    """Return the text of what ended the evaluation of a line: of code whose errors have been told, only that it does not compile."""
    reason = getattr(exception, "reason", None)
    if type(reason) is not Map or not errors_were_logged(reason):
        return failure(exception, configuration)
    if not reason[atom("description")].startswith("cannot compile file"):
        return failure(exception, configuration)
    return error_text("** (CompileError) cannot compile code (errors have been logged)", EMPTY, configuration) + "\n"


def failure(exception: Exception, configuration: Configuration, *, wide: bool = False) -> str:
    """Return the text of a Python exception that ended an evaluation: an Elixir error, or a fault of pyex's own."""
    from pyex.terms import exceptions, stacktrace
    from pyex.terms.errors import PyexBug, Signal

    if isinstance(exception, PyexBug):
        return fault(exception)
    try:
        if isinstance(exception, Signal):
            signal = exception
        else:
            signal = exceptions.from_python(exception)
            if is_own_fault(exception, signal.reason):
                return fault(exception)
        return error(signal.kind, signal.reason, stacktrace.of_exception(exception), configuration, wide=wide)
    except Exception as own:
        return fault(own)


def compilation_error(exception: Exception, path: str | None, configuration: Configuration) -> str:
    """Return what is said of a file that does not compile; in the old style its diagnostics have said it all.

    Without a path the file is the one that the error names.
    """
    from pyex.terms import exceptions, stacktrace
    from pyex.terms.errors import Signal
    from pyex.terms.lists import EMPTY
    from pyex.terms.syntax_messages import shown_path

    if not isinstance(exception, Signal):
        return failure(exception, configuration)
    reason = exception.reason
    if configuration.messages == "1.1" and errors_were_logged(reason):
        return ""
    text = failure(exception, configuration)
    if configuration.messages == "1.1":
        return text
    name = reason.struct.name if type(reason) is Map and reason.struct is not None else ""
    if name in _COMPILER_ERRORS:
        # The compiler's own errors have a place, and no stack that would tell more.
        text = error_text(exceptions.format_banner(exception.kind, reason, EMPTY), EMPTY, configuration)
        text += "\n" if name == "Elixir.CompileError" else ""
    if path is None and type(reason) is Map:
        path = reason.get(atom("file"))
    if path is None:
        path = _file_of(stacktrace.of_exception(exception))
    return f"\n== Compilation error in file {shown_path(str(path))} ==\n{text}"


def _file_of(trace: Any) -> str | None:
    """Return the file of the first frame that has one."""
    for entry in to_pylist(trace):
        for key, value in to_pylist(entry[-1]):
            if key is atom("file"):
                return "".join(map(chr, to_pylist(value))) if isinstance(value, List) else str(value)
    return None


_COMPILER_ERRORS: Final = frozenset(
    f"Elixir.{name}" for name in ("CompileError", "SyntaxError", "TokenMissingError", "MismatchedDelimiterError")
)


def errors_were_logged(reason: Any) -> bool:
    """Tell whether a CompileError only ends a compilation whose errors have been printed one by one."""
    description = reason.get(atom("description")) if type(reason) is Map else None
    return type(description) is str and description.endswith("(errors have been logged)")


def is_own_fault(exception: Exception, reason: Any) -> bool:
    """Tell whether a Python exception comes out of pyex itself, with no Python code of the user's on the way."""
    if type(reason) is not Map or reason.struct is not alias("Python.Error"):
        return False
    tb = exception.__traceback__
    ours = False
    while tb is not None:
        code, names = tb.tb_frame.f_code, tb.tb_frame.f_globals
        ours = code.co_filename.startswith(_PACKAGE)
        if not ours and "__elixir__" not in names and (names.get("__name__") or "").split(".")[0] not in _STANDARD:
            return False
        tb = tb.tb_next
    return ours


_PACKAGE: Final = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_STANDARD: Final = sys.stdlib_module_names


def fault(exception: BaseException) -> str:
    """Return what is said of a fault of pyex's own: where it happened, and that the shell goes on."""
    import traceback

    lines = traceback.format_exception(exception)
    return (
        "".join(lines)
        + "This is a fault of pyex, not of your code; the shell goes on, its variables are kept. Please report it."
    )


def error_text(banner: str, stacktrace: Any, configuration: Configuration) -> str:
    """Return a banner with a stack trace under it."""
    from pyex.terms import stacktrace as stacks
    from pyex.terms.lists import to_pylist

    frames = [stacks.format_entry(entry) for entry in to_pylist(stacktrace)[:FRAMES_SHOWN]]
    lines = "\n".join(f"    {frame}" for frame in frames)
    if configuration.colors_enabled:
        banner = _paint_banner(banner, configuration)
        lines = paint(lines, configuration.color("stack_info")) if lines else ""
    return f"{banner}\n{lines}" if lines else banner


def _paint_banner(banner: str, configuration: Configuration) -> str:
    """Colour the banner; what blame or a snippet adds below a long one keeps colours of its own."""
    first, newline, rest = banner.partition("\n")
    if newline and first.startswith(_SYNTAX_ERRORS):
        rest = rest.replace("error:", paint("error:", "\x1b[31m"), 1)
        return first + newline + _MARKED.sub(lambda line: line[1] + paint(line[2], "\x1b[31m"), rest)
    if first.endswith("    ") and newline:
        return paint(first.rstrip(), configuration.color("eval_error")) + "    \n" + rest
    return paint(banner, configuration.color("eval_error"))


def info(text: str, configuration: Configuration, color: str = "eval_info") -> str:
    """Return a remark of the shell itself."""
    return paint(text, configuration.color(color))


def columns(names: Iterable[str], width: int, paint_cell: Callable[[str, str], str] | None = None) -> str:
    """Return names in columns, filled line by line, as `exports` and `ls` print them."""
    items = list(names)
    longest = max(map(len, items), default=0)
    step = longest + 5
    per_line = max(1, -(-width // step))
    lines = []
    for start in range(0, len(items), per_line):
        cells = [(item, item.ljust(step)) for item in items[start : start + per_line]]
        lines.append("".join(paint_cell(item, cell) if paint_cell else cell for item, cell in cells))
    return "\n".join(lines)
