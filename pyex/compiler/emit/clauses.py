"""Clauses: of `case`, `fn`, `def`, `receive` and their kin.

Each clause becomes `if tests: bind; body`. Where the body leaves (it returns, or loops) clauses follow
one another flat; where a value is assigned they are an `if … elif … else` chain, or, when a
clause has a guard that needs its variables first, stand in a `while True:` that each of them breaks out of.
Neighbouring clauses that begin with the same test share it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.compiler.emit.builder import terminates
from pyex.compiler.emit.frame import Frame
from pyex.compiler.emit.guards import guard_condition
from pyex.compiler.emit.patterns import Binding, Matcher, Place, Test, bind
from pyex.compiler.emit.result import INT, Dest, Return
from pyex.compiler.forms import Clause
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import Cons, split_tail

_WHEN: Final = atom("when")


@dataclass(slots=True)
class Arm:
    """One emitted clause: its tests, then statements that bind, ask the guard, and run the body.

    `whole` is true when the statements surely run to the body, once the tests hold.
    """

    tests: list[Test]
    statements: list[ast.stmt] = field(default_factory=list)
    whole: bool = True


Body = Callable[[Clause, int], list[ast.stmt]]


def split_arrow(form: Any) -> Clause:
    """Return the clause of a `->` form: `a, b when guard -> body`."""
    _, meta, parts = form
    left, body = split_tail(parts)[0]
    args, guards = split_guard(split_tail(left)[0])
    line = column = 0
    for key, value in split_tail(meta)[0]:
        if key is _LINE:
            line = value
        elif key is _COLUMN:
            column = value - 1
    return Clause(args, guards, body, line, column)


_LINE: Final = atom("line")
_COLUMN: Final = atom("column")


def split_guard(args: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return patterns and guard alternatives of a clause's left side."""
    if len(args) == 1 and _is_when(args[0]):
        parts = split_tail(args[0][2])[0]
        return parts[:-1], alternatives(parts[-1])
    return args, []


def alternatives(guard: Any) -> list[Any]:
    """Return the guards of `a when b when c`."""
    found = []
    while _is_when(guard):
        first, guard = split_tail(guard[2])[0]
        found.append(first)
    return [*found, guard]


