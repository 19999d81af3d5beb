"""String: splitting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pyex.stdlib.elixir.enumerable import Lazy
from pyex.stdlib.elixir.string.base import graphemes_of, module, no_clause, patterns_of, term, text
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import bad_argument
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist, to_pylist
from pyex.terms.maps import Map

REGEX = alias("Regex")
PYTHONS_OWN = "\x1c\x1d\x1e\x1f"
"""ASCII characters that are white space in Python and not in Unicode."""


@module.function
def split(string: Any) -> Any:
    """Return the parts between runs of white space.

        iex> String.split(" a  b ")
        ["a", "b"]
    """
    from pyex.stdlib.elixir.string.casing import WHITESPACE

    if not is_binary(string):
        raise bad_argument("binary", "split", (string, WHITESPACE), a1="not a binary")
    characters = text(string, "split")
    if characters.isascii() and not any(mark in characters for mark in PYTHONS_OWN):
        return from_pylist(characters.split())
    # A no-break space separates no words.
    separators = "".join(c for c in WHITESPACE if c not in "\xa0\u202f")
    found = re.split(f"[{re.escape(separators)}]+", characters)
    return from_pylist([term(part) for part in found if part])


@module.function("split", arity=(2, 3))
def split_by(string: Any, pattern: Any, options: Any = EMPTY) -> Any:
    """Return the parts between the occurrences of a pattern: a string, a list of strings, or a regex.

    Options: `parts: n` stops after n parts, the last of which holds the rest (`:infinity` by default); `trim: true` leaves empty parts out.
    With a regex, those of `Regex.split/3` are taken too.

        iex> String.split("a,b;c", [",", ";"])
        ["a", "b", "c"]
        iex> String.split("key=a=b", "=", parts: 2)
        ["key", "a=b"]
        iex> String.split(",a,,b,", ",", trim: true)
        ["a", "b"]
    """
    if type(pattern) is Map and pattern.struct is REGEX:
        return export(REGEX, "split", 3).fn(pattern, string, options)
    settings = dict(to_pylist(options))
    trim = settings.get(atom("trim"), False) is True
    limit = settings.get(atom("parts"), atom("infinity"))
    characters = text(string, "split", string, pattern, options)
    if limit is not atom("infinity") and (type(limit) is not int or limit < 1):
        raise no_clause("parts_to_index", limit)
    if pattern == "" and is_binary(pattern):
        pieces = _split_characters(characters, limit if type(limit) is int else 0, trim)
    else:
        pieces = _pieces(characters, patterns_of(pattern, "split", string, pattern, options), limit, trim)
    return from_pylist([term(piece) for piece in pieces])


def _split_characters(characters: str, limit: int, trim: bool) -> list[str]:
    parts = ["", *graphemes_of(characters), ""]
    if trim:
        parts = parts[1:-1]
    if limit and len(parts) > limit:
        parts = [*parts[: limit - 1], "".join(parts[limit - 1 :])]
    return parts


def _pieces(characters: str, patterns: list[str], limit: Any, trim: bool) -> list[str]:
    patterns = [pattern for pattern in patterns if pattern]
    if not patterns:
        return [characters]
    if len(patterns) == 1 and not trim:
        return characters.split(patterns[0], limit - 1 if type(limit) is int else -1)
    # The longest alternative wins where two patterns begin at one place.
    finder = re.compile("|".join(re.escape(pattern) for pattern in sorted(patterns, key=len, reverse=True)))
    pieces: list[str] = []
    start = 0
    while type(limit) is not int or len(pieces) < limit - 1:
        match = finder.search(characters, start)
        if match is None:
            break
        if match.start() > start or not trim:
            pieces.append(characters[start : match.start()])
        start = match.end()
    if start < len(characters) or not trim:
        pieces.append(characters[start:])
    return pieces


@module.function
def splitter(string: Any, pattern: Any, options: Any = EMPTY) -> Any:
    """Return a stream of the parts between occurrences of a pattern.

        iex> Enum.take(String.splitter("a,b,c", ","), 2)
        ["a", "b"]
    """
    text(string, "splitter", string, pattern, options)

    def walk() -> Iterator[Any]:
        yield from to_pylist(split_by(string, pattern, options))

    return Lazy(walk, "unfold")


@module.function("starts_with?")
def starts_with(string: Any, prefix: Any) -> bool:
    """Tell whether a string begins with a prefix, or with one of a list of them.

        iex> String.starts_with?("elixir", ["a", "el"])
        true
    """
    characters = text(string, "starts_with?", string, prefix)
    return characters.startswith(tuple(patterns_of(prefix, "starts_with?", string, prefix)))


@module.function("ends_with?")
def ends_with(string: Any, suffix: Any) -> bool:
    """Tell whether a string ends with a suffix, or with one of a list of them.

        iex> String.ends_with?("elixir", "ir")
        true
    """
    characters = text(string, "ends_with?", string, suffix)
    return characters.endswith(tuple(patterns_of(suffix, "ends_with?", string, suffix)))


@module.function("contains?")
def contains(string: Any, contents: Any) -> bool:
    """Tell whether a string holds a text, or one of a list of them.

        iex> String.contains?("elixir", ["z", "lix"])
        true
    """
    characters = text(string, "contains?", string, contents)
    return any(part in characters for part in patterns_of(contents, "contains?", string, contents))


@module.function("match?")
def matches(string: Any, regex: Any) -> Any:
    """Tell whether a regex matches.

        iex> String.match?("foo", ~r/o+/)
        true
    """
    if not is_binary(string):
        raise no_clause("match?", string, regex)
    return export(REGEX, "match?", 2).fn(regex, string)


