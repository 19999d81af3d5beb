"""The module IEx.Pry: what code calls where it stops, at `IEx.pry()` or at a break point of `break!`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.kernel.build import remote
from pyex.shell import break_points, stop
from pyex.shell.break_points import BreakPoint
from pyex.terms import stacktrace
from pyex.terms.atoms import alias, atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, from_iterable, to_pylist

module: Final = NativeModule("IEx.Pry", doc="The low-level API for prying sessions and setting up breakpoints.")


def pry_form(env: Any) -> Any:
    """Return the call that `IEx.pry()` expands to: with the variables and the environment of its place."""
    from pyex.compiler.kernel.debugging import binding

    return remote(alias("IEx.Pry"), "pry", binding(env), (atom("__ENV__"), EMPTY, None))


@module.function
def pry(binding: Any, env: Any) -> Any:
    """Stop the running process with a binding, in an environment, until `continue` or `n`.

    Returns `{:ok, next?}`, or `{:error, :no_iex}` or `{:error, :refused}` when no shell could be asked.
    """
    file, line, function = env[atom.file], env[atom.line], env[atom.function]
    text = f"{inspect(env[atom.module])}.{function[0].name}/{function[1]}" if function is not None else ""
    at = stop.env_at(file, line, env[atom.module], function).replace(aliases=dict(to_pylist(env[atom.aliases])))
    step = stop.stop(at, _variables(binding), file, line, stacktrace.current(), text)
    return (atom.error, atom("no_iex")) if step is None else (atom.ok, step)


@module.function("__break__", doc=False)
def reached(number: Any, args: Any, binding: Any, line: Any) -> Any:
    """Stop at a break point if that is due; returns whether to stop at the next expression too."""
    point = break_points.point(number)
    return point is not None and point.is_due(tuple(to_pylist(args))) and _stop(point, binding, line)


@module.function("__next__", doc=False)
def next_reached(number: Any, wanted: Any, binding: Any, line: Any) -> Any:
    """Stop before another expression of a function, if that is wanted."""
    point = break_points.point(number)
    return wanted and point is not None and _stop(point, binding, line)


def _stop(point: BreakPoint, binding: Any, line: int) -> bool:
    from pyex.code import versions

    version = versions.current(point.module)
    file = version.file if version is not None and version.file is not None else "nofile"
    entries = to_pylist(stacktrace.current())
    # Like code without a place of its own: the place is that of the expression, which is shown above it.
    frames = from_iterable([(*entries[0][:3], EMPTY), *entries[1:]]) if entries else EMPTY
    env = stop.env_at(file, line, point.module, (atom(point.name), point.arity))
    return bool(stop.stop(env, _variables(binding), file, line, frames, point.function))


def stop_before(function: Callable[..., Any], point: BreakPoint, args: tuple[Any, ...]) -> None:
    """Stop before a function written in Python, with its arguments by the names of its parameters."""
    if not point.is_due(args):
        return
    code = function.__code__
    names = [name.rstrip("_") for name in code.co_varnames[: code.co_argcount]]
    names = names[len(names) - len(args) :] if len(names) > len(args) and not function.__defaults__ else names
    env = stop.env_at(code.co_filename, code.co_firstlineno, point.module, (atom(point.name), point.arity))
    binding = dict(sorted(zip(names, args, strict=False)))
    stop.stop(env, binding, code.co_filename, code.co_firstlineno, stacktrace.current(), point.function)


def _variables(binding: Any) -> dict[str, Any]:
    return {name.name: value for name, value in to_pylist(binding)}
