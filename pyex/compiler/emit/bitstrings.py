"""`<<>>` as an expression: literals at compile time, text by joining strings, anything else piece by piece."""

from __future__ import annotations

import ast
from typing import Any

from pyex.compiler.emit.frame import Frame, value_form
from pyex.compiler.emit.result import ANY, NOT_CONSTANT, OTHER, STRING, Growth, Result
from pyex.compiler.emit.segments import Segment, read_segments
from pyex.compiler.emit.support import bits
from pyex.terms.errors import ElixirError


@value_form("<<>>")
def bitstring(frame: Frame, meta: Any, items: list[Any]) -> Result:
    """A bitstring."""
    position = frame.b.at(meta)
    segments = read_segments(items)
    if not segments:
        return Result(None, None, STRING, "")
    if all(segment.type == "binary" and segment.size is None for segment in segments):
        return _text(frame, position, segments)
    forms: list[Any] = []
    for segment in segments:
        forms += [segment.value, segment.actual_size]
    statements, results = frame.values(forms)
    frame.b.back(position)
    pieces: list[ast.expr] = []
    constants: list[Any] = []
    for index, segment in enumerate(segments):
        value, size = results[2 * index], results[2 * index + 1]
        constant = _constant(index + 1, segment, value, size)
        constants.append(constant)
        piece = frame.constants.term(constant) if constant is not NOT_CONSTANT else None
        pieces.append(piece or _piece(frame, index + 1, segment, value, size))
    if not statements and all(constant is not NOT_CONSTANT for constant in constants):
        found = bits.joined_bits(*constants)
        return Result(None, None, STRING if type(found) is str else OTHER, found)
    return Result(frame.b.call("joined_bits", *pieces), statements, STRING | OTHER)


def _constant(number: int, segment: Segment, value: Result, size: Result) -> Any:
    """Return the bits of a segment that is known at compile time; one that must fail fails at run time."""
    if not value.is_constant or not size.is_constant:
        return NOT_CONSTANT
    try:
        return make_piece(number, segment, value.constant, size.constant)
    except ElixirError:
        return NOT_CONSTANT


def make_piece(number: int, segment: Segment, value: Any, size: Any) -> Any:
    """Return the bits of a segment."""
    if segment.type == "integer":
        return bits.integer_piece(number, value, size, segment.unit, segment.endian)
    if segment.type == "float":
        return bits.float_piece(number, value, size, segment.unit, segment.endian)
    if segment.type in ("binary", "bitstring"):
        return bits.binary_piece(number, value, size, segment.unit, segment.type)
    if type(value) is str:
        return bits.utf_text(value, segment.type, segment.endian)
    return bits.utf_piece(number, value, segment.type, segment.endian)


def _piece(frame: Frame, number: int, segment: Segment, value: Result, size: Result) -> ast.expr:
    b = frame.b
    first = [b.const(number), frame.expression(value)]
    if segment.type in ("integer", "float"):
        rest = [frame.expression(size), b.const(segment.unit), b.const(segment.endian)]
        return b.call(f"{segment.type}_piece", *first, *rest)
    if segment.type in ("binary", "bitstring"):
        rest = [frame.expression(size), b.const(segment.unit), b.const(segment.type)]
        return b.call("evaluated_binary_piece" if frame.constants.evaluated else "binary_piece", *first, *rest)
    return b.call("utf_piece", *first, b.const(segment.type), b.const(segment.endian))


def _text(frame: Frame, position: tuple[int, int], segments: list[Segment]) -> Result:
    """Binaries that follow one another: interpolation and `<>`."""
    statements, results = frame.values([segment.value for segment in segments])
    b = frame.b
    b.back(position)
    results = _merged(results)
    if len(results) == 1 and type(results[0].constant) is str:
        return Result(None, statements, STRING, results[0].constant)
    unknown = [result for result in results if result.known != STRING]
    if not unknown:
        return Result(text_of(frame, results), statements, STRING)
    if len(results) > 1:
        for result in results:
            statements += frame.spill(result)
    found = Result(guarded_text(frame, results), statements, STRING | OTHER)
    if len(results) > 1 and type(results[0].expression) is ast.Name:
        found.grown = lambda name: _grown(frame, name, results)
    return found


def _grown(frame: Frame, name: str, results: list[Result]) -> Growth | None:
    """`acc <> more` as the new value of `acc`: a statement of its own, since only so does Python append in place."""
    first = results[0].expression
    if type(first) is not ast.Name or first.id != name:
        return None
    b = frame.b
    rest = results[1:]
    more = frame.temporary()
    if len(rest) > 1 or not frame.simple(rest[0]):
        statements = [b.assign(more, guarded_text(frame, rest))]
    else:
        statements = [b.assign(more, frame.expression(rest[0]))]
    both = [results[0], Result(b.name(more), None, STRING if all(part.known == STRING for part in rest) else ANY)]
    grown = b.assign(name, text_of(frame, both))
    joined = b.call("text_pieces", b.const(frame.constants.evaluated), *[frame.again(part) for part in both])
    return statements, b.if_(are_strings(frame, both), [grown], [b.assign(name, joined)])


def text_of(frame: Frame, results: list[Result]) -> ast.expr:
    """Return the expression that joins results which are strings for sure."""
    values = [frame.expression(result) for result in results]
    if len(values) == 1:
        return values[0]
    return frame.b.binary(values[0], "+", values[1]) if len(values) == 2 else frame.b.interpolated(values)


def guarded_text(frame: Frame, results: list[Result]) -> ast.expr:
    """Return the expression that joins results: at once when they are strings, byte by byte otherwise."""
    b = frame.b
    values = [frame.expression(result) for result in results]
    checked = b.call("text_pieces", b.const(frame.constants.evaluated), *values)
    if len(results) == 1:
        return checked
    return b.conditional(are_strings(frame, results), text_of(frame, results), checked)


def are_strings(frame: Frame, results: list[Result]) -> ast.expr:
    """Return the condition that all (simple) results are strings."""
    b = frame.b
    return b.all_of([b.is_type(frame.again(result), "str") for result in results if result.known != STRING])


def _merged(results: list[Result]) -> list[Result]:
    """Join literal parts that stand side by side."""
    found: list[Result] = []
    for result in results:
        if type(result.constant) is str and found and type(found[-1].constant) is str:
            found[-1] = Result(None, None, STRING, found[-1].constant + result.constant)
        else:
            found.append(result)
    return found

