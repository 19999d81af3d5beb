"""Keyword: single entries."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.enumerable import elements
from pyex.stdlib.elixir.keyword.base import (
    ERROR,
    OK,
    POP,
    _find,
    _is_pair,
    _items,
    _key_error,
    _keyed,
    _replaced,
    module,
)
from pyex.terms.errors import argument_error, elixir_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, from_pylist


@module.function
def get(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key, or the default.

        iex> Keyword.get([a: 1], :b, 0)
        0
    """
    found = _find(_keyed(keywords, "get", keywords, key, default), key)
    return default if found is None else found[1]


@module.function
def get_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Return the first value of a key, or the result of `fun`.

        iex> Keyword.get_lazy([], :b, fn -> 7 end)
        7
    """
    found = _find(_keyed(keywords, "get_lazy", keywords, key, fun), key)
    return fun() if found is None else found[1]


@module.function
def fetch(keywords: Any, key: Any) -> Any:
    """Return `{:ok, value}` or `:error`.

        iex> Keyword.fetch([a: 1], :a)
        {:ok, 1}
    """
    found = _find(_keyed(keywords, "fetch", keywords, key), key)
    return ERROR if found is None else (OK, found[1])


@module.function("fetch!")
def fetch_bang(keywords: Any, key: Any) -> Any:
    """Return the first value of a key; raises KeyError.

        iex> Keyword.fetch!([a: 1], :a)
        1
    """
    found = _find(_keyed(keywords, "fetch!", keywords, key), key)
    if found is None:
        raise _key_error(key, keywords)
    return found[1]


@module.function
def get_values(keywords: Any, key: Any) -> Any:
    """Return all values of a key.

        iex> Keyword.get_values([a: 1, b: 2, a: 3], :a)
        [1, 3]
    """
    return from_pylist([item[1] for item in _keyed(keywords, "get_values", keywords, key) if item[0] is key])


@module.function
def keys(keywords: Any) -> Any:
    """Return all keys, repeated ones too.

        iex> Keyword.keys(a: 1, b: 2)
        [:a, :b]
    """
    return from_pylist([item[0] for item in _checked(keywords)])


@module.function
def values(keywords: Any) -> Any:
    """Return all values.

        iex> Keyword.values(a: 1, b: 2)
        [1, 2]
    """
    return from_pylist([item[1] for item in _checked(keywords)])


def _checked(keywords: Any) -> list[Any]:
    items = _items(keywords, "keys")
    for item in items:
        if not _is_pair(item):
            words = "an entry in the list is not a two-element tuple with an atom as its first element"
            raise argument_error(f"expected a keyword list, but {words}, got: {inspect(item)}")
    return items


@module.function("has_key?")
def has_key(keywords: Any, key: Any) -> bool:
    """Tell whether a key is there.

        iex> Keyword.has_key?([a: 1], :a)
        true
    """
    return _find(_keyed(keywords, "has_key?", keywords, key), key) is not None


@module.function
def put(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key, in front; all its other entries go.

        iex> Keyword.put([a: 1, b: 2], :a, 3)
        [a: 3, b: 2]
    """
    return Cons((key, value), from_pylist([pair for pair in _keyed(keywords, "put", keywords, key, value) if pair[0] is not key]))


