"""Range: `first..last//step`, both ends included."""

from __future__ import annotations

import math
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import RANGE, python_range
from pyex.stdlib.elixir.io_warnings import first_time, warn_of_call
from pyex.terms.atoms import atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map

Numbers = range

module = NativeModule("Range", doc="Ranges of integers, both ends included.")
module.struct({"first": None, "last": None, "step": None}, enforce=("first", "last", "step"))

FIRST: Final = atom("first")
LAST: Final = atom("last")
STEP: Final = atom("step")


def make(first: int, last: int, step: int) -> Map:
    """Return the range struct."""
    return Map({_STRUCT: RANGE, FIRST: first, LAST: last, STEP: step})


_STRUCT: Final = atom("__struct__")


@module.function
def new(first: Any, last: Any) -> Any:
    """Return the range from first to last, downwards when last is smaller.

        iex> Range.new(1, 3)
        1..3
    """
    if type(first) is not int or type(last) is not int:
        raise argument_error(
            f"ranges (first..last) expect both sides to be integers, got: {inspect(first)}..{inspect(last)}"
        )
    if first <= last:
        return make(first, last, 1)
    if first_time("Range.new/2"):
        warn_of_call(
            "Range.new/2 and first..last default to a step of -1 when last < first. Use Range.new(first, last, -1) or "
            "first..last//-1, or pass 1 if that was your intention"
        )
    return make(first, last, -1)


@module.function("new", arity=3)
def new_step(first: Any, last: Any, step: Any) -> Any:
    """Return the range with a step, which is not 0.

        iex> Range.new(1, 7, 3)
        1..7//3
    """
    if type(first) is not int or type(last) is not int or type(step) is not int or step == 0:
        raise argument_error(
            "ranges (first..last//step) expect both sides to be integers and the step to be a non-zero integer, "
            f"got: {inspect(first)}..{inspect(last)}//{inspect(step)}"
        )
    return make(first, last, step)


def _range(value: Any, name: str, *args: Any) -> range:
    if type(value) is not Map or value.struct is not RANGE:
        raise function_clause(RANGE, name, args or (value,))
    return python_range(value)


@module.function
def size(range: Any) -> int:
    """Return the number of integers in a range.

        iex> Range.size(1..10//3)
        4
    """
    return len(_range(range, "size"))


@module.function
def shift(range: Any, steps: Any) -> Any:
    """Move both ends by a number of steps.

        iex> Range.shift(0..10, 5)
        5..15
    """
    _range(range, "shift", range, steps)
    if type(steps) is not int:
        raise function_clause(RANGE, "shift", (range, steps))
    moved = steps * range[STEP]
    return make(range[FIRST] + moved, range[LAST] + moved, range[STEP])


@module.function("disjoint?")
def disjoint(range1: Any, range2: Any) -> bool:
    """Tell whether two ranges have no integer in common.

        iex> Range.disjoint?(1..5, 6..9)
        true
    """
    first, second = _range(range1, "disjoint?", range1, range2), _range(range2, "disjoint?", range1, range2)
    return not first or not second or _meeting(first, second) is None


def _meeting(first: Numbers, second: Numbers) -> int | None:
    """Return the smallest integer that two ranges have in common, by the Chinese remainder theorem, or None."""
    step, other = abs(first.step), abs(second.step)
    common = math.gcd(step, other)
    between = second[0] - first[0]
    if between % common:
        return None
    steps = between // common * pow(step // common, -1, other // common) % (other // common)
    low = max(min(first[0], first[-1]), min(second[0], second[-1]))
    high = min(max(first[0], first[-1]), max(second[0], second[-1]))
    met = low + (first[0] + step * steps - low) % (step * other // common)
    return met if met <= high else None


@module.function
def split(range: Any, split: Any) -> Any:
    """Return the range of the first `split` integers (from the end when negative) and the rest.

        iex> Range.split(1..5, 2)
        {1..2, 3..5}
    """
    numbers = _range(range, "split", range, split)
    if type(split) is not int:
        raise function_clause(RANGE, "split", (range, split))
    first, last, step = range[FIRST], range[LAST], range[STEP]
    if not numbers:
        return make(first, first - step, step), make(last + step, last, step)
    count = split if split >= 0 else max(len(numbers) + split, 0)
    border = first + min(count, len(numbers)) * step
    return make(first, border - step, step), make(border, last, step)


@module.function
def to_list(range: Any) -> Any:
    """Return the integers of a range as a list.

        iex> Range.to_list(1..3)
        [1, 2, 3]
    """
    from pyex.terms.lists import from_pylist

    return from_pylist(list(_range(range, "to_list")))
