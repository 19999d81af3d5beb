"""The hash by which the BEAM lays out maps of more than 32 keys, as far as it is the same in every start.

A number, a binary, and what is made of such has one hash for ever. An atom is hashed by its place in the atom table: those of a
fresh iex have the BEAM's hash, later ones an approximation. Functions and references are hashed by where they are stored; here
too, so their order means nothing on either machine.

Terms that fit into a machine word (`_immediate`) take one round of mixing; all others are fed in pieces into two sums.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pyex.terms.atom_order import numbers
from pyex.terms.atoms import Atom
from pyex.terms.binaries import Bits
from pyex.terms.lists import Cons, EmptyList
from pyex.terms.maps import LARGE, Map
from pyex.terms.pids import Pid, Port

_WORD: Final = 0xFFFFFFFFFFFFFFFF
_C1: Final = 0x87C37B91114253D5
_C2: Final = 0x4CF5AD432745937F
_SMALLEST: Final = -(1 << 59)
_LARGEST: Final = (1 << 59) - 1

_IMMEDIATE: Final = 1
_ELEMENT: Final = 2
_CAR: Final = 3
_CDR: Final = 4
_STRING: Final = 5
_TUPLE: Final = 6
_FLATMAP: Final = 7
_HASHMAP: Final = 8
_BINARY: Final = 11
_EXTERNAL: Final = 13
_NEGATIVE: Final = 14
_POSITIVE: Final = 15
_FLOAT: Final = 20

_NIL: Final = 0x3B
_ATOMS: Final = frozenset({Atom, bool, type(None)})


class _Head:
    """A list waiting on the stack whose tail is no list: it is marked when it is taken up."""

    __slots__ = ("tail",)

    def __init__(self, tail: Any) -> None:
        self.tail = tail


def internal_hash(term: Any) -> int:
    """Return the hash of a term, 64 bits."""
    word = _immediate(term)
    return _mix(word) if word is not None else _Sums().of(term)


def internal_hashes(terms: list[Any]) -> Sequence[int]:
    """Return the hashes of many terms: small integers together, and binaries of one size together."""
    kinds = set(map(type, terms))
    if kinds == {int} and min(terms) >= _SMALLEST and max(terms) <= _LARGEST:
        lanes = _Lanes(len(terms))
        words = lanes.joined(terms, "q") << 4 & lanes.mask | 0xF * lanes.ones
        return lanes.words(_mix(words, lanes.mask))
    if kinds != {str}:
        return [internal_hash(term) for term in terms]
    found = [0] * len(terms)
    places: dict[int, list[int]] = {}
    encoded = [term.encode() for term in terms]
    for place, data in enumerate(encoded):
        places.setdefault(len(data), []).append(place)
    for size, group in places.items():
        hashes = _hashes_of_one_size([encoded[place] for place in group], size)
        for place, hashed in zip(group, hashes, strict=True):
            found[place] = hashed
    return found


def _hashes_of_one_size(binaries: list[bytes], size: int) -> Sequence[int]:
    lanes = _Lanes(len(binaries))
    step = -(-size // 8)
    padded = b"".join([data.ljust(step * 8, b"\0") for data in binaries])
    words = struct.unpack(f"<{step * len(binaries)}Q", padded)
    sums = _Sums(lanes.mask, lanes.ones)
    sums.binary([lanes.joined(words[at::step]) for at in range(step)], size * 8)
    return lanes.words(sums.result())


class _Lanes:
    """Many words side by side in one integer, 64 bits of room between them: what is done to it is done to each."""

    def __init__(self, count: int) -> None:
        self.count = 2 * count
        self.ones = int.from_bytes((b"\1" + bytes(15)) * count, "little")
        self.mask = self.ones * _WORD

    def joined(self, words: Sequence[int], kind: str = "Q") -> int:
        """Return the lanes that hold the words, which are packed as struct's `kind`."""
        spaced = [0] * self.count
        spaced[::2] = words
        return int.from_bytes(struct.pack(f"<{self.count}{kind}", *spaced), "little")

    def words(self, lanes: int) -> Sequence[int]:
        """Return the words that the lanes hold."""
        return struct.unpack(f"<{self.count}Q", lanes.to_bytes(8 * self.count, "little"))[::2]


def _mix(word: int, mask: int = _WORD) -> int:
    word ^= word >> 33 & mask
    word = word * 0xFF51AFD7ED558CCD & mask
    word ^= word >> 33 & mask
    word = word * 0xC4CEB9FE1A85EC53 & mask
    return word ^ word >> 33 & mask


def _immediate(term: Any) -> int | None:
    """Return the machine word of a term that fits into one."""
    kind = type(term)
    if kind is int:
        return int(term << 4 | 0xF) & _WORD if _SMALLEST <= term <= _LARGEST else None
    if kind in _ATOMS:
        return numbers[term] << 6 | 0xB
    if kind is EmptyList:
        return _NIL
    if kind is Pid:
        return int(term.serial << 32 | term.number << 4 | 0x3) & _WORD
    if kind is Port:
        return int(term.number << 4 | 0x7)
    return None


