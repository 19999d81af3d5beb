"""`a = b` inside a pattern: both match the same value, so no variable may be defined by means of itself."""

from __future__ import annotations

from typing import Any

from pyex.compiler.diagnostics import fatal
from pyex.compiler.env import Scope
from pyex.compiler.expand.core import walk
from pyex.compiler.expand.words import MATCH, PIN, VERSION, call, code_text, is_call, is_variable, meta_get
from pyex.terms.lists import Cons, split_tail, to_pylist


def expand(meta: Any, left: Any, right: Any, s: Scope) -> Any:
    """Expand `left = right` in a pattern, and note which variables stand on which side of it."""
    assert s.prematch is not None  # in a pattern
    sides = [left]
    while is_call(right, MATCH, 2):
        middle, right = to_pylist(right[2])
        sides.append(middle)
    sides.append(right)
    walked = [walk(side, s) for side in sides]
    sides_of = [_variables(side) for side in walked if not is_variable(side)] + _bare(walked)
    s.prematch.equations.append(sides_of)
    result = walked[-1]
    for side in reversed(walked[:-1]):
        result = call(MATCH, meta, side, result)
    return result


def _bare(sides: list[Any]) -> list[set[int]]:
    """Return the variables that are a whole side, each once: `x = x` says nothing wrong."""
    return [{version} for version in {version for side in sides if is_variable(side) for version in _variables(side)}]


def _variables(form: Any) -> set[int]:
    found: set[int] = set()
    stack = [form]
    while stack:
        item = stack.pop()
        if is_variable(item):
            version = meta_get(item[1], VERSION)
            if version is not None:
                found.add(version)
        elif type(item) is tuple:
            if not is_call(item, PIN, 1):
                stack.extend(item)
        elif type(item) is Cons:
            items, tail = split_tail(item)
            stack.extend([*items, tail])
    return found


def check(patterns: list[Any], s: Scope, meta: Any, function: str | None, *, alone: bool) -> None:
    """Refuse a variable on two sides of one equation, and two variables that two equations join.

    `function` names the one whose head the patterns are; `alone` tells that the pattern is the left side of a match.
    """
    assert s.prematch is not None  # the patterns' own
    seen: set[tuple[int, int]] = set()
    for sides in s.prematch.equations:
        joined: set[tuple[int, int]] = set()
        for index, side in enumerate(sides):
            for other in sides[index + 1 :]:
                for version in sorted(side & other):
                    text = f'the variable "{_name(version, s)}" is defined in function of itself'
                    raise _recursive(meta, patterns, text, s, function, alone)
                joined |= {(min(a, b), max(a, b)) for a in side for b in other}
        for first, second in sorted(joined & seen):
            text = f'the variable "{_name(first, s)}" is defined recursively in function of "{_name(second, s)}"'
            raise _recursive(meta, patterns, text, s, function, alone)
        seen |= joined


def _name(version: int, s: Scope) -> str:
    return next(str(key[0].name) for key, found in s.vars.items() if found == version)


def _recursive(meta: Any, patterns: list[Any], text: str, s: Scope, function: str | None, alone: bool) -> Exception:
    shown = ", ".join(map(code_text, patterns))
    if not alone:
        shown = f"[{shown}]" if function is None else f"{function}({shown})"
    return fatal(s.env, meta, f"recursive variable definition in patterns:\n\n{shown}\n\n{text}")
