"""`:string`: functions on strings, which are binaries or charlists; what comes out is of the kind that went in."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.string.base import graphemes_of
from pyex.stdlib.erlang.string.source import Source, binary_of
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, bad_argument, erlang_error, function_clause
from pyex.terms.lists import EMPTY, List, charlist, from_iterable, from_pylist, is_proper, to_pylist

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
    return source_of(value, name, *args).valid()


def source_of(value: Any, name: str, *args: Any) -> Source:
    """Return a string with its text; raises what :string raises for any other term."""
    if is_binary(value) or isinstance(value, List):
        return Source(value)
    if name in ("split", "find"):
        raise erlang_error((atom("badmatch"), value))
    if name in _OWN_CLAUSES:
        raise function_clause(STRING, name, args or (value,))
    return Source(value)


_OWN_CLAUSES: Final = frozenset({"titlecase", "lexemes", "chomp", "equal", "take"})
"""The functions that do not take what is no string; the others fail where its first character is looked for."""


def pattern_of(value: Any) -> str:
    """Return the text that is looked for in another."""
    try:
        return Source(value).valid()
    except ElixirError:
        wrong = "not valid character data (an iodata term)"
        raise bad_argument("unicode", "characters_to_list", (value,), a1=wrong) from None


def clusters(given: Any) -> set[str]:
    """Return the graphemes of a list of separators: characters, or charlists of several."""
    return {chr(item) if type(item) is int else text_of(item, "lexemes") for item in to_pylist(given)}


def cased_text(value: Any, name: str) -> str:
    """Return the text of a string whose case is to change."""
    if not is_binary(value) and not isinstance(value, List):
        raise ElixirError((atom("badarg"), value))
    return text_of(value, name)


def like(value: Any, text: str) -> Any:
    """Return a text as the kind of string that was given."""
    return binary_of(text) if is_binary(value) else charlist(text)


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
    return like(string, cased_text(string, "uppercase").upper())


@module.function
def lowercase(string: Any) -> Any:
    """Return the string in lower case.

        iex> :string.lowercase(~c"ABC")
        ~c"abc"
    """
    return like(string, cased_text(string, "lowercase").lower())


@module.function
def titlecase(string: Any) -> Any:
    """Return the string with its first character in title case.

        iex> :string.titlecase("abc def")
        "Abc def"
    """
    source = source_of(string, "titlecase")
    first = source.valid(0, 1)[:1].title()
    if source.is_binary or source.is_flat:
        return source.like(first + source.text[1:])
    rest = source.rest(1) if first else EMPTY
    return from_iterable(map(ord, first), from_pylist([rest]) if is_binary(rest) else rest)


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
    return (is_binary(string) or isinstance(string, List)) and not Source(string).text


@module.function
def equal(first: Any, second: Any) -> bool:
    """Tell whether two strings, of whatever kind, have the same characters.

        iex> :string.equal("abc", ~c"abc")
        true
    """
    if is_binary(first) and is_binary(second):
        return bool(first == second)
    return text_of(first, "equal", first, second) == text_of(second, "equal", first, second)


_BLANKS: Final = from_pylist([charlist("\r\n"), *map(ord, "\t\n\v\f\r \x85\u200e\u200f\u2028\u2029")])


@module.function
def trim(string: Any, direction: Any = BOTH, characters: Any = _BLANKS) -> Any:
    """Return the string without white space (or given characters) at its ends.

        iex> :string.trim("  a ", :leading)
        "a "
    """
    if direction not in (LEADING, TRAILING, BOTH):
        raise function_clause(STRING, "trim", (string, direction, characters))
    if not is_binary(string) and not isinstance(string, List):
        raise function_clause(STRING, "trim_t" if direction is TRAILING else "trim_l", (string, characters))
    cut = text_of(characters, "trim")
    if direction is LEADING or direction is BOTH:
        string = _trimmed_before(source_of(string, "trim", string, direction, characters), cut)
    if direction is TRAILING or direction is BOTH:
        string = _trimmed_behind(source_of(string, "trim", string, direction, characters), cut)
    return string


def _trimmed_before(source: Source, cut: str) -> Any:
    place = len(source.text) - len(source.text.lstrip(cut))
    source.valid(place, place + 1)
    return source.rest(place, at_end=False)


def _trimmed_behind(source: Source, cut: str) -> Any:
    text = source.text
    for place in range(1, len(text)):
        if text[place - 1] in cut:
            source.valid(place, place + 1)  # what follows a character of the set is looked at
    left = text.rstrip(cut)
    if not left and source.pieces and source.pieces[0][0]:
        return ""
    return source.front(len(left), is_joined=True)


@module.function
def slice(string: Any, start: Any, count: Any = None) -> Any:
    """Return the graphemes from a place on, at most so many.

        iex> :string.slice("elixir", 1, 3)
        "lix"
    """
    if type(start) is not int or start < 0:
        raise function_clause(STRING, "slice", (string, start) if count is None else (string, start, count))
    if count is not None and count is not _INFINITY and (type(count) is not int or count < 0):
        raise function_clause(STRING, "slice", (string, start, count))
    source = source_of(string, "slice", string, start)
    parts = graphemes_of(source.text)
    place = sum(map(len, parts[:start]))
    source.valid(0, place if start <= len(parts) else None)
    rest = source.like("") if start > len(parts) else source.rest(place)
    if type(count) is not int:
        return rest
    wanted = "".join(parts[start : start + count])
    source.valid(place, place + len(wanted))
    return like(rest, wanted)


_INFINITY: Final = atom("infinity")


@module.function
def split(string: Any, pattern: Any, where: Any = LEADING) -> Any:
    """Return the parts around the first (`:leading`), the last (`:trailing`) or all occurrences of a text.

        iex> :string.split("a,b,c", ",", :all)
        ["a", "b", "c"]
    """
    source, part = source_of(string, "split", string, pattern, where), pattern_of(pattern)
    found: list[Any] = []
    while part and part in source.text:
        place = source.text.rfind(part) if where is TRAILING else source.text.find(part)
        rest = source.rest(place + len(part))
        found.append(source.front(place))
        if where is not ALL:
            return from_pylist([*found, rest])
        source = Source(rest)
    return from_pylist([*found, source.whole() if found else string])


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
    source, part = source_of(string, "find", string, pattern), pattern_of(pattern)
    place = source.text.rfind(part) if direction is TRAILING else source.text.find(part)
    return NOMATCH if place < 0 else source.rest(place, at_end=False)


@module.function
def prefix(string: Any, prefix: Any) -> Any:
    """Return what follows a prefix, or `:nomatch`.

        iex> :string.prefix("prefix_name", "prefix_")
        "name"
    """
    source, part = source_of(string, "prefix", string, prefix), pattern_of(prefix)
    return source.rest(len(part)) if source.text.startswith(part) else NOMATCH


@module.function
def lexemes(string: Any, separators: Any) -> Any:
    """Return the non-empty parts between any of the separating characters.

        iex> :string.lexemes("a, b", ~c", ")
        ["a", "b"]
    """
    if not isinstance(separators, List):
        raise function_clause(STRING, "lexemes", (string, separators))
    source, cuts = source_of(string, "lexemes", string, separators), clusters(separators)
    found, start, place = [], 0, 0
    for grapheme in [*graphemes_of(source.text), ""]:
        if grapheme in cuts or not grapheme:
            if start < place:
                source.valid(start, start + 1)
                found.append(source.part(start, place))
            start = place + len(grapheme)
        place += len(grapheme)
    return from_pylist(found)


@module.function
def tokens(string: Any, separators: Any) -> Any:
    """Return the non-empty parts between any of the separating characters (the older name).

        iex> :string.tokens(~c"a-b", ~c"-")
        [~c"a", ~c"b"]
    """
    if not is_proper(string):
        raise function_clause(atom("lists"), "reverse", (string,))
    if not isinstance(separators, List):
        raise erlang_error((atom("case_clause"), separators))
    cuts = to_pylist(separators)
    found: list[list[Any]] = [[]]
    for item in to_pylist(string):
        if item in cuts:
            found.append([])
        else:
            found[-1].append(item)
    return from_pylist([from_pylist(part) for part in found if part])


@module.function
def join(strings: Any, separator: Any) -> Any:
    """Return the charlists of a list as one, with a separator between.

        iex> :string.join([~c"a", ~c"b"], ~c", ")
        ~c"a, b"
    """
    items = to_pylist(strings) if is_proper(strings) else None
    if items is None:
        raise function_clause(STRING, "join", (strings, separator))
    if not all(map(is_proper, items)) or (len(items) > 1 and not is_proper(separator)):
        raise erlang_error("badarg")
    found: list[Any] = []
    for place, item in enumerate(items):
        found += [*(to_pylist(separator) if place else ()), *to_pylist(item)]
    return from_pylist(found)


@module.function
def concat(first: Any, second: Any) -> Any:
    """Return two charlists as one.

        iex> :string.concat(~c"ab", ~c"c")
        ~c"abc"
    """
    if not is_proper(first):
        raise erlang_error("badarg")
    return from_iterable(to_pylist(first), second)


@module.function
def chomp(string: Any) -> Any:
    """Return the string without the newlines at its end.

        iex> :string.chomp("a\\n")
        "a"
    """
    return _trimmed_behind(source_of(string, "chomp"), "\r\n")


@module.function
def to_graphemes(string: Any) -> Any:
    """Return the graphemes: code points, or lists of them.

        iex> :string.to_graphemes("ab")
        ~c"ab"
    """
    parts = graphemes_of(text_of(string, "to_graphemes"))
    return from_pylist([ord(part) if len(part) == 1 else like(from_pylist([]), part) for part in parts])
