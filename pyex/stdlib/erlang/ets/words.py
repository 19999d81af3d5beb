"""How many machine words the BEAM would need for a table: what `:ets.info/2` calls its memory."""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from pyex.stdlib.erlang.ets.table import ORDERED, Table
from pyex.terms.binaries import Bits, is_binary
from pyex.terms.lists import EMPTY, Cons, split_tail
from pyex.terms.maps import LARGE, Map
from pyex.terms.pids import Reference

_HASHED_TABLE: Final = 305
_ORDERED_TABLE: Final = 139
_BESIDE: Final = 4
"""What an object of a hashed table takes beside its terms; one of an ordered set takes a word more."""
_BINARY: Final = 8
_WORD: Final = 64
_SAMPLE: Final = 10_000
"""So many objects are looked at: the others are taken to be as large as those on average."""


def memory(table: Table) -> int:
    """Return the words of a table and its objects."""
    is_ordered = table.kind is ORDERED
    base, beside = (_ORDERED_TABLE, _BESIDE + 1) if is_ordered else (_HASHED_TABLE, _BESIDE)
    sizes = [words(item) + beside for item in islice(table.objects(), _SAMPLE)]
    return base + (sum(sizes) * len(table) // len(sizes) if sizes else 0)


def words(term: Any) -> int:
    """Return the words that a term takes beside the one that refers to it."""
    kind = type(term)
    if kind is int:
        return 0 if -(1 << 59) <= term < 1 << 59 else 1 + -(-term.bit_length() // _WORD)
    if kind is float:
        return 2
    if kind is tuple:
        return 1 + len(term) + sum(map(words, term))
    if is_binary(term) or kind is Bits:
        return _BINARY
    if term is EMPTY:
        return 0
    if kind is Cons:
        items, tail = split_tail(term)
        return 2 * len(items) + sum(map(words, items)) + words(tail)
    if kind is Map:
        keys = (1 + len(term) if len(term) else 0) if len(term) <= LARGE else 2 * len(term)
        return 3 + keys + len(term) + sum([words(key) + words(value) for key, value in term.items()])
    return 3 if kind is Reference else _BINARY if callable(term) else 0
