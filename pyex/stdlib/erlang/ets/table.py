"""One table: its objects by key, in the order of the kind of table that it is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, Final

from pyex.terms.atoms import Atom, atom
from pyex.terms.maps import encode_key
from pyex.terms.order import identical, sort_key
from pyex.terms.pids import Pid, Reference

SET: Final = atom("set")
ORDERED: Final = atom("ordered_set")
BAG: Final = atom("bag")
DUPLICATES: Final = atom("duplicate_bag")
KINDS: Final = (SET, ORDERED, BAG, DUPLICATES)


class Table:
    """A table of a kind; each key has a list of objects, which holds one in a set.

    An ordered set takes 1 and 1.0 for the same key, the others do not.
    """

    def __init__(self, name: Any, kind: Atom, access: Atom, key_position: int, owner: Pid) -> None:
        self.name = name
        self.kind = kind
        self.access = access
        self.key_position = key_position
        self.owner = owner
        self.heir: Any = atom("none")
        self.is_named = False
        self.reference = Reference()
        self.options: dict[str, Any] = {}
        self._objects: dict[Any, list[tuple[Any, ...]]] = {}
        self._order: list[Any] | None = None

    @property
    def is_set(self) -> bool:
        """Tell whether a key has one object at most."""
        return self.kind is SET or self.kind is ORDERED

    def _encoded(self, key: Any) -> Any:
        return sort_key(key) if self.kind is ORDERED else encode_key(key)

    def key_of(self, item: tuple[Any, ...]) -> Any:
        """Return an object's key."""
        return item[self.key_position - 1]

    def lookup(self, key: Any) -> list[tuple[Any, ...]]:
        """Return the objects of a key."""
        return self._objects.get(self._encoded(key), [])

    def insert(self, item: tuple[Any, ...]) -> None:
        """Add an object; in a set it takes the place of the one with its key."""
        encoded = self._encoded(self.key_of(item))
        found = self._objects.get(encoded)
        if found is None:
            self._order = None
            self._objects[encoded] = [item]
        elif self.is_set:
            self._objects[encoded] = [item]
        elif self.kind is DUPLICATES or not any(identical(item, other) for other in found):
            self._objects[encoded] = [*found, item]

    def delete(self, key: Any) -> list[tuple[Any, ...]]:
        """Take the objects of a key out, and return them."""
        found = self._objects.pop(self._encoded(key), None)
        if found is None:
            return []
        self._order = None
        return found

    def delete_object(self, item: Any) -> None:
        """Take every object that is the given one out."""
        encoded = self._encoded(self.key_of(item))
        rest = [other for other in self._objects.get(encoded, ()) if not identical(item, other)]
        if rest:
            self._objects[encoded] = rest
        else:
            self.delete(self.key_of(item))

    def clear(self) -> None:
        """Take all objects out."""
        self._objects.clear()
        self._order = None

    def __len__(self) -> int:
        return len(self._objects) if self.is_set else sum(map(len, self._objects.values()))

    def objects(self) -> Iterator[tuple[Any, ...]]:
        """Yield the objects; those of an ordered set in the order of the keys."""
        for encoded in list(self._ordered()):
            yield from self._objects.get(encoded, ())

    def _ordered(self) -> list[Any]:
        if self._order is None:
            self._order = sorted(self._objects) if self.kind is ORDERED else list(self._objects)
        return self._order

    def first(self, *, last: bool = False) -> list[tuple[Any, ...]]:
        """Return the objects of the first key, or of the last; of an empty table none."""
        order = self._ordered()
        return self._objects[order[-1 if last and self.kind is ORDERED else 0]] if order else []

    def beside(self, key: Any, step: int) -> list[tuple[Any, ...]]:
        """Return the objects of the key after one (`step` 1) or before it (-1). Raises KeyError for a key that is not there."""
        order, encoded = self._ordered(), self._encoded(key)
        if self.kind is ORDERED:
            place = bisect_right(order, encoded) if step > 0 else bisect_left(order, encoded) - 1
        else:
            if encoded not in self._objects:
                raise KeyError(key)
            place = order.index(encoded) + 1
        return self._objects[order[place]] if 0 <= place < len(order) else []
