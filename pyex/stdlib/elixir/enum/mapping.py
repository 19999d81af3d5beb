"""Enum: from elements to elements."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from itertools import count
from typing import Any

from pyex.stdlib.elixir.enum.base import OK, module, no_clause, require_integer
from pyex.stdlib.elixir.enumerable import (
    elements,
    folded,
    in_turn,
    iterate,
    remembered,
    results,
    stored_results,
    walked,
)
from pyex.terms.atoms import alias
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, Cons, List, from_pylist
from pyex.terms.maps import Key, Map, encode_key, encode_keys


@module.function
def map(enumerable: Any, fun: Any) -> Any:
    """Return the list of `fun` applied to each element.

        iex> Enum.map([1, 2, 3], fn x -> x * 10 end)
        [10, 20, 30]
    """
    return from_pylist(results(fun, walked(enumerable)))


@module.function
def map_every(enumerable: Any, nth: Any, fun: Any) -> Any:
    """Apply `fun` to every `nth` element, beginning with the first; 0 leaves all as they are.

        iex> Enum.map_every([1, 2, 3, 4], 2, fn x -> x * 10 end)
        [10, 2, 30, 4]
    """
    require_integer(nth, "map_every", enumerable, nth, fun, least=0)
    if nth == 0:
        return from_pylist(list(folded(enumerable)))
    return from_pylist([fun(x) if i % nth == 0 else x for i, x in enumerate(folded(enumerable))])


@module.function
def flat_map(enumerable: Any, fun: Any) -> Any:
    """Return the elements of the enumerables that `fun` gives for each element, in one list.

        iex> Enum.flat_map([1, 2], fn x -> [x, x] end)
        [1, 1, 2, 2]
    """
    result: list[Any] = []
    add = result.append
    for element in walked(enumerable):
        part = fun(element)
        while type(part) is Cons and part._source is None:
            add(part.head)
            part = part._tail
        if part is not EMPTY:
            result += elements(part)
    return from_pylist(result)


@module.function
def map_intersperse(enumerable: Any, separator: Any, mapper: Any) -> Any:
    """Map, and put the separator between the results.

        iex> Enum.map_intersperse([1, 2], :and, fn x -> x + 1 end)
        [2, :and, 3]
    """
    return from_pylist(_between(results(mapper, walked(enumerable)), separator))


@module.function
def intersperse(enumerable: Any, separator: Any) -> Any:
    """Put the separator between the elements.

        iex> Enum.intersperse([1, 2, 3], 0)
        [1, 0, 2, 0, 3]
    """
    return from_pylist(_between(folded(enumerable), separator))


def _between(items: list[Any], separator: Any) -> list[Any]:
    result = [separator] * (2 * len(items) - 1 if items else 0)
    result[::2] = items
    return result


@module.function
def filter(enumerable: Any, fun: Any) -> Any:
    """Return the elements for which `fun` gives a truthy value.

        iex> Enum.filter([1, 2, 3], fn x -> rem(x, 2) == 1 end)
        [1, 3]
    """
    return from_pylist([x for x in walked(enumerable) if (answer := fun(x)) is not None and answer is not False])


@module.function
def reject(enumerable: Any, fun: Any) -> Any:
    """Return the elements for which `fun` gives false or nil.

        iex> Enum.reject([1, 2, 3], fn x -> x == 2 end)
        [1, 3]
    """
    return from_pylist([x for x in walked(enumerable) if (answer := fun(x)) is None or answer is False])


@module.function
def each(enumerable: Any, fun: Any) -> Any:
    """Call `fun` with each element for its effect; returns `:ok`.

        iex> Enum.each([], fn x -> x end)
        :ok
    """
    for element in in_turn(enumerable):
        fun(element)
    return OK


@module.function
def to_list(enumerable: Any) -> Any:
    """Return the elements as a list.

        iex> Enum.to_list(1..3)
        [1, 2, 3]
    """
    return enumerable if isinstance(enumerable, List) else from_pylist(elements(enumerable))


@module.function
def uniq(enumerable: Any) -> Any:
    """Return each distinct element once, at its first place.

        iex> Enum.uniq([1, 2, 1, 1.0])
        [1, 2, 1.0]
    """
    items = folded(enumerable)
    return from_pylist(_uniq(items, encode_keys(items)))


@module.function
def uniq_by(enumerable: Any, fun: Any) -> Any:
    """Return the elements whose `fun` result has not been seen before.

        iex> Enum.uniq_by([{1, :a}, {2, :b}, {1, :c}], fn {n, _} -> n end)
        [{1, :a}, {2, :b}]
    """
    items, passing = remembered(enumerable)
    return from_pylist(_uniq(items, stored_results(fun, passing)))


def _uniq(items: list[Any], keys: list[Any]) -> list[Any]:
    seen: set[Any] = set()
    result = []
    for item, key in builtins.zip(items, keys, strict=True):
        if key not in seen:
            seen.add(key)
            result.append(item)
    return result


@module.function
def dedup(enumerable: Any) -> Any:
    """Return the elements without repetitions of the one just before (`===`).

        iex> Enum.dedup([1, 1, 2, 1])
        [1, 2, 1]
    """
    items = folded(enumerable)
    return _dedup(items, items)


@module.function
def dedup_by(enumerable: Any, fun: Any) -> Any:
    """Return the elements whose `fun` result differs from that of the one just before.

        iex> Enum.dedup_by([1, 3, 2, 5], fn x -> rem(x, 2) end)
        [1, 2, 5]
    """
    items, passing = remembered(enumerable)
    return _dedup(items, results(fun, passing))


def _dedup(items: list[Any], keys: list[Any]) -> Any:
    result: list[Any] = []
    last: Any = Key  # no term is this class
    for item, key in builtins.zip(items, keys, strict=True):
        encoded = encode_key(key)
        if last is Key or encoded != last:
            result.append(item)
        last = encoded
    return from_pylist(result)


@module.function
def with_index(enumerable: Any, fun_or_offset: Any = 0) -> Any:
    """Pair each element with its index, counted from an offset (0), or give both to a function.

        iex> Enum.with_index([:a, :b])
        [a: 0, b: 1]
        iex> Enum.with_index([:a, :b], 1)
        [a: 1, b: 2]
        iex> Enum.with_index(["x", "y"], fn text, index -> String.duplicate(text, index) end)
        ["", "y"]
    """
    items = folded(enumerable)
    if type(fun_or_offset) is int:
        return from_pylist(list(builtins.zip(items, count(fun_or_offset), strict=False)))
    if is_function(fun_or_offset, 2):
        return from_pylist([fun_or_offset(element, index) for index, element in enumerate(items)])
    raise no_clause("with_index", enumerable, fun_or_offset)


@module.function
def reverse(enumerable: Any, tail: Any = EMPTY) -> Any:
    """Return the elements from last to first, before an optional tail.

        iex> Enum.reverse([1, 2], [0])
        [2, 1, 0]
    """
    return from_pylist(folded(enumerable)[::-1] + ([] if tail is EMPTY else elements(tail)))


@module.function
def concat(enumerables: Any) -> Any:
    """Return the elements of all enumerables of a list in one list.

        iex> Enum.concat([[1], [2, 3]])
        [1, 2, 3]
    """
    return from_pylist([element for inner in folded(enumerables) for element in folded(inner)])


@module.function("concat", arity=2)
def concat_two(left: Any, right: Any) -> Any:
    """Return the elements of both enumerables in one list.

        iex> Enum.concat(1..2, [3])
        [1, 2, 3]
    """
    return from_pylist([*folded(left), *folded(right)])


@module.function
def into(enumerable: Any, collectable: Any) -> Any:
    """Put the elements into a collectable, and return it: a list, a map, a MapSet, a file's stream, or what else implements Collectable.

    Into a map go pairs, of which the last with a key wins, over what the map had too; anything else raises ArgumentError.

        iex> Enum.into([a: 1], %{b: 2})
        %{a: 1, b: 2}
        iex> Enum.into(["x", "y"], "> ")
        "> xy"
    """
    return collect(elements(enumerable), collectable)


@module.function("into", arity=3)
def into_with(enumerable: Any, collectable: Any, transform: Any) -> Any:
    """Put each element, transformed, into a collectable.

        iex> Enum.into([1, 2], %{}, fn x -> {x, x * 2} end)
        %{1 => 2, 2 => 4}
    """
    folds = collectable is EMPTY or (type(collectable) is Map and collectable.struct is None)
    return collect(results(transform, walked(enumerable) if folds else iterate(enumerable)), collectable)


def collect(items: list[Any], collectable: Any) -> Any:
    """Put Python-listed elements into a collectable."""
    if collectable is EMPTY:
        return from_pylist(items)
    if type(collectable) is Map and collectable.struct is None:
        if all(type(item) is tuple and len(item) == 2 for item in items):
            return collectable.merge(Map.from_pairs(items)) if len(collectable) else Map.from_pairs(items)
    return export(alias("Collectable"), "collect", 2).fn(from_pylist(items), collectable)


@module.function
def zip(enumerables: Any) -> Any:
    """Return tuples of the elements at the same place of each enumerable, as many as the shortest has.

        iex> Enum.zip([[1, 2], [:a, :b], ["x", "y"]])
        [{1, :a, "x"}, {2, :b, "y"}]
    """
    return from_pylist(list(_together(elements(enumerables))))


@module.function("zip", arity=2)
def zip_two(left: Any, right: Any) -> Any:
    """Return pairs of the elements at the same place.

        iex> Enum.zip([1, 2, 3], [:a, :b])
        [{1, :a}, {2, :b}]
    """
    return from_pylist(list(_together([left, right])))


def _together(enumerables: list[Any]) -> Iterator[tuple[Any, ...]]:
    return builtins.zip(*[iterate(one) for one in enumerables], strict=False)


@module.function
def zip_with(enumerables: Any, fun: Any) -> Any:
    """Zip, and give each list of elements at the same place to `fun`.

        iex> Enum.zip_with([[1, 2], [3, 4]], fn [x, y] -> x + y end)
        [4, 6]
    """
    rows = [from_pylist(list(together)) for together in _together(elements(enumerables))]
    return from_pylist([fun(row) for row in rows])


@module.function("zip_with", arity=3)
def zip_two_with(left: Any, right: Any, fun: Any) -> Any:
    """Zip two enumerables with a function of two arguments.

        iex> Enum.zip_with([1, 2], [3, 4], fn x, y -> x * y end)
        [3, 8]
    """
    if not is_function(fun, 2):
        raise no_clause("zip_with", left, right, fun)
    return from_pylist([fun(x, y) for x, y in _together([left, right])])


@module.function
def unzip(enumerable: Any) -> Any:
    """Return the two lists of the first and the second parts of pairs.

        iex> Enum.unzip(a: 1, b: 2)
        {[:a, :b], [1, 2]}
    """
    items = folded(enumerable)
    for place, item in enumerate(reversed(items)):
        if type(item) is not tuple or len(item) != 2:
            left = items[len(items) - place :]
            columns = from_pylist([pair[0] for pair in left]), from_pylist([pair[1] for pair in left])
            raise no_clause("unzip", from_pylist(items[: len(items) - place][::-1]), *columns)
    return from_pylist([item[0] for item in items]), from_pylist([item[1] for item in items])
