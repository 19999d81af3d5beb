"""What a pattern says of the value that it matches, and of the variables in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from pyex.compiler.kernel.build import is_var, meta_get
from pyex.compiler.types.descr import (
    DYNAMIC,
    TERM,
    Type,
    dynamic,
    fields_of,
    is_unknown,
    map_type,
    one,
    simple,
    static,
    union,
)
from pyex.compiler.types.signatures import STRUCT
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, EmptyList, split_tail, to_pylist

_PIPE: Final = atom("|")
_MATCH: Final = atom("=")
_PIN: Final = atom("^")
_TUPLE: Final = atom("{}")
_MAP: Final = atom("%{}")
_NAMED: Final = atom("%")
_BITS: Final = atom("<<>>")
_SEGMENT: Final = atom("::")
Fields = Callable[[Any], list[Any] | None]
Bind = Callable[[int, Type], None]
_SEGMENTS: Final = {"integer": "integer", "float": "float"} | dict.fromkeys(
    ("binary", "bytes", "bitstring", "bits"), "binary"
)


_BINARY: Final = simple("binary")
_LITERALS: Final[dict[type, Type]] = {
    int: simple("integer"),
    float: simple("float"),
    str: _BINARY,
    bytes: _BINARY,
    EmptyList: simple("empty_list"),
}
_ATOMS: Final = frozenset({Atom, bool, type(None)})


def literal(form: Any) -> Type | None:
    """Return the type of a form that stands for itself, else None."""
    kind = type(form)
    if kind is tuple or kind is Cons:  # most forms: they are asked first
        return None
    if kind in _ATOMS:
        return atom_type(form)
    return _LITERALS.get(kind)


@cache
def atom_type(value: Any) -> Type:
    """Return the type that has one atom only."""
    return one("atom", value)


def tuple_items(form: Any) -> list[Any] | None:
    """Return the elements of a tuple's form, else None."""
    if type(form) is not tuple:
        return None
    if len(form) == 2:
        return list(form)
    return to_pylist(form[2]) if len(form) == 3 and form[0] is _TUPLE else None


def list_parts(form: Any) -> tuple[list[Any], Any]:
    """Return (elements, tail) of a list's form that is not empty."""
    items, _ = split_tail(form)
    last = items[-1]
    if type(last) is tuple and len(last) == 3 and last[0] is _PIPE:
        head, tail = to_pylist(last[2])
        return [*items[:-1], head], tail
    return items, EMPTY


def list_type(items: list[Type], tail: Type) -> Type:
    """Return the type of a list that is not empty."""
    kind = union(items)
    mixed = tail.dynamic or kind.dynamic
    if tail.parts == simple("empty_list").parts:
        return one("list", static(kind), None, dynamic=mixed)
    lists = [part for part in tail.parts if part[0] == "list"]
    if len(tail.parts) == len(lists) + (("empty_list",) in tail.parts) and all(part[2] is None for part in lists):
        return one("list", static(union([kind, *(part[1] for part in lists)])), None, dynamic=mixed)
    if ("term",) in tail.parts:
        return one("list", TERM, TERM, dynamic=mixed)
    return one("list", static(kind), static(tail), dynamic=mixed)


def pattern_type(form: Any, fields: Fields) -> Type:
    """Return the type of the values that a pattern can match."""
    known = literal(form)
    if known is not None:
        return known
    if type(form) is Cons:
        items, tail = list_parts(form)
        return list_type([pattern_type(item, fields) for item in items], pattern_type(tail, fields))
    items = tuple_items(form)  # type: ignore[assignment]
    if items is not None:
        return one("tuple", tuple(pattern_type(item, fields) for item in items), False)
    name = form[0]
    if name is _MATCH:
        left, right = (pattern_type(part, fields) for part in form[2])
        return right if is_unknown(left) else left
    if name is _BITS:
        return _BINARY
    if name is _MAP:
        pairs = [pair for pair in form[2] if type(pair) is tuple and len(pair) == 2]
        known_keys = {key: pattern_type(value, fields) for key, value in pairs if type(key) is Atom}
        return map_type(known_keys, is_open=True)
    if name is _NAMED:
        return _struct(form, fields)
    return TERM


