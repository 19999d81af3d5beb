"""The module :crypto, the hashes that it knows, and how it refuses arguments."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs.conversions import iodata_bytes
from pyex.terms.atoms import Atom, atom
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.lists import charlist
from pyex.terms.pids import Reference

module = NativeModule(":crypto", doc="Hashes, message authentication codes and random bytes.")

HASHES: Final = {
    "md5": "md5", "sha": "sha1", "sha224": "sha224", "sha256": "sha256", "sha384": "sha384", "sha512": "sha512",
    "sha3_224": "sha3_224", "sha3_256": "sha3_256", "sha3_384": "sha3_384", "sha3_512": "sha3_512",
    "shake128": "shake_128", "shake256": "shake_256", "blake2b": "blake2b", "blake2s": "blake2s",
}  # fmt: skip
MACS: Final = ("hmac", "poly1305")


def held(context: Any) -> Any:
    """Return what stands behind the reference of a hash or a code that has begun, None for anything else."""
    return getattr(context, "held", None) if type(context) is Reference else None


def refused(name: str, args: tuple[Any, ...], place: int, what: str, where: tuple[str, int]) -> ElixirError:
    """Return the error of a wrong argument: its number, what is wrong, and the file and line that Erlang tells."""
    reason = (atom("badarg"), (charlist(where[0]), where[1]), charlist(what))
    return ElixirError(reason, ((module.name, name, args, {f"a{place}": what}),))


def data_of(value: Any, place: int = 1) -> bytes:
    """Return the bytes of iodata; raises what Erlang says of anything else."""
    found = iodata_bytes(value)
    if found is None:
        raise bad_argument("erlang", "iolist_to_binary", (value,), a1="not an iodata term")
    return found


def hash_named(kind: Any) -> str | None:
    """Return Python's name of a hash, or None."""
    return HASHES.get(kind.name) if type(kind) is Atom else None
