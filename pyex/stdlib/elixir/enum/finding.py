"""Enum: questions and single elements."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final

from pyex.stdlib.elixir.enum.base import ERROR, OK, empty_error, module, no_clause, require_integer
from pyex.stdlib.elixir.enumerable import RANGE, contains, elements, implementation, iterate, python_range, walked
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import Cons, List, is_proper
from pyex.terms.maps import Map
from pyex.terms.ops import truthy
from pyex.terms.order import identical


def _identity(value: Any) -> Any:
    return value


@module.function("all?")
def all_(enumerable: Any, fun: Any = _identity) -> bool:
    """Tell whether all elements (or all results of `fun`) are truthy.

        iex> Enum.all?([1, 2], fn x -> x > 1 end)
        false
    """
    for element in iterate(enumerable):
        if not truthy(fun(element)):
            return False
    return True


@module.function("any?")
def any_(enumerable: Any, fun: Any = _identity) -> bool:
    """Tell whether any element (or any result of `fun`) is truthy.

        iex> Enum.any?([nil, 1])
        true
    """
    for element in iterate(enumerable):
        if truthy(fun(element)):
            return True
    return False


@module.function("empty?")
def empty(enumerable: Any) -> bool:
    """Tell whether there is no element.

        iex> Enum.empty?(%{})
        true
    """
    if isinstance(enumerable, List):
        return not enumerable
    for _ in iterate(enumerable):
        return False
    return True


@module.function("member?")
def member(enumerable: Any, element: Any) -> bool:
    """Tell whether an element is there, by `===`.

        iex> Enum.member?(1..10, 3)
        true
    """
    if type(enumerable) is Map:
        name = enumerable.struct
        if name is None or name is RANGE or name.name == "Elixir.MapSet":
            return contains(enumerable, element)
        found = implementation(name)
        if found is not None:
            answer = export(found, "member?", 2).fn(enumerable, element)
            if answer[0] is OK:
                return bool(answer[1])
    for candidate in iterate(enumerable):
        if identical(candidate, element):
            return True
    return False


@module.function
def count(enumerable: Any) -> int:
    """Return the number of elements.

        iex> Enum.count(1..10)
        10
    """
    if type(enumerable) is Map:
        name = enumerable.struct
        if name is None:
            return len(enumerable)
        if name is RANGE:
            return len(python_range(enumerable))
        found = implementation(name) if name.name != "Elixir.MapSet" else None
        if found is not None:
            answer = export(found, "count", 1).fn(enumerable)
            if answer[0] is OK:
                return int(answer[1])
    return len(elements(enumerable))


@module.function("count", arity=2)
def count_if(enumerable: Any, fun: Any) -> int:
    """Return the number of elements for which `fun` is truthy.

        iex> Enum.count([1, 2, 3], fn x -> x > 1 end)
        2
    """
    return sum([1 for element in walked(enumerable) if truthy(fun(element))])


@module.function
def count_until(enumerable: Any, limit: Any) -> int:
    """Count the elements, but no further than `limit`.

        iex> Enum.count_until(1..20, 5)
        5
    """
    require_integer(limit, "count_until", enumerable, limit, least=1)
    return _count_until(enumerable, lambda element: True, limit)


@module.function("count_until", arity=3)
def count_until_if(enumerable: Any, fun: Any, limit: Any) -> int:
    """Count the elements for which `fun` is truthy, but no further than `limit`.

        iex> Enum.count_until(1..20, fn x -> rem(x, 2) == 0 end, 7)
        7
    """
    require_integer(limit, "count_until", enumerable, fun, limit, least=1)
    return _count_until(enumerable, fun, limit)


def _count_until(enumerable: Any, fun: Any, limit: int) -> int:
    found = 0
    for element in iterate(enumerable):
        if truthy(fun(element)):
            found += 1
            if found == limit:
                break
    return found


@module.function
def find(enumerable: Any, fun: Any) -> Any:
    """Return the first element for which `fun` is truthy, or nil.

        iex> Enum.find([1, 2, 3], fn x -> x > 1 end)
        2
    """
    return find_or(enumerable, None, fun)


@module.function("find", arity=3)
def find_or(enumerable: Any, default: Any, fun: Any) -> Any:
    """Return the first element for which `fun` is truthy, or the default.

        iex> Enum.find([1, 2], :none, fn x -> x > 5 end)
        :none
    """
    for element in iterate(enumerable):
        if truthy(fun(element)):
            return element
    return default


@module.function
def find_index(enumerable: Any, fun: Any) -> Any:
    """Return the index of the first element for which `fun` is truthy, or nil.

        iex> Enum.find_index([:a, :b], fn x -> x == :b end)
        1
    """
    for index, element in enumerate(iterate(enumerable)):
        if truthy(fun(element)):
            return index
    return None


@module.function
def find_value(enumerable: Any, fun: Any) -> Any:
    """Return the first truthy result of `fun`, or nil.

        iex> Enum.find_value([1, 2], fn x -> x > 1 && x * 100 end)
        200
    """
    return find_value_or(enumerable, None, fun)


@module.function("find_value", arity=3)
def find_value_or(enumerable: Any, default: Any, fun: Any) -> Any:
    """Return the first truthy result of `fun`, or the default.

        iex> Enum.find_value([1], :none, fn _ -> nil end)
        :none
    """
    for element in iterate(enumerable):
        result = fun(element)
        if truthy(result):
            return result
    return default


@module.function
def at(enumerable: Any, index: Any, default: Any = None) -> Any:
    """Return the element at an index, or the default (nil) where there is none.

    Indexes count from 0, negative ones from the end. Of a list or a stream the elements before it have to be gone through.

        iex> Enum.at([:a, :b, :c], 1)
        :b
        iex> Enum.at([:a, :b, :c], -1)
        :c
        iex> Enum.at([:a], 5, :none)
        :none
    """
    require_integer(index, "at", enumerable, index, default)
    answer = fetch(enumerable, index)
    return default if answer is ERROR else answer[1]


@module.function
def fetch(enumerable: Any, index: Any) -> Any:
    """Return `{:ok, element}` at an index, or `:error`.

        iex> Enum.fetch([:a], 1)
        :error
    """
    require_integer(index, "fetch", enumerable, index)
    if index >= 0 and (not isinstance(enumerable, List | Map) or type(enumerable) is Cons and not is_proper(enumerable)):
        for place, element in enumerate(iterate(enumerable)):
            if place == index:
                return OK, element
        return ERROR
    items = elements(enumerable)
    return (OK, items[index]) if -len(items) <= index < len(items) else ERROR


@module.function("fetch!")
def fetch_bang(enumerable: Any, index: Any) -> Any:
    """Return the element at an index; raises Enum.OutOfBoundsError.

        iex> Enum.fetch!([:a, :b], 1)
        :b
    """
    answer = fetch(enumerable, index)
    if answer is ERROR:
        raise elixir_error("Enum.OutOfBoundsError", message="out of bounds error")
    return answer[1]


@module.function
def random(enumerable: Any) -> Any:
    """Return a random element (`:rand`'s generator); raises Enum.EmptyError.

        iex> Enum.random([7])
        7
    """
    items = elements(enumerable)
    if not items:
        raise empty_error()
    if _is_counted(enumerable):
        return items[_uniform(len(items)) - 1]
    return _sample(items, 1)[0]


@module.function
def take_random(enumerable: Any, count: Any) -> Any:
    """Return `count` distinct random elements.

        iex> Enum.take_random([1], 3)
        [1]
    """
    from pyex.terms.lists import from_pylist

    if type(count) is not int or count < 0:
        raise no_clause("take_random", enumerable, count)
    return from_pylist(_sample(elements(enumerable), count))


@module.function
def shuffle(enumerable: Any) -> Any:
    """Return the elements in random order.

        iex> Enum.shuffle([1])
        [1]
    """
    from pyex.terms.lists import from_pylist

    draw = export(atom("rand"), "uniform", 0)
    return from_pylist([item for _, item in sorted([(draw.fn(), item) for item in elements(enumerable)], key=itemgetter(0))])


def _is_counted(enumerable: Any) -> bool:
    """Tell whether an enumerable knows its n-th element without being walked."""
    return isinstance(enumerable, List) or (type(enumerable) is Map and enumerable.struct in _COUNTED)


_COUNTED: Final = (None, RANGE, alias("MapSet"), alias("Date.Range"))


def _uniform(limit: int) -> int:
    return int(export(atom("rand"), "uniform", 1).fn(limit)) if limit > 1 else 1


def _sample(items: Sequence[Any], count: int) -> list[Any]:
    """Return a sample of so many elements.

    The first ones are shuffled as they come; of the others only those are looked at that take the place of one, and how far
    the next of them is away is drawn (reservoir sampling by Li's algorithm L).
    """
    sample: list[Any] = []
    for index, item in enumerate(items[:count]):
        place = _uniform(index + 1) - 1
        sample.append(item)
        sample[index], sample[place] = sample[place], item
    if not count or len(sample) < count:
        return sample
    draw = export(atom("rand"), "uniform", 0)
    weight = math.exp(math.log(draw.fn()) / count)
    index = count + _skipped(draw.fn(), weight)
    while index < len(items):
        sample[_uniform(count) - 1] = items[index]
        weight *= math.exp(math.log(draw.fn()) / count)
        index += 1 + _skipped(draw.fn(), weight)
    return sample


def _skipped(drawn: float, weight: float) -> int:
    return math.floor(math.log(drawn) / math.log(1 - weight))
