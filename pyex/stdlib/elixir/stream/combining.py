"""Stream: several streams, and groups of neighbours."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from pyex.stdlib.elixir.enumerable import HALT, elements, iterate
from pyex.stdlib.elixir.stream.base import check_function, groups, lazy, module, natural, stage, together
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, from_pylist


@module.function
def concat(enumerables: Any) -> Any:
    """Walk the enumerables of an enumerable one after the other.

        iex> [1..2, 5..6] |> Stream.concat() |> Enum.to_list()
        [1, 2, 5, 6]
    """
    return lazy("concat", lambda: (inner for one in iterate(enumerables) for inner in iterate(one)))


@module.function("concat", arity=2)
def concat_two(first: Any, second: Any) -> Any:
    """Walk two enumerables one after the other.

        iex> 1..2 |> Stream.concat(5..6) |> Enum.to_list()
        [1, 2, 5, 6]
    """
    return lazy("concat", lambda: itertools.chain(iterate(first), (x for x in iterate(second))))


@module.function
def zip(enumerables: Any) -> Any:
    """Pass on tuples of the elements at the same place, until the shortest ends.

        iex> Stream.zip([1..2, [:a, :b]]) |> Enum.to_list()
        [{1, :a}, {2, :b}]
    """
    return lazy("zip", lambda: together(elements(enumerables)))


@module.function("zip", arity=2)
def zip_two(enumerable1: Any, enumerable2: Any) -> Any:
    """Pass on pairs of the elements at the same place.

        iex> Stream.zip(1..2, [:a, :b]) |> Enum.to_list()
        [{1, :a}, {2, :b}]
    """
    return lazy("zip", lambda: together([enumerable1, enumerable2]))


@module.function
def zip_with(enumerables: Any, zip_fun: Any) -> Any:
    """Zip with a function of the list of elements at the same place.

        iex> Stream.zip_with([[1, 2], [3, 4]], fn [x, y] -> x + y end) |> Enum.to_list()
        [4, 6]
    """
    if not is_function(zip_fun, 1):
        raise function_clause(alias("Stream.Reducers"), "zip_with", (enumerables, zip_fun))
    return lazy("zip_with", lambda: (zip_fun(from_pylist(list(x))) for x in together(elements(enumerables))))


@module.function("zip_with", arity=3)
def zip_two_with(enumerable1: Any, enumerable2: Any, zip_fun: Any) -> Any:
    """Zip two enumerables with a function.

        iex> Stream.zip_with([1, 2], [3, 4], fn x, y -> x * y end) |> Enum.to_list()
        [3, 8]
    """
    check_function(zip_fun, 2, "zip_with", enumerable1, enumerable2, zip_fun)
    return lazy("zip_with", lambda: (zip_fun(x, y) for x, y in together([enumerable1, enumerable2])))


@module.function
def chunk_every(enum: Any, count: Any) -> Any:
    """Pass on lists of `count` elements.

        iex> 1..5 |> Stream.chunk_every(2) |> Enum.to_list()
        [[1, 2], [3, 4], [5]]
    """
    return chunk_every_step(enum, count, count)


@module.function("chunk_every", arity=(3, 4))
def chunk_every_step(enum: Any, count: Any, step: Any, leftover: Any = EMPTY) -> Any:
    """Pass on lists of `count` elements, each beginning `step` after the one before.

        iex> 1..4 |> Stream.chunk_every(2, 1, :discard) |> Enum.to_list()
        [[1, 2], [2, 3], [3, 4]]
    """
    natural(count, "chunk_every", enum, count, step, leftover, least=1)
    natural(step, "chunk_every", enum, count, step, leftover, least=1)

    def walk() -> Iterator[Any]:
        held: list[Any] = []
        skip = 0
        for element in iterate(enum):
            if skip:
                skip -= 1
                continue
            held.append(element)
            if len(held) == count:
                yield from_pylist(held)
                skip = max(step - count, 0)
                held = held[step:]
        if held and leftover is not atom("discard"):
            yield from_pylist(held + list(itertools.islice(iterate(leftover), count - len(held))))

    return stage("chunk_every", enum, walk)


@module.function
def chunk_by(enum: Any, fun: Any) -> Any:
    """Pass on lists of neighbours with the same result of `fun`.

        iex> [1, 3, 2] |> Stream.chunk_by(fn x -> rem(x, 2) end) |> Enum.to_list()
        [[1, 3], [2]]
    """
    return stage("chunk_by", enum, lambda: (from_pylist(list(group)) for _, group in groups(enum, fun)))


@module.function
def chunk_while(enum: Any, acc: Any, chunk_fun: Any, after_fun: Any) -> Any:
    """Chunk with full control, as `Enum.chunk_while/4`.

        iex> 1..2 |> Stream.chunk_while([], fn x, acc -> {:cont, [x | acc], []} end, fn acc -> {:cont, acc} end) |> Enum.to_list()
        [[1], [2]]
    """
    for fun, arity in ((chunk_fun, 2), (after_fun, 1)):
        check_function(fun, arity, "chunk_while", enum, acc, chunk_fun, after_fun)

    def walk() -> Iterator[Any]:
        state = acc
        for element in iterate(enum):
            answer = chunk_fun(element, state)
            state = answer[-1]
            if answer[0] is HALT:
                break
            if len(answer) == 3:
                yield answer[1]
        answer = after_fun(state)
        if len(answer) == 3:
            yield answer[1]

    return stage("chunk_while", enum, walk)


@module.function
def intersperse(enumerable: Any, intersperse_element: Any) -> Any:
    """Put an element between the elements.

        iex> [1, 2] |> Stream.intersperse(0) |> Enum.to_list()
        [1, 0, 2]
    """

    def walk() -> Iterator[Any]:
        for place, element in enumerate(iterate(enumerable)):
            if place:
                yield intersperse_element
            yield element

    return lazy("intersperse", walk)
