""":crypto: hashes, message authentication and random bytes, by Python's hashlib, hmac and secrets."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.functions import export
from pyex.terms.lists import charlist, from_pylist

module = NativeModule(":crypto", doc="Hashes, message authentication codes and random bytes.")
_HASHES: Final = {
    "md5": "md5", "sha": "sha1", "sha224": "sha224", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512",
    "sha3_224": "sha3_224", "sha3_256": "sha3_256", "sha3_384": "sha3_384", "sha3_512": "sha3_512",
    "blake2b": "blake2b", "blake2s": "blake2s",
}  # fmt: skip
_MACS: Final = ("hmac",)


def _bytes(data: Any) -> bytes:
    return to_bytes(export(atom("erlang"), "iolist_to_binary", 1).fn(data))


def _name(kind: Any) -> str:
    if type(kind) is not Atom or kind.name not in _HASHES:
        raise ElixirError((atom("badarg"), (from_text("hash.c"), 0), from_text("Bad digest type")))
    return _HASHES[kind.name]


def from_text(text: str) -> Any:
    """Return the charlist of a text."""
    return charlist(text)


@module.function("hash")
def hash_(type: Any, data: Any) -> Any:
    """Return the hash of iodata: `:md5`, `:sha`, `:sha256`, `:sha512`, `:sha3_256`, `:blake2b` …

    iex> :crypto.hash(:sha256, "hello") |> byte_size()
    32
    """
    return binary(hashlib.new(_name(type), _bytes(data)).digest())


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
def mac(type: Any, sub_type: Any, key: Any, data: Any) -> Any:
    """Return a message authentication code: `:hmac` of a hash with a key.

    iex> :crypto.mac(:hmac, :sha256, "key", "data") |> byte_size()
    32
    """
    if type is not atom("hmac"):
        raise bad_argument("crypto", "mac", (type, sub_type, key, data), a1="only hmac is known")
    digest = _name(sub_type)
    return binary(hmac.new(_bytes(key), _bytes(data), digest).digest())


@module.function("macN")
def mac_of_length(type: Any, sub_type: Any, key: Any, data: Any, length: Any) -> Any:
    """Return the first bytes of a message authentication code."""
    return binary(to_bytes(mac(type, sub_type, key, data))[:length])


@module.function
def strong_rand_bytes(n: Any) -> Any:
    """Return n random bytes that nobody can guess.

    iex> :crypto.strong_rand_bytes(16) |> byte_size()
    16
    """
    if type(n) is not int or n < 0:
        raise bad_argument("crypto", "strong_rand_bytes", (n,), a1="not a non-negative integer")
    return binary(secrets.token_bytes(n))


@module.function
def rand_uniform(low: Any, high: Any) -> Any:
    """Return a random integer from the first up to, not including, the second."""
    return low + secrets.randbelow(high - low)


@module.function
def exor(bin1: Any, bin2: Any) -> Any:
    """Return two binaries of one size combined by exclusive or.

    iex> :crypto.exor(<<1, 2>>, <<3, 3>>)
    <<2, 1>>
    """
    left, right = _bytes(bin1), _bytes(bin2)
    if len(left) != len(right):
        raise bad_argument("crypto", "exor", (bin1, bin2))
    return binary(bytes(a ^ b for a, b in zip(left, right, strict=True)))


@module.function
def pbkdf2_hmac(digest: Any, password: Any, salt: Any, iterations: Any, key_length: Any) -> Any:
    """Return a key derived from a password."""
    name = _name(digest)
    return binary(hashlib.pbkdf2_hmac(name, _bytes(password), _bytes(salt), iterations, key_length))


@module.function
def hash_init(type: Any) -> Any:
    """Begin a hash of data that comes in parts; the state is the data so far."""
    _name(type)
    return type, ""


@module.function
def hash_update(state: Any, data: Any) -> Any:
    """Add data to a hash that has begun."""
    return state[0], binary(to_bytes(state[1]) + _bytes(data))


@module.function
def hash_final(state: Any) -> Any:
    """Return the hash of all data.

    iex> state = :crypto.hash_init(:md5)
    iex> state = :crypto.hash_update(state, "a")
    iex> :crypto.hash_final(state) == :crypto.hash(:md5, "a")
    true
    """
    return hash_(state[0], state[1])


@module.function
def start() -> Any:
    """Return `:ok`: there is nothing to start."""
    return atom("ok")


@module.function
def supports(type: Any = None) -> Any:
    """Return the hashes, or another kind of algorithm, that are known here."""
    known = {
        "hashs": sorted(_HASHES),
        "macs": list(_MACS),
        "ciphers": [],
        "public_keys": [],
        "curves": [],
        "rsa_opts": [],
    }
    lists = {name: from_pylist([atom(item) for item in items]) for name, items in known.items()}
    if type is None:
        return from_pylist([(atom(name), items) for name, items in lists.items()])
    return lists[type.name]
