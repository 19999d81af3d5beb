"""Erlang's hashes of terms: `phash2` and its elder `phash`, with the numbers that every node gives.

`phash2` mixes words of 32 bits as Bob Jenkins's hash does; which constant goes with which kind of term is what makes the
numbers Erlang's. What is added for a term depends on the hash of those before it, so a term is walked from left to right.
"""

from __future__ import annotations

import struct
from typing import Any, Final

from pyex.terms.atoms import atom_name
from pyex.terms.binaries import Bits, is_binary, to_bytes
from pyex.terms.functions import Export
from pyex.terms.lists import EMPTY, Cons, split_tail
from pyex.terms.maps import Map
from pyex.terms.pids import Pid, Port, Reference

M32: Final = 0xFFFFFFFF
_GOLDEN: Final = 0x9E3779B9
_CONSTANTS: Final = [number * _GOLDEN & M32 for number in range(23)]
_ATOM, _CHARACTERS, _PID, _PORT, _REFERENCE, _TUPLE = 3, 4, 5, 6, 7, 9
_NEGATIVE, _POSITIVE, _FLOAT, _BINARY, _BITS, _MAP, _MAP_END, _EXPORT = 10, 11, 12, 13, 15, 16, 19, 14
_NIL_ALONE: Final = 3468870702
_NIL_WORD: Final = 2


def atom_hash(name: str) -> int:
    """Return the hash of an atom's name: Weinberger's, of its UTF-8 bytes; those of Latin-1 count as one."""
    value = 0
    for byte in name.encode("latin-1") if all(ord(char) < 256 for char in name) else name.encode():
        value = (value << 4) + byte & M32
        high = value & 0xF0000000
        if high:
            value ^= high >> 24
            value ^= high
    return value


def _mix(a: int, b: int, c: int) -> int:
    return _mixed(a, b, c)[2]


def _words(hash_: int, first: int, second: int, constant: int) -> int:
    base = _CONSTANTS[constant]
    return _mix(base + first & M32, base + second & M32, hash_)


def _bytes(data: bytes, start: int) -> int:
    """Return the hash of bytes, twelve at a time."""
    a = b = _GOLDEN
    c = start
    place, size = 0, len(data)
    while size - place >= 12:
        first, second, third = struct.unpack_from("<III", data, place)
        a, b, c = a + first & M32, b + second & M32, c + third & M32
        a, b, c = _mixed(a, b, c)
        place += 12
    rest = data[place:]
    c = c + size & M32
    a = a + int.from_bytes(rest[:4], "little") & M32
    b = b + int.from_bytes(rest[4:8], "little") & M32
    c = c + (int.from_bytes(rest[8:], "little") << 8) & M32
    return _mix(a, b, c)


def _mixed(a: int, b: int, c: int) -> tuple[int, int, int]:
    for right, left, again in ((13, 8, 13), (12, 16, 5), (3, 10, 15)):
        a = (a - b - c & M32) ^ c >> right
        b = (b - c - a & M32) ^ (a << left & M32)
        c = (c - a - b & M32) ^ b >> again
    return a, b, c


def _integer(value: int, hash_: int) -> int:
    if -(1 << 27) <= value < 1 << 27:
        if value < 0:
            hash_ = _words(hash_, -value, 0, 1)
        return _words(hash_, value & M32, 0, 1)
    constant, rest = (_NEGATIVE if value < 0 else _POSITIVE), abs(value)
    while rest:
        hash_ = _words(hash_, rest & M32, rest >> 32 & M32, constant)
        rest >>= 64
    return hash_


def _list(term: Cons, hash_: int) -> int:
    items, tail = split_tail(term)
    place, word, count = 0, 0, 0
    while place < len(items):
        item = items[place]
        if type(item) is int and 0 <= item < 256:
            word, count = (word << 8) + item & M32, count + 1
            if count == 4:
                hash_, word, count = _words(hash_, word, 0, _CHARACTERS), 0, 0
        else:
            if count:
                hash_, word, count = _words(hash_, word, 0, _CHARACTERS), 0, 0
            hash_ = term_hash(item, hash_)
        place += 1
    if count:
        hash_ = _words(hash_, word, 0, _CHARACTERS)
    return term_hash(tail, hash_)


def _map(term: Map, hash_: int) -> int:
    hash_ = _words(hash_, len(term), 0, _MAP)
    if not len(term):
        return hash_
    together = 0
    for key, value in term.pairs():
        together ^= term_hash(value, term_hash(key, 0))
    return _words(hash_, together, 0, _MAP_END)


def _binary(data: bytes, hash_: int) -> int:
    start = _CONSTANTS[_BINARY] + hash_ & M32
    return _bytes(data, start) if data else start


