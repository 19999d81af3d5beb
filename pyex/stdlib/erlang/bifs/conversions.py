"""Conversions between numbers, atoms, lists, tuples and binaries."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from pyex.terms.atom_order import read_atom
from pyex.terms.atoms import atom, atom_name, exists
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, erlang_error
from pyex.terms.lists import EMPTY, Cons, List, charlist, from_pylist, is_proper, split_tail, to_pylist
from pyex.terms.numbers import float_to_string, integer_to_string

_FLOAT: Final = re.compile(r"[+-]?\d+\.\d+([eE][+-]?\d+)?", re.ASCII)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


def _wrong(name: str, args: tuple[Any, ...], what: str) -> ElixirError:
    return bad_argument("erlang", name, args, a1=what)


def parse_integer(text: str, base: int) -> int | None:
    """Return the integer that a whole text stands for in a base, or None."""
    body = text[1:] if text[:1] in ("+", "-") else text
    allowed = _DIGITS[:base]
    if not body or any(digit not in allowed for digit in body.lower()) or not body.isascii():
        return None
    return int(text, base)


def _text(value: Any) -> str | None:
    return value if type(value) is str else None


def _spelled(value: Any) -> str | None:
    items, tail = split_tail(value)
    if not isinstance(value, List) or tail is not EMPTY or any(type(item) is not int for item in items):
        return None
    try:
        return "".join(map(chr, items))
    except (ValueError, OverflowError):
        return None


def integer_to_binary(integer: Any, base: Any = 10) -> Any:
    """The digits of an integer, as a binary."""
    if type(integer) is not int:
        raise _wrong("integer_to_binary", (integer,) if base == 10 else (integer, base), "not an integer")
    if type(base) is not int or not 2 <= base <= 36:
        raise bad_argument("erlang", "integer_to_binary", (integer, base), a2="not an integer in the range 2 through 36")
    return integer_to_string(integer, base)


def integer_to_list(integer: Any, base: Any = 10) -> Any:
    """The digits of an integer, as a charlist."""
    if type(integer) is not int:
        raise _wrong("integer_to_list", (integer,) if base == 10 else (integer, base), "not an integer")
    return charlist(integer_to_string(integer, base))


def binary_to_integer(value: Any, base: Any = 10) -> Any:
    """The integer that a binary's digits stand for."""
    args = (value,) if base == 10 else (value, base)
    if not is_binary(value):
        raise _wrong("binary_to_integer", args, "not a binary")
    found = parse_integer(value, base) if type(value) is str else None
    if found is None:
        raise _wrong("binary_to_integer", args, "not a textual representation of an integer")
    return found


def list_to_integer(value: Any, base: Any = 10) -> Any:
    """The integer that a charlist's digits stand for."""
    text = _spelled(value)
    if text is None:
        raise _wrong("list_to_integer", (value,), "not a list")
    found = parse_integer(text, base)
    if found is None:
        raise _wrong("list_to_integer", (value,), "not a textual representation of an integer")
    return found


def _parse_float(name: str, text: str | None, value: Any) -> float:
    if text is None or not _FLOAT.fullmatch(text):
        raise _wrong(name, (value,), "not a textual representation of a float")
    found = float(text)
    if math.isinf(found):
        raise _wrong(name, (value,), "not a textual representation of a float")
    return found


def binary_to_float(value: Any) -> Any:
    """The float that a binary stands for; it must have a fraction."""
    if not is_binary(value):
        raise _wrong("binary_to_float", (value,), "not a binary")
    return _parse_float("binary_to_float", _text(value), value)


def list_to_float(value: Any) -> Any:
    """The float that a charlist stands for; it must have a fraction."""
    return _parse_float("list_to_float", _spelled(value), value)


def _format_float(name: str, value: Any, options: Any) -> str:
    if type(value) is not float:
        raise _wrong(name, (value,) if options is EMPTY else (value, options), "not a float")
    compact = any(option is atom("compact") for option in to_pylist(options))
    for option in to_pylist(options):
        if option is atom("short"):
            return float_to_string(value)
        if type(option) is tuple and option[0] is atom("decimals"):
            text = f"{value:.{option[1]}f}"
            if compact and "." in text:
                text = text.rstrip("0")
                text += "0" if text.endswith(".") else ""
            return text
        if type(option) is tuple and option[0] is atom("scientific"):
            return f"{value:.{option[1]}e}"
    return f"{value:.20e}"


def float_to_binary(value: Any, options: Any = EMPTY) -> Any:
    """A float as text, in scientific notation unless the options say otherwise."""
    return _format_float("float_to_binary", value, options)


def float_to_list(value: Any, options: Any = EMPTY) -> Any:
    """A float as a charlist, in scientific notation unless the options say otherwise."""
    return charlist(_format_float("float_to_list", value, options))


