"""Stack traces of what fails while code is compiled: the macro or struct, then the place that asked for it."""

from __future__ import annotations

from typing import Any

from pyex.compiler.env import Env
from pyex.compiler.env_struct import stack_entry
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, Signal
from pyex.terms.lists import EMPTY, from_pylist


def expanding(failure: Signal, module: Any, function: str, arity: int, env: Env, line: int) -> None:
    """Give a failure the stack trace of an expansion, unless it has one.

    What stands above the expansion is the compiler: the trace ends at the place in the source.
    """
    if getattr(failure, "stacktrace", None) is not None or not isinstance(failure, ElixirError):
        return
    from pyex.terms.stacktrace import inner_frames

    own = atom(function)
    frames = [entry for entry in inner_frames(failure) if not (entry[0] is module and entry[1] is own)]
    failure.stacktrace = from_pylist([*frames, (module, own, arity, EMPTY), stack_entry(env, line)])
