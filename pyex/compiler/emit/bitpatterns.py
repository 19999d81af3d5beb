"""`<<>>` as a pattern: the usual splits of text directly, anything else by a reader that walks the bits."""

from __future__ import annotations

import ast
from typing import Any, Final

from pyex.compiler.emit.frame import version_of
from pyex.compiler.emit.patterns import Matcher, Place
from pyex.compiler.emit.segments import Segment, read_segments
from pyex.compiler.emit.support import bits
from pyex.compiler.kernel.build import is_named
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import to_bytes
from pyex.terms.errors import PyexBug
from pyex.terms.lists import to_pylist

_PIN: Final = atom("^")


def match_bits(matcher: Matcher, items: list[Any], place: Place) -> None:
    """Add the tests and bindings of a bitstring pattern."""
    segments = read_segments(items)
    if not segments:
        matcher.literal("", place)
        return
    if _is_text(segments):
        matcher.literal("".join(segment.value for segment in segments), place)
    elif not _prefix(matcher, segments, place) and not _first(matcher, segments, place):
        _walk(matcher, segments, place)


def _is_text(segments: list[Segment]) -> bool:
    return all(type(segment.value) is str and segment.type == "binary" for segment in segments)


def _is_pinned(segment: Segment) -> bool:
    """Tell whether a segment is a pinned binary, whose size is its value's."""
    return segment.size is None and segment.type in ("binary", "bitstring") and is_named(segment.value, _PIN, 1)


def _is_rest(segment: Segment) -> bool:
    return segment.type == "binary" and segment.size is None and segment.unit == 8


def _prefix(matcher: Matcher, segments: list[Segment], place: Place) -> bool:
    """`"text" <> rest`."""
    if len(segments) < 2 or not _is_text(segments[:-1]) or not _is_rest(segments[-1]):
        return False
    text = "".join(segment.value for segment in segments[:-1])
    b = matcher.b
    name = f"{place.local}.after:{text}"
    rest = b.call("after_prefix", place.once(), b.const(text))
    matcher.test(("after", place.local, text), b.compare(b.walrus(name, rest), "is not", b.name("MISSING")))
    matcher.pattern(segments[-1].value, Place(matcher.frame, name))
    return True


def _first(matcher: Matcher, segments: list[Segment], place: Place) -> bool:
    """`<<byte, rest::binary>>` and `<<character::utf8, rest::binary>>`."""
    if len(segments) != 2 or not _is_rest(segments[1]) or type(segments[1].value) is str:
        return False
    head = segments[0]
    if head.type == "integer" and head.size in (None, 8) and head.unit == 1 and not head.signed:
        helper = "first_byte"
    elif head.type == "utf8" and type(head.value) is not str:
        helper = "first_character"
    else:
        return False
    b = matcher.b
    name = f"{place.local}.{helper}"
    split = b.walrus(name, b.call(helper, place.once()))
    matcher.test((helper, place.local), b.compare(split, "is not", b.const(None)))
    for index, segment in enumerate(segments):
        part = Place(matcher.frame, f"{name}.{index}", lambda index=index: b.item(b.name(name), index))  # type: ignore[misc]  # bound early
        matcher.pattern(segment.value, part)
    return True


# ---- the general way


def _walk(matcher: Matcher, segments: list[Segment], place: Place) -> None:
    b = matcher.b
    source = matcher.frame.temporary()
    opened = b.walrus(source, b.call("reader", place.once()))
    matcher.test(object(), b.compare(opened, "is not", b.const(None)))
    last = len(segments) - 1
    ended = False
    for index, segment in enumerate(segments):
        takes_rest = index == last and segment.size is None and segment.type in ("binary", "bitstring")
        if type(segment.value) is str or type(segment.value) is bytes:
            _literal(matcher, source, segment)
        elif takes_rest:
            ended = True
            read = _call(matcher, source, "rest", b.const(segment.unit))
            _read(matcher, read, segment.value)
        else:
            _read(matcher, _segment(matcher, source, segment), segment.value)
    if not ended:
        matcher.test(object(), _call(matcher, source, "done"))


def _call(matcher: Matcher, source: str, method: str, *args: ast.expr) -> ast.expr:
    b = matcher.b
    return b.call(b.attribute(b.name(source), method), *args)


def _literal(matcher: Matcher, source: str, segment: Segment) -> None:
    if segment.type in ("binary", "bitstring"):
        data = to_bytes(segment.value)
    else:
        data = bits.utf_text(segment.value, segment.type, segment.endian)
    matcher.test(object(), _call(matcher, source, "literal", matcher.b.const(data)))


def read_segment(matcher: Matcher, source: str, segment: Segment) -> ast.expr:
    """Return what reads one segment of a generator, whose literals are read as values too."""
    b = matcher.b
    if type(segment.value) is str and segment.type == "binary":
        return _call(matcher, source, "part", b.const(len(to_bytes(segment.value))), b.const(8))
    if segment.size is None and segment.type in ("binary", "bitstring") and not _is_pinned(segment):
        return _call(matcher, source, "rest", b.const(segment.unit))
    return _segment(matcher, source, segment)


def bind_early(matcher: Matcher, segment: Segment) -> str:
    """Return the local that holds the value of a segment: the variable's own, so that a later size can read it."""
    form = segment.value
    if _is_variable(form) and form[0].name != "_" and version_of(form) not in matcher.bindings:
        matcher.frame.names.pop(version_of(form), None)
        return f"{form[0].name}@{version_of(form)}"
    return matcher.frame.temporary()


def _segment(matcher: Matcher, source: str, segment: Segment) -> ast.expr:
    b = matcher.b
    if segment.type.startswith("utf"):
        return _call(matcher, source, "utf", b.const(segment.type), b.const(segment.endian))
    if _is_pinned(segment):
        return _call(matcher, source, "like", _size(matcher, to_pylist(segment.value[2])[0]))
    size = [_size(matcher, segment.actual_size), b.const(segment.unit)]
    if segment.type == "integer":
        return _call(matcher, source, "integer", *size, b.const(segment.endian), b.const(segment.signed))
    if segment.type == "float":
        return _call(matcher, source, "float", *size, b.const(segment.endian))
    return _call(matcher, source, "part", *size)


def _size(matcher: Matcher, form: Any) -> ast.expr:
    """The size of a segment; variables that this pattern has bound are read from where they are by now."""
    result = matcher.frame.value(form)
    if result.statements:
        raise PyexBug("the size of a segment needs statements")
    return matcher.frame.expression(result)


def _read(matcher: Matcher, read: ast.expr, form: Any) -> None:
    """Match what a reader gives against the pattern of the segment."""
    b = matcher.b
    if _is_variable(form) and form[0].name != "_" and version_of(form) not in matcher.bindings:
        name = f"{form[0].name}@{version_of(form)}"
        matcher.frame.names.pop(version_of(form), None)
    else:
        name = matcher.frame.temporary()
    matcher.test(object(), b.compare(b.walrus(name, read), "is not", b.name("MISSING")))
    matcher.pattern(form, Place(matcher.frame, name))


def _is_variable(form: Any) -> bool:
    return type(form) is tuple and len(form) == 3 and type(form[0]) is Atom and (type(form[2]) is Atom or form[2] is None)
