"""The external term format: terms as bytes and back."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import Atom, atom, atom_name, exists
from pyex.terms.binaries import Bits, binary, is_binary, to_bytes
from pyex.terms.errors import erlang_error
from pyex.terms.functions import Export, export
from pyex.terms.lists import EMPTY, Cons, from_iterable, from_pylist, split_tail
from pyex.terms.maps import Map
from pyex.terms.pids import Pid, Port, Reference

VERSION: Final = 131
_NODE: Final = b"\x77\x0dnonode@nohost"


class Malformed(ValueError):
    """The bytes are no external term."""


def encode_whole(term: Any, *, compressed: bool = False, old_floats: bool = False) -> bytes:
    """Return a term's bytes with the version before them; floats as text where they are to be old ones."""
    data = encode(term, _old_float if old_floats else _float)
    if compressed:
        packed = zlib.compress(data)
        if len(packed) + 5 < len(data):
            return bytes((VERSION, 80)) + struct.pack(">I", len(data)) + packed
    return bytes((VERSION,)) + data


def _float(value: float) -> bytes:
    return struct.pack(">cd", b"F", value)


def _old_float(value: float) -> bytes:
    return b"c" + f"{value:.20e}".encode().ljust(31, b"\0")


def encode(term: Any, float_: Callable[[float], bytes] = _float) -> bytes:
    """Return a term's bytes."""
    pieces: list[bytes] = []
    _encode(term, pieces, float_)
    return b"".join(pieces)


def _encode(term: Any, out: list[bytes], float_: Callable[[float], bytes]) -> None:
    kind = type(term)
    name = atom_name(term)
    if name is not None:
        data = name.encode()
        out.append((b"w" + bytes((len(data),)) if len(data) < 256 else b"v" + struct.pack(">H", len(data))) + data)
    elif kind is int:
        out.append(_integer(term))
    elif kind is float:
        out.append(float_(term))
    elif is_binary(term):
        data = to_bytes(term)
        out.append(b"m" + struct.pack(">I", len(data)) + data)
    elif kind is Bits:
        out.append(b"M" + struct.pack(">IB", len(term.data), term.size % 8) + term.data)
    elif kind is tuple:
        out.append(b"h" + bytes((len(term),)) if len(term) < 256 else b"i" + struct.pack(">I", len(term)))
        for item in term:
            _encode(item, out, float_)
    elif term is EMPTY:
        out.append(b"j")
    elif kind is Cons:
        _list(term, out, float_)
    elif kind is Map:
        out.append(b"t" + struct.pack(">I", len(term)))
        for key, value in term.pairs():
            _encode(key, out, float_)
            _encode(value, out, float_)
    else:
        out.append(_identity(term))


def _integer(value: int) -> bytes:
    if 0 <= value <= 255:
        return b"a" + bytes((value,))
    if -(1 << 31) <= value < 1 << 31:
        return struct.pack(">ci", b"b", value)
    size = (abs(value).bit_length() + 7) // 8
    head = b"n" + bytes((size,)) if size < 256 else b"o" + struct.pack(">I", size)
    return head + bytes((value < 0,)) + abs(value).to_bytes(size, "little")


def _list(term: Any, out: list[bytes], float_: Callable[[float], bytes]) -> None:
    items, tail = split_tail(term)
    if tail is EMPTY and len(items) < 65536 and all(type(item) is int and 0 <= item <= 255 for item in items):
        out.append(b"k" + struct.pack(">H", len(items)) + bytes(items))
        return
    out.append(b"l" + struct.pack(">I", len(items)))
    for item in items:
        _encode(item, out, float_)
    _encode(tail, out, float_)


def _identity(term: Any) -> bytes:
    if type(term) is Pid:
        return b"X" + _NODE + struct.pack(">III", term.number, term.serial, 0)
    if type(term) is Reference:
        return b"Z" + struct.pack(">H", 3) + _NODE + struct.pack(">IIII", 0, term.id & 0xFFFFFFFF, term.id >> 32, 0)
    if type(term) is Port:
        return b"x" + _NODE + struct.pack(">QI", term.number, 0)
    if type(term) is Export:
        return b"q" + encode(term.module) + encode(atom(term.name)) + encode(term.arity)
    raise erlang_error("badarg", "erlang", "term_to_binary", (term,))


