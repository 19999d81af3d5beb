"""`:gb_sets`: sets as balanced trees, walked in the order of their elements."""

from __future__ import annotations

import math
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs import balanced
from pyex.stdlib.erlang.bifs.sets import called, define_folds
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import from_pylist, is_proper, to_pylist
from pyex.terms.order import compare, equals, sort_terms

module = NativeModule(":gb_sets", doc="Sets as generally balanced trees: walked in the order of their elements.")

NONE: Final = atom("none")
NAME: Final = atom("gb_sets")
_FEW: Final = 10
_FACTOR: Final = 1.46
"""What an insertion costs beside a step of merging two lists."""


def _parts(given: Any, name: str, *args: Any) -> tuple[int, Any]:
    if not is_set(given):
        raise function_clause(NAME, name, args or (given,))
    count, root = given
    return count, root


def _of_entries(items: list[Any]) -> Any:
    return len(items), balanced.balanced(items)


def _backwards(items: list[Any]) -> Any:
    return len(items), balanced.balanced_back(items)


@module.function("new", arity=0)
def new() -> Any:
    """Return an empty set.

    iex> :gb_sets.new()
    {0, nil}
    """
    return 0, None


module.function("empty", arity=0)(new)


@module.function
def is_set(term: Any) -> Any:
    """Tell whether a term looks like a set.

    iex> :gb_sets.is_set(:gb_sets.new())
    true
    """
    if type(term) is not tuple or len(term) != 2:
        return False
    count, root = term
    if type(count) is not int or count < 0:
        return False
    return count == 0 if root is None else type(root) is tuple and len(root) == 3


@module.function("is_empty")
def is_empty(set_: Any) -> Any:
    """Tell whether a set has no elements.

    iex> :gb_sets.is_empty(:gb_sets.new())
    true
    """
    return _parts(set_, "is_empty")[1] is None


@module.function("size")
def size(set_: Any) -> Any:
    """Return the number of elements.

    iex> :gb_sets.size(:gb_sets.from_list([1, 1, 2]))
    2
    """
    return _parts(set_, "size")[0]


@module.function
def singleton(element: Any) -> Any:
    """Return the set of one element.

    iex> :gb_sets.singleton(1)
    {1, {1, nil, nil}}
    """
    return 1, (element, None, None)


@module.function("is_member")
def is_member(element: Any, set_: Any) -> Any:
    """Tell whether a set has an element.

    iex> :gb_sets.is_member(1, :gb_sets.from_list([1, 2]))
    true
    """
    return balanced.find(_parts(set_, "is_member", element, set_)[1], element) is not None


module.function("is_element", arity=2)(is_member)


@module.function
def insert(element: Any, set_: Any) -> Any:
    """Return the set with an element that it must not have yet.

    iex> :gb_sets.insert(1, :gb_sets.new())
    {1, {1, nil, nil}}
    """
    count, root = _parts(set_, "insert", element, set_)
    try:
        return count + 1, balanced.insert(root, (element,), count)
    except KeyError:
        raise ElixirError((atom("key_exists"), element)) from None


@module.function
def add(element: Any, set_: Any) -> Any:
    """Return the set with an element, whether it has it already or not.

    iex> :gb_sets.to_list(:gb_sets.add(1, :gb_sets.from_list([1, 2])))
    [1, 2]
    """
    return set_ if is_member(element, set_) else insert(element, set_)


module.function("add_element", arity=2)(add)


@module.function
def delete(element: Any, set_: Any) -> Any:
    """Return the set without an element that it has.

    iex> :gb_sets.delete(1, :gb_sets.from_list([1]))
    {0, nil}
    """
    count, root = _parts(set_, "delete", element, set_)
    try:
        return count - 1, balanced.delete(root, element)[1]
    except KeyError:
        raise function_clause(NAME, "delete_1", (element, None)) from None


@module.function
def delete_any(element: Any, set_: Any) -> Any:
    """Return the set without an element, whether it has it or not.

    iex> :gb_sets.delete_any(2, :gb_sets.from_list([1]))
    {1, {1, nil, nil}}
    """
    return delete(element, set_) if is_member(element, set_) else set_


module.function("del_element", arity=2)(delete_any)


@module.function
def balance(set_: Any) -> Any:
    """Return the set rebuilt as flat as it can be.

    iex> :gb_sets.balance(:gb_sets.from_list([1]))
    {1, {1, nil, nil}}
    """
    return _of_entries(balanced.entries(_parts(set_, "balance")[1]))


@module.function
def from_list(list: Any) -> Any:
    """Return the set of a list's elements.

    iex> :gb_sets.from_list([3, 1, 2])
    {3, {2, {1, nil, nil}, {3, nil, nil}}}
    """
    if not is_proper(list):
        raise function_clause(atom("lists"), "usort", (list,))
    kept: list[Any] = []
    for item in sort_terms(to_pylist(list)):
        if not kept or not equals(kept[-1], item):
            kept.append(item)
    return _of_entries([(item,) for item in kept])


