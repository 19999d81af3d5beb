"""`:sets`: sets as hash tables or, with `version: 2`, as maps whose keys are the elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs import hash_table
from pyex.stdlib.erlang.bifs.sets import called, define_folds
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.order import identical

module = NativeModule(":sets", doc="Sets of terms.")

SETS: Final = atom("sets")
SET: Final = atom("set")
VERSION: Final = atom("version")
_TABLE: Final = hash_table.new(SET)


def _whole(entry: Any) -> Any:
    return entry


def _checked(given: Any, name: str, *args: Any) -> Any:
    if type(given) is Map or hash_table.is_table(given, SET):
        return given
    raise function_clause(SETS, name, args or (given,))


def _elements(given: Any, name: str, *args: Any) -> list[Any]:
    """Return the elements in the order in which a fold walks them."""
    given = _checked(given, name, *args)
    return list(given) if type(given) is Map else list(hash_table.walk(given))


def _has(given: Any, element: Any) -> bool:
    if type(given) is Map:
        return element in given
    return any(identical(entry, element) for entry in hash_table.bucket(given, element))


def _with(given: Any, element: Any) -> Any:
    if type(given) is Map:
        return given.put(element, EMPTY)
    entries = hash_table.bucket(given, element)
    if any(identical(entry, element) for entry in entries):
        return given
    return hash_table.put(given, element, [element, *entries], 1, _whole)


def _without(given: Any, element: Any) -> Any:
    if not _has(given, element):
        return given
    if type(given) is Map:
        return given.delete(element)
    rest = [entry for entry in hash_table.bucket(given, element) if not identical(entry, element)]
    return hash_table.put(given, element, rest, -1, _whole)


def _like(given: Any, items: Iterable[Any]) -> Any:
    """Return a set of elements, in the form that another set has."""
    if type(given) is Map:
        return Map.from_pairs([(item, EMPTY) for item in items])
    made = _TABLE
    for item in items:
        made = _with(made, item)
    return made


def _kept(given: Any, keep: Callable[[Any], bool]) -> Any:
    if type(given) is Map:
        return _like(given, [item for item in given if keep(item)])
    return hash_table.mapped(given, lambda items: [item for item in reversed(items) if keep(item)])


def _is_newer(options: Any) -> bool:
    if not is_proper(options):
        raise function_clause(atom("proplists"), "get_value", (VERSION, options, 1))
    for option in to_pylist(options):
        if type(option) is tuple and len(option) == 2 and option[0] is VERSION:
            if option[1] not in (1, 2):
                raise ElixirError((atom("case_clause"), option[1]))
            return bool(option[1] == 2)
    return False


@module.function("new", arity=(0, 1))
def new(options: Any = EMPTY) -> Any:
    """Return an empty set; with `version: 2` in the form of a map.

    iex> :sets.new(version: 2)
    %{}
    """
    return Map() if _is_newer(options) else _TABLE


@module.function("from_list", arity=(1, 2))
def from_list(list: Any, options: Any = EMPTY) -> Any:
    """Return the set of a list's elements.

    iex> :sets.from_list([1, 1], version: 2)
    %{1 => []}
    """
    newer = _is_newer(options)
    if not is_proper(list):
        if newer:
            raise function_clause(SETS, "from_list", (list, options))
        raise ElixirError((atom("case_clause"), list))
    return _like(Map() if newer else _TABLE, to_pylist(list))


@module.function
def is_set(term: Any) -> Any:
    """Tell whether a term looks like a set.

    iex> :sets.is_set(:sets.new())
    true
    """
    return hash_table.is_table(term, SET) or type(term) is Map


@module.function("size")
def size(set_: Any) -> Any:
    """Return the number of elements.

    iex> :sets.size(:sets.from_list([1, 1, 2]))
    2
    """
    set_ = _checked(set_, "size")
    return len(set_) if type(set_) is Map else set_[1]


@module.function("is_empty")
def is_empty(set_: Any) -> Any:
    """Tell whether a set has no elements.

    iex> :sets.is_empty(:sets.new())
    true
    """
    return size(_checked(set_, "is_empty")) == 0


@module.function("to_list")
def to_list(set_: Any) -> Any:
    """Return the elements as a list.

    iex> :sets.to_list(:sets.from_list([:a]))
    [:a]
    """
    items = _elements(set_, "to_list")
    return from_pylist(items if type(set_) is Map else items[::-1])


@module.function
def is_element(element: Any, set_: Any) -> Any:
    """Tell whether a set has an element.

    iex> :sets.is_element(1, :sets.from_list([1]))
    true
    """
    return _has(_checked(set_, "is_element", element, set_), element)


@module.function
def add_element(element: Any, set_: Any) -> Any:
    """Return the set with an element more.

    iex> :sets.add_element(1, :sets.new(version: 2))
    %{1 => []}
    """
    return _with(_checked(set_, "add_element", element, set_), element)


@module.function
def del_element(element: Any, set_: Any) -> Any:
    """Return the set without an element.

    iex> :sets.del_element(1, :sets.from_list([1], version: 2))
    %{}
    """
    return _without(_checked(set_, "del_element", element, set_), element)


@module.function("union", arity=2)
def union(set1: Any, set2: Any) -> Any:
    """Return the elements of either set.

    iex> Enum.sort(:sets.to_list(:sets.union(:sets.from_list([1]), :sets.from_list([2]))))
    [1, 2]
    """
    _checked(set1, "union", set1, set2)
    _checked(set2, "union", set1, set2)
    few, many = (set1, set2) if size(set1) < size(set2) else (set2, set1)
    for item in _elements(few, "union"):
        many = _with(many, item)
    return many


@module.function("intersection", arity=2)
def intersection(set1: Any, set2: Any) -> Any:
    """Return the elements of both sets.

    iex> :sets.to_list(:sets.intersection(:sets.from_list([1, 2]), :sets.from_list([2, 3])))
    [2]
    """
    _checked(set1, "intersection", set1, set2)
    _checked(set2, "intersection", set1, set2)
    few, many = (set1, set2) if size(set1) < size(set2) else (set2, set1)
    return _kept(few, lambda item: _has(many, item))


@module.function
def subtract(set1: Any, set2: Any) -> Any:
    """Return the elements of the first set that the second has not.

    iex> :sets.to_list(:sets.subtract(:sets.from_list([1, 2]), :sets.from_list([2])))
    [1]
    """
    _checked(set2, "subtract", set1, set2)
    return _kept(_checked(set1, "subtract", set1, set2), lambda item: not _has(set2, item))


@module.function
def is_disjoint(set1: Any, set2: Any) -> Any:
    """Tell whether two sets share nothing.

    iex> :sets.is_disjoint(:sets.from_list([1]), :sets.from_list([2]))
    true
    """
    if size(set1) > size(set2):
        set1, set2 = set2, set1
    return not any(_has(set2, item) for item in _elements(set1, "is_disjoint", set1, set2))


@module.function
def is_subset(set1: Any, set2: Any) -> Any:
    """Tell whether the second set has all elements of the first.

    iex> :sets.is_subset(:sets.from_list([1]), :sets.from_list([1, 2]))
    true
    """
    return all(_has(set2, item) for item in _elements(set1, "is_subset", set1, set2))


@module.function
def is_equal(set1: Any, set2: Any) -> Any:
    """Tell whether two sets have the same elements.

    iex> :sets.is_equal(:sets.from_list([1, 2]), :sets.from_list([2, 1], version: 2))
    true
    """
    return size(_checked(set1, "is_equal", set1, set2)) == size(set2) and is_subset(set1, set2)


@module.function("map", arity=2)
def map_(fun: Any, set_: Any) -> Any:
    """Return the set of a function of each element.

    iex> :sets.to_list(:sets.map(&(&1 * 2), :sets.from_list([1])))
    [2]
    """
    called(fun, 1, module, "map", fun, set_)
    return _like(set_, [fun(item) for item in _elements(set_, "map", fun, set_)])


@module.function("filter", arity=2)
def filter_(pred: Any, set_: Any) -> Any:
    """Return the elements for which a function is true.

    iex> :sets.to_list(:sets.filter(&(&1 > 1), :sets.from_list([1, 2])))
    [2]
    """
    called(pred, 1, module, "filter", pred, set_)
    return _kept(_checked(set_, "filter", pred, set_), lambda item: pred(item) is True)


@module.function
def filtermap(fun: Any, set_: Any) -> Any:
    """Filter and map at once: the function returns a boolean or `{true, element}`.

    iex> :sets.to_list(:sets.filtermap(&(&1 > 1 and {true, &1 * 10}), :sets.from_list([1, 2])))
    [20]
    """
    called(fun, 1, module, "filtermap", fun, set_)
    answers = [(item, fun(item)) for item in _elements(set_, "filtermap", fun, set_)]
    return _like(set_, [item if answer is True else answer[1] for item, answer in answers if answer is not False])


@module.function
def fold(function: Any, acc: Any, set_: Any) -> Any:
    """Fold the elements: the function takes an element and the accumulator.

    iex> :sets.fold(&(&1 + &2), 0, :sets.from_list([1, 2]))
    3
    """
    called(function, 2, module, "fold", function, acc, set_)
    for item in _elements(set_, "fold", function, acc, set_):
        acc = function(item, acc)
    return acc


define_folds(module, new, union, intersection)
