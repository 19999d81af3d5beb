"""String: single graphemes and slices."""

from __future__ import annotations

from typing import Any

from pyex.stdlib.elixir.enumerable import RANGE
from pyex.stdlib.elixir.io_warnings import warn_of_call
from pyex.stdlib.elixir.string.base import graphemes_of, module, no_clause, term, text
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import argument_error
from pyex.terms.maps import Map


@module.function
def at(string: Any, position: Any) -> Any:
    """Return the grapheme at a position, or nil where there is none.

    Positions count from 0; negative ones count from the end, where -1 is the last grapheme.

        iex> String.at("crème", 2)
        "è"
        iex> String.at("crème", -1)
        "e"
        iex> String.at("crème", 9)
        nil
    """
    parts = graphemes_of(text(string, "at", string, position))
    if type(position) is not int:
        raise no_clause("at", string, position)
    return term(parts[position]) if -len(parts) <= position < len(parts) else None


@module.function
def first(string: Any) -> Any:
    """Return the first grapheme, or nil.

        iex> String.first("abc")
        "a"
    """
    parts = graphemes_of(text(string, "first"))
    return term(parts[0]) if parts else None


@module.function
def last(string: Any) -> Any:
    """Return the last grapheme, or nil.

        iex> String.last("abc")
        "c"
    """
    parts = graphemes_of(text(string, "last"))
    return term(parts[-1]) if parts else None


@module.function
def slice(string: Any, range: Any) -> Any:
    """Return the graphemes at the positions of a range.

    Negative ends count from the end of the string. A range that begins behind the last grapheme gives an empty string; its step must be 1.

        iex> String.slice("workshop", 0..3)
        "work"
        iex> String.slice("workshop", -4..-1)
        "shop"
        iex> String.slice("workshop", 20..30)
        ""
    """
    if type(range) is not Map or range.struct is not RANGE:
        raise no_clause("slice", string, range)
    first_, last_, step = _bounds(range)
    parts = graphemes_of(text(string, "slice", string, range))
    return term("".join(_ranged(parts, first_, last_, step, f"String.slice/2 does not accept ranges with negative steps, got: {first_}..{last_}//{step}")))


def _bounds(range_: Map) -> tuple[int, int, int]:
    return range_[atom("first")], range_[atom("last")], range_[atom("step")]


def _ranged(parts: Any, first_: int, last_: int, step: int, refusal: str) -> Any:
    if step < 0:
        if first_ <= last_ or step < -1:
            raise argument_error(refusal)
        wish = f"negative steps are not supported in String.slice/2, pass {first_}..{last_}//1 instead"
        warn_of_call(wish, alias("String"), atom("slice"), 2)
        step = 1
    begin = max(first_ + len(parts), 0) if first_ < 0 else first_
    end = last_ + len(parts) if last_ < 0 else last_
    return parts[begin : end + 1 : step] if end >= 0 else parts[:0]


@module.function("slice", arity=3)
def slice_from(string: Any, start: Any, length: Any) -> Any:
    """Return at most `length` graphemes from a position on; a negative position counts from the end.

        iex> String.slice("workshop", 4, 3)
        "sho"
        iex> String.slice("workshop", -3, 10)
        "hop"
    """
    if type(start) is not int or type(length) is not int or length < 0:
        raise no_clause("slice", string, start, length)
    characters = text(string, "slice", string, start, length)
    parts: Any = characters if characters.isascii() and "\r" not in characters else graphemes_of(characters)
    begin = max(start + len(parts), 0) if start < 0 else start
    return term("".join(parts[begin : begin + length]))


@module.function
def byte_slice(string: Any, start_bytes: Any, size_bytes: Any) -> Any:
    """Return at most `size_bytes` bytes from a byte position on, without half characters.

        iex> String.byte_slice("héllo", 0, 2)
        "h"
    """
    if not is_binary(string) or type(start_bytes) is not int or type(size_bytes) is not int or size_bytes < 0:
        raise no_clause("byte_slice", string, start_bytes, size_bytes)
    data = to_bytes(string)
    begin = max(start_bytes + len(data), 0) if start_bytes < 0 else start_bytes
    while type(string) is str and begin < len(data) and data[begin] & 0xC0 == 0x80:
        begin += 1
    part = data[begin : begin + size_bytes]
    return binary(part.decode("utf-8", "ignore").encode("utf-8") if type(string) is str else part)


@module.function
def split_at(string: Any, position: Any) -> Any:
    """Return the string before a position and the string from it on; a negative position counts from the end.

        iex> String.split_at("keyvalue", 3)
        {"key", "value"}
        iex> String.split_at("keyvalue", -5)
        {"key", "value"}
        iex> String.split_at("key", 10)
        {"key", ""}
    """
    if type(position) is not int:
        raise no_clause("split_at", string, position)
    parts = graphemes_of(text(string, "split_at", string, position))
    place = position if position >= 0 else max(0, len(parts) + position)
    return term("".join(parts[:place])), term("".join(parts[place:]))