@module.function
def from_ordset(ordset: Any) -> Any:
    """Return the set of a sorted list's elements, of which none is there twice.

    iex> :gb_sets.from_ordset([1, 2])
    {2, {2, {1, nil, nil}, nil}}
    """
    if not is_proper(ordset):
        raise function_clause(NAME, "from_ordset", (ordset,))
    return _of_entries([(item,) for item in to_pylist(ordset)])


def _elements(set_: Any, name: str, *args: Any) -> list[Any]:
    return [item for (item,) in balanced.entries(_parts(set_, name, *args)[1])]


@module.function
def to_list(set_: Any) -> Any:
    """Return the elements in order.

    iex> :gb_sets.to_list(:gb_sets.from_list([2, 1]))
    [1, 2]
    """
    return from_pylist(_elements(set_, "to_list"))


def _merge(a: list[Any], b: list[Any]) -> list[Any]:
    merged: list[Any] = []
    i = j = 0
    while i < len(a) and j < len(b):
        side = compare(a[i], b[j])
        merged.append(a[i] if side <= 0 else b[j])
        i += side <= 0
        j += side >= 0
    return merged + a[i:] + b[j:]


@module.function("union", arity=2)
def union(set1: Any, set2: Any) -> Any:
    """Return the elements of either set.

    iex> :gb_sets.to_list(:gb_sets.union(:gb_sets.from_list([1]), :gb_sets.from_list([2])))
    [1, 2]
    """
    _parts(set1, "union", set1, set2)
    _parts(set2, "union", set1, set2)
    few, many = (set2, set1) if set2[0] < set1[0] else (set1, set2)
    items = _elements(few, "union")
    if many[0] < _FEW or many[0] < few[0] * round(_FACTOR * math.log(many[0])):
        return _backwards([(item,) for item in _merge(items, _elements(many, "union"))])
    for item in items:
        many = add(item, many)
    return many


@module.function("intersection", arity=2)
def intersection(set1: Any, set2: Any) -> Any:
    """Return the elements of both sets.

    iex> :gb_sets.to_list(:gb_sets.intersection(:gb_sets.from_list([1, 2]), :gb_sets.from_list([2, 3])))
    [2]
    """
    _parts(set1, "intersection", set1, set2)
    _parts(set2, "intersection", set1, set2)
    few, many = (set2, set1) if set2[0] < set1[0] else (set1, set2)
    return _backwards([(item,) for item in _elements(few, "intersection") if is_member(item, many)])


@module.function("is_equal", arity=2)
def is_equal(set1: Any, set2: Any) -> Any:
    """Tell whether two sets have the same elements.

    iex> :gb_sets.is_equal(:gb_sets.from_list([1, 2]), :gb_sets.from_list([2, 1]))
    true
    """
    left, right = _elements(set1, "is_equal", set1, set2), _elements(set2, "is_equal", set1, set2)
    return len(left) == len(right) and all(equals(a, b) for a, b in zip(left, right, strict=True))


@module.function
def is_disjoint(set1: Any, set2: Any) -> Any:
    """Tell whether two sets share nothing.

    iex> :gb_sets.is_disjoint(:gb_sets.from_list([1]), :gb_sets.from_list([2]))
    true
    """
    return not any(is_member(item, set2) for item in _elements(set1, "is_disjoint", set1, set2))


@module.function("difference")
def difference(set1: Any, set2: Any) -> Any:
    """Return the elements of the first set that the second has not.

    iex> :gb_sets.to_list(:gb_sets.difference(:gb_sets.from_list([1, 2]), :gb_sets.from_list([2])))
    [1]
    """
    _parts(set1, "difference", set1, set2)
    _parts(set2, "difference", set1, set2)
    return _backwards([(item,) for item in _elements(set1, "difference") if not is_member(item, set2)])


module.function("subtract", arity=2)(difference)


@module.function
def is_subset(set1: Any, set2: Any) -> Any:
    """Tell whether the second set has all elements of the first.

    iex> :gb_sets.is_subset(:gb_sets.from_list([1]), :gb_sets.from_list([1, 2]))
    true
    """
    return all(is_member(item, set2) for item in _elements(set1, "is_subset", set1, set2))


@module.function("filter", arity=2)
def filter_(pred: Any, set_: Any) -> Any:
    """Return the elements for which a function is true.

    iex> :gb_sets.to_list(:gb_sets.filter(&(&1 > 1), :gb_sets.from_list([1, 2])))
    [2]
    """
    called(pred, 1, module, "filter", pred, set_)
    return _of_entries([(item,) for item in _elements(set_, "filter", pred, set_) if pred(item) is True])


@module.function("map", arity=2)
def map_(fun: Any, set_: Any) -> Any:
    """Return the set of a function of each element.

    iex> :gb_sets.to_list(:gb_sets.map(&div(&1, 2), :gb_sets.from_list([2, 3])))
    [1]
    """
    called(fun, 1, module, "map", fun, set_)
    return from_list(from_pylist([fun(item) for item in _elements(set_, "map", fun, set_)]))


