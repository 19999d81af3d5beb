""":base64: binaries as text of 64 characters."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, to_bytes
from pyex.terms.errors import erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.maps import Map

module = NativeModule(":base64", doc="Base 64 encoding.")
URL: Any = atom("urlsafe")


def _bytes(data: Any) -> bytes:
    return to_bytes(export(atom("erlang"), "iolist_to_binary", 1).fn(data))


def _option(options: Any, name: str, default: Any) -> Any:
    return options.get(atom(name), default) if type(options) is Map else default


@module.function
def encode(data: Any, options: Any = EMPTY) -> Any:
    """Return the Base 64 text of a binary; `%{mode: :urlsafe}` uses the alphabet of addresses, `%{padding: false}` leaves `=` out.

    iex> :base64.encode("hello")
    "aGVsbG8="
    iex> :base64.encode("hello", %{padding: false})
    "aGVsbG8"
    """
    raw = _bytes(data)
    coded = base64.urlsafe_b64encode(raw) if _option(options, "mode", None) is URL else base64.b64encode(raw)
    return binary(coded if _option(options, "padding", True) else coded.rstrip(b"="))


@module.function
def decode(data: Any, options: Any = EMPTY) -> Any:
    """Return the binary of a Base 64 text.

    iex> :base64.decode("aGVsbG8=")
    "hello"
    """
    text = bytes(byte for byte in _bytes(data) if byte not in b" \t\r\n")
    if not _option(options, "padding", True):
        text += b"=" * (-len(text) % 4)
    try:
        alphabet = b"-_" if _option(options, "mode", None) is URL else None
        return binary(base64.b64decode(text, altchars=alphabet, validate=True))
    except binascii.Error:
        raise erlang_error("missing_padding" if len(text) % 4 else "badarg", "base64", "decode", (data,)) from None


@module.function
def mime_decode(data: Any, options: Any = EMPTY) -> Any:
    """Return the binary of a Base 64 text, past all characters that are none of the alphabet.

    iex> :base64.mime_decode("aG k-=")
    "hi"
    """
    given = _bytes(data)
    signs = b"-_" if _option(options, "mode", None) is URL else b"+/"
    letters = bytes(byte for byte in given if bytes([byte]).isalnum() or byte in signs)
    after = given[given.rfind(letters[-1:]) + 1 :] if letters else b""
    return decode(binary(letters + (b"=" * (-len(letters) % 4) if b"=" in after else b"")), options)


def _characters(value: Any) -> Any:
    return from_pylist(list(to_bytes(value)))


@module.function
def encode_to_string(data: Any, options: Any = EMPTY) -> Any:
    """Return the Base 64 text of a binary as a charlist.

        iex> :base64.encode_to_string("hi")
        ~c"aGk="
    """
    return _characters(encode(data, options))


@module.function
def decode_to_string(data: Any, options: Any = EMPTY) -> Any:
    """Return the bytes of a Base 64 text as a list.

        iex> :base64.decode_to_string("aGk=")
        ~c"hi"
    """
    return _characters(decode(data, options))


@module.function
def mime_decode_to_string(data: Any, options: Any = EMPTY) -> Any:
    """Return the bytes of a Base 64 text as a list, past all characters that are none of the alphabet.

    iex> :base64.mime_decode_to_string("aGVs bG8=")
    ~c"hello"
    """
    return _characters(mime_decode(data, options))
