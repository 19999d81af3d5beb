"""Functions of the library that are worth emitting inline: what Elixir itself compiles to instructions on maps.

The inline way is for a plain map; everything else, errors included, goes to the function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.frame import Frame
from pyex.compiler.emit.keys import stored_key
from pyex.compiler.emit.result import ANY, BOOL, Result
from pyex.terms.atoms import alias

Inline = Callable[[Frame, list[Result]], ast.expr]

_MAP: Final = alias("Map")


def _put(frame: Frame, operands: list[Result]) -> ast.expr:
    value = frame.b.attribute(frame.again(operands[0]), "put")
    return frame.b.call(value, frame.again(operands[1]), frame.again(operands[2]))


def _get(frame: Frame, operands: list[Result]) -> ast.expr:
    b = frame.b
    found = b.attribute(b.attribute(frame.again(operands[0]), "_data"), "get")
    return b.call(found, stored_key(frame, operands[1]), *[frame.again(operand) for operand in operands[2:]])


def _has_key(frame: Frame, operands: list[Result]) -> ast.expr:
    b = frame.b
    return b.compare(stored_key(frame, operands[1]), "in", b.attribute(frame.again(operands[0]), "_data"))


_INLINE: Final[dict[tuple[str, int], tuple[Inline, int]]] = {
    ("put", 3): (_put, ANY),
    ("get", 2): (_get, ANY),
    ("get", 3): (_get, ANY),
    ("has_key?", 2): (_has_key, BOOL),
}


def inline_call(frame: Frame, module: Any, name: str, results: list[Result]) -> Result | None:
    """Return the inline form of a call of a library function, or None when there is none."""
    if module is not _MAP:
        return None
    found = _INLINE.get((name, len(results)))
    if found is None or results[0].is_constant:
        return None
    emit, known = found
    position = frame.b.line, frame.b.column
    statements = [statement for result in results for statement in frame.spill(result)]
    b = frame.b
    b.back(position)
    entry = frame.constants.export(module, name, len(results))
    call = b.call(b.attribute(entry, "fn"), *[frame.again(result) for result in results])
    test = b.is_type(frame.again(results[0]), "Map")
    return Result(b.conditional(test, emit(frame, results), call), statements, known)
