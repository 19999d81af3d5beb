"""Keyword: lists of pairs whose first part is an atom; a key may stand more than once."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import alias, atom, is_atom
from pyex.terms.errors import ElixirError, argument_error, elixir_error, function_clause
from pyex.terms.lists import EMPTY, Cons, from_pylist, split_tail
from pyex.terms.order import sort_key

module = NativeModule("Keyword", doc="Functions on keyword lists: `[a: 1, b: 2]`.")

MODULE: Final = alias("Keyword")
OK: Final = atom("ok")
ERROR: Final = atom("error")
POP: Final = atom("pop")


def _items(keywords: Any, name: str, *args: Any) -> list[Any]:
    """Return the pairs of a keyword list; raises FunctionClauseError when the value is no list."""
    if type(keywords) is not Cons and keywords is not EMPTY:
        raise function_clause(MODULE, name, args or (keywords,))
    return split_tail(keywords)[0]


def _is_pair(item: Any) -> bool:
    return type(item) is tuple and len(item) == 2 and is_atom(item[0])


def _find(items: list[Any], key: Any) -> Any:
    for item in items:
        if item[0] is key:
            return item
    return None


def _key_error(key: Any, term: Any) -> ElixirError:
    return elixir_error("KeyError", key=key, term=term, message=None)


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
            raise function_clause(MODULE, "new", (pairs,))
        result.pop(item[0], None)
        result[item[0]] = item
    return from_pylist(list(result.values()))


@module.function
def get(keywords: Any, key: Any, default: Any = None) -> Any:
    """Return the first value of a key, or the default.

        iex> Keyword.get([a: 1], :b, 0)
        0
    """
    found = _find(_items(keywords, "get", keywords, key, default), key)
    return default if found is None else found[1]


@module.function
def get_lazy(keywords: Any, key: Any, fun: Any) -> Any:
    """Return the first value of a key, or the result of `fun`.

        iex> Keyword.get_lazy([], :b, fn -> 7 end)
        7
    """
    found = _find(_items(keywords, "get_lazy", keywords, key, fun), key)
    return fun() if found is None else found[1]


@module.function
def fetch(keywords: Any, key: Any) -> Any:
    """Return `{:ok, value}` or `:error`.

        iex> Keyword.fetch([a: 1], :a)
        {:ok, 1}
    """
    found = _find(_items(keywords, "fetch", keywords, key), key)
    return ERROR if found is None else (OK, found[1])


@module.function("fetch!")
def fetch_bang(keywords: Any, key: Any) -> Any:
    """Return the first value of a key; raises KeyError.

        iex> Keyword.fetch!([a: 1], :a)
        1
    """
    found = _find(_items(keywords, "fetch!", keywords, key), key)
    if found is None:
        raise _key_error(key, keywords)
    return found[1]


@module.function
def get_values(keywords: Any, key: Any) -> Any:
    """Return all values of a key.

        iex> Keyword.get_values([a: 1, b: 2, a: 3], :a)
        [1, 3]
    """
    return from_pylist([item[1] for item in _items(keywords, "get_values", keywords, key) if item[0] is key])


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
            raise argument_error(f"expected a keyword list, but an entry in the list is not a key-value pair: {item!r}")
    return items


@module.function("has_key?")
def has_key(keywords: Any, key: Any) -> bool:
    """Tell whether a key is there.

        iex> Keyword.has_key?([a: 1], :a)
        true
    """
    return _find(_items(keywords, "has_key?", keywords, key), key) is not None


@module.function
def put(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key, in front; all its other entries go.

        iex> Keyword.put([a: 1, b: 2], :a, 3)
        [a: 3, b: 2]
    """
    return Cons((key, value), delete(keywords, key))


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
    items = _items(keywords, "delete", keywords, key)
    return from_pylist([item for item in items if item[0] is not key]) if _find(items, key) else keywords


@module.function
def delete_first(keywords: Any, key: Any) -> Any:
    """Return the list without the first entry of a key.

        iex> Keyword.delete_first([a: 1, b: 2, a: 3], :a)
        [b: 2, a: 3]
    """
    items = _items(keywords, "delete_first", keywords, key)
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
def update(keywords: Any, key: Any, default: Any, fun: Any) -> Any:
    """Set the first entry of a key to `fun` of its value (others of it go), or append the default.

        iex> Keyword.update([a: 1], :a, 0, fn x -> x + 1 end)
        [a: 2]
    """
    items = _items(keywords, "update", keywords, key, default, fun)
    return _replaced(items, key, fun) if _find(items, key) else from_pylist([*items, (key, default)])


@module.function("update!")
def update_bang(keywords: Any, key: Any, fun: Any) -> Any:
    """Set the first entry of a key to `fun` of its value; raises KeyError.

        iex> Keyword.update!([a: 1], :a, fn x -> x + 1 end)
        [a: 2]
    """
    items = _items(keywords, "update!", keywords, key, fun)
    if _find(items, key) is None:
        raise _key_error(key, keywords)
    return _replaced(items, key, fun)


def _replaced(items: list[Any], key: Any, fun: Any) -> Any:
    result = []
    done = False
    for item in items:
        if item[0] is not key:
            result.append(item)
        elif not done:
            done = True
            result.append((key, fun(item[1])))
    return from_pylist(result)


@module.function
def replace(keywords: Any, key: Any, value: Any) -> Any:
    """Set a key only if it is there.

        iex> Keyword.replace([a: 1], :b, 2)
        [a: 1]
    """
    items = _items(keywords, "replace", keywords, key, value)
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
    items = _items(keywords, "replace_lazy", keywords, key, fun)
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
    raise argument_error(f"the given function must return a two-element tuple or :pop, got: {answer!r}")


@module.function
def to_list(keywords: Any) -> Any:
    """Return the list itself.

        iex> Keyword.to_list(a: 1)
        [a: 1]
    """
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


@module.function
def from_keys(keys: Any, value: Any) -> Any:
    """Return the keyword list from each key to the one value.

        iex> Keyword.from_keys([:a, :b], 0)
        [a: 0, b: 0]
    """
    return from_pylist([(key, value) for key in elements(keys)])


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
        return ERROR, from_pylist(unknown)
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
