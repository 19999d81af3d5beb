"""Diagnostics of the compiler as data of Elixir's: `Code.with_diagnostics/2` and `Code.print_diagnostic/2`."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.code.evaluation import Output, heard_by, report
from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.messages import render
from pyex.stdlib.elixir.io import write_to
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms.atoms import alias, atom
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist
from pyex.terms.maps import Map
from pyex.terms.stacktrace import format_mfa

_SCOPE: Final = re.compile(r"(?P<module>[\w.]+)(?: \(module\)|\.(?P<name>[^.]+)/(?P<arity>\d+))\Z")


def with_diagnostics(options_or_fun: Any, fun: Any = None) -> Any:
    """Call a function and return its result with the diagnostics that the compiler told meanwhile.

    With `log: true` they are printed too.

        iex> {value, diagnostics} = Code.with_diagnostics(fn -> Code.eval_string("x = 1; 2 + 3") |> elem(0) end)
        iex> {value, diagnostics}
        {5, []}
    """
    action = options_or_fun if fun is None else fun
    given = EMPTY if fun is None else options_or_fun
    logs = any(key is atom("log") and value is True for key, value in to_pylist(given))
    found: list[Diagnostic] = []
    listener = Output.listener

    def listen(diagnostic: Diagnostic) -> None:
        found.append(diagnostic)
        if logs:
            listener(diagnostic)

    with heard_by(listen):
        value = action()
    return value, from_iterable([_as_map(diagnostic) for diagnostic in found])


def print_diagnostic(diagnostic: Any, options: Any = EMPTY) -> Any:
    """Print a diagnostic as the compiler does; with `snippet: false` without the line of source.

        iex> is_function(&Code.print_diagnostic/2)
        true
    """
    position = diagnostic[atom("position")]
    line, column = position if type(position) is tuple else (position, None)
    frames = to_pylist(diagnostic[atom("stacktrace")])
    told = Diagnostic(
        "error" if diagnostic[atom("severity")] is atom.error else "warning",
        str(diagnostic[atom("message")]),
        diagnostic[atom("file")],
        line,
        column,
        where=format_mfa(*frames[0][:3]) if frames else "",
    )
    if option(options, atom("snippet"), True) is False:
        write_to(atom("stderr"), render(told, source_lines=()) + "\n")
    else:
        report(told)
    return atom.ok


def _as_map(diagnostic: Diagnostic) -> Map:
    line, column, length = diagnostic.line, diagnostic.column, diagnostic.length
    pairs: list[tuple[str, Any]] = [
        ("severity", atom(diagnostic.severity)),
        ("message", diagnostic.message),
        ("file", diagnostic.file),
        ("source", diagnostic.file),
        ("position", line if column is None else (line, column)),
        ("span", (line, column + length) if column is not None and length > 1 else None),
        ("stacktrace", _stacktrace(diagnostic)),
    ]
    return Map.from_pairs([(atom(key), value) for key, value in pairs])


def _stacktrace(diagnostic: Diagnostic) -> Any:
    """Return the one frame that names the function, or the module, in which a diagnostic stands."""
    if diagnostic.stacktrace is not None:
        return diagnostic.stacktrace
    scope = _SCOPE.match(diagnostic.where)
    if scope is None:
        return EMPTY
    name = atom("__MODULE__") if scope["name"] is None else atom(scope["name"])
    given = (("file", diagnostic.file), ("column", diagnostic.column), ("line", diagnostic.line))
    place = [(atom(key), value) for key, value in given if value is not None]
    frame = (alias(scope["module"]), name, int(scope["arity"] or 0), from_iterable(place))
    return elixir_list(frame)
