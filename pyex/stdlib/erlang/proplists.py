""":proplists: lists of `{key, value}` pairs where an atom alone stands for `{atom, true}`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import bad_argument, erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import List, from_pylist, to_pylist
from pyex.terms.maps import Map, encode_key
from pyex.terms.order import identical

module = NativeModule(":proplists", doc="Lists of properties.")
NONE: Final = atom("none")
UNDEFINED: Final = atom("undefined")


def _key(entry: Any) -> Any:
    """Return a one element tuple of an entry's key, None when the entry is no property."""
    if is_atom(entry):
        return (entry,)
    return (entry[0],) if type(entry) is tuple and entry else None


def _entries(key: Any, properties: Any) -> list[Any]:
    return [entry for entry in to_pylist(properties) if (found := _key(entry)) is not None and identical(found[0], key)]


def _value(entry: Any, default: Any) -> Any:
    if type(entry) is not tuple:
        return True
    return entry[1] if len(entry) == 2 else default


@module.function("get_value", arity=(2, 3))
def get_value(key: Any, list: Any, default: Any = UNDEFINED) -> Any:
    """Return the value of the first entry of a key, or the default.

    iex> :proplists.get_value(:a, [:b, a: 1])
    1
    iex> :proplists.get_value(:b, [:b, a: 1])
    true
    """
    found = _entries(key, list)
    return _value(found[0], default) if found else default


@module.function
def get_all_values(key: Any, list: Any) -> Any:
    """Return the values of all entries of a key.

        iex> :proplists.get_all_values(:a, [:a, {:b, 1}, {:a, 2}])
        [true, 2]
    """
    return from_pylist([_value(entry, True) for entry in _entries(key, list)])


@module.function
def get_bool(key: Any, list: Any) -> Any:
    """Tell whether a key's value is true.

        iex> :proplists.get_bool(:verbose, [:verbose])
        true
    """
    return get_value(key, list) is True


@module.function
def is_defined(key: Any, list: Any) -> Any:
    """Tell whether there is an entry of a key.

    iex> :proplists.is_defined(:c, [:b, a: 1])
    false
    """
    return bool(_entries(key, list))


@module.function
def lookup(key: Any, list: Any) -> Any:
    """Return the first entry of a key as a tuple, or `:none`.

        iex> :proplists.lookup(:a, [a: 1, a: 2])
        {:a, 1}
        iex> :proplists.lookup(:z, [])
        :none
    """
    found = _entries(key, list)
    return NONE if not found else found[0] if type(found[0]) is tuple else (found[0], True)


@module.function
def lookup_all(key: Any, list: Any) -> Any:
    """Return all entries of a key as tuples.

        iex> :proplists.lookup_all(:a, [a: 1, b: 2, a: 3])
        [a: 1, a: 3]
    """
    return from_pylist([entry if type(entry) is tuple else (entry, True) for entry in _entries(key, list)])


@module.function
def delete(key: Any, list: Any) -> Any:
    """Return the list without the entries of a key.

    iex> :proplists.delete(:a, [:b, a: 1])
    [:b]
    """
    gone = _entries(key, list)
    return from_pylist([entry for entry in to_pylist(list) if not any(entry is other for other in gone)])


@module.function
def get_keys(list: Any) -> Any:
    """Return the keys, each once.

        iex> :proplists.get_keys([a: 1])
        [:a]
    """
    found = {encode_key(key[0]): key[0] for entry in to_pylist(list) if (key := _key(entry)) is not None}
    return from_pylist([*found.values()])


@module.function
def to_map(list: Any) -> Any:
    """Return the map of the entries; the first of equal keys wins.

    iex> :proplists.to_map([:b, a: 1, a: 2])
    %{a: 1, b: true}
    """
    entries = [
        entry for entry in reversed(to_pylist(list)) if is_atom(entry) or (type(entry) is tuple and len(entry) == 2)
    ]
    return Map.from_pairs([(entry, True) if type(entry) is not tuple else entry for entry in entries])


@module.function
def from_map(map: Any) -> Any:
    """Return the entries of a map.

        iex> :proplists.from_map(%{a: 1})
        [a: 1]
    """
    if type(map) is not Map:
        raise erlang_error((atom("badmap"), map))
    return from_pylist(map.pairs())


@module.function
def unfold(list: Any) -> Any:
    """Return the list with pairs for atoms alone.

        iex> :proplists.unfold([:a, {:b, 2}])
        [a: true, b: 2]
    """
    return from_pylist([(entry, True) if is_atom(entry) else entry for entry in to_pylist(list)])


@module.function
def compact(list: Any) -> Any:
    """Return the list with atoms alone for pairs whose value is true.

        iex> :proplists.compact([{:a, true}, {:b, 2}])
        [:a, {:b, 2}]
    """
    return from_pylist([_compacted(item) for item in to_pylist(list)])


def _compacted(item: Any) -> Any:
    short = type(item) is tuple and len(item) == 2 and item[1] is True and is_atom(item[0])
    return item[0] if short else item


@module.function("property", arity=1)
def property_of(property: Any) -> Any:
    """Return a pair in its shortest form: an atom alone for one whose value is true.

    iex> :proplists.property({:a, true})
    :a
    """
    return _compacted(property)