def atom_to_binary(value: Any, encoding: Any = None) -> Any:
    """The name of an atom."""
    name = atom_name(value)
    if name is None:
        raise _wrong("atom_to_binary", (value,), "not an atom")
    return name


def atom_to_list(value: Any) -> Any:
    """The name of an atom, as a charlist."""
    name = atom_name(value)
    if name is None:
        raise _wrong("atom_to_list", (value,), "not an atom")
    return charlist(name)


def _to_atom(name: str, text: str | None, value: Any, wrong: str) -> Any:
    if text is None:
        raise _wrong(name, (value,), wrong)
    if len(text) > 255:
        raise erlang_error("system_limit", "erlang", name, (value,))
    return read_atom(text)


def _to_existing_atom(name: str, text: str | None, value: Any, wrong: str) -> Any:
    if text is None:
        raise _wrong(name, (value,), wrong)
    if not exists(text):
        raise _wrong(name, (value,), "not an already existing atom")
    return atom(text)


def binary_to_atom(value: Any, encoding: Any = None) -> Any:
    """The atom of that name."""
    return _to_atom("binary_to_atom", _text(value), value, "not a binary")


def binary_to_existing_atom(value: Any, encoding: Any = None) -> Any:
    """The atom of that name; it must exist."""
    return _to_existing_atom("binary_to_existing_atom", _text(value), value, "not a binary")


def list_to_atom(value: Any) -> Any:
    """The atom of the name that a charlist spells."""
    return _to_atom("list_to_atom", _spelled(value), value, "not a list of characters")


def list_to_existing_atom(value: Any) -> Any:
    """The atom of the name that a charlist spells; it must exist."""
    return _to_existing_atom("list_to_existing_atom", _spelled(value), value, "not a list of characters")


def tuple_to_list(value: Any) -> Any:
    """The elements of a tuple, as a list."""
    if type(value) is not tuple:
        raise _wrong("tuple_to_list", (value,), "not a tuple")
    return from_pylist(list(value))


def list_to_tuple(value: Any) -> Any:
    """The tuple of a list's elements."""
    if not is_proper(value):
        raise _wrong("list_to_tuple", (value,), "not a list")
    return tuple(to_pylist(value))


def binary_to_list(value: Any, start: Any = 1, stop: Any = None) -> Any:
    """The bytes of a binary, as a list; positions count from 1."""
    if not is_binary(value):
        raise _wrong("binary_to_list", (value,), "not a binary")
    return from_pylist(list(to_bytes(value)[start - 1 : stop]))


def iodata_bytes(value: Any) -> bytes | None:
    """Return the bytes of iodata (binaries, bytes and lists of them), or None when it is none."""
    if is_binary(value):
        return to_bytes(value)
    if not isinstance(value, List):
        return None
    pieces: list[bytes] = []
    pending: list[Any] = [value]
    while pending:
        item = pending.pop()
        if type(item) is Cons:
            items, tail = split_tail(item)
            if tail is not EMPTY:
                if type(tail) is int:
                    return None
                pending.append(tail)
            pending.extend(reversed(items))
        elif type(item) is int:
            if not 0 <= item <= 255:
                return None
            pieces.append(bytes((item,)))
        elif is_binary(item):
            pieces.append(to_bytes(item))
        elif item is not EMPTY:
            return None
    return b"".join(pieces)


def _iodata(name: str, value: Any, wrong: str = "not an iodata term") -> bytes:
    found = iodata_bytes(value)
    if found is None:
        raise _wrong(name, (value,), wrong)
    return found


def iolist_to_binary(value: Any) -> Any:
    """The binary of iodata."""
    return binary(_iodata("iolist_to_binary", value))


def iolist_size(value: Any) -> Any:
    """The number of bytes of iodata."""
    return len(_iodata("iolist_size", value))


def list_to_binary(value: Any) -> Any:
    """The binary of a list of bytes and binaries."""
    if not isinstance(value, List):
        raise _wrong("list_to_binary", (value,), "not an iolist term")
    return binary(_iodata("list_to_binary", value, "not an iolist term"))


def list_to_bitstring(value: Any) -> Any:
    """The binary of a list of bytes and binaries."""
    return binary(_iodata("list_to_bitstring", value, "not a bitstring list"))


BIFS: Final = (
    integer_to_binary, integer_to_list, binary_to_integer, list_to_integer, binary_to_float, list_to_float,
    float_to_binary, float_to_list, atom_to_binary, atom_to_list, binary_to_atom, binary_to_existing_atom, list_to_atom,
    list_to_existing_atom, tuple_to_list, list_to_tuple, binary_to_list, iolist_to_binary, iolist_size, list_to_binary,
    list_to_bitstring,
)  # fmt: skip
