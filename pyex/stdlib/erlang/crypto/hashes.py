""":crypto: hashes of data that is there, or comes in parts."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Final

from pyex.stdlib.erlang.crypto.base import HASHES, data_of, hash_named, held, module, refused
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, erlang_error
from pyex.terms.lists import charlist
from pyex.terms.maps import Map
from pyex.terms.pids import Reference

_NO_DIGEST: Final = "Bad digest type"
_NO_STATE: Final = "Bad state"
_TYPES: Final = {
    "md5": 4, "sha": 64, "sha224": 675, "sha256": 672, "sha384": 673, "sha512": 674, "sha3_224": 1096, "sha3_256": 1097,
    "sha3_384": 1098, "sha3_512": 1099, "shake128": 1100, "shake256": 1101, "blake2b": 1056, "blake2s": 1057,
}  # fmt: skip
"""The numbers that OpenSSL has for hashes."""


_BEGUN: Final = tuple({type(hashlib.new(name, usedforsecurity=False)) for name in HASHES.values()})


def _begun(kind: Any, name: str, args: tuple[Any, ...], line: int) -> Any:
    found = hash_named(kind)
    if found is None:
        raise refused(name, args, 1, _NO_DIGEST, ("hash.c", line))
    return hashlib.new(found, usedforsecurity=False)


def _digest(state: Any) -> bytes:
    size: int = state.digest_size or {"shake_128": 16, "shake_256": 32}[state.name]
    digest: bytes = state.digest() if state.digest_size else state.digest(size)
    return digest


@module.function("hash")
def hash_(type: Any, data: Any) -> Any:
    """Return the hash of iodata: `:md5`, `:sha`, `:sha256`, `:sha512`, `:sha3_256`, `:blake2b` …

    iex> :crypto.hash(:sha256, "hello") |> byte_size()
    32
    """
    given = data_of(data)
    state = _begun(type, "hash", (type, data), 109)
    state.update(given)
    return binary(_digest(state))


@module.function
def hash_xof(type: Any, data: Any, length: Any) -> Any:
    """Return so many bits of the hash of a function whose output is as long as one likes.

    iex> :crypto.hash_xof(:shake128, "hello", 64) |> byte_size()
    8
    """
    state = _begun(type, "hash_xof", (type, data, length), 525)
    state.update(data_of(data))
    if state.digest_size:
        facts = {"c_function_arg_num": -1, "c_file_name": charlist("hash.c"), "c_file_line_num": 551}
        where = Map.from_pairs([(atom(name), value) for name, value in facts.items()])
        raise ElixirError((atom("error"), where, charlist("Low-level call EVP_DigestFinalXOF failed")))
    return binary(state.digest(length // 8))


@module.function
def hash_info(type: Any) -> Any:
    """Return the sizes of a hash, in bytes, and OpenSSL's number of it.

    iex> :crypto.hash_info(:sha256).size
    32
    """
    found = hash_named(type)
    if found is None:
        raise erlang_error("badarg", "crypto", "hash_info", (type,))
    state = hashlib.new(found, usedforsecurity=False)
    facts = {"size": len(_digest(state)), "block_size": state.block_size, "type": _TYPES[type.name]}
    return Map.from_pairs([(atom(name), value) for name, value in facts.items()])


@module.function
def hash_equals(a: Any, b: Any) -> Any:
    """Compare two binaries of one size in a time that tells nothing of them.

    iex> :crypto.hash_equals("abc", "abc")
    true
    """
    if not is_binary(a) or not is_binary(b) or len(to_bytes(a)) != len(to_bytes(b)):
        raise bad_argument("crypto", "hash_equals", (a, b))
    return hmac.compare_digest(to_bytes(a), to_bytes(b))


@module.function
def hash_init(type: Any) -> Any:
    """Begin a hash of data that comes in parts.

    iex> :crypto.hash_init(:sha256) |> is_reference()
    true
    """
    return Reference.holding(_begun(type, "hash_init", (type,), 143))


def _state(context: Any, name: str, args: tuple[Any, ...], line: int) -> Any:
    state = held(context)
    if not isinstance(state, _BEGUN):
        raise refused(name, args, 1, _NO_STATE, ("hash.c", line))
    return state


@module.function
def hash_update(state: Any, data: Any) -> Any:
    """Return a hash that has begun with more data; the one before stays as it is.

        iex> :crypto.hash_init(:sha256) |> :crypto.hash_update("a") |> :crypto.hash_final() |> byte_size()
        32
    """
    given = data_of(data)
    made = _state(state, "hash_update", (state, data), 187).copy()
    made.update(given)
    return Reference.holding(made)


@module.function
def hash_final(state: Any) -> Any:
    """Return the hash of all data.

    iex> state = :crypto.hash_init(:md5)
    iex> state = :crypto.hash_update(state, "a")
    iex> :crypto.hash_final(state) == :crypto.hash(:md5, "a")
    true
    """
    return binary(_digest(_state(state, "hash_final", (state,), 221)))


@module.function
def hash_final_xof(state: Any, length: Any) -> Any:
    """Return so many bits of the hash of all data, of a function whose output is as long as one likes.

    iex> :crypto.hash_init(:shake256) |> :crypto.hash_final_xof(64) |> byte_size()
    8
    """
    return binary(_state(state, "hash_final_xof", (state, length), 221).digest(length // 8))


@module.function
def pbkdf2_hmac(digest: Any, password: Any, salt: Any, iterations: Any, key_length: Any) -> Any:
    """Return a key derived from a password.

    iex> :crypto.pbkdf2_hmac(:sha256, "password", "salt", 10, 16) |> byte_size()
    16
    """
    args = (digest, password, salt, iterations, key_length)
    name, file = hash_named(digest), "pbkdf2_hmac.c"
    if name is None:
        raise refused("pbkdf2_hmac", args, 1, _NO_DIGEST, (file, 34))
    for place, given, line in ((2, password, 41), (3, salt, 47)):
        if not is_binary(given):
            raise refused("pbkdf2_hmac", args, place, "Not binary", (file, line))
    for place, number, line in ((4, iterations, 77), (5, key_length, 82)):
        if type(number) is not int:
            raise refused("pbkdf2_hmac", args, place, "Not integer", (file, line - 20))
        if number < 1:
            raise refused("pbkdf2_hmac", args, place, "Must be > 0", (file, line))
    return binary(hashlib.pbkdf2_hmac(name, to_bytes(password), to_bytes(salt), iterations, key_length))
