"""Terms as Erlang's files hold them, read: `{name, [1, 2.5, "text", <<"binary">>]}.`"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyex.stdlib.erlang.io_lib.write import write_atom
from pyex.terms.atoms import atom
from pyex.terms.binaries import Bits, binary
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, charlist, from_iterable, from_pylist
from pyex.terms.maps import Map

_TOKEN: Final = re.compile(
    r"""(?P<space>(?:\s|%[^\n]*)+)
    |(?P<float>\d[\d_]*\.\d+(?:[eE][+-]?\d+)?)
    |(?P<based>\d[\d_]*\#[0-9a-zA-Z]+)
    |(?P<integer>\d+(?:_\d+)*)
    |(?P<char>\$(?:\\(?:\^.|x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|[0-7]{1,3}|.)|[^\\]))
    |(?P<variable>[A-Z_À-ÖØ-Þ][\w@]*)
    |(?P<atom>[a-zß-öø-ÿ][\w@]*)
    |(?P<quoted>'(?:[^'\\]|\\.)*')
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<dot>\.(?=\s|%|\Z))
    |(?P<mark><<|>>|=>|:=|->|<-|=:=|=/=|==|/=|=<|>=|\+\+|--|::|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPES: Final = {
    "n": 10, "t": 9, "r": 13, "b": 8, "f": 12, "v": 11, "e": 27, "s": 32, "d": 127, "0": 0,
}  # fmt: skip
_ESCAPE: Final = re.compile(r"\\(?:\^(.)|x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))", re.DOTALL)
_RESERVED: Final = frozenset(
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse receive "
    "rem try when xor else".split()
)
_OPERATORS: Final = frozenset("+ - * / ( : # ++ -- = == /= =< >= < > ! , ; ->".split())
"""What goes on with an expression after a term: then it is Erlang, but no term."""


class Unreadable(Exception):
    """The text is no term; `reason` is `{line, module, what}` as `:file.consult/1` has it."""

    def __init__(self, line: int, module: str, what: Any) -> None:
        super().__init__()
        self.reason = (line, atom(module), what)


@dataclass(frozen=True)
class Token:
    """A piece of the text: what kind it is of, how it is written, and on which line."""

    kind: str
    text: str
    line: int
    end: int = 0


def _syntax_error(token: Token) -> Unreadable:
    if token.kind == "end":
        shown: Any = EMPTY
    elif token.kind in ("mark", "dot"):
        shown = charlist(f"'{token.text}'")
    elif token.kind == "quoted":
        shown = charlist(write_atom(unescaped(token.text[1:-1])))
    else:
        shown = charlist(token.text)
    return Unreadable(token.line, "erl_parse", from_pylist([charlist("syntax error before: "), shown]))


def unescaped(text: str) -> str:
    """Return what a text with Erlang's escapes stands for."""

    def one(found: re.Match[str]) -> str:
        control, braced, hexadecimal, octal, plain = found.groups()
        if control:
            return chr(ord(control) & 31)
        if octal:
            return chr(int(octal, 8))
        if braced or hexadecimal:
            return chr(int(braced or hexadecimal, 16))
        return chr(_ESCAPES[plain]) if plain in _ESCAPES else str(plain)

    return _ESCAPE.sub(one, text)


def tokens(text: str, line: int = 1) -> Iterator[Token]:
    """Return the tokens of a text; raises Unreadable where a string or an atom does not end."""
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise Unreadable(line, "erl_scan", (atom("illegal"), atom("character")))
        kind, shown = found.lastgroup or "mark", found[0]
        if kind == "mark" and shown in ("'", '"'):
            what = atom("atom" if shown == "'" else "string")
            rest = unescaped(text[place + 1 :])[:16]
            raise Unreadable(line, "erl_scan", (atom("unterminated"), what, charlist(rest)))
        place = found.end()
        if kind != "space":
            yield Token(kind, shown, line, place)
        line += shown.count("\n")
    yield Token("end", "", line, place)


class Reader:
    """Reads one term after another."""

    def __init__(self, text: str, line: int = 1) -> None:
        self.source = tokens(text, line)
        self.ahead = next(self.source)
        self.last = self.ahead

    def terms(self) -> list[Any]:
        """Return all terms, each of which a dot ends."""
        found = []
        while self.ahead.kind != "end":
            found.append(self.term_and_dot())
        return found

    def term_and_dot(self) -> Any:
        """Return the next term, and leave its dot behind."""
        self.start = self.ahead.line
        term = self._term()
        if self.ahead.kind != "dot":
            raise self._stray()
        self.last = self.ahead
        self.ahead = next(self.source, Token("end", "", self.ahead.line))
        return term

    def _take(self) -> Token:
        taken = self.ahead
        if taken.kind in ("end", "dot"):
            raise _syntax_error(Token("mark", ".", taken.line) if taken.kind == "dot" else taken)
        self.ahead = next(self.source)
        return taken

    def _stray(self) -> Unreadable:
        return self._no_term() if self.ahead.text in _OPERATORS else _syntax_error(self.ahead)

    def _no_term(self) -> Unreadable:
        return Unreadable(self.start, "erl_parse", charlist("bad term"))

    def _is(self, mark: str) -> bool:
        return self.ahead.kind == "mark" and self.ahead.text == mark

    def _accept(self, mark: str) -> bool:
        if not self._is(mark):
            return False
        self._take()
        return True

    def _expect(self, mark: str) -> None:
        if not self._accept(mark):
            raise self._stray() if self.ahead.text not in (",", ";") else _syntax_error(self.ahead)

    def _term(self) -> Any:
        token = self._take()
        match token.kind:
            case "integer" | "float" | "based" | "char":
                return self._number(token)
            case "atom":
                return self._word(token)
            case "quoted":
                return atom(unescaped(token.text[1:-1]))
            case "string":
                return charlist(self._string(token))
            case "variable":
                raise self._no_term()
        return self._marked(token)

    def _number(self, token: Token) -> Any:
        text = token.text.replace("_", "") if token.kind != "char" else token.text
        if token.kind == "integer":
            return int(text)
        if token.kind == "char":
            return ord(unescaped(text[1:]))
        if token.kind == "float":
            value = float(text)
            if value in (float("inf"), float("-inf")):
                raise Unreadable(token.line, "erl_scan", (atom("illegal"), atom("float")))
            return value
        base, digits = text.split("#")
        try:
            return int(digits, int(base))
        except ValueError:
            raise Unreadable(token.line, "erl_scan", (atom("illegal"), atom("integer"))) from None

    def _word(self, token: Token) -> Any:
        if token.text == "fun":
            module = self._term()
            self._expect(":")
            name = self._term()
            self._expect("/")
            return export(module, name.name, self._term())
        if token.text in _RESERVED:
            raise self._no_term()
        return atom(token.text)

    def _string(self, token: Token) -> str:
        text = unescaped(token.text[1:-1])
        while self.ahead.kind == "string":
            text += unescaped(self._take().text[1:-1])
        return text

    def _marked(self, token: Token) -> Any:
        match token.text:
            case "[":
                return self._list()
            case "{":
                return tuple(self._items("}"))
            case "(":
                term = self._term()
                self._expect(")")
                return term
            case "<<":
                return self._binary()
            case "-" | "+":
                value = self._term()
                if type(value) not in (int, float):
                    raise self._no_term()
                return -value if token.text == "-" else value
            case "#":
                return self._map()
            case "~":
                return self._sigil()
        raise _syntax_error(token)

    def _sigil(self) -> Any:
        if self.ahead.kind != "string":
            raise _syntax_error(self.ahead)
        return binary(self._string(self._take()).encode())

    def _items(self, end: str) -> list[Any]:
        items: list[Any] = []
        if self._accept(end):
            return items
        while True:
            items.append(self._term())
            if self._accept(end):
                return items
            if not self._accept(","):
                raise self._stray()

    def _list(self) -> Any:
        items: list[Any] = []
        if self._accept("]"):
            return EMPTY
        while True:
            items.append(self._term())
            if self._accept("]"):
                return from_pylist(items)
            if self._accept("|"):
                tail = self._term()
                self._expect("]")
                return from_iterable(items, tail)
            if not self._accept(","):
                raise self._stray()

    def _map(self) -> Any:
        if not self._accept("{"):
            raise self._no_term()
        pairs: list[tuple[Any, Any]] = []
        if self._accept("}"):
            return Map.from_pairs(pairs)
        while True:
            key = self._term()
            if self._is(":="):
                raise self._no_term()
            self._expect("=>")
            pairs.append((key, self._term()))
            if self._accept("}"):
                return Map.from_pairs(pairs)
            if not self._accept(","):
                raise self._stray()

    def _binary(self) -> Any:
        number, size = 0, 0
        while not self._accept(">>"):
            if size:
                self._expect(",")
            bits, count = self._segment()
            number, size = number << count | bits, size + count
        data = (number << -size % 8).to_bytes((size + 7) // 8, "big")
        return Bits(data, size) if size % 8 else binary(data)

    def _segment(self) -> tuple[int, int]:
        text = self.ahead.kind == "string"
        value = self._string(self._take()) if text else self._term()
        size = self._term() if self._accept(":") else None
        kinds: list[str] = []
        if self._accept("/"):
            kinds.append(self._take().text)
            while self._accept("-"):
                kinds.append(self._take().text)
        if text:
            return _of_text(value, kinds, size)
        if "float" in kinds or type(value) is float:
            width = size or 64
            packed = struct.pack({16: ">e", 32: ">f", 64: ">d"}.get(width, ">d"), float(value))
            return _ordered(packed, kinds), width
        if type(value) is not int:
            raise self._no_term()
        width = 8 if size is None else size
        bits = value & ((1 << width) - 1)
        if "little" in kinds and width % 8 == 0:
            bits = int.from_bytes(bits.to_bytes(width // 8, "little"), "big")
        return bits, width


def _of_text(text: str, kinds: list[str], size: int | None) -> tuple[int, int]:
    codecs = {"utf8": "utf-8", "utf16": "utf-16-be", "utf32": "utf-32-be"}
    codec = next((codecs[kind] for kind in kinds if kind in codecs), None)
    if codec is not None:
        data = text.encode(codec.replace("be", "le") if "little" in kinds else codec)
        return int.from_bytes(data, "big"), 8 * len(data)
    width = 8 if size is None else size
    number = 0
    for char in text:
        number = number << width | ord(char) & ((1 << width) - 1)
    return number, width * len(text)


def _ordered(data: bytes, kinds: list[str]) -> int:
    return int.from_bytes(data[::-1] if "little" in kinds else data, "big")
