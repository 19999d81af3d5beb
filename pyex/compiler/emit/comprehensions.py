"""`for`: Python loops over what the generators give."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from pyex.compiler.emit import rounds
from pyex.compiler.emit.branches import knowing, section, truth
from pyex.compiler.emit.clauses import choose, emit_clauses, split_arrow, split_guard
from pyex.compiler.emit.frame import Frame, control_form
from pyex.compiler.emit.guards import narrowing
from pyex.compiler.emit.loops import fed
from pyex.compiler.emit.patterns import Matcher, Place
from pyex.compiler.emit.result import DISCARD, LIST, Assign, Dest, Discard, Result, Return
from pyex.compiler.emit.segments import Segment, read_segments
from pyex.compiler.forms import Clause
from pyex.terms.atoms import atom
from pyex.terms.lists import EmptyList, split_tail

_ARROW: Final = atom("<-")
_BITS: Final = atom("<<>>")
_MAP: Final = atom("%{}")
_OPTIONS: Final = {name: atom(name) for name in ("do", "into", "uniq", "reduce")}

Innermost = Callable[[], list[ast.stmt]]


@dataclass(slots=True)
class _Loop:
    """What the functions of a comprehension's generators are on the BEAM."""

    arity: int
    """The element alone where each gives one element, else the element and what is gathered."""
    own: list[str] = field(default_factory=list)
    """The locals that no generator's function captures."""
    inner: int = 0
    """How many generators are around the one being emitted."""
    gone: bool = False
    """The function around it has called the one that goes over the elements in tail position, as all inner ones are."""


@control_form("for")
def for_form(frame: Frame, meta: Any, args: list[Any], dest: Dest) -> list[ast.stmt]:
    """`for generators, filters, options do body end`."""
    *steps, options = args
    b = frame.b
    position = b.at(meta)
    parts = {name: section(options, key) for name, key in _OPTIONS.items()}
    has_reduce = any(key is _OPTIONS["reduce"] for key, _ in split_tail(options)[0])
    if has_reduce:
        return _reduce(frame, position, steps, parts, dest)
    into = parts["into"]
    to_list = into is None or type(into) is EmptyList
    one_each = len(steps) == 1 and parts["uniq"] is not True
    loop = _Loop(_arity(into, one_each), gone=one_each and to_list and isinstance(dest, Return))
    if to_list and isinstance(dest, Discard) and parts["uniq"] is not True:
        return _loops(frame, steps, 0, loop, lambda: frame.into(parts["do"], DISCARD))
    statements: list[ast.stmt] = []
    target: Result | None = None
    if not to_list:
        target = frame.value(into)
        statements += frame.spill(target)
    items, seen = loop.own = [frame.temporary(), frame.temporary()]
    b.back(position)
    statements.append(b.assign(items, b.pylist([])))
    if parts["uniq"] is True:
        statements.append(b.assign(seen, b.call("set")))

    def collect() -> list[ast.stmt]:
        return _collect(frame, parts["do"], items, seen if parts["uniq"] is True else None, ends=loop.arity == 1)

    statements += _loops(frame, steps, 0, loop, collect)
    b.back(position)
    if target is None:
        return statements + frame.deliver(Result(b.call("from_pylist", b.name(items)), None, LIST), dest)
    made = b.call("collect", b.name(items), frame.expression(target))
    return statements + frame.deliver(Result(made), dest)


def _arity(into: Any, one_each: bool) -> int:
    """Return how many parameters a generator's function has: into what is no list or map, it is given how to collect too."""
    is_map = type(into) is tuple and len(into) == 3 and into[0] is _MAP
    if into is None or type(into) is EmptyList or is_map:
        return 1 if one_each else 2
    return 2 if type(into) is str else 3


def _collect(frame: Frame, body: Any, items: str, seen: str | None, *, ends: bool) -> list[ast.stmt]:
    b = frame.b
    result = frame.value(body)
    if seen is None:
        value = frame.expression(result)
        append = b.call(b.attribute(b.name(items), "append"), rounds.last_call(frame, value) if ends else value)
        return [*result.statements, b.evaluate(append)]
    statements = frame.spill(result)
    key = frame.temporary()
    statements.append(b.assign(key, b.call("encode_key", frame.again(result))))
    fresh = [
        b.evaluate(b.call(b.attribute(b.name(seen), "add"), b.name(key))),
        b.evaluate(b.call(b.attribute(b.name(items), "append"), frame.again(result))),
    ]
    return [*statements, b.if_(b.not_(b.compare(b.name(key), "in", b.name(seen))), fresh)]


def _reduce(
    frame: Frame, position: tuple[int, int], steps: list[Any], parts: dict[str, Any], dest: Dest
) -> list[ast.stmt]:
    b = frame.b
    clauses = [split_arrow(clause) for clause in split_tail(parts["do"])[0]]
    accumulator, held = frame.temporary(), frame.temporary()
    statements = frame.into(parts["reduce"], Assign(accumulator))

    def step() -> list[ast.stmt]:
        def no_match() -> list[ast.stmt]:
            b.back(position)
            return [b.raise_(b.call("case_clause", b.name(held)))]

        # The accumulator is held under a name of its own: clauses may give it to a variable without a copy.
        body = [b.assign(held, b.name(accumulator))]
        return body + emit_clauses(frame, [held], clauses, Assign(accumulator), no_match)

    loop = _Loop(2, [accumulator, held], gone=len(steps) == 1 and isinstance(dest, Return))
    statements += _loops(frame, steps, 0, loop, step)
    b.back(position)
    return statements + frame.deliver(Result(b.name(accumulator)), dest)


