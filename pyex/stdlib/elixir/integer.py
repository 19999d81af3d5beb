"""Integer: functions on integers."""

from __future__ import annotations

import math
import re
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.terms import ops
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, erlang_error, function_clause
from pyex.terms.lists import EMPTY, charlist, from_pylist, to_pylist

module = NativeModule("Integer", doc="Functions on integers.")

MODULE: Final = alias("Integer")
ERROR: Final = atom("error")
_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _integer(value: Any, name: str, *args: Any) -> int:
    if type(value) is not int:
        raise function_clause(MODULE, name, args or (value,))
    return value


@module.macro
def is_odd(env: Any, integer: Any) -> Any:
    """Tell whether an integer is odd; allowed in guards.

        iex> require Integer
        iex> Integer.is_odd(3)
        true
    """
    return _parity(env, integer, 1)


@module.macro
def is_even(env: Any, integer: Any) -> Any:
    """Tell whether an integer is even; allowed in guards.

        iex> require Integer
        iex> Integer.is_even(3)
        false
    """
    return _parity(env, integer, 0)


def _parity(env: Any, integer: Any, wanted: int) -> Any:
    """Quote `is_integer(x) and band(x, 1) == wanted`; outside a guard `x` is evaluated once."""
    subject = integer if env.context == "guard" else (atom("integer"), EMPTY, module.name)
    bit = build.erlang("==", build.erlang("band", subject, 1), wanted)
    test = build.kernel("and", build.erlang("is_integer", subject), bit)
    return test if subject is integer else build.block(build.match(subject, integer), test)


@module.function
def mod(dividend: Any, divisor: Any) -> Any:
    """Return the remainder with the sign of the divisor.

        iex> Integer.mod(-5, 3)
        1
    """
    ops.rem(dividend, divisor)  # its errors are this function's
    return dividend % divisor


@module.function
def floor_div(dividend: Any, divisor: Any) -> Any:
    """Return the quotient rounded down.

        iex> Integer.floor_div(-5, 3)
        -2
    """
    ops.div(dividend, divisor)  # its errors are this function's
    return dividend // divisor


@module.function("pow")
def pow_(base: Any, exponent: Any) -> Any:
    """Return an integer power; raises ArithmeticError for a negative exponent.

        iex> Integer.pow(2, 100)
        1267650600228229401496703205376
    """
    _integer(base, "pow", base, exponent)
    if _integer(exponent, "pow", base, exponent) < 0:
        raise erlang_error("badarith")
    return base**exponent


@module.function
def gcd(integer1: Any, integer2: Any) -> Any:
    """Return the greatest common divisor.

        iex> Integer.gcd(12, 18)
        6
    """
    return math.gcd(_integer(integer1, "gcd", integer1, integer2), _integer(integer2, "gcd", integer1, integer2))


@module.function
def extended_gcd(a: Any, b: Any) -> Any:
    """Return `{gcd, m, n}` with `a * m + b * n == gcd` (extended Euclidean algorithm).

        iex> Integer.extended_gcd(240, 46)
        {2, -9, 47}
    """
    _integer(a, "extended_gcd", a, b)
    _integer(b, "extended_gcd", a, b)
    if a == 0:
        return (b, 0, 1) if b else (0, 0, 0)
    if b == 0:
        return a, 1, 0
    old, new = (a, 1, 0), (b, 0, 1)
    while new[0]:
        quotient = ops.div(old[0], new[0])
        old, new = new, tuple(x - quotient * y for x, y in zip(old, new, strict=True))
    return tuple(-x for x in old) if old[0] < 0 else old


@module.function
def digits(integer: Any, base: Any = 10) -> Any:
    """Return the digits of an integer in a base, the most significant first.

        iex> Integer.digits(101, 2)
        [1, 1, 0, 0, 1, 0, 1]
    """
    _integer(integer, "digits", integer, base)
    if type(base) is not int or base < 2:
        raise function_clause(MODULE, "digits", (integer, base))
    sign = -1 if integer < 0 else 1
    rest = abs(integer)
    if base == 10:
        return from_pylist([sign * int(digit) for digit in str(rest)])
    result = [sign * (rest % base)]
    while rest >= base:
        rest //= base
        result.append(sign * (rest % base))
    return from_pylist(result[::-1])


@module.function
def undigits(digits: Any, base: Any = 10) -> Any:
    """Return the integer of digits in a base; raises ArgumentError for a digit that is too large.

        iex> Integer.undigits([1, 0, 1], 2)
        5
    """
    if type(base) is not int or base < 2:
        raise function_clause(MODULE, "undigits", (digits, base))
    total = 0
    for digit in to_pylist(digits):
        if digit >= base:
            raise argument_error(f"invalid digit {digit} in base {base}")
        total = total * base + digit
    return total


@module.function
def parse(binary: Any, base: Any = 10) -> Any:
    """Return `{integer, rest}` for the integer at the beginning of a text, or `:error`.

        iex> Integer.parse("34km")
        {34, "km"}
    """
    if type(base) is not int or not 2 <= base <= 36:
        from pyex.terms.inspect import inspect

        raise argument_error(f"invalid base {inspect(base)}")
    if not is_binary(binary):
        raise function_clause(MODULE, "parse", (binary, base))
    if type(binary) is bytes:
        from pyex.terms.binaries import binary as canonical

        text = binary.decode("latin-1")
        found = _leading(text, base)
        return ERROR if found is None else (int(found, base), canonical(binary[len(found) :]))
    found = _leading(binary, base)
    return ERROR if found is None else (int(found, base), binary[len(found) :])


def _leading(text: str, base: int) -> str | None:
    allowed = _DIGITS[:base] + _DIGITS[:base].lower()
    match = re.match(rf"[+-]?[{allowed}]+", text)
    return match.group() if match else None


@module.function
def to_string(integer: Any, base: Any = 10) -> Any:
    """Return the text of an integer in a base from 2 to 36.

        iex> Integer.to_string(255, 16)
        "FF"
    """
    name = "integer_to_binary"
    if type(integer) is not int or type(base) is not int or not 2 <= base <= 36:
        raise erlang_error("badarg", "erlang", name, (integer,) if base == 10 else (integer, base))
    return in_base(integer, base)


def in_base(integer: int, base: int) -> str:
    """Return the digits of an integer in a base, upper case, with its sign."""
    if base == 10:
        return str(integer)
    if base == 16:
        return format(integer, "X")
    if base == 2:
        return format(integer, "b")
    rest, text = abs(integer), ""
    while True:
        text = _DIGITS[rest % base] + text
        rest //= base
        if not rest:
            return "-" + text if integer < 0 else text


@module.function
def to_charlist(integer: Any, base: Any = 10) -> Any:
    """Return the charlist of an integer in a base.

        iex> Integer.to_charlist(5)
        ~c"5"
    """
    if type(integer) is not int or type(base) is not int or not 2 <= base <= 36:
        raise erlang_error("badarg", "erlang", "integer_to_list", (integer,) if base == 10 else (integer, base))
    return charlist(in_base(integer, base))
