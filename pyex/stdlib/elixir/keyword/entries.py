"""Keyword: single entries."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.enumerable import elements
from pyex.stdlib.elixir.keyword.base import (
    ERROR,
    MODULE,
    OK,
    POP,
    first_of,
    is_pair,
    key_error,
    module,
    pairs_beside_function,
    pairs_beside_key,
    pairs_of,
    replaced,
)
from pyex.terms.errors import argument_error, bad_argument, elixir_error, function_clause
from pyex.terms.functions import is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, split_tail
from pyex.terms.maps import encode_key


@module.function
def get(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key, or the default.

        iex> Keyword.get([a: 1], :b, 0)
        0
    """
    found = first_of(pairs_beside_key(keywords, "get", keywords, key, default), key)
    return default if found is None else found[1]


@module.function
def get_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Return the first value of a key, or the result of `fun`.

        iex> Keyword.get_lazy([], :b, fn -> 7 end)
        7
    """
    if not is_function(fun, 0):
        raise function_clause(MODULE, "get_lazy", (keywords, key, fun))
    found = first_of(pairs_beside_key(keywords, "get_lazy", keywords, key, fun), key)
    return fun() if found is None else found[1]


@module.function
def fetch(keywords: Any, key: Any) -> Any:
    """Return `{:ok, value}` or `:error`.

        iex> Keyword.fetch([a: 1], :a)
        {:ok, 1}
    """
    found = first_of(pairs_beside_key(keywords, "fetch", keywords, key), key)
    return ERROR if found is None else (OK, found[1])


@module.function("fetch!")
def fetch_bang(keywords: Any, key: Any) -> Any:
    """Return the first value of a key; raises KeyError.

        iex> Keyword.fetch!([a: 1], :a)
        1
    """
    found = first_of(pairs_beside_key(keywords, "fetch!", keywords, key), key)
    if found is None:
        raise key_error(key, keywords)
    return found[1]


@module.function
def get_values(keywords: Any, key: Any) -> Any:
    """Return all values of a key.

        iex> Keyword.get_values([a: 1, b: 2, a: 3], :a)
        [1, 3]
    """
    return _values(pairs_beside_key(keywords, "get_values", keywords, key), key, "get_values")


def _values(items: list[Any], key: Any, name: str, *collected: Any) -> Any:
    """Return the values of a key; an element that is no pair fits no clause of the walk that Elixir makes."""
    for place, item in enumerate(items):
        if type(item) is not tuple or len(item) != 2:
            raise function_clause(MODULE, name, (from_pylist(items[place:]), key, *(collected or (EMPTY,))))
    return from_pylist([item[1] for item in items if item[0] is key])


@module.function
def keys(keywords: Any) -> Any:
    """Return all keys, repeated ones too.

        iex> Keyword.keys(a: 1, b: 2)
        [:a, :b]
    """
    items = pairs_of(keywords, "keys")
    for item in items:
        if not is_pair(item):
            words = "an entry in the list is not a two-element tuple with an atom as its first element"
            raise argument_error(f"expected a keyword list, but {words}, got: {inspect(item)}")
    return from_pylist([item[0] for item in items])


@module.function
def values(keywords: Any) -> Any:
    """Return all values.

        iex> Keyword.values(a: 1, b: 2)
        [1, 2]
    """
    items = pairs_of(keywords, "values")
    for item in items:
        if type(item) is not tuple or len(item) != 2:
            raise function_clause(MODULE, "-values/1-fun-0-", (item,))
    return from_pylist([item[1] for item in items])


@module.function("has_key?")
def has_key(keywords: Any, key: Any) -> bool:
    """Tell whether a key is there.

        iex> Keyword.has_key?([a: 1], :a)
        true
    """
    return first_of(pairs_beside_key(keywords, "has_key?", keywords, key), key) is not None


@module.function
def put(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key, in front; all its other entries go.

        iex> Keyword.put([a: 1, b: 2], :a, 3)
        [a: 3, b: 2]
    """
    return Cons((key, value), from_pylist([pair for pair in pairs_beside_key(keywords, "put", keywords, key, value) if pair[0] is not key]))


