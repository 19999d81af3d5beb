"""A term as Erlang writes it, on one line (`~w`) or, where it is too long for that, on several (`~p`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyex.terms.atoms import atom_name
from pyex.terms.binaries import Bits, is_binary, to_bytes
from pyex.terms.functions import Export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, split_tail
from pyex.terms.maps import Map
from pyex.terms.pids import Pid, Port, Reference

_PLAIN: Final = re.compile(r"[a-zß-öø-ÿ][\w@]*\Z")
RESERVED: Final = frozenset(
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse receive "
    "rem try when xor else".split()
)
_ESCAPES: Final = {10: "\\n", 9: "\\t", 13: "\\r", 8: "\\b", 12: "\\f", 11: "\\v", 27: "\\e", 92: "\\\\"}


@dataclass(frozen=True)
class Style:
    """How to write: `strings` shows lists and binaries of characters as texts, `unicode` with more than Latin-1."""

    strings: bool = False
    unicode: bool = False


def write_atom(name: str) -> str:
    """Return an atom's text, in quotes where Erlang needs them."""
    return name if _PLAIN.match(name) and name not in RESERVED else quoted(name, "'")


def quoted(text: str, quote: str) -> str:
    """Return a text between quotes, with Erlang's escapes."""
    return quote + "".join(_character(ord(char), quote) for char in text) + quote


def _character(code: int, quote: str) -> str:
    if chr(code) == quote:
        return "\\" + quote
    found = _ESCAPES.get(code)
    if found:
        return found
    return f"\\{code:03o}" if code < 32 or 127 <= code < 160 else chr(code)


def escaped(text: str) -> str:
    """Return a text with an escape for each character beyond Latin-1."""
    return "".join(char if char <= "\xff" else f"\\x{{{ord(char):X}}}" for char in text)


def is_text(codes: Sequence[Any], unicode: bool) -> bool:
    """Tell whether integers are printable characters."""
    return all(
        type(code) is int
        and (32 <= code <= 126 or 160 <= code <= 255 or code in _ESCAPES or (unicode and _is_printable(code)))
        for code in codes
    )


def _is_printable(code: int) -> bool:
    return 256 <= code <= 0x10FFFD and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF)


def write_float(value: float) -> str:
    """Return the shortest text that reads as the same float."""
    from pyex.terms.numbers import float_to_string

    return float_to_string(value)


def write(term: Any, style: Style, depth: int = -1) -> str:
    """Return a term on one line. With a depth, what lies deeper is `...`."""
    if depth == 0:
        return "..."
    name = atom_name(term)
    if name is not None:
        return write_atom(name) if style.unicode or max(name, default="") <= "\xff" else escaped(quoted(name, "'"))
    kind = type(term)
    if kind is int:
        return str(term)
    if kind is float:
        return write_float(term)
    if is_binary(term) or kind is Bits:
        return _bitstring(term, style, depth)
    if term is EMPTY or kind is Cons:
        return _list(term, style, depth)
    if kind is tuple:
        return "{" + ",".join(_items(term, style, depth)) + "}"
    if kind is Map:
        return "#{" + ",".join(_pairs(term, style, depth)) + "}"
    return _opaque(term)


def _items(items: Sequence[Any], style: Style, depth: int) -> list[str]:
    shown = list(items) if depth < 0 else list(items[: max(depth - 1, 0)])
    texts = [write(item, style, max(depth - 1 - place, 1) if depth > 0 else -1) for place, item in enumerate(shown)]
    return texts if len(shown) == len(items) else [*texts, "..."]


def _pairs(term: Map, style: Style, depth: int) -> list[str]:
    below = depth - 1 if depth > 0 else -1
    return [f"{write(key, style, below)} => {write(value, style, below)}" for key, value in term.pairs()]


def _list(term: Any, style: Style, depth: int) -> str:
    items, tail = split_tail(term)
    if style.strings and items and tail is EMPTY and is_text(items, False):
        return quoted("".join(map(chr, items)), '"')
    if depth > 0 and len(items) > depth - 1:
        return "[" + ",".join(_items(items[: depth - 1], style, depth)) + "|...]"
    end = "" if tail is EMPTY else "|" + write(tail, style, depth)
    return "[" + ",".join(_items(items, style, depth)) + end + "]"


