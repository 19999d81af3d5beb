"""String: questions about the whole text, and conversions."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from pyex.stdlib.elixir.list.texts import decoded
from pyex.stdlib.elixir.string.base import graphemes_of, module, no_clause, one_each, term, text
from pyex.terms.atom_order import read_atom
from pyex.terms.atoms import atom, exists
from pyex.terms.binaries import is_binary
from pyex.terms.errors import bad_argument, erlang_error
from pyex.terms.inspect.literals import printable
from pyex.terms.lists import charlist, from_pylist

DEFAULT: Final = atom("default")
INFINITY: Final = atom("infinity")


@module.function
def length(string: Any) -> int:
    """Return the number of graphemes.

        iex> String.length("héllo")
        5
    """
    given = text(string, "length")
    return len(given) if one_each(given) else len(graphemes_of(given))


@module.function("valid?")
def valid(string: Any, algorithm: Any = DEFAULT) -> bool:
    """Tell whether a binary is valid UTF-8.

        iex> String.valid?(<<255>>)
        false
    """
    if not is_binary(string):
        raise no_clause("valid?", string, algorithm)
    if algorithm is not DEFAULT and algorithm is not atom("fast_ascii"):
        raise no_clause("valid?", string, algorithm)
    return type(string) is str


@module.function("printable?")
def is_printable(string: Any, character_limit: Any = INFINITY) -> bool:
    """Tell whether all characters (or the first ones, up to a limit) are printable.

        iex> String.printable?("abc\\0")
        false
    """
    wrong = character_limit is not INFINITY and (type(character_limit) is not int or character_limit < 0)
    if not is_binary(string) or wrong:
        raise no_clause("printable?", string, character_limit)
    if type(string) is not str:
        return False
    return printable(string[:character_limit] if type(character_limit) is int else string)


@module.function
def duplicate(subject: Any, n: Any) -> Any:
    """Return the string `n` times.

        iex> String.duplicate("ab", 2)
        "abab"
    """
    wrong = {} if is_binary(subject) else {"a1": "not a binary"}
    if type(n) is not int:
        wrong["a2"] = "not an integer"
    elif n < 0:
        wrong["a2"] = "out of range"
    if wrong:
        raise bad_argument("binary", "copy", (subject, n), **wrong)
    return subject * n


@module.function
def reverse(string: Any) -> Any:
    """Return the graphemes from last to first.

        iex> String.reverse("abc")
        "cba"
    """
    given = text(string, "reverse")
    if type(string) is str:
        return string[::-1] if one_each(string) else "".join(reversed(graphemes_of(given)))
    # a byte that is no UTF-8 keeps its place, and parts what is turned around
    return term("".join("".join(reversed(graphemes_of(part))) for part in _STRETCHES.findall(given)))


_STRETCHES: Final = re.compile("[\udc80-\udcff]|[^\udc80-\udcff]+")
"""The bytes that are no UTF-8, and what stands between them."""


@module.function
def normalize(string: Any, form: Any) -> Any:
    """Return the string in a Unicode normal form: `:nfd`, `:nfc`, `:nfkd` or `:nfkc`.

        iex> String.normalize("e\\u0301", :nfc)
        "é"
    """
    if getattr(form, "name", "") not in ("nfc", "nfd", "nfkc", "nfkd"):
        raise no_clause("normalize", string, form)
    return term(unicodedata.normalize(form.name.upper(), text(string, "normalize", string, form)))


@module.function("equivalent?")
def equivalent(string1: Any, string2: Any) -> bool:
    """Tell whether two strings are canonically equivalent.

        iex> String.equivalent?("é", "e\\u0301")
        true
    """
    if not is_binary(string1) or not is_binary(string2):
        raise no_clause("equivalent?", string1, string2)
    return bool(normalize(string1, atom("nfd")) == normalize(string2, atom("nfd")))


@module.function
def to_atom(string: Any) -> Any:
    """Return the atom of that name.

        iex> String.to_atom("ok")
        :ok
    """
    if type(string) is not str:
        raise erlang_error("badarg", "erlang", "binary_to_atom", (string, atom("utf8")))
    if len(string) > LONGEST_ATOM:
        raise erlang_error("system_limit", "erlang", "binary_to_atom", (string, atom("utf8")))
    return read_atom(string)


LONGEST_ATOM: Final = 255


@module.function
def to_existing_atom(string: Any) -> Any:
    """Return the atom of that name, which must exist already; raises ArgumentError.

        iex> String.to_existing_atom("ok")
        :ok
    """
    if type(string) is not str or not exists(string):
        raise erlang_error("badarg", "erlang", "binary_to_existing_atom", (string,))
    return read_atom(string)


@module.function
def to_charlist(string: Any) -> Any:
    """Return the code points as a list; raises UnicodeConversionError where the binary is not UTF-8.

        iex> String.to_charlist("abc")
        ~c"abc"
    """
    if type(string) is bytes:
        decoded([string])
    return charlist(text(string, "to_charlist"))


@module.function
def to_integer(string: Any, base: Any = 10) -> Any:
    """Return the integer that the string writes in a base from 2 to 36, 10 by default.

    All of the string must be the number, with or without a sign; raises ArgumentError otherwise. `Integer.parse/2` takes a
    string that goes on behind the number.

        iex> String.to_integer("-42")
        -42
        iex> String.to_integer("ff", 16)
        255
    """
    args = (string,) if base == 10 else (string, base)
    if type(string) is not str or "_" in string or string != string.strip():
        raise erlang_error("badarg", "erlang", "binary_to_integer", args)
    try:
        return int(string, base)
    except ValueError:
        raise erlang_error("badarg", "erlang", "binary_to_integer", args) from None


@module.function
def to_float(string: Any) -> Any:
    """Return the float that the whole string writes, with a point; raises ArgumentError.

        iex> String.to_float("2.5e3")
        2500.0
    """
    if type(string) is not str or not _is_float(string):
        raise erlang_error("badarg", "erlang", "binary_to_float", (string,))
    return float(string)


def _is_float(string: str) -> bool:
    import re

    return re.fullmatch(r"[+-]?\d+\.\d+([eE][+-]?\d+)?", string) is not None


@module.function
def codepoints(string: Any) -> Any:
    """Return the code points as strings.

        iex> String.codepoints("ab")
        ["a", "b"]
    """
    return from_pylist([term(character) for character in text(string, "codepoints")])


@module.function
def graphemes(string: Any) -> Any:
    """Return the graphemes.

        iex> String.graphemes("ab")
        ["a", "b"]
    """
    return from_pylist([term(part) for part in graphemes_of(text(string, "graphemes"))])


@module.function
def next_codepoint(string: Any) -> Any:
    """Return `{first code point, rest}`, or nil for an empty string.

        iex> String.next_codepoint("abc")
        {"a", "bc"}
    """
    characters = text(string, "next_codepoint")
    return (term(characters[0]), term(characters[1:])) if characters else None


@module.function
def next_grapheme(string: Any) -> Any:
    """Return `{first grapheme, rest}`, or nil for an empty string.

        iex> String.next_grapheme("abc")
        {"a", "bc"}
    """
    characters = text(string, "next_grapheme")
    if not characters:
        return None
    first = graphemes_of(characters)[0]
    return term(first), term(characters[len(first) :])


@module.function
def chunk(string: Any, trait: Any) -> Any:
    """Return the runs of characters that are valid (`:valid`) or printable (`:printable`), and of the others.

        iex> String.chunk(<<97, 255, 98>>, :valid)
        ["a", <<255>>, "b"]
    """
    characters = text(string, "chunk", string, trait)
    if trait is atom("valid"):
        marks: list[bool | None] = [not 0xDC80 <= ord(character) <= 0xDCFF for character in characters]
    elif trait is atom("printable"):
        marks = [None if 0xDC80 <= ord(character) <= 0xDCFF else printable(character) for character in characters]
    else:
        raise no_clause("chunk", string, trait)
    runs: list[str] = []
    for place, character in enumerate(characters):
        if place and marks[place] == marks[place - 1]:
            runs[-1] += character
        else:
            runs.append(character)
    return from_pylist([term(run) for run in runs])


@module.function
def replace_invalid(bytes_: Any, replacement: Any = "\ufffd") -> Any:
    """Return the string with every invalid sequence replaced.

        iex> String.replace_invalid(<<97, 255>>, "?")
        "a?"
    """
    if type(bytes_) is str and is_binary(replacement):
        return bytes_
    if type(bytes_) is not bytes or not is_binary(replacement):
        raise no_clause("replace_invalid", bytes_, replacement)
    return bytes_.decode("utf-8", "replace").replace("\ufffd", replacement)


