"""Enum: from many elements to one value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from operator import countOf
from typing import Any

from pyex.stdlib.elixir.enum.base import empty_error, module, no_clause
from pyex.stdlib.elixir.enumerable import (
    CONT,
    HALT,
    RANGE,
    elements,
    folded,
    iterate,
    python_range,
    results,
    stored_results,
    walked,
)
from pyex.terms.atoms import alias
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.lists import Cons, List, from_pylist, from_pylists
from pyex.terms.maps import Map, encode_keys
from pyex.terms.ops import add, multiply


@module.function
def reduce(enumerable: Any, fun: Any) -> Any:
    """Fold with the first element as the accumulator; raises Enum.EmptyError.

        iex> Enum.reduce([1, 2, 3], fn x, acc -> x - acc end)
        2
    """
    items = iterate(enumerable)
    try:
        acc = next(items)
    except StopIteration:
        raise empty_error() from None
    for element in items:
        acc = fun(element, acc)
    return acc


@module.function("reduce", arity=3)
def reduce_from(enumerable: Any, acc: Any, fun: Any) -> Any:
    """Fold: call `fun` with each element and the accumulator; returns the last accumulator.

        iex> Enum.reduce([1, 2, 3], 10, fn x, acc -> x + acc end)
        16
    """
    if type(acc) is str:
        return _reduce_text(enumerable, [acc], fun)
    for element in walked(enumerable):
        acc = fun(element, acc)
    return acc


def _reduce_text(enumerable: Any, held: list[Any], fun: Any) -> Any:
    """Fold without keeping the text that is handed on: only who holds it alone can append to it in place."""
    for element in walked(enumerable):
        held.append(fun(element, held.pop()))
    return held[0]


@module.function
def reduce_while(enumerable: Any, acc: Any, fun: Any) -> Any:
    """Fold until `fun` answers `{:halt, acc}` instead of `{:cont, acc}`.

        iex> Enum.reduce_while(1..100, 0, fn x, acc -> if x > 3, do: {:halt, acc}, else: {:cont, acc + x} end)
        6
    """
    for place, element in enumerate(iterate(enumerable), start=1):
        answer = fun(element, acc)
        if type(answer) is not tuple or len(answer) != 2 or (answer[0] is not CONT and answer[0] is not HALT):
            if isinstance(enumerable, List):
                rest = from_pylist(elements(enumerable)[place:])
                raise function_clause(alias("Enumerable.List"), "reduce", (rest, answer, fun))
            raise elixir_error("CaseClauseError", term=answer)
        acc = answer[1]
        if answer[0] is HALT:
            break
    return acc


@module.function
def map_reduce(enumerable: Any, acc: Any, fun: Any) -> Any:
    """Map and fold at once; `fun` returns `{mapped, acc}`.

        iex> Enum.map_reduce([1, 2, 3], 0, fn x, acc -> {x * 2, acc + x} end)
        {[2, 4, 6], 6}
    """
    result = []
    for element in walked(enumerable):
        mapped, acc = _pair(fun(element, acc), "MatchError")
        result.append(mapped)
    return from_pylist(result), acc


def _pair(value: Any, failure: str) -> Any:
    if type(value) is not tuple or len(value) != 2:
        raise elixir_error(failure, term=value)
    return value


@module.function
def flat_map_reduce(enumerable: Any, acc: Any, fun: Any) -> Any:
    """Flat-map and fold at once; `fun` returns `{enumerable, acc}` or `{:halt, acc}`.

        iex> Enum.flat_map_reduce([1, 2, 3], 0, fn x, acc -> if x > 2, do: {:halt, acc}, else: {[x, x], acc + 1} end)
        {[1, 1, 2, 2], 2}
    """
    result: list[Any] = []
    for element in iterate(enumerable):
        part, acc = _pair(fun(element, acc), "CaseClauseError")
        if part is HALT:
            break
        result.extend(elements(part))
    return from_pylist(result), acc


@module.function
def scan(enumerable: Any, fun: Any) -> Any:
    """Return all accumulators of a fold that starts with the first element.

        iex> Enum.scan([1, 2, 3], fn x, acc -> x + acc end)
        [1, 3, 6]
    """
    result: list[Any] = []
    for element in walked(enumerable):
        result.append(fun(element, result[-1]) if result else element)
    return from_pylist(result)


@module.function("scan", arity=3)
def scan_from(enumerable: Any, acc: Any, fun: Any) -> Any:
    """Return all accumulators of a fold.

        iex> Enum.scan([1, 2, 3], 10, fn x, acc -> x + acc end)
        [11, 13, 16]
    """
    return from_pylist([acc := fun(element, acc) for element in walked(enumerable)])


@module.function("sum")
def sum_(enumerable: Any) -> Any:
    """Return the sum of the elements.

        iex> Enum.sum([1, 2.5])
        3.5
    """
    if type(enumerable) is Map and enumerable.struct is RANGE:
        return _total(python_range(enumerable))
    if type(enumerable) is Cons and enumerable._source is not None:
        items, start = enumerable._source
        if start:
            items = items[start:]
        if countOf(map(type, items), int) == len(items):
            return sum(items)
    return _total(elements(enumerable))


@module.function
def sum_by(enumerable: Any, mapper: Any) -> Any:
    """Return the sum of the results of `mapper`.

        iex> Enum.sum_by(["a", "bcd"], &String.length/1)
        4
    """
    items = results(mapper, walked(enumerable))
    if all_of(items, int):
        return sum(items)
    total: Any = 0
    for item in items:
        total = add(total, item)
    return total


def all_of(items: Sequence[Any], kind: type) -> bool:
    """Tell whether all items are of exactly one type, in a loop of C."""
    return countOf(map(type, items), kind) == len(items)


def _total(items: Sequence[Any]) -> Any:
    if type(items) is range:
        return len(items) * (items[0] + items[-1]) // 2 if items else 0
    if all_of(items, int):
        return sum(items)
    total: Any = 0
    for item in items:
        total = add(item, total)
    return total


@module.function
def product(enumerable: Any) -> Any:
    """Return the product of the elements.

        iex> Enum.product([2, 3, 4])
        24
    """
    total: Any = 1
    for factor in walked(enumerable):
        total = multiply(factor, total)
    return total


@module.function
def product_by(enumerable: Any, mapper: Any) -> Any:
    """Return the product of the results of `mapper`.

        iex> Enum.product_by([1, 2, 3], fn x -> x * 2 end)
        48
    """
    total: Any = 1
    for factor in results(mapper, walked(enumerable)):
        total = multiply(total, factor)
    return total


@module.function
def join(enumerable: Any, joiner: Any = "") -> Any:
    """Return the elements as one string, each through String.Chars, with the joiner between.

        iex> Enum.join([1, :b, "c"], "-")
        "1-b-c"
    """
    if not is_binary(joiner):
        raise no_clause("join", enumerable, joiner)
    return _joined(elements(enumerable), joiner)


@module.function
def map_join(enumerable: Any, mapper: Any) -> Any:
    """Map, then join without a separator.

        iex> Enum.map_join([1, 2], fn x -> x * 2 end)
        "24"
    """
    return _joined(results(mapper, walked(enumerable)), "")


@module.function("map_join", arity=3)
def map_join_with(enumerable: Any, joiner: Any, mapper: Any) -> Any:
    """Map, then join.

        iex> Enum.map_join([1, 2], "; ", fn x -> x * 2 end)
        "2; 4"
    """
    return _joined(results(mapper, walked(enumerable)), joiner)


def _joined(items: list[Any], joiner: Any) -> Any:
    from pyex.terms.binaries import binary, to_bytes

    if not is_binary(joiner):
        raise argument_error("expected a binary as joiner")
    to_string = export(alias("String.Chars"), "to_string", 1)
    if type(joiner) is str:
        with suppress(TypeError):  # not all of them are texts
            return joiner.join(items)
    texts = [item if type(item) is str else to_string.fn(item) for item in items]
    if type(joiner) is str and all_of(texts, str):
        return joiner.join(texts)
    return binary(to_bytes(joiner).join(map(to_bytes, texts)))


@module.function
def frequencies(enumerable: Any) -> Any:
    """Return a map from each distinct element to how often it occurs.

        iex> Enum.frequencies([:a, :b, :a])
        %{a: 2, b: 1}
    """
    return _counted(encode_keys(elements(enumerable)))


@module.function
def frequencies_by(enumerable: Any, key_fun: Any) -> Any:
    """Return a map from each distinct result of `key_fun` to how often it occurs.

        iex> Enum.frequencies_by(["a", "bc", "d"], &String.length/1)
        %{1 => 2, 2 => 1}
    """
    if not is_function(key_fun, 1):
        raise no_clause("frequencies_by", enumerable, key_fun)
    return _counted(stored_results(key_fun, walked(enumerable)))


def _counted(keys: list[Any]) -> Map:
    return Map.from_encoded(dict(Counter(keys)))


@module.function
def group_by(enumerable: Any, key_fun: Any, value_fun: Any = None) -> Any:
    """Return a map from each result of `key_fun` to the list of the elements that gave it, in their order.

    With `value_fun` the lists hold what that makes of the elements.

        iex> Enum.group_by(["ant", "bee", "asp"], &String.first/1)
        %{"a" => ["ant", "asp"], "b" => ["bee"]}
        iex> Enum.group_by(1..4, &rem(&1, 2), &(&1 * 10))
        %{0 => [20, 40], 1 => [10, 30]}
    """
    values = folded(enumerable)
    backwards = values[::-1]  # the last element is the first to be asked about
    if value_fun is None:
        keys = stored_results(key_fun, backwards)
    else:
        both = [(key_fun(element), value_fun(element)) for element in backwards]
        keys, values = encode_keys([key for key, _ in both]), [value for _, value in reversed(both)]
    groups: dict[Any, list[Any]] = defaultdict(list)
    for key, value in zip(reversed(keys), values, strict=True):
        groups[key].append(value)
    return Map.from_encoded(dict(zip(groups, from_pylists(list(groups.values())), strict=True)))


@module.function
def zip_reduce(enumerables: Any, acc: Any, reducer: Any) -> Any:
    """Fold over the lists of elements at the same place.

        iex> Enum.zip_reduce([[1, 2], [3, 4]], 0, fn [x, y], acc -> acc + x * y end)
        11
    """
    if not is_function(reducer, 2):
        raise no_clause("zip_reduce", enumerables, acc, reducer)
    for together in zip(*[iterate(one) for one in elements(enumerables)], strict=False):
        acc = reducer(from_pylist(list(together)), acc)
    return acc


@module.function("zip_reduce", arity=4)
def zip_two_reduce(left: Any, right: Any, acc: Any, reducer: Any) -> Any:
    """Fold over two enumerables at once.

        iex> Enum.zip_reduce([1, 2], [3, 4], 0, fn x, y, acc -> x * y + acc end)
        11
    """
    if not is_function(reducer, 3):
        raise no_clause("zip_reduce", left, right, acc, reducer)
    for x, y in zip(iterate(left), iterate(right), strict=False):
        acc = reducer(x, y, acc)
    return acc


