"""Base: binaries as letters, in 16, 32 and 64 of them."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, to_pylist

module = NativeModule("Base", doc="Binaries written in 16, 32 or 64 letters (RFC 4648).")

MODULE: Final = alias("Base")
OK: Final = atom("ok")
ERROR: Final = atom("error")

LETTERS: Final = {
    "16": b"0123456789ABCDEF",
    "32": b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "hex32": b"0123456789ABCDEFGHIJKLMNOPQRSTUV",
    "64": b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "url64": b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
}
_STANDARD: Final = {"hex32": LETTERS["32"], "url64": LETTERS["64"]}


def _options(opts: Any) -> dict[str, Any]:
    given = {"case": atom("upper"), "padding": True, "ignore": None}
    given.update((str(atom_name(key)), value) for key, value in to_pylist(opts))
    return given


def _case(options: dict[str, Any], allowed: tuple[str, ...]) -> str:
    name = atom_name(options["case"])
    if name not in allowed:
        raise elixir_error("CaseClauseError", term=options["case"])
    return str(name)


def _encode(name: str, alphabet: str, data: Any, opts: Any) -> str:
    if not is_binary(data) or not isinstance(opts, List):
        raise function_clause(MODULE, name, (data, opts))
    raw, options = to_bytes(data), _options(opts)
    if alphabet == "16":
        out = base64.b16encode(raw)
    else:
        out = base64.b32encode(raw) if "32" in alphabet else base64.b64encode(raw)
    if alphabet in _STANDARD:
        out = out.translate(bytes.maketrans(_STANDARD[alphabet], LETTERS[alphabet]))
    if not options["padding"]:
        out = out.rstrip(b"=")
    lower = "64" not in alphabet and _case(options, ("upper", "lower")) == "lower"
    return (out.lower() if lower else out).decode()


def _decode(name: str, alphabet: str, string: Any, opts: Any) -> Any:
    """Return the bytes of a text in an alphabet; raises ArgumentError."""
    if not is_binary(string) or not isinstance(opts, List):
        raise function_clause(MODULE, name, (string, opts))
    raw, options = to_bytes(string), _options(opts)
    if alphabet == "16" and len(raw) % 2:
        raise argument_error(
            "string given to decode has wrong length. An even number of bytes was expected, "
            f"got: {len(raw)}. Double check your string for unwanted characters or pad it accordingly"
        )
    if options["ignore"] is not None:
        raw = raw.translate(None, b" \t\r\n")
    letters, allowed = LETTERS[alphabet], LETTERS[alphabet]
    if "64" not in alphabet:
        case = _case(options, ("upper", "lower", "mixed"))
        allowed = {"upper": letters, "lower": letters.lower(), "mixed": letters + letters.lower()}[case]
    body = raw if alphabet == "16" else raw.rstrip(b"=")
    for byte in body:
        if byte not in allowed:
            raise argument_error(f"non-alphabet character found: {_shown(byte)} (byte {byte})")
    if "64" not in alphabet:
        body = body.upper()
    if alphabet == "16":
        return binary(binascii.unhexlify(body))
    return binary(_unpadded(body, alphabet, len(raw) - len(body), bool(options["padding"])))


def _shown(byte: int) -> str:
    return str(inspect(binary(bytes([byte]))))


def _unpadded(body: bytes, alphabet: str, given: int, padding: bool) -> bytes:
    size = 8 if "32" in alphabet else 4
    missing = -len(body) % size
    if missing not in ((0, 1, 3, 4, 6) if size == 8 else (0, 1, 2)) or (given != missing and (padding or given)):
        raise argument_error("incorrect padding")
    if alphabet in _STANDARD:
        body = body.translate(bytes.maketrans(LETTERS[alphabet], _STANDARD[alphabet]))
    body += b"=" * missing
    return base64.b32decode(body) if size == 8 else base64.b64decode(body)


EXAMPLES: Final = {
    "16": ("foo", "666F6F"),
    "32": ("foo", "MZXW6==="),
    "hex32": ("foo", "CPNMU==="),
    "64": ("foob", "Zm9vYg=="),
    "url64": ("foob", "Zm9vYg=="),
}


def _define(encode: str, decode: str, alphabet: str) -> None:
    plain, coded = EXAMPLES[alphabet]

    def encoded(data: Any, opts: Any = EMPTY) -> Any:
        return _encode(encode, alphabet, data, opts)

    def decoded(string: Any, opts: Any = EMPTY) -> Any:
        if not is_binary(string) or not isinstance(opts, List):
            raise function_clause(MODULE, decode, (string, opts))
        try:
            return OK, _decode(decode, alphabet, string, opts)
        except ElixirError as error:
            if error.reason.struct is not alias("ArgumentError"):
                raise
            return ERROR

    def decoded_bang(string: Any, opts: Any = EMPTY) -> Any:
        return _decode(decode + "!", alphabet, string, opts)

    encoded.__doc__ = f"""Write a binary in letters; options are `:case` and `:padding`.

        iex> Base.{encode}("{plain}")
        "{coded}"
    """
    decoded.__doc__ = f"""Return `{{:ok, binary}}` of the letters, or `:error`.

        iex> Base.{decode}("{coded}")
        {{:ok, "{plain}"}}
    """
    decoded_bang.__doc__ = f"""Return the binary of the letters; raises ArgumentError.

        iex> Base.{decode}!("{coded}")
        "{plain}"
    """
    module.function(encode)(encoded)
    module.function(decode)(decoded)
    module.function(decode + "!")(decoded_bang)


_define("encode16", "decode16", "16")
_define("encode32", "decode32", "32")
_define("hex_encode32", "hex_decode32", "hex32")
_define("encode64", "decode64", "64")
_define("url_encode64", "url_decode64", "url64")
