"""`:string`: functions on strings, which are binaries or charlists; what comes out is of the kind that went in."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir import list as lists
from pyex.stdlib.elixir.string.base import graphemes_of
from pyex.stdlib.elixir.string.casing import WHITESPACE
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.lists import List, from_pylist, to_pylist

module = NativeModule(":string", doc="Functions on strings: binaries and charlists.")

STRING: Final = atom("string")
BOTH: Final = atom("both")
LEADING: Final = atom("leading")
TRAILING: Final = atom("trailing")
ALL: Final = atom("all")
NOMATCH: Final = atom("nomatch")


def _text(value: Any, name: str, *args: Any) -> str:
    if type(value) is str:
        return value
    if isinstance(value, List):
        return str(lists.to_string(value))
    raise function_clause(STRING, name, args or (value,))


def _like(value: Any, text: str) -> Any:
    """Return a text as the kind of string that was given."""
    return text if is_binary(value) else from_pylist([ord(character) for character in text])


@module.function
def length(string: Any) -> int:
    """Return the number of graphemes.

        iex> :string.length("héllo")
        5
    """
    return len(graphemes_of(_text(string, "length")))


@module.function
def uppercase(string: Any) -> Any:
    """Return the string in upper case.

        iex> :string.uppercase("abc")
        "ABC"
    """
    return _like(string, _text(string, "uppercase").upper())


@module.function
def lowercase(string: Any) -> Any:
    """Return the string in lower case.

        iex> :string.lowercase(~c"ABC")
        ~c"abc"
    """
    return _like(string, _text(string, "lowercase").lower())


@module.function
def titlecase(string: Any) -> Any:
    """Return the string with its first character in title case.

        iex> :string.titlecase("abc def")
        "Abc def"
    """
    text = _text(string, "titlecase")
    return _like(string, text[:1].title() + text[1:])


@module.function
def to_upper(string: Any) -> Any:
    """Return a charlist in upper case (the older name).

        iex> :string.to_upper(~c"abc")
        ~c"ABC"
    """
    return ord(chr(string).upper()) if type(string) is int else uppercase(string)


@module.function
def to_lower(string: Any) -> Any:
    """Return a charlist in lower case (the older name).

        iex> :string.to_lower(~c"ABC")
        ~c"abc"
    """
    return ord(chr(string).lower()) if type(string) is int else lowercase(string)


@module.function
def reverse(string: Any) -> Any:
    """Return the graphemes from last to first, as a charlist.

        iex> :string.reverse("abc")
        ~c"cba"
    """
    text = "".join(reversed(graphemes_of(_text(string, "reverse"))))
    return from_pylist([ord(character) for character in text])


@module.function
def is_empty(string: Any) -> bool:
    """Tell whether there is nothing in a string.

        iex> :string.is_empty("")
        true
    """
    return not _text(string, "is_empty")


@module.function
def equal(first: Any, second: Any) -> bool:
    """Tell whether two strings, of whatever kind, have the same characters.

        iex> :string.equal("abc", ~c"abc")
        true
    """
    return _text(first, "equal", first, second) == _text(second, "equal", first, second)


@module.function
def trim(string: Any, direction: Any = BOTH, characters: Any = WHITESPACE) -> Any:
    """Return the string without white space (or given characters) at its ends.

        iex> :string.trim("  a ", :leading)
        "a "
    """
    text, cut = _text(string, "trim", string, direction, characters), _text(characters, "trim")
    if direction is LEADING:
        return _like(string, text.lstrip(cut))
    return _like(string, text.rstrip(cut) if direction is TRAILING else text.strip(cut))


@module.function
def slice(string: Any, start: Any, count: Any = None) -> Any:
    """Return the graphemes from a place on, at most so many.

        iex> :string.slice("elixir", 1, 3)
        "lix"
    """
    parts = graphemes_of(_text(string, "slice", string, start))
    end = start + count if type(count) is int else None
    return _like(string, "".join(parts[start:end]))


@module.function
def split(string: Any, pattern: Any, where: Any = LEADING) -> Any:
    """Return the parts around the first (`:leading`), the last (`:trailing`) or all occurrences of a text.

        iex> :string.split("a,b,c", ",", :all)
        ["a", "b", "c"]
    """
    text, part = _text(string, "split", string, pattern, where), _text(pattern, "split", string, pattern, where)
    if not part:
        pieces = [text]
    elif where is ALL:
        pieces = text.split(part)
    else:
        pieces = text.rsplit(part, 1) if where is TRAILING else text.split(part, 1)
    return from_pylist([_like(string, piece) for piece in pieces])


@module.function
def replace(string: Any, pattern: Any, replacement: Any, where: Any = LEADING) -> Any:
    """Return the parts around occurrences of a text with the replacement between them.

        iex> :string.replace("a,b", ",", "-")
        ["a", "-", "b"]
    """
    pieces = to_pylist(split(string, pattern, where))
    result = [replacement] * (2 * len(pieces) - 1)
    result[::2] = pieces
    return from_pylist(result)


@module.function
def find(string: Any, pattern: Any, direction: Any = LEADING) -> Any:
    """Return the string from the first (or last) occurrence of a text on, or `:nomatch`.

        iex> :string.find("abcd", "c")
        "cd"
    """
    text, part = _text(string, "find", string, pattern), _text(pattern, "find", string, pattern)
    place = text.rfind(part) if direction is TRAILING else text.find(part)
    return NOMATCH if place < 0 else _like(string, text[place:])


@module.function
def prefix(string: Any, prefix: Any) -> Any:
    """Return what follows a prefix, or `:nomatch`.

        iex> :string.prefix("prefix_name", "prefix_")
        "name"
    """
    text, part = _text(string, "prefix", string, prefix), _text(prefix, "prefix", string, prefix)
    return _like(string, text[len(part) :]) if text.startswith(part) else NOMATCH


@module.function
def lexemes(string: Any, separators: Any) -> Any:
    """Return the non-empty parts between any of the separating characters.

        iex> :string.lexemes("a, b", ~c", ")
        ["a", "b"]
    """
    if not isinstance(separators, List):
        raise function_clause(STRING, "lexemes", (string, separators))
    text, cuts = _text(string, "lexemes", string, separators), _text(separators, "lexemes", string, separators)
    for cut in cuts:
        text = text.replace(cut, cuts[0])
    parts = text.split(cuts[0]) if cuts else [text]
    return from_pylist([_like(string, part) for part in parts if part])


@module.function
def tokens(string: Any, separators: Any) -> Any:
    """Return the non-empty parts between any of the separating characters (the older name).

        iex> :string.tokens(~c"a-b", ~c"-")
        [~c"a", ~c"b"]
    """
    return lexemes(string, separators)


@module.function
def join(strings: Any, separator: Any) -> Any:
    """Return the charlists of a list as one, with a separator between.

        iex> :string.join([~c"a", ~c"b"], ~c", ")
        ~c"a, b"
    """
    text = _text(separator, "join").join(_text(item, "join") for item in to_pylist(strings))
    return from_pylist([ord(character) for character in text])


@module.function
def concat(first: Any, second: Any) -> Any:
    """Return two charlists as one.

        iex> :string.concat(~c"ab", ~c"c")
        ~c"abc"
    """
    return _like(first, _text(first, "concat", first, second) + _text(second, "concat", first, second))


@module.function
def chomp(string: Any) -> Any:
    """Return the string without the newlines at its end.

        iex> :string.chomp("a\\n")
        "a"
    """
    return _like(string, _text(string, "chomp").rstrip("\r\n"))


@module.function
def to_graphemes(string: Any) -> Any:
    """Return the graphemes: code points, or lists of them.

        iex> :string.to_graphemes("ab")
        ~c"ab"
    """
    parts = graphemes_of(_text(string, "to_graphemes"))
    return from_pylist([ord(part) if len(part) == 1 else _like(from_pylist([]), part) for part in parts])
