""":crypto: message authentication codes: `:hmac` of a hash, and `:poly1305`."""

from __future__ import annotations

import hmac
from typing import Any, Final

from pyex.stdlib.erlang.crypto.base import data_of, hash_named, held, module, refused
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary
from pyex.terms.errors import function_clause
from pyex.terms.pids import Reference

_HMAC: Final = atom("hmac")
_POLY1305: Final = atom("poly1305")
_PRIME: Final = (1 << 130) - 5
_CLAMP: Final = 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
_KEY: Final = 32
_BLOCK: Final = 16


class _Poly1305:
    """The code of a key that is used once: a polynomial of the blocks, modulo a prime."""

    digest_size = _BLOCK

    def __init__(self, key: bytes) -> None:
        self.factor = int.from_bytes(key[:_BLOCK], "little") & _CLAMP
        self.added = int.from_bytes(key[_BLOCK:], "little")
        self.data = b""

    def update(self, data: bytes) -> None:
        """Take more data."""
        self.data += data

    def copy(self) -> _Poly1305:
        """Return another one with the same key and data."""
        made = _Poly1305(b"\0" * _KEY)
        made.factor, made.added, made.data = self.factor, self.added, self.data
        return made

    def digest(self) -> bytes:
        """Return the code of all data."""
        total = 0
        for place in range(0, len(self.data), _BLOCK):
            block = self.data[place : place + _BLOCK] + b"\1"
            total = (total + int.from_bytes(block, "little")) * self.factor % _PRIME
        return ((total + self.added) & ((1 << 128) - 1)).to_bytes(_BLOCK, "little")


def _begun(name: str, args: tuple[Any, ...], kind: Any, sub_type: Any, key: Any, lines: tuple[int, ...]) -> Any:
    if kind is _POLY1305:
        secret = data_of(key)
        if len(secret) != _KEY:
            raise refused(name, args, 3, "Bad key length", ("mac.c", lines[2]))
        return _Poly1305(secret)
    if kind is not _HMAC:
        raise refused(name, args, 1, "Unknown mac algorithm", ("mac.c", lines[0]))
    digest = hash_named(sub_type)
    if digest is None:
        raise refused(name, args, 2, "Bad digest algorithm for HMAC", ("mac.c", lines[1]))
    return hmac.new(data_of(key), digestmod=digest)


def _code(name: str, args: tuple[Any, ...], kind: Any, sub_type: Any, key: Any, data: Any) -> bytes:
    given = data_of(data)
    state = _begun(name, args, kind, sub_type, key, (234, 264, 254))
    state.update(given)
    code: bytes = state.digest()
    return code


@module.function("mac", arity=4)
def mac(type: Any, sub_type: Any, key: Any, data: Any) -> Any:
    """Return a message authentication code: `:hmac` of a hash with a key.

    iex> :crypto.mac(:hmac, :sha256, "key", "data") |> byte_size()
    32
    """
    return binary(_code("mac", (type, sub_type, key, data), type, sub_type, key, data))


@module.function("mac", arity=3)
def mac_poly1305(type: Any, key: Any, data: Any) -> Any:
    """Return the `:poly1305` code of data with a key of 32 bytes that is used once.

    iex> :crypto.mac(:poly1305, String.duplicate("k", 32), "data") |> byte_size()
    16
    """
    if type is not _POLY1305:
        raise function_clause(module.name, "mac", (type, key, data))
    return binary(_code("mac", (type, key, data), type, None, key, data))


@module.function("macN", arity=(4, 5))
def mac_of_length(type: Any, second: Any, third: Any, fourth: Any, fifth: Any = None) -> Any:
    """Return the first bytes of a message authentication code.

    iex> :crypto.macN(:hmac, :sha256, "key", "data", 4) |> byte_size()
    4
    """
    if fifth is None:
        return binary(_code("macN", (type, second, third, fourth), type, None, second, third)[:fourth])
    args = (type, second, third, fourth, fifth)
    return binary(_code("macN", args, type, second, third, fourth)[:fifth])


@module.function("mac_init", arity=(2, 3))
def mac_init(type: Any, second: Any, third: Any = None) -> Any:
    """Begin a message authentication code of data that comes in parts.

    iex> :crypto.mac_init(:hmac, :sha256, "key") |> is_reference()
    true
    """
    args = (type, second) if third is None else (type, second, third)
    if third is None and type is not _POLY1305:
        raise function_clause(atom("crypto"), "mac_init", args)
    sub_type, key = (None, second) if third is None else (second, third)
    return Reference.holding(_begun("mac_init", args, type, sub_type, key, (586, 617, 589)))


def _state(context: Any, name: str, args: tuple[Any, ...], line: int) -> Any:
    state = held(context)
    if not isinstance(state, (hmac.HMAC, _Poly1305)):
        raise refused(name, args, 1, "Bad ref", ("mac.c", line))
    return state


@module.function
def mac_update(state: Any, data: Any) -> Any:
    """Add data to a code that has begun, and return it.

        iex> :crypto.mac_init(:hmac, :sha256, "key") |> :crypto.mac_update("text") |> :crypto.mac_final() |> byte_size()
        32
    """
    given = data_of(data)
    _state(state, "mac_update", (state, data), 817).update(given)
    return state


@module.function
def mac_final(state: Any) -> Any:
    """Return the code of all data.

    iex> :crypto.mac_init(:hmac, :sha256, "key") |> :crypto.mac_update("data") |> :crypto.mac_final() |> byte_size()
    32
    """
    return binary(_state(state, "mac_final", (state,), 847).digest())


@module.function("mac_finalN")
def mac_final_of_length(state: Any, length: Any) -> Any:
    """Return the first bytes of the code of all data.

    iex> :crypto.mac_init(:hmac, :sha256, "key") |> :crypto.mac_finalN(4) |> byte_size()
    4
    """
    return binary(_state(state, "mac_finalN", (state, length), 847).digest()[:length])
