"""Which clauses stand in the shadow of an earlier one, found as Erlang's compiler finds it while it compiles patterns.

It splits clauses by their first column into runs of variables and runs of constructors, and sorts a run of constructors by
what they are. Only where that leads two clauses to the same end is the second told of: `{1, 1}` below `{1, _}` and
`{_, 1}` never matches either, and nobody says so.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from pyex.compiler.kernel.build import is_named, is_var, meta_get
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, to_pylist

_VERSION: Final = "version"
_PIN: Final = atom("^")
_MATCH: Final = atom("=")
_BAR: Final = atom("|")
_TUPLE: Final = atom("{}")
_MAP: Final = atom("%{}")
_STRUCT: Final = atom("%")
_BITS: Final = atom("<<>>")
_SEGMENT: Final = atom("::")
_ADJACENT: Final = frozenset({"map", "bin"})
"""Constructors that are sorted only as far as equal ones follow each other."""


class Pattern(NamedTuple):
    """A pattern's outermost constructor (`kind` is None for a variable), what tells it from others, and what it holds."""

    kind: str | None
    value: Hashable = None
    parts: tuple[Pattern, ...] = ()


_ANYTHING: Final = Pattern(None)
_END: Final = Pattern("end")


class Row(NamedTuple):
    """A clause: its line, its patterns, and whether it has no guard, written or in its patterns."""

    line: int
    patterns: tuple[Pattern, ...]
    open: bool
    place: int = 0
    """Its number among the clauses."""

    @property
    def takes_everything(self) -> bool:
        """Whether every argument matches it."""
        return self.open and all(pattern.kind is None for pattern in self.patterns)


def row(line: int, patterns: list[Any], guarded: bool, place: int) -> Row:
    """Return the row of a clause's expanded patterns."""
    reading = _Reading()
    read = tuple([reading.pattern(pattern) for pattern in patterns])
    return Row(line, read, not guarded and not reading.guarded, place)


def shadowed(rows: list[Row]) -> list[tuple[int, int]]:
    """Return (number of a clause that cannot match, line of the clause above it), in no order."""
    found: list[tuple[int, int]] = []
    _match(rows, None, found)
    return found


def _match(rows: list[Row], default: Row | None, found: list[tuple[int, int]]) -> Row | None:
    """Match clauses column by column; `default` is the first clause of what comes after them, and so is the result."""
    if not rows[0].patterns:
        return _end(rows, default, found)
    runs = [list(run) for _, run in groupby(rows, lambda one: one.patterns[0].kind is None)]
    for run in reversed(runs):
        if run[0].patterns[0].kind is None:
            default = _match([one._replace(patterns=one.patterns[1:]) for one in run], default, found)
        else:
            for group in _sorted(run):
                opened = [one._replace(patterns=one.patterns[0].parts + one.patterns[1:]) for one in group]
                _match(opened, None, found)
            default = run[0]
    return default


def _end(rows: list[Row], default: Row | None, found: list[tuple[int, int]]) -> Row | None:
    """Where nothing is left to match: what stands behind the first clause without a guard is never reached."""
    for index, one in enumerate(rows):
        if one.open:
            behind = rows[index + 1 : index + 2] + ([default] if default is not None else [])
            found += [(other.place, one.line) for other in behind]
            break
    return rows[0]


def _sorted(run: list[Row]) -> Iterator[list[Row]]:
    kinds: dict[str, list[Row]] = {}
    for one in run:
        kinds.setdefault(str(one.patterns[0].kind), []).append(one)
    for kind, rows in kinds.items():
        if kind in _ADJACENT:
            for _, group in groupby(rows, lambda one: one.patterns[0].value):
                yield list(group)
        else:
            values: dict[Hashable, list[Row]] = {}
            for one in rows:
                values.setdefault(one.patterns[0].value, []).append(one)
            yield from values.values()


class _Reading:
    """Reads the patterns of one clause."""

    def __init__(self) -> None:
        self.guarded = False
        """Whether a pattern compares with a value that it does not hold: a pin, a variable that stands twice."""
        self._bound: set[Any] = set()

    def pattern(self, form: Any) -> Pattern:
        """Return the pattern of an expanded form."""
        if type(form) is not tuple:
            return self._constant(form)
        if len(form) == 2:
            return self._tuple([form[0], form[1]])
        if is_var(form):
            self._bind(form)
            return _ANYTHING
        name, _, args = form
        if name is _TUPLE:
            return self._tuple(to_pylist(args))
        if name is _MATCH:
            return self._both(*map(self.pattern, to_pylist(args)))
        if name is _MAP:
            return self._map([*to_pylist(args)])
        if name is _STRUCT:
            struct, fields = to_pylist(args)
            return self._map([(atom("__struct__"), struct), *to_pylist(fields[2])])
        if name is _BITS:
            return self._bits([self._segment(one) for one in to_pylist(args)])
        self.guarded = True
        return _ANYTHING

    def _bind(self, form: Any) -> None:
        version = meta_get(form[1], _VERSION)
        if version is None:
            return
        key = (form[0], form[2], version)
        self.guarded = self.guarded or key in self._bound
        self._bound.add(key)

    def _constant(self, value: Any) -> Pattern:
        if type(value) is Cons:
            head = value.head
            if is_named(head, _BAR, 2):
                head, tail = to_pylist(head[2])
                return Pattern("cons", None, (self.pattern(head), self.pattern(tail)))
            return Pattern("cons", None, (self.pattern(head), self.pattern(value.tail)))
        if value is EMPTY:
            return Pattern("nil")
        if type(value) in (str, bytes):
            return self._bits([(("text",), Pattern("text", value))])
        kind = "atom" if value is None or type(value) in (bool, Atom) else type(value).__name__
        return Pattern(kind, (repr(value),))

    def _tuple(self, forms: list[Any]) -> Pattern:
        return Pattern("tuple", len(forms), tuple([self.pattern(form) for form in forms]))

    def _map(self, pairs: list[Any]) -> Pattern:
        keys = {key if type(key) in (Atom, str, int) else id(key): value for key, value in pairs}
        ordered = sorted(keys, key=repr)
        return Pattern("map", tuple([repr(key) for key in ordered]), tuple([self.pattern(keys[key]) for key in ordered]))

    def _segment(self, form: Any) -> tuple[Hashable, Pattern]:
        value, spec = to_pylist(form[2]) if is_named(form, _SEGMENT, 2) else (form, EMPTY)
        return _bare(spec), Pattern("text", value) if type(value) is str else self.pattern(value)

    def _bits(self, segments: list[tuple[Hashable, Pattern]]) -> Pattern:
        rest = _END
        for key, value in reversed(segments):
            rest = Pattern("bin", key, (value, rest))
        return rest

    def _both(self, left: Pattern, right: Pattern) -> Pattern:
        if left.kind is None:
            return right
        self.guarded = self.guarded or right.kind is not None
        return left


def _bare(spec: Any) -> Hashable:
    """Return a segment's type and size without metadata."""
    if type(spec) is tuple and len(spec) == 3:
        return (repr(spec[0]), _bare(spec[2]))
    if type(spec) is Cons:
        return tuple([_bare(one) for one in to_pylist(spec)])
    return repr(spec)


__all__ = ["Row", "row", "shadowed"]
