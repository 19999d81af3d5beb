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
from pyex.terms.lists import List, charlist, from_pylist, to_pylist

module = NativeModule(":string", doc="Functions on strings: binaries and charlists.")

STRING: Final = atom("string")
BOTH: Final = atom("both")
LEADING: Final = atom("leading")
TRAILING: Final = atom("trailing")
ALL: Final = atom("all")
NOMATCH: Final = atom("nomatch")


def text_of(value: Any, name: str, *args: Any) -> str:
    """Return the text of a string; raises what :string raises for any other term."""
    if type(value) is str:
        return value
    if isinstance(value, List):
        return str(lists.to_string(value))
    raise function_clause(STRING, name, args or (value,))


def like(value: Any, text: str) -> Any:
    """Return a text as the kind of string that was given."""
    return text if is_binary(value) else charlist(text)


@module.function
def length(string: Any) -> int:
    """Return the number of graphemes.

        iex> :string.length("héllo")
        5
    """
    return len(graphemes_of(text_of(string, "length")))


@module.function
def uppercase(string: Any) -> Any:
    """Return the string in upper case.

        iex> :string.uppercase("abc")
        "ABC"
    """
    return like(string, text_of(string, "uppercase").upper())


@module.function
def lowercase(string: Any) -> Any:
    """Return the string in lower case.

        iex> :string.lowercase(~c"ABC")
        ~c"abc"
    """
    return like(string, text_of(string, "lowercase").lower())


@module.function
def titlecase(string: Any) -> Any:
    """Return the string with its first character in title case.

        iex> :string.titlecase("abc def")
        "Abc def"
    """
    text = text_of(string, "titlecase")
    return like(string, text[:1].title() + text[1:])


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
    text = "".join(reversed(graphemes_of(text_of(string, "reverse"))))
    return charlist(text)


@module.function
def is_empty(string: Any) -> bool:
    """Tell whether there is nothing in a string.

        iex> :string.is_empty("")
        true
    """
    return not text_of(string, "is_empty")


@module.function
def equal(first: Any, second: Any) -> bool:
    """Tell whether two strings, of whatever kind, have the same characters.

        iex> :string.equal("abc", ~c"abc")
        true
    """
    return text_of(first, "equal", first, second) == text_of(second, "equal", first, second)


@module.function
def trim(string: Any, direction: Any = BOTH, characters: Any = WHITESPACE) -> Any:
    """Return the string without white space (or given characters) at its ends.

        iex> :string.trim("  a ", :leading)
        "a "
    """
    text, cut = text_of(string, "trim", string, direction, characters), text_of(characters, "trim")
    if direction is LEADING:
        return like(string, text.lstrip(cut))
    return like(string, text.rstrip(cut) if direction is TRAILING else text.strip(cut))


@module.function
def slice(string: Any, start: Any, count: Any = None) -> Any:
    """Return the graphemes from a place on, at most so many.

        iex> :string.slice("elixir", 1, 3)
        "lix"
    """
    parts = graphemes_of(text_of(string, "slice", string, start))
    end = start + count if type(count) is int else None
    return like(string, "".join(parts[start:end]))


@module.function
def split(string: Any, pattern: Any, where: Any = LEADING) -> Any:
    """Return the parts around the first (`:leading`), the last (`:trailing`) or all occurrences of a text.

        iex> :string.split("a,b,c", ",", :all)
        ["a", "b", "c"]
    """
    text, part = text_of(string, "split", string, pattern, where), text_of(pattern, "split", string, pattern, where)
    if not part:
        pieces = [text]
    elif where is ALL:
        pieces = text.split(part)
    else:
        pieces = text.rsplit(part, 1) if where is TRAILING else text.split(part, 1)
    return from_pylist([like(string, piece) for piece in pieces])


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
    text, part = text_of(string, "find", string, pattern), text_of(pattern, "find", string, pattern)
    place = text.rfind(part) if direction is TRAILING else text.find(part)
    return NOMATCH if place < 0 else like(string, text[place:])


@module.function
def prefix(string: Any, prefix: Any) -> Any:
    """Return what follows a prefix, or `:nomatch`.

        iex> :string.prefix("prefix_name", "prefix_")
        "name"
    """
    text, part = text_of(string, "prefix", string, prefix), text_of(prefix, "prefix", string, prefix)
    return like(string, text[len(part) :]) if text.startswith(part) else NOMATCH


@module.function
def lexemes(string: Any, separators: Any) -> Any:
    """Return the non-empty parts between any of the separating characters.

        iex> :string.lexemes("a, b", ~c", ")
        ["a", "b"]
    """
    if not isinstance(separators, List):
        raise function_clause(STRING, "lexemes", (string, separators))
    text, cuts = text_of(string, "lexemes", string, separators), text_of(separators, "lexemes", string, separators)
    for cut in cuts:
        text = text.replace(cut, cuts[0])
    parts = text.split(cuts[0]) if cuts else [text]
    return from_pylist([like(string, part) for part in parts if part])


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
    text = text_of(separator, "join").join(text_of(item, "join") for item in to_pylist(strings))
    return charlist(text)


@module.function
def concat(first: Any, second: Any) -> Any:
    """Return two charlists as one.

        iex> :string.concat(~c"ab", ~c"c")
        ~c"abc"
    """
    return like(first, text_of(first, "concat", first, second) + text_of(second, "concat", first, second))


@module.function
def chomp(string: Any) -> Any:
    """Return the string without the newlines at its end.

        iex> :string.chomp("a\\n")
        "a"
    """
    return like(string, text_of(string, "chomp").rstrip("\r\n"))


@module.function
def to_graphemes(string: Any) -> Any:
    """Return the graphemes: code points, or lists of them.

        iex> :string.to_graphemes("ab")
        ~c"ab"
    """
    parts = graphemes_of(text_of(string, "to_graphemes"))
    return from_pylist([ord(part) if len(part) == 1 else like(from_pylist([]), part) for part in parts])