def _bitstring(term: Bits, hash_: int) -> int:
    whole, bits = divmod(term.size, 8)
    hash_ = _binary(term.data[:whole], hash_)
    if not whole:
        hash_ = _bytes(b"", hash_)
    return _words(hash_, bits, term.data[whole] >> 8 - bits, _BITS)


def term_hash(term: Any, hash_: int = 0) -> int:
    """Return the hash of 32 bits of a term, after others whose hash is given."""
    kind = type(term)
    name = atom_name(term)
    if name is not None:
        return _words(hash_, atom_hash(name), 0, _ATOM) if hash_ else atom_hash(name)
    if kind is int:
        return _integer(term, hash_)
    if kind is Cons:
        return _list(term, hash_)
    if term is EMPTY:
        return _words(hash_, _NIL_WORD, 0, 2) if hash_ else _NIL_ALONE
    if kind is tuple:
        hash_ = _words(hash_, len(term), 0, _TUPLE)
        for item in term:
            hash_ = term_hash(item, hash_)
        return hash_
    if is_binary(term):
        return _binary(to_bytes(term), hash_)
    if kind is float:
        low, high = struct.unpack("<II", struct.pack("<d", term or 0.0))
        return _words(hash_, high, low, _FLOAT)
    if kind is Map:
        return _map(term, hash_)
    if kind is Bits:
        return _bitstring(term, hash_)
    return _identity(term, hash_)


def _identity(term: Any, hash_: int) -> int:
    kind = type(term)
    if kind is Pid:
        return _words(hash_, term.number & 0xFFFFFFF, 0, _PID)
    if kind is Port:
        return _words(hash_, term.number & M32, term.number >> 32 & M32, _PORT)
    if kind is Reference:
        return _words(hash_, term.id & M32, term.id >> 32 & M32, _REFERENCE)
    if kind is Export:
        hash_ = _words(hash_, term.arity, 0, _EXPORT)
        return _words(hash_, atom_hash(atom_name(term.module) or ""), atom_hash(term.name), _EXPORT)
    code = term.__code__
    return _words(hash_, code.co_argcount, atom_hash(code.co_name), _BINARY)


_PRIMES: Final = (
    0, 268440163, 268439161, 268435459, 268436141, 268438633, 268437017, 268438039, 268437511, 268439627, 268440479,
    268440577, 268440581, 268440593, 268440611,
)  # fmt: skip


def _old_bytes(data: bytes, prime: int, hash_: int) -> int:
    factor = _PRIMES[prime]
    for byte in data:
        hash_ = hash_ * factor + byte & M32
    return hash_


def _old_integer(value: int, hash_: int) -> int:
    size = max(1, (abs(value).bit_length() + 31) // 32) * 4
    hash_ = _old_bytes(abs(value).to_bytes(size, "little"), 2, hash_)
    return hash_ * _PRIMES[4 if value < 0 else 3] & M32


def _old_list(term: Cons, hash_: int) -> int:
    items, tail = split_tail(term)
    for item in items:
        if type(item) is int and 0 <= item < 256:
            hash_ = hash_ * _PRIMES[2] + item & M32
        else:
            hash_ = old_hash(item, hash_)
    return old_hash(tail, hash_) * _PRIMES[8] & M32


def old_hash(term: Any, hash_: int = 0) -> int:
    """Return the hash that `phash` gives, before it is brought into a range."""
    kind = type(term)
    name = atom_name(term)
    if name is not None:
        return hash_ * _PRIMES[1] + atom_hash(name) & M32
    if kind is int:
        return _old_integer(term, hash_)
    if kind is Cons:
        return _old_list(term, hash_)
    if term is EMPTY:
        return hash_ * _PRIMES[3] + 1 & M32
    if kind is tuple:
        for item in term:
            hash_ = old_hash(item, hash_)
        return hash_ * _PRIMES[9] + len(term) & M32
    if is_binary(term):
        data = to_bytes(term)
        return _old_bytes(data, 1, hash_) * _PRIMES[4] + len(data) & M32
    if kind is Bits:
        whole, bits = divmod(term.size, 8)
        hash_ = _old_bytes(term.data[:whole], 1, hash_) * _PRIMES[1] + (term.data[whole] >> 8 - bits)
        return int((hash_ * _PRIMES[12] + bits) * _PRIMES[4] + whole & M32)
    if kind is float:
        low, high = struct.unpack("<II", struct.pack("<d", term or 0.0))
        return int(hash_ * _PRIMES[6] + (low ^ high) & M32)
    return hash_ * _PRIMES[13] + _PRIMES[14] + term_hash(term) & M32
