"""Conversions between numbers, atoms, lists, tuples and binaries."""

from __future__ import annotations

import decimal
import math
import re
from typing import Any, Final

from pyex.terms.atom_order import read_atom
from pyex.terms.atoms import Atom, atom, atom_name, exists
from pyex.terms.binaries import Bits, binary, is_binary, is_bitstring, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, erlang_error, refused
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


def _unlike(kind: type, value: Any, fault: str) -> str | None:
    return None if type(value) is kind else fault


def _wrong_base(base: Any) -> str | None:
    return None if type(base) is int and 2 <= base <= 36 else "not an integer in the range 2 through 36"


def _digits(name: str, integer: Any, base: Any) -> str:
    if type(integer) is int and type(base) is int and 2 <= base <= 36:
        return integer_to_string(integer, base)
    args = (integer,) if base == 10 else (integer, base)
    raise refused("erlang", name, args, _unlike(int, integer, "not an integer"), _wrong_base(base))


def integer_to_binary(integer: Any, base: Any = 10) -> Any:
    """The digits of an integer, as a binary."""
    return _digits("integer_to_binary", integer, base)


def integer_to_list(integer: Any, base: Any = 10) -> Any:
    """The digits of an integer, as a charlist."""
    return charlist(_digits("integer_to_list", integer, base))


_NO_INTEGER: Final = "not a textual representation of an integer"


def _read_integer(name: str, value: Any, base: Any, text: str | None, of_its_kind: str | None) -> int:
    wrong_base = _wrong_base(base)
    found = parse_integer(text, base) if text is not None and wrong_base is None else None
    if found is None:
        fault = of_its_kind or (None if wrong_base else _NO_INTEGER)
        raise refused("erlang", name, (value,) if base == 10 else (value, base), fault, wrong_base)
    return found


def binary_to_integer(value: Any, base: Any = 10) -> Any:
    """The integer that a binary's digits stand for."""
    fault = None if is_binary(value) else "not a binary"
    return _read_integer("binary_to_integer", value, base, _text(value), fault)


def list_to_integer(value: Any, base: Any = 10) -> Any:
    """The integer that a charlist's digits stand for."""
    return _read_integer("list_to_integer", value, base, _spelled(value), _no_list(value))


def _no_list(value: Any, improper: str = "not a list") -> str | None:
    if isinstance(value, List):
        return None if is_proper(value) else improper
    return "not a list"


def _parse_float(name: str, text: str | None, value: Any, fault: str | None) -> float:
    found = float(text) if text is not None and _FLOAT.fullmatch(text) else math.inf
    if math.isinf(found):
        raise _wrong(name, (value,), fault or "not a textual representation of a float")
    return found


def binary_to_float(value: Any) -> Any:
    """The float that a binary stands for; it must have a fraction."""
    return _parse_float("binary_to_float", _text(value), value, None if is_binary(value) else "not a binary")


def list_to_float(value: Any) -> Any:
    """The float that a charlist stands for; it must have a fraction."""
    return _parse_float("list_to_float", _spelled(value), value, _no_list(value))


_MOST_DECIMALS: Final = 253
_MOST_DIGITS: Final = 249


def _wrong_float_options(options: Any) -> str | None:
    if not isinstance(options, List):
        return "not a list"
    known = {atom("compact"), atom("short")}
    most = {atom("decimals"): _MOST_DECIMALS, atom("scientific"): _MOST_DIGITS}
    for option in split_tail(options)[0]:
        if type(option) is tuple and len(option) == 2 and option[0] in most:
            if type(option[1]) is int and 0 <= option[1] <= most[option[0]]:
                continue
        elif type(option) is Atom and option in known:
            continue
        return "invalid option in list"
    return None if is_proper(options) else "not a proper list"


