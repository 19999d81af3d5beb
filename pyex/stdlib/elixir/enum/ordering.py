"""Enum: sorting, smallest and greatest."""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any, Final

from pyex.stdlib.elixir.enum.base import empty_error, module, no_clause
from pyex.stdlib.elixir.enumerable import elements, folded, remembered, results
from pyex.terms.atoms import Atom, atom
from pyex.terms.functions import export, is_function, shown_as
from pyex.terms.lists import from_pylist
from pyex.terms.order import greater_equal, less_equal, sort_keys, sort_terms

ASC: Final = atom("asc")
DESC: Final = atom("desc")
LT: Final = atom("lt")
GT: Final = atom("gt")
NONE: Final = object()


@module.function
def sort(enumerable: Any) -> Any:
    """Return the elements in term order; equal ones keep their places.

        iex> Enum.sort([3, 1, 2])
        [1, 2, 3]
    """
    return from_pylist(sort_terms(elements(enumerable)))


@module.function("sort", arity=2)
def sort_with(enumerable: Any, sorter: Any) -> Any:
    """Sort by a rule.

    The rule is `:asc` or `:desc`; a module with `compare/2` such as Date, alone or as `{:desc, module}`; or a function of two elements
    that tells whether the first may stand before the second. Equal elements keep their places when it is true for them.

        iex> Enum.sort([2, 3, 1], :desc)
        [3, 2, 1]
        iex> Enum.sort([~D[2024-05-06], ~D[2023-07-08]], Date)
        [~D[2023-07-08], ~D[2024-05-06]]
        iex> Enum.sort(["pear", "fig"], fn a, b -> byte_size(a) <= byte_size(b) end)
        ["fig", "pear"]
    """
    return from_pylist(_sorted(list(elements(enumerable)), None, sorter))


@module.function
def sort_by(enumerable: Any, mapper: Any, sorter: Any = ASC) -> Any:
    """Sort by the results of `mapper`, which is called once for each element; the sorter is as for `sort/2`.

    Elements with equal results keep their places.

        iex> Enum.sort_by(["three", "a", "of"], &String.length/1)
        ["a", "of", "three"]
        iex> Enum.sort_by([ann: 31, bob: 25], fn {_, age} -> age end, :desc)
        [ann: 31, bob: 25]
    """
    if not is_function(mapper, 1):
        raise no_clause("sort_by", enumerable, mapper, sorter)
    items, passing = remembered(enumerable)
    keys = results(mapper, passing)
    return from_pylist(_sorted(list(items), keys, sorter))


def _sorted(items: list[Any], keys: list[Any] | None, sorter: Any) -> list[Any]:
    keys = items if keys is None else keys
    if sorter is ASC or sorter is DESC:
        ranks = sort_keys(keys)
        if ranks is items:
            return sorted(items, reverse=sorter is DESC)
        return [items[place] for place in sorted(range(len(items)), key=ranks.__getitem__, reverse=sorter is DESC)]
    compare = _comparison(sorter)
    if compare is None:
        raise no_clause("to_sort_fun", sorter)
    order: Callable[[int], Any] = cmp_to_key(lambda a, b: compare(keys[a], keys[b]))
    return [items[place] for place in sorted(range(len(items)), key=order)]


def _comparison(sorter: Any) -> Callable[[Any, Any], int] | None:
    """Return a Python comparison (-1, 0, 1) for a sorter, or None when it is none.

    Python's sort asks only whether a later element goes before an earlier one: a function is asked whether the earlier
    one may stay before it, so that `<=` keeps the order of equal elements and `<` reverses it, as in Elixir.
    """
    if type(sorter) is tuple and len(sorter) == 2 and (sorter[0] is ASC or sorter[0] is DESC):
        entry = export(sorter[1], "compare", 2)
        sign = 1 if sorter[0] is ASC else -1
        return lambda later, earlier: -sign * _answer(entry.fn(earlier, later))
    if type(sorter) is Atom:
        entry = export(sorter, "compare", 2)
        return lambda later, earlier: -_answer(entry.fn(earlier, later))
    if is_function(sorter, 2):
        return lambda later, earlier: 1 if _true(sorter(earlier, later)) else -1
    return None


def _true(value: Any) -> bool:
    return value is not None and value is not False


def _answer(value: Any) -> int:
    return -1 if value is LT else 1 if value is GT else 0


def _identity(value: Any) -> Any:
    return value


def _extreme(items: list[Any], mapper: Any, sorter: Any, empty: Any) -> Any:
    """Return the first element that no other comes before, by a sorter `first_is_fine?(a, b)`."""
    if not items:
        if empty is NONE:
            raise empty_error()
        return empty()
    if sorter is greater_equal or sorter is less_equal:
        keys = items if mapper is _identity else results(mapper, items)
        ranks = sort_keys(keys)
        return items[ranks.index(max(ranks) if sorter is greater_equal else min(ranks))]
    best = items[0]
    key = mapper(best)
    for element in items[1:]:
        candidate = mapper(element)
        if not _true(sorter(key, candidate)):
            best, key = element, candidate
    return best


def _sorter(value: Any, better: Atom, name: str) -> Any:
    """Return the function for max's and min's sorter argument: a function, or a module with `compare/2`."""
    if type(value) is Atom:
        entry = export(value, "compare", 2)
        return lambda a, b: entry.fn(a, b) is not better
    if is_function(value, 2):
        return value
    raise no_clause(f"{name}_sort_fun", value)


def _raising(index: int, name: str, arity: int) -> Any:
    def empty() -> Any:
        raise empty_error()

    return shown_as(empty, f"{index}.29725708/0 in Enum.{name}/{arity}")


