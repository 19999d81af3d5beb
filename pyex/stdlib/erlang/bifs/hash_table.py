"""Tables that grow by one bucket at a time (Larson's linear hashing): how :dict and the older :sets keep what they hold.

A table is Erlang's record: `{name, size, buckets, most, half, grow above, shrink below, empty segment, segments}`, a segment being a
tuple of sixteen buckets and a bucket a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.stdlib.erlang.bifs.hashing import old_hash
from pyex.terms.atoms import Atom
from pyex.terms.lists import EMPTY, Cons, from_iterable, split_tail

SEGMENT: Final = 16
_GROW: Final = 5
_SHRINK: Final = 3
_BLANK: Final = (EMPTY,) * SEGMENT

KeyOf = Callable[[Any], Any]


def new(name: Atom) -> Any:
    """Return an empty table."""
    size = SEGMENT
    return (name, 0, size, size, size // 2, size * _GROW, size * _SHRINK, _BLANK, (_BLANK,))


def is_table(term: Any, name: Atom) -> bool:
    """Tell whether a term is a table of that name."""
    return type(term) is tuple and len(term) == 9 and term[0] is name


def _slot(table: Any, key: Any) -> int:
    """Return the number of a key's bucket, from 1."""
    slot: int = old_hash(key) % table[3] + 1
    return slot - table[4] if slot > table[2] else slot


def bucket(table: Any, key: Any) -> list[Any]:
    """Return what is in the bucket of a key."""
    return _at(table, _slot(table, key))


def _at(table: Any, slot: int) -> list[Any]:
    segment, place = divmod(slot - 1, SEGMENT)
    return split_tail(table[8][segment][place])[0]


def _with(segments: Any, slot: int, items: list[Any]) -> Any:
    number, place = divmod(slot - 1, SEGMENT)
    segment = segments[number]
    changed = (*segment[:place], _plain(items), *segment[place + 1 :])
    return (*segments[:number], changed, *segments[number + 1 :])


def _plain(items: list[Any]) -> Any:
    made: Any = EMPTY
    for item in reversed(items):
        made = Cons(item, made)
    return made


def put(table: Any, key: Any, items: list[Any], added: int, key_of: KeyOf) -> Any:
    """Return the table with a key's bucket replaced, and so many entries more; it grows or shrinks by a bucket where it must."""
    table = (table[0], table[1] + added, *table[2:8], _with(table[8], _slot(table, key), items))
    if added > 0 and table[1] > table[5]:
        return _grown(table, key_of)
    if added < 0 and table[1] < table[6] and table[2] > SEGMENT:
        return _shrunk(table)
    return table


def _grown(table: Any, key_of: KeyOf) -> Any:
    name, size, count, most, half, _, _, blank, segments = table
    if count == most:
        segments = (*segments, *[blank] * len(segments))
        half, most = most, most * 2
    count += 1
    low = count - half
    entries = _at((name, size, count, most, half, 0, 0, blank, segments), low)
    stay = [entry for entry in entries if old_hash(key_of(entry)) % most + 1 == low]
    move = [entry for entry in entries if old_hash(key_of(entry)) % most + 1 != low]
    segments = _with(_with(segments, low, stay), count, move)
    return (name, size, count, most, half, count * _GROW, count * _SHRINK, blank, segments)


def _shrunk(table: Any) -> Any:
    name, size, count, most, half, _, _, blank, segments = table
    low = count - half
    joined = _at(table, low) + _at(table, count)
    segments = _with(_with(segments, low, joined), count, [])
    count -= 1
    if count == half:
        segments = segments[: len(segments) // 2]
        most, half = half, half // 2
    return (name, size, count, most, half, count * _GROW, count * _SHRINK, blank, segments)


def walk(table: Any) -> Iterator[Any]:
    """Yield the entries in the order in which Erlang folds them: from the last bucket to the first."""
    for segment in reversed(table[8]):
        for held in reversed(segment):
            yield from split_tail(held)[0]


def mapped(table: Any, change: Callable[[list[Any]], list[Any]]) -> Any:
    """Return the table with each bucket changed."""
    segments = tuple(
        tuple(from_iterable(change(split_tail(held)[0])) if held is not EMPTY else EMPTY for held in segment)
        for segment in table[8]
    )
    size = sum(len(split_tail(held)[0]) for segment in segments for held in segment)
    table = (table[0], size, *table[2:8], segments)
    return _shrunk(table) if table[1] < table[6] and table[2] > SEGMENT else table
