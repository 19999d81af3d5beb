"""The order in which a map is walked and shown: the BEAM's.

A map of at most 32 keys is walked in the order of terms of its keys, but for atoms, which come in the order of the atom table. A
larger one is walked as its tree of hashes lies: by the hash's nibbles from the lowest on, the highest first.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final

from pyex.terms.atom_order import numbers
from pyex.terms.atoms import Atom, is_atom
from pyex.terms.internal_hash import internal_hash
from pyex.terms.maps import LARGE, Key, Map, decode_key
from pyex.terms.order import exact_key

_number_of: Final = numbers.__getitem__
_SELF_ORDERED: Final = ({int}, {str})


def walked_keys(value: Map) -> list[Any]:
    """Return the keys of a map in the order in which it is walked."""
    encoded = list(value._data)
    if len(encoded) < 2:
        return list(map(decode_key, encoded))
    kinds = set(map(type, encoded))
    keys = list(map(decode_key, encoded)) if Key in kinds else encoded
    if len(keys) > LARGE:
        keys.sort(key=_place, reverse=True)
    elif kinds == {Atom}:
        keys.sort(key=_number_of)
    elif kinds in _SELF_ORDERED:
        keys.sort()
    else:
        keys.sort(key=_small_key)
    return keys


def walked_pairs(value: Map) -> list[tuple[Any, Any]]:
    """Return the (key, value) pairs of a map in the order in which it is walked."""
    pairs = list(value._data.items())
    if len(pairs) < 2:
        return [(decode_key(key), item) for key, item in pairs]
    kinds = set(map(type, value._data))
    if Key in kinds:
        pairs = [(decode_key(key), item) for key, item in pairs]
    if len(pairs) > LARGE:
        pairs.sort(key=_pair_place, reverse=True)
    elif kinds == {Atom}:
        pairs.sort(key=_pair_number)
    elif kinds in _SELF_ORDERED:
        pairs.sort(key=_first)
    else:
        pairs.sort(key=_small_pair)
    return pairs


_first: Final = itemgetter(0)


def _pair_number(pair: tuple[Any, Any]) -> int:
    return numbers[pair[0]]


def _small_key(key: Any) -> Any:
    found = exact_key(key)
    return (found[0], numbers[key]) if is_atom(key) else found


def _small_pair(pair: tuple[Any, Any]) -> Any:
    return _small_key(pair[0])


def _place(key: Any) -> str:
    """The nibbles of the hash, the lowest first."""
    return f"{internal_hash(key):016x}"[::-1]


def _pair_place(pair: tuple[Any, Any]) -> str:
    return _place(pair[0])
