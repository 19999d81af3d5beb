"""Loops of Enum over ranges, which they go through without a list of the numbers."""

from __future__ import annotations

import pytest

from pyex.code.native import call
from pyex.terms.inspect import inspect
from pyex.terms.maps import Map


def elixir_range(first: int, last: int, step: int) -> Map:
    """Return `first..last//step`."""
    made = call("Range", "new", first, last, step)
    assert type(made) is Map
    return made


@pytest.mark.parametrize(
    ("first", "last", "step"), [(1, 10, 1), (1, 10, 3), (10, 1, -2), (5, 1, 1), (-3, 3, 2), (7, 7, 1)]
)
def test_a_range_sums_as_its_numbers_do(first: int, last: int, step: int) -> None:
    numbers = elixir_range(first, last, step)
    assert call("Enum", "sum", numbers) == call("Enum", "sum", call("Enum", "to_list", numbers))


def test_what_a_loop_gives_of_a_range_is_a_list() -> None:
    numbers = elixir_range(1, 4, 1)
    assert inspect(call("Enum", "map", numbers, lambda x: x * x)) == "[1, 4, 9, 16]"
    assert inspect(call("Enum", "filter", numbers, lambda x: x > 2)) == "[3, 4]"
    assert inspect(call("Enum", "flat_map", numbers, lambda x: call("List", "duplicate", x, 2))) == (
        "[1, 1, 2, 2, 3, 3, 4, 4]"
    )
    assert call("Enum", "reduce", numbers, 0, lambda x, acc: acc * 10 + x) == 1234
