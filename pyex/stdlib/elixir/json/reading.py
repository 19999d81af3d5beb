"""JSON read byte by byte: with callbacks, and with the place of the byte at fault."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from pyex.terms.atoms import atom
from pyex.terms.binaries import binary
from pyex.terms.lists import EMPTY, Cons, from_pylist, to_pylist
from pyex.terms.maps import Map

_SPACE: Final = re.compile(rb"[ \t\r\n]*")
_PLAIN: Final = re.compile(rb'[^"\\\x00-\x1f\x80-\xff]*')
_WIDE: Final = re.compile(rb"[\x80-\xff]+")
_DIGITS: Final = re.compile(rb"[0-9]+")
_HEX: Final = re.compile(rb"[0-9A-Fa-f]{4}")
_ESCAPES: Final = {
    ord('"'): '"',
    ord("\\"): "\\",
    ord("/"): "/",
    ord("b"): "\b",
    ord("f"): "\f",
    ord("n"): "\n",
    ord("r"): "\r",
    ord("t"): "\t",
}


class Malformed(Exception):
    """A text that is no JSON: `reason` is the term that says where and why."""

    def __init__(self, *reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


class Decoders(NamedTuple):
    """What makes terms of what is read; the arguments are those of Erlang's `json`."""

    array_start: Any
    array_push: Any
    array_finish: Any
    object_start: Any
    object_push: Any
    object_finish: Any
    float: Any
    integer: Any
    string: Any
    null: Any


def _reversed(acc: Any, old: Any) -> Any:
    return from_pylist(to_pylist(acc)[::-1]), old


def _object(acc: Any, old: Any) -> Any:
    return Map.from_pairs(to_pylist(acc)), old


USUAL: Final = Decoders(
    array_start=lambda _: EMPTY,
    array_push=Cons,
    array_finish=_reversed,
    object_start=lambda _: EMPTY,
    object_push=lambda key, value, acc: Cons((key, value), acc),
    object_finish=_object,
    float=float,
    integer=int,
    string=lambda text: text,
    null=None,
)


