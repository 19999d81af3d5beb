"""Forms whose value is known at compile time: what may stand as a key or a literal in a pattern."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import PyexBug
from pyex.terms.lists import Cons, EmptyList, from_iterable, split_tail
from pyex.terms.maps import Map

_BAR: Final = atom("|")
_TUPLE: Final = atom("{}")
_MAP: Final = atom("%{}")
_DOT: Final = atom(".")
_SIGNS: Final = {"-": -1, "+": 1}


class Constant(NamedTuple):
    """A term that a form stands for."""

    constant: Any


def constant_or_none(form: Any) -> Constant | None:
    """Return the term of a constant form, or None when it has to be computed."""
    kind = type(form)
    if kind is tuple:
        return _node(form) if len(form) == 3 else _tuple(form)
    if kind is Cons:
        items, _ = split_tail(form)
        last = items[-1]
        if type(last) is tuple and len(last) == 3 and last[0] is _BAR:
            return None
        found = _all(items)
        return None if found is None else Constant(from_iterable(found))
    if kind in _LITERALS or form is None:
        return Constant(form)
    return None


def constant_of(form: Any) -> Any:
    """Return the term of a form that the expander has let through as a constant."""
    found = constant_or_none(form)
    if found is None:
        raise PyexBug(f"no constant: {form!r}")
    return found.constant


def _node(form: Any) -> Constant | None:
    head, _, args = form
    if type(args) is not Cons and type(args) is not EmptyList:
        return None
    items = split_tail(args)[0]
    if head is _TUPLE:
        return _tuple(items)
    if head is _MAP:
        pairs = [_all(list(pair)) if type(pair) is tuple and len(pair) == 2 else None for pair in items]
        if any(pair is None for pair in pairs):
            return None
        return Constant(Map.from_pairs([(pair[0], pair[1]) for pair in pairs if pair is not None]))
    if type(head) is tuple and head[0] is _DOT and len(items) == 1:
        target = split_tail(head[2])[0]
        if target[0] is atom("erlang") and len(target) == 2 and target[1].name in _SIGNS:
            found = constant_or_none(items[0])
            if found is not None and type(found.constant) in (int, float):
                return Constant(_SIGNS[target[1].name] * found.constant)
    return None


def _tuple(items: Any) -> Constant | None:
    found = _all(items)
    return None if found is None else Constant(tuple(found))


def _all(items: Any) -> list[Any] | None:
    found = [constant_or_none(item) for item in items]
    if any(item is None for item in found):
        return None
    return [item.constant for item in found if item is not None]


_LITERALS: Final = frozenset({int, float, str, bytes, bool, Atom, EmptyList})
