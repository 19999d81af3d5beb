"""Operators and guard BIFs as compiled code calls them.

Every function fails as Elixir's does: with `erlang_error` whose frame names the BIF and carries its arguments.

Numbers: `add subtract multiply divide div rem negate plus`, `abs_ round_ trunc floor ceil`,
`band bor bxor bnot bsl bsr`. Lists: `concat_lists subtract_lists hd tl length`. Tuples: `elem put_elem
tuple_size`. Maps: `map_size map_get is_map_key`. Binaries: `byte_size bit_size binary_part`. Booleans: `not_`,
`strict_bool(value, "and")`, `truthy`, `and_ or_ xor`. Comparison: `equal not_equal identical not_identical
less less_equal greater greater_equal maximum minimum` (of `terms.order`). Type tests: `is_atom is_binary
is_bitstring is_boolean is_float is_function is_integer is_list is_map is_nil is_number is_pid is_port
is_reference is_tuple is_struct is_exception`.
"""

from __future__ import annotations

import math
from typing import Any, Final

from pyex.terms import binaries
from pyex.terms.atoms import atom
from pyex.terms.binaries import Bits, binary, is_binary, is_bitstring, to_bytes
from pyex.terms.booleans import and_, not_, or_, strict_bool, truthy, xor
from pyex.terms.errors import ElixirError, bad_argument, erlang_error
from pyex.terms.lists import EMPTY, Cons, from_pylist, is_proper, split_tail
from pyex.terms.maps import Map, encode_key
from pyex.terms.order import (
    equals,
    greater,
    greater_equal,
    identical,
    less,
    less_equal,
    maximum,
    minimum,
)
from pyex.terms.type_tests import (
    is_atom,
    is_boolean,
    is_exception,
    is_float,
    is_function,
    is_integer,
    is_list,
    is_map,
    is_nil,
    is_number,
    is_pid,
    is_port,
    is_reference,
    is_struct,
    is_tuple,
)

_NUMBERS: Final = frozenset({int, float})
_BIT_LIMIT: Final = 1 << 26
"""A shift that would make an integer of more bits than this is a system limit, as on the BEAM."""


def _badarith(name: str, *args: Any) -> ElixirError:
    return erlang_error("badarith", "erlang", name, args)


# ---- arithmetic


def add(a: Any, b: Any) -> Any:
    """`a + b`."""
    if type(a) is int and type(b) is int:
        return a + b
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        return _finite(a + b, "+", a, b) if _fits(a, b) else _overflow("+", a, b)
    raise _badarith("+", a, b)


def subtract(a: Any, b: Any) -> Any:
    """`a - b`."""
    if type(a) is int and type(b) is int:
        return a - b
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        return _finite(a - b, "-", a, b) if _fits(a, b) else _overflow("-", a, b)
    raise _badarith("-", a, b)


def multiply(a: Any, b: Any) -> Any:
    """`a * b`."""
    if type(a) is int and type(b) is int:
        return a * b
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        return _finite(a * b, "*", a, b) if _fits(a, b) else _overflow("*", a, b)
    raise _badarith("*", a, b)


def divide(a: Any, b: Any) -> Any:
    """`a / b`, always a float."""
    if type(a) in _NUMBERS and type(b) in _NUMBERS and b != 0:
        try:
            return _finite(float(a) / float(b), "/", a, b)
        except OverflowError:
            raise _badarith("/", a, b) from None
    raise _badarith("/", a, b)


def _fits(a: Any, b: Any) -> bool:
    """Tell whether both operands of a float operation can be floats."""
    try:
        float(a), float(b)
    except OverflowError:
        return False
    return True


def _overflow(name: str, a: Any, b: Any) -> Any:
    raise _badarith(name, a, b)


def _finite(value: Any, name: str, a: Any, b: Any) -> Any:
    if value - value != 0:
        raise _badarith(name, a, b)
    return value


def div(a: Any, b: Any) -> int:
    """Integer division, truncated towards zero."""
    if type(a) is int and type(b) is int and b:
        quotient = a // b
        return quotient + 1 if quotient < 0 and quotient * b != a else quotient
    raise _badarith("div", a, b)


def rem(a: Any, b: Any) -> int:
    """The remainder of `div`, with the sign of `a`."""
    if type(a) is int and type(b) is int and b:
        result = a % b
        return result - b if result and (a < 0) != (b < 0) else result
    raise _badarith("rem", a, b)


def negate(a: Any) -> Any:
    """The number with the other sign.

        iex> -(-3)
        3
    """
    if type(a) in _NUMBERS:
        return -a
    raise _badarith("-", a)


def plus(a: Any) -> Any:
    """The number itself; an error for anything else.

        iex> +3
        3
    """
    if type(a) in _NUMBERS:
        return a
    raise _badarith("+", a)


def abs_(a: Any) -> Any:
    """`abs(a)`."""
    if type(a) in _NUMBERS:
        return abs(a)
    raise bad_argument("erlang", "abs", (a,), a1="not a number")


