"""Making and taking apart bitstrings: `<<>>` in expressions and in patterns."""

from __future__ import annotations

import struct
import sys
from typing import Any, Final

from pyex.compiler.emit.support.access import MISSING
from pyex.terms.atoms import atom
from pyex.terms.binaries import Bits, binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.inspect import inspect

_BADARG: Final = atom("badarg")
_EVAL_BITS: Final = atom("eval_bits")
_FLOATS: Final = {16: "e", 32: "f", 64: "d"}
_CODECS: Final = {"utf8": "utf-8", "utf16": "utf-16-be", "utf32": "utf-32-be"}
_LITTLE_CODECS: Final = {"utf8": "utf-8", "utf16": "utf-16-le", "utf32": "utf-32-le"}


def is_little(endian: str) -> bool:
    """Tell whether a byte order is little-endian on this machine."""
    return endian == "little" or (endian == "native" and sys.byteorder == "little")


# ---- construction


def _failed(segment: int, kind: str, text: str) -> ElixirError:
    """Return `:badarg` with what Erlang tells of a segment that cannot be made."""
    message = f"construction of binary failed: segment {segment} of type '{kind}': {text}"
    return ElixirError(_BADARG, ((_EVAL_BITS, "eval_exp_field", 6, {"general": message}),))


def _bits(segment: int, kind: str, size: Any, unit: int) -> int:
    if type(size) is not int or size < 0:
        raise _failed(segment, kind, f"expected a non-negative integer as size but got: {inspect(size)}")
    return size * unit


def integer_piece(segment: int, value: Any, size: Any, unit: int, endian: str) -> Any:
    """Return the bits of an integer segment; an integer that is too large loses its upper bits."""
    if type(value) is not int:
        raise _failed(segment, "integer", f"expected an integer but got: {inspect(value)}")
    bits = _bits(segment, "integer", size, unit)
    value &= (1 << bits) - 1
    whole, odd = divmod(bits, 8)
    if not odd:
        return value.to_bytes(whole, "little" if is_little(endian) else "big")
    if is_little(endian):
        low = (value & ((1 << whole * 8) - 1)).to_bytes(whole, "little")
        return Bits(low + bytes([(value >> whole * 8) << 8 - odd]), bits)
    return Bits((value << 8 - odd).to_bytes(whole + 1, "big"), bits)


def float_piece(segment: int, value: Any, size: Any, unit: int, endian: str) -> bytes:
    """Return the bytes of a float segment."""
    if type(value) is not int and type(value) is not float:
        raise _failed(segment, "float", f"expected a float or an integer but got: {inspect(value)}")
    code = _FLOATS.get(_bits(segment, "float", size, unit))
    if code is None:
        raise _failed(segment, "float", f"expected one of the supported sizes 16, 32, or 64 but got: {size * unit}")
    order = "<" if is_little(endian) else ">"
    try:
        return struct.pack(order + code, value)
    except OverflowError:
        return struct.pack(order + code, float("inf") if value > 0 else float("-inf"))


def binary_piece(segment: int, value: Any, size: Any, unit: int, kind: str) -> Any:
    """Return a binary or bitstring segment: the whole value, or its first bits when a size is given."""
    if type(value) is Bits and (kind == "bitstring" or (size is not None and unit == 1)):
        total = value.size
    elif type(value) is str or type(value) is bytes:
        total = len(_bytes(value)) * 8
    elif type(value) is Bits:
        raise _failed(segment, kind, f"the size of the value {inspect(value)} is not a multiple of 8 for the segment")
    else:
        raise _failed(segment, "binary", f"expected a binary but got: {inspect(value)}")
    if size is None:
        return value
    bits = _bits(segment, kind, size, unit)
    if bits > total:
        raise _failed(segment, kind, f"the value {inspect(value)} is shorter than the size of the segment")
    return slice_bits(_bytes(value), 0, bits)


def utf_piece(segment: int, value: Any, kind: str, endian: str) -> bytes:
    """Return a character in one of the Unicode encodings."""
    codec = (_LITTLE_CODECS if is_little(endian) else _CODECS)[kind]
    if type(value) is not int or not 0 <= value <= 0x10FFFF or 0xD800 <= value <= 0xDFFF:
        text = f"expected a non-negative integer encodable as {kind} but got: {inspect(value)}"
        raise _failed(segment, kind, text)
    return chr(value).encode(codec)


