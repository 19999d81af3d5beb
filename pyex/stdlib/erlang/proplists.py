""":proplists: lists of `{key, value}` pairs where an atom alone stands for `{atom, true}`."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom, is_atom
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
    """Return the values of all entries of a key."""
    return from_pylist([_value(entry, True) for entry in _entries(key, list)])


@module.function
def get_bool(key: Any, list: Any) -> Any:
    """Tell whether a key's value is true."""
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
    """Return the first entry of a key as a tuple, or `:none`."""
    found = _entries(key, list)
    return NONE if not found else found[0] if type(found[0]) is tuple else (found[0], True)


@module.function
def lookup_all(key: Any, list: Any) -> Any:
    """Return all entries of a key as tuples."""
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
    """Return the keys, each once."""
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
    """Return the entries of a map."""
    return from_pylist(map.pairs())


@module.function
def unfold(list: Any) -> Any:
    """Return the list with pairs for atoms alone."""
    return from_pylist([(entry, True) if is_atom(entry) else entry for entry in to_pylist(list)])


@module.function
def compact(list: Any) -> Any:
    """Return the list with atoms alone for pairs whose value is true."""
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