def _struct(form: Any, fields: Fields) -> Type:
    module, inner = to_pylist(form[2])
    names = fields(module) if type(module) is Atom else None
    if names is None:
        return one("map", (), True)
    given = {key: pattern_type(value, fields) for key, value in inner[2] if type(key) is Atom}
    whole = {name: given.get(name, TERM) for name in names}
    return map_type({**whole, STRUCT: one("atom", module)}, is_open=False)


def refine(given: Type, pattern: Type) -> Type:
    """Return what is known of a value of a type once it has matched a pattern."""
    if ("term",) in given.parts:
        return dynamic(pattern) if given.dynamic else pattern
    return given


def bind(form: Any, given: Type, fields: Fields, assign: Bind) -> None:
    """Give each variable of a pattern its type, when the value has type `given`."""
    if is_var(form):
        version = meta_get(form[1], "version")
        if type(version) is int:
            assign(version, given)
        return
    if type(form) is Cons:
        items, tail = list_parts(form)
        parts = [part for part in given.parts if part[0] == "list"]
        kind = union(part[1] for part in parts) if len(parts) == len(given.parts) and parts else TERM
        for item in items:
            bind(item, dynamic(kind) if given.dynamic or not parts else kind, fields, assign)
        bind(tail, DYNAMIC, fields, assign)
        return
    items = tuple_items(form)  # type: ignore[assignment]
    if items is not None:
        for item, kind in zip(items, _elements(given, len(items)), strict=True):
            bind(item, refine(kind, pattern_type(item, fields)), fields, assign)
        return
    if type(form) is tuple and len(form) == 3 and isinstance(form[2], Cons) and form[0] is not _PIN:
        _bind_form(form, given, fields, assign)


def _bind_form(form: Any, given: Type, fields: Fields, assign: Bind) -> None:
    if form[0] is _MATCH:
        left, right = to_pylist(form[2])
        whole = refine(refine(given, pattern_type(left, fields)), pattern_type(right, fields))
        bind(left, whole, fields, assign)
        bind(right, whole, fields, assign)
    elif form[0] is _BITS:
        for segment in form[2]:
            _bind_segment(segment, fields, assign)
    elif form[0] is _NAMED:
        module, inner = to_pylist(form[2])
        bind(module, dynamic(one("atom")), fields, assign)
        bind(inner, given, fields, assign)
    elif form[0] is _MAP:
        found = fields_of(given)
        for key, value in form[2]:
            kind = found[0].get(key, TERM) if found is not None and type(key) is Atom else TERM
            known = kind if found is not None and not given.dynamic and kind != TERM else dynamic(kind)
            bind(value, refine(known, pattern_type(value, fields)), fields, assign)


def _bind_segment(segment: Any, fields: Fields, assign: Bind) -> None:
    if type(segment) is tuple and len(segment) == 3 and segment[0] is _SEGMENT:
        value, spec = to_pylist(segment[2])
        bind(value, segment_type(spec), fields, assign)


def segment_type(spec: Any) -> Type:
    """Return the type of the value that a bitstring's segment holds."""
    while type(spec) is tuple and len(spec) == 3 and spec[0] is atom("-"):
        spec = spec[2].head
    name = spec[0].name if type(spec) is tuple and type(spec[0]) is Atom else "integer"
    return simple(_SEGMENTS.get(name, "integer"))


def _elements(given: Type, count: int) -> list[Type]:
    if len(given.parts) == 1:
        part = next(iter(given.parts))
        if part[0] == "tuple" and len(part[1]) == count:
            return [dynamic(item) if given.dynamic else item for item in part[1]]
    return [DYNAMIC] * count
