"""`case`, `cond` and the short-circuit operators of guards."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.clauses import emit_clauses, split_arrow
from pyex.compiler.emit.frame import CONTROL, Frame, control_form, value_form
from pyex.compiler.emit.guards import narrowing
from pyex.compiler.emit.result import BOOL, Assign, Dest, Result
from pyex.compiler.forms import Clause
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import split_tail

_DO: Final = atom("do")
_CASE: Final = atom("case")


def section(options: Any, name: Atom) -> Any:
    """Return a section (`do`, `else`, …) of a form's keyword list, or None."""
    for key, value in split_tail(options)[0]:
        if key is name:
            return value
    return None


@control_form("case")
def case(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`case value do clauses end`."""
    position = frame.b.at(meta)
    clauses = [split_arrow(clause) for clause in split_tail(section(args[1], _DO))[0]]
    branches = _two_way(clauses)
    subject = frame.value(args[0])
    if branches is not None and subject.known == BOOL:
        b = frame.b
        b.back(position)
        test = frame.expression(subject)
        facts = _facts(frame, args[0])
        then = _known_in(frame, facts, branches[0], dest)
        return [*subject.statements, b.if_(test, then, frame.into(branches[1], dest))]
    return _matched(frame, position, subject, clauses, dest)


def _facts(frame: Frame, condition: Any) -> list[tuple[str, int]]:
    return narrowing(frame, condition)


def _known_in(frame: Frame, facts: list[tuple[str, int]], form: Any, dest: Dest) -> list[ast.stmt]:
    return knowing(frame, facts, lambda: frame.into(form, dest))


def knowing(frame: Frame, facts: list[tuple[str, int]], emit: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
    """Emit what runs only where some locals are known to be what the facts say."""
    before = [(name, frame.known.get(name)) for name, _ in facts]
    frame.known.update(facts)
    statements = emit()
    for name, known in before:
        if known is None:
            frame.known.pop(name, None)
        else:
            frame.known[name] = known
    return statements


def _matched(
    frame: Frame, position: tuple[int, int], subject: Result, clauses: list[Clause], dest: Dest
) -> list[ast.stmt]:
    b = frame.b
    statements = subject.statements
    if type(subject.expression) is ast.Name and "@" in subject.expression.id:
        name = subject.expression.id
    else:
        name = frame.temporary()
        statements = [*statements, b.assign(name, frame.expression(subject))]
        frame.known[name] = subject.known

    def no_match() -> list[ast.stmt]:
        b.back(position)
        return [b.raise_(b.call("case_clause", b.name(name)))]

    b.back(position)
    return statements + emit_clauses(frame, [name], clauses, dest, no_match)


@value_form("case")
def case_value(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`case` as an operand: a conditional expression when both branches are expressions."""
    position = frame.b.at(meta)
    clauses = [split_arrow(clause) for clause in split_tail(section(args[1], _DO))[0]]
    branches = _two_way(clauses)
    name = frame.temporary()
    dest = Assign(name)
    b = frame.b
    if branches is None:
        statements = CONTROL[_CASE](frame, meta, args, dest)
        return Result(b.name(name), statements, dest.known)
    subject = frame.value(args[0])
    if subject.known != BOOL:
        b.back(position)
        statements = _matched(frame, position, subject, clauses, dest)
        return Result(b.name(name), statements, dest.known)
    then, otherwise = frame.value(branches[0]), frame.value(branches[1])
    b.back(position)
    test = frame.expression(subject)
    known = then.known | otherwise.known
    if then.statements or otherwise.statements:
        branch = b.if_(test, frame.deliver(then, dest), frame.deliver(otherwise, dest))
        return Result(b.name(name), [*subject.statements, branch], known)
    if otherwise.constant is False and then.known == BOOL:
        return Result(b.all_of([test, frame.expression(then)]), subject.statements, BOOL)
    if then.constant is True and otherwise.known == BOOL:
        return Result(b.any_of([test, frame.expression(otherwise)]), subject.statements, BOOL)
    found = b.conditional(test, frame.expression(then), frame.expression(otherwise))
    return Result(found, subject.statements, known)


def _two_way(clauses: list[Clause]) -> tuple[Any, Any] | None:
    """Return what a case on a boolean gives for true and for false, when it does nothing else with its value.

    This is what `if`, `unless`, `and`, `or`, `!` expand to.
    """
    if not 2 <= len(clauses) <= 3 or any(len(clause.args) != 1 for clause in clauses):
        return None
    first, second = clauses[0], clauses[1]
    if len(clauses) == 2 and len(first.guards) == 1 and _is_falsy_guard(first) and _is_ignored(second.args[0]):
        return (second.body, first.body) if not _mentions(first.body, first.args[0]) else None
    if first.guards or second.guards:
        return None
    if first.args[0] is False and (second.args[0] is True or _is_ignored(second.args[0])):
        return second.body, first.body
    if first.args[0] is True and (second.args[0] is False or _is_ignored(second.args[0])):
        return first.body, second.body
    return None


def _is_ignored(pattern: Any) -> bool:
    return type(pattern) is tuple and len(pattern) == 3 and pattern[0] is atom("_") and type(pattern[2]) in _CONTEXTS


_CONTEXTS: Final = frozenset({Atom, type(None)})


def _is_falsy_guard(clause: Clause) -> bool:
    """Tell whether a clause is `x when x in [false, nil]`, expanded."""
    guard = clause.guards[0]
    if type(clause.args[0]) is not tuple or len(clause.args[0]) != 3 or type(clause.args[0][2]) not in _CONTEXTS:
        return False
    sides = _erlang_call(guard, "orelse")
    if sides is None:
        return False
    compared = [_erlang_call(side, "=:=") for side in sides]
    if any(pair is None for pair in compared):
        return False
    constants = [pair[1] for pair in compared if pair is not None]
    return constants in ([False, None], [None, False]) and type(constants[0]) in (bool, type(None))


def _erlang_call(form: Any, name: str) -> list[Any] | None:
    if type(form) is not tuple or len(form) != 3 or type(form[0]) is not tuple or form[0][0] is not atom("."):
        return None
    target = split_tail(form[0][2])[0]
    if len(target) != 2 or target[0] is not atom("erlang") or target[1] is not atom(name):
        return None
    return split_tail(form[2])[0]


def _mentions(form: Any, variable: Any) -> bool:
    """Tell whether a form reads a variable."""
    if type(form) is tuple:
        if len(form) == 3 and form[0] is variable[0] and type(form[2]) in _CONTEXTS:
            return True
        return any(_mentions(part, variable) for part in form)
    return hasattr(form, "head") and any(_mentions(part, variable) for part in split_tail(form)[0])


@control_form("cond")
def cond(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`cond do condition -> body … end`; that no condition held is told with the line of the last clause."""
    position = frame.b.at(meta)
    clauses = [split_arrow(clause) for clause in split_tail(section(args[0], _DO))[0]]
    return _conditions(frame, position, clauses, dest)


def _conditions(frame: Frame, position: tuple[int, int], clauses: list[Clause], dest: Dest) -> list[ast.stmt]:
    b = frame.b
    if not clauses:
        b.back(position)
        return [b.raise_(b.call("cond_clause"))]
    first, rest = clauses[0], clauses[1:]
    if first.line:
        position = b.line, b.column = first.line, first.column
    result = frame.value(first.args[0])
    if result.is_constant and result.constant is not None and result.constant is not False:
        return frame.into(first.body, dest)
    then = _known_in(frame, _facts(frame, first.args[0]), first.body, dest)
    statements, test = truth(frame, result)
    return [*result.statements, *statements, b.if_(test, then, _conditions(frame, position, rest, dest))]


def truth(frame: Frame, result: Result) -> tuple[list[ast.stmt], ast.expr]:
    """Return statements and the condition that a value is neither `nil` nor `false`."""
    b = frame.b
    value = frame.expression(result)
    if result.is_constant:
        return [], b.const(result.constant is not None and result.constant is not False)
    if result.known == BOOL:
        return [], value
    statements: list[ast.stmt] = []
    if not frame.simple(result):
        name = frame.temporary()
        test = b.compare(b.walrus(name, value), "is not", b.const(None))
        return statements, b.all_of([test, b.compare(b.name(name), "is not", b.const(False))])
    test = b.compare(value, "is not", b.const(None))
    return statements, b.all_of([test, b.compare(frame.again(result), "is not", b.const(False))])
