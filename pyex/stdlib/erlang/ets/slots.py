"""In which slot of a hashed table a key lies: the order in which the BEAM walks tables of every kind but ordered sets.

An atom's hash is made of its letters, that of any other term is the one which lays out large maps. A table begins with 256
slots and grows by one for each object beyond them: a slot that is not there yet is kept in the one it will be split from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pyex.terms.atoms import atom_name
from pyex.terms.internal_hash import internal_hashes

FEWEST: Final = 256


def hashes(keys: list[Any]) -> Iterable[int]:
    """Return the hashes of keys by which tables place them."""
    names = [atom_name(key) for key in keys]
    others = iter(internal_hashes([key for key, name in zip(keys, names, strict=True) if name is None]))
    return [next(others) if name is None else _hash_of_name(name) for name in names]


def slots(hashed: Iterable[int], count: int) -> list[int]:
    """Return the slots of hashes in a table that has so many."""
    mask = (1 << (count - 1).bit_length()) - 1
    return [place if (place := value & mask) < count else place & mask >> 1 for value in hashed]


def _hash_of_name(name: str) -> int:
    """Return the hash of an atom's letters: 28 bits, each letter shifted in by four, what falls out mixed in again below."""
    value = 0
    for code in name.encode("latin-1") if max(name, default="") <= "\xff" else name.encode():
        value = (value << 4) + code
        if above := value & 0xF0000000:
            value ^= above >> 24 ^ above
    return value
