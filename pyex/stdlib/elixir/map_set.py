"""MapSet: sets of terms, told apart by `===`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import MAP_SET, elements, results, walked
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.maps import EMPTY_MAP, STRUCT, Map
from pyex.terms.rounds import with_results

module = NativeModule("MapSet", doc="Sets of terms.")
module.struct({"map": EMPTY_MAP})

MAP: Final = atom("map")


def make(items: Iterable[Any]) -> Map:
    """Return the MapSet of some terms."""
    return wrap(Map.from_pairs([(item, EMPTY) for item in items]))


def wrap(map_: Map) -> Map:
    """Return the MapSet whose elements are a map's keys."""
    return Map({STRUCT: MAP_SET, MAP: map_})


def members(value: Any, name: str, *args: Any) -> Map:
    """Return the map behind a MapSet; raises FunctionClauseError."""
    if type(value) is not Map or value.struct is not MAP_SET:
        raise function_clause(MAP_SET, name, args or (value,))
    found: Map = value[MAP]
    return found


@module.function
def new() -> Any:
    """Return an empty set.

        iex> MapSet.new()
        MapSet.new([])
    """
    return make(())


@module.function("new", arity=1)
def new_from(enumerable: Any) -> Any:
    """Return the set of an enumerable's elements.

        iex> MapSet.new([1, 2, 1])
        MapSet.new([1, 2])
    """
    return make(elements(enumerable))


@module.function("new", arity=2)
def new_with(enumerable: Any, transform: Any) -> Any:
    """Return the set of the results of `transform`.

        iex> MapSet.new([1, 2], fn x -> x * 10 end)
        MapSet.new([10, 20])
    """
    if not is_function(transform, 1):
        raise function_clause(MAP_SET, "new", (enumerable, transform))
    return make(results(transform, walked(enumerable)))


module.loops["new", 2] = with_results(new_with)


@module.function
def put(map_set: Any, value: Any) -> Any:
    """Return the set with an element more.

        iex> MapSet.put(MapSet.new([1]), 2)
        MapSet.new([1, 2])
    """
    return wrap(members(map_set, "put", map_set, value).put(value, EMPTY))


@module.function
def delete(map_set: Any, value: Any) -> Any:
    """Return the set without an element.

        iex> MapSet.delete(MapSet.new([1, 2]), 1)
        MapSet.new([2])
    """
    return wrap(members(map_set, "delete", map_set, value).delete(value))


@module.function("member?")
def member(map_set: Any, value: Any) -> bool:
    """Tell whether a term is in the set.

        iex> MapSet.member?(MapSet.new([1]), 1.0)
        false
    """
    return value in members(map_set, "member?", map_set, value)


@module.function
def size(map_set: Any) -> int:
    """Return the number of elements.

        iex> MapSet.size(MapSet.new([1, 2]))
        2
    """
    return len(members(map_set, "size"))


@module.function
def to_list(map_set: Any) -> Any:
    """Return the elements as a list.

        iex> MapSet.to_list(MapSet.new([2, 1]))
        [1, 2]
    """
    members(map_set, "to_list")
    return from_pylist(elements(map_set))


def _two(first: Any, second: Any, name: str) -> tuple[Map, Map]:
    return members(first, name, first, second), members(second, name, first, second)


@module.function
def union(map_set1: Any, map_set2: Any) -> Any:
    """Return the set of what is in either.

        iex> MapSet.union(MapSet.new([1]), MapSet.new([2]))
        MapSet.new([1, 2])
    """
    first, second = _two(map_set1, map_set2, "union")
    return wrap(first.merge(second))


@module.function
def intersection(map_set1: Any, map_set2: Any) -> Any:
    """Return the set of what is in both.

        iex> MapSet.intersection(MapSet.new([1, 2]), MapSet.new([2, 3]))
        MapSet.new([2])
    """
    first, second = _two(map_set1, map_set2, "intersection")
    return make([item for item in first if item in second])


@module.function
def difference(map_set1: Any, map_set2: Any) -> Any:
    """Return the set of what is in the first only.

        iex> MapSet.difference(MapSet.new([1, 2]), MapSet.new([2]))
        MapSet.new([1])
    """
    first, second = _two(map_set1, map_set2, "difference")
    return make([item for item in first if item not in second])


@module.function
def symmetric_difference(map_set1: Any, map_set2: Any) -> Any:
    """Return the set of what is in one of the two only.

        iex> MapSet.symmetric_difference(MapSet.new([1, 2]), MapSet.new([2, 3]))
        MapSet.new([1, 3])
    """
    first, second = _two(map_set1, map_set2, "symmetric_difference")
    return make([*(item for item in first if item not in second), *(item for item in second if item not in first)])


@module.function("subset?")
def subset(map_set1: Any, map_set2: Any) -> bool:
    """Tell whether all elements of the first are in the second.

        iex> MapSet.subset?(MapSet.new([1]), MapSet.new([1, 2]))
        true
    """
    first, second = _two(map_set1, map_set2, "subset?")
    return all(item in second for item in first)


@module.function("disjoint?")
def disjoint(map_set1: Any, map_set2: Any) -> bool:
    """Tell whether two sets have nothing in common.

        iex> MapSet.disjoint?(MapSet.new([1]), MapSet.new([2]))
        true
    """
    first, second = _two(map_set1, map_set2, "disjoint?")
    return not any(item in second for item in first)


@module.function("equal?")
def equal(map_set1: Any, map_set2: Any) -> bool:
    """Tell whether two sets have the same elements.

        iex> MapSet.equal?(MapSet.new([1, 2]), MapSet.new([2, 1]))
        true
    """
    first, second = _two(map_set1, map_set2, "equal?")
    return len(first) == len(second) and all(item in second for item in first)


@module.function
def filter(map_set: Any, fun: Any) -> Any:
    """Return the set of the elements for which `fun` is truthy.

        iex> MapSet.filter(MapSet.new([1, 2]), fn x -> x > 1 end)
        MapSet.new([2])
    """
    return _divided(map_set, fun, "filter")[0]


@module.function
def reject(map_set: Any, fun: Any) -> Any:
    """Return the set of the elements for which `fun` is not truthy.

        iex> MapSet.reject(MapSet.new([1, 2]), fn x -> x > 1 end)
        MapSet.new([1])
    """
    return _divided(map_set, fun, "reject")[1]


@module.function
def split_with(map_set: Any, fun: Any) -> Any:
    """Return the sets of the elements for which `fun` is truthy, and of the others.

        iex> MapSet.split_with(MapSet.new([1, 2]), fn x -> x > 1 end)
        {MapSet.new([2]), MapSet.new([1])}
    """
    return _divided(map_set, fun, "split_with")


def _divided(map_set: Any, fun: Any, name: str) -> tuple[Any, Any]:
    if not is_function(fun, 1):
        raise function_clause(MAP_SET, name, (map_set, fun))
    members(map_set, name, map_set, fun)
    yes: list[Any] = []
    no: list[Any] = []
    for item in elements(map_set):
        answer = fun(item)
        (no if answer is None or answer is False else yes).append(item)
    return make(yes), make(no)
