"""Functions of the library that are worth emitting inline: what Elixir itself compiles to instructions on maps.

The inline way is for a plain map; everything else, errors included, goes to the function.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.frame import Frame
from pyex.compiler.emit.keys import stored_key
from pyex.compiler.emit.result import ANY, BOOL, Growth, Result
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


_CHANGES: Final = {("put", 3): "put_owned", ("update", 4): "update_owned"}
"""Functions whose result may be the map that they are given, changed, and what does it."""


def inline_call(frame: Frame, module: Any, name: str, results: list[Result]) -> Result | None:
    """Return the inline form of a call of a library function, or None when there is none."""
    key = (name, len(results))
    if module is not _MAP or results[0].is_constant or (key not in _INLINE and key not in _CHANGES):
        return None
    b = frame.b
    position = b.line, b.column
    statements = [statement for result in results for statement in frame.spill(result)]
    b.back(position)
    entry = frame.constants.export(module, name, len(results))
    value: ast.expr = b.call(b.attribute(entry, "fn"), *[frame.again(result) for result in results])
    known = ANY
    if key in _INLINE:
        emit, known = _INLINE[key]
        test = b.is_type(frame.again(results[0]), "Map")
        value = b.conditional(test, emit(frame, results), value)
    found = Result(value, statements, known)
    if key in _CHANGES:
        found.grown = lambda local: _changed(frame, local, name, results)
    return found


def _changed(frame: Frame, local: str, name: str, results: list[Result]) -> Growth | None:
    """Return how a local that is given the changed map of itself is changed; what it is changed by is read before."""
    b = frame.b
    owner, *others = results
    if type(owner.expression) is not ast.Name or owner.expression.id != local:
        return None
    statements: list[ast.stmt] = []
    operands = []
    for other in others:
        if type(other.expression) is ast.Name and other.expression.id in frame.parameters:
            held = frame.temporary()
            statements.append(b.assign(held, frame.again(other)))
            other = Result(b.name(held), None, other.known)
        operands.append(other)
    function = b.attribute(frame.constants.export(_MAP, name, len(results)), "fn")
    given = [b.name(local), *map(frame.again, operands)]
    owned = [*given, function] if name == "update" else given
    change = b.call(_CHANGES[name, len(results)], *owned)
    called = b.call(b.attribute(frame.constants.export(_MAP, name, len(results)), "fn"), b.name(local), *map(frame.again, operands))
    test = b.is_type(b.name(local), "Map")
    return statements, b.if_(test, [b.assign(local, change)], [b.assign(local, called)])
