"""Map: functions on maps."""

from __future__ import annotations

from operator import countOf
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.emit.support.access import MISSING
from pyex.stdlib.elixir.enumerable import elements, pairs, results, walked
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import ElixirError, bad_argument, elixir_error, erlang_error, evaluating, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, List, from_pylist, split_tail
from pyex.terms.map_versions import Version
from pyex.terms.maps import EMPTY_MAP, STRUCT, Map
from pyex.terms.rounds import Rounds, is_still

module = NativeModule("Map", doc="Functions on maps, whose keys are compared by `===`.")

MODULE: Final = alias("Map")
OK: Final = atom("ok")
ERROR: Final = atom("error")
POP: Final = atom("pop")
_MISSING: Final = object()
_BADKEY: Final = atom("badkey")
_BADMAP: Final = atom("badmap")


def _map(value: Any) -> Map:
    if type(value) is not Map:
        raise elixir_error("BadMapError", term=value)
    return value


def _missing_key(function: str, key: Any, *args: Any, module: str = "maps") -> ElixirError:
    """Return the error of the Erlang function that Elixir's own calls: `{:badkey, key}` until it is rescued."""
    return erlang_error((_BADKEY, key), module, function, (key, *args))


@module.function
def new() -> Any:
    """Return an empty map.

        iex> Map.new()
        %{}
    """
    return EMPTY_MAP


@module.function("new", arity=1)
def new_from(enumerable: Any) -> Any:
    """Return the map of an enumerable's `{key, value}` pairs; of equal keys the last wins.

        iex> Map.new(a: 1, b: 2)
        %{a: 1, b: 2}
    """
    return _of_pairs(enumerable, elements(enumerable))


@module.function("new", arity=2)
def new_with(enumerable: Any, transform: Any) -> Any:
    """Return the map of the pairs that `transform` makes of the elements.

        iex> Map.new([1, 2], fn x -> {x, x * x} end)
        %{1 => 1, 2 => 4}
    """
    if not is_function(transform, 1):
        raise function_clause(MODULE, "new_from_enum", (enumerable, transform))
    return _of_pairs(enumerable, results(transform, walked(enumerable)))


@module.loop("new", 2)
def _new_of_pairs(enumerable: Any, loop: Rounds) -> Any:
    """The map whose dict the loop gives."""
    data = _as_stored(enumerable, loop) if type(enumerable) is Map and is_still(loop) else None
    if data is None:
        data = loop(walked(enumerable))
    if MISSING in data:
        raise _no_pairs(enumerable)
    return Map.from_encoded(data)


def _as_stored(map: Map, loop: Rounds) -> dict[Any, Any] | None:
    """Return what a loop gives that takes a large map's pairs as they lie in memory: the BEAM's order costs several times as much.

    None where the order can be seen: something failed, or two pairs have become one.
    """
    if type(map._data) is not Version or map.struct is not None:
        return None
    try:
        data: dict[Any, Any] = loop(map._data.items())
    except ElixirError:
        return None
    return data if len(data) == len(map) else None


def _of_pairs(enumerable: Any, items: list[Any]) -> Map:
    if countOf(map(type, items), tuple) != len(items) or countOf(map(len, items), 2) != len(items):
        raise _no_pairs(enumerable)
    return Map.from_pairs(items)


def _no_pairs(enumerable: Any) -> ElixirError:
    return ElixirError(atom("badarg"), ((atom("maps"), "from_list", (enumerable,)),))


@module.function
def get(map: Any, key: Any, default: Any = None) -> Any:
    """Return the value of a key, or the default (nil) where the map does not have it. Keys are compared by `===`.

    Raises BadMapError for what is no map.

        iex> Map.get(%{a: 1}, :a)
        1
        iex> Map.get(%{a: 1}, :b, 0)
        0
        iex> Map.get(%{1 => :int}, 1.0)
        nil
    """
    return _map(map).get(key, default)


@module.function
def fetch(map: Any, key: Any) -> Any:
    """Return `{:ok, value}` of a key, or `:error`.

        iex> Map.fetch(%{a: 1}, :a)
        {:ok, 1}
    """
    found = _map(map).get(key, _MISSING)
    return ERROR if found is _MISSING else (OK, found)


@module.function("fetch!")
def fetch_bang(map: Any, key: Any) -> Any:
    """Return the value of a key; raises KeyError.

        iex> Map.fetch!(%{a: 1}, :a)
        1
    """
    found = _map(map).get(key, _MISSING)
    if found is _MISSING:
        raise _missing_key("get", key, map)
    return found


