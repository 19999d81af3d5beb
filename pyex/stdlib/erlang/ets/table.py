"""One table: its objects by key, in the order of the kind of table that it is.

A hashed table is walked slot by slot (`slots.py`), the keys of a slot as they came, the objects of a key from the newest to the
oldest. Whoever asks for objects gets them from the end of that walk to its beginning, since the BEAM gathers them so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any, Final

from pyex.stdlib.erlang.ets.slots import FEWEST, hashes, slots
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
        self.reference = Reference.holding(self)
        self.options: dict[str, Any] = {}
        self._objects: dict[Any, list[tuple[Any, ...]]] = {}
        self._order: list[Any] | None = None
        self._hashes: dict[Any, int] = {}
        self._places: dict[Any, int] = {}
        self._size = 0
        self._slot_count = FEWEST

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
        if found is not None and self.is_set:
            self._objects[encoded] = [item]
            return
        if found is None:
            self._objects[encoded] = [item]
        elif self.kind is DUPLICATES or not any(identical(item, other) for other in found):
            self._objects[encoded] = [*found, item]
        else:
            return
        self._order = None
        self._size += 1
        self._slot_count = max(self._slot_count, self._size)

    def delete(self, key: Any) -> list[tuple[Any, ...]]:
        """Take the objects of a key out, and return them."""
        encoded = self._encoded(key)
        found = self._objects.pop(encoded, None)
        if found is None:
            return []
        self._order = None
        self._size -= len(found)
        self._hashes.pop(encoded, None)
        return found

    def delete_object(self, item: Any) -> None:
        """Take every object that is the given one out."""
        encoded = self._encoded(self.key_of(item))
        found = self._objects.get(encoded, [])
        rest = [other for other in found if not identical(item, other)]
        if rest:
            self._objects[encoded] = rest
            self._size -= len(found) - len(rest)
        else:
            self.delete(self.key_of(item))

    def clear(self) -> None:
        """Take all objects out."""
        self._objects.clear()
        self._hashes.clear()
        self._order = None
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def slot_count(self) -> int:
        """How many slots a hashed table has: as many as it ever had objects, for it shrinks late."""
        return self._slot_count

    def objects(self) -> Iterator[tuple[Any, ...]]:
        """Yield the objects as a selection finds them: an ordered set's by key, those of other tables from the last slot on."""
        order = self._ordered()
        for encoded in list(order) if self.kind is ORDERED else order[::-1]:
            yield from self._objects.get(encoded, ())

    def _ordered(self) -> list[Any]:
        if self._order is None:
            self._order = sorted(self._objects) if self.kind is ORDERED else self._by_slot()
            self._places = {}
        return self._order

    def _by_slot(self) -> list[Any]:
        keys = list(self._objects)
        places = slots(self._hashed(keys), self.slot_count)
        return [keys[at] for at in sorted(range(len(keys)), key=places.__getitem__)]

    def _hashed(self, keys: list[Any]) -> list[int]:
        """Return the hashes of keys; each is made once, at the first walk that meets the key."""
        new = [encoded for encoded in keys if encoded not in self._hashes]
        found = hashes([self.key_of(self._objects[encoded][0]) for encoded in new])
        self._hashes.update(zip(new, found, strict=True))
        return [self._hashes[encoded] for encoded in keys]

    def slot(self, number: int) -> list[tuple[Any, ...]]:
        """Return the objects of a slot; an ordered set has one for each key."""
        order = self._ordered()
        if self.kind is ORDERED:
            return self._objects[order[number]] if number < len(order) else []
        places = slots(self._hashed(order), self.slot_count)
        within = [encoded for encoded, place in zip(order, places, strict=True) if place == number]
        return [item for encoded in reversed(within) for item in self._objects[encoded]]

    def slot_of(self, key: Any) -> int:
        """Return the slot of a key of a hashed table."""
        return slots(self._hashed([self._encoded(key)]), self.slot_count)[0]

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
            if len(self._places) != len(order):
                self._places = {known: at for at, known in enumerate(order)}
            place = self._places[encoded] + 1
        return self._objects[order[place]] if 0 <= place < len(order) else []
