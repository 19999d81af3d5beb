""":sets: sets as maps whose keys are the elements, what `version: 2` asks Erlang for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs.sets import define
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, to_pylist
from pyex.terms.maps import Map

module = NativeModule(":sets", doc="Sets of terms.")


def _make(items: Iterable[Any]) -> Any:
    return Map.from_pairs([(item, EMPTY) for item in items])


def _elements(given: Any) -> list[Any]:
    if type(given) is not Map:
        raise function_clause(atom("sets"), "size", (given,))
    return [key for key, _ in given.pairs()]


define(module, _make, _elements)


@module.function("new", arity=(0, 1))
def new(options: Any = EMPTY) -> Any:
    """Return the empty set.

    iex> :sets.to_list(:sets.add_element(1, :sets.new()))
    [1]
    """
    return Map()


@module.function("from_list", arity=2)
def from_list_with(list: Any, options: Any) -> Any:
    """Return the set of a list's elements."""
    return _make(to_pylist(list))


@module.function
def is_set(term: Any) -> Any:
    """Tell whether a term looks like a set."""
    return type(term) is Map and all(value is EMPTY for value in term.values())