def decode_whole(data: bytes, *, safe: bool = False) -> tuple[Any, int]:
    """Return the term of bytes that begin with the version, and how many of them it takes; `safe` makes no atom. Raises Malformed."""
    if len(data) < 2 or data[0] != VERSION:
        raise Malformed("no version")
    if data[1] == 80:
        unpacking = zlib.decompressobj()
        try:
            packed = unpacking.decompress(data[6:])
        except zlib.error as error:
            raise Malformed("not compressed data") from error
        return _Reader(packed, 0, safe=safe).term(), len(data) - len(unpacking.unused_data)
    reader = _Reader(data, 1, safe=safe)
    return reader.term(), reader.place


class _Reader:
    def __init__(self, data: bytes, place: int, *, safe: bool = False) -> None:
        self.data = data
        self.place = place
        self.safe = safe

    def take(self, size: int) -> bytes:
        found = self.data[self.place : self.place + size]
        if len(found) != size:
            raise Malformed("cut off")
        self.place += size
        return found

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def term(self) -> Any:
        tag = self.take(1)
        match tag:
            case b"a":
                return self.number(1)
            case b"b":
                return int.from_bytes(self.take(4), "big", signed=True)
            case b"n" | b"o":
                size = self.number(1 if tag == b"n" else 4)
                negative = self.number(1)
                value = int.from_bytes(self.take(size), "little")
                return -value if negative else value
            case b"F":
                return struct.unpack(">d", self.take(8))[0]
            case b"c":
                return self._old_float()
            case b"w" | b"v" | b"s" | b"d":
                name = self._atom_name(tag)
                if self.safe and not exists(name):
                    raise Malformed("an atom that was not known")
                return atom(name)
            case b"m":
                return binary(self.take(self.number(4)))
            case b"M":
                size, bits = self.number(4), self.number(1)
                return Bits(self.take(size), 8 * (size - 1) + bits)
            case b"h" | b"i":
                return tuple([self.term() for _ in range(self.number(1 if tag == b"h" else 4))])
            case b"j":
                return EMPTY
            case b"k":
                return from_pylist(list(self.take(self.number(2))))
            case b"l":
                items = [self.term() for _ in range(self.number(4))]
                return from_iterable(items, self.term())
            case b"t":
                return Map.from_pairs([(self.term(), self.term()) for _ in range(self.number(4))])
        return self._identity(tag)

    def _old_float(self) -> float:
        try:
            return float(self.take(31).rstrip(b"\0"))
        except ValueError as error:
            raise Malformed("not a float") from error

    def _atom_name(self, tag: bytes) -> str:
        size = self.number(1 if tag in (b"w", b"s") else 2)
        try:
            return self.take(size).decode("utf-8" if tag in (b"w", b"v") else "latin-1")
        except UnicodeDecodeError as error:
            raise Malformed("an atom that is no text") from error

    def _identity(self, tag: bytes) -> Any:
        match tag:
            case b"X":
                self.term()
                number, serial = self.number(4), self.number(4)
                self.take(4)
                return _living(number, serial)
            case b"Z":
                size = self.number(2)
                self.term()
                self.take(4)
                words = [self.number(4) for _ in range(size)]
                return Reference.numbered(words[0] | (words[1] << 32 if size > 1 else 0))
            case b"x":
                self.term()
                number = self.number(8)
                self.take(4)
                return Port(number)
            case b"q":
                module, name, arity = self.term(), self.term(), self.term()
                if type(name) is not Atom:
                    raise Malformed("a function without a name")
                return export(module, name.name, arity)
        raise Malformed(f"unknown tag {tag!r}")


def _living(number: int, serial: int) -> Pid:
    from pyex import runtime

    return runtime.find_process(number, serial) or Pid(number, serial)
