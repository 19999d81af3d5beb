"""String: replacing."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.stdlib.elixir.string.base import graphemes_of, module, no_clause, patterns_of, term, text
from pyex.stdlib.elixir.string.splitting import REGEX
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, from_pylist, to_pylist
from pyex.terms.maps import Map


@module.function
def replace(subject: Any, pattern: Any, replacement: Any, options: Any = EMPTY) -> Any:
    """Replace the occurrences of a pattern, which is a string, a list of strings, or a regex.

    The replacement is a text, or a function that is given what was found and returns a text; with a regex, `\\\\1` in a
    text stands for its first group. With `global: false` only the first occurrence is replaced.

        iex> String.replace("2024-05-06", "-", "/")
        "2024/05/06"
        iex> String.replace("a.b.c", ".", "", global: false)
        "ab.c"
        iex> String.replace("tea or milk", ["tea", "milk"], &String.upcase/1)
        "TEA or MILK"
    """
    chosen = dict(to_pylist(options))
    everywhere = chosen.get(atom("global"), True) is not False
    if type(pattern) is Map and pattern.struct is REGEX:
        return export(REGEX, "replace", 4).fn(pattern, subject, replacement, options)
    characters = text(subject, "replace", subject, pattern, replacement, options)
    if not is_binary(replacement) and not is_function(replacement, 1):
        raise no_clause("replace", subject, pattern, replacement, options)
    if pattern == "" and is_binary(pattern):
        return _between(characters, replacement, everywhere)
    patterns = [part for part in patterns_of(pattern, "replace", subject, pattern, replacement, options) if part]
    if not patterns:
        return subject
    if _INSERTED in chosen and is_binary(replacement):
        wanted = [(_INSERTED, chosen[_INSERTED])] + ([atom("global")] if everywhere else [])
        return export(atom("binary"), "replace", 4).fn(subject, pattern, replacement, from_pylist(wanted))
    if type(replacement) is str and len(patterns) == 1:
        return term(characters.replace(patterns[0], replacement, -1 if everywhere else 1))
    finder = re.compile("|".join(re.escape(part) for part in sorted(patterns, key=len, reverse=True)))
    return term(finder.sub(lambda match: _made(replacement, match.group()), characters, 0 if everywhere else 1))


_INSERTED: Final = atom("insert_replaced")


def _made(replacement: Any, found: str) -> str:
    return text(replacement if is_binary(replacement) else replacement(term(found)), "replace")


def _between(characters: str, replacement: Any, everywhere: bool) -> Any:
    if not everywhere:
        return term(_made(replacement, "") + characters)
    pieces = [_made(replacement, "")]
    for part in graphemes_of(characters):
        pieces += [part, _made(replacement, "")]
    return term("".join(pieces))


@module.function
def replace_prefix(string: Any, match: Any, replacement: Any) -> Any:
    """Replace a prefix, if it is there.

        iex> String.replace_prefix("hello", "he", "je")
        "jello"
    """
    characters, part = text(string, "replace_prefix", string, match, replacement), text(match, "replace_prefix", string, match, replacement)
    return term(replacement + characters[len(part) :]) if characters.startswith(part) else string


@module.function
def replace_suffix(string: Any, match: Any, replacement: Any) -> Any:
    """Replace a suffix, if it is there.

        iex> String.replace_suffix("hello", "lo", "p")
        "help"
    """
    characters, part = text(string, "replace_suffix", string, match, replacement), text(match, "replace_suffix", string, match, replacement)
    return term(characters[: len(characters) - len(part)] + replacement) if characters.endswith(part) else string


@module.function
def replace_leading(string: Any, match: Any, replacement: Any) -> Any:
    """Replace each repetition of a text at the beginning.

        iex> String.replace_leading("aab", "a", "x")
        "xxb"
    """
    characters, part = text(string, "replace_leading", string, match, replacement), _part(match, "replace_leading")
    count = 0
    while characters.startswith(part, count * len(part)):
        count += 1
    return term(replacement * count + characters[count * len(part) :])


@module.function
def replace_trailing(string: Any, match: Any, replacement: Any) -> Any:
    """Replace each repetition of a text at the end.

        iex> String.replace_trailing("baa", "a", "x")
        "bxx"
    """
    characters, part = text(string, "replace_trailing", string, match, replacement), _part(match, "replace_trailing")
    end = len(characters)
    while end >= len(part) and characters.endswith(part, 0, end):
        end -= len(part)
    return term(characters[:end] + replacement * ((len(characters) - end) // len(part)))


def _part(match: Any, name: str) -> str:
    from pyex.terms.errors import argument_error

    if match == "":
        raise argument_error("cannot use an empty string as the match to replace")
    return text(match, name)
