"""Enum: the functions that take a loop in the place of a function; `compiler.emit.loops` says which, and what they are handed."""

from __future__ import annotations

from itertools import count as count_from
from typing import Any, Final

from pyex.stdlib.elixir.enum import folding, mapping, ordering
from pyex.stdlib.elixir.enum.base import OK, empty_error, module
from pyex.stdlib.elixir.enumerable import MAP_SET, RANGE, elements, in_turn, iterate, python_range, walked
from pyex.terms.lists import EMPTY, Cons, from_pylist
from pyex.terms.maps import Map
from pyex.terms.rounds import FEEDS, Rounds, with_results


@module.loop("filter", 2)
@module.loop("flat_map", 2)
@module.loop("map", 2)
@module.loop("reject", 2)
def gathered(enumerable: Any, loop: Rounds) -> Any:
    """The results, the elements that they hold, or those that the loop keeps."""
    return from_pylist(loop(walked(enumerable)))


@module.loop("count", 2)
def count(enumerable: Any, loop: Rounds) -> int:
    """How many elements the loop keeps."""
    return len(loop(walked(enumerable)))


@module.loop("each", 2)
def each(enumerable: Any, loop: Rounds) -> Any:
    """Only the effects."""
    loop(in_turn(enumerable))
    return OK


@module.loop("reduce", 2)
def reduce(enumerable: Any, loop: Rounds) -> Any:
    """The fold from the first element on."""
    if type(enumerable) is Cons:
        first, *others = elements(enumerable)
        return loop(others, first)
    items = iterate(enumerable)
    try:
        first = next(items)
    except StopIteration:
        raise empty_error() from None
    return loop(items, first)


@module.loop("reduce", 3)
def reduce_from(enumerable: Any, acc: Any, loop: Rounds) -> Any:
    """The fold."""
    return loop(walked(enumerable), acc)


@module.loop("scan", 2)
def scan(enumerable: Any, loop: Rounds) -> Any:
    """All accumulators of the fold from the first element on, which is the first of them."""
    if type(enumerable) is Cons:
        first, *others = elements(enumerable)
        return from_pylist([first, *loop(others, first)])
    items = iterate(enumerable)
    for first in items:
        return from_pylist([first, *loop(items, first)])
    return from_pylist([])


@module.loop("scan", 3)
def scan_from(enumerable: Any, acc: Any, loop: Rounds) -> Any:
    """All accumulators of the fold."""
    return from_pylist(loop(walked(enumerable), acc))


@module.loop("find", 2)
def find(enumerable: Any, loop: Rounds) -> Any:
    """The element that the loop stopped at."""
    return find_or(enumerable, None, loop)


@module.loop("find", 3)
def find_or(enumerable: Any, default: Any, loop: Rounds) -> Any:
    """The element that the loop stopped at, or the default."""
    found = loop(iterate(enumerable))
    return default if found is None else found[0]


@module.loop("find_value", 2)
def find_value(enumerable: Any, loop: Rounds) -> Any:
    """The result that the loop stopped at."""
    return find_value_or(enumerable, None, loop)


@module.loop("find_value", 3)
def find_value_or(enumerable: Any, default: Any, loop: Rounds) -> Any:
    """The result that the loop stopped at, or the default."""
    found = loop(iterate(enumerable))
    return default if found is None else found[1]


@module.loop("any?", 2)
def any_(enumerable: Any, loop: Rounds) -> bool:
    """Whether the loop stopped."""
    return loop(iterate(enumerable)) is not None


@module.loop("all?", 2)
def all_(enumerable: Any, loop: Rounds) -> bool:
    """Whether the loop did not stop."""
    return loop(iterate(enumerable)) is None


@module.loop("split_with", 2)
def split_with(enumerable: Any, loop: Rounds) -> Any:
    """The elements with truthy results, and the others."""
    yes, no = loop(walked(enumerable))
    return from_pylist(yes), from_pylist(no)


module.loops |= {
    (name, arity): with_results(function)
    for name, arity, function in (
        ("dedup_by", 2, mapping.dedup_by),
        ("frequencies_by", 2, folding.frequencies_by),
        ("group_by", 2, folding.group_by),
        ("into", 3, mapping.into_with),
        ("map_join", 2, folding.map_join),
        ("map_join", 3, folding.map_join_with),
        ("max_by", 2, ordering.max_by),
        ("min_by", 2, ordering.min_by),
        ("product_by", 2, folding.product_by),
        ("sort_by", 2, ordering.sort_by),
        ("sum_by", 2, folding.sum_by),
        ("uniq_by", 2, mapping.uniq_by),
    )
}


def _ready(enumerable: Any) -> Any:
    """Return what zips a list, range or map; None of anything that runs code of the user's while it is walked."""
    kind = type(enumerable)
    if kind is Map:
        return python_range(enumerable) if enumerable.struct is RANGE else elements(enumerable) if enumerable.struct in _NATIVE else None
    return walked(enumerable) if kind is Cons or enumerable is EMPTY else None


_NATIVE: Final = (None, RANGE, MAP_SET)


def _fed_pairs(left: Any, right: Any) -> Any:
    first, second = _ready(left), _ready(right)
    return mapping.zip_two(left, right) if first is None or second is None else zip(first, second, strict=False)


def _fed_with_index(enumerable: Any, offset: Any = 0) -> Any:
    items = walked(enumerable) if _ready(enumerable) is not None else None
    if items is None or type(offset) is not int:
        return mapping.with_index(enumerable, offset)
    return zip(items, count_from(offset), strict=False)


FEEDS[mapping.zip_two] = _fed_pairs
FEEDS[mapping.with_index] = _fed_with_index
