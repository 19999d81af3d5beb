"""Base: binaries as letters, in 16, 32 and 64 of them."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms.atoms import alias, atom, atom_name
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, elixir_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY
from pyex.terms.maps import Map

module = NativeModule("Base", doc="Binaries written in 16, 32 or 64 letters (RFC 4648).")

MODULE: Final = alias("Base")
OK: Final = atom("ok")
ERROR: Final = atom("error")
CASE: Final = atom("case")
UPPER: Final = atom("upper")
PADDING: Final = atom("padding")
IGNORE: Final = atom("ignore")
WHITESPACE: Final = atom("whitespace")

LETTERS: Final = {
    "16": b"0123456789ABCDEF",
    "32": b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
    "hex32": b"0123456789ABCDEFGHIJKLMNOPQRSTUV",
    "64": b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "url64": b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
}
_STANDARD: Final = {"hex32": LETTERS["32"], "url64": LETTERS["64"]}


_GROUP: Final = 8
"""Letters are decoded eight at a time; what is left at the end is what may be padded."""
_FULL: Final = {"32": (8,), "hex32": (8,), "64": (4, 8), "url64": (4, 8)}
_UNPADDED: Final = {"32": (2, 4, 5, 7), "hex32": (2, 4, 5, 7), "64": (2, 3, 6, 7), "url64": (2, 3, 6, 7)}
"""How many letters the last group has where it is complete, and where it lacks its padding."""


def _case(opts: Any, allowed: tuple[str, ...]) -> str:
    given = option(opts, CASE, UPPER)
    if (name := atom_name(given)) not in allowed:
        raise elixir_error("CaseClauseError", term=given)
    return str(name)


def _encode(name: str, alphabet: str, data: Any, opts: Any) -> str:
    if not is_binary(data):
        raise function_clause(MODULE, name, (data, opts))
    raw = to_bytes(data)
    padding = alphabet == "16" or option(opts, PADDING, True)
    lower = "64" not in alphabet and _case(opts, ("upper", "lower")) == "lower"
    if alphabet == "16":
        out = base64.b16encode(raw)
    else:
        out = base64.b32encode(raw) if "32" in alphabet else base64.b64encode(raw)
    if alphabet in _STANDARD:
        out = out.translate(bytes.maketrans(_STANDARD[alphabet], LETTERS[alphabet]))
    body = out.rstrip(b"=")
    if len(body) < len(out) and padding is not True:
        if padding is not False:
            raise function_clause(MODULE, "maybe_pad", (body.decode(), padding, len(out) - len(body)))
        out = body
    return (out.lower() if lower else out).decode()


def _decode(name: str, alphabet: str, string: Any, opts: Any) -> Any:
    """Return the bytes of a text in an alphabet; raises ArgumentError."""
    if not is_binary(string):
        raise function_clause(MODULE, name, (string, opts))
    raw = to_bytes(string)
    if alphabet == "16":
        return _decode16(raw, opts)
    padding = option(opts, PADDING, True)
    if "64" in alphabet:
        raw, allowed = _without_ignored(string, raw, opts), LETTERS[alphabet]
    else:
        allowed = _cased(alphabet, _case(opts, ("upper", "lower", "mixed")))
    start = len(raw) - (len(raw) % _GROUP or _GROUP) if raw else 0
    _check(raw[:start], allowed)
    last = _last_group(raw[start:], alphabet, padding)
    _check(last, allowed)
    body = raw[:start] + last
    if "64" not in alphabet:
        body = body.upper()
    if alphabet in _STANDARD:
        body = body.translate(bytes.maketrans(LETTERS[alphabet], _STANDARD[alphabet]))
    body += b"=" * (-len(body) % _FULL[alphabet][0])
    return binary(base64.b64decode(body) if "64" in alphabet else base64.b32decode(body))


def _decode16(raw: bytes, opts: Any) -> Any:
    if len(raw) % 2:
        raise argument_error(
            "string given to decode has wrong length. An even number of bytes was expected, "
            f"got: {len(raw)}. Double check your string for unwanted characters or pad it accordingly"
        )
    _check(raw, _cased("16", _case(opts, ("upper", "lower", "mixed"))))
    return binary(binascii.unhexlify(raw))


def _cased(alphabet: str, case: str) -> bytes:
    letters = LETTERS[alphabet]
    return {"upper": letters, "lower": letters.lower(), "mixed": letters + letters.lower()}[case]


def _without_ignored(string: Any, raw: bytes, opts: Any) -> bytes:
    ignored = option(opts, IGNORE)
    if ignored is None:
        return raw
    if ignored is not WHITESPACE:
        raise function_clause(MODULE, "remove_ignored", (string, ignored))
    return raw.translate(None, b" \t\r\n")


def _check(letters: bytes, allowed: bytes) -> None:
    for byte in letters.translate(None, allowed):
        shown = inspect(bytes([byte]).decode()) if byte < 128 else f'"\\x{byte:02X}"'
        raise argument_error(f"non-alphabet character found: {shown} (byte {byte})")


def _last_group(group: bytes, alphabet: str, padding: Any) -> bytes:
    """Return the last group of letters without its padding; raises ArgumentError where it is incomplete."""
    size = len(group)
    if size in _FULL[alphabet]:
        unpadded = group.rstrip(b"=")
        return unpadded if size - len(unpadded) < _FULL[alphabet][0] and len(unpadded) in _UNPADDED[alphabet] else group
    if group and (padding is not False or size not in _UNPADDED[alphabet]):
        raise argument_error("incorrect padding")
    return group


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
        try:
            return OK, _decode(decode if "64" in alphabet else decode + "!", alphabet, string, opts)
        except ElixirError as error:
            if isinstance(error.reason, Map) and error.reason.struct is alias("ArgumentError"):
                return ERROR
            raise

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