def round_(a: Any) -> int:
    """Round to the nearest integer, halves away from zero."""
    if type(a) is int:
        return a
    if type(a) is float:
        whole = math.trunc(a)
        return whole + (1 if a > 0 else -1) if abs(a - whole) >= 0.5 else whole
    raise bad_argument("erlang", "round", (a,), a1="not a number")


def trunc(a: Any) -> Any:
    """The integer part of a number."""
    if type(a) in _NUMBERS:
        return math.trunc(a)
    raise bad_argument("erlang", "trunc", (a,), a1="not a number")


def floor(a: Any) -> Any:
    """The largest integer that is not above a number."""
    if type(a) in _NUMBERS:
        return math.floor(a)
    raise bad_argument("erlang", "floor", (a,), a1="not a number")


def ceil(a: Any) -> Any:
    """The smallest integer that is not below a number."""
    if type(a) in _NUMBERS:
        return math.ceil(a)
    raise bad_argument("erlang", "ceil", (a,), a1="not a number")


def band(a: Any, b: Any) -> int:
    """Bitwise and.

        iex> import Bitwise
        iex> band(0b1100, 0b1010)
        8
    """
    if type(a) is int and type(b) is int:
        return a & b
    raise _badarith("band", a, b)


def bor(a: Any, b: Any) -> int:
    """Bitwise or.

        iex> import Bitwise
        iex> bor(0b1100, 0b1010)
        14
    """
    if type(a) is int and type(b) is int:
        return a | b
    raise _badarith("bor", a, b)


def bxor(a: Any, b: Any) -> int:
    """Bitwise exclusive or.

        iex> import Bitwise
        iex> bxor(0b1100, 0b1010)
        6
    """
    if type(a) is int and type(b) is int:
        return a ^ b
    raise _badarith("bxor", a, b)


def bnot(a: Any) -> int:
    """Bitwise not.

        iex> import Bitwise
        iex> bnot(5)
        -6
    """
    if type(a) is int:
        return ~a
    raise _badarith("bnot", a)


def bsl(a: Any, b: Any) -> int:
    """Shift left; right when `b` is negative.

        iex> import Bitwise
        iex> bsl(1, 10)
        1024
    """
    if type(a) is int and type(b) is int:
        if b <= 0:
            return a >> -b
        if b + a.bit_length() > _BIT_LIMIT and a:
            raise erlang_error("system_limit", "erlang", "bsl", (a, b))
        return a << b
    raise _badarith("bsl", a, b)


def bsr(a: Any, b: Any) -> int:
    """Shift right, keeping the sign; left when `b` is negative.

        iex> import Bitwise
        iex> bsr(1024, 3)
        128
    """
    if type(a) is int and type(b) is int:
        if b >= 0:
            return a >> b
        if a.bit_length() - b > _BIT_LIMIT and a:
            raise erlang_error("system_limit", "erlang", "bsr", (a, b))
        return a << -b
    raise _badarith("bsr", a, b)


# ---- lists


def concat_lists(a: Any, b: Any) -> Any:
    """`a ++ b`; `b` may be any term."""
    if a is EMPTY:
        return b
    items, tail = split_tail(a)
    if tail is not EMPTY or type(a) is not Cons:
        raise erlang_error("badarg", "erlang", "++", (a, b))
    if type(b) is Cons and b._source is not None and len(items) > 8:
        return from_pylist(items + split_tail(b)[0])
    for item in reversed(items):
        b = Cons(item, b)
    return b


def subtract_lists(a: Any, b: Any) -> Any:
    """`a -- b`: of each element of `b`, the first one left in `a` is taken away."""
    if not (is_proper(a) and is_proper(b)):
        raise erlang_error("badarg", "erlang", "--", (a, b))
    counts: dict[Any, int] = {}
    for item in split_tail(b)[0]:
        key = encode_key(item)
        counts[key] = counts.get(key, 0) + 1
    left: list[Any] = []
    for item in split_tail(a)[0]:
        key = encode_key(item)
        if counts.get(key, 0):
            counts[key] -= 1
        else:
            left.append(item)
    return from_pylist(left)


def hd(a: Any) -> Any:
    """The first element of a list."""
    if type(a) is Cons:
        return a.head
    raise bad_argument("erlang", "hd", (a,), a1="not a nonempty list")


def tl(a: Any) -> Any:
    """A list without its first element."""
    if type(a) is Cons:
        return a.tail
    raise bad_argument("erlang", "tl", (a,), a1="not a nonempty list")


def length(a: Any) -> int:
    """The number of elements of a proper list."""
    if a is EMPTY:
        return 0
    if type(a) is Cons:
        if a._source is not None:
            return len(a._source[0]) - a._source[1]
        items, tail = split_tail(a)
        if tail is EMPTY:
            return len(items)
    raise bad_argument("erlang", "length", (a,), a1="not a list")


