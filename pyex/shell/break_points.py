"""The break points of `break!`: which functions stop, when, and how often still."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from pyex.code import server, versions
from pyex.code.instrumented import instrument, is_instrumented, original, restore, substitute
from pyex.code.versions import ModuleVersion
from pyex.compiler.forms import Definition
from pyex.compiler.module.stops import with_stops
from pyex.terms.atoms import atom_name
from pyex.terms.errors import elixir_error
from pyex.terms.inspect import inspect

Condition = Callable[[tuple[Any, ...]], bool]


@dataclass(slots=True, eq=False)
class BreakPoint:
    """One break point. `stops` counts those still to come; `condition` tells of the arguments whether to stop."""

    number: int
    module: Any
    name: str
    arity: int
    stops: int
    condition: Condition | None

    @property
    def function(self) -> str:
        """The function as text: `Calc.add/2`."""
        return f"{inspect(self.module)}.{self.name}/{self.arity}"

    def is_due(self, args: tuple[Any, ...]) -> bool:
        """Tell whether a call with these arguments is to stop, and count it."""
        if self.stops <= 0 or (self.condition is not None and not self.condition(args)):
            return False
        self.stops -= 1
        return True


_points: Final[dict[int, BreakPoint]] = {}
_last_number = 0


def all_points() -> list[BreakPoint]:
    """Return the break points that are in the code which is current, by number."""
    _forget_replaced()
    return [each for _, each in sorted(_points.items())]


def point(number: int) -> BreakPoint | None:
    """Return the break point of a number."""
    return _points.get(number)


def set_point(module: Any, name: str, arity: int, stops: int, condition: Condition | None) -> int:
    """Set a break point, or set one anew; returns its number.

    Raises RuntimeError in Elixir's words when there is no such function, or no source to put it into.
    """
    global _last_number
    same = _find(module, name, arity)
    if same is None:
        _last_number += 1  # as in iex, one that is refused has had its number too
    version = _version(module)
    if not _defines(version, name, arity):
        raise _refused(f"unknown function/macro {inspect(module)}.{name}/{arity}")
    new = BreakPoint(same.number if same else _last_number, module, name, arity, stops, condition)
    _points[new.number] = new
    try:
        _put_into_code(version)
    except BaseException:
        del _points[new.number]
        raise
    return new.number


def reset(number: int) -> bool:
    """Let a break point stop no more; tells whether there is one."""
    _forget_replaced()
    found = _points.get(number)
    if found is not None:
        found.stops = 0
    return found is not None


def number_of(module: Any, name: str, arity: int) -> int | None:
    """Return the number of a function's break point."""
    found = _find(module, name, arity)
    return found.number if found else None


def remove(module: Any = None) -> None:
    """Take the break points of a module out of its code, or all of them; numbers start again then."""
    global _last_number
    if module is None:
        _last_number = 0
    for name in {each.module for each in _points.values() if module is None or each.module is module}:
        for number in [each.number for each in _points.values() if each.module is name]:
            del _points[number]
        restore(name)


def _find(module: Any, name: str, arity: int) -> BreakPoint | None:
    _forget_replaced()
    for each in _points.values():
        if each.module is module and (each.name, each.arity) == (name, arity):
            return each
    return None


def _refused(why: str) -> Exception:
    return elixir_error("RuntimeError", message=f"could not set breakpoint, {why}")


def _version(module: Any) -> ModuleVersion:
    if not (atom_name(module) or "").startswith("Elixir."):
        raise _refused(f"module {inspect(module)} was not written in Elixir")
    version = server.ensure_loaded(module)
    if version is None or (version.kind == "elixir" and version.file is None):
        raise _refused(f"could not find .beam file for {inspect(module)}")
    return version


def _defines(version: ModuleVersion, name: str, arity: int) -> bool:
    if version.kind == "elixir":
        return (name, arity) in version.info.clauses
    return (name, arity) in version.exports


def _put_into_code(version: ModuleVersion) -> None:
    wanted = {(each.name, each.arity): each for each in _points.values() if each.module is version.name}
    if version.kind == "elixir":

        def change(definition: Definition) -> Definition:
            found = wanted.get((definition.name, definition.arity))
            return with_stops(definition, found.number) if found is not None else definition

        instrument(version, change)
        return
    exports = dict(version.exports)
    for key, each in wanted.items():
        exports[key] = _stopping(original(version).exports[key], each)
    substitute(version, replace(version, exports=exports, number=0))


def _stopping(function: Callable[..., Any], point: BreakPoint) -> Callable[..., Any]:
    """Return a function written in Python with a stop before it: what it is called with can be looked at."""

    @functools.wraps(function)
    def stopping(*args: Any) -> Any:
        from pyex.shell import pry

        pry.stop_before(function, point, args)
        return function(*args)

    return stopping


def _forget_replaced() -> None:
    """Drop the break points of modules that have been loaded anew: the new code has none in it."""
    for each in list(_points.values()):
        version = versions.current(each.module)
        if version is None or not is_instrumented(version):
            del _points[each.number]
