"""`with`: matches that follow one another, each inside the success of the one before."""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit import rounds
from pyex.compiler.emit.branches import section
from pyex.compiler.emit.builder import terminates
from pyex.compiler.emit.clauses import choose, emit_clauses, split_arrow, split_guard
from pyex.compiler.emit.frame import Frame, control_form
from pyex.compiler.emit.result import DISCARD, Dest, Result, Return
from pyex.compiler.forms import Clause
from pyex.terms.atoms import atom
from pyex.terms.lists import split_tail

_ARROW: Final = atom("<-")
_DO: Final = atom("do")
_ELSE: Final = atom("else")


@control_form("with")
def with_form(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`with pattern <- value, … do body else clauses end`."""
    *steps, options = args
    b = frame.b
    position = b.at(meta)
    failed = frame.temporary()
    leaves = isinstance(dest, Return)
    body = _steps(frame, steps, 0, failed, section(options, _DO), dest)
    if terminates(body) and not _may_fail(steps):
        return body
    otherwise = _otherwise(frame, position, options, failed, dest)
    if leaves:
        return body + otherwise
    if not _may_fail(steps):
        return body
    if not terminates(otherwise):
        otherwise.append(b.break_())
    return [b.loop(body + otherwise)]


def _may_fail(steps: list[Any]) -> bool:
    return any(type(step) is tuple and len(step) == 3 and step[0] is _ARROW for step in steps)


def _otherwise(
    frame: Frame, position: tuple[int, int], options: Any, failed: str, dest: Dest
) -> list[ast.stmt]:
    b = frame.b
    clauses = section(options, _ELSE)
    if clauses is None:
        return frame.deliver(Result(b.name(failed)), dest)

    def no_match() -> list[ast.stmt]:
        b.back(position)
        return [b.raise_(b.call("with_clause", b.name(failed)))]

    part = 0 if frame.constants.evaluated else rounds.enter(frame)
    statements = emit_clauses(
        frame, [failed], [split_arrow(clause) for clause in split_tail(clauses)[0]], dest, no_match
    )
    return rounds.leave(frame, part, statements, None, [], gone=True) if part else statements


def _steps(frame: Frame, steps: list[Any], index: int, failed: str, body: Any, dest: Dest) -> list[ast.stmt]:
    b = frame.b
    if index == len(steps):
        statements = frame.into(body, dest)
        # Inside the `while True:` of a value, success leaves past the `else` clauses.
        if not isinstance(dest, Return) and _may_fail(steps) and not terminates(statements):
            statements.append(b.break_())
        return statements
    step = steps[index]
    if not (type(step) is tuple and len(step) == 3 and step[0] is _ARROW):
        return frame.into(step, DISCARD) + _steps(frame, steps, index + 1, failed, body, dest)
    position = b.at(step[1])
    pattern, form = split_tail(step[2])[0]
    patterns, guards = split_guard([pattern])
    statements, subject, _ = frame.subject(form)
    b.back(position)
    statements = [*statements, b.assign(failed, b.name(subject))]
    clause = Clause(patterns, guards, None, *position)
    return statements + choose(
        frame,
        [subject],
        [clause],
        True,
        lambda clause, number: _steps(frame, steps, index + 1, failed, body, dest),
        list,
    )


