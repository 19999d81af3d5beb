"""Enum: parts of the whole, by number or by condition."""

from __future__ import annotations

from itertools import islice
from typing import Any

from pyex.stdlib.elixir.enum.base import ENUM, module, no_clause, require_integer
from pyex.stdlib.elixir.enumerable import RANGE, elements, folded, iterate, walked
from pyex.stdlib.elixir.io_warnings import warn_of_call
from pyex.terms.atoms import atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, from_iterable, from_pylist, is_proper, split_tail
from pyex.terms.maps import Map
from pyex.terms.ops import length, truthy


@module.function
def take(enumerable: Any, amount: Any) -> Any:
    """Return the first `amount` elements, or the last ones when it is negative; all, where there are fewer.

    No more than `amount` elements are asked for, so that an endless stream will do; a negative amount needs the end.

        iex> Enum.take([1, 2, 3], 2)
        [1, 2]
        iex> Enum.take([1, 2, 3], -2)
        [2, 3]
        iex> Enum.take(Stream.cycle([:tick, :tock]), 3)
        [:tick, :tock, :tick]
    """
    require_integer(amount, "take", enumerable, amount)
    if type(enumerable) is Cons and not is_proper(enumerable):
        return from_pylist(_cut("take_list", enumerable, amount)[0])
    if amount < 0:
        return from_pylist(elements(enumerable)[amount:])
    # islice stops before the element after the last: a stream must not be asked for it.
    return from_pylist(list(islice(iterate(enumerable), amount))) if amount else EMPTY


@module.function
def drop(enumerable: Any, amount: Any) -> Any:
    """Return all but the first `amount` elements, or but the last when it is negative.

        iex> Enum.drop([1, 2, 3], 1)
        [2, 3]
    """
    require_integer(amount, "drop", enumerable, amount)
    if type(enumerable) is Cons and not is_proper(enumerable):
        return _cut("drop_list", enumerable, amount)[1]
    return from_pylist(folded(enumerable)[amount:] if amount >= 0 else elements(enumerable)[:amount])


def _cut(name: str, improper: Any, count: int) -> tuple[list[Any], Any]:
    """Return the first elements of an improper list, and what follows them; Elixir goes no further than that."""
    items, tail = split_tail(improper)
    if count < 0:
        length(improper)  # a count from the end wants to know it
    if count > len(items):
        taken = (from_pylist(items[::-1]),) if name == "split_list" else ()
        raise function_clause(ENUM, name, (tail, count - len(items), *taken))
    return list(items[:count]), from_iterable(items[count:], tail)


@module.function
def take_while(enumerable: Any, fun: Any) -> Any:
    """Return the elements before the first for which `fun` is not truthy.

        iex> Enum.take_while([1, 2, 3, 1], fn x -> x < 3 end)
        [1, 2]
    """
    result = []
    for element in iterate(enumerable):
        if not truthy(fun(element)):
            break
        result.append(element)
    return from_pylist(result)


@module.function
def drop_while(enumerable: Any, fun: Any) -> Any:
    """Return the elements from the first for which `fun` is not truthy.

        iex> Enum.drop_while([1, 2, 3, 1], fn x -> x < 3 end)
        [3, 1]
    """
    items, tail = (folded(enumerable), EMPTY) if type(enumerable) is not Cons else split_tail(enumerable)
    place = _prefix(items, fun)
    if tail is not EMPTY and place == len(items):
        raise function_clause(ENUM, "drop_while_list", (tail, fun))
    return from_iterable(items[place:], tail)


def _prefix(items: list[Any], fun: Any) -> int:
    for place, element in enumerate(items):
        if not truthy(fun(element)):
            return place
    return len(items)


@module.function
def split(enumerable: Any, count: Any) -> Any:
    """Return the first `count` elements and the rest; a negative count is taken from the end.

        iex> Enum.split([1, 2, 3], 2)
        {[1, 2], [3]}
    """
    require_integer(count, "split", enumerable, count)
    if type(enumerable) is Cons and not is_proper(enumerable):
        taken, rest = _cut("split_list", enumerable, count)
        return from_pylist(taken), rest
    items = folded(enumerable)
    place = count if count >= 0 else max(0, len(items) + count)
    return from_pylist(items[:place]), from_pylist(items[place:])


@module.function
def split_while(enumerable: Any, fun: Any) -> Any:
    """Return the elements before the first for which `fun` is not truthy, and the rest.

        iex> Enum.split_while([1, 2, 3], fn x -> x < 2 end)
        {[1], [2, 3]}
    """
    items = folded(enumerable)
    place = _prefix(items, fun)
    return from_pylist(items[:place]), from_pylist(items[place:])


@module.function
def split_with(enumerable: Any, fun: Any) -> Any:
    """Return the elements for which `fun` is truthy, and the others.

        iex> Enum.split_with([1, 2, 3], fn x -> rem(x, 2) == 1 end)
        {[1, 3], [2]}
    """
    yes: list[Any] = []
    no: list[Any] = []
    for element in walked(enumerable):
        answer = fun(element)
        (no if answer is None or answer is False else yes).append(element)
    return from_pylist(yes), from_pylist(no)


