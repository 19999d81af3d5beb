"""Lists: cells that are made when somebody asks for them, and read as plain slots."""

from __future__ import annotations

import pytest

from pyex.runtime.process import Process
from pyex.terms.lists import EMPTY, LAZY, Cons, from_iterable, from_pylist, is_proper, split_tail, to_pylist
from pyex.terms.pids import Reference


def test_a_list_of_a_python_list_makes_its_cells_when_asked() -> None:
    cell = from_pylist([1, 2, 3])
    assert cell._tail is LAZY
    assert (cell.head, cell.tail.head, cell.tail.tail.head) == (1, 2, 3)
    assert cell._tail is not LAZY
    assert cell.tail.tail.tail is EMPTY


def test_a_long_list_is_walked_to_its_end_over_the_chunks() -> None:
    cell = from_pylist(list(range(1000)))
    walked = []
    while type(cell) is Cons:
        walked.append(cell.head)
        cell = cell.tail
    assert walked == list(range(1000))


def test_the_tail_of_a_lazy_list_gives_the_rest_of_its_python_list() -> None:
    tail = from_pylist(list(range(100))).tail
    assert to_pylist(tail) == list(range(1, 100))
    assert to_pylist(Cons(-1, tail)) == [-1, *range(1, 100)]


def test_an_improper_list_is_told_apart() -> None:
    improper = from_iterable([1, 2], 3)
    assert split_tail(improper) == ([1, 2], 3)
    assert not is_proper(improper)
    with pytest.raises(TypeError):
        to_pylist(improper)


@pytest.mark.parametrize("kind", [Cons, Process, Reference])
def test_what_is_read_often_has_no_getattr(kind: type) -> None:
    """CPython reads the attributes of a class that has one four times as slowly."""
    assert not hasattr(kind, "__getattr__")
