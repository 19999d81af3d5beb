"""Keyword: whole lists, made, merged and compared."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.enumerable import elements, folded
from pyex.stdlib.elixir.keyword.base import (
    ERROR,
    MODULE,
    OK,
    first_of,
    is_pair,
    module,
)
from pyex.stdlib.erlang.lists.keys import keyfind
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import ElixirError, argument_error, function_clause
from pyex.terms.functions import is_function, shown_as
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, split_tail
from pyex.terms.order import sort_key


@module.function("keyword?")
def is_keyword(term: Any) -> bool:
    """Tell whether a term is a keyword list.

        iex> Keyword.keyword?(a: 1)
        true
    """
    items, tail = split_tail(term)
    return tail is EMPTY and all(is_pair(item) for item in items)


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
    return _unique(folded(pairs), pairs)


@module.function("new", arity=2)
def new_with(pairs: Any, transform: Any) -> Any:
    """Return the keyword list of the pairs that `transform` makes.

        iex> Keyword.new([:a, :b], fn x -> {x, x} end)
        [a: :a, b: :b]
    """
    if not is_function(transform, 1):
        raise function_clause(MODULE, "new", (pairs, transform))
    return _unique([transform(item) for item in folded(pairs)], pairs)


def _unique(items: list[Any], pairs: Any) -> Any:
    result: dict[Any, Any] = {}
    for item in reversed(items):
        if type(item) is not tuple or len(item) != 2:
            raise ElixirError((atom("badmatch"), item))
        if not is_atom(item[0]):
            raise function_clause(MODULE, "put_new", (from_pylist(list(result.values())[::-1]), *item))
        result.setdefault(item[0], item)
    return from_pylist(list(result.values())[::-1])


@module.function
def from_keys(keys: Any, value: Any) -> Any:
    """Return the keyword list from each key to the one value.

        iex> Keyword.from_keys([:a, :b], 0)
        [a: 0, b: 0]
    """
    if not isinstance(keys, List):
        raise function_clause(MODULE, "from_keys", (keys, value))
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
    """Tell whether two lists have the same entries, in any order.

        iex> Keyword.equal?([a: 1, b: 2], [b: 2, a: 1])
        true
    """
    for side in (left, right):
        if not isinstance(side, List):
            raise function_clause(MODULE, "equal?", (left, right))
    first, second = (sorted(elements(side), key=sort_key) for side in (left, right))
    return bool(from_pylist(first) == from_pylist(second))


@module.function
def validate(keywords: Any, values: Any) -> Any:
    """Return `{:ok, keywords with defaults}`, or `{:error, keys that are unknown or stand twice}`.

        iex> Keyword.validate([a: 1], [:a, b: 2])
        {:ok, [b: 2, a: 1]}
    """
    if not isinstance(keywords, List) or not isinstance(values, List):
        raise function_clause(MODULE, "validate", (keywords, values))
    known: dict[Any, Any] = {}
    for item in elements(values):
        if not is_atom(item) and not is_pair(item):
            text = f"expected the second argument to be a list of atoms or tuples, got: {inspect(item)}"
            raise argument_error(text)
        known[item[0] if type(item) is tuple else item] = item
    bad, present = [], set()
    given = elements(keywords)
    for item in given:
        if not is_pair(item):
            raise argument_error(f"expected a keyword list as first argument, got invalid entry: {inspect(item)}")
        if item[0] not in known or item[0] in present:
            bad.append(item[0])
        present.add(item[0])
    if bad:
        return ERROR, from_pylist(bad[::-1])
    defaults = [item for key, item in known.items() if type(item) is tuple and key not in present]
    return OK, from_pylist(defaults[::-1] + given)


@module.function("validate!")
def validate_bang(keywords: Any, values: Any) -> Any:
    """Return the keywords with defaults; raises ArgumentError for keys that are unknown or stand twice.

        iex> Keyword.validate!([], [a: 1])
        [a: 1]
    """
    tag, result = validate(keywords, values)
    if tag is OK:
        return result
    allowed = from_pylist([item[0] if type(item) is tuple else item for item in elements(values)])
    keys = from_pylist([key for key in elements(result) if key not in elements(allowed)])
    if keys is EMPTY:
        raise argument_error(f"duplicate keys {result!r} in {keywords!r}")
    raise argument_error(f"unknown keys {keys!r} in {keywords!r}, the allowed keys are: {allowed!r}")


@module.function
def merge(keywords1: Any, keywords2: Any) -> Any:
    """Return the first list without the keys of the second, and then the second.

        iex> Keyword.merge([a: 1, b: 2], [a: 3])
        [b: 2, a: 3]
    """
    first, second = _two(keywords1, keywords2, "merge", keywords1, keywords2)
    taken = {item[0] for item in second}
    return from_pylist([item for item in first if item[0] not in taken] + second)


def _two(keywords1: Any, keywords2: Any, name: str, *args: Any) -> tuple[list[Any], list[Any]]:
    """Return the pairs of the two keyword lists that a function takes."""
    for keywords in (keywords1, keywords2):
        if not isinstance(keywords, List):
            raise function_clause(MODULE, name, args)
    for keywords, which in ((keywords2, "second"), (keywords1, "first")):
        if not is_keyword(keywords):
            raise argument_error(f"expected a keyword list as the {which} argument, got: {keywords!r}")
    return elements(keywords1), elements(keywords2)


@module.function("merge", arity=3)
def merge_with(keywords1: Any, keywords2: Any, fun: Any) -> Any:
    """Merge; `fun` (key, value1, value2) decides where both have a key.

        iex> Keyword.merge([a: 1], [a: 2], fn _k, x, y -> x + y end)
        [a: 3]
    """
    if not is_function(fun, 3):
        raise function_clause(MODULE, "merge", (keywords1, keywords2, fun))
    first, second = _two(keywords1, keywords2, "merge", keywords1, keywords2, fun)
    left = list(first)
    merged = []
    for key, value in second:
        found = first_of(left, key)
        if found is None:
            merged.append((key, value))
        else:
            left.remove(found)
            merged.append((key, fun(key, found[1], value)))
    taken = {item[0] for item in second}
    return from_pylist([item for item in left if item[0] not in taken] + merged)


@module.function
def intersect(keywords1: Any, keywords2: Any) -> Any:
    """Return the keys that both lists have, with the values of the second.

        iex> Keyword.intersect([a: 1, b: 2], [b: 3])
        [b: 3]
    """
    return _shared(keywords1, keywords2, shown_as(lambda _key, _first, second: second, "2.6036798/3 in Keyword.intersect/2"))


@module.function("intersect", arity=3)
def intersect_with(keywords1: Any, keywords2: Any, fun: Any) -> Any:
    """Return the keys that both lists have, with the results of `fun` (key, value1, value2).

        iex> Keyword.intersect([a: 1], [a: 2], fn _k, x, y -> x + y end)
        [a: 3]
    """
    return _shared(keywords1, keywords2, fun)


def _shared(keywords1: Any, keywords2: Any, fun: Any) -> Any:
    first = elements(keywords1) if isinstance(keywords1, List) else [keywords1]
    shared = []
    for place, item in enumerate(first):
        if type(item) is not tuple or len(item) != 2:
            rest = from_pylist(first[place:]) if first[0] is not keywords1 else keywords1
            raise function_clause(MODULE, "intersect", (rest, keywords2, fun))
        key, value = item
        found = keyfind(key, 1, keywords2)
        if found is not False:
            other = found[1]
            shared.append((key, fun(key, value, other)))
    return from_pylist(shared)
