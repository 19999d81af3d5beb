"""The warnings of `IO.warn`: a message with the stack trace, or the place in a source, that it is about."""

from __future__ import annotations

import os
from typing import Any, Final

from pyex.code.evaluation import report
from pyex.compiler.diagnostics import WARNED, Diagnostic
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms import stacktrace
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, charlist, elixir_list, from_iterable, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map

FILE: Final = atom("file")
LINE: Final = atom("line")
_told: Final[set[Any]] = set()
"""The keys, with the functions that called, of what `IO.warn_once` has told."""


def callers() -> Any:
    """Return the stack trace of who warns; of the prompt's evaluator nothing is told."""
    return from_pylist([entry for entry in to_pylist(stacktrace.current()) if not _is_prompt(entry)])


def _is_prompt(entry: Any) -> bool:
    return entry[0] is atom("elixir_eval") and not os.path.isfile("".join(map(chr, option(entry[3], FILE, ()))))


def warn_of_call(message: str, *called: Any) -> None:
    """Tell a warning about a call of a function of the library: `module, name, arity` if it is among those that called."""
    frames = [(*called, EMPTY)] if called else []
    report(Diagnostic("warning", message, None, 0, stacktrace=from_pylist([*frames, *to_pylist(callers())])))


def first_time(key: Any) -> bool:
    """Tell whether a key is told for the first time by the function that runs."""
    entry = next(iter(to_pylist(callers())), None)
    seen = key, entry and entry[:3]
    if seen in _told:
        return False
    _told.add(seen)
    return True


def warn(message: str, info: Any) -> None:
    """Tell a warning with a stack trace, or with the place of an environment or of keywords."""
    if type(info) is Map and info.struct is alias("Macro.Env"):
        frames = export(alias("Macro.Env"), "stacktrace", 1).fn(info)
        report(_at(message, info[FILE], info[LINE], None, frames))
        return
    if not isinstance(info, List):
        raise function_clause(alias("IO"), "warn", (message, info))
    first = next(iter(split_tail(info)[0]), None)
    if type(first) is tuple and len(first) == 2 and type(first[0]) is Atom:
        report(_of_keywords(message, info))
    elif first is None or (type(first) is tuple and len(first) == 4):
        report(Diagnostic("warning", message, None, 0, stacktrace=info))
    else:
        raise function_clause(alias("IO"), "warn", (message, info))


def _of_keywords(message: str, info: Any) -> Diagnostic:
    file, line = option(info, FILE), option(info, LINE)
    if file is None:
        return Diagnostic("warning", message, None, 0, stacktrace=EMPTY)
    module, function = option(info, atom("module")), option(info, atom("function"))
    shown = charlist(os.path.relpath(file) if os.path.isabs(file) else file)
    place = from_iterable([(FILE, shown), *([(LINE, line)] if line is not None else [])])
    if module is None:
        frame = (atom("elixir_compiler"), atom("__FILE__"), 1, place)
    elif function is None:
        frame = (module, atom("__MODULE__"), 0, place)
    else:
        frame = (module, *function, place)
    return _at(message, file, line or 0, option(info, atom("column")), elixir_list(frame))


def _at(message: str, file: str, line: int, column: int | None, frames: Any) -> Diagnostic:
    return Diagnostic("warning", message, file, line, column, code=WARNED, stacktrace=frames)
