"""`:unicode`: texts from one encoding to another, and their normal forms."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import bad_argument
from pyex.terms.lists import EMPTY, Cons, List, charlist, from_pylist

module = NativeModule(":unicode", doc="Texts in Unicode's encodings.")

ERROR: Final = atom("error")
INCOMPLETE: Final = atom("incomplete")
LATIN1: Final = atom("latin1")
UTF8: Final = atom("utf8")
_CODECS: Final = {
    "latin1": "latin-1", "utf8": "utf-8", "unicode": "utf-8", "utf16": "utf-16-be", "utf32": "utf-32-be",
}  # fmt: skip
_MARKS: Final = (
    (b"\xef\xbb\xbf", UTF8),
    (b"\x00\x00\xfe\xff", (atom("utf32"), atom("big"))),
    (b"\xff\xfe\x00\x00", (atom("utf32"), atom("little"))),
    (b"\xfe\xff", (atom("utf16"), atom("big"))),
    (b"\xff\xfe", (atom("utf16"), atom("little"))),
)


class _Stop(Exception):
    """The text ends here: why, and what is left of the data."""

    def __init__(self, kind: Atom, rest: Any) -> None:
        super().__init__(kind)
        self.kind, self.rest = kind, rest


def _codec(encoding: Any) -> str | None:
    if type(encoding) is tuple and len(encoding) == 2:
        name, order = (getattr(part, "name", "") for part in encoding)
        return (
            f"{_CODECS[name][:-3]}-{order[0]}e" if name in ("utf16", "utf32") and order in ("big", "little") else None
        )
    return _CODECS.get(getattr(encoding, "name", ""))


def _decoded(data: bytes, codec: str) -> tuple[str, Atom | None, bytes]:
    """Return the text of bytes, and where they go wrong: the kind of fault and the bytes from there."""
    try:
        return data.decode(codec), None, b""
    except UnicodeDecodeError as error:
        rest = data[error.start :]
        cut = error.reason in ("unexpected end of data", "truncated data")
        return data[: error.start].decode(codec), INCOMPLETE if cut else ERROR, rest


def _read(data: Any, codec: str, out: list[str]) -> None:
    if is_binary(data):
        text, kind, rest = _decoded(to_bytes(data), codec)
        out.append(text)
        if kind is not None:
            raise _Stop(kind, binary(rest))
        return
    while type(data) is Cons:
        item, tail = data.head, data.tail
        if type(item) is int:
            if not 0 <= item < (256 if codec == "latin-1" else 0x110000) or 0xD800 <= item < 0xE000:
                raise _Stop(ERROR, data)
            out.append(chr(item))
        elif is_binary(item) or isinstance(item, List):
            try:
                _read(item, codec, out)
            except _Stop as stop:
                if stop.kind is INCOMPLETE and tail is EMPTY:
                    raise _Stop(stop.kind, stop.rest) from None
                raise _Stop(ERROR, Cons(stop.rest, tail)) from None
        else:
            raise TypeError
        data = tail
    if is_binary(data):
        _read(data, codec, out)
    elif data is not EMPTY:
        raise TypeError


def _text(data: Any, encoding: Any, name: str, args: tuple[Any, ...]) -> tuple[str, _Stop | None]:
    codec = _codec(encoding)
    if not is_binary(data) and not isinstance(data, List):
        raise bad_argument("unicode", name, args, a1="not valid character data (an iodata term)")
    if codec is None:
        raise bad_argument("unicode", name, args, a2="not a valid encoding")
    out: list[str] = []
    try:
        _read(data, codec, out)
    except _Stop as stop:
        return "".join(out), stop
    except TypeError:
        raise bad_argument("unicode", name, args, a1="not valid character data (an iodata term)") from None
    return "".join(out), None


@module.function("characters_to_list", arity=(1, 2))
def characters_to_list(data: Any, in_encoding: Any = UTF8) -> Any:
    """Return the characters of a text in nested lists and binaries, or `{:error | :incomplete, characters, rest}`.

    iex> :unicode.characters_to_list(["a", ?b])
    ~c"ab"
    """
    text, stop = _text(data, in_encoding, "characters_to_list", (data, in_encoding))
    found = charlist(text)
    return found if stop is None else (stop.kind, found, stop.rest)


@module.function("characters_to_binary", arity=(1, 2, 3))
def characters_to_binary(data: Any, in_encoding: Any = UTF8, out_encoding: Any = UTF8) -> Any:
    """Return a text as a binary of an encoding, or `{:error | :incomplete, binary, rest}`.

    iex> :unicode.characters_to_binary("é", :utf8, :latin1)
    <<233>>
    """
    args = (data, in_encoding, out_encoding)
    codec = _codec(out_encoding)
    if codec is None:
        raise bad_argument("unicode", "characters_to_binary", args, a3="not a valid encoding")
    text, stop = _text(data, in_encoding, "characters_to_binary", args)
    try:
        found = binary(text.encode(codec))
    except UnicodeEncodeError as error:
        rest = text[error.start :] if is_binary(data) else from_pylist([text[error.start :]])
        return ERROR, binary(text[: error.start].encode(codec)), rest
    return found if stop is None else (stop.kind, found, stop.rest)


@module.function
def bom_to_encoding(bin: Any) -> Any:
    """Return `{encoding, length}` of the byte order mark that a binary begins with.

    iex> :unicode.bom_to_encoding(<<0xEF, 0xBB, 0xBF, "a">>)
    {:utf8, 3}
    """
    data = to_bytes(bin)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, len(mark)
    return LATIN1, 0


@module.function
def encoding_to_bom(encoding: Any) -> Any:
    """Return the byte order mark of an encoding.

    iex> :unicode.encoding_to_bom({:utf16, :big})
    <<254, 255>>
    """
    if encoding is LATIN1:
        return ""
    for mark, known in _MARKS:
        codec = _codec(encoding)
        if codec is not None and codec == _codec(known):
            return binary(mark)
    raise bad_argument("unicode", "encoding_to_bom", (encoding,))


def _normal(form: Any, data: Any, name: str, *, as_list: bool) -> Any:
    text, stop = _text(data, UTF8, name, (data,))
    shown = unicodedata.normalize(form, text)
    found = charlist(shown) if as_list else shown
    return found if stop is None else (stop.kind, found, stop.rest)


def _define(form: str) -> None:
    name = form.lower()

    def to_binary(data: Any) -> Any:
        return _normal(form, data, f"characters_to_{name}_binary", as_list=False)

    def to_list(data: Any) -> Any:
        return _normal(form, data, f"characters_to_{name}_list", as_list=True)

    to_binary.__doc__ = f'Return a text as a binary in the normal form {form}.\n\n    iex> :unicode.characters_to_{name}_binary(~c"a")\n    "a"'
    to_list.__doc__ = f'Return a text as a charlist in the normal form {form}.\n\n    iex> :unicode.characters_to_{name}_list("a")\n    ~c"a"'
    module.function(f"characters_to_{name}_binary", arity=1)(to_binary)
    module.function(f"characters_to_{name}_list", arity=1)(to_list)


for _form in ("NFC", "NFD", "NFKC", "NFKD"):
    _define(_form)