def utf_text(text: str, kind: str, endian: str) -> bytes:
    """Return a literal string in one of the Unicode encodings: `"abc"::utf16`."""
    return text.encode((_LITTLE_CODECS if is_little(endian) else _CODECS)[kind])


def evaluated_binary_piece(segment: int, value: Any, size: Any, unit: int, kind: str) -> Any:
    """`binary_piece` in code that is typed at the prompt, where the size of what is no binary is asked for first."""
    if size is None and type(value) is not str and type(value) is not bytes and type(value) is not Bits:
        raise bad_argument("erlang", "bit_size", (value,), a1="not a bitstring")
    return binary_piece(segment, value, size, unit, kind)


def joined_bits(*pieces: Any) -> Any:
    """Return the bitstring of pieces that follow one another."""
    for piece in pieces:
        if type(piece) is Bits:
            return _joined_odd(pieces)
    return binary(b"".join([piece.encode("utf-8") if type(piece) is str else piece for piece in pieces]))


def _joined_odd(pieces: tuple[Any, ...]) -> Any:
    number = size = 0
    for piece in pieces:
        data = _bytes(piece)
        bits = piece.size if type(piece) is Bits else len(data) * 8
        number = (number << bits) | (int.from_bytes(data, "big") >> (len(data) * 8 - bits))
        size += bits
    return of_number(number, size)


def of_number(number: int, size: int) -> Any:
    """Return the bitstring of so many bits that holds a number."""
    whole, odd = divmod(size, 8)
    if not odd:
        return binary(number.to_bytes(whole, "big"))
    return Bits((number << 8 - odd).to_bytes(whole + 1, "big"), size)


def text_pieces(evaluated: bool, *parts: Any) -> Any:
    """Return the binary of parts that all have to be binaries: `a <> b`."""
    for index, part in enumerate(parts):
        if type(part) is Bits and evaluated:
            raise ElixirError(_BADARG)
        if type(part) is not str and type(part) is not bytes:
            (evaluated_binary_piece if evaluated else binary_piece)(index + 1, part, None, 8, "binary")
    return joined_bits(*parts)


def _bytes(value: Any) -> bytes:
    if type(value) is str:
        return value.encode("utf-8")
    data: bytes = value.data if type(value) is Bits else value
    return data


# ---- matching


def slice_bits(data: bytes, start: int, size: int) -> Any:
    """Return `size` bits of some bytes from bit `start` on."""
    if not (start | size) & 7:
        return binary(data[start >> 3 : (start + size) >> 3])
    first, last = start >> 3, (start + size + 7) >> 3
    number = int.from_bytes(data[first:last], "big") >> (last * 8 - start - size)
    return of_number(number & ((1 << size) - 1), size)


