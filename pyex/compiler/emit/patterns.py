"""Patterns as boolean Python expressions.

`match` gives the tests of a pattern, in order, and the variables to bind once they hold. A part that is
looked into is captured on the way (`type(@1.1 := @1[1]) is Cons`); its name tells its path, so equal tests of
neighbouring clauses are equal text and can be shared.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pyex.compiler.emit.frame import Frame, version_of
from pyex.compiler.emit.result import ANY, INT, LIST, MAP, STRING, TUPLE
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.errors import PyexBug
from pyex.terms.lists import Cons, EmptyList, split_tail
from pyex.terms.maps import STRUCT, Key, encode_key

_BAR: Final = atom("|")
_PIN: Final = atom("^")
_MATCH: Final = atom("=")
_TUPLE: Final = atom("{}")
_MAP: Final = atom("%{}")
_STRUCT_FORM: Final = atom("%")
_BITS: Final = atom("<<>>")


class Test(NamedTuple):
    """One condition; two tests of equal keys are the same test."""

    key: Any
    expression: ast.expr
    known: tuple[str, int] | None = None
    """What a local is known to be once the test holds."""


class Binding(NamedTuple):
    """A variable to assign when the tests hold."""

    name: str
    expression: ast.expr
    known: int
    part: tuple[str, int, int] | None = None
    """Of an element of a tuple: the local that holds the tuple, the index, and the tuple's size."""


class Place:
    """A part of the subject: how to read it, and the local that holds it once it was captured."""

    __slots__ = ("_read", "captured", "frame", "local", "part")

    def __init__(
        self,
        frame: Frame,
        local: str,
        read: Callable[[], ast.expr] | None = None,
        part: tuple[str, int, int] | None = None,
    ) -> None:
        self.frame = frame
        self.local = local
        self._read = read
        self.part = part
        self.captured = read is None

    def once(self) -> ast.expr:
        """Read the part for a condition that needs it only once."""
        return self.frame.b.name(self.local) if self.captured else self._fresh()

    def held(self) -> ast.expr:
        """Read the part and keep it, for what follows."""
        b = self.frame.b
        if self.captured:
            return b.name(self.local)
        self.captured = True
        return b.walrus(self.local, self._fresh())

    def _fresh(self) -> ast.expr:
        assert self._read is not None  # a place without a way to read it is captured
        return self._read()