@module.function
def filtermap(fun: Any, set_: Any) -> Any:
    """Filter and map at once: the function returns a boolean or `{true, element}`.

    iex> :gb_sets.to_list(:gb_sets.filtermap(&(&1 > 1 and {true, &1 * 10}), :gb_sets.from_list([1, 2])))
    [20]
    """
    called(fun, 1, module, "filtermap", fun, set_)
    kept = []
    for item in _elements(set_, "filtermap", fun, set_):
        answer = fun(item)
        if answer is not False:
            kept.append(item if answer is True else answer[1])
    return from_list(from_pylist(kept))


@module.function
def fold(function: Any, acc: Any, set_: Any) -> Any:
    """Fold the elements in order: the function takes an element and the accumulator.

    iex> :gb_sets.fold(&(&1 + &2), 0, :gb_sets.from_list([1, 2]))
    3
    """
    called(function, 2, module, "fold", function, acc, set_)
    for item in _elements(set_, "fold", function, acc, set_):
        acc = function(item, acc)
    return acc


def _outermost(set_: Any, side: int, name: str) -> Any:
    root = _parts(set_, name)[1]
    if root is None:
        raise function_clause(NAME, f"{name}_1", (root,))
    return balanced.outermost(root, side)[0]


@module.function
def smallest(set_: Any) -> Any:
    """Return the smallest element.

    iex> :gb_sets.smallest(:gb_sets.from_list([2, 1]))
    1
    """
    return _outermost(set_, -2, "smallest")


@module.function
def largest(set_: Any) -> Any:
    """Return the largest element.

    iex> :gb_sets.largest(:gb_sets.from_list([2, 1]))
    2
    """
    return _outermost(set_, -1, "largest")


def _taken(set_: Any, side: int, name: str) -> Any:
    count, root = _parts(set_, name)
    if root is None:
        raise function_clause(NAME, f"{name}1", (root,))
    (element,), rest = balanced.take(root, side)
    return element, (count - 1, rest)


@module.function
def take_smallest(set_: Any) -> Any:
    """Return `{element, set}`: the smallest element, and the set without it.

    iex> :gb_sets.take_smallest(:gb_sets.from_list([1]))
    {1, {0, nil}}
    """
    return _taken(set_, -2, "take_smallest")


@module.function
def take_largest(set_: Any) -> Any:
    """Return `{element, set}`: the largest element, and the set without it.

    iex> :gb_sets.take_largest(:gb_sets.from_list([1]))
    {1, {0, nil}}
    """
    return _taken(set_, -1, "take_largest")


def _next_to(element: Any, set_: Any, sign: int, name: str) -> Any:
    found = balanced.neighbour(_parts(set_, name, element, set_)[1], element, sign)
    return NONE if found is None else (atom("found"), found[0])


@module.function
def smaller(element: Any, set_: Any) -> Any:
    """Return `{:found, element}` with the one before an element, or `:none`.

    iex> :gb_sets.smaller(2, :gb_sets.from_list([1, 2]))
    {:found, 1}
    """
    return _next_to(element, set_, -1, "smaller")


@module.function
def larger(element: Any, set_: Any) -> Any:
    """Return `{:found, element}` with the one after an element, or `:none`.

    iex> :gb_sets.larger(2, :gb_sets.from_list([1, 2]))
    :none
    """
    return _next_to(element, set_, 1, "larger")


def _ordered(order: Any, name: str, *args: Any) -> None:
    """Raise FunctionClauseError unless the order of an iterator is one."""
    if not balanced.is_order(order):
        raise function_clause(NAME, name, (*args, order))


@module.function("iterator", arity=(1, 2))
def iterator(set_: Any, order: Any = balanced.ORDERED) -> Any:
    """Return an iterator for `next/1`, from the smallest element up or, `:reversed`, from the largest down.

    iex> {first, _} = :gb_sets.next(:gb_sets.iterator(:gb_sets.from_list([2, 1])))
    iex> first
    1
    """
    _ordered(order, "iterator", set_)
    return balanced.iterator(_parts(set_, "iterator", set_, order)[1], order)


@module.function("iterator_from", arity=(2, 3))
def iterator_from(element: Any, set_: Any, order: Any = balanced.ORDERED) -> Any:
    """Return an iterator that begins at an element, or at the next one.

    iex> {first, _} = :gb_sets.next(:gb_sets.iterator_from(2, :gb_sets.from_list([1, 3])))
    iex> first
    3
    """
    _ordered(order, "iterator_from", element, set_)
    return balanced.iterator(_parts(set_, "iterator_from", element, set_, order)[1], order, (element,))


@module.function
def next(iterator: Any) -> Any:
    """Return `{element, iterator}`, or `:none` at the end.

    iex> :gb_sets.next(:gb_sets.iterator(:gb_sets.new()))
    :none
    """
    found = balanced.next_of(NAME, iterator)
    if found is None:
        return NONE
    node, rest = found
    return node[0], rest


define_folds(module, new, union, intersection)
