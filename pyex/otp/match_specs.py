"""Match specifications: `[{pattern, guards, body}]`, which tables and registries are asked with.

In a pattern `:_` matches anything and `:"$1"` binds; guards are tuples `{:>, :"$1", 5}`, and one that fails holds not; in a body `:"$_"` is the whole
object, `:"$$"` the list of what was bound, and `{{a, b}}` a tuple.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.otp.match_spec_faults import variable
from pyex.terms import ops, order
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import Cons, from_iterable, from_pylist, is_proper, split_tail, to_pylist
from pyex.terms.maps import Map

ANY: Final = atom("_")
WHOLE: Final = atom("$_")
BOUND: Final = atom("$$")
CONST: Final = atom("const")
ERLANG: Final = atom("erlang")
FAILED: Final = atom("EXIT")
"""What a call in a body gives that fails."""
_LAZY: Final = {"andalso": False, "andthen": False, "orelse": True}
_MISSING: Final = object()


def match(pattern: Any, term: Any, bound: dict[int, Any]) -> bool:
    """Tell whether a term matches a pattern; binds the variables."""
    if pattern is ANY:
        return True
    number = variable(pattern)
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


def evaluate(form: Any, whole: Any, bound: dict[int, Any], *, in_body: bool = False) -> Any:
    """Return the value of a guard's or a body's expression. Raises ElixirError for a call in a guard that fails."""
    number = variable(form)
    if number is not None:
        return bound[number]
    if form is WHOLE:
        return whole
    if form is BOUND:
        return from_pylist([bound[key] for key in sorted(bound)])

    def value(part: Any) -> Any:
        return evaluate(part, whole, bound, in_body=in_body)

    if type(form) is Cons:
        items, tail = split_tail(form)
        return from_iterable([value(item) for item in items], value(tail))
    if type(form) is Map:
        return Map.from_pairs([(value(key), value(part)) for key, part in form.items()])
    if type(form) is not tuple or not form:
        return form
    if type(form[0]) is tuple and len(form) == 1:
        return tuple([value(item) for item in form[0]])
    if form[0] is CONST and len(form) == 2:
        return form[1]
    try:
        return _call(form, value)
    except ElixirError:
        if in_body:
            return FAILED
        raise


def _call(form: tuple[Any, ...], value: Callable[[Any], Any]) -> Any:
    if type(form[0]) is not Atom:
        raise erlang_error("badarg")
    name = form[0].name
    if name in _LAZY:
        for part in form[1:-1]:
            if _truth(value(part)) is _LAZY[name]:
                return _LAZY[name]
        return value(form[-1])
    given = [value(part) for part in form[1:]]
    if name in ("and", "or"):
        truths = [_truth(part) for part in given]
        return all(truths) if name == "and" else any(truths)
    if name == "is_map_key":
        return ops.is_map_key(given[1], given[0])
    return export(ERLANG, name, len(given)).fn(*given)


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise erlang_error("badarg")
    return value


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
                    value = evaluate(expression, item, bound, in_body=True)
                found.append(value)
                break
    return found