def _format_float(name: str, value: Any, options: Any) -> str:
    wrong_options = _wrong_float_options(options)
    if type(value) is not float or wrong_options:
        args = (value,) if options is EMPTY else (value, options)
        raise refused("erlang", name, args, _unlike(float, value, "not a float"), wrong_options)
    given = to_pylist(options)
    compact = any(option is atom("compact") for option in given)
    last = next((option for option in reversed(given) if option is not atom("compact")), (atom("scientific"), 20))
    if last is atom("short"):
        return float_to_string(value)
    if last[0] is atom("scientific"):
        return f"{value:.{last[1]}e}"
    text = _rounded(value, last[1])
    if text is None:
        raise bad_argument("erlang", name, (value, options), a2="invalid option in list")
    if compact and "." in text:
        text = text.rstrip("0")
        text += "0" if text.endswith(".") else ""
    return text


_EXACT: Final = 17
_LONGEST: Final = 255


def _rounded(value: float, decimals: int) -> str | None:
    """Return a float with so many decimals, halves away from zero; None when that is too long for Erlang."""
    if abs(value) < 1 << 53 and decimals < _EXACT:
        with decimal.localcontext(prec=400):
            exact = decimal.Decimal(value).quantize(decimal.Decimal(1).scaleb(-decimals), decimal.ROUND_HALF_UP)
        text = f"{exact:f}"
    else:
        text = f"{value:.{decimals}f}"
    return text if len(text) <= _LONGEST else None


def float_to_binary(value: Any, options: Any = EMPTY) -> Any:
    """A float as text, in scientific notation unless the options say otherwise."""
    return _format_float("float_to_binary", value, options)


def float_to_list(value: Any, options: Any = EMPTY) -> Any:
    """A float as a charlist, in scientific notation unless the options say otherwise."""
    return charlist(_format_float("float_to_list", value, options))


_UTF8: Final = atom("utf8")
_LATIN1: Final = atom("latin1")
_ENCODINGS: Final = (_UTF8, atom("unicode"), _LATIN1)


def _encoding_unless(encoding: Any, fault: str) -> str | None:
    return None if any(encoding is known for known in _ENCODINGS) else fault


def atom_to_binary(value: Any, encoding: Any = _UTF8) -> Any:
    """The name of an atom."""
    name = atom_name(value)
    wrong_encoding = _encoding_unless(encoding, "is an invalid encoding option")
    args = (value,) if encoding is _UTF8 else (value, encoding)
    if name is None or wrong_encoding:
        raise refused("erlang", "atom_to_binary", args, None if name is not None else "not an atom", wrong_encoding)
    if encoding is not _LATIN1:
        return name
    try:
        return binary(name.encode("latin-1"))
    except UnicodeEncodeError:
        raise _wrong("atom_to_binary", args, "contains a character not expressible in latin1") from None


def atom_to_list(value: Any) -> Any:
    """The name of an atom, as a charlist."""
    name = atom_name(value)
    if name is None:
        raise _wrong("atom_to_list", (value,), "not an atom")
    return charlist(name)


_LONGEST_NAME: Final = 255


def _new_atom(name: str, text: str, args: tuple[Any, ...]) -> Any:
    if len(text) > _LONGEST_NAME:
        raise erlang_error("system_limit", "erlang", name, args)
    return read_atom(text)


def _existing_atom(name: str, text: str, args: tuple[Any, ...]) -> Any:
    if not exists(text):
        raise _wrong(name, args, "not an already existing atom")
    return atom(text)


def _name_in_binary(name: str, value: Any, encoding: Any, args: tuple[Any, ...]) -> str:
    wrong_encoding = _encoding_unless(encoding, "not one of the atoms: latin1, utf8, or unicode")
    if not is_binary(value) or wrong_encoding:
        raise refused("erlang", name, args, None if is_binary(value) else "not a binary", wrong_encoding)
    if encoding is _LATIN1:
        return to_bytes(value).decode("latin-1")
    if type(value) is not str:
        raise _wrong(name, args, "invalid UTF8 encoding")
    return value


