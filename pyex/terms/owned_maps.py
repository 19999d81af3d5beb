"""Changes of maps that nobody else sees: they are made in the map itself.

Compiled code calls these where the local that holds the map is given the result at once: the accumulator of a fold, the
parameter of a loop. Whether that local alone refers to the map, and the map alone to its storage, is read off their
counts of references; else the change makes a new map, as everywhere. What a stack trace shows of `Map.update/4` depends on this
file's name (`native_frames`).
"""

from __future__ import annotations

from collections.abc import Callable
from sys import getrefcount
from types import FunctionType
from typing import Any, Final

from pyex.terms.map_versions import PLAIN, Version, large_storage
from pyex.terms.maps import LARGE, Map, encode_key

_MISSING: Final = object()


def put_owned(owner: Map, key: Any, value: Any) -> Map:
    """Return the map of the caller's local with a key set."""
    if getrefcount(owner) == _OWNED:
        data = owner._data
        if getrefcount(data) == _OWNED:
            stored = key if type(key) in PLAIN else encode_key(key)
            if type(data) is Version:
                table = data.table
                if type(table) is dict and type(stored) in PLAIN:
                    table[stored] = value
                    data.walk = data.pairs = owner._hash = None
                    return owner
            elif type(data) is dict:
                data[stored] = value
                if len(data) > LARGE:
                    owner._data = large_storage(data)
                owner._hash = None
                return owner
    return owner.put(key, value)


def update_owned(owner: Map, key: Any, default: Any, fun: Any, otherwise: Callable[..., Any]) -> Any:
    """Return the map of the caller's local with a key set to a function of its value, or to a default."""
    if type(fun) is not FunctionType or fun.__code__.co_argcount != 1:
        return otherwise(owner, key, default, fun)
    data = owner._data
    stored = key if type(key) in PLAIN else encode_key(key)
    found = data.get(stored, _MISSING)
    value = default if found is _MISSING else fun(found)
    if getrefcount(owner) == _OWNED and getrefcount(data) == _OWNED:
        if type(data) is Version:
            table = data.table
            if type(table) is dict and type(stored) in PLAIN:
                table[stored] = value
                data.walk = data.pairs = owner._hash = None
                return owner
        elif type(data) is dict:
            data[stored] = value
            if len(data) > LARGE:
                owner._data = large_storage(data)
            owner._hash = None
            return owner
    return owner.put(key, value)


def _references(owner: Map) -> int:
    return getrefcount(owner)


def _counted() -> int:
    """Return how many references a function counts to an argument that one local of its caller alone holds."""
    held = Map({})
    return _references(held)


_OWNED: Final = _counted()
