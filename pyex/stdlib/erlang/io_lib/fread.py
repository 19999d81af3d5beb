"""Reading by a format: `:io_lib.fread(~c"~d,~s", ~c"12,abc")` takes numbers and words out of characters."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.stdlib.erlang.io_lib.functions import module
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, charlist, from_pylist, is_proper, to_pylist

_OK: Final = atom("ok")
_EOF: Final = atom("eof")
_MORE: Final = atom("more")
_DONE: Final = atom("done")
_DIRECTIVE: Final = re.compile(r"~(\*)?(\d+)?t?(.)", re.DOTALL)
_FLOAT: Final = re.compile(r"[+-]?\d+\.\d+([eE][+-]?\d+)?")
_INTEGER: Final = re.compile(r"[+-]?\d+")
_BASED: Final = re.compile(r"(\d+)#([0-9a-zA-Z]+)")
_WORD: Final = re.compile(r"\S+")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
_KINDS: Final = {"d": "integer", "u": "unsigned", "f": "float", "s": "string", "a": "atom", "#": "based", "-": "sign"}


class _Failed(Exception):
    """The characters are not what the format wants."""


class _Unfinished(Exception):
    """There are not enough characters."""


class _Reading:
    """One reading of characters by a format, which may stop where the characters end."""

    def __init__(self, format_: str, text: str, read: int, values: list[Any]) -> None:
        self.format, self.text, self.read, self.values = format_, text, read, values

    def run(self) -> None:
        """Go through the format. Raises _Failed and _Unfinished; what is left of format and text then stays."""
        while self.format:
            if self.format[0].isspace():
                self.format = self.format.lstrip()
                self._skip_spaces()
            elif self.format[0] != "~":
                self._literal(self.format[0], 1)
            else:
                self._directive()

    def _take(self, size: int) -> str:
        taken, self.text = self.text[:size], self.text[size:]
        self.read += size
        return taken

    def _skip_spaces(self) -> None:
        self._take(len(self.text) - len(self.text.lstrip()))

    def _literal(self, char: str, size: int) -> None:
        if not self.text:
            raise _Unfinished
        if self.text[0] != char:
            raise _Failed("input")
        self._take(1)
        self.format = self.format[size:]

    def _directive(self) -> None:
        found = _DIRECTIVE.match(self.format)
        if found is None:
            raise _Failed("format")
        hidden, number, letter = found.groups()
        width = int(number) if number else None
        if letter == "~":
            self._literal("~", found.end())
            return
        if letter not in _KINDS and letter not in "cl":
            raise _Failed("format")
        value = self.read if letter == "l" else self._value(letter, width, "t" in found[0])
        if not hidden:
            self.values.append(value)
        self.format = self.format[found.end() :]

    def _value(self, letter: str, width: int | None, unicode: bool) -> Any:
        if letter == "c":
            if len(self.text) < (width or 1):
                raise _Unfinished
            return charlist(self._take(width or 1))
        self._skip_spaces()
        if not self.text:
            raise _Unfinished
        kind = _KINDS[letter]
        if letter == "-":
            return -1 if self.text[0] in "+-" and self._take(1) == "-" else 1
        if letter == "u":
            return self._unsigned(width or 10)
        field = self.text if width is None else self.text[:width]
        if width is not None and len(field) < width and letter in "df":
            raise _Failed(kind)
        pattern = {"d": _INTEGER, "f": _FLOAT, "#": _BASED}.get(letter, _WORD)
        found = pattern.match(field)
        if found is None:
            raise _Failed(kind)
        text = self._take(found.end())
        if letter == "d":
            return int(text)
        if letter == "f":
            return float(text)
        if letter == "#":
            return _in_base(found[2], int(found[1]))
        if not unicode and any(ord(char) > 255 for char in text):
            raise _Failed(kind)
        return charlist(text) if letter == "s" else atom(text)

    def _unsigned(self, base: int) -> int:
        size = 0
        while size < len(self.text) and self.text[size].lower() in _DIGITS[:base]:
            size += 1
        if not size:
            raise _Failed("unsigned")
        return int(self._take(size), base)


def _in_base(digits: str, base: int) -> int:
    try:
        return int(digits, base)
    except ValueError:
        raise _Failed("based") from None


def _error(failure: _Failed) -> Any:
    return atom("error"), (atom("fread"), atom(str(failure)))


def _text(chars: Any) -> str:
    if is_binary(chars) or not is_proper(chars):
        raise _Failed("integer")
    try:
        return "".join(map(chr, to_pylist(chars)))
    except TypeError:
        raise _Failed("input") from None


@module.function("fread")
def fread(format: Any, string: Any) -> Any:
    """Read values out of characters: `{:ok, values, rest}`, `{:more, …}` when they end too early, or `{:error, reason}`.

    iex> :io_lib.fread(~c"~d-~s", ~c"1200-hot and more")
    {:ok, [1200, ~c"hot"], ~c" and more"}
    """
    if not is_proper(format):
        raise function_clause(atom("io_lib_fread"), "fread", (format, string, 0, EMPTY))
    try:
        reading = _Reading(_text(format), _text(string), 0, [])
        reading.run()
    except _Unfinished:
        return _MORE, charlist(reading.format), reading.read, from_pylist(reading.values[::-1])
    except _Failed as failure:
        return _error(failure)
    return _OK, from_pylist(reading.values), charlist(reading.text)


@module.function("fread", arity=3)
def fread_more(continuation: Any, char_spec: Any, format: Any) -> Any:
    """Read by a format, line by line: `{:more, continuation}` until it is met, then `{:done, result, rest}`.

    iex> {:more, so_far} = :io_lib.fread([], ~c"1 ", ~c"~d ~d")
    iex> :io_lib.fread(so_far, ~c"2\\n", ~c"~d ~d")
    {:done, {:ok, [1, 2]}, []}
    """
    left, buffer, read, values = continuation if type(continuation) is tuple else (format, EMPTY, 0, EMPTY)
    text = "".join(map(chr, reversed(to_pylist(buffer))))
    if char_spec is _EOF and not text:
        return _DONE, _EOF, _EOF
    text += "" if char_spec is _EOF else _text(char_spec)
    if "\n" not in text and char_spec is not _EOF:
        return _MORE, (left, charlist(text[::-1]), read, values)
    reading = _Reading(_text(left), text, read, to_pylist(values)[::-1])
    try:
        reading.run()
    except _Unfinished:
        if char_spec is _EOF:
            return _DONE, _EOF, _EOF
        return _MORE, (charlist(reading.format), EMPTY, reading.read, from_pylist(reading.values[::-1]))
    except _Failed as failure:
        return _DONE, _error(failure), charlist(reading.text)
    rest = reading.text if reading.text != "\n" else ""
    return _DONE, (_OK, from_pylist(reading.values)), charlist(rest)
