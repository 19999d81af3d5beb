""":ordsets: sets as sorted lists."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs.sets import define_intersection
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, from_pylist, split_tail
from pyex.terms.ops import length
from pyex.terms.order import compare, equals

module = NativeModule(":ordsets", doc="Sets of terms as sorted lists.")
NAME: Final = atom("ordsets")


def _of_lists(name: str, *args: Any) -> Any:
    return export(atom("lists"), name, len(args)).fn(*args)


def _elements(given: Any, name: str, *args: Any) -> list[Any]:
    items, tail = split_tail(given)
    if tail is not EMPTY:
        raise function_clause(NAME, name, args)
    return items


@module.function
def new() -> Any:
    """Return the empty set.

    iex> :ordsets.new()
    []
    """
    return EMPTY


@module.function
def is_set(term: Any) -> Any:
    """Tell whether a term is a sorted list without repetitions.

    iex> :ordsets.is_set([2, 1])
    false
    """
    if not isinstance(term, List):
        return False
    items, tail = split_tail(term)
    for before, after in pairwise(items):
        if compare(before, after) >= 0:
            return False
    if tail is not EMPTY:
        raise function_clause(NAME, "is_set", (tail, items[-1]))
    return True


@module.function
def size(set_: Any) -> Any:
    """Return the number of elements.

    iex> :ordsets.size([1, 2])
    2
    """
    return length(set_)


@module.function
def is_empty(set_: Any) -> Any:
    """Tell whether a set has no elements.

    iex> :ordsets.is_empty([])
    true
    """
    return set_ is EMPTY


@module.function
def is_equal(set1: Any, set2: Any) -> Any:
    """Tell whether two sets have the same elements.

    iex> :ordsets.is_equal([1, 2], [1, 2])
    true
    """
    if not isinstance(set1, List) or not isinstance(set2, List):
        raise function_clause(NAME, "is_equal", (set1, set2))
    return equals(set1, set2)


@module.function
def to_list(set_: Any) -> Any:
    """Return the elements as a list, which a set is.

    iex> :ordsets.to_list([1, 2])
    [1, 2]
    """
    return set_


@module.function
def from_list(list: Any) -> Any:
    """Return the set of a list's elements.

    iex> :ordsets.from_list([3, 1, 3])
    [1, 3]
    """
    return _of_lists("usort", list)


def _place(items: list[Any], element: Any) -> tuple[int, bool]:
    """Return where an element stands or belongs, walking from the first one, and whether it is there."""
    for place, item in enumerate(items):
        side = compare(element, item)
        if side <= 0:
            return place, side == 0
    return len(items), False


@module.function
def is_element(element: Any, set_: Any) -> Any:
    """Tell whether a set has an element.

    iex> :ordsets.is_element(2, [1, 2])
    true
    """
    return _place(_elements(set_, "is_element", element, set_), element)[1]


@module.function
def add_element(element: Any, set_: Any) -> Any:
    """Return the set with an element more.

    iex> :ordsets.add_element(2, [1, 3])
    [1, 2, 3]
    """
    items = _elements(set_, "add_element", element, set_)
    place, there = _place(items, element)
    return set_ if there else from_pylist([*items[:place], element, *items[place:]])


@module.function
def del_element(element: Any, set_: Any) -> Any:
    """Return the set without an element.

    iex> :ordsets.del_element(1, [1, 3])
    [3]
    """
    items = _elements(set_, "del_element", element, set_)
    place, there = _place(items, element)
    return from_pylist([*items[:place], *items[place + 1 :]]) if there else set_


def _beside(name: str, set1: Any, set2: Any, take: Callable[[int], bool]) -> list[Any]:
    """Walk two sets side by side; `take` is asked -1 or 1 for what stands in one of them alone, 0 for what both have."""
    left, right = _elements(set1, name, set1, set2), _elements(set2, name, set1, set2)
    kept: list[Any] = []
    first = second = 0
    while first < len(left) and second < len(right):
        side = compare(left[first], right[second])
        if take(side):
            kept.append(left[first] if side <= 0 else right[second])
        first, second = first + (side <= 0), second + (side >= 0)
    if take(-1):
        kept.extend(left[first:])
    return kept


@module.function("union", arity=2)
def union(set1: Any, set2: Any) -> Any:
    """Return the elements of either set.

    iex> :ordsets.union([1, 3], [2])
    [1, 2, 3]
    """
    return _of_lists("umerge", set1, set2)


@module.function("union", arity=1)
def union_of_all(sets: Any) -> Any:
    """Return the elements of any of the sets.

    iex> :ordsets.union([[1], [2]])
    [1, 2]
    """
    return _of_lists("umerge", sets)


@module.function("intersection", arity=2)
def intersection(set1: Any, set2: Any) -> Any:
    """Return the elements of both sets.

    iex> :ordsets.intersection([1, 2], [2, 3])
    [2]
    """
    if set1 is EMPTY or set2 is EMPTY:
        return EMPTY
    return from_pylist(_beside("intersection", set1, set2, lambda side: side == 0))


@module.function
def subtract(set1: Any, set2: Any) -> Any:
    """Return the elements of the first set that the second has not.

    iex> :ordsets.subtract([1, 2], [2])
    [1]
    """
    if set2 is EMPTY and isinstance(set1, List):
        return set1
    return from_pylist(_beside("subtract", set1, set2, lambda side: side < 0))


@module.function
def is_disjoint(set1: Any, set2: Any) -> Any:
    """Tell whether two sets share nothing.

    iex> :ordsets.is_disjoint([1], [2])
    true
    """
    if set1 is EMPTY or set2 is EMPTY:
        return True
    return not _beside("is_disjoint", set1, set2, lambda side: side == 0)


@module.function
def is_subset(set1: Any, set2: Any) -> Any:
    """Tell whether the second set has all elements of the first.

    iex> :ordsets.is_subset([1], [1, 2])
    true
    """
    if set1 is EMPTY:
        return True
    return not _beside("is_subset", set1, set2, lambda side: side < 0)


@module.function
def fold(function: Any, acc: Any, set_: Any) -> Any:
    """Fold the elements: the function takes an element and the accumulator.

    iex> :ordsets.fold(fn element, sum -> element + sum end, 0, [1, 2])
    3
    """
    return _of_lists("foldl", function, acc, set_)


@module.function("filter")
def filter_(pred: Any, set_: Any) -> Any:
    """Return the elements for which a function is true.

    iex> :ordsets.filter(fn element -> element > 1 end, [1, 2])
    [2]
    """
    return _of_lists("filter", pred, set_)


@module.function("map")
def map_(fun: Any, set_: Any) -> Any:
    """Return the set of a function of each element.

    iex> :ordsets.map(fn element -> -element end, [1, 2])
    [-2, -1]
    """
    return from_list(_of_lists("map", fun, set_))


@module.function
def filtermap(fun: Any, set_: Any) -> Any:
    """Filter and map at once: the function returns a boolean or `{true, element}`.

    iex> :ordsets.filtermap(fn element -> {true, -element} end, [1, 2])
    [-2, -1]
    """
    return from_list(_of_lists("filtermap", fun, set_))


define_intersection(module, intersection)
