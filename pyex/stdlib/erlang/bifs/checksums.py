"""Checksums and digests of iodata, at once and in parts."""

from __future__ import annotations

import hashlib
import math
import zlib
from typing import Any, Final

from pyex.stdlib.erlang.bifs.conversions import iodata_bytes, iolist_to_binary
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, refused

_M32: Final = 0xFFFFFFFF
_ADLER: Final = 65521
_BLOCK: Final = 64
_START: Final = (0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476)
_SHIFTS: Final = ((7, 12, 17, 22), (5, 9, 14, 20), (4, 11, 16, 23), (6, 10, 15, 21))
_SINES: Final = [int(abs(math.sin(i + 1)) * 2**32) & _M32 for i in range(64)]
_CONTEXT: Final = 92


def _bytes(data: Any, name: str, *args: Any) -> bytes:
    try:
        return to_bytes(iolist_to_binary(data))
    except ElixirError:
        raise bad_argument("erlang", name, (*args, data), **{f"a{len(args) + 1}": "not an iodata term"}) from None


def _fault(value: Any) -> str | None:
    """Return what is wrong with a checksum or a size, or None."""
    if type(value) is not int:
        return "not an integer"
    return None if 0 <= value <= _M32 else "out of range"


def _next_bytes(name: str, checksum: Any, more: Any) -> bytes:
    found, wrong = iodata_bytes(more), _fault(checksum)
    if found is None or wrong:
        raise refused("erlang", name, (checksum, more), wrong, "not an iodata term" if found is None else None)
    return found


def _numbers(name: str, *args: Any) -> None:
    faults = [_fault(value) for value in args]
    if any(faults):
        raise refused("erlang", name, args, *faults)


def crc32(data: Any, more: Any = None) -> int:
    """The CRC-32 checksum of iodata, or of more of it after a checksum."""
    if more is None:
        return zlib.crc32(_bytes(data, "crc32"))
    return zlib.crc32(_next_bytes("crc32", data, more), data)


def adler32(data: Any, more: Any = None) -> int:
    """The Adler-32 checksum of iodata, or of more of it after a checksum."""
    if more is None:
        return zlib.adler32(_bytes(data, "adler32"))
    return zlib.adler32(_next_bytes("adler32", data, more), data)


def crc32_combine(first: Any, second: Any, size: Any) -> int:
    """The checksum of two pieces of data one after the other, of their checksums and the second's size."""
    _numbers("crc32_combine", first, second, size)
    # A checksum is linear but for its start: what zeros do to the first, and the second's own.
    zeros = bytes(min(size, 1 << 16))
    rest, moved, plain = size, first, 0
    while rest:
        part = zeros[: min(rest, len(zeros))]
        moved, plain = zlib.crc32(part, moved), zlib.crc32(part, plain)
        rest -= len(part)
    combined: int = moved ^ plain ^ second
    return combined


def adler32_combine(first: Any, second: Any, size: Any) -> int:
    """The checksum of two pieces of data one after the other, of their checksums and the second's size."""
    _numbers("adler32_combine", first, second, size)
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + size * ((first & 0xFFFF) - 1)
    combined: int = (high % _ADLER) << 16 | low % _ADLER
    return combined


def md5(data: Any) -> Any:
    """The MD5 digest of iodata."""
    return binary(hashlib.md5(_bytes(data, "md5"), usedforsecurity=False).digest())


def _round(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    words = [int.from_bytes(block[i : i + 4], "little") for i in range(0, _BLOCK, 4)]
    a, b, c, d = state
    for i in range(64):
        kind = i // 16
        if kind == 0:
            mixed, place = (b & c) | (~b & d), i
        elif kind == 1:
            mixed, place = (d & b) | (~d & c), (5 * i + 1) % 16
        elif kind == 2:
            mixed, place = b ^ c ^ d, (3 * i + 5) % 16
        else:
            mixed, place = c ^ (b | ~d), 7 * i % 16
        total = (a + mixed + _SINES[i] + words[place]) & _M32
        shift = _SHIFTS[kind][i % 4]
        a, d, c, b = d, c, b, (b + (total << shift | total >> 32 - shift)) & _M32
    return tuple((old + new) & _M32 for old, new in zip(state, (a, b, c, d), strict=True))


def md5_init() -> Any:
    """A digest that has begun: four words, the number of bits, and what does not fill a block yet with its size."""
    return _packed(_START, 0, b"")


def _packed(state: tuple[int, ...], bits: int, rest: bytes) -> Any:
    head = b"".join(word.to_bytes(4, "little") for word in (*state, bits & _M32, bits >> 32))
    return binary(head + rest.ljust(_BLOCK, b"\0") + len(rest).to_bytes(4, "little"))


def _unpacked(context: Any, name: str, args: tuple[Any, ...]) -> tuple[tuple[int, ...], int, bytes]:
    data = to_bytes(context) if is_binary(context) else b""
    if not is_binary(context):
        raise bad_argument("erlang", name, args, a1="not a binary")
    if len(data) != _CONTEXT:
        raise bad_argument("erlang", name, args, a1="invalid MD5 context")
    words = [int.from_bytes(data[i : i + 4], "little") for i in range(0, 24, 4)]
    bits = words[4] | words[5] << 32
    return tuple(words[:4]), bits, data[24 : 24 + bits // 8 % _BLOCK]


def md5_update(context: Any, data: Any) -> Any:
    """A digest that has begun, with more data."""
    state, bits, rest = _unpacked(context, "md5_update", (context, data))
    added = _bytes(data, "md5_update", context)
    rest += added
    while len(rest) >= _BLOCK:
        state, rest = _round(state, rest[:_BLOCK]), rest[_BLOCK:]
    return _packed(state, bits + 8 * len(added), rest)


def md5_final(context: Any) -> Any:
    """The digest of all data."""
    state, bits, rest = _unpacked(context, "md5_final", (context,))
    padded = rest + b"\x80" + b"\0" * ((55 - len(rest)) % _BLOCK) + bits.to_bytes(8, "little")
    for place in range(0, len(padded), _BLOCK):
        state = _round(state, padded[place : place + _BLOCK])
    return binary(b"".join(word.to_bytes(4, "little") for word in state))


BIFS: Final = (crc32, adler32, crc32_combine, adler32_combine, md5, md5_init, md5_update, md5_final)