def binary_to_atom(value: Any, encoding: Any = _UTF8) -> Any:
    """The atom of that name."""
    args = (value,) if encoding is _UTF8 else (value, encoding)
    return _new_atom("binary_to_atom", _name_in_binary("binary_to_atom", value, encoding, args), args)


def binary_to_existing_atom(value: Any, encoding: Any = _UTF8) -> Any:
    """The atom of that name; it must exist."""
    args = (value,) if encoding is _UTF8 else (value, encoding)
    name = "binary_to_existing_atom"
    return _existing_atom(name, _name_in_binary(name, value, encoding, args), args)


def _name_in_list(name: str, value: Any) -> str:
    text = _spelled(value)
    if text is None:
        raise _wrong(name, (value,), _no_list(value, "not a proper list") or "not a list of characters")
    return text


def list_to_atom(value: Any) -> Any:
    """The atom of the name that a charlist spells."""
    return _new_atom("list_to_atom", _name_in_list("list_to_atom", value), (value,))


def list_to_existing_atom(value: Any) -> Any:
    """The atom of the name that a charlist spells; it must exist."""
    return _existing_atom("list_to_existing_atom", _name_in_list("list_to_existing_atom", value), (value,))


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
    whole = stop is None and start == 1
    if not is_binary(value) or not (whole or (type(start) is int and type(stop) is int)):
        wrong = None if is_binary(value) else "not a binary"
        if whole:
            raise _wrong("binary_to_list", (value,), "not a binary")
        faults = (_unlike(int, start, "not an integer"), _unlike(int, stop, "not an integer"))
        raise refused("erlang", "binary_to_list", (value, start, stop), wrong, *faults)
    content = to_bytes(value)
    if whole:
        return from_pylist(list(content))
    low, high = (None if 1 <= place <= len(content) else "out of range" for place in (start, stop))
    if start > stop:
        low = low or "start position greater than stop position"
    if low or high:
        raise refused("erlang", "binary_to_list", (value, start, stop), None, low, high)
    return from_pylist(list(content[start - 1 : stop]))


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
    """The bitstring of a list of bytes and bitstrings."""
    pieces = _bit_pieces(value) if isinstance(value, List) else None
    if pieces is None:
        raise _wrong("list_to_bitstring", (value,), "not a bitstring list")
    return _joined(pieces)


def _joined(pieces: list[Any]) -> Any:
    number, size = 0, 0
    for piece in pieces:
        if type(piece) is Bits:
            number = number << piece.size | int.from_bytes(piece.data, "big") >> -piece.size % 8
            size += piece.size
        else:
            data = to_bytes(piece)
            number, size = number << 8 * len(data) | int.from_bytes(data, "big"), size + 8 * len(data)
    data = (number << -size % 8).to_bytes((size + 7) // 8, "big")
    return Bits(data, size) if size % 8 else binary(data)


def _bit_pieces(value: Any) -> list[Any] | None:
    found: list[Any] = []
    pending: list[Any] = [value]
    while pending:
        item = pending.pop()
        if type(item) is Cons:
            items, tail = split_tail(item)
            pending.extend([tail, *reversed(items)] if type(tail) is not int else [None])
        elif type(item) is int and 0 <= item <= _BYTE:
            found.append(bytes((item,)))
        elif is_bitstring(item):
            found.append(item)
        elif item is not EMPTY:
            return None
    return found


_BYTE: Final = 255


BIFS: Final = (
    integer_to_binary, integer_to_list, binary_to_integer, list_to_integer, binary_to_float, list_to_float,
    float_to_binary, float_to_list, atom_to_binary, atom_to_list, binary_to_atom, binary_to_existing_atom, list_to_atom,
    list_to_existing_atom, tuple_to_list, list_to_tuple, binary_to_list, iolist_to_binary, iolist_size, list_to_binary,
    list_to_bitstring,
)  # fmt: skip