def _bitstring(term: Any, style: Style, depth: int) -> str:
    if type(term) is Bits:
        whole, rest = divmod(term.size, 8)
        parts = [str(byte) for byte in term.data[:whole]]
        return "<<" + ",".join([*parts, f"{term.data[whole] >> (8 - rest)}:{rest}"]) + ">>"
    data = to_bytes(term)
    if style.strings and data:
        if is_text(data, False) and (not style.unicode or data.isascii() or type(term) is not str):
            return "<<" + quoted(data.decode("latin-1"), '"') + ">>"
        if style.unicode and type(term) is str and is_text([ord(char) for char in term], False):
            return "<<" + quoted(term, '"') + "/utf8>>"
    shown = [str(byte) for byte in (data if depth < 0 else data[: depth - 1])]
    return "<<" + ",".join(shown if len(shown) == len(data) else [*shown, "..."]) + ">>"


def _opaque(term: Any) -> str:
    if type(term) is Pid:
        return f"<0.{term.number}.{term.serial}>"
    if type(term) is Reference:
        return repr(term).replace("#Reference", "#Ref")
    if type(term) is Port:
        return repr(term)
    if type(term) is Export:
        return f"fun {write_atom(atom_name(term.module) or '')}:{write_atom(term.name)}/{term.arity}"
    found = _FUNCTION.fullmatch(inspect(term))
    if found is not None:
        module = found["module"]
        return f"#Fun<{module[1:] if module[:1] == ':' else 'Elixir.' + module}.{found['place']}>"
    return f"#Fun<{getattr(term, '__module__', None) or 'python'}.{getattr(term, '__name__', type(term).__name__)}>"


_FUNCTION: Final = re.compile(r"#Function<(?P<place>\d+\.\d+)/\d+ in (?P<module>.+)\..+/\d+>", re.DOTALL)
"""How Elixir shows a function without a name."""


def pretty(term: Any, style: Style, column: int = 1, width: int = 80, depth: int = -1) -> str:
    """Return a term on as many lines as it needs; `column` is where it begins, from 1."""
    flat = write(term, style, depth)
    if width <= 0 or column - 1 + len(flat) < width or depth >= 0:
        return flat
    if type(term) is Cons:
        items, tail = split_tail(term)
        if style.strings and tail is EMPTY and is_text(items, False):
            return flat
        texts = [pretty(item, style, column + 1, width) for item in items]
        ending = "]" if tail is EMPTY else "|" + pretty(tail, style, column + 1, width) + "]"
        return "[" + _filled(texts, column + 1, width, [_is_plain(item, style) for item in items]) + ending
    if type(term) is tuple and term:
        return _tuple(term, style, column, width)
    if type(term) is Map:
        pairs = [_pair(key, value, style, column + 2, width) for key, value in term.pairs()]
        return "#{" + _filled(pairs, column + 2, width, [True] * len(pairs)) + "}"
    if is_binary(term) and not flat.startswith('<<"'):
        texts = flat[2:-2].split(",")
        return "<<" + _filled(texts, column + 2, width, [True] * len(texts)) + ">>"
    return flat


def _is_plain(term: Any, style: Style) -> bool:
    """Tell whether a term has no parts: such ones stand side by side, others on lines of their own."""
    if type(term) is Cons:
        items, tail = split_tail(term)
        return style.strings and tail is EMPTY and is_text(items, False)
    return not (type(term) in (tuple, Map) and len(term) > 0)


def _pair(key: Any, value: Any, style: Style, column: int, width: int) -> str:
    name = write(key, style)
    flat = write(value, style)
    if column + len(name) + 3 + len(flat) < width:
        return f"{name} => {flat}"
    return f"{name} =>\n" + " " * (column + 3) + pretty(value, style, column + 4, width)


def _tuple(term: tuple[Any, ...], style: Style, column: int, width: int) -> str:
    name = atom_name(term[0])
    if name is None or len(term) == 1:
        texts = [pretty(item, style, column + 1, width) for item in term]
        return "{" + _filled(texts, column + 1, width, [_is_plain(item, style) for item in term]) + "}"
    tag = write_atom(name)
    inner = column + len(tag) + 2
    texts = [pretty(item, style, inner, width) for item in term[1:]]
    return "{" + tag + "," + (",\n" + " " * (inner - 1)).join(texts) + "}"


def _filled(texts: list[str], column: int, width: int, plain: Sequence[bool]) -> str:
    """Return the texts side by side, as many as a line holds; one of several lines stands alone, as one with parts does."""
    lines: list[str] = []
    used = 0
    for text, alone in zip(texts, (not part for part in plain), strict=True):
        size = len(text) + 1
        if lines and not alone and "\n" not in text and "\n" not in lines[-1] and column + used + size < width:
            lines[-1] += "," + text
            used += size
        else:
            lines.append(text)
            used = size
    return (",\n" + " " * (column - 1)).join(lines)
