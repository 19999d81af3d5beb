"""Stream: enumerables that are walked only as far as somebody asks."""

from __future__ import annotations

import builtins
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import HALT, Lazy, elements, iterate
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import elixir_error, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.maps import encode_key

module = NativeModule("Stream", doc="Lazy functions over enumerables.")

STREAM: Final = alias("Stream")
INFINITY: Final = atom("infinity")


def _truthy(value: Any) -> bool:
    return value is not None and value is not False


def _lazy(name: str, walk: Callable[..., Iterator[Any]], *args: Any) -> Lazy:
    return Lazy(lambda: walk(*args), name)


def _natural(value: Any, name: str, *args: Any, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise function_clause(STREAM, name, args)
    return value


@module.function
def map(enum: Any, fun: Any) -> Any:
    """Apply `fun` to each element as it is asked for.

        iex> 1..3 |> Stream.map(fn x -> x * 2 end) |> Enum.to_list()
        [2, 4, 6]
    """
    return _lazy("map", lambda: (fun(element) for element in iterate(enum)))


@module.function
def filter(enum: Any, fun: Any) -> Any:
    """Let pass the elements for which `fun` is truthy.

        iex> 1..4 |> Stream.filter(fn x -> rem(x, 2) == 0 end) |> Enum.to_list()
        [2, 4]
    """
    return _lazy("filter", lambda: (element for element in iterate(enum) if _truthy(fun(element))))


@module.function
def reject(enum: Any, fun: Any) -> Any:
    """Let pass the elements for which `fun` is not truthy.

        iex> 1..4 |> Stream.reject(fn x -> rem(x, 2) == 0 end) |> Enum.to_list()
        [1, 3]
    """
    return _lazy("reject", lambda: (element for element in iterate(enum) if not _truthy(fun(element))))


@module.function
def each(enum: Any, fun: Any) -> Any:
    """Call `fun` with each element as it passes.

        iex> [1] |> Stream.each(fn x -> x end) |> Enum.to_list()
        [1]
    """

    def walk() -> Iterator[Any]:
        for element in iterate(enum):
            fun(element)
            yield element

    return _lazy("each", walk)


@module.function
def map_every(enum: Any, nth: Any, fun: Any) -> Any:
    """Apply `fun` to every `nth` element, beginning with the first.

        iex> 1..4 |> Stream.map_every(2, fn x -> x * 10 end) |> Enum.to_list()
        [10, 2, 30, 4]
    """
    _natural(nth, "map_every", enum, nth, fun)
    return _lazy(
        "map_every",
        lambda: (fun(x) if nth and not place % nth else x for place, x in enumerate(iterate(enum))),
    )


@module.function
def flat_map(enum: Any, mapper: Any) -> Any:
    """Walk the enumerables that `mapper` gives for each element.

        iex> [1, 2] |> Stream.flat_map(fn x -> [x, x] end) |> Enum.to_list()
        [1, 1, 2, 2]
    """
    return _lazy("flat_map", lambda: (inner for element in iterate(enum) for inner in iterate(mapper(element))))


@module.function
def concat(enumerables: Any) -> Any:
    """Walk the enumerables of an enumerable one after the other.

        iex> [1..2, 5..6] |> Stream.concat() |> Enum.to_list()
        [1, 2, 5, 6]
    """
    return _lazy("concat", lambda: (inner for one in iterate(enumerables) for inner in iterate(one)))


@module.function("concat", arity=2)
def concat_two(first: Any, second: Any) -> Any:
    """Walk two enumerables one after the other.

        iex> 1..2 |> Stream.concat(5..6) |> Enum.to_list()
        [1, 2, 5, 6]
    """
    return _lazy("concat", lambda: itertools.chain(iterate(first), (x for x in iterate(second))))


@module.function
def take(enum: Any, count: Any) -> Any:
    """Let pass the first `count` elements (or, eagerly, the last ones when it is negative).

        iex> Stream.cycle([1, 2]) |> Stream.take(3) |> Enum.to_list()
        [1, 2, 1]
    """
    if type(count) is not int:
        raise function_clause(STREAM, "take", (enum, count))
    if count < 0:
        return _lazy("take", lambda: iter(elements(enum)[count:]))
    return _lazy("take", lambda: itertools.islice(iterate(enum), count) if count else iter(()))


@module.function
def drop(enum: Any, n: Any) -> Any:
    """Leave out the first `n` elements, or the last ones when it is negative.

        iex> 1..4 |> Stream.drop(2) |> Enum.to_list()
        [3, 4]
    """
    if type(n) is not int:
        raise function_clause(STREAM, "drop", (enum, n))
    if n >= 0:
        return _lazy("drop", lambda: itertools.islice(iterate(enum), n, None))

    def walk() -> Iterator[Any]:
        held: list[Any] = []
        for element in iterate(enum):
            held.append(element)
            if len(held) > -n:
                yield held.pop(0)

    return _lazy("drop", walk)


@module.function
def take_while(enum: Any, fun: Any) -> Any:
    """Let pass the elements before the first for which `fun` is not truthy.

        iex> Stream.iterate(1, fn x -> x + 1 end) |> Stream.take_while(fn x -> x < 4 end) |> Enum.to_list()
        [1, 2, 3]
    """
    return _lazy("take_while", lambda: itertools.takewhile(lambda x: _truthy(fun(x)), iterate(enum)))


@module.function
def drop_while(enum: Any, fun: Any) -> Any:
    """Leave out the elements before the first for which `fun` is not truthy.

        iex> 1..4 |> Stream.drop_while(fn x -> x < 3 end) |> Enum.to_list()
        [3, 4]
    """
    return _lazy("drop_while", lambda: itertools.dropwhile(lambda x: _truthy(fun(x)), iterate(enum)))


@module.function
def take_every(enum: Any, nth: Any) -> Any:
    """Let pass every `nth` element, beginning with the first.

        iex> 1..7 |> Stream.take_every(3) |> Enum.to_list()
        [1, 4, 7]
    """
    _natural(nth, "take_every", enum, nth)
    return _lazy("take_every", lambda: itertools.islice(iterate(enum), 0, None, nth) if nth else iter(()))


@module.function
def drop_every(enum: Any, nth: Any) -> Any:
    """Leave out every `nth` element, beginning with the first.

        iex> 1..5 |> Stream.drop_every(2) |> Enum.to_list()
        [2, 4]
    """
    _natural(nth, "drop_every", enum, nth)
    return _lazy("drop_every", lambda: (x for place, x in enumerate(iterate(enum)) if not nth or place % nth))


@module.function
def with_index(enum: Any, fun_or_offset: Any = 0) -> Any:
    """Pair each element with its index, or give both to a function.

        iex> [:a, :b] |> Stream.with_index() |> Enum.to_list()
        [{:a, 0}, {:b, 1}]
    """
    if type(fun_or_offset) is int:
        return _lazy("with_index", lambda: ((x, place) for place, x in enumerate(iterate(enum), fun_or_offset)))
    return _lazy("with_index", lambda: (fun_or_offset(x, place) for place, x in enumerate(iterate(enum))))


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

    def walk() -> Iterator[Any]:
        seen: set[Any] = set()
        for element in iterate(enum):
            key = encode_key(fun(element))
            if key not in seen:
                seen.add(key)
                yield element

    return _lazy("uniq_by", walk)


def _groups(enum: Any, fun: Any) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Walk neighbours with the same result of `fun`."""
    return itertools.groupby(iterate(enum), key=lambda x: encode_key(fun(x)))


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
    return _lazy("dedup_by", lambda: (next(group) for _, group in _groups(enum, fun)))


@module.function
def scan(enum: Any, fun: Any) -> Any:
    """Pass on the accumulators of a fold that starts with the first element.

        iex> 1..3 |> Stream.scan(fn x, acc -> x + acc end) |> Enum.to_list()
        [1, 3, 6]
    """
    return _lazy("scan", lambda: itertools.accumulate(iterate(enum), lambda acc, x: fun(x, acc)))


@module.function("scan", arity=3)
def scan_from(enum: Any, acc: Any, fun: Any) -> Any:
    """Pass on the accumulators of a fold.

        iex> 1..3 |> Stream.scan(10, fn x, acc -> x + acc end) |> Enum.to_list()
        [11, 13, 16]
    """

    def walk() -> Iterator[Any]:
        return itertools.islice(itertools.accumulate(iterate(enum), lambda acc, x: fun(x, acc), initial=acc), 1, None)

    return _lazy("scan", walk)


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

    return _lazy("intersperse", walk)


@module.function
def zip(enumerables: Any) -> Any:
    """Pass on tuples of the elements at the same place, until the shortest ends.

        iex> Stream.zip([1..2, [:a, :b]]) |> Enum.to_list()
        [{1, :a}, {2, :b}]
    """
    return _lazy("zip", lambda: _together(elements(enumerables)))


@module.function("zip", arity=2)
def zip_two(enumerable1: Any, enumerable2: Any) -> Any:
    """Pass on pairs of the elements at the same place.

        iex> Stream.zip(1..2, [:a, :b]) |> Enum.to_list()
        [{1, :a}, {2, :b}]
    """
    return _lazy("zip", lambda: _together([enumerable1, enumerable2]))


def _together(enumerables: list[Any]) -> Iterator[tuple[Any, ...]]:
    return builtins.zip(*[iterate(one) for one in enumerables], strict=False)


@module.function
def zip_with(enumerables: Any, zip_fun: Any) -> Any:
    """Zip with a function of the list of elements at the same place.

        iex> Stream.zip_with([[1, 2], [3, 4]], fn [x, y] -> x + y end) |> Enum.to_list()
        [4, 6]
    """
    return _lazy("zip_with", lambda: (zip_fun(from_pylist(list(x))) for x in _together(elements(enumerables))))


@module.function("zip_with", arity=3)
def zip_two_with(enumerable1: Any, enumerable2: Any, zip_fun: Any) -> Any:
    """Zip two enumerables with a function.

        iex> Stream.zip_with([1, 2], [3, 4], fn x, y -> x * y end) |> Enum.to_list()
        [3, 8]
    """
    return _lazy("zip_with", lambda: (zip_fun(x, y) for x, y in _together([enumerable1, enumerable2])))


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
    _natural(count, "chunk_every", enum, count, step, leftover, least=1)
    _natural(step, "chunk_every", enum, count, step, leftover, least=1)

    def walk() -> Iterator[Any]:
        held: list[Any] = []
        skip = 0
        reached_end = False
        for element in iterate(enum):
            reached_end = False
            if skip:
                skip -= 1
                continue
            held.append(element)
            if len(held) == count:
                yield from_pylist(held)
                skip = max(step - count, 0)
                held = held[step:]
                reached_end = step < count
        if held and not reached_end and leftover is not atom("discard"):
            yield from_pylist(held + elements(leftover)[: count - len(held)])

    return _lazy("chunk_every", walk)


@module.function
def chunk_by(enum: Any, fun: Any) -> Any:
    """Pass on lists of neighbours with the same result of `fun`.

        iex> [1, 3, 2] |> Stream.chunk_by(fn x -> rem(x, 2) end) |> Enum.to_list()
        [[1, 3], [2]]
    """
    return _lazy("chunk_by", lambda: (from_pylist(list(group)) for _, group in _groups(enum, fun)))


@module.function
def chunk_while(enum: Any, acc: Any, chunk_fun: Any, after_fun: Any) -> Any:
    """Chunk with full control, as `Enum.chunk_while/4`.

        iex> 1..2 |> Stream.chunk_while([], fn x, acc -> {:cont, [x | acc], []} end, fn acc -> {:cont, acc} end) |> Enum.to_list()
        [[1], [2]]
    """

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

    return _lazy("chunk_while", walk)


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

    return _lazy("cycle", walk)


@module.function("iterate")
def iterate_(start_value: Any, next_fun: Any) -> Any:
    """Pass on a value, `next_fun` of it, and so on for ever.

        iex> Stream.iterate(1, fn x -> x * 2 end) |> Enum.take(4)
        [1, 2, 4, 8]
    """

    def walk() -> Iterator[Any]:
        value = start_value
        yield value
        while True:
            value = next_fun(value)
            yield value

    return _lazy("iterate", walk)


@module.function
def repeatedly(generator_fun: Any) -> Any:
    """Pass on what `generator_fun` returns, called again for each element.

        iex> Stream.repeatedly(fn -> 1 end) |> Enum.take(2)
        [1, 1]
    """
    return _lazy("repeatedly", lambda: (generator_fun() for _ in itertools.repeat(None)))


@module.function
def unfold(next_acc: Any, next_fun: Any) -> Any:
    """Pass on what `next_fun` gives as `{element, acc}`, until it gives nil.

        iex> Stream.unfold(3, fn 0 -> nil; n -> {n, n - 1} end) |> Enum.to_list()
        [3, 2, 1]
    """

    def walk() -> Iterator[Any]:
        acc = next_acc
        while (answer := next_fun(acc)) is not None:
            if type(answer) is not tuple or len(answer) != 2:
                raise elixir_error("CaseClauseError", term=answer)
            element, acc = answer
            yield element

    return _lazy("unfold", walk)


@module.function
def resource(start_fun: Any, next_fun: Any, after_fun: Any) -> Any:
    """Pass on the elements that `next_fun` gives as `{enumerable, acc}` until `{:halt, acc}`; `after_fun` is
    called at the end, also when the walk is cut short or fails.

        iex> Stream.resource(fn -> 2 end, fn 0 -> {:halt, 0}; n -> {[n], n - 1} end, fn _ -> :ok end) |> Enum.to_list()
        [2, 1]
    """

    def walk() -> Iterator[Any]:
        acc = start_fun()
        try:
            while True:
                produced, acc = next_fun(acc)
                if produced is HALT:
                    break
                yield from iterate(produced)
        finally:
            after_fun(acc)

    return _lazy("resource", walk)


@module.function
def transform(enum: Any, acc: Any, reducer: Any) -> Any:
    """Pass on the elements that `reducer` (element, acc) gives as `{enumerable, acc}`, until `{:halt, acc}`.

        iex> 1..5 |> Stream.transform(0, fn x, acc -> if acc < 2, do: {[x], acc + 1}, else: {:halt, acc} end) |> Enum.to_list()
        [1, 2]
    """
    return transform_with(enum, lambda: acc, reducer, None, lambda _acc: None)


@module.function("transform", arity=4)
def transform_after(enum: Any, start_fun: Any, reducer: Any, after_fun: Any) -> Any:
    """Transform with an accumulator that `start_fun` makes and `after_fun` ends.

        iex> 1..2 |> Stream.transform(fn -> 0 end, fn x, acc -> {[x + acc], x} end, fn _ -> :ok end) |> Enum.to_list()
        [1, 3]
    """
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
                produced, acc = reducer(element, acc)
                if produced is HALT:
                    return
                yield from iterate(produced)
            if last_fun is not None:
                produced, acc = last_fun(acc)
                if produced is not HALT:
                    yield from iterate(produced)
        finally:
            after_fun(acc)

    return _lazy("transform", walk)


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

    return _lazy("into", walk)


@module.function
def interval(n: Any) -> Any:
    """Pass on 0, 1, 2, … with `n` milliseconds before each.

        iex> Stream.interval(1) |> Enum.take(2)
        [0, 1]
    """
    return _lazy("interval", lambda: (place for place in itertools.count() if _slept(n)))


@module.function
def timer(n: Any) -> Any:
    """Pass on 0 after `n` milliseconds.

        iex> Stream.timer(1) |> Enum.to_list()
        [0]
    """
    return _lazy("timer", lambda: (0 for _ in range(1) if _slept(n)))


def _slept(milliseconds: int) -> bool:
    export(alias("Process"), "sleep", 1).fn(milliseconds)
    return True
