"""The hash by which the BEAM lays out maps of more than 32 keys, as far as it is the same in every start.

A number, a binary, and what is made of such has one hash for ever. An atom is hashed by its place in the atom table: those of a
fresh iex have the BEAM's hash, later ones an approximation. Functions and references are hashed by where they are stored; here
too, so their order means nothing on either machine.

Terms that fit into a machine word (`_immediate`) take one round of mixing; all others are fed in pieces into two sums.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
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


def _mix(word: int) -> int:
    word ^= word >> 33
    word = word * 0xFF51AFD7ED558CCD & _WORD
    word ^= word >> 33
    word = word * 0xC4CEB9FE1A85EC53 & _WORD
    return word ^ word >> 33


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


def _rotated(word: int, bits: int) -> int:
    return (word << bits | word >> (64 - bits)) & _WORD


class _Sums:
    """Two running sums into which the pieces of a term are mixed."""

    def __init__(self) -> None:
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
        alpha, beta = self.alpha ^ self.ticks, self.beta ^ self.ticks
        alpha = alpha + beta & _WORD
        beta = beta + alpha & _WORD
        alpha, beta = _mix(alpha), _mix(beta)
        alpha = alpha + beta & _WORD
        beta = beta + alpha & _WORD
        return alpha ^ beta

    def _alpha(self, piece: int) -> None:
        self.alpha ^= _rotated(piece * _C1 & _WORD, 31) * _C2 & _WORD
        self.alpha = ((_rotated(self.alpha, 27) + self.beta) * 5 + 0x52DCE729) & _WORD
        self.ticks += 1

    def _beta(self, piece: int) -> None:
        self.beta ^= _rotated(piece * _C2 & _WORD, 33) * _C1 & _WORD
        self.beta = ((_rotated(self.beta, 31) + self.alpha) * 5 + 0x38495AB5) & _WORD
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
        self._sized(_BINARY, size)
        whole, odd = divmod(size, 8)
        stop = whole - whole % 16
        for at in range(0, stop, 16):
            first, second = struct.unpack_from("<QQ", data, at)
            self._alpha(first)
            self._beta(second)
        rest = data[stop:whole]
        if len(rest) > 8:
            self.beta ^= _rotated(int.from_bytes(rest[8:], "little") * _C2 & _WORD, 33) * _C1 & _WORD
        if rest:
            self.alpha ^= _rotated(int.from_bytes(rest[:8], "little") * _C1 & _WORD, 31) * _C2 & _WORD
        if odd:
            self._alpha(data[whole] >> (8 - odd))


def _values_and_keys(term: Map) -> Iterable[Any]:
    for key, value in term.pairs():
        yield value
        yield key
