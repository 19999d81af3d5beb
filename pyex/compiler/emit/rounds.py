"""What stands in a function of its own on the BEAM, and in the function around it here: the body of `for`, the `else` of `with`.

The instructions of such a part are marked by the columns of their positions, which costs nothing where nothing fails; a stack
trace reads the mark, and finds in the table of the unit (`__rounds__`) what function it is to tell of.
"""

from __future__ import annotations

import ast
from typing import Any

from pyex.compiler.emit.closures import free_names
from pyex.compiler.emit.frame import Frame
from pyex.terms.rounds_table import FIRST, LAST


def enter(frame: Frame) -> int:
    """Begin a part; returns its number."""
    frame.unit.rounds.append((frame.part, frame.b.line, 0, False))
    frame.part = len(frame.unit.rounds)
    return frame.part


def leave(frame: Frame, part: int, body: list[ast.stmt], arity: int | None, own: list[str], *, gone: bool) -> list[ast.stmt]:
    """End a part and mark its statements.

    Its function has `arity` parameters, and what the part captures beside `own`, the locals of the loop; without an arity
    one parameter alone, as the compiler puts it back in its place. Is the function around it `gone`, it is not told.
    """
    rounds = frame.unit.rounds
    outer, line, _, _ = rounds[part - 1]
    rounds[part - 1] = (outer, line, 1 if arity is None else arity + len(free_names(own, body)), gone)
    frame.part = outer
    _mark(body, FIRST + part)
    return body


def last_call(frame: Frame, expression: ast.expr) -> ast.expr:
    """Mark the call whose value is that of the part's function: a tail call, if it is one of a function."""
    if type(expression) is ast.Call:
        expression.end_lineno, expression.end_col_offset = expression.lineno, LAST + frame.part
    return expression


def _mark(body: list[ast.stmt], column: int) -> None:
    """Mark what has no mark yet; a function inside has a frame of its own."""
    nodes: list[Any] = list(body)
    while nodes:
        node = nodes.pop()
        if hasattr(node, "lineno") and getattr(node, "end_col_offset", None) is None:
            node.end_lineno, node.end_col_offset = node.lineno, column
        if type(node) is not ast.FunctionDef:
            nodes.extend(ast.iter_child_nodes(node))


__all__ = ["enter", "last_call", "leave"]
