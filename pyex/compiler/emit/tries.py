"""`try` in all its parts, on Python's own."""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.branches import section
from pyex.compiler.emit.clauses import choose, emit_clauses, split_arrow
from pyex.compiler.emit.frame import Frame, control_form, value_form
from pyex.compiler.emit.result import ANY, DISCARD, Assign, Dest, Next, Result, Return
from pyex.compiler.forms import Clause
from pyex.terms.atoms import atom
from pyex.terms.errors import PyexBug
from pyex.terms.lists import split_tail
from pyex.terms.maps import STRUCT

_IN: Final = atom("in")
_SECTIONS: Final = {name: atom(name) for name in ("do", "rescue", "catch", "else", "after")}


@control_form("try")
def try_form(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`try do … rescue … catch … else … after … end`."""
    position = frame.b.at(meta)
    parts = {name: section(args[0], key) for name, key in _SECTIONS.items()}
    if type(dest) is Next:
        # What a loop does with the value is not part of the `try`.
        value = Assign(frame.temporary())
        statements = try_form(frame, meta, args, value)
        return statements + frame.deliver(Result(frame.b.name(value.name), None, value.known or ANY), dest)
    if parts["after"] is None:
        return _caught(frame, position, parts, dest)
    return _ensured(frame, position, parts, dest)


def _ensured(frame: Frame, position: tuple[int, int], parts: dict[str, Any], dest: Dest) -> list[ast.stmt]:
    """Run `after` on every way out but the one of being killed."""
    b = frame.b
    value = Assign(frame.temporary())
    body = _caught(frame, position, parts, value)
    failure = frame.temporary()
    cleanup = frame.into(parts["after"], DISCARD)
    b.back(position)
    attempt = b.try_(body, failure, [*cleanup, b.raise_()])
    after = frame.into(parts["after"], DISCARD)
    b.back(position)
    return [attempt, *after, *frame.deliver(Result(b.name(value.name), None, value.known or ANY), dest)]


def _caught(frame: Frame, position: tuple[int, int], parts: dict[str, Any], dest: Dest) -> list[ast.stmt]:
    b = frame.b
    if parts["rescue"] is None and parts["catch"] is None and parts["else"] is None:
        return frame.into(parts["do"], dest.closed())
    failure = frame.temporary()
    orelse: list[ast.stmt] = []
    if parts["else"] is None:
        body = frame.into(parts["do"], dest.closed())
    else:
        value = Assign(frame.temporary())
        body = frame.into(parts["do"], value)
        orelse = _else(frame, position, parts["else"], value.name, dest)
    if parts["rescue"] is None and parts["catch"] is None:
        return body + orelse
    handler = _handler(frame, position, parts, failure, dest)
    b.back(position)
    return [b.try_(body, failure, handler, orelse)]


def _else(frame: Frame, position: tuple[int, int], clauses: Any, value: str, dest: Dest) -> list[ast.stmt]:
    b = frame.b

    def no_match() -> list[ast.stmt]:
        b.back(position)
        return [b.raise_(b.call("try_clause", b.name(value)))]

    return emit_clauses(frame, [value], [split_arrow(clause) for clause in split_tail(clauses)[0]], dest, no_match)


def _handler(
    frame: Frame, position: tuple[int, int], parts: dict[str, Any], failure: str, dest: Dest
) -> list[ast.stmt]:
    b = frame.b
    b.back(position)
    kind, reason = frame.temporary(), frame.temporary()
    statements = [b.assign_all([kind, reason], b.call("caught", b.name(failure)))]
    outer, frame.failure = frame.failure, failure
    rest = _catches(frame, parts["catch"], kind, reason, dest)
    if parts["rescue"] is not None:
        b.back(position)
        struct = frame.temporary()
        found = b.call("rescued", b.name(kind), b.name(reason), b.name(failure))
        clauses = [split_arrow(clause) for clause in split_tail(parts["rescue"])[0]]
        statements.append(b.assign(struct, found))
        rest = _rescues(frame, clauses, struct, dest, rest)
    frame.failure = outer
    return statements + rest


def _catches(frame: Frame, clauses: Any, kind: str, reason: str, dest: Dest) -> list[ast.stmt]:
    b = frame.b
    if clauses is None:
        return [b.raise_()]
    found = []
    for clause in split_tail(clauses)[0]:
        arrow = split_arrow(clause)
        if len(arrow.args) == 1:
            arrow.args = [atom("throw"), *arrow.args]
        found.append(arrow)
    return choose(
        frame,
        [kind, reason],
        found,
        isinstance(dest, Return),
        lambda clause, index: frame.into(clause.body, dest),
        lambda: [b.raise_()],
    )


def _rescues(
    frame: Frame, clauses: list[Clause], struct: str, dest: Dest, otherwise: list[ast.stmt]
) -> list[ast.stmt]:
    """An `if` for each clause, the rest of the handler in the last `else`."""
    b = frame.b
    emitted: list[tuple[ast.expr, list[ast.stmt]]] = []
    for clause in clauses:
        b.line, b.column = clause.line or b.line, clause.column
        variable, names = _rescue_pattern(clause.args[0])
        test = _is_one_of(frame, struct, names)
        binding = []
        if variable is not None and variable[0].name != "_":
            binding.append(b.assign(frame.variable(variable), b.name(struct)))
        emitted.append((test, binding + frame.into(clause.body, dest)))
    for test, body in reversed(emitted):
        otherwise = [b.if_(test, body, otherwise)]
    return otherwise


def _rescue_pattern(form: Any) -> tuple[Any, list[Any] | None]:
    """Return the variable of a rescue clause, and the exception modules or None for any."""
    if type(form) is tuple and len(form) == 3 and form[0] is _IN:
        variable, names = split_tail(form[2])[0]
        if type(names) is tuple:
            return variable, None
        return variable, split_tail(names)[0]
    return form, None


def _is_one_of(frame: Frame, struct: str, names: list[Any] | None) -> ast.expr:
    b = frame.b
    present = b.compare(b.name(struct), "is not", b.const(None))
    if names is None:
        return present
    module = b.call(
        b.attribute(b.attribute(b.name(struct), "_data"), "get"), frame.constants.atom(STRUCT)
    )
    if len(names) == 1:
        return b.all_of([present, b.compare(module, "is", frame.constants.term(names[0]))])
    known = b.pytuple([frame.constants.term(name) for name in names])
    return b.all_of([present, b.compare(module, "in", known)])


@value_form("__STACKTRACE__")
def stacktrace(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`__STACKTRACE__`: of the exception that is being handled."""
    frame.b.at(meta)
    if frame.failure is None:
        raise PyexBug("__STACKTRACE__ outside a handler")
    return Result(frame.b.call("stack_of", frame.b.name(frame.failure)))


@value_form("__CALLER__")
def caller(frame: Frame, meta: Any, args: list[Any]) -> Result:
    """`__CALLER__`: the environment a macro is called from, which is its first parameter."""
    frame.b.at(meta)
    return Result(frame.b.call("caller", frame.b.name("@caller")))