@module.function
def put_new(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key unless it is there already.

        iex> Keyword.put_new([a: 1], :b, 2)
        [b: 2, a: 1]
    """
    return keywords if has_key(keywords, key) else Cons((key, value), keywords)


@module.function
def put_new_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Set a key to the result of `fun` unless it is there already.

        iex> Keyword.put_new_lazy([], :a, fn -> 1 end)
        [a: 1]
    """
    return keywords if has_key(keywords, key) else Cons((key, fun()), keywords)


@module.function
def delete(keywords: Any, key: Any) -> Any:
    """Return the list without any entry of a key.

        iex> Keyword.delete([a: 1, b: 2, a: 3], :a)
        [b: 2]
    """
    items = _keyed(keywords, "delete", keywords, key)
    return from_pylist([item for item in items if item[0] is not key]) if _find(items, key) else keywords


@module.function
def delete_first(keywords: Any, key: Any) -> Any:
    """Return the list without the first entry of a key.

        iex> Keyword.delete_first([a: 1, b: 2, a: 3], :a)
        [b: 2, a: 3]
    """
    items = _keyed(keywords, "delete_first", keywords, key)
    for place, item in enumerate(items):
        if item[0] is key:
            return from_pylist(items[:place] + items[place + 1 :])
    return keywords


@module.function
def drop(keywords: Any, keys: Any) -> Any:
    """Return the list without the given keys.

        iex> Keyword.drop([a: 1, b: 2], [:a])
        [b: 2]
    """
    return split(keywords, keys)[1]


@module.function
def take(keywords: Any, keys: Any) -> Any:
    """Return only the entries of the given keys.

        iex> Keyword.take([a: 1, b: 2], [:a])
        [a: 1]
    """
    return split(keywords, keys)[0]


@module.function
def split(keywords: Any, keys: Any) -> Any:
    """Return the entries of the given keys, and the others.

        iex> Keyword.split([a: 1, b: 2], [:a])
        {[a: 1], [b: 2]}
    """
    wanted = set(elements(keys))
    items = _items(keywords, "split", keywords, keys)
    return from_pylist([i for i in items if i[0] in wanted]), from_pylist([i for i in items if i[0] not in wanted])


@module.function
def split_with(keywords: Any, fun: Any) -> Any:
    """Return the entries for which `fun` (of a pair) is truthy, and the others.

        iex> Keyword.split_with([a: 1, b: 2], fn {_, v} -> v > 1 end)
        {[b: 2], [a: 1]}
    """
    yes: list[Any] = []
    no: list[Any] = []
    for item in _items(keywords, "split_with", keywords, fun):
        answer = fun(item)
        (no if answer is None or answer is False else yes).append(item)
    return from_pylist(yes), from_pylist(no)


@module.function
def filter(keywords: Any, fun: Any) -> Any:
    """Return the entries for which `fun` (of a pair) is truthy.

        iex> Keyword.filter([a: 1, b: 2], fn {_, v} -> v > 1 end)
        [b: 2]
    """
    return split_with(keywords, fun)[0]


@module.function
def reject(keywords: Any, fun: Any) -> Any:
    """Return the entries for which `fun` (of a pair) is not truthy.

        iex> Keyword.reject([a: 1, b: 2], fn {_, v} -> v > 1 end)
        [a: 1]
    """
    return split_with(keywords, fun)[1]


@module.function
def update(keywords: Any, key: Any, default: Any, fun: Any) -> Any:
    """Set the first entry of a key to `fun` of its value (others of it go), or append the default.

        iex> Keyword.update([a: 1], :a, 0, fn x -> x + 1 end)
        [a: 2]
    """
    items = _keyed(keywords, "update", keywords, key, default, fun)
    return _replaced(items, key, fun) if _find(items, key) else from_pylist([*items, (key, default)])


@module.function("update!")
def update_bang(keywords: Any, key: Any, fun: Any) -> Any:
    """Set the first entry of a key to `fun` of its value; raises KeyError.

        iex> Keyword.update!([a: 1], :a, fn x -> x + 1 end)
        [a: 2]
    """
    items = _keyed(keywords, "update!", keywords, key, fun)
    if _find(items, key) is None:
        raise _key_error(key, keywords)
    return _replaced(items, key, fun)


@module.function
def replace(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key only if it is there.

        iex> Keyword.replace([a: 1], :b, 2)
        [a: 1]
    """
    items = _keyed(keywords, "replace", keywords, key, value)
    return _replaced(items, key, lambda _old: value) if _find(items, key) else keywords


@module.function("replace!")
def replace_bang(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key that must be there; raises KeyError.

        iex> Keyword.replace!([a: 1], :a, 2)
        [a: 2]
    """
    return update_bang(keywords, key, lambda _old: value)


@module.function
def replace_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Set a key to `fun` of its value, only if it is there.

        iex> Keyword.replace_lazy([a: 1], :a, fn x -> x * 4 end)
        [a: 4]
    """
    items = _keyed(keywords, "replace_lazy", keywords, key, fun)
    return _replaced(items, key, fun) if _find(items, key) else keywords


@module.function
def pop(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key (or the default), and the list without the key.

        iex> Keyword.pop([a: 1, b: 2], :a)
        {1, [b: 2]}
    """
    return get(keywords, key, default), delete(keywords, key)


@module.function("pop!")
def pop_bang(keywords: Any, key: Any) -> Any:
    """Return the first value of a key, and the list without the key; raises KeyError.

        iex> Keyword.pop!([a: 1], :a)
        {1, []}
    """
    return fetch_bang(keywords, key), delete(keywords, key)


@module.function
def pop_first(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key (or the default), and the list without that entry.

        iex> Keyword.pop_first([a: 1, a: 2], :a)
        {1, [a: 2]}
    """
    return get(keywords, key, default), delete_first(keywords, key)


@module.function
def pop_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Return the first value of a key (or the result of `fun`), and the list without the key.

        iex> Keyword.pop_lazy([], :a, fn -> 0 end)
        {0, []}
    """
    return get_lazy(keywords, key, fun), delete(keywords, key)


@module.function
def pop_values(keywords: Any, key: Any) -> Any:
    """Return all values of a key, and the list without the key.

        iex> Keyword.pop_values([a: 1, b: 2, a: 3], :a)
        {[1, 3], [b: 2]}
    """
    return get_values(keywords, key), delete(keywords, key)


@module.function
def get_and_update(keywords: Any, key: Any, fun: Any) -> Any:
    """Return what `fun` (of the value) answers first, and the list with what it answers second; `:pop` deletes.

        iex> Keyword.get_and_update([a: 1], :a, fn x -> {x, x + 1} end)
        {1, [a: 2]}
    """
    return _answered(keywords, key, fun(get(keywords, key)))


@module.function("get_and_update!")
def get_and_update_bang(keywords: Any, key: Any, fun: Any) -> Any:
    """As `get_and_update/3`; raises KeyError when the key is not there.

        iex> Keyword.get_and_update!([a: 1], :a, fn _ -> :pop end)
        {1, []}
    """
    return _answered(keywords, key, fun(fetch_bang(keywords, key)))


def _answered(keywords: Any, key: Any, answer: Any) -> Any:
    if answer is POP:
        return get(keywords, key), delete(keywords, key)
    if type(answer) is tuple and len(answer) == 2:
        items = elements(keywords)
        if _find(items, key) is None:
            return answer[0], Cons((key, answer[1]), keywords)
        return answer[0], _replaced(items, key, lambda _old: answer[1])
    text = f"the given function must return a two-element tuple or :pop, got: {inspect(answer)}"
    raise elixir_error("RuntimeError", message=text)
