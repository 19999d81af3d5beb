"""Maps and structs: immutable, keyed by Elixir's strict equality.

Python holds `1`, `1.0` and `True` for one key, Elixir for three. So a key that is a float or
a boolean, or a tuple that holds one, is stored wrapped (`encode_key`); every other key is stored
as it is. In what order a map is walked, `map_order` says. A small map is a dict that nobody changes; how a large one is stored,
so that a million `Map.put` are not quadratic, `map_versions` says.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, ValuesView
from operator import itemgetter
from typing import Any, Final

from pyex.terms.atoms import Atom, atom
from pyex.terms.map_versions import PLAIN, large_storage

LARGE: Final = 32
"""A map of more keys than this is stored so that a change does not copy it."""

_DIRECT: Final = PLAIN

_first: Final = itemgetter(0)
_new: Final = object.__new__


class Key:
    """A float, boolean or tuple key, equal only to a key of the same type and value, or an object that Python cannot hash.

    The tag of a float or boolean is its kind; that of anything else, a tuple or a number, is all that is compared.
    """

    __slots__ = ("hash", "tag", "value")

    def __init__(self, value: Any, tag: Any) -> None:
        self.value = value
        self.tag = tag
        self.hash = hash((tag, value) if type(tag) is str else tag)

    def __eq__(self, other: object) -> bool:
        return type(other) is Key and self.tag == other.tag and (type(self.tag) is not str or self.value == other.value)

    def __hash__(self) -> int:
        return self.hash

    def __repr__(self) -> str:
        return f"Key({self.value!r})"


def encode_key(key: Any) -> Any:
    """Return what stands for a term in a Python dict, so that equal means `===`."""
    kind = type(key)
    if kind in _DIRECT:
        return key
    if kind is float:
        # 0.0 and -0.0 are two keys since OTP 27, and equal in Python.
        return Key(key, "float" if key or str(key)[0] != "-" else "-float")
    if kind is bool:
        return Key(key, "bool")
    if kind is tuple:
        for item in key:
            if type(item) not in _DIRECT:
                break
        else:
            return key
        encoded = tuple([encode_key(item) for item in key])
        for item, original in zip(encoded, key, strict=True):
            if item is not original:
                return Key(key, encoded)
        return key
    if str(getattr(kind, "__module__", "")).startswith("pyex."):
        return key
    try:
        hash(key)
    except Exception:  # an object of the user's that Python cannot hash is equal to itself alone
        return Key(key, id(key))
    return key


def encode_keys(keys: list[Any]) -> list[Any]:
    """Return what stands for each of many terms: the list itself where no key needs anything to stand for it."""
    return keys if _DIRECT.issuperset(map(type, keys)) else [encode_key(key) for key in keys]


def decode_key(key: Any) -> Any:
    """Return the term that `encode_key` encoded."""
    return key.value if type(key) is Key else key


class Map(Mapping[Any, Any]):
    """An immutable map from terms to terms. A struct is a map with the key `:__struct__`.

    It is a Python Mapping too: `m[key]`, `len(m)`, `key in m`, `m.items()`, and `match`.
    """

    __slots__ = ("_data", "_hash")
    _data: Any
    _hash: int | None

    def __init__(self, data: Any = None) -> None:
        """Wrap storage of encoded keys; use `Map.of` or `Map.from_pairs` to make a map."""
        self._data = {} if data is None else data

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[Any, Any]]) -> Map:
        """Return the map of (key, value) pairs; of equal keys the last wins."""
        if type(pairs) is list and _DIRECT.issuperset(map(type, map(_first, pairs))):
            return cls(stored(dict(pairs)))  # in C: twice as fast
        return cls(stored({key if type(key) in _DIRECT else encode_key(key): value for key, value in pairs}))

    @classmethod
    def from_encoded(cls, data: dict[Any, Any]) -> Map:
        """Return the map of a dict whose keys are what stands for terms; the dict is the map's from now on."""
        return cls(stored(data))

    @classmethod
    def of(cls, data: Mapping[Any, Any]) -> Map:
        """Return the map of a Python mapping's items."""
        return cls.from_pairs(data.items())

    def __getitem__(self, key: Any) -> Any:
        return self._data[key if type(key) in _DIRECT else encode_key(key)]

    def get(self, key: Any, default: Any = None) -> Any:
        return self._data.get(key if type(key) in _DIRECT else encode_key(key), default)

    def __contains__(self, key: object) -> bool:
        return encode_key(key) in self._data

    def __iter__(self) -> Iterator[Any]:
        """Iterate the keys in the order in which Elixir shows and walks a map."""
        from pyex.terms.map_order import walked_keys

        return iter(walked_keys(self))

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the (key, value) pairs in the order in which Elixir shows and walks a map."""
        from pyex.terms.map_order import walked_pairs

        return walked_pairs(self)

    def folded(self) -> list[tuple[Any, Any]]:
        """Return the (key, value) pairs in the order in which a fold meets them, another one for large maps."""
        from pyex.terms.map_order import folded_pairs

        return folded_pairs(self)

    def items(self) -> ItemsView[Any, Any]:
        return _Items(self)

    def values(self) -> ValuesView[Any]:
        return _Values(self)

    def __len__(self) -> int:
        return len(self._data)

    def put(self, key: Any, value: Any) -> Map:
        """Return the map with `key` set to `value`."""
        data = self._data
        if type(key) not in _DIRECT:
            key = encode_key(key)
        new: Map = _new(Map)  # a third of the time that a call of the class takes
        if type(data) is dict:
            changed = data.copy()
            changed[key] = value
            new._data = changed if len(changed) <= LARGE else large_storage(changed)
        else:
            new._data = data.set(key, value)
        return new

    def delete(self, key: Any) -> Map:
        """Return the map without `key`."""
        data = self._data
        if type(key) not in _DIRECT:
            key = encode_key(key)
        if key not in data:
            return self
        if type(data) is dict:
            changed = data.copy()
            del changed[key]
            return Map(changed)
        return Map(data.delete(key))

    def merge(self, other: Map) -> Map:
        """Return the map with all pairs of `other` put into it."""
        data = self._data
        if type(data) is dict:
            return Map(stored({**data, **dict(other._data.items())}))
        return Map(data.update(dict(other._data.items())))

    @property
    def struct(self) -> Atom | None:
        """The module atom of a struct, or None for a plain map."""
        found = self._data.get(STRUCT)
        return found if type(found) is Atom else None

    def __eq__(self, other: object) -> bool:
        # Strict equality (===), as map keys need it. `==` of Elixir is terms.order.equals.
        if self is other:
            return True
        if type(other) is not Map or len(other._data) != len(self._data):
            return False
        from pyex.terms.order import identical

        return identical(self, other)

    def __hash__(self) -> int:
        found: int | None = getattr(self, "_hash", None)
        if found is None:
            found = self._hash = hash(frozenset((key, encode_key(value)) for key, value in self._data.items()))
        return found

    def __repr__(self) -> str:
        from pyex.terms.inspect import inspect

        return inspect(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Map.from_pairs, (list(self.items()),)


class _Items(ItemsView[Any, Any]):
    """The pairs of a map, looked up once each."""

    __slots__ = ()
    _mapping: Map

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self._mapping.pairs())


class _Values(ValuesView[Any]):
    """The values of a map in the order of the keys."""

    __slots__ = ()
    _mapping: Map

    def __iter__(self) -> Iterator[Any]:
        return iter([value for _, value in self._mapping.pairs()])


def stored(data: dict[Any, Any]) -> Any:
    """Return the storage of a map that takes over a dict of encoded keys."""
    return data if len(data) <= LARGE else large_storage(data)


STRUCT: Final = atom("__struct__")
EMPTY_MAP: Final = Map()


def struct(module: Atom, fields: Mapping[str, Any]) -> Map:
    """Return a struct of `module` with fields given by name."""
    data: dict[Any, Any] = {STRUCT: module}
    for name, value in fields.items():
        data[atom(name)] = value
    return Map(stored(data))
