"""Keyword: whole lists, made, merged and compared."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.enumerable import elements
from pyex.stdlib.elixir.keyword.base import (
    ERROR,
    MODULE,
    OK,
    _find,
    _is_pair,
    module,
)
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, argument_error, function_clause
from pyex.terms.lists import EMPTY, List, from_pylist, split_tail
from pyex.terms.order import sort_key


@module.function("keyword?")
def is_keyword(term: Any) -> bool:
    """Tell whether a term is a keyword list.

        iex> Keyword.keyword?(a: 1)
        true
    """
    items, tail = split_tail(term)
    return tail is EMPTY and all(_is_pair(item) for item in items)


@module.function
def new() -> Any:
    """Return an empty keyword list.

        iex> Keyword.new()
        []
    """
    return EMPTY


@module.function("new", arity=1)
def new_from(pairs: Any) -> Any:
    """Return the keyword list of pairs; of equal keys only the last stays.

        iex> Keyword.new([{:b, 1}, {:a, 2}, {:b, 3}])
        [a: 2, b: 3]
    """
    return _unique(elements(pairs), pairs)


@module.function("new", arity=2)
def new_with(pairs: Any, transform: Any) -> Any:
    """Return the keyword list of the pairs that `transform` makes.

        iex> Keyword.new([:a, :b], fn x -> {x, x} end)
        [a: :a, b: :b]
    """
    return _unique([transform(item) for item in elements(pairs)], pairs)


def _unique(items: list[Any], pairs: Any) -> Any:
    result: dict[Any, Any] = {}
    for item in items:
        if not _is_pair(item):
            raise ElixirError((atom("badmatch"), item))
        result.pop(item[0], None)
        result[item[0]] = item
    return from_pylist(list(result.values()))


@module.function
def from_keys(keys: Any, value: Any) -> Any:
    """Return the keyword list from each key to the one value.

        iex> Keyword.from_keys([:a, :b], 0)
        [a: 0, b: 0]
    """
    return from_pylist([(key, value) for key in elements(keys)])


@module.function
def to_list(keywords: Any) -> Any:
    """Return the list itself.

        iex> Keyword.to_list(a: 1)
        [a: 1]
    """
    if not isinstance(keywords, List):
        raise function_clause(MODULE, "to_list", (keywords,))
    return keywords


@module.function("equal?")
def equal(left: Any, right: Any) -> bool:
    """Tell whether two lists have the same entries, in any order of different keys.

        iex> Keyword.equal?([a: 1, b: 2], [b: 2, a: 1])
        true
    """
    first, second = (sorted(elements(side), key=lambda item: sort_key(item[0])) for side in (left, right))
    return bool(from_pylist(first) == from_pylist(second))


@module.function
def validate(keywords: Any, values: Any) -> Any:
    """Return `{:ok, keywords with defaults}`, or `{:error, unknown keys}`.

        iex> Keyword.validate([a: 1], [:a, b: 2])
        {:ok, [b: 2, a: 1]}
    """
    given = elements(keywords)
    known = [item if type(item) is tuple else (item, _find) for item in elements(values)]
    names = [item[0] for item in known]
    unknown = [key for key, _ in given if key not in names]
    if unknown:
        return ERROR, from_pylist(unknown[::-1])
    present = {key for key, _ in given}
    defaults = [item for item in known if item[1] is not _find and item[0] not in present]
    return OK, from_pylist(defaults + given)


@module.function("validate!")
def validate_bang(keywords: Any, values: Any) -> Any:
    """Return the keywords with defaults; raises ArgumentError for unknown keys.

        iex> Keyword.validate!([], [a: 1])
        [a: 1]
    """
    tag, result = validate(keywords, values)
    if tag is OK:
        return result
    allowed = from_pylist([item[0] if type(item) is tuple else item for item in elements(values)])
    raise argument_error(f"unknown keys {result!r} in {keywords!r}, the allowed keys are: {allowed!r}")


@module.function
def merge(keywords1: Any, keywords2: Any) -> Any:
    """Return the first list without the keys of the second, and then the second.

        iex> Keyword.merge([a: 1, b: 2], [a: 3])
        [b: 2, a: 3]
    """
    for keywords in (keywords1, keywords2):
        if not is_keyword(keywords):
            which = "first" if keywords is keywords1 else "second"
            raise argument_error(f"expected a keyword list as the {which} argument, got: {keywords!r}")
    second = elements(keywords2)
    taken = {item[0] for item in second}
    return from_pylist([item for item in elements(keywords1) if item[0] not in taken] + second)


@module.function("merge", arity=3)
def merge_with(keywords1: Any, keywords2: Any, fun: Any) -> Any:
    """Merge; `fun` (key, value1, value2) decides where both have a key.

        iex> Keyword.merge([a: 1], [a: 2], fn _k, x, y -> x + y end)
        [a: 3]
    """
    first, second = elements(keywords1), elements(keywords2)
    taken = {item[0] for item in second}
    rest = [item for item in first if item[0] not in taken]
    merged = []
    for key, value in second:
        found = _find(first, key)
        merged.append((key, value if found is None else fun(key, found[1], value)))
    return from_pylist(rest + merged)


@module.function
def intersect(keywords1: Any, keywords2: Any) -> Any:
    """Return the keys that both lists have, with the values of the second.

        iex> Keyword.intersect([a: 1, b: 2], [b: 3])
        [b: 3]
    """
    return intersect_with(keywords1, keywords2, lambda _key, _first, second: second)


@module.function("intersect", arity=3)
def intersect_with(keywords1: Any, keywords2: Any, fun: Any) -> Any:
    """Return the keys that both lists have, with the results of `fun` (key, value1, value2).

        iex> Keyword.intersect([a: 1], [a: 2], fn _k, x, y -> x + y end)
        [a: 3]
    """
    second = elements(keywords2)
    found = [(key, value, _find(second, key)) for key, value in elements(keywords1)]
    return from_pylist([(key, fun(key, value, other[1])) for key, value, other in found if other is not None])
