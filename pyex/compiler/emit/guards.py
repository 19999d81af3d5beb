"""Guards: conditions that fail, instead of raising, when an operation in them fails."""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.frame import Frame
from pyex.compiler.emit.result import BOOL, FLOAT, INT, LIST, MAP, NUMBER, STRING, TUPLE
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import Cons, EmptyList, split_tail

_DOT: Final = atom(".")
_ERLANG: Final = atom("erlang")
_TOTAL: Final = frozenset(
    "is_atom is_binary is_bitstring is_boolean is_float is_integer is_list is_map is_number is_pid is_port "
    "is_reference is_tuple =:= =/= == /= < > =< >= self node".split()
)
"""Operations that no value makes fail."""
_LOGIC: Final = frozenset({"andalso", "orelse", "and", "or", "not", "xor"})
_COMPARED: Final = frozenset("=:= =/= == /= < > =< >=".split())
_NARROWS: Final = {"is_integer": INT, "is_float": FLOAT, "is_number": NUMBER, "is_tuple": TUPLE}


def guard_condition(frame: Frame, guards: list[Any]) -> tuple[list[ast.stmt], ast.expr, list[tuple[str, int]]]:
    """Return statements and the condition of guard alternatives, and what the condition tells of types."""
    statements: list[ast.stmt] = []
    conditions: list[ast.expr] = []
    for guard in guards:
        before, condition = _alternative(frame, guard)
        statements += before
        conditions.append(condition)
    known = list(narrowing(frame, guards[0])) if len(guards) == 1 else []
    return statements, frame.b.any_of(conditions), known


def _alternative(frame: Frame, guard: Any) -> tuple[list[ast.stmt], ast.expr]:
    result = frame.value(guard)
    b = frame.b
    condition = frame.expression(result)
    if result.known != BOOL:
        condition = b.compare(condition, "is", b.const(True))
    if cannot_fail(guard):
        return result.statements, condition
    name = frame.temporary()
    attempt = b.try_(
        [*result.statements, b.assign(name, condition)], "", [b.assign(name, b.const(False))], kind="Signal"
    )
    return [attempt], b.name(name)


def cannot_fail(form: Any) -> bool:
    """Tell whether a guard expression gives a value whatever its variables hold."""
    if type(form) is not tuple or len(form) != 3:
        return type(form) is not Cons and type(form) is not tuple
    head, _, args = form
    if type(args) is not Cons and type(args) is not EmptyList:
        return True
    if type(head) is not tuple or head[0] is not _DOT:
        return False
    target = split_tail(head[2])[0]
    if len(target) != 2 or target[0] is not _ERLANG:
        return False
    operands = split_tail(args)[0]
    name = target[1].name
    if name in _TOTAL or (name == "is_function" and len(operands) == 1):
        return all(cannot_fail(operand) for operand in operands)
    if name in _LOGIC:
        return all(cannot_fail(operand) and gives_boolean(operand) for operand in operands)
    return False


def gives_boolean(form: Any) -> bool:
    """Tell whether a guard expression surely gives `true` or `false`."""
    if form is True or form is False:
        return True
    operation = _operation(form)
    return operation is not None and (operation[0] in _LOGIC or operation[0] in _TOTAL - {"self", "node"})


def _operation(form: Any) -> tuple[str, list[Any]] | None:
    if type(form) is not tuple or len(form) != 3 or type(form[0]) is not tuple or form[0][0] is not _DOT:
        return None
    target = split_tail(form[0][2])[0]
    if len(target) != 2 or target[0] is not _ERLANG:
        return None
    return target[1].name, split_tail(form[2])[0]


def narrowing(frame: Frame, guard: Any) -> list[tuple[str, int]]:
    """Return what locals are known to be once a guard holds: `is_integer(n)` makes `n` an integer."""
    operation = _operation(guard)
    if operation is None:
        return []
    name, operands = operation
    if name == "andalso":
        return [fact for operand in operands for fact in narrowing(frame, operand)]
    if name in _NARROWS and len(operands) == 1 and _is_variable(operands[0]):
        return [(frame.variable(operands[0]), _NARROWS[name])]
    if name in _COMPARED:
        return [fact for operand in operands for fact in _divided(frame, operand)]
    return []


def _divided(frame: Frame, form: Any) -> list[tuple[str, int]]:
    """Return what is known once a comparison's side was worked out: what has a remainder is an integer."""
    operation = _operation(form)
    if operation is None or operation[0] not in ("rem", "div") or not _is_variable(operation[1][0]):
        return []
    return [(frame.variable(operation[1][0]), INT)]


def _is_variable(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and (type(form[2]) is Atom or form[2] is None)


__all__ = ["LIST", "MAP", "STRING", "cannot_fail", "gives_boolean", "guard_condition", "narrowing"]