@module.function("property", arity=2)
def property_with(key: Any, value: Any) -> Any:
    """Return the shortest form of a key and a value.

    iex> :proplists.property(:a, 1)
    {:a, 1}
    """
    return _compacted((key, value))


@module.function
def append_values(key: Any, list: Any) -> Any:
    """Return the values of a key joined, those that are no lists as elements.

    iex> :proplists.append_values(:a, [a: [:x], b: 1, a: :y])
    [:x, :y]
    """
    found: Any = []
    for value in to_pylist(get_all_values(key, list)):
        found.extend(to_pylist(value) if isinstance(value, List) else [value])
    return from_pylist(found)


@module.function
def split(list: Any, keys: Any) -> Any:
    """Return `{lists, rest}`: the entries of each key, and all others.

    iex> :proplists.split([:c, a: 1, b: 2, a: 3], [:a])
    {[[a: 1, a: 3]], [:c, {:b, 2}]}
    """
    wanted = to_pylist(keys)
    groups = [_entries(key, list) for key in wanted]
    taken = {id(entry) for group in groups for entry in group}
    rest = [entry for entry in to_pylist(list) if id(entry) not in taken]
    return from_pylist([from_pylist(group) for group in groups]), from_pylist(rest)


def _replaced(properties: Any, rules: Any, change: Callable[[Any, Any], list[Any]]) -> list[Any]:
    """Return properties with those changed whose keys a list of rules names: the first rule of a key holds."""
    found: dict[Any, Any] = {}
    for key, rule in to_pylist(rules):
        found.setdefault(encode_key(key), rule)
    result: list[Any] = []
    for entry in to_pylist(properties):
        key = _key(entry)
        place = encode_key(key[0]) if key is not None else None
        result += change(entry, found[place]) if key is not None and place in found else [entry]
    return result


def _as_short(key: Any, value: Any) -> Any:
    return key if value is True and is_atom(key) else (key, value)


def _renamed(entry: Any, name: Any) -> list[Any]:
    return [(name, *entry[1:]) if type(entry) is tuple else name]


def _negated(entry: Any, name: Any) -> list[Any]:
    is_set = type(entry) is not tuple or len(entry) == 1 or entry[1] is True
    return [(name, False) if is_set else name]


@module.function
def substitute_aliases(aliases: Any, list: Any) -> Any:
    """Return the list with keys renamed as pairs `{key, new key}` tell.

    iex> :proplists.substitute_aliases([{:colour, :color}], [{:colour, 1}, :b])
    [{:color, 1}, :b]
    """
    return from_pylist(_replaced(list, aliases, _renamed))


@module.function
def substitute_negations(negations: Any, list: Any) -> Any:
    """Return the list with keys that deny others replaced, as pairs `{key, denied key}` tell.

    iex> :proplists.substitute_negations([{:no_c, :c}], [:no_c, {:no_c, false}])
    [{:c, false}, :c]
    """
    return from_pylist(_replaced(list, negations, _negated))


@module.function
def expand(expansions: Any, list: Any) -> Any:
    """Return the list with properties replaced by others, as pairs `{property, properties}` tell; each is expanded once.

    A property stands for the first entry of its key, when that entry is it; what comes later of the same key goes.

    iex> :proplists.expand([{:a, [:b, {:c, 1}]}], [:a, :d])
    [:b, {:c, 1}, :d]
    """
    found = to_pylist(list)
    for what, instead in to_pylist(expansions):
        wanted = _key(what)
        if wanted is None:
            raise bad_argument("proplists", "expand", (expansions, list))
        value = _value(what, True) if type(what) is tuple and len(what) > 1 else True
        found = _expanded(found, wanted[0], value, to_pylist(instead))
    return from_pylist(found)


def _expanded(entries: list[Any], key: Any, value: Any, instead: list[Any]) -> list[Any]:
    """Put properties in the place of a key's first entry, when it has that value; later entries of the key go with it."""
    places = [at for at, entry in enumerate(entries) if (own := _key(entry)) is not None and identical(own[0], key)]
    if not places or not identical(_value(entries[places[0]], True), value):
        return entries
    kept = [entry for at, entry in enumerate(entries) if at > places[0] and at not in places]
    return [*entries[: places[0]], *instead, *kept]


@module.function
def normalize(list: Any, stages: Any) -> Any:
    """Return the list after some stages: `{:aliases, _}`, `{:negations, _}` and `{:expand, _}`; `{a, true}` becomes `a`.

    iex> :proplists.normalize([{:a, true}, :no_c], [{:negations, [{:no_c, :c}]}])
    [:a, {:c, false}]
    """
    for name, rules in to_pylist(stages):
        list = _STAGES[name.name](rules, list)
    return from_pylist([_as_short(*entry) if type(entry) is tuple and len(entry) == 2 else entry for entry in to_pylist(list)])


_STAGES: Final = {"aliases": substitute_aliases, "negations": substitute_negations, "expand": expand}


@module.function("to_map", arity=2)
def to_map_after(list: Any, stages: Any) -> Any:
    """Return the map of the list after some stages (see `normalize/2`).

    iex> :proplists.to_map([:a, {:b, 1}], [{:aliases, [{:b, :c}]}])
    %{a: true, c: 1}
    """
    return export(atom("proplists"), "to_map", 1).fn(normalize(list, stages))
