"""What :dict and :orddict have in common: the same functions on two ways of holding pairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError
from pyex.terms.lists import from_pylist, is_proper, to_pylist
from pyex.terms.ops import add, concat_lists
from pyex.terms.order import equals

ERROR: Final = atom("error")
OK: Final = atom("ok")

Pairs = Callable[[Any, str, tuple[Any, ...]], list[Any]]
Find = Callable[[Any, Any, str, tuple[Any, ...]], Any]
Put = Callable[[Any, Any, Any, str, tuple[Any, ...]], Any]
Drop = Callable[[Any, Any, str, tuple[Any, ...]], Any]


def define(
    module: NativeModule,
    empty: Any,
    functions: tuple[Pairs, Find, Put, Drop, Callable[[Any], Any]],
    missing: Callable[[str, tuple[Any, ...]], ElixirError],
    unlisted: Callable[[Any], ElixirError],
) -> None:
    """Give a module the functions of dictionaries.

    `functions`: the first returns the pairs of one in its order, `find` the pair of a key or None, `put` and `drop` one with a
    pair more or less, the last one of pairs with different keys; each raises what the named function raises for a wrong
    dictionary. `missing` is what is raised for a key that is not there, `unlisted` for pairs that are no list.
    """
    name = module.name.name
    pairs, find, put, drop, make = functions
    _define_reading(module, empty, find, missing)
    _define_listing(module, pairs)
    _define_writing(module, find, put, drop)
    _define_changing(module, find, put, missing)
    _define_whole(module, empty, pairs, put, make, unlisted)
    for key, text in module.docs.items():
        module.docs[key] = text.replace(":orddict", f":{name}")


def _define_reading(module: NativeModule, empty: Any, find: Find, missing: Any) -> None:
    @module.function
    def new() -> Any:
        """Return an empty dictionary.

            iex> :orddict.to_list(:orddict.new())
            []
        """
        return empty

    @module.function
    def is_key(key: Any, dictionary: Any) -> Any:
        """Tell whether a key is there.

        iex> :orddict.is_key(:a, :orddict.from_list([a: 1]))
        true
        """
        return find(dictionary, key, "is_key", (key, dictionary)) is not None

    @module.function
    def fetch(key: Any, dictionary: Any) -> Any:
        """Return the value of a key that is there.

        iex> :orddict.fetch(:a, :orddict.from_list([a: 1]))
        1
        """
        pair = find(dictionary, key, "fetch", (key, dictionary))
        if pair is None:
            raise missing("fetch", (key, dictionary))
        return pair[1]

    @module.function("find")
    def find_key(key: Any, dictionary: Any) -> Any:
        """Return `{:ok, value}`, or `:error` for a key that is not there.

        iex> :orddict.find(:b, :orddict.from_list([a: 1]))
        :error
        """
        pair = find(dictionary, key, "find", (key, dictionary))
        return ERROR if pair is None else (OK, pair[1])


def _define_listing(module: NativeModule, pairs: Pairs) -> None:
    @module.function
    def fetch_keys(dictionary: Any) -> Any:
        """Return the keys.

            iex> :orddict.fetch_keys(:orddict.from_list(a: 1))
            [:a]
        """
        return from_pylist([key for key, _ in pairs(dictionary, "fetch_keys", (dictionary,))])

    @module.function
    def size(dictionary: Any) -> Any:
        """Return the number of pairs."""
        return len(pairs(dictionary, "size", (dictionary,)))

    @module.function
    def is_empty(dictionary: Any) -> Any:
        """Tell whether there are no pairs.

            iex> :orddict.is_empty(:orddict.new())
            true
        """
        return not pairs(dictionary, "is_empty", (dictionary,))

    @module.function
    def to_list(dictionary: Any) -> Any:
        """Return the pairs as a list."""
        return from_pylist(pairs(dictionary, "to_list", (dictionary,)))


def _define_writing(module: NativeModule, find: Find, put: Put, drop: Drop) -> None:
    @module.function
    def store(key: Any, value: Any, dictionary: Any) -> Any:
        """Return the dictionary with a key's value.

        iex> :orddict.to_list(:orddict.store(:a, 1, :orddict.new()))
        [a: 1]
        """
        return put(dictionary, key, value, "store", (key, value, dictionary))

    @module.function
    def erase(key: Any, dictionary: Any) -> Any:
        """Return the dictionary without a key.

        iex> :orddict.to_list(:orddict.erase(:a, :orddict.from_list([a: 1])))
        []
        """
        return drop(dictionary, key, "erase", (key, dictionary))

    @module.function
    def take(key: Any, dictionary: Any) -> Any:
        """Return `{value, dictionary}`, the dictionary without the key, or `:error`.

            iex> {1, rest} = :orddict.take(:a, :orddict.from_list(a: 1, b: 2))
            iex> :orddict.to_list(rest)
            [b: 2]
        """
        pair = find(dictionary, key, "take", (key, dictionary))
        return ERROR if pair is None else (pair[1], drop(dictionary, key, "take", (key, dictionary)))


def _define_changing(module: NativeModule, find: Find, put: Put, missing: Any) -> None:
    @module.function
    def append(key: Any, value: Any, dictionary: Any) -> Any:
        """Return the dictionary with a value more in the list of a key.

            iex> :orddict.append(:a, 2, :orddict.from_list(a: [1])) |> :orddict.to_list()
            [a: [1, 2]]
        """
        pair = find(dictionary, key, "append", (key, value, dictionary))
        added = from_pylist([value]) if pair is None else concat_lists(pair[1], from_pylist([value]))
        return put(dictionary, key, added, "append", (key, value, dictionary))

    @module.function
    def append_list(key: Any, values: Any, dictionary: Any) -> Any:
        """Return the dictionary with a list of values more in the list of a key.

            iex> :orddict.append_list(:a, [2, 3], :orddict.from_list(a: [1])) |> :orddict.to_list()
            [a: [1, 2, 3]]
        """
        pair = find(dictionary, key, "append_list", (key, values, dictionary))
        added = values if pair is None else concat_lists(pair[1], values)
        return put(dictionary, key, added, "append_list", (key, values, dictionary))

    @module.function("update", arity=3)
    def update(key: Any, fun: Any, dictionary: Any) -> Any:
        """Return the dictionary with a function of its value as the value of a key that is there.

            iex> :orddict.update(:a, &(&1 * 10), :orddict.from_list(a: 1)) |> :orddict.to_list()
            [a: 10]
        """
        pair = find(dictionary, key, "update", (key, fun, dictionary))
        if pair is None:
            raise missing("update", (key, fun, dictionary))
        return put(dictionary, key, fun(pair[1]), "update", (key, fun, dictionary))

    @module.function("update", arity=4)
    def update_or(key: Any, fun: Any, initial: Any, dictionary: Any) -> Any:
        """Return the dictionary with a function of its value as the value of a key; for a new one, a first value."""
        pair = find(dictionary, key, "update", (key, fun, initial, dictionary))
        value = initial if pair is None else fun(pair[1])
        return put(dictionary, key, value, "update", (key, fun, initial, dictionary))

    @module.function
    def update_counter(key: Any, increment: Any, dictionary: Any) -> Any:
        """Return the dictionary with a number added to the value of a key, or to 0.

            iex> :orddict.update_counter(:a, 5, :orddict.from_list(a: 1)) |> :orddict.to_list()
            [a: 6]
        """
        pair = find(dictionary, key, "update_counter", (key, increment, dictionary))
        value = increment if pair is None else add(pair[1], increment)
        return put(dictionary, key, value, "update_counter", (key, increment, dictionary))


def _define_whole(module: NativeModule, empty: Any, pairs: Pairs, put: Put, make: Any, unlisted: Any) -> None:
    @module.function
    def from_list(list: Any) -> Any:
        """Return the dictionary of pairs; of a key that is there twice, the last one.

            iex> :orddict.from_list(b: 2, a: 1) |> :orddict.to_list() |> Enum.sort()
            [a: 1, b: 2]
        """
        if not is_proper(list) or not all(type(pair) is tuple and len(pair) == 2 for pair in to_pylist(list)):
            raise unlisted(list)
        made = empty
        for key, value in to_pylist(list):
            made = put(made, key, value, "from_list", (list,))
        return made

    @module.function("map", arity=2)
    def map_values(fun: Any, dictionary: Any) -> Any:
        """Return the dictionary with a function of key and value as the values.

            iex> :orddict.map(fn _key, value -> value * 2 end, :orddict.from_list(a: 1)) |> :orddict.to_list()
            [a: 2]
        """
        return make([(key, fun(key, value)) for key, value in pairs(dictionary, "map", (fun, dictionary))])

    @module.function
    def fold(fun: Any, acc: Any, dictionary: Any) -> Any:
        """Fold the pairs: the function takes key, value and accumulator.

            iex> :orddict.fold(fn _key, value, sum -> value + sum end, 0, :orddict.from_list(a: 1, b: 2))
            3
        """
        for key, value in pairs(dictionary, "fold", (fun, acc, dictionary)):
            acc = fun(key, value, acc)
        return acc

    @module.function("filter", arity=2)
    def filter_pairs(pred: Any, dictionary: Any) -> Any:
        """Return the pairs for which a function of key and value is true.

            iex> :orddict.filter(fn _key, value -> value > 1 end, :orddict.from_list(a: 1, b: 2)) |> :orddict.to_list()
            [b: 2]
        """
        given = pairs(dictionary, "filter", (pred, dictionary))
        return make([(key, value) for key, value in given if pred(key, value) is True])

    @module.function
    def merge(fun: Any, dict1: Any, dict2: Any) -> Any:
        """Return the pairs of both; for a key of both, a function of the key and both values.

            iex> :orddict.merge(fn _key, one, two -> one + two end, :orddict.from_list(a: 1),
            ...>   :orddict.from_list(a: 2)) |> :orddict.to_list()
            [a: 3]
        """
        made = dict1
        first = pairs(dict1, "merge", (fun, dict1, dict2))
        for key, value in pairs(dict2, "merge", (fun, dict1, dict2)):
            before = [old for other, old in first if equals(other, key)]
            made = put(made, key, fun(key, before[0], value) if before else value, "merge", (fun, dict1, dict2))
        return made
