"""What :sets and :ordsets have in common: the same functions on two ways of holding elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.lists import from_pylist, to_pylist
from pyex.terms.maps import encode_key

Make = Callable[[Iterable[Any]], Any]
Elements = Callable[[Any], list[Any]]


def _keys(items: Iterable[Any]) -> set[Any]:
    return {encode_key(item) for item in items}


def define(module: NativeModule, make: Make, elements: Elements) -> None:
    """Give a module the functions of sets: `make` builds a set of elements, `elements` returns those of one."""
    functions: dict[str, Callable[..., Any]] = {
        "from_list": lambda list_: make(to_pylist(list_)),
        "to_list": lambda set_: from_pylist(elements(set_)),
        "size": lambda set_: len(elements(set_)),
        "is_empty": lambda set_: not elements(set_),
        "is_element": lambda element, set_: encode_key(element) in _keys(elements(set_)),
        "add_element": lambda element, set_: make([*elements(set_), element]),
        "del_element": lambda element, set_: _without(make, elements(set_), [element]),
        "subtract": lambda set1, set2: _without(make, elements(set1), elements(set2)),
        "is_equal": lambda set1, set2: _keys(elements(set1)) == _keys(elements(set2)),
        "is_subset": lambda set1, set2: _keys(elements(set1)) <= _keys(elements(set2)),
        "is_disjoint": lambda set1, set2: not _keys(elements(set1)) & _keys(elements(set2)),
        "map": lambda fun, set_: make([fun(item) for item in elements(set_)]),
        "filter": lambda pred, set_: make([item for item in elements(set_) if pred(item) is True]),
        "filtermap": lambda fun, set_: make(_filtermapped(fun, elements(set_))),
    }
    for name, function in functions.items():
        function.__doc__ = _TEXTS[name]
        module.function(name)(function)
    _define_folds(module, make, elements)


def _define_folds(module: NativeModule, make: Make, elements: Elements) -> None:
    @module.function
    def fold(function: Any, acc: Any, set_: Any) -> Any:
        """Fold the elements: the function takes an element and the accumulator."""
        for item in elements(set_):
            acc = function(item, acc)
        return acc

    @module.function("union", arity=2)
    def union(set1: Any, set2: Any) -> Any:
        """Return the elements of either set."""
        return make([*elements(set1), *elements(set2)])

    @module.function("union", arity=1)
    def union_of_all(sets: Any) -> Any:
        """Return the elements of any of the sets."""
        return make([item for one in to_pylist(sets) for item in elements(one)])

    @module.function("intersection", arity=2)
    def intersection(set1: Any, set2: Any) -> Any:
        """Return the elements of both sets."""
        others = _keys(elements(set2))
        return make([item for item in elements(set1) if encode_key(item) in others])

    @module.function("intersection", arity=1)
    def intersection_of_all(sets: Any) -> Any:
        """Return the elements that all sets share."""
        first, *rest = to_pylist(sets)
        for one in rest:
            first = intersection(first, one)
        return first


def _without(make: Make, items: list[Any], others: list[Any]) -> Any:
    gone = _keys(others)
    return make([item for item in items if encode_key(item) not in gone])


def _filtermapped(fun: Any, items: list[Any]) -> list[Any]:
    answers = [(item, fun(item)) for item in items]
    return [item if answer is True else answer[1] for item, answer in answers if answer is not False]


_TEXTS = {
    "from_list": "Return the set of a list's elements.",
    "to_list": "Return the elements as a list.",
    "size": "Return the number of elements.",
    "is_empty": "Tell whether a set has no elements.",
    "is_element": "Tell whether a set has an element.",
    "add_element": "Return the set with an element more.",
    "del_element": "Return the set without an element.",
    "subtract": "Return the elements of the first set that the second has not.",
    "is_equal": "Tell whether two sets have the same elements.",
    "is_subset": "Tell whether the second set has all elements of the first.",
    "is_disjoint": "Tell whether two sets share nothing.",
    "map": "Return the set of a function of each element.",
    "filter": "Return the elements for which a function is true.",
    "filtermap": "Filter and map at once: the function returns a boolean or `{true, element}`.",
}
