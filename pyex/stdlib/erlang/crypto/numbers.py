""":crypto: random bytes and numbers, bytes combined, numbers as bytes, and what is known here."""

from __future__ import annotations

import hashlib
import secrets
import ssl
from typing import Any

from pyex.stdlib.erlang.crypto.base import HASHES, MACS, data_of, module
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import bad_argument, erlang_error, function_clause
from pyex.terms.lists import charlist, from_pylist


@module.function
def strong_rand_bytes(n: Any) -> Any:
    """Return n random bytes that nobody can guess.

    iex> :crypto.strong_rand_bytes(16) |> byte_size()
    16
    """
    if type(n) is not int or n < 0:
        raise erlang_error("badarg", "crypto", "strong_rand_bytes", (n,))
    return binary(secrets.token_bytes(n))


@module.function
def rand_uniform(low: Any, high: Any) -> Any:
    """Return a random integer from the first up to, not including, the second.

    iex> :crypto.rand_uniform(1, 2)
    1
    """
    if type(low) is not int or type(high) is not int:
        raise function_clause(atom("crypto"), "rand_uniform", (low, high))
    if low >= high:
        raise erlang_error("badarg", "crypto", "rand_uniform", (low, high))
    return low + secrets.randbelow(high - low)


@module.function("rand_seed", arity=1)
def rand_seed(seed: Any) -> Any:
    """Take note of bytes for the random numbers to come, which need none.

    iex> :crypto.rand_seed("some bytes")
    :ok
    """
    if not is_binary(seed):
        raise function_clause(atom("crypto"), "rand_seed", (seed,))
    return atom("ok")


@module.function
def exor(bin1: Any, bin2: Any) -> Any:
    """Return two binaries of one size combined by exclusive or.

    iex> :crypto.exor(<<1, 2>>, <<3, 3>>)
    <<2, 1>>
    """
    left, right = data_of(bin1), data_of(bin2)
    if len(left) != len(right):
        raise bad_argument("crypto", "exor", (bin1, bin2))
    return binary(bytes(a ^ b for a, b in zip(left, right, strict=True)))


@module.function
def bytes_to_integer(bin: Any) -> Any:
    """Return the number that bytes stand for, the highest one first.

    iex> :crypto.bytes_to_integer(<<1, 0>>)
    256
    """
    if not is_binary(bin):
        raise function_clause(module.name, "bin_to_int", (bin,))
    return int.from_bytes(to_bytes(bin), "big")


def _number(value: Any) -> int:
    return value if type(value) is int else int.from_bytes(data_of(value), "big")


@module.function
def mod_pow(n: Any, p: Any, m: Any) -> Any:
    """Return a number to a power, modulo another one, as bytes; the numbers may be given as bytes.

    iex> :crypto.mod_pow(2, 10, 1000)
    <<24>>
    """
    made = pow(_number(n), _number(p), _number(m))
    return binary(made.to_bytes(max((made.bit_length() + 7) // 8, 1), "big"))


@module.function
def start() -> Any:
    """Return `:ok`: there is nothing to start.

    iex> :crypto.start()
    :ok
    """
    return atom("ok")


@module.function
def stop() -> Any:
    """Return `:ok`: there is nothing to stop.

    iex> :crypto.stop()
    :ok
    """
    return atom("ok")


@module.function
def info_fips() -> Any:
    """Tell whether only algorithms of a government's list may be used.

    iex> :crypto.info_fips()
    :not_supported
    """
    return atom("not_supported")


@module.function
def info_lib() -> Any:
    """Return the name and the version of the library that computes the hashes.

    iex> [{name, number, _version}] = :crypto.info_lib()
    iex> {name, is_integer(number)}
    {"OpenSSL", true}
    """
    return from_pylist([("OpenSSL", ssl.OPENSSL_VERSION_NUMBER, ssl.OPENSSL_VERSION)])


@module.function
def version() -> Any:
    """Return the version of `:crypto` whose functions these are.

    iex> :crypto.version()
    ~c"5.5.3"
    """
    return charlist("5.5.3")


@module.function("supports", arity=(0, 1))
def supports(type: Any = None) -> Any:
    """Return the hashes, or another kind of algorithm, that are known here.

    iex> :sha256 in :crypto.supports(:hashs)
    true
    """
    known = {
        "hashs": sorted(name for name, found in HASHES.items() if found in hashlib.algorithms_available),
        "macs": list(MACS),
        "ciphers": [],
        "public_keys": [],
        "curves": [],
        "rsa_opts": [],
    }
    lists = {name: from_pylist([atom(item) for item in items]) for name, items in known.items()}
    if type is None:
        return from_pylist([(atom(name), items) for name, items in lists.items()])
    if getattr(type, "name", "") not in lists:
        raise function_clause(module.name, "supports", (type,))
    return lists[type.name]
