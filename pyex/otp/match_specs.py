"""Match specifications: `[{pattern, guards, body}]`, which tables and registries are asked with.

In a pattern `:_` matches anything and `:"$1"` binds; guards are tuples `{:>, :"$1", 5}`; in a body `:"$_"` is the whole
object, `:"$$"` the list of what was bound, and `{{a, b}}` a tuple.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pyex.terms import ops, order
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import Cons, EmptyList, from_iterable, from_pylist, is_proper, split_tail, to_pylist
from pyex.terms.maps import Map

ANY: Final = atom("_")
WHOLE: Final = atom("$_")
BOUND: Final = atom("$$")
CONST: Final = atom("const")
ERLANG: Final = atom("erlang")
_LAZY: Final = {"andalso": False, "orelse": True}
_MISSING: Final = object()


def _variable(term: Any) -> int | None:
    if type(term) is Atom and term.name[:1] == "$" and term.name[1:].isdecimal():
        return int(term.name[1:])
    return None


def match(pattern: Any, term: Any, bound: dict[int, Any]) -> bool:
    """Tell whether a term matches a pattern; binds the variables."""
    if pattern is ANY:
        return True
    number = _variable(pattern)
    if number is not None:
        known = bound.get(number, _MISSING)
        if known is _MISSING:
            bound[number] = term
            return True
        return order.identical(known, term)
    if type(pattern) is tuple:
        return (
            type(term) is tuple
            and len(term) == len(pattern)
            and all(match(part, item, bound) for part, item in zip(pattern, term, strict=True))
        )
    if type(pattern) is Cons:
        left, left_tail = split_tail(pattern)
        right, right_tail = split_tail(term)
        if len(right) < len(left) or (is_proper(pattern) and len(right) != len(left)):
            return False
        rest = right_tail if len(right) == len(left) else from_iterable(right[len(left) :], right_tail)
        return all(match(part, item, bound) for part, item in zip(left, right, strict=False)) and match(
            left_tail, rest, bound
        )
    if type(pattern) is Map:
        return type(term) is Map and all(
            key in term and match(value, term[key], bound) for key, value in pattern.items()
        )
    return order.identical(pattern, term)


def evaluate(form: Any, whole: Any, bound: dict[int, Any]) -> Any:
    """Return the value of a guard's or a body's expression. Raises ElixirError."""
    number = _variable(form)
    if number is not None:
        return bound[number]
    if form is WHOLE:
        return whole
    if form is BOUND:
        return from_pylist([bound[key] for key in sorted(bound)])
    if isinstance(form, (Cons, EmptyList)):
        return from_pylist([evaluate(item, whole, bound) for item in to_pylist(form)])
    if type(form) is Map:
        return Map.from_pairs([(key, evaluate(value, whole, bound)) for key, value in form.items()])
    if type(form) is not tuple or not form:
        return form
    if type(form[0]) is tuple and len(form) == 1:
        return tuple([evaluate(item, whole, bound) for item in form[0]])
    if form[0] is CONST and len(form) == 2:
        return form[1]
    return _call(form, whole, bound)


def _call(form: tuple[Any, ...], whole: Any, bound: dict[int, Any]) -> Any:
    name = form[0].name if type(form[0]) is Atom else ""
    if name in _LAZY:
        decides = _LAZY[name]
        for part in form[1:]:
            if evaluate(part, whole, bound) is decides:
                return decides
        return not decides
    given = [evaluate(part, whole, bound) for part in form[1:]]
    if name == "and":
        return all(given)
    if name == "or":
        return any(given)
    if name == "is_map_key":
        return ops.is_map_key(given[1], given[0])
    if not name:
        raise erlang_error("badarg")
    return export(ERLANG, name, len(given)).fn(*given)


def holds(guards: Any, whole: Any, bound: dict[int, Any]) -> bool:
    """Tell whether all guards are true; one that fails is false."""
    try:
        return all(evaluate(guard, whole, bound) is True for guard in to_pylist(guards))
    except ElixirError:
        return False


def select(spec: Any, objects: Iterable[Any]) -> list[Any]:
    """Return what the first clause that matches makes of each object."""
    clauses = [(clause[0], clause[1], to_pylist(clause[2])) for clause in to_pylist(spec)]
    found = []
    for item in objects:
        for pattern, guards, body in clauses:
            bound: dict[int, Any] = {}
            if match(pattern, item, bound) and holds(guards, item, bound):
                value: Any = None
                for expression in body:
                    value = evaluate(expression, item, bound)
                found.append(value)
                break
    return found