@module.function
def take_every(enumerable: Any, nth: Any) -> Any:
    """Return every `nth` element, beginning with the first; 0 gives none.

        iex> Enum.take_every(1..7, 3)
        [1, 4, 7]
    """
    require_integer(nth, "take_every", enumerable, nth, least=0)
    return from_pylist(folded(enumerable)[::nth]) if nth else EMPTY


@module.function
def drop_every(enumerable: Any, nth: Any) -> Any:
    """Leave out every `nth` element, beginning with the first; 0 leaves out none.

        iex> Enum.drop_every(1..7, 3)
        [2, 3, 5, 6]
    """
    require_integer(nth, "drop_every", enumerable, nth, least=0)
    items = folded(enumerable)
    return from_pylist([item for place, item in enumerate(items) if nth == 0 or place % nth])


@module.function
def slice(enumerable: Any, range: Any) -> Any:
    """Return the elements at the indexes of a range.

    Negative ends count from the end; a step leaves elements out; indexes behind the last element give none.

        iex> Enum.slice([:a, :b, :c, :d], 1..2)
        [:b, :c]
        iex> Enum.slice([:a, :b, :c, :d], -2..-1)
        [:c, :d]
        iex> Enum.slice([:a, :b, :c, :d], 0..-1//2)
        [:a, :c]
    """
    if type(range) is not Map or range.struct is not RANGE:
        raise no_clause("slice", enumerable, range)
    first, last, step = (range[atom(name)] for name in ("first", "last", "step"))
    items = elements(enumerable)
    if step < 0:
        if first <= last or step < -1:
            raise argument_error(
                f"Enum.slice/2 does not accept ranges with negative steps, got: {first}..{last}//{step}"
            )
        wish = f"negative steps are not supported in Enum.slice/2, pass {first}..{last}//1 instead"
        warn_of_call(wish, ENUM, atom("slice"), 2)
        step = 1
    begin = max(first + len(items), 0) if first < 0 else first
    end = last + len(items) if last < 0 else last
    return from_pylist(items[begin : end + 1 : step] if end >= 0 else [])


@module.function("slice", arity=3)
def slice_from(enumerable: Any, start: Any, amount: Any) -> Any:
    """Return `amount` elements from an index on; a negative index counts from the end.

        iex> Enum.slice([:a, :b, :c, :d], 1, 2)
        [:b, :c]
    """
    require_integer(start, "slice", enumerable, start, amount)
    require_integer(amount, "slice", enumerable, start, amount, least=0)
    if start >= 0:
        return from_pylist(list(islice(iterate(enumerable), start, start + amount))) if amount else EMPTY
    items = elements(enumerable)
    begin = start + len(items)
    # A start before the first element gives nothing for the part that is not there.
    return from_pylist(items[max(begin, 0) : max(begin, 0) + amount])


@module.function
def slide(enumerable: Any, range_or_index: Any, insertion_index: Any) -> Any:
    """Move one element, or a range of them, to another place.

        iex> Enum.slide([:a, :b, :c, :d], 2..3, 1)
        [:a, :c, :d, :b]
    """
    items = list(folded(enumerable))
    if type(range_or_index) is Map and range_or_index.struct is RANGE:
        first, last = range_or_index[atom("first")], range_or_index[atom("last")]
        if range_or_index[atom("step")] != 1:
            raise argument_error(f"Enum.slide/3 does not accept ranges with custom steps, got: {inspect(range_or_index)}")
    else:
        first = last = require_integer(range_or_index, "slide", enumerable, range_or_index, insertion_index)
    first, last, target = (place + len(items) if place < 0 else place for place in (first, last, insertion_index))
    if first > last or target == first:
        return from_pylist(items)
    if first < target <= last:
        raise argument_error(
            "insertion index for slide must be outside the range being moved "
            f"(tried to insert {first}..{last} at {insertion_index})"
        )
    moved = items[first : last + 1]
    if target < first:
        return from_pylist(items[:target] + moved + items[target:first] + items[last + 1 :])
    return from_pylist(items[:first] + items[last + 1 : target + 1] + moved + items[target + 1 :])


@module.function
def reverse_slice(enumerable: Any, start_index: Any, count: Any) -> Any:
    """Return the elements with `count` of them from an index on reversed.

        iex> Enum.reverse_slice([1, 2, 3, 4, 5], 1, 3)
        [1, 4, 3, 2, 5]
    """
    require_integer(start_index, "reverse_slice", enumerable, start_index, count, least=0)
    require_integer(count, "reverse_slice", enumerable, start_index, count, least=0)
    items = folded(enumerable)
    end = start_index + count
    return from_pylist(items[:start_index] + items[start_index:end][::-1] + items[end:])
