"""Stream: elements that pass, or not, one at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from pyex.stdlib.elixir.enumerable import elements, iterate
from pyex.stdlib.elixir.stream.base import (
    STREAM,
    check_function,
    groups,
    lazy,
    module,
    natural,
    stage,
    unchanged,
)
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY
from pyex.terms.maps import encode_key
from pyex.terms.ops import truthy
from pyex.terms.rounds import Rounds


@module.function
def map(enum: Any, fun: Any) -> Any:
    """Apply `fun` to each element as it is asked for.

        iex> 1..3 |> Stream.map(fn x -> x * 2 end) |> Enum.to_list()
        [2, 4, 6]
    """
    check_function(fun, 1, "map", enum, fun)
    return stage("map", enum, lambda: (fun(element) for element in iterate(enum)))


@module.function
def filter(enum: Any, fun: Any) -> Any:
    """Let pass the elements for which `fun` is truthy.

        iex> 1..4 |> Stream.filter(fn x -> rem(x, 2) == 0 end) |> Enum.to_list()
        [2, 4]
    """
    check_function(fun, 1, "filter", enum, fun)
    return stage("filter", enum, lambda: (x for x in iterate(enum) if (answer := fun(x)) is not None and answer is not False))


@module.function
def reject(enum: Any, fun: Any) -> Any:
    """Let pass the elements for which `fun` is not truthy.

        iex> 1..4 |> Stream.reject(fn x -> rem(x, 2) == 0 end) |> Enum.to_list()
        [1, 3]
    """
    check_function(fun, 1, "reject", enum, fun)
    return stage("reject", enum, lambda: (x for x in iterate(enum) if (answer := fun(x)) is None or answer is False))


def _stage_of(name: str) -> Rounds:
    """Return the twin of a function that makes a stage, which takes a generator function."""
    return lambda enum, loop: stage(name, enum, lambda: loop(iterate(enum)))


module.loops |= {(name, 2): _stage_of(name) for name in ("map", "filter", "reject")}


@module.function
def each(enum: Any, fun: Any) -> Any:
    """Call `fun` with each element as it passes.

        iex> [1] |> Stream.each(fn x -> x end) |> Enum.to_list()
        [1]
    """
    check_function(fun, 1, "each", enum, fun)

    def walk() -> Iterator[Any]:
        for element in iterate(enum):
            fun(element)
            yield element

    return stage("each", enum, walk)


@module.function
def map_every(enum: Any, nth: Any, fun: Any) -> Any:
    """Apply `fun` to every `nth` element, beginning with the first.

        iex> 1..4 |> Stream.map_every(2, fn x -> x * 10 end) |> Enum.to_list()
        [10, 2, 30, 4]
    """
    natural(nth, "map_every", enum, nth, fun)
    check_function(fun, 1, "map_every", enum, nth, fun)
    if nth == 0:
        return unchanged(enum)
    return stage(
        "map_every",
        enum,
        lambda: (x if place % nth else fun(x) for place, x in enumerate(iterate(enum))),
    )


@module.function
def flat_map(enum: Any, mapper: Any) -> Any:
    """Walk the enumerables that `mapper` gives for each element.

        iex> [1, 2] |> Stream.flat_map(fn x -> [x, x] end) |> Enum.to_list()
        [1, 1, 2, 2]
    """
    return lazy("flat_map", lambda: (inner for element in iterate(enum) for inner in iterate(mapper(element))))


@module.function
def take(enum: Any, count: Any) -> Any:
    """Let pass the first `count` elements (or, eagerly, the last ones when it is negative).

        iex> Stream.cycle([1, 2]) |> Stream.take(3) |> Enum.to_list()
        [1, 2, 1]
    """
    if type(count) is not int:
        raise function_clause(STREAM, "take", (enum, count))
    if count < 0:
        return lazy("take", lambda: iter(elements(enum)[count:]))
    if count == 0:
        return unchanged(EMPTY)
    return stage("take", enum, lambda: itertools.islice(iterate(enum), count))


@module.function
def drop(enum: Any, n: Any) -> Any:
    """Leave out the first `n` elements, or the last ones when it is negative.

        iex> 1..4 |> Stream.drop(2) |> Enum.to_list()
        [3, 4]
    """
    if type(n) is not int:
        raise function_clause(STREAM, "drop", (enum, n))
    if n >= 0:
        return stage("drop", enum, lambda: itertools.islice(iterate(enum), n, None))

    def walk() -> Iterator[Any]:
        held: list[Any] = []
        for element in iterate(enum):
            held.append(element)
            if len(held) > -n:
                yield held.pop(0)

    return stage("drop", enum, walk)


@module.function
def take_while(enum: Any, fun: Any) -> Any:
    """Let pass the elements before the first for which `fun` is not truthy.

        iex> Stream.iterate(1, fn x -> x + 1 end) |> Stream.take_while(fn x -> x < 4 end) |> Enum.to_list()
        [1, 2, 3]
    """
    check_function(fun, 1, "take_while", enum, fun)
    return stage("take_while", enum, lambda: itertools.takewhile(lambda x: truthy(fun(x)), iterate(enum)))


@module.function
def drop_while(enum: Any, fun: Any) -> Any:
    """Leave out the elements before the first for which `fun` is not truthy.

        iex> 1..4 |> Stream.drop_while(fn x -> x < 3 end) |> Enum.to_list()
        [3, 4]
    """
    check_function(fun, 1, "drop_while", enum, fun)
    return stage("drop_while", enum, lambda: itertools.dropwhile(lambda x: truthy(fun(x)), iterate(enum)))


@module.function
def take_every(enum: Any, nth: Any) -> Any:
    """Let pass every `nth` element, beginning with the first.

        iex> 1..7 |> Stream.take_every(3) |> Enum.to_list()
        [1, 4, 7]
    """
    natural(nth, "take_every", enum, nth)
    if nth == 0:
        return unchanged(EMPTY)
    return stage("take_every", enum, lambda: itertools.islice(iterate(enum), 0, None, nth))


@module.function
def drop_every(enum: Any, nth: Any) -> Any:
    """Leave out every `nth` element, beginning with the first.

        iex> 1..5 |> Stream.drop_every(2) |> Enum.to_list()
        [2, 4]
    """
    natural(nth, "drop_every", enum, nth)
    if nth == 0:
        return unchanged(enum)
    return stage("drop_every", enum, lambda: (x for place, x in enumerate(iterate(enum)) if place % nth))


@module.function
def with_index(enum: Any, fun_or_offset: Any = 0) -> Any:
    """Pair each element with its index, or give both to a function.

        iex> [:a, :b] |> Stream.with_index() |> Enum.to_list()
        [a: 0, b: 1]
    """
    if type(fun_or_offset) is int:
        return stage("with_index", enum, lambda: ((x, place) for place, x in enumerate(iterate(enum), fun_or_offset)))
    check_function(fun_or_offset, 2, "with_index", enum, fun_or_offset)
    return stage("with_index", enum, lambda: (fun_or_offset(x, place) for place, x in enumerate(iterate(enum))))


@module.function
def uniq(enum: Any) -> Any:
    """Let pass each distinct element once.

        iex> [1, 2, 1] |> Stream.uniq() |> Enum.to_list()
        [1, 2]
    """
    return uniq_by(enum, lambda element: element)


@module.function
def uniq_by(enum: Any, fun: Any) -> Any:
    """Let pass the elements whose `fun` result has not been seen before.

        iex> [1, 2, 3] |> Stream.uniq_by(fn x -> rem(x, 2) end) |> Enum.to_list()
        [1, 2]
    """
    check_function(fun, 1, "uniq_by", enum, fun)

    def walk() -> Iterator[Any]:
        seen: set[Any] = set()
        for element in iterate(enum):
            key = encode_key(fun(element))
            if key not in seen:
                seen.add(key)
                yield element

    return stage("uniq_by", enum, walk)


@module.function
def dedup(enum: Any) -> Any:
    """Leave out repetitions of the element just before.

        iex> [1, 1, 2, 1] |> Stream.dedup() |> Enum.to_list()
        [1, 2, 1]
    """
    return dedup_by(enum, lambda element: element)


@module.function
def dedup_by(enum: Any, fun: Any) -> Any:
    """Leave out elements whose `fun` result is that of the one just before.

        iex> [1, 3, 2] |> Stream.dedup_by(fn x -> rem(x, 2) end) |> Enum.to_list()
        [1, 2]
    """
    check_function(fun, 1, "dedup_by", enum, fun)
    return stage("dedup_by", enum, lambda: (next(group) for _, group in groups(enum, fun)))


@module.function
def scan(enum: Any, fun: Any) -> Any:
    """Pass on the accumulators of a fold that starts with the first element.

        iex> 1..3 |> Stream.scan(fn x, acc -> x + acc end) |> Enum.to_list()
        [1, 3, 6]
    """
    return stage("scan", enum, lambda: itertools.accumulate(iterate(enum), lambda acc, x: fun(x, acc)))


@module.function("scan", arity=3)
def scan_from(enum: Any, acc: Any, fun: Any) -> Any:
    """Pass on the accumulators of a fold.

        iex> 1..3 |> Stream.scan(10, fn x, acc -> x + acc end) |> Enum.to_list()
        [11, 13, 16]
    """
    check_function(fun, 2, "scan", enum, acc, fun)

    def walk() -> Iterator[Any]:
        return itertools.islice(itertools.accumulate(iterate(enum), lambda acc, x: fun(x, acc), initial=acc), 1, None)

    return stage("scan", enum, walk)