def _is_when(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and form[0] is _WHEN and type(form[2]) is Cons


def emit_clauses(
    frame: Frame,
    subjects: list[str],
    clauses: list[Clause],
    dest: Dest,
    no_match: Callable[[], list[ast.stmt]],
) -> list[ast.stmt]:
    """Emit clauses over the values of some locals; `no_match` gives what runs when none applies."""

    def body(clause: Clause, index: int) -> list[ast.stmt]:
        return frame.into(clause.body, dest)

    return choose(frame, subjects, clauses, isinstance(dest, Return), body, no_match)


def choose(
    frame: Frame,
    subjects: list[str],
    clauses: list[Clause],
    leaves: bool,
    body: Body,
    no_match: Callable[[], list[ast.stmt]],
) -> list[ast.stmt]:
    """Emit clauses whose bodies `body` makes; `leaves` tells that every body leaves by itself."""
    position = frame.b.line, frame.b.column
    arms: list[Arm] = []
    for index, clause in enumerate(clauses):
        if clause.line:
            frame.b.line, frame.b.column = clause.line, clause.column
        arm = _arm(frame, subjects, clause, lambda clause=clause, index=index: body(clause, index))  # type: ignore[misc]  # bound early
        arms.append(arm)
        if not arm.tests and arm.whole:
            break
    frame.b.back(position)
    if leaves:
        arms = _specialised(frame, subjects, clauses, arms, body)
    if not leaves and all(arm.whole for arm in arms) and not _shares(arms):
        return _chain(frame, arms, no_match)
    flat = _flat(frame, arms, leaves, 0)
    if arms[-1].tests or not arms[-1].whole:
        flat += no_match()
    if leaves:
        return flat
    if not terminates(flat):
        flat.append(frame.b.break_())
    return [frame.b.loop(flat)]


_SMALL: Final = 60
"""Clauses of no more forms than this are emitted twice where that saves type checks."""


def _specialised(
    frame: Frame, subjects: list[str], clauses: list[Clause], arms: list[Arm], body: Body
) -> list[Arm]:
    """Emit the clauses after integer literals once more for an integer subject.

    `def f(0)`, then `def f(n)`: the test for an integer is made for the literal anyway, and inside it nothing
    that is done with `n` has to ask again.
    """
    key = arms[0].tests[0].key if arms[0].tests else None
    if type(key) is not tuple or key[0] != "int" or frame.known.get(key[1]) == INT:
        return arms
    count = 1
    while count < len(arms) and arms[count].tests and arms[count].tests[0].key == key:
        count += 1
    rest = clauses[count : len(arms)]
    if not 0 < len(rest) <= 2 or sum(weight(clause.body) for clause in rest) > _SMALL:
        return arms
    position = frame.b.line, frame.b.column
    before = frame.known.get(key[1])
    frame.known[key[1]] = INT
    again: list[Arm] = []
    for index, clause in enumerate(rest):
        frame.b.line, frame.b.column = clause.line or frame.b.line, clause.column
        arm = _arm(frame, subjects, clause, lambda clause=clause, index=index: body(clause, count + index))  # type: ignore[misc]  # bound early
        arm.tests.insert(0, arms[0].tests[0])
        again.append(arm)
    if before is None:
        del frame.known[key[1]]
    else:
        frame.known[key[1]] = before
    frame.b.back(position)
    return [*arms[:count], *again, *arms[count:]]


def weight(form: Any) -> int:
    """Return the number of forms in a form; one with a function or a block of its own counts as too many."""
    kind = type(form)
    if kind is Cons:
        return sum(weight(item) for item in split_tail(form)[0])
    if kind is not tuple:
        return 0
    if len(form) == 3 and type(form[0]) is Atom:
        return _SMALL + 1 if form[0] in _HEAVY else 1 + weight(form[2])
    return 1 + sum(weight(item) for item in form)


_HEAVY: Final = frozenset(atom(name) for name in ("fn", "for", "receive", "try", "with"))


def _arm(frame: Frame, subjects: list[str], clause: Clause, body: Callable[[], list[ast.stmt]]) -> Arm:
    matcher = Matcher(frame)
    for subject, pattern in zip(subjects, clause.args, strict=True):
        matcher.pattern(pattern, Place(frame, subject))
    bindings = list(matcher.bindings.values())
    narrowed = [(test.known[0], frame.known.get(test.known[0])) for test in matcher.tests if test.known is not None]
    for test in matcher.tests:
        if test.known is not None:
            frame.known[test.known[0]] = test.known[1]
    arm = Arm(matcher.tests)
    if clause.guards:
        _guarded(frame, arm, clause, bindings, narrowed, body)
    else:
        arm.statements = bind(frame, bindings) + body()
    for name, before in reversed(narrowed):
        if before is None:
            frame.known.pop(name, None)
        else:
            frame.known[name] = before
    return arm


def _guarded(
    frame: Frame,
    arm: Arm,
    clause: Clause,
    bindings: list[Binding],
    narrowed: list[tuple[str, int | None]],
    body: Callable[[], list[ast.stmt]],
) -> None:
    statements, condition, known = guard_condition(frame, clause.guards)
    used: set[str] = set()
    if any(binding.name for binding in bindings):
        used = {node.id for item in (*statements, condition) for node in ast.walk(item) if type(node) is ast.Name}
    before = [binding for binding in bindings if binding.name in used]
    after = [binding for binding in bindings if binding.name not in used]
    for name, kind in known:
        narrowed.append((name, frame.known.get(name)))
        frame.known[name] = kind
    inner = bind(frame, after) + body()
    statements = bind(frame, before) + statements
    if type(condition) is ast.Constant and condition.value is True:
        arm.statements = statements + inner
    elif not statements:
        arm.tests.append(Test(object(), condition))
        arm.statements = inner
    else:
        arm.statements = [*statements, frame.b.if_(condition, inner)]
        arm.whole = False


def _shares(arms: list[Arm]) -> bool:
    """Tell whether sharing the first tests of neighbours is worth a nested layout."""
    first = None
    for arm in arms:
        key = arm.tests[0].key if len(arm.tests) > 1 else None
        if key is not None and key == first:
            return True
        first = key
    return False


def _chain(frame: Frame, arms: list[Arm], no_match: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
    b = frame.b
    otherwise: list[ast.stmt] = no_match() if arms[-1].tests else arms.pop().statements
    for arm in reversed(arms):
        test = b.all_of([test.expression for test in arm.tests])
        otherwise = [b.if_(test, arm.statements, otherwise)]
    return otherwise


def _flat(frame: Frame, arms: list[Arm], leaves: bool, depth: int) -> list[ast.stmt]:
    b = frame.b
    out: list[ast.stmt] = []
    index = 0
    while index < len(arms):
        arm = arms[index]
        tests = arm.tests[depth:]
        end = index + 1
        if tests:
            key = tests[0].key
            while end < len(arms) and len(arms[end].tests) > depth and arms[end].tests[depth].key == key:
                end += 1
        if end - index > 1:
            out.append(b.if_(tests[0].expression, _flat(frame, arms[index:end], leaves, depth + 1)))
        else:
            body = arm.statements if leaves or not arm.whole else [*arm.statements]
            if not leaves:
                body = _broken(frame, arm)
            if tests:
                out.append(b.if_(b.all_of([test.expression for test in tests]), body))
            else:
                out += body
        index = end
    return out


def _broken(frame: Frame, arm: Arm) -> list[ast.stmt]:
    """Let an arm's body break out of the `while True:` around the clauses."""
    if arm.whole:
        return arm.statements if terminates(arm.statements) else [*arm.statements, frame.b.break_()]
    *before, guarded = arm.statements
    assert type(guarded) is ast.If  # what `_guarded` made
    if not terminates(guarded.body):
        guarded.body.append(frame.b.break_())
    return [*before, guarded]
