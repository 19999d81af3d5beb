"""The directives of a format: `~p`, `~w`, `~s`, `~B`, `~f` and the others, with field width, precision and padding."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, Final

from pyex.stdlib.erlang.io_lib.write import Style, pretty, write
from pyex.terms.atoms import atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.lists import EMPTY, List, charlist, is_proper, split_tail, to_pylist
from pyex.terms.numbers import integer_to_string

DIRECTIVE: Final = re.compile(r"~(-?\d+|-?\*)?(?:\.(\d+|\*)?(?:\.(\*|.))?)?([tlkK]*)(.)", re.DOTALL)


def failure(template: Any, args: Any) -> ElixirError:
    """Return the `:badarg` of a format that does not fit its arguments."""
    return erlang_error("badarg", "io_lib", "format", (template, args))


def text_of(chardata: Any, *, unicode: bool = True) -> str:
    """Return the text of characters in nested lists and binaries. Raises ValueError."""
    if type(chardata) is str:
        return chardata if unicode else chardata.encode("utf-8").decode("latin-1")
    if type(chardata) is bytes:
        return chardata.decode("latin-1")
    items, tail = split_tail(chardata)
    if not isinstance(chardata, List):
        raise ValueError("no text")
    parts = []
    for item in items:
        if type(item) is int:
            if not 0 <= item <= (0x10FFFF if unicode else 255):
                raise ValueError("no character")
            parts.append(chr(item))
        else:
            parts.append(text_of(item, unicode=unicode))
    return "".join(parts) + ("" if tail is EMPTY else text_of(tail, unicode=unicode))


class Formatter:
    """One format being filled in. Raises ValueError, IndexError or TypeError for arguments that do not fit."""

    def __init__(self, args: Any) -> None:
        self._args: Iterator[Any] = iter(to_pylist(args))
        self._column = 1

    def fill(self, template: str) -> str:
        """Return the text of a format."""
        made: list[str] = []
        place = 0
        while place < len(template):
            if template[place] != "~":
                end = template.find("~", place)
                end = len(template) if end < 0 else end
                self._add(made, template[place:end])
                place = end
                continue
            found = DIRECTIVE.match(template, place)
            if found is None:
                raise ValueError("an unfinished directive")
            self._add(made, self._directive(found))
            place = found.end()
        if next(self._args, self) is not self:
            raise ValueError("too many arguments")
        return "".join(made)

    def _add(self, made: list[str], text: str) -> None:
        made.append(text)
        line = text.rfind("\n")
        self._column = self._column + len(text) if line < 0 else len(text) - line

    def _next(self) -> Any:
        value = next(self._args, self)
        if value is self:
            raise ValueError("too few arguments")
        return value

    def _number(self, text: str | None) -> int | None:
        if text is None:
            return None
        if not text.endswith("*"):
            return int(text)
        value = self._next()
        if type(value) is not int:
            raise TypeError("a width is an integer")
        return -value if text.startswith("-") else value

    def _directive(self, found: re.Match[str]) -> str:
        width, precision = self._number(found[1]), self._number(found[2])
        pad = found[3] or " "
        if pad == "*":
            pad = chr(self._next())
        letter, unicode = found[5], "t" in found[4]
        if letter == "~":
            return "~" * abs(width or 1)
        if letter == "n":
            return "\n" * abs(width or 1)
        if letter == "i":
            self._next()
            return ""
        if letter in "pPwW":
            return self._term(letter, width, precision, pad, found[4])
        if letter == "s":
            return self._string(width, precision, pad, unicode)
        if letter == "c":
            return self._characters(width, precision, pad)
        text = self._float(letter, precision) if letter in "feg" else self._integer(letter, precision)
        return fitted(text, width, pad)

    def _term(self, letter: str, width: int | None, precision: int | None, pad: str, modifiers: str) -> str:
        term = self._next()
        depth = self._next() if letter in "PW" else -1
        style = Style(strings=letter in "pP" and "l" not in modifiers, unicode="t" in modifiers)
        if letter in "wW":
            return fitted(write(term, style, depth), width, pad, precision)
        column = precision if precision is not None else self._column
        return pretty(term, style, column, 80 if width is None else width, depth)

    def _string(self, width: int | None, precision: int | None, pad: str, unicode: bool) -> str:
        value = self._next()
        name = atom_name(value)
        text = name if name is not None else text_of(value, unicode=unicode)
        if precision is not None:
            text = fitted(text[:precision], precision if width is not None else None, pad)
        if width is not None and len(text) > abs(width):
            return text[: abs(width)]
        return fitted(text, width, pad)

    def _characters(self, width: int | None, precision: int | None, pad: str) -> str:
        code = self._next()
        if type(code) is not int:
            raise TypeError("no character")
        times = precision if precision is not None else abs(width or 1)
        return fitted(chr(code) * times, width, pad)

    def _float(self, letter: str, precision: int | None) -> str:
        value = self._next()
        if type(value) is not float:
            raise TypeError("no number")
        number: float = value
        if letter == "g":
            plain = 0.1 <= abs(number) < 10000.0
            digits = 6 if precision is None else precision
            if not plain:
                return _exponential(number, digits)
            return f"{number:.{max(digits - math.floor(math.log10(abs(number))) - 1, 1)}f}"
        if letter == "e":
            return _exponential(number, 6 if precision is None else precision)
        return f"{number:.{6 if precision is None else precision}f}"

    def _integer(self, letter: str, base: int | None) -> str:
        value = self._next()
        if type(value) is not int or letter not in "bBxX#+":
            raise TypeError("no integer, or no directive")
        digits = integer_to_string(abs(value), base or 10)
        prefix = f"{base or 10}#" if letter in "#+" else ""
        if letter in "xX":
            given = self._next()
            if is_binary(given):
                raise TypeError("a prefix is an atom or a charlist")
            prefix = atom_name(given) or text_of(given)
        small = letter in "bx+"
        return ("-" if value < 0 else "") + prefix + (digits.lower() if small else digits)


def _exponential(number: float, digits: int) -> str:
    if digits < 2:
        raise ValueError("two digits at least")
    mantissa, _, power = f"{number:.{digits - 1}e}".partition("e")
    return f"{mantissa}e{int(power):+d}"


def fitted(text: str, width: int | None, pad: str, precision: int | None = None) -> str:
    """Return a text in a field: to the right, or to the left of a negative width; stars where it is too long."""
    if width is None:
        return text
    size = abs(width)
    if len(text) > size:
        return "*" * size
    return text.ljust(size, pad) if width < 0 else text.rjust(size, pad)


def formatted(template: Any, args: Any) -> str:
    """Return the text of a format and its arguments. Raises `:badarg`."""
    if not is_proper(args):
        raise failure(template, args)
    try:
        name = atom_name(template)
        return Formatter(args).fill(name if name is not None else text_of(template))
    except (ValueError, TypeError, IndexError):
        raise failure(template, args) from None


def characters(text: str) -> Any:
    """Return the charlist of a text."""
    return charlist(text)
