"""Stream: where elements come from and go to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from pyex.stdlib.elixir.enumerable import HALT, iterate
from pyex.stdlib.elixir.stream.base import check_function, lazy, module
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY


@module.function
def cycle(enumerable: Any) -> Any:
    """Walk an enumerable again and again, for ever; raises ArgumentError for an empty one.

        iex> Stream.cycle([1, 2]) |> Enum.take(3)
        [1, 2, 1]
    """
    if enumerable is EMPTY:
        raise elixir_error("ArgumentError", message="cannot cycle over an empty enumerable")

    def walk() -> Iterator[Any]:
        while True:
            some = False
            for element in iterate(enumerable):
                some = True
                yield element
            if not some:
                raise elixir_error("ArgumentError", message="cannot cycle over an empty enumerable")

    return lazy("cycle", walk)


@module.function("iterate")
def iterate_(start_value: Any, next_fun: Any) -> Any:
    """Pass on a value, `next_fun` of it, and so on for ever.

        iex> Stream.iterate(1, fn x -> x * 2 end) |> Enum.take(4)
        [1, 2, 4, 8]
    """
    check_function(next_fun, 1, "iterate", start_value, next_fun)

    def walk() -> Iterator[Any]:
        value = start_value
        yield value
        while True:
            value = next_fun(value)
            yield value

    return lazy("iterate", walk)


@module.function
def repeatedly(generator_fun: Any) -> Any:
    """Pass on what `generator_fun` returns, called again for each element.

        iex> Stream.repeatedly(fn -> 1 end) |> Enum.take(2)
        [1, 1]
    """
    check_function(generator_fun, 0, "repeatedly", generator_fun)
    return lazy("repeatedly", lambda: (generator_fun() for _ in itertools.repeat(None)))


@module.function
def unfold(next_acc: Any, next_fun: Any) -> Any:
    """Pass on what `next_fun` gives as `{element, acc}`, until it gives nil.

        iex> Stream.unfold(3, fn 0 -> nil; n -> {n, n - 1} end) |> Enum.to_list()
        [3, 2, 1]
    """
    check_function(next_fun, 1, "unfold", next_acc, next_fun)

    def walk() -> Iterator[Any]:
        acc = next_acc
        while (answer := next_fun(acc)) is not None:
            if type(answer) is not tuple or len(answer) != 2:
                raise elixir_error("CaseClauseError", term=answer)
            element, acc = answer
            yield element

    return lazy("unfold", walk)


@module.function
def resource(start_fun: Any, next_fun: Any, after_fun: Any) -> Any:
    """Pass on the elements that `next_fun` gives as `{enumerable, acc}` until `{:halt, acc}`; `after_fun` is
    called at the end, also when the walk is cut short or fails.

        iex> Stream.resource(fn -> 2 end, fn 0 -> {:halt, 0}; n -> {[n], n - 1} end, fn _ -> :ok end) |> Enum.to_list()
        [2, 1]
    """
    for fun, arity in ((start_fun, 0), (next_fun, 1), (after_fun, 1)):
        check_function(fun, arity, "resource", start_fun, next_fun, after_fun)

    def walk() -> Iterator[Any]:
        acc = start_fun()
        try:
            while True:
                answer = next_fun(acc)
                if type(answer) is not tuple or len(answer) != 2:
                    raise elixir_error("TryClauseError", term=answer)
                produced, acc = answer
                if produced is HALT:
                    break
                yield from iterate(produced)
        finally:
            after_fun(acc)

    return lazy("resource", walk)


@module.function
def run(stream: Any) -> Any:
    """Walk a stream for its effects.

        iex> Stream.run([])
        :ok
    """
    for _ in iterate(stream):
        pass
    return atom("ok")


@module.function
def into(enum: Any, collectable: Any, transform: Any = None) -> Any:
    """Put the elements into a collectable as they pass.

        iex> [1, 2] |> Stream.into([]) |> Enum.to_list()
        [1, 2]
    """
    if transform is not None:
        check_function(transform, 1, "into", enum, collectable, transform)

    def walk() -> Iterator[Any]:
        acc, collector = export(alias("Collectable"), "into", 1).fn(collectable)
        done = False
        try:
            for element in iterate(enum):
                acc = collector(acc, (atom("cont"), element if transform is None else transform(element)))
                yield element
            done = True
        finally:
            collector(acc, atom("done") if done else HALT)

    return lazy("into", walk)


@module.function
def interval(n: Any) -> Any:
    """Pass on 0, 1, 2, … with `n` milliseconds before each.

        iex> Stream.interval(1) |> Enum.take(2)
        [0, 1]
    """
    if type(n) is not int or n < 0:
        raise function_clause(alias("Stream"), "interval", (n,))
    return lazy("interval", lambda: (place for place in itertools.count() if _slept(n)))


@module.function
def timer(n: Any) -> Any:
    """Pass on 0 after `n` milliseconds.

        iex> Stream.timer(1) |> Enum.to_list()
        [0]
    """
    if type(n) is not int or n < 0:
        raise function_clause(alias("Stream"), "timer", (n,))
    return lazy("timer", lambda: (0 for _ in range(1) if _slept(n)))


def _slept(milliseconds: int) -> bool:
    export(alias("Process"), "sleep", 1).fn(milliseconds)
    return True


@module.function
def transform(enum: Any, acc: Any, reducer: Any) -> Any:
    """Pass on the elements that `reducer` (element, acc) gives as `{enumerable, acc}`, until `{:halt, acc}`.

        iex> 1..5 |> Stream.transform(0, fn x, acc -> if acc < 2, do: {[x], acc + 1}, else: {:halt, acc} end) |> Enum.to_list()
        [1, 2]
    """
    check_function(reducer, 2, "transform", enum, acc, reducer)
    return transform_with(enum, lambda: acc, reducer, None, lambda _acc: None)


@module.function("transform", arity=4)
def transform_after(enum: Any, start_fun: Any, reducer: Any, after_fun: Any) -> Any:
    """Transform with an accumulator that `start_fun` makes and `after_fun` ends.

        iex> 1..2 |> Stream.transform(fn -> 0 end, fn x, acc -> {[x + acc], x} end, fn _ -> :ok end) |> Enum.to_list()
        [1, 3]
    """
    for fun, arity in ((start_fun, 0), (reducer, 2), (after_fun, 1)):
        check_function(fun, arity, "transform", enum, start_fun, reducer, after_fun)
    return transform_with(enum, start_fun, reducer, None, after_fun)


@module.function("transform", arity=5)
def transform_with(enum: Any, start_fun: Any, reducer: Any, last_fun: Any, after_fun: Any) -> Any:
    """Transform; at the end of the enumerable `last_fun` may give some more elements.

        iex> 1..2 |> Stream.transform(fn -> 0 end, fn x, acc -> {[x], acc + x} end, fn acc -> {[acc], acc} end, fn _ -> :ok end) |> Enum.to_list()
        [1, 2, 3]
    """

    def walk() -> Iterator[Any]:
        acc = start_fun()
        try:
            for element in iterate(enum):
                answer = reducer(element, acc)
                if type(answer) is not tuple or len(answer) != 2:
                    raise elixir_error("CaseClauseError", term=answer)
                produced, acc = answer
                if produced is HALT:
                    return
                yield from iterate(produced)
            if last_fun is not None:
                produced, acc = last_fun(acc)
                if produced is not HALT:
                    yield from iterate(produced)
        finally:
            after_fun(acc)

    return lazy("transform", walk)


@module.function
def from_index(start_or_fun: Any = 0) -> Any:
    """Count on for ever from an integer, or pass on what a function makes of 0, 1, 2 and so on.

        iex> Stream.from_index(5) |> Enum.take(2)
        [5, 6]
        iex> Stream.from_index(fn x -> x * x end) |> Enum.take(3)
        [0, 1, 4]
    """
    if type(start_or_fun) is int:
        return lazy("from_index", lambda: itertools.count(start_or_fun))
    if not is_function(start_or_fun, 1):
        raise function_clause(alias("Stream"), "from_index", (start_or_fun,))
    return lazy("from_index", lambda: (start_or_fun(index) for index in itertools.count()))


@module.function
def duplicate(value: Any, n: Any) -> Any:
    """Pass a value on n times.

        iex> Stream.duplicate(:a, 2) |> Enum.to_list()
        [:a, :a]
    """
    if type(n) is not int or n < 0:
        raise function_clause(alias("Stream"), "duplicate", (value, n))
    return lazy("duplicate", lambda: itertools.repeat(value, n))
