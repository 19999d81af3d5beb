"""Binaries and bitstrings.

A binary is a `str` when its bytes are valid UTF-8 and `bytes` when they are not; every operation
that makes a binary goes through `binary`, so equal binaries are equal Python values. A
bitstring whose length is no multiple of eight bits is a `Bits`.
"""

from __future__ import annotations

from typing import Any


class Bits:
    """A bitstring of `size` bits; `data` holds them from the left, the last byte padded with zeros."""

    __slots__ = ("data", "size")
    data: bytes
    size: int

    def __init__(self, data: bytes, size: int) -> None:
        self.data = data
        self.size = size

    def __eq__(self, other: object) -> bool:
        return type(other) is Bits and other.size == self.size and other.data == self.data

    def __hash__(self) -> int:
        return hash((self.size, self.data))

    def __repr__(self) -> str:
        from pyex.terms.inspect import inspect

        return inspect(self)


def binary(data: bytes) -> str | bytes:
    """Return the canonical binary of some bytes: `str` when they are valid UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return bytes(data)


def python_text(text: str) -> str | bytes:
    """Return the binary of a text from Python, which may hold lone surrogates: of a file's name, the bytes it stands for."""
    try:
        text.encode()
    except UnicodeEncodeError:
        escaped = all("\udc80" <= char <= "\udcff" for char in text if "\ud800" <= char <= "\udfff")
        return binary(text.encode("utf-8", "surrogateescape" if escaped else "surrogatepass"))
    return text


def to_bytes(value: str | bytes) -> bytes:
    """Return the bytes of a binary."""
    return value.encode("utf-8") if type(value) is str else bytes(value)  # type: ignore[arg-type]  # bytes by then


def is_binary(value: Any) -> bool:
    """Tell whether a term is a binary."""
    return type(value) is str or type(value) is bytes


def is_bitstring(value: Any) -> bool:
    """Tell whether a term is a bitstring (every binary is one)."""
    return type(value) is str or type(value) is bytes or type(value) is Bits


def byte_size(value: str | bytes) -> int:
    """Return the number of bytes of a binary."""
    if type(value) is str:
        return len(value) if value.isascii() else len(value.encode("utf-8"))
    return len(value)