class Reader:
    """Reads the segments of a bitstring one after the other; each method gives `MISSING` when it does not match."""

    __slots__ = ("data", "position", "size")

    def __init__(self, data: bytes, size: int) -> None:
        self.data = data
        self.size = size
        self.position = 0

    def _take(self, size: Any, unit: int) -> int:
        """Move on by a segment and return where it starts, or -1 when there is too little left."""
        if type(size) is not int or size < 0:
            return -1
        start = self.position
        end = start + size * unit
        if end > self.size:
            return -1
        self.position = end
        return start

    def integer(self, size: Any, unit: int, endian: str, signed: bool) -> Any:
        """Read an integer."""
        start = self._take(size, unit)
        if start < 0:
            return MISSING
        bits = size * unit
        if not (start | bits) & 7:
            part = self.data[start >> 3 : (start + bits) >> 3]
            return int.from_bytes(part, "little" if is_little(endian) else "big", signed=signed)
        first, last = start >> 3, (start + bits + 7) >> 3
        number = int.from_bytes(self.data[first:last], "big") >> (last * 8 - start - bits) & ((1 << bits) - 1)
        if is_little(endian):
            number = _swapped(number, bits)
        if signed and bits and number >> (bits - 1):
            number -= 1 << bits
        return number

    def float(self, size: Any, unit: int, endian: str) -> Any:
        """Read a float; bits that are no number do not match."""
        start = self._take(size, unit)
        code = _FLOATS.get(size * unit) if start >= 0 else None
        if code is None:
            return MISSING
        data = _bytes(slice_bits(self.data, start, size * unit))
        found = struct.unpack(("<" if is_little(endian) else ">") + code, data)[0]
        return found if found - found == 0 else MISSING

    def part(self, size: Any, unit: int) -> Any:
        """Read a binary or bitstring of a given size."""
        start = self._take(size, unit)
        return MISSING if start < 0 else slice_bits(self.data, start, size * unit)

    def like(self, value: Any) -> Any:
        """Read as much as a given binary or bitstring holds."""
        if type(value) is Bits:
            return self.part(value.size, 1)
        return self.part(len(to_bytes(value)), 8) if is_binary(value) else MISSING

    def rest(self, unit: int) -> Any:
        """Read all that is left, a multiple of `unit` bits."""
        start, self.position = self.position, self.size
        left = self.size - start
        return slice_bits(self.data, start, left) if left % unit == 0 else MISSING

    def utf(self, kind: str, endian: str) -> Any:
        """Read one character."""
        start = self.position
        if self.size - start < 8:
            return MISSING
        data = _bytes(slice_bits(self.data, start, min(32, (self.size - start) & ~7)))
        codec = (_LITTLE_CODECS if is_little(endian) else _CODECS)[kind]
        for length in _LENGTHS[kind]:
            try:
                found = data[:length].decode(codec)
            except UnicodeDecodeError:
                continue
            if len(found) == 1 and len(data) >= length:
                self.position = start + length * 8
                return ord(found)
        return MISSING

    def literal(self, data: bytes) -> bool:
        """Read exactly these bytes."""
        start = self._take(len(data), 8)
        return start >= 0 and _bytes(slice_bits(self.data, start, len(data) * 8)) == data

    def done(self) -> bool:
        """Tell whether nothing is left."""
        return self.position == self.size


_LENGTHS: Final = {"utf8": (1, 2, 3, 4), "utf16": (2, 4), "utf32": (4,)}


def _swapped(number: int, bits: int) -> int:
    """Read a number of odd bits as little-endian: whole bytes first, the rest of the bits last."""
    whole, odd = divmod(bits, 8)
    low = (number >> odd).to_bytes(whole, "big")
    return int.from_bytes(low, "little") | (number & ((1 << odd) - 1)) << whole * 8


def reader(value: Any) -> Reader | None:
    """Return a reader of a bitstring; None for other terms."""
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8")
        return Reader(data, len(data) * 8)
    if kind is bytes:
        return Reader(value, len(value) * 8)
    return Reader(value.data, value.size) if kind is Bits else None


def first_byte(value: Any) -> tuple[int, Any] | None:
    """Split `<<byte, rest::binary>>`; None when there is no byte."""
    if type(value) is str:
        if not value:
            return None
        code = ord(value[0])
        if code < 128:
            return code, value[1:]
        data = value.encode("utf-8")
        return data[0], binary(data[1:])
    return (value[0], binary(value[1:])) if type(value) is bytes and value else None


def first_character(value: Any) -> tuple[int, Any] | None:
    """Split `<<character::utf8, rest::binary>>`; None when there is none."""
    if type(value) is str:
        return (ord(value[0]), value[1:]) if value else None
    if type(value) is not bytes:
        return None
    source = Reader(value, len(value) * 8)
    found = source.utf("utf8", "big")
    return None if found is MISSING else (found, source.rest(8))


def after_prefix(value: Any, prefix: str) -> Any:
    """Return what follows a prefix, or `MISSING`; for a binary that may be no text."""
    if type(value) is str:
        return value[len(prefix) :] if value.startswith(prefix) else MISSING
    if type(value) is not bytes:
        return MISSING
    data = prefix.encode("utf-8")
    return binary(value[len(data) :]) if value.startswith(data) else MISSING


