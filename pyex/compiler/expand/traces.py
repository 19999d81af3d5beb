"""Stack traces of what fails while code is compiled: the macro or struct, then the place that asked for it.

What stands above an expansion is the compiler: the trace ends at the place in the source. A macro whose result holds the
macro that failed is told below that, with the same place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pyex.compiler.env import Env
from pyex.compiler.env_struct import stack_entry
from pyex.terms import stacktrace
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError, Signal
from pyex.terms.lists import EMPTY, List, charlist, elixir_list, from_pylist, split_tail, to_pylist
from pyex.terms.maps import Map
from pyex.terms.stack_entries import FILE, TOP
from pyex.terms.syntax_messages import shown_path

_COMPILE_ERROR: Final = alias("CompileError")
_MARK: Final = "__expanding__"
"""Set on a failure whose stack trace ends at the place of an expansion."""


def expanding(failure: Signal, module: Any, function: str, arity: int, env: Env, line: int) -> None:
    """Give a failure the stack trace of an expansion, unless it has one."""
    if failure.stacktrace is not None or not isinstance(failure, ElixirError):
        return
    own = atom(function)
    frames = [entry for entry in stacktrace.inner_frames(failure) if not (entry[0] is module and entry[1] is own)]
    _end(failure, frames, _asked(module, own, arity), stack_entry(env, line))


def within(failure: ElixirError, module: Any, function: str, arity: int, env: Env, line: int) -> None:
    """Tell of what failed while a macro's result was expanded that the macro has given it."""
    told = isinstance(failure.stacktrace, List)
    if told and not getattr(failure, _MARK, False):
        return
    frames = to_pylist(failure.stacktrace) if told else stacktrace.inner_frames(failure)
    _end(failure, frames, _asked(module, atom(function), arity), stack_entry(env, line))


def _asked(module: Any, name: Any, arity: int) -> Any:
    """Return the entry of a macro, or of a struct's `__struct__/1`, that the expansion called."""
    what = "macro" if name.name.startswith("MACRO-") else "struct"
    return (module, name, arity, elixir_list((atom.file, charlist(f"expanding {what}"))))


def _end(failure: ElixirError, frames: list[Any], *last: Any) -> None:
    failure.stacktrace = from_pylist([*frames, *last][: stacktrace.DEPTH])
    setattr(failure, _MARK, True)


@contextmanager
def called_at_the_prompt() -> Iterator[None]:
    """Let what fails in an expansion end at the line of the prompt that has called the compiler, as in iex.

    There the evaluator puts that line in the place of the last one known. A script is compiled: between its line and what
    refuses a module there are more of the compiler's own functions than a stack trace has room for.
    """
    try:
        yield
    except ElixirError as failure:
        line = prompt_line()
        if line is not None and getattr(failure, _MARK, False):
            failure.stacktrace = from_pylist([*to_pylist(failure.stacktrace)[:-1], line])
            setattr(failure, _MARK, False)
        elif line is None and failure.stacktrace is None and _is_compile_error(failure.reason):
            failure.stacktrace = from_pylist(stacktrace.inner_frames(failure))
        raise


def end_at_evaluation(signal: Signal, file: str) -> None:
    """Let the stack trace of what fails in code that the prompt has evaluated end with that code, as in iex."""
    if signal.stacktrace is not None or prompt_line() is None:
        return
    if _is_compile_error(signal.reason):
        signal.stacktrace = from_pylist([one for one in stacktrace.inner_frames(signal) if one[0] is not TOP])
        return
    inner = sum(_is_of(file, entry) for entry in stacktrace.inner_frames(signal))
    kept: list[Any] = []
    for entry in to_pylist(stacktrace.of_exception(signal)) if inner else ():
        kept.append(entry)
        inner -= _is_of(file, entry)
        if not inner:
            signal.stacktrace = from_pylist(kept)
            return


def _is_of(file: str, entry: Any) -> bool:
    """Tell whether an entry is code outside of modules of a file."""
    return entry[0] is TOP and entry[1] is FILE and _file_of(entry) == shown_path(file)


def prompt_line() -> Any:
    """Return the entry of the line of the prompt that is evaluated, None in a script."""
    line = next((entry for entry in to_pylist(stacktrace.current()) if entry[0] is TOP and entry[1] is FILE), None)
    return None if line is None or os.path.isfile(_file_of(line)) else line


def _is_compile_error(reason: Any) -> bool:
    return type(reason) is Map and reason.struct is _COMPILE_ERROR


def _file_of(entry: Any) -> str:
    location = dict(split_tail(entry[3])[0])
    return "".join(map(chr, to_pylist(location.get(atom.file, EMPTY))))