# ---- tuples


def elem(a: Any, index: Any) -> Any:
    """The element of a tuple at a position from 0."""
    if type(a) is tuple and type(index) is int and 0 <= index < len(a):
        return a[index]
    raise _bad_index("element", a, index, ())


def put_elem(a: Any, index: Any, value: Any) -> Any:
    """A tuple with another element at a position from 0."""
    if type(a) is tuple and type(index) is int and 0 <= index < len(a):
        return (*a[:index], value, *a[index + 1 :])
    raise _bad_index("setelement", a, index, (value,))


def _bad_index(name: str, a: Any, index: Any, rest: tuple[Any, ...]) -> ElixirError:
    if type(index) is not int:
        return _badarith("+", index, 1)
    wrong = {}
    if type(a) is not tuple:
        wrong["a2"] = "not a tuple"
    if type(a) is tuple or index < 0:
        wrong["a1"] = "out of range"
    return bad_argument("erlang", name, (index + 1, a, *rest), **wrong)


def tuple_size(a: Any) -> int:
    """The number of elements of a tuple."""
    if type(a) is tuple:
        return len(a)
    raise bad_argument("erlang", "tuple_size", (a,), a1="not a tuple")


# ---- maps


def map_size(a: Any) -> int:
    """The number of pairs of a map."""
    if type(a) is Map:
        return len(a._data)
    raise erlang_error((atom("badmap"), a), "erlang", "map_size", (a,))


def map_get(key: Any, a: Any) -> Any:
    """The value of a key that the map must have."""
    if type(a) is not Map:
        raise erlang_error((atom("badmap"), a), "erlang", "map_get", (key, a))
    found = a._data.get(encode_key(key), map_get)
    if found is map_get:
        raise erlang_error((atom("badkey"), key), "erlang", "map_get", (key, a))
    return found


def is_map_key(a: Any, key: Any) -> bool:
    """Tell whether a map has a key."""
    if type(a) is Map:
        return encode_key(key) in a._data
    raise erlang_error((atom("badmap"), a), "erlang", "is_map_key", (key, a))


# ---- binaries


def byte_size(a: Any) -> int:
    """The number of bytes that hold a bitstring."""
    if type(a) is str:
        return len(a) if a.isascii() else len(a.encode("utf-8"))
    if type(a) is bytes:
        return len(a)
    if type(a) is Bits:
        return len(a.data)
    raise bad_argument("erlang", "byte_size", (a,), a1="not a bitstring")


def bit_size(a: Any) -> int:
    """The number of bits of a bitstring."""
    if type(a) is Bits:
        return a.size
    if is_binary(a):
        return binaries.byte_size(a) * 8
    raise bad_argument("erlang", "bit_size", (a,), a1="not a bitstring")


def binary_part(a: Any, start: Any, size: Any) -> Any:
    """Part of a binary: `size` bytes from `start`, or before it when `size` is negative."""
    args = (a, start, size)
    wrong: dict[str, str] = {}
    if not is_binary(a):
        wrong["a1"] = "not a binary"
    if type(start) is not int:
        wrong["a2"] = "not an integer"
    if type(size) is not int:
        wrong["a3"] = "not an integer"
    if wrong:
        raise bad_argument("erlang", "binary_part", args, **wrong)
    data = to_bytes(a)
    if not 0 <= start <= len(data):
        raise bad_argument("erlang", "binary_part", args, a2="out of range")
    if not 0 <= start + size <= len(data):
        raise bad_argument("erlang", "binary_part", args, a3="out of range")
    return binary(data[start : start + size] if size >= 0 else data[start + size : start])


# ---- comparison


def equal(a: Any, b: Any) -> bool:
    """`a == b`."""
    return equals(a, b)


def not_equal(a: Any, b: Any) -> bool:
    """`a != b`."""
    return not equals(a, b)


def not_identical(a: Any, b: Any) -> bool:
    """`a !== b`."""
    return not identical(a, b)


__all__ = [
    "abs_", "add", "and_", "band", "binary_part", "bit_size", "bnot", "bor", "bsl", "bsr", "bxor", "byte_size",
    "ceil", "concat_lists", "div", "divide", "elem", "equal", "equals", "floor", "greater", "greater_equal",
    "hd", "identical", "is_atom", "is_binary", "is_bitstring", "is_boolean", "is_exception", "is_float",
    "is_function", "is_integer", "is_list", "is_map", "is_map_key", "is_nil", "is_number", "is_pid", "is_port",
    "is_reference", "is_struct", "is_tuple", "length", "less", "less_equal", "map_get", "map_size", "maximum",
    "minimum", "multiply", "negate", "not_", "not_equal", "not_identical", "or_", "plus", "put_elem", "rem",
    "round_", "strict_bool", "subtract", "subtract_lists", "tl", "trunc", "truthy", "tuple_size", "xor",
]
