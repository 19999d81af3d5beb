""":maps: functions on maps, as Erlang names them and orders their arguments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, bad_argument, erlang_error, refused
from pyex.terms.functions import is_function
from pyex.terms.lists import elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.order import sort_terms

module = NativeModule(":maps", doc="Functions on maps.")
ERROR: Final = atom("error")
OK: Final = atom("ok")
NONE: Final = atom("none")


def _map(value: Any, name: str, *args: Any) -> Map:
    if type(value) is not Map:
        raise erlang_error((atom("badmap"), value), "maps", name, args)
    return value


def _callback(fun: Any, arity: int, name: str, *args: Any) -> None:
    if not is_function(fun, arity):
        place = "a2" if name == "update_with" else "a1"
        words = {1: "one argument", 2: "two arguments", 3: "three arguments"}[arity]
        raise bad_argument("maps", name, args, **{place: f"not a fun that takes {words}"})


def _bad_key(key: Any, name: str, args: tuple[Any, ...]) -> ElixirError:
    return erlang_error((atom("badkey"), key), "maps", name, args)


@module.function
def new() -> Any:
    """Return the empty map.

    iex> :maps.new()
    %{}
    """
    return Map()


@module.function
def get(key: Any, map: Any) -> Any:
    """Return the value of a key that must be there.

    iex> :maps.get(:a, %{a: 1})
    1
    """
    if key not in _map(map, "get", key, map):
        raise _bad_key(key, "get", (key, map))
    return map[key]


@module.function("get", arity=3)
def get_or(key: Any, map: Any, default: Any) -> Any:
    """Return the value of a key, or the default.

    iex> :maps.get(:b, %{a: 1}, 0)
    0
    """
    return _map(map, "get", key, map, default).get(key, default)


@module.function
def find(key: Any, map: Any) -> Any:
    """Return `{:ok, value}` of a key, or `:error`.

    iex> :maps.find(:a, %{a: 1})
    {:ok, 1}
    """
    return (OK, map[key]) if key in _map(map, "find", key, map) else ERROR


@module.function
def is_key(key: Any, map: Any) -> Any:
    """Tell whether a map has a key.

    iex> :maps.is_key(:a, %{a: 1})
    true
    """
    return key in _map(map, "is_key", key, map)


@module.function
def put(key: Any, value: Any, map: Any) -> Any:
    """Return the map with a key set.

    iex> :maps.put(:b, 2, %{a: 1})
    %{a: 1, b: 2}
    """
    return _map(map, "put", key, value, map).put(key, value)


@module.function
def remove(key: Any, map: Any) -> Any:
    """Return the map without a key.

    iex> :maps.remove(:a, %{a: 1})
    %{}
    """
    return _map(map, "remove", key, map).delete(key)


@module.function
def take(key: Any, map: Any) -> Any:
    """Return `{value, map without the key}`, or `:error`.

    iex> :maps.take(:a, %{a: 1})
    {1, %{}}
    """
    return (map[key], map.delete(key)) if key in _map(map, "take", key, map) else ERROR


@module.function
def update(key: Any, value: Any, map: Any) -> Any:
    """Replace the value of a key that must be there.

    iex> :maps.update(:a, 2, %{a: 1})
    %{a: 2}
    """
    if key not in _map(map, "update", key, value, map):
        raise _bad_key(key, "update", (key, value, map))
    return map.put(key, value)


@module.function
def update_with(key: Any, fun: Any, map: Any) -> Any:
    """Replace the value of a key that must be there by a function of it.

    iex> :maps.update_with(:a, fn x -> x + 1 end, %{a: 1})
    %{a: 2}
    """
    args = (key, fun, map)
    _callback(fun, 1, "update_with", *args)
    if key not in _map(map, "update_with", *args):
        raise ElixirError((atom("badkey"), key))
    return map.put(key, fun(map[key]))


@module.function("update_with", arity=4)
def update_with_or(key: Any, fun: Any, init: Any, map: Any) -> Any:
    """Replace the value of a key by a function of it, or put a first value.

    iex> :maps.update_with(:b, fn x -> x + 1 end, 0, %{a: 1})
    %{a: 1, b: 0}
    """
    _callback(fun, 1, "update_with", key, fun, init, map)
    _map(map, "update_with", key, fun, init, map)
    return map.put(key, fun(map[key]) if key in map else init)


@module.function
def keys(map: Any) -> Any:
    """Return the keys.

    iex> :maps.keys(%{a: 1})
    [:a]
    """
    return from_pylist([key for key, _ in _map(map, "keys", map).pairs()])


@module.function
def values(map: Any) -> Any:
    """Return the values.

    iex> :maps.values(%{a: 1})
    [1]
    """
    return from_pylist([value for _, value in _map(map, "values", map).pairs()])


@module.function
def size(map: Any) -> Any:
    """Return the number of keys.

    iex> :maps.size(%{a: 1})
    1
    """
    return len(_map(map, "size", map))


def _pairs(given: Any, name: str, *args: Any) -> list[tuple[Any, Any]]:
    """Return the pairs of a map, or those that an iterator has left."""
    if type(given) is Map:
        return given.folded()
    left = []
    while type(given) is tuple and len(given) == 3:
        left.append((given[0], given[1]))
        given = given[2]
    if given is not NONE:
        raise erlang_error((atom("badmap"), given), "maps", name, args)
    return left


@module.function
def to_list(map: Any) -> Any:
    """Return the list of pairs.

    iex> :maps.to_list(%{a: 1})
    [a: 1]
    """
    return from_pylist(map.pairs() if type(map) is Map else _pairs(map, "to_list", map))


@module.function
def from_list(list: Any) -> Any:
    """Return the map of a list of pairs; the last of equal keys wins.

    iex> :maps.from_list(a: 1, b: 2)
    %{a: 1, b: 2}
    """
    if not is_proper(list):
        raise bad_argument("maps", "from_list", (list,), a1="not a list")
    items = to_pylist(list)
    if not all(type(item) is tuple and len(item) == 2 for item in items):
        raise bad_argument("maps", "from_list", (list,))
    return Map.from_pairs(items)


@module.function
def from_keys(list: Any, value: Any) -> Any:
    """Return the map of keys that all have one value.

    iex> :maps.from_keys([:a, :b], 0)
    %{a: 0, b: 0}
    """
    if not is_proper(list):
        raise bad_argument("maps", "from_keys", (list, value), a1="not a list")
    return Map.from_pairs([(key, value) for key in to_pylist(list)])


@module.function
def merge(map1: Any, map2: Any) -> Any:
    """Return both maps in one; of equal keys the second's wins.

    iex> :maps.merge(%{a: 1}, %{a: 2, b: 3})
    %{a: 2, b: 3}
    """
    return _map(map1, "merge", map1, map2).merge(_map(map2, "merge", map1, map2))


@module.function
def merge_with(combiner: Any, map1: Any, map2: Any) -> Any:
    """Return both maps in one; a function of the key and both values decides for keys of both.

    iex> :maps.merge_with(fn _, a, b -> a + b end, %{a: 1}, %{a: 2})
    %{a: 3}
    """
    args = (combiner, map1, map2)
    _callback(combiner, 3, "merge_with", *args)
    made = _map(map1, "merge_with", *args)
    for key, value in _map(map2, "merge_with", *args).folded():
        made = made.put(key, combiner(key, made[key], value) if key in made else value)
    return made


@module.function
def intersect(map1: Any, map2: Any) -> Any:
    """Return the keys of both maps, with the second's values.

    iex> :maps.intersect(%{a: 1, b: 2}, %{a: 3})
    %{a: 3}
    """
    _map(map2, "intersect", map1, map2)
    return Map.from_pairs([(key, map2[key]) for key in _map(map1, "intersect", map1, map2) if key in map2])


@module.function
def intersect_with(combiner: Any, map1: Any, map2: Any) -> Any:
    """Return the keys of both maps, with what a function makes of the key and both values.

    iex> :maps.intersect_with(fn _, a, b -> a + b end, %{a: 1, b: 2}, %{a: 3})
    %{a: 4}
    """
    args = (combiner, map1, map2)
    _callback(combiner, 3, "intersect_with", *args)
    _map(map2, "intersect_with", *args)
    common = [key for key in _map(map1, "intersect_with", *args) if key in map2]
    return Map.from_pairs([(key, combiner(key, map1[key], map2[key])) for key in common])


@module.function("with")
def with_(keys: Any, map: Any) -> Any:
    """Return the map with some of its keys only.

    iex> :maps.with([:a], %{a: 1, b: 2})
    %{a: 1}
    """
    return Map.from_pairs([(key, map[key]) for key in to_pylist(keys) if key in _map(map, "with", keys, map)])


@module.function
def without(keys: Any, map: Any) -> Any:
    """Return the map without some keys.

    iex> :maps.without([:a], %{a: 1, b: 2})
    %{b: 2}
    """
    made = _map(map, "without", keys, map)
    for key in to_pylist(keys):
        made = made.delete(key)
    return made


@module.function("map")
def map_(fun: Any, map_or_iterator: Any) -> Any:
    """Return the map with a function of each key and value for the values.

    iex> :maps.map(fn _, x -> x * 2 end, %{a: 1})
    %{a: 2}
    """
    _callback(fun, 2, "map", fun, map_or_iterator)
    pairs = _pairs(map_or_iterator, "map", fun, map_or_iterator)
    return Map.from_pairs([(key, fun(key, value)) for key, value in pairs])


@module.function("filter")
def filter_(pred: Any, map_or_iterator: Any) -> Any:
    """Return the map of the pairs for which a function is true.

    iex> :maps.filter(fn _, x -> x > 1 end, %{a: 1, b: 2})
    %{b: 2}
    """
    _callback(pred, 2, "filter", pred, map_or_iterator)
    pairs = _pairs(map_or_iterator, "filter", pred, map_or_iterator)
    return Map.from_pairs([(key, value) for key, value in pairs if pred(key, value) is True])


@module.function
def filtermap(fun: Any, map_or_iterator: Any) -> Any:
    """Filter and map at once: the function returns a boolean or `{true, value}`.

    iex> :maps.filtermap(fn _, x -> x > 1 and {true, x * 2} end, %{a: 1, b: 2})
    %{b: 4}
    """
    _callback(fun, 2, "filtermap", fun, map_or_iterator)
    made = []
    for key, value in _pairs(map_or_iterator, "filtermap", fun, map_or_iterator):
        answer = fun(key, value)
        if answer is True:
            made.append((key, value))
        elif type(answer) is tuple and len(answer) == 2 and answer[0] is True:
            made.append((key, answer[1]))
    return Map.from_pairs(made)


@module.function
def fold(fun: Any, init: Any, map_or_iterator: Any) -> Any:
    """Fold the pairs: the function takes key, value and accumulator.

    iex> :maps.fold(fn _, x, sum -> sum + x end, 0, %{a: 1, b: 2})
    3
    """
    _callback(fun, 3, "fold", fun, init, map_or_iterator)
    for key, value in _pairs(map_or_iterator, "fold", fun, init, map_or_iterator):
        init = fun(key, value, init)
    return init


@module.function
def foreach(fun: Any, map_or_iterator: Any) -> Any:
    """Call a function with each key and value; returns `:ok`.

    iex> :maps.foreach(fn _, _ -> nil end, %{a: 1})
    :ok
    """
    _callback(fun, 2, "foreach", fun, map_or_iterator)
    for key, value in _pairs(map_or_iterator, "foreach", fun, map_or_iterator):
        fun(key, value)
    return OK


@module.function("groups_from_list", arity=(2, 3))
def groups_from_list(fun: Any, second: Any, third: Any = None) -> Any:
    """Group the elements of a list by a function; a second function may make the values.

    iex> :maps.groups_from_list(fn x -> rem(x, 2) end, [1, 2, 3])
    %{0 => [2], 1 => [1, 3]}
    """
    value_of: Callable[[Any], Any] = (lambda item: item) if third is None else second
    groups = Map()
    for item in to_pylist(second if third is None else third):
        key = fun(item)
        groups = groups.put(
            key, elixir_list(value_of(item)) if key not in groups else _longer(groups[key], value_of(item))
        )
    return groups


def _longer(items: Any, item: Any) -> Any:
    return from_pylist([*to_pylist(items), item])


_NO_ORDER: Final = "not 'undefined', 'ordered', 'reversed', or a fun that takes two arguments"


def _is_order(order: Any) -> bool:
    return order in (atom("undefined"), atom("ordered"), atom("reversed")) if type(order) is Atom else is_function(order, 2)


@module.function("iterator", arity=(1, 2))
def iterator(map: Any, order: Any = None) -> Any:
    """Return an iterator for `:maps.next/1`; the keys may be `:ordered`, `:reversed` or in the order of a function.

    iex> :maps.next(:maps.iterator(%{a: 1}))
    {:a, 1, :none}
    """
    order_fault = None if order is None or _is_order(order) else _NO_ORDER
    if order_fault or (order is not None and type(map) is not Map):
        raise refused("maps", "iterator", (map, order), None if type(map) is Map else "not a map", order_fault)
    found = _map(map, "iterator", map)
    unordered = order is None or order is atom("undefined")
    ordered = [key for key, _ in found.folded()] if unordered else sort_terms([key for key, _ in found.pairs()])
    if order is atom("reversed"):
        ordered.reverse()
    elif is_function(order, 2):
        from pyex.terms.functions import export

        ordered = to_pylist(export(atom("lists"), "sort", 2).fn(order, from_pylist(ordered)))
    left: Any = NONE
    for key in reversed(ordered):
        left = (key, found[key], left)
    return left


@module.function
def next(iterator: Any) -> Any:
    """Return `{key, value, iterator}` for the next pair, `:none` at the end.

        iex> {key, value, _rest} = :maps.next(:maps.iterator(%{a: 1}))
        iex> {key, value}
        {:a, 1}
    """
    if not is_iterator_valid(iterator):
        raise bad_argument("maps", "next", (iterator,), a1="not a valid iterator")
    return iterator


@module.function
def is_iterator_valid(maybe_iterator: Any) -> Any:
    """Tell whether a term is an iterator.

    iex> :maps.is_iterator_valid(:maps.iterator(%{a: 1}))
    true
    """
    while type(maybe_iterator) is tuple and len(maybe_iterator) == 3:
        maybe_iterator = maybe_iterator[2]
    return maybe_iterator is NONE