@module.function
def put(map: Any, key: Any, value: Any) -> Any:
    """Return the map with a key set.

        iex> Map.put(%{a: 1}, :b, 2)
        %{a: 1, b: 2}
    """
    if type(map) is not Map:
        raise evaluating((_BADMAP, map), "maps", "put", atom("k"), atom("v"), map)
    return map.put(key, value)


@module.function
def put_new(map: Any, key: Any, value: Any) -> Any:
    """Set a key unless it is there already.

        iex> Map.put_new(%{a: 1}, :a, 2)
        %{a: 1}
    """
    return map if key in _map(map) else map.put(key, value)


@module.function
def put_new_lazy(map: Any, key: Any, fun: Any) -> Any:
    """Set a key to the result of `fun` unless it is there already.

        iex> Map.put_new_lazy(%{}, :a, fn -> 1 end)
        %{a: 1}
    """
    if not is_function(fun, 0):
        raise function_clause(MODULE, "put_new_lazy", (map, key, fun))
    return map if key in _map(map) else map.put(key, fun())


@module.function
def get_lazy(map: Any, key: Any, fun: Any) -> Any:
    """Return the value of a key, or the result of `fun` when it is not there.

        iex> Map.get_lazy(%{}, :a, fn -> 1 end)
        1
    """
    if not is_function(fun, 0):
        raise function_clause(MODULE, "get_lazy", (map, key, fun))
    found = _map(map).get(key, _MISSING)
    return fun() if found is _MISSING else found


@module.function
def delete(map: Any, key: Any) -> Any:
    """Return the map without a key.

        iex> Map.delete(%{a: 1, b: 2}, :a)
        %{b: 2}
    """
    return _map(map).delete(key)


@module.function
def drop(map: Any, keys: Any) -> Any:
    """Return the map without the given keys.

        iex> Map.drop(%{a: 1, b: 2, c: 3}, [:a, :b])
        %{c: 3}
    """
    result = _map(map)
    _ask_for_list(keys, "drop")
    for key in elements(keys):
        result = result.delete(key)
    return result


@module.function
def take(map: Any, keys: Any) -> Any:
    """Return the map of the given keys only.

        iex> Map.take(%{a: 1, b: 2, c: 3}, [:a, :c, :z])
        %{a: 1, c: 3}
    """
    _ask_for_list(keys, "take")
    return _taken(map, keys)


def _taken(map: Any, keys: Any) -> Map:
    return Map.from_pairs([(key, map[key]) for key in elements(keys) if key in _map(map)])


def _ask_for_list(keys: Any, name: str) -> None:
    """Warn of keys that are no list: they are taken as yet."""
    if not isinstance(keys, List):
        from pyex.stdlib.elixir.io_warnings import warn_of_call

        wish = f"Map.{name}/2 with an Enumerable of keys that is not a list is deprecated.  Use a list of keys instead."
        warn_of_call(wish, MODULE, atom(name), 2)


@module.function
def split(map: Any, keys: Any) -> Any:
    """Return the map of the given keys, and the rest.

        iex> Map.split(%{a: 1, b: 2}, [:a])
        {%{a: 1}, %{b: 2}}
    """
    _ask_for_list(keys, "split")
    keys = from_pylist(elements(keys))
    return _taken(map, keys), drop(map, keys)


@module.function
def split_with(map: Any, fun: Any) -> Any:
    """Return the pairs for which `fun` (of a pair) is truthy as a map, and the others.

        iex> Map.split_with(%{a: 1, b: 2}, fn {_, v} -> v > 1 end)
        {%{b: 2}, %{a: 1}}
    """
    return _divided(map, fun, "split_with")


def _divided(map: Any, fun: Any, name: str) -> tuple[Map, Map]:
    if type(map) is not Map or not is_function(fun, 1):
        raise function_clause(MODULE, name, (map, fun))
    yes: list[Any] = []
    no: list[Any] = []
    for pair in map.folded():
        answer = fun(pair)
        (no if answer is None or answer is False else yes).append(pair)
    return Map.from_pairs(yes), Map.from_pairs(no)


@module.function("has_key?")
def has_key(map: Any, key: Any) -> bool:
    """Tell whether a key is there.

        iex> Map.has_key?(%{a: 1}, :a)
        true
    """
    return key in _map(map)


@module.function
def keys(map: Any) -> Any:
    """Return all keys.

        iex> Map.keys(%{a: 1, b: 2})
        [:a, :b]
    """
    return from_pylist([key for key, _ in pairs(_map(map))])


@module.function
def values(map: Any) -> Any:
    """Return all values, in the order of the keys.

        iex> Map.values(%{a: 1, b: 2})
        [1, 2]
    """
    return from_pylist([value for _, value in pairs(_map(map))])