# ---- generators and filters


def _loops(frame: Frame, steps: list[Any], index: int, loop: _Loop, innermost: Innermost) -> list[ast.stmt]:
    b = frame.b
    if index == len(steps):
        return innermost()
    step = steps[index]
    kind = step[0] if type(step) is tuple and len(step) == 3 else None
    if kind is _ARROW:
        return _generator(frame, steps, index, loop, innermost)
    if kind is _BITS and _is_generator(step):
        return _bit_generator(frame, steps, index, loop, innermost)
    result = frame.value(step)
    statements, test = truth(frame, result)
    inner = knowing(frame, narrowing(frame, step), lambda: _loops(frame, steps, index + 1, loop, innermost))
    return [*result.statements, *statements, b.if_(test, inner)]


def _inside(frame: Frame, emit: Innermost) -> list[ast.stmt]:
    """Emit what runs again and again: closures there must not capture cells."""
    before, frame.repeats = frame.repeats, True
    statements = emit()
    frame.repeats = before
    return statements


def _generator(frame: Frame, steps: list[Any], index: int, loop: _Loop, innermost: Innermost) -> list[ast.stmt]:
    b = frame.b
    _, meta, args = steps[index]
    pattern, source = split_tail(args)[0]
    position = b.at(meta)
    result = fed(frame, source)
    b.back(position)
    item = frame.temporary()
    patterns, guards = split_guard([pattern])
    clause = Clause(patterns, guards, None, *position)

    def body(clause: Clause, number: int) -> list[ast.stmt]:
        return _loops(frame, steps, index + 1, loop, innermost)

    outer, loop.inner = loop.inner, loop.inner + 1
    part = rounds.enter(frame)
    inner = _inside(frame, lambda: choose(frame, [item], [clause], True, body, list))
    inner = rounds.leave(frame, part, inner, loop.arity, [item, *loop.own], gone=loop.gone or outer > 0)
    b.back(position)
    return [*result.statements, b.for_(item, b.call("generated", frame.expression(result)), inner)]


def _is_generator(form: Any) -> bool:
    items = split_tail(form[2])[0]
    return len(items) == 1 and type(items[0]) is tuple and len(items[0]) == 3 and items[0][0] is _ARROW


def _bit_generator(
    frame: Frame, steps: list[Any], index: int, loop: _Loop, innermost: Innermost
) -> list[ast.stmt]:
    """Read the segments until there are too few bits; what has the bits but not the values is passed over."""
    b = frame.b
    _, meta, args = split_tail(steps[index][2])[0][0]
    pattern, source = split_tail(args)[0]
    position = b.at(meta)
    result = frame.value(source)
    b.back(position)
    segments = read_segments(split_tail(pattern[2])[0])

    def then() -> list[ast.stmt]:
        return _loops(frame, steps, index + 1, loop, innermost)

    units = _units(segments)
    if units is not None:
        return [*result.statements, _unit_loop(frame, b.call(units, frame.expression(result)), segments[0], then)]
    bits = frame.temporary()
    statements = [*result.statements, b.assign(bits, b.call("bit_source", frame.expression(result)))]

    def body() -> list[ast.stmt]:
        return _bit_step(frame, bits, segments, then)

    return [*statements, b.loop(_inside(frame, body))]


def _units(segments: list[Segment]) -> str | None:
    """Return what gives a generator all that it goes through: where it asks for bytes, or for code points, one at a time."""
    only = segments[0]
    if len(segments) != 1 or type(only.value) is str or only.signed:
        return None
    if only.type == "integer" and only.size in (None, 8) and only.unit == 1:
        return "whole_bytes"
    return "code_points" if only.type == "utf8" else None


def _unit_loop(frame: Frame, units: ast.expr, segment: Segment, then: Innermost) -> ast.stmt:
    from pyex.compiler.emit.bitpatterns import bind_early

    b = frame.b
    matcher = Matcher(frame)
    item = bind_early(matcher, segment)

    def body() -> list[ast.stmt]:
        matcher.pattern(segment.value, Place(frame, item))
        tests = [test.expression for test in matcher.tests]
        inner = then()
        return [b.if_(b.all_of(tests), inner)] if tests else inner

    return b.for_(item, units, _inside(frame, body))


def _bit_step(frame: Frame, source: str, segments: list[Segment], then: Innermost) -> list[ast.stmt]:
    from pyex.compiler.emit.bitpatterns import bind_early, read_segment

    b = frame.b
    matcher = Matcher(frame)
    out: list[ast.stmt] = []
    for segment in segments:
        item = bind_early(matcher, segment)
        read = b.walrus(item, read_segment(matcher, source, segment))
        out.append(b.if_(b.compare(read, "is", b.name("MISSING")), [b.break_()]))
        matcher.pattern(segment.value, Place(frame, item))
    tests = [test.expression for test in matcher.tests]
    inner = then()
    return [*out, b.if_(b.all_of(tests), inner)] if tests else out + inner