@module.function
def put_new(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key unless it is there already.

        iex> Keyword.put_new([a: 1], :b, 2)
        [b: 2, a: 1]
    """
    items = pairs_beside_key(keywords, "put_new", keywords, key, value)
    return Cons((key, value), keywords) if first_of(items, key) is None else keywords


@module.function
def put_new_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Set a key to the result of `fun` unless it is there already.

        iex> Keyword.put_new_lazy([], :a, fn -> 1 end)
        [a: 1]
    """
    if not is_function(fun, 0):
        raise function_clause(MODULE, "put_new_lazy", (keywords, key, fun))
    items = pairs_beside_key(keywords, "put_new_lazy", keywords, key, fun)
    return Cons((key, fun()), keywords) if first_of(items, key) is None else keywords


@module.function
def delete(keywords: Any, key: Any) -> Any:
    """Return the list without any entry of a key.

        iex> Keyword.delete([a: 1, b: 2, a: 3], :a)
        [b: 2]
    """
    items = pairs_beside_key(keywords, "delete", keywords, key)
    return from_pylist([item for item in items if item[0] is not key]) if first_of(items, key) else keywords


@module.function
def delete_first(keywords: Any, key: Any) -> Any:
    """Return the list without the first entry of a key.

        iex> Keyword.delete_first([a: 1, b: 2, a: 3], :a)
        [b: 2, a: 3]
    """
    items = pairs_beside_key(keywords, "delete_first", keywords, key)
    for place, item in enumerate(items):
        if type(item) is not tuple or len(item) != 2:
            raise function_clause(MODULE, "delete_first_key", (from_pylist(items[place:]), key))
        if item[0] is key:
            return from_pylist(items[:place] + items[place + 1 :])
    return keywords


@module.function
def drop(keywords: Any, keys: Any) -> Any:
    """Return the list without the given keys.

        iex> Keyword.drop([a: 1, b: 2], [:a])
        [b: 2]
    """
    return _parted(keywords, keys, "drop")[1]


@module.function
def take(keywords: Any, keys: Any) -> Any:
    """Return only the entries of the given keys.

        iex> Keyword.take([a: 1, b: 2], [:a])
        [a: 1]
    """
    return _parted(keywords, keys, "take")[0]


@module.function
def split(keywords: Any, keys: Any) -> Any:
    """Return the entries of the given keys, and the others.

        iex> Keyword.split([a: 1, b: 2], [:a])
        {[a: 1], [b: 2]}
    """
    return _parted(keywords, keys, "split")


def _parted(keywords: Any, keys: Any, name: str) -> tuple[Any, Any]:
    if not isinstance(keys, List):
        raise function_clause(MODULE, name, (keywords, keys))
    chosen, tail = split_tail(keys)
    if tail is not EMPTY:
        raise bad_argument("lists", "member", (MODULE, keys), a2="not a proper list")
    wanted = {encode_key(key) for key in chosen}
    items = pairs_of(keywords, name, keywords, keys)
    return from_pylist([i for i in items if i[0] in wanted]), from_pylist([i for i in items if i[0] not in wanted])


@module.function
def split_with(keywords: Any, fun: Any) -> Any:
    """Return the entries for which `fun` (of a pair) is truthy, and the others.

        iex> Keyword.split_with([a: 1, b: 2], fn {_, v} -> v > 1 end)
        {[b: 2], [a: 1]}
    """
    return _divided(keywords, fun, "split_with")


def _divided(keywords: Any, fun: Any, name: str) -> tuple[Any, Any]:
    yes: list[Any] = []
    no: list[Any] = []
    for item in pairs_beside_function(keywords, fun, 1, name, keywords, fun):
        answer = fun(item)
        (no if answer is None or answer is False else yes).append(item)
    return from_pylist(yes), from_pylist(no)


@module.function
def filter(keywords: Any, fun: Any) -> Any:
    """Return the entries for which `fun` (of a pair) is truthy.

        iex> Keyword.filter([a: 1, b: 2], fn {_, v} -> v > 1 end)
        [b: 2]
    """
    return _divided(keywords, fun, "filter")[0]


@module.function
def reject(keywords: Any, fun: Any) -> Any:
    """Return the entries for which `fun` (of a pair) is not truthy.

        iex> Keyword.reject([a: 1, b: 2], fn {_, v} -> v > 1 end)
        [a: 1]
    """
    return _divided(keywords, fun, "reject")[1]


@module.function
def update(keywords: Any, key: Any, default: Any, fun: Any) -> Any:
    """Set the first entry of a key to `fun` of its value (others of it go), or append the default.

        iex> Keyword.update([a: 1], :a, 0, fn x -> x + 1 end)
        [a: 2]
    """
    items = pairs_beside_key(keywords, "update", keywords, key, default, fun)
    return replaced(items, key, fun) if first_of(items, key) else from_pylist([*items, (key, default)])


@module.function("update!")
def update_bang(keywords: Any, key: Any, fun: Any) -> Any:
    """Set the first entry of a key to `fun` of its value; raises KeyError.

        iex> Keyword.update!([a: 1], :a, fn x -> x + 1 end)
        [a: 2]
    """
    items = pairs_beside_key(keywords, "update!", keywords, key, fun)
    if first_of(items, key) is None:
        raise key_error(key, keywords)
    return replaced(items, key, fun)


@module.function
def replace(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key only if it is there.

        iex> Keyword.replace([a: 1], :b, 2)
        [a: 1]
    """
    items = pairs_beside_key(keywords, "replace", keywords, key, value)
    return replaced(items, key, lambda _old: value) if first_of(items, key) else keywords


@module.function("replace!")
def replace_bang(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key that must be there; raises KeyError.

        iex> Keyword.replace!([a: 1], :a, 2)
        [a: 2]
    """
    items = pairs_beside_key(keywords, "replace!", keywords, key, value)
    if first_of(items, key) is None:
        raise key_error(key, keywords)
    return replaced(items, key, lambda _old: value)


@module.function
def replace_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Set a key to `fun` of its value, only if it is there.

        iex> Keyword.replace_lazy([a: 1], :a, fn x -> x * 4 end)
        [a: 4]
    """
    if not is_function(fun, 1):
        raise function_clause(MODULE, "replace_lazy", (keywords, key, fun))
    items = pairs_beside_key(keywords, "replace_lazy", keywords, key, fun)
    return replaced(items, key, fun) if first_of(items, key) else keywords


@module.function
def pop(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key (or the default), and the list without the key.

        iex> Keyword.pop([a: 1, b: 2], :a)
        {1, [b: 2]}
    """
    found = first_of(pairs_beside_key(keywords, "pop", keywords, key, default), key)
    return (default, keywords) if found is None else (found[1], delete(keywords, key))


@module.function("pop!")
def pop_bang(keywords: Any, key: Any) -> Any:
    """Return the first value of a key, and the list without the key; raises KeyError.

        iex> Keyword.pop!([a: 1], :a)
        {1, []}
    """
    found = first_of(pairs_beside_key(keywords, "pop!", keywords, key), key)
    if found is None:
        raise key_error(key, keywords)
    return found[1], delete(keywords, key)


@module.function
def pop_first(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key (or the default), and the list without that entry.

        iex> Keyword.pop_first([a: 1, a: 2], :a)
        {1, [a: 2]}
    """
    found = first_of(pairs_beside_key(keywords, "pop_first", keywords, key, default), key)
    if found is None:
        return default, keywords
    items = list(elements(keywords))
    items.remove(found)
    return found[1], from_pylist(items)


@module.function
def pop_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Return the first value of a key (or the result of `fun`), and the list without the key.

        iex> Keyword.pop_lazy([], :a, fn -> 0 end)
        {0, []}
    """
    if not is_function(fun, 0):
        raise function_clause(MODULE, "pop_lazy", (keywords, key, fun))
    found = first_of(pairs_beside_key(keywords, "pop_lazy", keywords, key, fun), key)
    return (fun(), keywords) if found is None else (found[1], delete(keywords, key))


@module.function
def pop_values(keywords: Any, key: Any) -> Any:
    """Return all values of a key, and the list without the key.

        iex> Keyword.pop_values([a: 1, b: 2, a: 3], :a)
        {[1, 3], [b: 2]}
    """
    items = pairs_beside_key(keywords, "pop_values", keywords, key)
    return _values(items, key, "pop_values", EMPTY, EMPTY), delete(keywords, key)


@module.function
def get_and_update(keywords: Any, key: Any, fun: Any) -> Any:
    """Return what `fun` (of the value) answers first, and the list with what it answers second; `:pop` deletes.

        iex> Keyword.get_and_update([a: 1], :a, fn x -> {x, x + 1} end)
        {1, [a: 2]}
    """
    found = first_of(pairs_beside_key(keywords, "get_and_update", keywords, key, fun), key)
    return _answered(keywords, key, fun(None if found is None else found[1]))


@module.function("get_and_update!")
def get_and_update_bang(keywords: Any, key: Any, fun: Any) -> Any:
    """As `get_and_update/3`; raises KeyError when the key is not there.

        iex> Keyword.get_and_update!([a: 1], :a, fn _ -> :pop end)
        {1, []}
    """
    items = pairs_beside_key(keywords, "get_and_update!", keywords, key, fun)
    found = first_of(items, key)
    if found is None:
        raise key_error(key, keywords)
    answer = fun(found[1])
    kept = keywords if answer is POP else from_pylist([item for item in items if item is found or item[0] is not key])
    return _answered(kept, key, answer)


def _answered(keywords: Any, key: Any, answer: Any) -> Any:
    if answer is POP:
        return get(keywords, key), delete_first(keywords, key)
    if type(answer) is tuple and len(answer) == 2:
        entry = (key, answer[1])
        items = list(elements(keywords))
        for place, item in enumerate(items):
            if item[0] is key:
                items[place] = entry
                return answer[0], from_pylist(items)
        return answer[0], Cons(entry, keywords)
    text = f"the given function must return a two-element tuple or :pop, got: {inspect(answer)}"
    raise elixir_error("RuntimeError", message=text)