@module.function
def to_list(map: Any) -> Any:
    """Return the pairs as a list.

        iex> Map.to_list(%{a: 1})
        [a: 1]
    """
    return from_pylist(pairs(_map(map)))


@module.function
def merge(map1: Any, map2: Any) -> Any:
    """Return the first map with the pairs of the second put into it.

        iex> Map.merge(%{a: 1, b: 2}, %{b: 3})
        %{a: 1, b: 3}
    """
    return _map(map1).merge(_map(map2))


@module.function("merge", arity=3)
def merge_with(map1: Any, map2: Any, fun: Any) -> Any:
    """Put the pairs of both maps together; where both have a key, `fun` makes the value of the key and of both values.

        iex> Map.merge(%{a: 1, b: 2}, %{b: 40, c: 3}, fn _key, left, right -> left + right end)
        %{a: 1, b: 42, c: 3}
        iex> Map.merge(%{tags: [:x]}, %{tags: [:y]}, fn _key, old, new -> old ++ new end)
        %{tags: [:x, :y]}
    """
    if not is_function(fun, 3):
        raise function_clause(MODULE, "merge", (map1, map2, fun))
    result = _map(map1)
    for key, value in _map(map2).folded():
        result = result.put(key, fun(key, map1[key], value) if key in map1 else value)
    return result


@module.function
def intersect(map1: Any, map2: Any) -> Any:
    """Return the keys that both maps have, with the values of the second.

        iex> Map.intersect(%{a: 1, b: 2}, %{b: 3})
        %{b: 3}
    """
    first = _map(map1)
    return Map.from_pairs([(key, value) for key, value in _map(map2).items() if key in first])


@module.function("intersect", arity=3)
def intersect_with(map1: Any, map2: Any, fun: Any) -> Any:
    """Return the keys that both maps have, with the results of `fun` (key, value1, value2).

        iex> Map.intersect(%{a: 1}, %{a: 2}, fn _k, x, y -> x + y end)
        %{a: 3}
    """
    if not is_function(fun, 3):
        raise function_clause(MODULE, "intersect", (map1, map2, fun))
    first, second = _map(map1).folded(), _map(map2)
    return Map.from_pairs([(key, fun(key, value, second[key])) for key, value in first if key in second])


@module.function
def update(map: Any, key: Any, default: Any, fun: Any) -> Any:
    """Set a key to `fun` of its value, or to the default when it is not there.

        iex> Map.update(%{a: 1}, :a, 0, fn x -> x + 1 end)
        %{a: 2}
    """
    if not is_function(fun, 1):
        raise function_clause(alias("Map"), "update", (map, key, default, fun))
    found = _map(map).get(key, _MISSING)
    result: Map = map.put(key, default if found is _MISSING else fun(found))
    return result


@module.function("update!")
def update_bang(map: Any, key: Any, fun: Any) -> Any:
    """Set a key to `fun` of its value; raises KeyError.

        iex> Map.update!(%{a: 1}, :a, fn x -> x + 1 end)
        %{a: 2}
    """
    _check_function(fun, "update!", map, key, fun)
    value = fun(_present(map, key))
    return map.put(key, value)


def _present(map: Any, key: Any) -> Any:
    found = _map(map).get(key, _MISSING)
    if found is _MISSING:
        raise _missing_key("map_get", key, map, module="erlang")
    return found


@module.function
def replace(map: Any, key: Any, value: Any) -> Any:
    """Set a key only if it is there.

        iex> Map.replace(%{a: 1}, :b, 2)
        %{a: 1}
    """
    return map.put(key, value) if key in _map(map) else map


@module.function("replace!")
def replace_bang(map: Any, key: Any, value: Any) -> Any:
    """Set a key that must be there; raises KeyError.

        iex> Map.replace!(%{a: 1}, :a, 2)
        %{a: 2}
    """
    if key not in _map(map):
        raise _missing_key("update", key, value, map)
    return map.put(key, value)


@module.function
def replace_lazy(map: Any, key: Any, fun: Any) -> Any:
    """Set a key to `fun` of its value, only if it is there.

        iex> Map.replace_lazy(%{a: 1}, :a, fn x -> x * 4 end)
        %{a: 4}
    """
    if type(map) is not Map or not is_function(fun, 1):
        raise function_clause(MODULE, "replace_lazy", (map, key, fun))
    return map.put(key, fun(map[key])) if key in map else map


@module.function
def pop(map: Any, key: Any, default: Any = None) -> Any:
    """Return the value of a key and the map without it; the default (nil) and the map itself where the key is not there.

        iex> Map.pop(%{host: "here", port: 80}, :port)
        {80, %{host: "here"}}
        iex> Map.pop(%{}, :port, 443)
        {443, %{}}
    """
    return _map(map).get(key, default), map.delete(key)