_EMPTY: Final = {
    (name, arity): _raising(index, name, arity)
    for index, name, arity in (
        (118, "max_by", 2),
        (119, "max_by", 3),
        (124, "min_by", 2),
        (125, "min_by", 3),
        (130, "min_max_by", 2),
        (131, "min_max_by", 3),
    )
}
"""What is called in the place of a fallback that was not given, under the name that an error shows."""


def _require_mapper(name: str, enumerable: Any, fun: Any, first: Any, second: Any) -> None:
    """Refuse a function of another arity, in the words of the clause that all arities come to."""
    if is_function(fun, 1):
        return
    default = export(atom("erlang"), {"max_by": ">=", "min_by": "=<", "min_max_by": "<"}[name], 2)
    if first is NONE or (second is NONE and is_function(first, 0)):
        raise no_clause(name, enumerable, fun, default, _EMPTY[name, 2] if first is NONE else first)
    raise no_clause(name, enumerable, fun, first, _EMPTY[name, 3] if second is NONE else second)


def _options(first: Any, second: Any, default: Any, better: Atom, name: str) -> tuple[Any, Any]:
    """Tell apart `(empty_fallback)`, `(sorter)` and `(sorter, empty_fallback)`."""
    if second is NONE:
        if first is NONE:
            return default, NONE
        if is_function(first, 0):
            return default, first
        return _sorter(first, better, name), NONE
    return _sorter(first, better, name), second


@module.function("max")
def max_(enumerable: Any, sorter: Any = NONE, empty_fallback: Any = NONE) -> Any:
    """Return the greatest element (the first of equal ones); raises Enum.EmptyError without a fallback.

        iex> Enum.max([1, 3, 2])
        3
    """
    sorter, empty = _options(sorter, empty_fallback, greater_equal, LT, "max")
    return _extreme(folded(enumerable), _identity, sorter, empty)


@module.function("min")
def min_(enumerable: Any, sorter: Any = NONE, empty_fallback: Any = NONE) -> Any:
    """Return the smallest element (the first of equal ones); raises Enum.EmptyError without a fallback.

        iex> Enum.min([3, 1, 2])
        1
    """
    sorter, empty = _options(sorter, empty_fallback, less_equal, GT, "min")
    return _extreme(folded(enumerable), _identity, sorter, empty)


@module.function
def max_by(enumerable: Any, fun: Any, sorter: Any = NONE, empty_fallback: Any = NONE) -> Any:
    """Return the element with the greatest result of `fun`, the first of several.

    The sorter is a module with `compare/2`, or a function that tells whether its first argument is at least as great as its second.
    Of no elements the last argument, a function without parameters, makes the result; without it Enum.EmptyError is raised.

        iex> Enum.max_by(["fig", "banana", "kiwi"], &String.length/1)
        "banana"
        iex> Enum.max_by([], &String.length/1, fn -> :none end)
        :none
    """
    first, second = sorter, empty_fallback
    sorter, empty = _options(first, second, greater_equal, LT, "max")
    _require_mapper("max_by", enumerable, fun, first, second)
    return _extreme(folded(enumerable), fun, sorter, empty)


@module.function
def min_by(enumerable: Any, fun: Any, sorter: Any = NONE, empty_fallback: Any = NONE) -> Any:
    """Return the element with the smallest result of `fun`, the first of several; the other arguments are as for `max_by/4`.

        iex> Enum.min_by(["fig", "banana", "kiwi"], &String.length/1)
        "fig"
        iex> Enum.min_by([], &String.length/1, fn -> nil end)
        nil
    """
    first, second = sorter, empty_fallback
    sorter, empty = _options(first, second, less_equal, GT, "min")
    _require_mapper("min_by", enumerable, fun, first, second)
    return _extreme(folded(enumerable), fun, sorter, empty)


@module.function
def min_max(enumerable: Any, empty_fallback: Any = NONE) -> Any:
    """Return `{smallest, greatest}`.

        iex> Enum.min_max([2, 3, 1])
        {1, 3}
    """
    if empty_fallback is not NONE and not is_function(empty_fallback, 0):
        raise no_clause("min_max", enumerable, empty_fallback)
    items = folded(enumerable)
    if not items and empty_fallback is not NONE:
        return empty_fallback()
    return _extreme(items, _identity, less_equal, NONE), _extreme(items, _identity, greater_equal, NONE)


@module.function
def min_max_by(enumerable: Any, fun: Any, sorter: Any = NONE, empty_fallback: Any = NONE) -> Any:
    """Return the elements with the smallest and the greatest result of `fun`.

        iex> Enum.min_max_by(["aaa", "b", "cc"], &String.length/1)
        {"b", "aaa"}
    """
    _require_mapper("min_max_by", enumerable, fun, sorter, empty_fallback)
    if sorter is not NONE and not (is_function(sorter, 2) or type(sorter) is Atom):
        if empty_fallback is not NONE or not is_function(sorter, 0):
            fallback = _EMPTY["min_max_by", 3] if empty_fallback is NONE else empty_fallback
            raise no_clause("min_max_by", enumerable, fun, sorter, fallback)
    items = folded(enumerable)
    if sorter is NONE or (empty_fallback is NONE and is_function(sorter, 0)):
        if not items and sorter is not NONE:
            return sorter()
        return _extreme(items, fun, less_equal, NONE), _extreme(items, fun, greater_equal, NONE)
    if not items and empty_fallback is not NONE:
        return empty_fallback()
    if type(sorter) is Atom:
        smaller, greater = _sorter(sorter, GT, "min"), _sorter(sorter, LT, "max")
        return _extreme(items, fun, smaller, NONE), _extreme(items, fun, greater, NONE)
    return _extreme(items, fun, lambda a, b: not _true(sorter(b, a)), NONE), _extreme(
        items, fun, lambda a, b: not _true(sorter(a, b)), NONE
    )


