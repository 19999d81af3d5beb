"""How atoms, strings, charlists and the names of functions are written in Elixir."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from pyex.terms.atoms import Atom

_ESCAPES: Final = {
    "\a": "\\a",
    "\b": "\\b",
    "\x7f": "\\d",
    "\x1b": "\\e",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\\": "\\\\",
    "\t": "\\t",
    "\v": "\\v",
    "\0": "\\0",
}
# Characters that change or hide their surroundings are shown by number.
_INVISIBLE: Final = (
    "\u00a0\u034f\u061c\u2000-\u200f\u2028\u2029\u202a-\u202e\u205f-\u2064\u2066-\u2069\ufeff\ufff9-\ufffc"
)
_TO_ESCAPE: Final = re.compile(
    '[\x00-\x1f\x7f-\x9f"\\\\' + _INVISIBLE + "\ufffe\uffff]|#\\{"
)
_TO_ESCAPE_SINGLE: Final = re.compile(_TO_ESCAPE.pattern.replace('"', "'"))
_UNPRINTABLE: Final = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f\x80-\x9f\ufffe\uffff]")
_OPERATORS: Final = frozenset(
    "! && || not or xor and in when ++ -- +++ --- <> .. ... ..// = == === != !== =~ < > <= >= + - * / ** "
    "|> <<< >>> <<~ ~>> <~ ~> <~> &&& ||| & ^ @ | -> <- \\\\ . {} %{} % <<>>".split()
)
_NO_CALL_OPERATORS: Final = frozenset({"{}", "%{}", "%", "<<>>", "..", "...", "..//", "->", ".", "xor"})
_PLAIN_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_@]*[?!]?\Z", re.ASCII)
_ALIAS: Final = re.compile(r"Elixir(\.[A-Z][A-Za-z0-9_]*)*\Z", re.ASCII)


def escape(text: str, quote: str = '"') -> str:
    """Return a text with the escapes it needs between quotes."""
    pattern = _TO_ESCAPE if quote == '"' else _TO_ESCAPE_SINGLE
    return pattern.sub(_escape_one, text) if pattern.search(text) else text


def _escape_one(match: re.Match[str]) -> str:
    found = match[0]
    if found in _ESCAPES:
        return _ESCAPES[found]
    if found in "\"'#{":
        return "\\" + found
    code = ord(found)
    if code >= 0xFFFE:
        return f"\\x{{{code:X}}}"
    return f"\\x{code:02X}" if code < 0xA0 else f"\\u{code:04X}"


def escape_bytes(data: bytes, limit: int | None) -> tuple[str, bool]:
    """Return bytes that need not be UTF-8 with the escapes they need between quotes, and whether the limit cut them."""
    text = data.decode("utf-8", "surrogateescape")
    shown = text if limit is None else first_characters(text, limit)
    pieces = []
    for piece in re.split("([\udc80-\udcff])", shown):
        pieces.append(f"\\x{ord(piece) - 0xDC00:02X}" if "\udc80" <= piece <= "\udcff" else escape(piece))
    return "".join(pieces), len(shown) < len(text)


def first_characters(text: str, limit: int) -> str:
    """Return the first characters of a text, as many as a limit shows: what is escaped as one counts as one."""
    if len(text) <= limit:
        return text
    if "#{" not in text[:limit]:
        return text[:limit]
    return "".join(re.findall(r"(?s)#\{|.", text[: limit * 2])[:limit])


def printable(text: str) -> bool:
    """Tell whether a string holds printable characters only, so that it is shown as a string."""
    return text.isprintable() or not _UNPRINTABLE.search(text)


def charlist_text(items: list[Any]) -> str | None:
    """Return the text of a list of printable ASCII characters, or None when it is no such list."""
    for item in items:
        if type(item) is not int or not (32 <= item <= 126 or 7 <= item <= 13 or item == 27):
            return None
    return "".join(map(chr, items))


def _identifier(name: str) -> bool:
    """Tell whether an atom of that name is written without quotes, operators aside."""
    if name.isascii():
        return _PLAIN_NAME.match(name) is not None
    stem = name[:-1] if name[-1] in "?!" else name
    return (
        unicodedata.normalize("NFC", name) == name
        and unicodedata.normalize("NFKC", stem) == stem
        and stem.replace("@", "_").isidentifier()
    )


_atom_texts: Final[dict[str, str]] = {}


def atom_text(value: Any) -> str:
    """Return an atom as Elixir source writes it: `:ok`, `nil`, `Foo.Bar`, `:"foo bar"`."""
    if type(value) is not Atom:
        return "nil" if value is None else "true" if value else "false"
    name = value.name
    found = _atom_texts.get(name)
    if found is None:
        found = _atom_texts[name] = _atom_text(name)
    return found


def _atom_text(name: str) -> str:
    if _ALIAS.match(name):
        return name[7:] or name
    if name in _OPERATORS or (name and _identifier(name)):
        return ":" + name
    return f':"{escape(name)}"'


def is_alias(value: Any) -> bool:
    """Tell whether an atom is written as a module name."""
    return type(value) is Atom and value.name.startswith("Elixir.")


_key_texts: Final[dict[str, str]] = {}


def key_text(value: Any) -> str:
    """Return an atom as the key of a keyword list: `a:`, `"b c":`."""
    if type(value) is not Atom:
        return atom_text(value) + ":"
    found = _key_texts.get(value.name)
    if found is None:
        name = value.name
        plain = name != "Elixir" and (name in _OPERATORS or (name != "" and _identifier(name)))
        found = _key_texts[name] = f"{name}:" if plain else f'"{escape(name)}":'
    return found


def function_name(name: str) -> str:
    """Return the name of a remote function as it stands after the dot: `foo`, `+`, `"foo bar"`."""
    plain = name in _OPERATORS - _NO_CALL_OPERATORS
    if not plain and name and "@" not in name and not name[0].isupper():
        plain = _identifier(name)
    return name if plain else f'"{escape(name)}"'
