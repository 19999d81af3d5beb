"""`receive`: a loop over the mailbox, then the body of the clause that took a message.

The bodies stand after the loop, so that a tail call in one may loop itself.
"""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.branches import section
from pyex.compiler.emit.clauses import choose, split_arrow
from pyex.compiler.emit.frame import Frame, control_form
from pyex.compiler.emit.result import Dest
from pyex.compiler.forms import Clause
from pyex.terms.atoms import atom
from pyex.terms.lists import split_tail

_DO: Final = atom("do")
_AFTER: Final = atom("after")
_INFINITY: Final = atom("infinity")


@control_form("receive")
def receive(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`receive do clauses after timeout -> body end`."""
    b = frame.b
    position = b.at(meta)
    clauses = _clauses(section(args[0], _DO))
    after = section(args[0], _AFTER)
    expiry = split_arrow(split_tail(after)[0][0]) if after is not None else None
    cursor, message, chosen = frame.temporary(), frame.temporary(), frame.temporary()
    statements: list[ast.stmt] = []

    def take(clause: Clause, index: int) -> list[ast.stmt]:
        accept: ast.stmt = b.evaluate(b.call(b.attribute(b.name(cursor), "accept")))
        if expiry is None:
            accept = b.if_(b.compare(b.name(cursor), "is not", b.const(None)), [accept])
        return [accept, b.assign(chosen, b.const(index)), b.break_()]

    if expiry is None:
        # Most receives take the first message: it is out of the mailbox at once, and put back when it is refused.
        b.back(position)
        wait = frame.constants.atom(_INFINITY)
        statements += [b.assign(message, b.call("first_message")), b.assign(cursor, b.const(None))]
        loop = choose(frame, [message], clauses, True, take, list) if clauses else []
        b.back(position)
        put_back = b.assign(cursor, b.call("refused", b.name(message)))
        loop.append(b.if_(b.compare(b.name(cursor), "is", b.const(None)), [put_back]))
        loop.append(b.assign(message, b.call(b.attribute(b.name(cursor), "next"), wait)))
    else:
        result = frame.value(expiry.args[0])
        statements += frame.spill(result)
        wait = frame.expression(result)
        b.back(position)
        statements.append(b.assign(cursor, b.call("begin_receive")))
        loop = [b.assign(message, b.call(b.attribute(b.name(cursor), "next"), wait))]
        expired = b.compare(b.name(message), "is", b.name("TIMEOUT"))
        loop.append(b.if_(expired, [b.assign(chosen, b.const(-1)), b.break_()]))
        loop += choose(frame, [message], clauses, True, take, list) if clauses else []
    statements.append(b.loop(loop))
    return statements + _bodies(frame, clauses, expiry, chosen, dest)


def _clauses(form: Any) -> list[Clause]:
    return [split_arrow(clause) for clause in split_tail(form)[0] if type(clause) is tuple]


def _bodies(
    frame: Frame, clauses: list[Clause], expiry: Clause | None, chosen: str, dest: Dest
) -> list[ast.stmt]:
    b = frame.b
    bodies = [(index, clause) for index, clause in enumerate(clauses)]
    if expiry is not None:
        bodies.append((-1, expiry))
    emitted = [(index, frame.into(clause.body, dest)) for index, clause in bodies]
    if not emitted:
        return []
    otherwise = emitted[-1][1]
    for index, body in reversed(emitted[:-1]):
        otherwise = [b.if_(b.compare(b.name(chosen), "==", b.const(index)), body, otherwise)]
    return otherwise
