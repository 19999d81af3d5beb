"""Diagnostics as text, in the words of one version of Elixir or another.

`1.18` (the default) shows the place in the source when the file can be read; `1.1` is one line, the way the
tutorials of that time print it. There an undefined variable was reported as a call of a function that is not defined,
because a bare name that was no variable was a call then.
"""

from __future__ import annotations

import linecache
import os
import re
from collections.abc import Sequence
from typing import Final

from pyex.compiler.diagnostics import WARNED, Diagnostic
from pyex.terms.atoms import alias
from pyex.terms.functions import export
from pyex.terms.stacktrace import application_of
from pyex.terms.syntax_messages import shown_path

_FUNCTION: Final = re.compile(r"(.+?)\.[^.]+/\d+\Z")
_RESET: Final = "\x1b[0m"
_COLORS: Final = {"error": "\x1b[31m", "warning": "\x1b[33m"}


def render(
    diagnostic: Diagnostic, style: str = "1.18", *, source_lines: Sequence[str] | None = None, color: bool = False
) -> str:
    """Return the text of a diagnostic, without a newline at its end.

    `source_lines` are the lines of its file where they are at hand; otherwise the file is read. In style 1.1 an
    error reads as the exception that ended the compilation, and what that version did not know to say is empty.
    """
    if style == "1.1":
        return _old(diagnostic)
    severity = diagnostic.severity
    label = f"{_COLORS[severity]}{severity}:{_RESET}" if color else f"{severity}:"
    line = _source_line(diagnostic, source_lines)
    if line is None or (diagnostic.stacktrace is not None and diagnostic.code != WARNED):
        return _plain(diagnostic, label)
    return _snippet(diagnostic, label, line)


def _source_line(diagnostic: Diagnostic, lines: Sequence[str] | None) -> str | None:
    """Return the line of source that a diagnostic is about, or None when there is none to show."""
    if diagnostic.file is None or diagnostic.line < 1:
        return None
    if lines is None:
        if not os.path.isfile(diagnostic.file):
            return None
        linecache.checkcache(diagnostic.file)
        lines = [line.rstrip("\n") for line in linecache.getlines(diagnostic.file)]
    return lines[diagnostic.line - 1] if diagnostic.line <= len(lines) else None


def _place(diagnostic: Diagnostic, *, column: bool = True) -> str:
    if diagnostic.code == WARNED:
        return _frames(diagnostic)[0].lstrip()
    text = shown_path(diagnostic.file) if diagnostic.file else "nofile"
    if diagnostic.line:
        text += f":{diagnostic.line}"
        if column and diagnostic.column:
            text += f":{diagnostic.column}"
    return f"{_application(diagnostic.where)}{text}: {diagnostic.where}" if diagnostic.where else text


def _application(where: str) -> str:
    """Return the prefix that names the application of a function, `(sequence 0.1.0) `, once that is loaded."""
    function = _FUNCTION.match(where)
    return application_of(alias(function[1])) if function else ""


def _frames(diagnostic: Diagnostic) -> list[str]:
    formatted = export(alias("Exception"), "format_stacktrace", 1).fn(diagnostic.stacktrace)
    return [line[2:] if line.startswith("    ") else line for line in str(formatted).splitlines() if line]


def _plain(diagnostic: Diagnostic, label: str) -> str:
    if diagnostic.stacktrace is not None and diagnostic.code != WARNED:
        return "\n".join([f"{label} {diagnostic.message}", *_frames(diagnostic), ""])
    if diagnostic.file is None:
        return f"{label} {diagnostic.message}\n"
    return f"{label} {diagnostic.message}\n└─ {_place(diagnostic)}\n"


def _snippet(diagnostic: Diagnostic, label: str, line: str) -> str:
    """Return the message with the line of source, and a marker under the place.

    Spaces that begin the line stay; without a column the whole line is marked.
    """
    number = str(diagnostic.line)
    width = max(len(number), 2) + 1
    margin = " " * (width + 1)
    mark = "^" if diagnostic.severity == "error" else "~"
    if not diagnostic.column:
        indent = len(line) - len(line.lstrip())
        marker = " " * indent + mark * len(line.strip())
    else:
        marker = " " * (diagnostic.column - 1) + mark * max(diagnostic.length, 1)
    text = f"{diagnostic.message}\n{diagnostic.lead}" if diagnostic.lead else diagnostic.message
    first, *others = text.split("\n")
    message = "\n".join([first, *(f"{margin}{text}" if text else "" for text in others)])
    return (
        f"{margin}{label} {message}\n"
        f"{margin}│\n"
        f"{number:>{width}} │ {line}\n"
        f"{margin}│ {marker}\n"
        f"{margin}│\n"
        f"{margin}└─ {_place(diagnostic)}\n"
    )


_OLD: Final[dict[str, str]] = {
    "unused_variable": "variable {subject} is unused",
    "unused_import": "unused import {subject}",
    "unused_alias": "unused alias {subject}",
    "unused_function": "function {subject} is unused",
    "redefined_module": "redefining module {subject}",
    "undefined_variable": "function {subject}/0 undefined",
    "undefined_function": "function {subject} undefined",
    "underscored_variable": 'the underscored variable "{subject}" is used after being set',
}


_NOT_YET: Final = frozenset({"missing_init"})
"""Codes of diagnostics that Elixir 1.1 had no message for: `init/1` had a silent default."""


def _old(diagnostic: Diagnostic) -> str:
    if diagnostic.code in _NOT_YET:
        return ""
    wording = _OLD.get(diagnostic.code)
    text = diagnostic.message if wording is None else wording.format(subject=diagnostic.subject)
    place = _place(_without_scope(diagnostic), column=False) if diagnostic.file else ""
    if diagnostic.severity == "error":
        return f"** (CompileError) {place}: {text}" if place else f"** (CompileError) {text}"
    return f"{place}: warning: {text}" if place else f"warning: {text}"


def _without_scope(diagnostic: Diagnostic) -> Diagnostic:
    from dataclasses import replace

    return replace(diagnostic, where="")
