"""Helpers of break points: setting them, listing them, and going on from one."""

from __future__ import annotations

from typing import Any

from pyex.compiler.kernel.build import args_of, call, is_named, remote
from pyex.shell import evaluator, render, stop
from pyex.shell.helpers.module import configuration, display, helpers, puts
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, elixir_list, from_iterable, to_pylist


@helpers.macro("break!")
def break_(env: Any, ast: Any, stops: Any = 1) -> Any:
    """Stop the process that calls a function, and look around in it: `break! Calc.add/2`.

    The call may tell by patterns which arguments to stop for, `break! URI.parse("https" <> _)`, with a guard too. `stops`
    says how often. Returns the number of the break point. At the stop `n` goes to the next expression, `continue`
    goes on, and `whereami` shows the code.

    Raises RuntimeError when the function is unknown or its module has no source.
    """
    target, condition = _target(ast, env)
    return remote(helpers.name, "break!", *target, stops, condition)


def _target(ast: Any, env: Any) -> tuple[list[Any], Any]:
    """Return [module, name, arity] and the form of the condition that a call with patterns is."""
    guard = None
    form = ast
    if is_named(form, atom("/"), 2):
        form, arity = args_of(form)
        module, name, _ = _remote(form, ast, env)
        return [module, name, arity], None
    if is_named(form, atom("when"), 2):
        form, guard = args_of(form)
    module, name, args = _remote(form, ast, env)
    patterns = elixir_list(from_iterable(args))
    head = elixir_list(call("when", *patterns, guard)) if guard is not None else patterns
    arrow = atom("->")
    clauses = elixir_list(
        (arrow, EMPTY, elixir_list(head, True)),
        (arrow, EMPTY, elixir_list(elixir_list((atom("_"), EMPTY, None)), False)),
    )
    return [module, name, len(args)], (atom("fn"), EMPTY, clauses)


def _remote(form: Any, ast: Any, env: Any) -> tuple[Any, Any, list[Any]]:
    match form:
        case ((Atom(name="."), _, inner), _, args):
            module, name = to_pylist(inner)
            if type(name) is Atom:
                return module, name, to_pylist(args)
    raise function_clause(alias("IEx"), "__break__!", (ast, 1, env.to_struct()))


@helpers.function("break!", arity=(3, 4))
def break_function(module: Any, function: Any, arity: Any, stops: Any = 1) -> Any:
    """Stop at calls of `module.function/arity`, so many times. Returns the number of the break point."""
    return _set(module, function, arity, stops, None)


@helpers.function("break!", arity=5, doc=False)
def break_call(module: Any, function: Any, arity: Any, stops: Any, condition: Any) -> Any:
    """Stop at calls whose list of arguments a function returns true for."""
    return _set(module, function, arity, stops, condition)


def _set(module: Any, function: Any, arity: Any, stops: Any, condition: Any) -> int:
    from pyex.shell import break_points  # brings the whole compiler, which a prompt starts without

    name = atom_name(function)
    if atom_name(module) is None or name is None or type(arity) is not int or type(stops) is not int:
        raise function_clause(alias("IEx"), "break!", (module, function, arity, stops))
    wanted = None if condition is None else lambda args: condition(from_iterable(args)) is True
    return break_points.set_point(module, name, arity, stops, wanted)


@helpers.function
def breaks() -> Any:
    """List the break points, with the number of stops still to come."""
    from pyex.shell import break_points

    found = break_points.all_points()
    if not found:
        return display("No breakpoints set")
    rows = [(str(each.number), each.function, str(each.stops)) for each in found]
    titles = ("ID", "Module.function/arity", "Pending stops")
    widths = [max(len(row[column]) for row in [titles, *rows]) for column in range(3)]
    widths = [widths[0], widths[1], len(titles[2])]
    puts("\n" + _row(titles, widths).rstrip())
    puts(" ".join("-" * (width + 2) for width in widths))
    for row in rows:
        puts(_row(row, widths).rstrip())
    return display("")


def _row(cells: tuple[str, ...], widths: list[int]) -> str:
    return " ".join(f" {cell.ljust(width)} " for cell, width in zip(cells, widths, strict=True))


@helpers.function("reset_break", arity=1)
def reset_break(number: Any) -> Any:
    """Let a break point stop no more. Returns `:ok`, or `:not_found`."""
    from pyex.shell import break_points

    return atom.ok if break_points.reset(number) else atom("not_found")


@helpers.function("reset_break", arity=3)
def reset_break_of(module: Any, function: Any, arity: Any) -> Any:
    """Let the break point of `module.function/arity` stop no more. Returns `:ok`, or `:not_found`."""
    from pyex.shell import break_points

    number = break_points.number_of(module, function.name, arity)
    return reset_break(number) if number is not None else atom("not_found")


@helpers.function
def remove_breaks(module: Any = None) -> Any:
    """Take all break points out of the code, or those of one module."""
    from pyex.shell import break_points

    break_points.remove(module)
    return atom.ok


@helpers.function("continue")
def continue_() -> Any:
    """End a stop at a break point: the code goes on. At an ordinary prompt, end the shell's process."""
    raise _going(step=False)


@helpers.function
def n() -> Any:
    """Go on to the next expression at a break point; at an ordinary prompt, end the shell's process."""
    raise _going(step=True)


@helpers.function
def next_() -> Any:
    """The long name of `n/0`."""
    raise _going(step=True)


def _going(*, step: bool) -> BaseException:
    return evaluator.GoOn(step=step) if stop.current() is not None else evaluator.Respawn(silent=False)


@helpers.function
def whereami(radius: Any = 2) -> Any:
    """Show the code around the place where the process has stopped, and what called it."""
    found = stop.current()
    if found is None:
        return display("Pry session is not currently enabled")
    place = found.place
    puts(render.info(f"Location: {place.location}", configuration()))
    snippet = place.snippet(radius, configuration())
    puts(f"\n{snippet}\n" if snippet is not None else "Could not extract source snippet. Location is not available.")
    return display("".join(f"    {entry}\n" for entry in place.entries()))
