"""The module IEx.Pry: what code calls where it stops, at `IEx.pry()` or at a break point of `break!`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.compiler.env import fresh_counter
from pyex.compiler.kernel import debugging
from pyex.compiler.kernel.build import block, code_text, is_named, match, meta_get, remote
from pyex.compiler.kernel.pipes import PIPE, insert, unpipe
from pyex.shell import break_points, stop
from pyex.shell.break_points import BreakPoint
from pyex.terms import stacktrace
from pyex.terms.atoms import alias, atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist

module: Final = NativeModule("IEx.Pry", doc="The low-level API for prying sessions and setting up breakpoints.")


def pry_form(env: Any) -> Any:
    """Return the call that `IEx.pry()` expands to: with the variables and the environment of its place."""
    return remote(alias("IEx.Pry"), "pry", debugging.binding(env), (atom("__ENV__"), EMPTY, None))


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


@module.function
def dbg(code: Any, options: Any, env: Any) -> Any:
    """Return the form of a `dbg` that stops before it evaluates: before each line of a pipeline, or before the code.

    `iex --dbg pry` makes it what `dbg` does: it is the `:dbg_callback` of the application `:elixir`.
    """
    from pyex.compiler.env_struct import from_struct

    place = from_struct(env)
    if not is_named(code, PIPE, 2):
        return block(_stop_form(True, place, _line(code, place.line)), debugging.shown(code, options, None))
    lines = _lines_of_pipeline(code)
    forms: list[Any] = []
    wanted: Any = True
    value: Any = None
    for number, steps in enumerate(lines):
        counter = (atom.counter, fresh_counter())
        stop_here = _stop_form(wanted, place, _line(steps[-1], place.line))
        wanted = _own("stop", counter)
        forms.append(match(wanted, stop_here) if number < len(lines) - 1 else stop_here)
        form, shown = _piped(value if number else None, steps)
        value = _own("value", counter)
        forms += [match(value, form), remote(debugging.UTILS, "dbg", elixir_list((shown, value)), None, options)]
    return block(*forms)


def _stop_form(wanted: Any, place: Any, line: int) -> Any:
    """Return the call that stops at a line, if that is wanted."""
    here = (atom("__ENV__"), EMPTY, None)
    return remote(alias("IEx.Pry"), "__stop__", wanted, debugging.binding(place), here, line)


def _piped(value: Any, steps: list[Any]) -> tuple[Any, str]:
    """Return the form of one line of a pipeline, which goes on with a value, and its text; the first begins with its first step."""
    texts = [f"|> {code_text(step)}" for step in steps]
    if value is None:
        value, texts[0] = steps[0], code_text(steps[0])
        steps = steps[1:]
    for step in steps:
        value = insert(value, step, value)
    return value, " ".join(texts)


def use_for_dbg() -> None:
    """Make `dbg` stop from now on."""
    call("Application", "put_env", atom("elixir"), debugging.CALLBACK, (alias("IEx.Pry"), atom("dbg"), EMPTY))


def _own(name: str, counter: tuple[Any, int]) -> Any:
    return (atom(name), elixir_list(counter), alias("IEx.Pry"))


def _lines_of_pipeline(code: Any) -> list[list[Any]]:
    """Return the steps of a pipeline, those of one line together."""
    lines: list[list[Any]] = []
    last = 0
    for step in unpipe(code):
        line = _line(step, last)
        if lines and line == last:
            lines[-1].append(step)
        else:
            lines.append([step])
        last = line
    return lines


def _line(form: Any, default: int) -> int:
    """Return the line on which a form stands."""
    found = meta_get(form[1], "line") if type(form) is tuple and len(form) == 3 else None
    return found if type(found) is int else default


@module.function("__stop__", doc=False)
def stop_if(wanted: Any, binding: Any, env: Any, line: Any) -> Any:
    """Stop where `dbg` stands, if that is wanted; returns whether to stop at its next line too."""
    answer = pry(binding, env.put(atom.line, line)) if wanted else (atom.ok, False)
    return answer == (atom.ok, True)


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
