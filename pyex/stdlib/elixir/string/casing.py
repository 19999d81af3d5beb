"""String: upper and lower case, trimming, padding."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.elixir.string.base import graphemes_of, module, no_clause, term, text
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist

DEFAULT: Final = atom("default")
ASCII: Final = atom("ascii")
TURKIC: Final = atom("turkic")
GREEK: Final = atom("greek")
_UPPER: Final = str.maketrans({chr(c): chr(c - 32) for c in range(97, 123)})
_LOWER: Final = str.maketrans({chr(c): chr(c + 32) for c in range(65, 91)})


@module.function
def upcase(string: Any, mode: Any = DEFAULT) -> Any:
    """Return the string in upper case.

    `mode` says by which rules: `:default` (Unicode's), `:ascii` (only a to z change), `:greek`, or `:turkic` (a dotted i stays
    dotted). A character may become several. Raises FunctionClauseError for what is no string, or another mode.

        iex> String.upcase("olá, straße")
        "OLÁ, STRASSE"
        iex> String.upcase("olá", :ascii)
        "OLá"
        iex> String.upcase("izmir", :turkic)
        "İZMİR"
    """
    if type(string) is str and string.isascii() and mode is DEFAULT:
        return string.upper()
    characters = _checked(string, mode, "upcase")
    if mode is ASCII:
        return term(characters.translate(_UPPER))
    if mode is TURKIC:
        characters = characters.replace("i", "İ")
    return term(characters.upper())


@module.function
def downcase(string: Any, mode: Any = DEFAULT) -> Any:
    """Return the string in lower case.

    `mode` says by which rules: `:default` (Unicode's), `:ascii` (only A to Z change), `:greek` (a sigma at the end of a word
    becomes the final one), or `:turkic` (an I without a dot stays without).

        iex> String.downcase("ÉCLAIR")
        "éclair"
        iex> String.downcase("ÉCLAIR", :ascii)
        "Éclair"
    """
    if type(string) is str and string.isascii() and mode is DEFAULT:
        return string.lower()
    characters = _checked(string, mode, "downcase")
    if mode is ASCII:
        return term(characters.translate(_LOWER))
    if mode is TURKIC:
        characters = characters.replace("I", "ı").replace("İ", "i")
    lower = characters.lower()
    # Python writes a final sigma by itself; Elixir only in the Greek mode.
    return term(lower if mode is GREEK else lower.replace("ς", "σ") if "Σ" in characters else lower)


def _checked(string: Any, mode: Any, name: str) -> str:
    if mode not in (DEFAULT, ASCII, GREEK, TURKIC):
        raise no_clause(name, string, mode)
    return text(string, name, string, mode)


@module.function
def capitalize(string: Any, mode: Any = DEFAULT) -> Any:
    """Return the first character in title case, and all others in lower case; `mode` as for `upcase/2`.

        iex> String.capitalize("hELLO wORLD")
        "Hello world"
        iex> String.capitalize("")
        ""
    """
    characters = _checked(string, mode, "capitalize")
    if not characters:
        return ""
    first, rest = characters[0], term(characters[1:])
    head = first.translate(_UPPER) if mode is ASCII else "İ" if mode is TURKIC and first == "i" else first.title()
    return head + downcase(rest, mode) if type(rest) is str else term(head + characters[1:].lower())


@module.function
def trim(string: Any) -> Any:
    """Return the string without white space at both ends.

        iex> String.trim("  a ")
        "a"
    """
    return term(text(string, "trim").strip(WHITESPACE))


WHITESPACE: Final = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


@module.function
def trim_leading(string: Any) -> Any:
    """Return the string without white space at its beginning.

        iex> String.trim_leading("  a ")
        "a "
    """
    return term(_to_trim(string, "trim_leading").lstrip(WHITESPACE))


@module.function
def trim_trailing(string: Any) -> Any:
    """Return the string without white space at its end.

        iex> String.trim_trailing("  a ")
        "  a"
    """
    return term(_to_trim(string, "trim_trailing").rstrip(WHITESPACE))


def _to_trim(string: Any, name: str) -> str:
    if not is_binary(string):
        raise function_clause(alias("String.Break"), name, (string,))
    return text(string, name)


@module.function("trim", arity=2)
def trim_text(string: Any, to_trim: Any) -> Any:
    """Return the string without repetitions of a text at both ends.

        iex> String.trim("aabaa", "a")
        "b"
    """
    if not is_binary(to_trim):
        raise no_clause("trim", string, to_trim)
    return trim_trailing_text(trim_leading_text(string, to_trim), to_trim)


@module.function("trim_leading", arity=2)
def trim_leading_text(string: Any, to_trim: Any) -> Any:
    """Return the string without repetitions of a text at its beginning.

        iex> String.trim_leading("aab", "a")
        "b"
    """
    characters, part = text(string, "trim_leading", string, to_trim), _part(to_trim, "trim_leading", string, to_trim)
    while characters.startswith(part):
        characters = characters[len(part) :]
    return term(characters)


@module.function("trim_trailing", arity=2)
def trim_trailing_text(string: Any, to_trim: Any) -> Any:
    """Return the string without repetitions of a text at its end.

        iex> String.trim_trailing("baa", "a")
        "b"
    """
    characters, part = text(string, "trim_trailing", string, to_trim), _part(to_trim, "trim_trailing", string, to_trim)
    while characters.endswith(part):
        characters = characters[: -len(part)]
    return term(characters)


def _part(to_trim: Any, name: str, *args: Any) -> str:
    part = text(to_trim, name, *args)
    if not part:
        raise argument_error("cannot use an empty string as the match to replace")
    return part


@module.function
def pad_leading(string: Any, count: Any, padding: Any = " ") -> Any:
    """Fill the string up to `count` graphemes in front.

    The padding is one text, which is put in front again and again, or a list of texts that take turns; without it, spaces. A string
    that is long enough is returned as it is.

        iex> String.pad_leading("7", 3, "0")
        "007"
        iex> String.pad_leading("x", 5, ["-", "="])
        "-=-=x"
        iex> String.pad_leading("long", 2)
        "long"
    """
    return term(_padding(string, count, padding, "pad_leading") + text(string, "pad_leading"))


@module.function
def pad_trailing(string: Any, count: Any, padding: Any = " ") -> Any:
    """Fill the string up to `count` graphemes behind; the padding is one text, or a list of texts that take turns.

        iex> String.pad_trailing("id", 5) <> "|"
        "id   |"
        iex> String.pad_trailing("wait", 7, ".")
        "wait..."
    """
    return term(text(string, "pad_trailing", string, count, padding) + _padding(string, count, padding, "pad_trailing"))


def _padding(string: Any, count: Any, padding: Any, name: str) -> str:
    filling = padding if isinstance(padding, List) else from_pylist(graphemes_of(text(padding, name, string, count, padding)))
    if not is_binary(string) or type(count) is not int or count < 0 or filling is EMPTY:
        raise no_clause(name, string, count, filling)
    characters, parts = text(string, name), to_pylist(filling)
    for part in parts:
        if not is_binary(part):
            raise argument_error(f"expected a string padding element, got: {inspect(part)}")
    missing = count - len(graphemes_of(characters))
    if missing <= 0 or not parts:
        return ""
    return "".join(parts[place % len(parts)] for place in range(missing))
