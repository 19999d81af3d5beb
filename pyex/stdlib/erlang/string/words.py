"""Functions on texts by graphemes: casing, padding, spans, similarity, numbers at the beginning."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from pyex.stdlib.elixir.string.base import graphemes_of
from pyex.stdlib.erlang.string.source import is_invalid
from pyex.stdlib.erlang.string.texts import (
    LEADING,
    STRING,
    TRAILING,
    cased_text,
    clusters,
    like,
    module,
    source_of,
    text_of,
)
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, List, charlist, from_pylist, to_pylist

ERROR: Final = atom("error")
BADARG: Final = atom("badarg")
_FLOAT: Final = re.compile(r"[+-]?\d+[.,]\d+(?:[eE][+-]?\d+)?")
_INTEGER: Final = re.compile(r"[+-]?\d+")


def _graphemes(string: Any, name: str, *args: Any) -> list[str]:
    return list(graphemes_of(text_of(string, name, *(args or (string,)))))


@module.function
def casefold(string: Any) -> Any:
    """Return the string in the form in which texts are compared without regard to case.

    iex> :string.casefold("ÀB")
    "àb"
    """
    return like(string, cased_text(string, "casefold").casefold())


@module.function("equal", arity=(3, 4))
def equal_as(first: Any, second: Any, ignore_case: Any, norm: Any = None) -> Any:
    """Tell whether two strings are equal, without regard to case if so asked, and in a normal form (`:nfc`, `:nfd` …).

    iex> :string.equal("AB", ~c"ab", true)
    true
    """
    left, right = (
        text_of(first, "equal", first, second, ignore_case),
        text_of(second, "equal", first, second, ignore_case),
    )
    if norm is not None and getattr(norm, "name", "") != "none":
        normal = export(atom("unicode"), f"characters_to_{norm.name}_binary", 1)
        left, right = normal.fn(left), normal.fn(right)
    return left.casefold() == right.casefold() if ignore_case is True else left == right


@module.function("pad", arity=(2, 3, 4))
def pad(string: Any, length: Any, direction: Any = TRAILING, char: Any = 32) -> Any:
    """Return the string with characters added until it is so long; a list of pieces.

    iex> :string.pad("ab", 4) |> IO.iodata_to_binary()
    "ab  "
    iex> :string.pad("ab", 4, :leading, ?0) |> IO.iodata_to_binary()
    "00ab"
    """
    if type(length) is not int:
        raise function_clause(STRING, "pad", (string, length, direction, char))
    missing = max(0, length - len(_graphemes(string, "pad")))
    if direction is LEADING:
        return from_pylist([_copies(char, missing), string])
    if direction is TRAILING:
        return Cons(string, _copies(char, missing))
    half = _copies(char, missing // 2)
    return from_pylist([half, string, half, char] if missing % 2 else [half, string, half])


def _copies(char: Any, count: int) -> Any:
    return from_pylist([char] * count)


@module.function("take", arity=(2, 3, 4))
def take(string: Any, characters: Any, complement: Any = False, direction: Any = LEADING) -> Any:
    """Return `{taken, rest}`: the characters of a set at an end, or with `true` those that are not of it.

    iex> :string.take("abc123", ~c"abc")
    {"abc", "123"}
    """
    source, wanted = source_of(string, "take"), clusters(characters)
    parts, count = list(graphemes_of(source.text)), 0
    for part in parts if direction is LEADING else parts[::-1]:
        if (part in wanted) is (complement is True):
            break
        count += 1
    place = sum(map(len, parts[: count if direction is LEADING else len(parts) - count]))
    if direction is LEADING:
        source.valid(place, place + 1)
    taken = source.front(place)
    no_text = not place and source.pieces and source.pieces[0][0]
    return "" if no_text else taken, source.rest(place, at_end=False)


@module.function("nth_lexeme")
def nth_lexeme(string: Any, n: Any, separators: Any) -> Any:
    """Return the n-th of the parts between separators, from 1.

    iex> :string.nth_lexeme("a b c", 2, ~c" ")
    "b"
    """
    if type(n) is not int or n < 1:
        raise function_clause(STRING, "nth_lexeme", (string, n, separators))
    parts = to_pylist(export(STRING, "lexemes", 2).fn(string, separators))
    return parts[n - 1] if n <= len(parts) else "" if any(in_binary for in_binary, _ in source_of(string, "nth_lexeme").pieces) else EMPTY


@module.function
def next_grapheme(string: Any) -> Any:
    """Return `[grapheme | rest]`, or `[]` at the end.

    iex> :string.next_grapheme("ab")
    [97 | "b"]
    """
    return _next(string, lambda text: next(iter(graphemes_of(text))))


def _next(string: Any, first_of: Callable[[str], str]) -> Any:
    source = source_of(string, "next_grapheme")
    if not source.text:
        return EMPTY
    if is_invalid(source.text, 0):
        return ERROR, source.wrong(0)
    first = first_of(source.text)
    return Cons(ord(first) if len(first) == 1 else charlist(first), source.rest(len(first)))


@module.function
def next_codepoint(string: Any) -> Any:
    """Return `[codepoint | rest]`, or `[]` at the end.

    iex> :string.next_codepoint("ab")
    [97 | "b"]
    """
    return _next(string, lambda text: text[0])


@module.function
def jaro_similarity(first: Any, second: Any) -> Any:
    """Return how alike two strings are, from 0.0 to 1.0.

    iex> :string.jaro_similarity("ditto", "ditto")
    1.0
    """
    left = text_of(first, "jaro_similarity", first, second)
    right = text_of(second, "jaro_similarity", first, second)
    if not left and not right:
        return 1.0
    return export(atom("Elixir.String"), "jaro_distance", 2).fn(left, right)


@module.function
def to_float(string: Any) -> Any:
    """Return `{float, rest}` of a string that begins with a float, or `{:error, reason}`.

    iex> :string.to_float("1.5 apples")
    {1.5, " apples"}
    """
    return _number(string, _FLOAT, lambda text: float(text.replace(",", ".")), "no_float")


@module.function
def to_integer(string: Any) -> Any:
    """Return `{integer, rest}` of a string that begins with an integer, or `{:error, reason}`.

    iex> :string.to_integer("12 apples")
    {12, " apples"}
    """
    return _number(string, _INTEGER, int, "no_integer")


def _number(string: Any, form: re.Pattern[str], convert: Any, wrong: str) -> Any:
    if type(string) is not str and not isinstance(string, List):
        return ERROR, BADARG
    try:
        source = source_of(string, "to_integer")
    except ElixirError:
        return ERROR, BADARG
    found = form.match(source.text)
    if found is None:
        return ERROR, atom(wrong)
    return convert(found[0]), source.rest(found.end(), at_end=False)


@module.function
def list_to_float(string: Any) -> Any:
    """Return `{float, rest}` of a charlist that begins with a float.

    iex> :string.list_to_float(~c"1.5x")
    {1.5, ~c"x"}
    """
    return to_float(string)


@module.function
def list_to_integer(string: Any) -> Any:
    """Return `{integer, rest}` of a charlist that begins with an integer.

    iex> :string.list_to_integer(~c"12x")
    {12, ~c"x"}
    """
    return to_integer(string)
