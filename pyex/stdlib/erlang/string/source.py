"""A string as :string takes it: a binary, or a list of characters, binaries and such lists; its text, and parts in its own shape."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, is_binary
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.lists import EMPTY, Cons, List, charlist, from_iterable, from_pylist

_INVALID: Final = range(0xDC80, 0xDD00)
"""What stands in a text for the bytes that are no UTF-8: Python's surrogates for them."""


def _text(given: Any) -> str:
    """Return the text of a binary."""
    return given if type(given) is str else given.decode("utf-8", "surrogateescape")


def binary_of(text: str) -> Any:
    """Return a text as a binary."""
    return text if text.isascii() else binary(text.encode("utf-8", "surrogateescape"))


def is_invalid(text: str, place: int) -> bool:
    """Tell whether a byte that is no UTF-8 stands at a place."""
    return place < len(text) and ord(text[place]) in _INVALID


class Source:
    """A string and its text."""

    def __init__(self, given: Any) -> None:
        self.given = given
        self.is_binary = is_binary(given)
        self.pieces: list[tuple[bool, str]] = []
        if self.is_binary:
            self.pieces.append((True, _text(given)))
        elif isinstance(given, List):
            self._gather(given)
        else:
            raise function_clause(atom("unicode_util"), "cp", (given,))
        self.text = "".join(text for _, text in self.pieces)
        self.is_flat = not any(in_binary for in_binary, _ in self.pieces)

    def _gather(self, given: Any) -> None:
        waiting, characters = [given], []
        while waiting:
            term = waiting.pop()
            while type(term) is Cons and type(term.head) is int and 0 <= term.head <= 0x10FFFF:
                characters.append(chr(term.head))
                term = term.tail
            if type(term) is Cons:
                waiting += (term.tail, term.head)
            elif is_binary(term):
                if characters:
                    self.pieces.append((False, "".join(characters)))
                    characters = []
                self.pieces.append((True, _text(term)))
            elif term is not EMPTY:
                raise function_clause(atom("unicode_util"), "cp", (term,))
        if characters:
            self.pieces.append((False, "".join(characters)))

    def valid(self, start: int = 0, stop: int | None = None) -> str:
        """Return the text, in which a part must have no byte that is no UTF-8."""
        if not self.text.isascii():
            for place in range(start, len(self.text) if stop is None else min(stop, len(self.text))):
                if is_invalid(self.text, place):
                    raise ElixirError((atom("badarg"), self.wrong(place)))
        return self.text

    def wrong(self, place: int) -> Any:
        """Return what begins with a byte that is no UTF-8, without the lists in which it stands alone."""
        found = self.rest(place, at_end=False)
        while type(found) is Cons and found.tail is EMPTY:
            found = found.head
        return found

    def like(self, text: str) -> Any:
        """Return a text as a binary if the string is one, else as a charlist."""
        return binary_of(text) if self.is_binary else charlist(text)

    def rest(self, place: int, *, at_end: bool = True) -> Any:
        """Return what follows a place, in the string's shape.

        A binary that ends at the place is left as an empty one (`at_end`), or left out.
        """
        if self.is_binary or self.is_flat:
            return self.like(self.text[place:])
        term = self.given
        while place:
            if is_binary(term):
                return binary_of(_text(term)[place:])
            head, tail = term.head, term.tail
            if type(head) is int:
                place, term = place - 1, tail
            elif not is_binary(head):
                term = _spliced(head, tail)
            elif place < len(text := _text(head)) or (place == len(text) and at_end):
                left = binary_of(text[place:])
                return left if at_end and tail is EMPTY else Cons(left, tail)
            else:
                place, term = place - len(text), tail
        return term

    def front(self, stop: int, *, is_joined: bool = False) -> Any:
        """Return what comes before a place: one binary as itself, else a list, whose last binary may be its tail (`is_joined`)."""
        if self.is_binary or self.is_flat:
            return self.like(self.text[:stop])
        return self._made(list(self._parts(0, stop)), is_joined=is_joined)

    def part(self, start: int, stop: int) -> Any:
        """Return what stands between two places: one binary as itself, else a list."""
        if self.is_binary or self.is_flat:
            return self.like(self.text[start:stop])
        return self._made(list(self._parts(start, stop)))

    def whole(self) -> Any:
        """Return the string as one binary, or as a list of binaries and characters."""
        if self.is_binary or self.is_flat:
            return self.like(self.text)
        return self._made(self.pieces)

    def _parts(self, start: int, stop: int) -> Iterator[tuple[bool, str]]:
        for in_binary, text in self.pieces:
            if found := text[max(start, 0) : max(stop, 0)]:
                yield in_binary, found
            start, stop = start - len(text), stop - len(text)

    def _made(self, pieces: list[tuple[bool, str]], *, is_joined: bool = False) -> Any:
        if not pieces:
            return EMPTY
        if len(pieces) == 1 and pieces[0][0]:
            return binary_of(pieces[0][1])
        items: list[Any] = []
        for in_binary, text in pieces:
            items += [binary_of(text)] if in_binary else map(ord, text)
        if is_joined and pieces[-1][0]:
            return from_iterable(items[:-1], items[-1])
        return from_pylist(items)


def _spliced(term: Any, tail: Any) -> Any:
    """Return what is left of a list at the head of another, and after it the other; characters come to the front."""
    if term is EMPTY:
        return _opened(tail)
    if type(term) is not Cons:
        return term if tail is EMPTY else Cons(term, tail)
    if type(term.head) is int:
        return Cons(term.head, _spliced(term.tail, tail))
    if is_binary(term.head):
        return Cons(term.head, _appended(term.tail, tail))
    return _spliced(term.head, _appended(term.tail, tail))


def _appended(left: Any, right: Any) -> Any:
    if left is EMPTY:
        return right
    return left if right is EMPTY else Cons(left, right)


def _opened(term: Any) -> Any:
    """Return what follows the characters of a list that is at its end: a list or binary that stands alone as itself."""
    if type(term) is not Cons or type(term.head) is int:
        return term
    if term.tail is EMPTY:
        return _opened(term.head)
    return term if is_binary(term.head) else _spliced(term.head, term.tail)
