"""What large maps are stored in: the newest version of a map owns a plain dict, an older one knows what was there before.

Nearly always a map is built or updated in a row and nobody looks at the versions before: then each `put` writes into the one
dict, and the version that it came from keeps the key and the value that stood there, and dies at once. When
an older version is looked at after all, it and those between become tries that share what they have in common (`frozen`), and
what is made of them stays a trie. So nothing is ever copied again and again, whatever the program does:

- versions are written in a row: a dict's speed (a third of the time of a trie);
- an old version is read: once the time of making a trie, from then on a trie's speed;
- an old version is kept and never read: it holds at most as many later changes as the map has keys, since a table that saw more
  changes than that is copied, and the line of versions goes on with the copy.

Two things keep a half-made change from being seen. A process is never cut while one of these functions runs
(`runtime.preemption` asks for this file's name). And other threads get their turn, in CPython, only at a call, at
the start of a function or at a jump back: the lines that must stay together have none of these, and the hash and equality of
the keys that are stored here (`is_plain`) are C's. All others live in tries.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator
from typing import Any, Final

from immutables import Map as Trie

from pyex.terms.atoms import Atom

PLAIN: Final = frozenset({Atom, int, str, bytes, type(None)})
"""Types whose values stand for themselves as keys, with hash and equality in C."""

_ABSENT: Final = object()
_new: Final = object.__new__


def is_plain(key: Any) -> bool:
    """Tell whether a stored key, hashed and compared, runs no Python code."""
    kind = type(key)
    return kind in PLAIN or (kind is tuple and set(map(type, key)) <= PLAIN)


def large_storage(data: dict[Any, Any]) -> Any:
    """Return the storage of a large map that takes over a dict of its own."""
    kinds = set(map(type, data))
    if kinds <= PLAIN or (kinds <= _PLAIN_OR_TUPLE and all(map(is_plain, data))):
        return Version(data)
    return Trie(data)


_PLAIN_OR_TUPLE: Final = PLAIN | {tuple}


class Version:
    """One version of a large map. It has a table (a dict or a trie) of its own, or a newer version and what that changed."""

    __slots__ = ("changes", "key", "newer", "old", "pairs", "table", "walk")
    table: Any
    changes: int
    """How many versions have written into the table."""
    newer: Version | None
    key: Any
    old: Any
    walk: list[Any] | None
    """The keys in the order in which the map is walked, once somebody has asked for it (`map_order`)."""
    pairs: list[tuple[Any, Any]] | None
    """The keys with their values in the same order, once somebody has asked for them."""

    def __init__(self, table: dict[Any, Any]) -> None:
        self.table = table
        self.changes = 0

    def set(self, key: Any, value: Any) -> Any:
        """Return the storage with a key set."""
        table = self.table
        if type(table) is not dict or (type(key) not in PLAIN and not is_plain(key)):
            return self.frozen().set(key, value)
        if self.changes > len(table):
            return self._apart().set(key, value)
        fresh: Version = _new(Version)
        fresh.changes = self.changes + 1
        old = table.get(key, _ABSENT)
        if self.table is not table:
            return self.frozen().set(key, value)
        # From the test above to the return nothing is called.
        self.newer = fresh
        self.key = key
        self.old = old
        fresh.table = table
        self.table = None
        table[key] = value
        return fresh

    def delete(self, key: Any) -> Any:
        """Return the storage without a key that it has."""
        table = self.table
        if type(table) is not dict:
            return self.frozen().delete(key)
        if self.changes > len(table):
            return self._apart().delete(key)
        fresh: Version = _new(Version)
        fresh.changes = self.changes + 1
        old = table.get(key, _ABSENT)
        if self.table is not table:
            return self.frozen().delete(key)
        # From the test above to the return nothing is called.
        self.newer = fresh
        self.key = key
        self.old = old
        fresh.table = table
        self.table = None
        del table[key]
        return fresh

    def update(self, changes: dict[Any, Any]) -> Any:
        """Return the storage with many keys set."""
        if 4 * len(changes) > len(self):
            return large_storage({**self.snapshot(), **changes})
        found: Any = self
        for key, value in changes.items():
            found = found.set(key, value)
        return found

    def _apart(self) -> Version:
        return Version(self.snapshot())

    def frozen(self) -> Trie[Any, Any]:
        """Return this version as a trie, which it is from then on; those between it and the newest become tries too."""
        path: list[Version] = []
        version = self
        while True:
            table = version.table
            if table is not None:
                trie = Trie(table)  # nothing is called between reading the table and this
                break
            newer = version.newer
            if newer is not None:  # else it has just been frozen
                path.append(version)
                version = newer
        version.table = trie
        while path:
            version = path.pop()
            trie = trie.delete(version.key) if version.old is _ABSENT else trie.set(version.key, version.old)
            version.table = trie
            version.newer = None
        return trie

    def snapshot(self) -> dict[Any, Any]:
        """Return the pairs as a dict of the caller's own."""
        table = self.table
        if table is not None:
            return dict(table)  # nothing is called between reading the table and this
        return dict(self.frozen())

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the value of a key."""
        table = self.table
        if table is not None:
            return table.get(key, default)  # nothing is called between reading the table and this
        return self.frozen().get(key, default)

    def __getitem__(self, key: Any) -> Any:
        table = self.table
        if table is not None:
            return table[key]
        return self.frozen()[key]

    def __contains__(self, key: object) -> bool:
        table = self.table
        if table is not None:
            return key in table
        return key in self.frozen()

    def __len__(self) -> int:
        table = self.table
        if table is not None:
            return len(table)
        return len(self.frozen())

    def __iter__(self) -> Iterator[Any]:
        return iter(self.snapshot())

    def items(self) -> ItemsView[Any, Any]:
        """Return the pairs as they are now and for ever."""
        return self.snapshot().items()
