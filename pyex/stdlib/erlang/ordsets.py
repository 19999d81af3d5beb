""":ordsets: sets as sorted lists."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs.sets import define
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, from_pylist, is_proper, to_pylist
from pyex.terms.order import equals, less, sort_terms

module = NativeModule(":ordsets", doc="Sets of terms as sorted lists.")


def _make(items: Iterable[Any]) -> Any:
    kept: list[Any] = []
    for item in sort_terms(items):
        if not kept or not equals(kept[-1], item):
            kept.append(item)
    return from_pylist(kept)


def _elements(given: Any) -> list[Any]:
    if not is_proper(given):
        raise function_clause(atom("ordsets"), "size", (given,))
    return to_pylist(given)


define(module, _make, _elements)


@module.function
def new() -> Any:
    """Return the empty set.

    iex> :ordsets.from_list([3, 1, 3])
    [1, 3]
    iex> :ordsets.union([1, 3], [2])
    [1, 2, 3]
    """
    return EMPTY


@module.function
def is_set(term: Any) -> Any:
    """Tell whether a term is a sorted list without repetitions.

    iex> :ordsets.is_set([2, 1])
    false
    """
    if not is_proper(term):
        return False
    items = to_pylist(term)
    return all(less(a, b) for a, b in pairwise(items))
