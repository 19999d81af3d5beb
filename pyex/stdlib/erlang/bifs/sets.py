"""What :sets, :gb_sets and :ordsets have in common: the union and the intersection of a list of sets."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, is_proper, to_pylist

Both = Callable[[Any, Any], Any]


def called(fun: Any, arity: int, module: NativeModule, name: str, *args: Any) -> None:
    """Raise what a module raises for an argument that is no function of an arity."""
    if not is_function(fun, arity):
        raise function_clause(module.name, name, args)


def define_folds(module: NativeModule, new: Callable[[], Any], union: Both, intersection: Both) -> None:
    """Give a module `union/1` and `intersection/1`, made of those of two sets."""

    @module.function("union", arity=1)
    def union_of_all(sets: Any) -> Any:
        """Return the elements of any of the sets.

        iex> :sets.size(:sets.union([:sets.from_list([1]), :sets.from_list([2])]))
        2
        """
        if not is_proper(sets):
            raise function_clause(module.name, "union", (sets,))
        return reduce(union, to_pylist(sets)) if sets is not EMPTY else new()

    _name(module, "union")
    define_intersection(module, intersection)


def _name(module: NativeModule, function: str) -> None:
    module.docs[function, 1] = module.docs[function, 1].replace(":sets", f":{module.name.name}")


def define_intersection(module: NativeModule, intersection: Both) -> None:
    """Give a module `intersection/1`, made of the one of two sets."""

    @module.function("intersection", arity=1)
    def intersection_of_all(sets: Any) -> Any:
        """Return the elements that all sets share.

        iex> :sets.to_list(:sets.intersection([:sets.from_list([1])]))
        [1]
        """
        if not is_proper(sets) or sets is EMPTY:
            raise function_clause(module.name, "intersection", (sets,))
        return reduce(intersection, to_pylist(sets))

    _name(module, "intersection")
