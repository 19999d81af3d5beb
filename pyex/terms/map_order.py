"""The order in which a map is walked and shown: the BEAM's.

A map of at most 32 keys is walked in the order of terms of its keys, but for atoms, which come in the order of the atom table. A
larger one is walked as its tree of hashes lies: by the hash's nibbles from the lowest on, the highest first. Its iterator takes
it the other way round, and with it all that folds over a map: `Enum.map/2` and `Enum.to_list/1` give two orders.
"""

from __future__ import annotations

import struct
from operator import itemgetter
from typing import Any, Final

from pyex.terms.atom_order import numbers
from pyex.terms.atoms import Atom, is_atom
from pyex.terms.internal_hash import internal_hashes
from pyex.terms.map_versions import Version
from pyex.terms.maps import LARGE, Key, Map, decode_key
from pyex.terms.order import exact_key

_number_of: Final = numbers.__getitem__
_SELF_ORDERED: Final = ({int}, {str})


def walked_keys(value: Map) -> list[Any]:
    """Return the keys of a map in the order in which it is walked."""
    data = value._data
    if type(data) is Version:
        return list(_known_walk(data))
    encoded = list(data)
    if len(encoded) < 2:
        return list(map(decode_key, encoded))
    kinds = set(map(type, encoded))
    keys = list(map(decode_key, encoded)) if Key in kinds else encoded
    if len(keys) > LARGE:
        return list(map(keys.__getitem__, _walk(keys)))
    if kinds == {Atom}:
        keys.sort(key=_number_of)
    elif kinds in _SELF_ORDERED:
        keys.sort()
    else:
        keys.sort(key=_small_key)
    return keys


def walked_pairs(value: Map) -> list[tuple[Any, Any]]:
    """Return the (key, value) pairs of a map in the order in which it is walked."""
    data = value._data
    if type(data) is Version:
        return _known_pairs(data).copy()
    pairs = list(data.items())
    if len(pairs) < 2:
        return [(decode_key(key), item) for key, item in pairs]
    kinds = set(map(type, data))
    if Key in kinds:
        pairs = [(decode_key(key), item) for key, item in pairs]
    if len(pairs) > LARGE:
        return list(map(pairs.__getitem__, _walk(list(map(_first, pairs)))))
    if kinds == {Atom}:
        pairs.sort(key=_pair_number)
    elif kinds in _SELF_ORDERED:
        pairs.sort(key=_first)
    else:
        pairs.sort(key=_small_pair)
    return pairs


def folded_pairs(value: Map) -> list[tuple[Any, Any]]:
    """Return the pairs in the order in which a map's iterator gives them: of a large map from the last to the first."""
    pairs = walked_pairs(value)
    return pairs if len(pairs) <= LARGE else pairs[::-1]


_first: Final = itemgetter(0)


def _pair_number(pair: tuple[Any, Any]) -> int:
    return numbers[pair[0]]


def _small_key(key: Any) -> Any:
    found = exact_key(key)
    return (found[0], numbers[key]) if is_atom(key) else found


def _small_pair(pair: tuple[Any, Any]) -> Any:
    return _small_key(pair[0])


def _known_walk(data: Version) -> list[Any]:
    """Return the keys of a large map in order, worked out once; not to be changed."""
    found = getattr(data, "walk", None)
    if found is None:
        keys = list(data)
        found = data.walk = walked_keys(Map(dict.fromkeys(keys)))
    return found


def _known_pairs(data: Version) -> list[tuple[Any, Any]]:
    """Return the pairs of a large map in order, made once: in this order a table is read from all over memory."""
    found = getattr(data, "pairs", None)
    if found is None:
        keys, items = _known_walk(data), data.snapshot()
        found = data.pairs = list(zip(keys, map(items.__getitem__, keys), strict=True))
    return found


def _walk(keys: list[Any]) -> list[int]:
    """Return the places of keys in the order of the nibbles of their hashes, the lowest nibble first, the highest value first."""
    hashes = internal_hashes(keys)
    # The lowest byte first, and in each byte the lower half first: so bytes are compared as the tree branches.
    swapped = struct.pack(f"<{len(keys)}Q", *hashes).translate(_HALVES_SWAPPED)
    places = struct.unpack(f">{len(keys)}Q", swapped)
    return sorted(range(len(keys)), key=places.__getitem__, reverse=True)


_HALVES_SWAPPED: Final = bytes([byte >> 4 | byte << 4 & 0xF0 for byte in range(256)])