class Reader:
    """A JSON text and how far it is read."""

    def __init__(self, data: bytes, decoders: Decoders) -> None:
        self.data = data
        self.at = 0
        self.decoders = decoders

    def unexpected(self) -> Malformed:
        """Return the failure at the byte that comes next."""
        if self.at >= len(self.data):
            return Malformed(atom("unexpected_end"), len(self.data))
        return Malformed(atom("invalid_byte"), self.at, self.data[self.at])

    def next(self) -> int:
        """Skip white space and return the byte that comes next, or -1 at the end."""
        found = _SPACE.match(self.data, self.at)
        self.at = found.end() if found else self.at
        return self.data[self.at] if self.at < len(self.data) else -1

    def value(self, acc: Any) -> Any:
        """Read a value; return it with the accumulator."""
        byte = self.next()
        match byte:
            case 0x5B:
                return self._array(acc)
            case 0x7B:
                return self._members(acc)
            case 0x22:
                return self.decoders.string(self._string()), acc
            case 0x74:
                return self._literal(b"true", True), acc
            case 0x66:
                return self._literal(b"false", False), acc
            case 0x6E:
                return self._literal(b"null", self.decoders.null), acc
        if byte == 0x2D or 0x30 <= byte <= 0x39:
            return self._number(), acc
        raise self.unexpected()

    def _literal(self, word: bytes, value: Any) -> Any:
        found = self.data[self.at : self.at + len(word)]
        if len(found) < len(word):
            self.at = len(self.data)
            raise self.unexpected()
        for byte, wanted in zip(found, word, strict=True):
            if byte != wanted:
                raise self.unexpected()
            self.at += 1
        return value

    def _array(self, outer: Any) -> Any:
        self.at += 1
        acc = self.decoders.array_start(outer)
        if self.next() != 0x5D:
            while True:
                value, acc = self.value(acc)
                acc = self.decoders.array_push(value, acc)
                if not self._more(0x5D):
                    break
        else:
            self.at += 1
        return self.decoders.array_finish(acc, outer)

    def _more(self, end: int) -> bool:
        """Read a comma (then there is more) or the end."""
        byte = self.next()
        if byte not in (0x2C, end):
            raise self.unexpected()
        self.at += 1
        return byte == 0x2C

    def _members(self, outer: Any) -> Any:
        self.at += 1
        acc = self.decoders.object_start(outer)
        if self.next() == 0x7D:
            self.at += 1
            return self.decoders.object_finish(acc, outer)
        while True:
            if self.next() != 0x22:
                raise self.unexpected()
            key = self.decoders.string(self._string())
            if self.next() != 0x3A:
                raise self.unexpected()
            self.at += 1
            value, acc = self.value(acc)
            acc = self.decoders.object_push(key, value, acc)
            if not self._more(0x7D):
                return self.decoders.object_finish(acc, outer)

    def _digits(self) -> None:
        found = _DIGITS.match(self.data, self.at)
        if found is None:
            raise self.unexpected()
        self.at = found.end()

    def _peek(self, letters: bytes) -> bool:
        return self.at < len(self.data) and self.data[self.at] in letters

    def _number(self) -> Any:
        start = self.at
        self.at += self._peek(b"-")
        if self._peek(b"0"):
            self.at += 1
        else:
            self._digits()
        whole = self.data[start : self.at].decode()
        fraction = exponent = ""
        if self._peek(b"."):
            mark = self.at
            self.at += 1
            self._digits()
            fraction = self.data[mark : self.at].decode()
        if self._peek(b"eE"):
            mark = self.at
            self.at += 1
            self.at += self._peek(b"+-")
            self._digits()
            exponent = self.data[mark : self.at].decode()
        if not fraction and not exponent:
            return self.decoders.integer(whole)
        text = f"{whole}{fraction or '.0'}{exponent}"
        if abs(float(text)) == float("inf"):
            raise Malformed(atom("unexpected_sequence"), start, text)
        return self.decoders.float(text)

    def _string(self) -> Any:
        self.at += 1
        parts: list[str] = []
        while True:
            found = _PLAIN.match(self.data, self.at)
            if found is not None and found.end() > self.at:
                parts.append(found[0].decode())
                self.at = found.end()
            if self.at >= len(self.data):
                raise self.unexpected()
            byte = self.data[self.at]
            if byte == 0x22:
                self.at += 1
                return "".join(parts)
            if byte == 0x5C:
                parts.append(self._escape())
            elif byte >= 0x80:
                parts.append(self._wide())
            else:
                raise self.unexpected()

    def _wide(self) -> str:
        found = _WIDE.match(self.data, self.at)
        raw = found[0] if found else b""
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            self.at += error.start
            if error.reason == "unexpected end of data" and self.at + len(raw) - error.start >= len(self.data):
                self.at = len(self.data)
            raise self.unexpected() from None
        self.at += len(raw)
        return text

    def _escape(self) -> str:
        start = self.at
        self.at += 1
        if self.at >= len(self.data):
            raise self.unexpected()
        byte = self.data[self.at]
        if byte in _ESCAPES:
            self.at += 1
            return _ESCAPES[byte]
        if byte != 0x75:
            raise self.unexpected()
        code = self._hex(start)
        if 0xD800 <= code < 0xDC00:
            return self._pair(code)
        if 0xDC00 <= code < 0xE000:
            raise Malformed(atom("unexpected_sequence"), start, binary(self.data[start : self.at]))
        return chr(code)

    def _hex(self, start: int) -> int:
        found = _HEX.match(self.data, start + 2)
        if found is None:
            if len(self.data) < start + 6:
                self.at = len(self.data)
                raise self.unexpected()
            raise Malformed(atom("unexpected_sequence"), start, binary(self.data[start : start + 6]))
        self.at = start + 6
        return int(found[0], 16)

    def _pair(self, high: int) -> str:
        start = self.at
        for wanted in b"\\u":
            if len(self.data) < start + 2:
                self.at = len(self.data)
            if self.at >= len(self.data) or self.data[self.at] != wanted:
                raise self.unexpected()
            self.at += 1
        low = self._hex(start)
        if not 0xDC00 <= low < 0xE000:
            raise Malformed(atom("unexpected_sequence"), start - 6, binary(self.data[start - 6 : start + 6]))
        return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
