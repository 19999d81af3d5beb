"""Stack traces of what fails while code is compiled: the macro or struct, then the place that asked for it."""

from __future__ import annotations

from typing import Any, Final

from pyex.compiler.env import Env
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, Signal
from pyex.terms.lists import EMPTY, from_pylist

_EVALUATED: Final = atom("elixir_eval")


def expanding(failure: Signal, module: Any, function: str, arity: int, env: Env, line: int) -> None:
    """Give a failure the stack trace of an expansion, unless it has one.

    What stands above the expansion is the compiler: the trace ends at the place in the source.
    """
    if getattr(failure, "stacktrace", None) is not None or not isinstance(failure, ElixirError):
        return
    from pyex.terms.stacktrace import inner_frames

    own = atom(function)
    frames = [entry for entry in inner_frames(failure) if not (entry[0] is module and entry[1] is own)]
    failure.stacktrace = from_pylist([*frames, (module, own, arity, EMPTY), _place(env, line)])


def _place(env: Env, line: int) -> Any:
    location = from_pylist([(atom.file, from_pylist(list(map(ord, _shown(env.file))))), (atom.line, line or env.line)])
    if env.function is not None and env.module is not None:
        return (env.module, env.function[0], env.function[1], location)
    if type(env.module) is Atom:
        return (env.module, atom("__MODULE__"), 0, location)
    return (_EVALUATED, atom("__FILE__"), 1, location)


def _shown(file: str) -> str:
    from pyex.compiler.messages import shown_file

    return shown_file(file)