@module.function("pop!")
def pop_bang(map: Any, key: Any) -> Any:
    """Return the value of a key and the map without it; raises KeyError.

        iex> Map.pop!(%{a: 1}, :a)
        {1, %{}}
    """
    found = _map(map).get(key, _MISSING)
    if found is _MISSING:
        raise elixir_error("KeyError", key=key, term=map, message=None)
    return found, map.delete(key)


@module.function
def pop_lazy(map: Any, key: Any, fun: Any) -> Any:
    """Return the value of a key (or the result of `fun`) and the map without it.

        iex> Map.pop_lazy(%{}, :a, fn -> 0 end)
        {0, %{}}
    """
    if not is_function(fun, 0):
        raise function_clause(MODULE, "pop_lazy", (map, key, fun))
    return get_lazy(map, key, fun), map.delete(key)


@module.function
def get_and_update(map: Any, key: Any, fun: Any) -> Any:
    """Return something of a key's value together with the changed map.

    `fun` is given the value, nil where there is none. It returns `{what to return, new value}`, or `:pop`, which takes the key out and returns
    its value; anything else raises RuntimeError.

        iex> Map.get_and_update(%{hits: 4}, :hits, fn n -> {n, n + 1} end)
        {4, %{hits: 5}}
        iex> Map.get_and_update(%{hits: 4}, :hits, fn _ -> :pop end)
        {4, %{}}
    """
    _check_function(fun, "get_and_update", map, key, fun)
    return _updated(map, key, fun(_map(map).get(key)))


@module.function("get_and_update!")
def get_and_update_bang(map: Any, key: Any, fun: Any) -> Any:
    """As `get_and_update/3`; raises KeyError when the key is not there.

        iex> Map.get_and_update!(%{a: 1}, :a, fn _ -> :pop end)
        {1, %{}}
    """
    _check_function(fun, "get_and_update!", map, key, fun)
    return _updated(map, key, fun(_present(map, key)))


def _check_function(fun: Any, name: str, *args: Any) -> None:
    if not is_function(fun, 1):
        raise function_clause(MODULE, name, args)


def _updated(map: Map, key: Any, answer: Any) -> Any:
    if answer is POP:
        return map.get(key), map.delete(key)
    if type(answer) is tuple and len(answer) == 2:
        return answer[0], map.put(key, answer[1])
    from pyex.terms.inspect import inspect

    text = f"the given function must return a two-element tuple or :pop, got: {inspect(answer)}"
    raise elixir_error("RuntimeError", message=text)


@module.function
def filter(map: Any, fun: Any) -> Any:
    """Return the map of the pairs for which `fun` (of a pair) is truthy.

        iex> Map.filter(%{a: 1, b: 2}, fn {_, v} -> v > 1 end)
        %{b: 2}
    """
    return _divided(map, fun, "filter")[0]


@module.function
def reject(map: Any, fun: Any) -> Any:
    """Return the map of the pairs for which `fun` (of a pair) is not truthy.

        iex> Map.reject(%{a: 1, b: 2}, fn {_, v} -> v > 1 end)
        %{a: 1}
    """
    return _divided(map, fun, "reject")[1]


@module.function("equal?")
def equal(map1: Any, map2: Any) -> bool:
    """Tell whether two maps are equal (`===` on keys, `==` on values).

        iex> Map.equal?(%{a: 1}, %{a: 1.0})
        false
    """
    return bool(_map(map1) == _map(map2))


@module.function
def from_keys(keys: Any, value: Any) -> Any:
    """Return the map from each key to the one value.

        iex> Map.from_keys([:a, :b], 0)
        %{a: 0, b: 0}
    """
    if not isinstance(keys, List):
        raise bad_argument("maps", "from_keys", (keys, value), a1="not a list")
    found, tail = split_tail(keys)
    if tail is not EMPTY:
        raise bad_argument("maps", "from_keys", (keys, value), a1="not a proper list")
    return Map.from_pairs([(key, value) for key in found])


@module.function
def from_struct(struct: Any) -> Any:
    """Return the plain map of a struct, or of a struct module's defaults.

        iex> Map.from_struct(1..2)
        %{first: 1, last: 2, step: 1}
    """
    if type(struct) is Atom:
        from pyex.stdlib.elixir.io_warnings import warn_of_call
        from pyex.terms.functions import export

        wish = "Map.from_struct/1 with a module is deprecated, please pass a struct instead"
        warn_of_call(wish, MODULE, atom("from_struct"), 1)
        struct = export(struct, "__struct__", 0).fn()
    if type(struct) is not Map or struct.struct is None:
        raise function_clause(MODULE, "from_struct", (struct,))
    return struct.delete(STRUCT)