class _Sums:
    """Two running sums into which the pieces of a term are mixed; of many terms at once where they are lanes."""

    def __init__(self, mask: int = _WORD, ones: int = 1) -> None:
        self.mask = mask
        self.ones = ones
        self.alpha = self.beta = self.ticks = 0
        self.stack: list[Any] = []

    def of(self, term: Any) -> int:
        """Return the hash of a term that is no machine word."""
        self.stack.append(term)
        while self.stack:
            term = self.stack.pop()
            if type(term) is _Head:
                self._beta(_CDR)
                term = term.tail
            self._take(term)
        return self.result()

    def result(self) -> int:
        """Return the hash of what was mixed in."""
        mask, ticks = self.mask, self.ticks * self.ones
        alpha, beta = self.alpha ^ ticks, self.beta ^ ticks
        alpha = alpha + beta & mask
        beta = beta + alpha & mask
        alpha, beta = _mix(alpha, mask), _mix(beta, mask)
        alpha = alpha + beta & mask
        beta = beta + alpha & mask
        return alpha ^ beta

    def _rotated(self, word: int, bits: int) -> int:
        return (word << bits | word >> (64 - bits)) & self.mask

    def _alpha(self, piece: int) -> None:
        mask = self.mask
        self.alpha ^= self._rotated(piece * _C1 & mask, 31) * _C2 & mask
        self.alpha = (self._rotated(self.alpha, 27) + self.beta) * 5 + 0x52DCE729 * self.ones & mask
        self.ticks += 1

    def _beta(self, piece: int) -> None:
        mask = self.mask
        self.beta ^= self._rotated(piece * _C2 & mask, 33) * _C1 & mask
        self.beta = (self._rotated(self.beta, 31) + self.alpha) * 5 + 0x38495AB5 * self.ones & mask
        self.ticks += 1

    def _word(self, word: int) -> None:
        self._alpha(_IMMEDIATE)
        self._beta(word)

    def _take(self, term: Any) -> None:
        word = _immediate(term)
        kind = type(term)
        if word is not None:
            self._word(word)
        elif kind is str:
            data = term.encode()
            self._bits(data, len(data) * 8)
        elif kind is bytes:
            self._bits(term, len(term) * 8)
        elif kind is Bits:
            self._bits(term.data, term.size)
        elif kind is tuple:
            self._sized(_TUPLE, len(term))
            self._each(term)
        elif kind is Cons:
            self._list(term)
        elif kind is int:
            self._integer(term)
        elif kind is float:
            self._alpha(_FLOAT)
            self._beta(int.from_bytes(struct.pack("<d", term), "little"))
        elif kind is Map:
            self._sized(_FLATMAP if len(term) <= LARGE else _HASHMAP, len(term))
            self._each(_values_and_keys(term))
        else:
            self._sized(_EXTERNAL, hash(term) & _WORD)

    def _sized(self, kind: int, size: int) -> None:
        self._alpha(kind)
        self._beta(size)

    def _each(self, items: Iterable[Any]) -> None:
        """Mix in what fits into a word; leave the others for later, but for the last, which comes at once."""
        items = list(items)
        for item in items[:-1]:
            word = _immediate(item)
            if word is not None:
                self._word(word)
            else:
                self._alpha(_ELEMENT)
                self.stack.append(item)
        if items:
            self.stack.append(items[-1])

    def _list(self, node: Any) -> None:
        value = count = 0
        while type(node) is Cons and type(node.head) is int and 0 <= node.head < 256:
            value, count = value << 8 | node.head, count + 1
            if count == 4:
                self._alpha(_STRING | count << 8 | value << 32)
                value = count = 0
            node = node.tail
        if count:
            self._alpha(_STRING | count << 8 | value << 32)
        if type(node) is not Cons:
            self.stack.append(node)
            return
        word = _immediate(node.head)
        is_last = type(node.tail) is not Cons
        if word is not None:
            self._alpha(_IMMEDIATE | _CAR << 32)
            self._beta(word)
            if is_last:
                self._alpha(_CDR)
            self.stack.append(node.tail)
            return
        self.stack.append(_Head(node.tail) if is_last else node.tail)
        self._alpha(_CAR)
        self.stack.append(node.head)

    def _integer(self, term: int) -> None:
        size = (abs(term).bit_length() + 63) // 64
        digits = struct.unpack(f"<{size}Q", abs(term).to_bytes(size * 8, "little"))
        self._alpha((_NEGATIVE if term < 0 else _POSITIVE) | size << 32)
        for index in range(0, size - 1, 2):
            self._alpha(digits[index])
            self._beta(digits[index + 1])
        if size % 2:
            self._beta(digits[-1])

    def _bits(self, data: bytes, size: int) -> None:
        whole, odd = divmod(size, 8)
        step = -(-whole // 8)
        self.binary(struct.unpack(f"<{step}Q", data[:whole].ljust(step * 8, b"\0")), size)
        if odd:
            self._alpha(data[whole] >> (8 - odd))

    def binary(self, words: Sequence[int], size: int) -> None:
        """Mix in a binary of so many bits: its words, the last one padded."""
        self._alpha(_BINARY * self.ones)
        self._beta(size * self.ones)
        stop = size // 128 * 2
        for at in range(0, stop, 2):
            self._alpha(words[at])
            self._beta(words[at + 1])
        mask = self.mask
        if len(words) > stop + 1:
            self.beta ^= self._rotated(words[stop + 1] * _C2 & mask, 33) * _C1 & mask
        if len(words) > stop:
            self.alpha ^= self._rotated(words[stop] * _C1 & mask, 31) * _C2 & mask


def _values_and_keys(term: Map) -> Iterable[Any]:
    for key, value in term.pairs():
        yield value
        yield key