class Matcher:
    """Collects the tests and bindings of one pattern, or of the patterns of one clause."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.b = frame.b
        self.tests: list[Test] = []
        self.bindings: dict[int, Binding] = {}

    # ---- results

    def test(self, key: Any, expression: ast.expr, known: tuple[str, int] | None = None) -> None:
        """Add a condition."""
        self.tests.append(Test(key, expression, known))

    # ---- dispatch

    def pattern(self, form: Any, place: Place) -> None:
        """Match a form against a place."""
        kind = type(form)
        if kind is tuple:
            if len(form) == 3:
                self._node(form, place)
            else:
                self._tuple(list(form), place)
        elif kind is Cons:
            self._list(form, place)
        else:
            self.literal(form, place)

    def _node(self, form: Any, place: Place) -> None:
        head, _, args = form
        if type(args) is Atom or args is None:
            self.variable(form, place)
            return
        items = split_tail(args)[0]
        if head is _TUPLE:
            self._tuple(items, place)
        elif head is _MAP:
            self._map(items, place)
        elif head is _STRUCT_FORM:
            self._struct(items, place)
        elif head is _MATCH:
            self._both(items, place)
        elif head is _PIN:
            self.same_as(self.b.name(self.frame.variable(items[0])), place)
        elif head is _BITS:
            from pyex.compiler.emit.bitpatterns import match_bits

            match_bits(self, items, place)
        else:
            self._computed(form, place)

    def _computed(self, form: Any, place: Place) -> None:
        """A pattern that is a constant expression: `-1`, `"a" <> "b"` of literals."""
        from pyex.compiler.emit.constant_forms import constant_of

        self.literal(constant_of(form), place)

    # ---- leaves

    def literal(self, term: Any, place: Place) -> None:
        """Match a constant: strictly, so `1` is neither `1.0` nor `true`."""
        b = self.b
        path = place.local
        kind = type(term)
        if kind is Atom or term is None or kind is bool or kind is EmptyList:
            key = ("is", path, "[]" if kind is EmptyList else atom_name(term))
            self.test(key, b.compare(place.once(), "is", self.frame.constants.term(term)))
        elif kind is int:
            known = self.frame.known.get(path, ANY) if place.captured else ANY
            if known != INT:
                self.test(("int", path), b.is_type(place.held(), "int"), (path, INT))
            self.test(("==", path, term), b.compare(place.once(), "==", b.const(term)))
        elif kind is str:
            self.test(("==", path, term), b.compare(place.once(), "==", b.const(term)))
        elif kind is tuple and term == ():
            self.test(("tuple", path), b.is_type(place.held(), "tuple"))
            self.test(("len", path, 0), b.not_(place.once()))
        else:
            key = ("identical", path, encode_key(term))
            self.test(key, b.call("identical", place.once(), self.frame.constants.term(term)))

    def same_as(self, value: ast.expr, place: Place) -> None:
        """Match a value that is known at run time only: a pinned or repeated variable."""
        self.test(object(), self.b.call("identical", value, place.once()))

    def variable(self, form: Any, place: Place) -> None:
        """Bind a variable, or compare when the pattern has bound it already."""
        if form[0].name == "_":
            return
        version = version_of(form)
        known = self.bindings.get(version)
        if known is not None:
            value = self.frame.names.get(version) or known.name
            bound = self.b.name(value) if version in self.frame.names else known.expression
            self.same_as(bound, place)
            return
        if place.captured:
            # The local that holds the part never changes while the variable lives: no copy.
            self.frame.names[version] = place.local
            self.bindings[version] = Binding("", self.b.name(place.local), ANY)
            return
        name = f"{form[0].name}@{version}"
        self.frame.names.pop(version, None)
        self.bindings[version] = Binding(name, place.once(), ANY, place.part)

    def _both(self, items: list[Any], place: Place) -> None:
        """`pattern = pattern`."""
        left, right = items
        if not place.captured:
            # Both sides read the part: capture it with a condition that always holds.
            held = place.held()
            self.test(("held", place.local), self.b.compare(held, "is", self.b.name(place.local)))
        self.pattern(left, place)
        self.pattern(right, place)

    # ---- containers

    def _tuple(self, items: list[Any], place: Place) -> None:
        b = self.b
        path = place.local
        known = self.frame.known.get(path, ANY) if place.captured else ANY
        if known != TUPLE:
            self.test(("tuple", path), b.is_type(place.held(), "tuple"))
        self.test(("len", path, len(items)), b.compare(b.call("len", b.name(path)), "==", b.const(len(items))))
        for index, item in enumerate(items):
            self.pattern(item, self._part(path, index, len(items)))

    def _part(self, path: str, index: int, size: int) -> Place:
        return Place(self.frame, f"{path}.{index}", lambda: self.b.item(self.b.name(path), index), (path, index, size))

    def _list(self, form: Any, place: Place) -> None:
        items, _ = split_tail(form)
        rest: Any = None
        last = items[-1]
        if type(last) is tuple and len(last) == 3 and last[0] is _BAR:
            head, rest = split_tail(last[2])[0]
            items = [*items[:-1], head]
            proper = False
        else:
            proper = True
        for item in items:
            path = place.local
            self.test(("cons", path), self.b.is_type(place.held(), "Cons"))
            self.pattern(item, self._head(path))
            place = self._tail(path)
        if proper:
            key = ("is", place.local, "[]")
            self.test(key, self.b.compare(place.once(), "is", self.b.name("EMPTY")))
        else:
            self.pattern(rest, place)

    def _head(self, path: str) -> Place:
        return Place(self.frame, f"{path}.h", lambda: self.b.attribute(self.b.name(path), "head"))

    def _tail(self, path: str) -> Place:
        return Place(self.frame, f"{path}.t", lambda: self.b.tail(path, f"{path}.t"))

    def _map(self, pairs: list[Any], place: Place) -> None:
        path = place.local
        self.test(("map", path), self.b.is_type(place.held(), "Map"))
        for key, value in pairs:
            self._pair(key, value, path)

    def _pair(self, key: Any, value: Any, path: str) -> None:
        b = self.b
        text, stored = self._key(key)
        known = _atom_of(value)
        if known is not None:
            # `dict.get` gives None for what is not there, so one look-up answers for an atom.
            found = b.call(self._getter(path), stored)
            self.test(("get", path, text, known.name), b.compare(found, "is", self.frame.constants.atom(known)))
            return
        name = f"{path}.{text}" if text else self.frame.temporary()
        read = b.call(self._getter(path), stored, b.name("MISSING"))
        self.test(
            ("has", path, text) if text else object(),
            b.compare(b.walrus(name, read), "is not", b.name("MISSING")),
        )
        self.pattern(value, Place(self.frame, name))

    def _getter(self, path: str) -> ast.expr:
        return self.b.attribute(self.b.attribute(self.b.name(path), "_data"), "get")

    def _key(self, form: Any) -> tuple[str, ast.expr]:
        """Return a text that names a constant key (empty for a computed one), and the key as it is stored."""
        from pyex.compiler.emit.constant_forms import constant_or_none

        found = constant_or_none(form)
        if found is None:
            result = self.frame.value(form if form[0] is not _PIN else split_tail(form[2])[0][0])
            if result.statements:
                raise PyexBug("the key of a map pattern needs statements")
            return "", self.b.call("encode_key", self.frame.expression(result))
        term = found.constant
        key = encode_key(term)
        text = f"{type(term).__name__}:{term!r}" if type(key) is not Key else ""
        return text, self.frame.constants.key(term)

    def _struct(self, items: list[Any], place: Place) -> None:
        module, body = items
        path = place.local
        b = self.b
        self.test(("map", path), b.is_type(place.held(), "Map"))
        if type(module) is Atom:
            found = b.call(self._getter(path), self.frame.constants.atom(STRUCT))
            self.test(("get", path, "struct", module.name), b.compare(found, "is", self.frame.constants.atom(module)))
        else:
            name = f"{path}.struct"
            read = b.call(self._getter(path), self.frame.constants.atom(STRUCT))
            self.test(("struct", path), b.is_type(b.walrus(name, read), "Atom"))
            self.pattern(module, Place(self.frame, name))
        for key, value in split_tail(body[2])[0]:
            if key is not STRUCT:
                self._pair(key, value, path)


def _atom_of(form: Any) -> Atom | None:
    return form if type(form) is Atom else None


def match(frame: Frame, form: Any, subject: str) -> tuple[list[Test], list[Binding]]:
    """Return the tests and bindings of a pattern against the value of a local."""
    matcher = Matcher(frame)
    matcher.pattern(form, Place(frame, subject))
    return matcher.tests, list(matcher.bindings.values())


def bind(frame: Frame, bindings: list[Binding]) -> list[ast.stmt]:
    """Return the assignments of a pattern's variables: all elements of a tuple are taken at once."""
    b = frame.b
    named = [binding for binding in bindings if binding.name]
    statements: list[ast.stmt] = []
    index = 0
    while index < len(named):
        part = named[index].part
        if part is not None and part[1] == 0 and part[2] > 1:
            whole = named[index : index + part[2]]
            if [one.part for one in whole] == [(part[0], place, part[2]) for place in range(part[2])]:
                statements.append(b.assign_all([one.name for one in whole], b.name(part[0])))
                index += part[2]
                continue
        statements.append(b.assign(named[index].name, named[index].expression))
        index += 1
    return statements


def refutes(frame: Frame, tests: list[Test]) -> ast.expr:
    """Return the condition that a pattern does not match."""
    return frame.b.not_(frame.b.all_of([test.expression for test in tests]))


__all__ = ["LIST", "MAP", "STRING", "Binding", "Matcher", "Place", "Test", "bind", "match", "refutes"]
