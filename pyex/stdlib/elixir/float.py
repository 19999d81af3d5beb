"""Float: functions on floats, which are IEEE 754 doubles."""

from __future__ import annotations

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error, erlang_error, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import charlist, from_pylist
from pyex.terms.numbers import float_to_string

module = NativeModule("Float", doc="Functions on floats.")

MODULE: Final = alias("Float")
ERROR: Final = atom("error")
Float = float  # the parameters of this file are named as Elixir names them


def _float(value: Any, name: str, *args: Any) -> float:
    if type(value) is not Float:
        raise function_clause(MODULE, name, args or (value,))
    return value


def _precision(value: Any, number: float) -> int:
    if type(value) is not int or not 0 <= value <= 15:
        raise argument_error(f"precision {inspect(value)} is out of valid range of 0..15")
    return value


@module.function("round")
def round_(float: Any, precision: Any = 0) -> float:
    """Round to a number of decimal places, half away from zero; the result is a float.

        iex> Float.round(2.345, 1)
        2.3
    """
    return _rounded(float, precision, "round", ROUND_HALF_UP)


@module.function
def floor(number: Any, precision: Any = 0) -> float:
    """Round down to a number of decimal places.

        iex> Float.floor(2.79, 1)
        2.7
    """
    return _rounded(number, precision, "floor", ROUND_FLOOR)


@module.function
def ceil(number: Any, precision: Any = 0) -> float:
    """Round up to a number of decimal places.

        iex> Float.ceil(2.71, 1)
        2.8
    """
    return _rounded(number, precision, "ceil", ROUND_CEILING)


def _rounded(value: Any, precision: Any, name: str, mode: str) -> float:
    number = _float(value, name, value, precision)
    places = _precision(precision, number)
    # The exact value of the double is rounded, not the decimal that prints for it.
    result = _to_float(Decimal(number).quantize(Decimal(1).scaleb(-places), rounding=mode)) if abs(number) < 1e22 else number
    return math.copysign(result, number)


def _to_float(value: Decimal) -> float:
    return value.__float__()


@module.function("pow")
def pow_(base: Any, exponent: Any) -> Any:
    """Return a power of a float.

        iex> Float.pow(2.0, 3)
        8.0
    """
    _float(base, "pow", base, exponent)
    try:
        return math.pow(base, exponent)
    except (OverflowError, ValueError):
        raise erlang_error("badarith", "math", "pow", (base, exponent)) from None


@module.function
def parse(binary: Any) -> Any:
    """Return `{float, rest}` for the number at the beginning of a text, or `:error`.

        iex> Float.parse("34.5km")
        {34.5, "km"}
    """
    if not is_binary(binary):
        raise function_clause(MODULE, "parse_unsigned", (binary,))
    match = re.match(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", binary, re.IGNORECASE) if type(binary) is str else None
    if match is None:
        return ERROR
    text = match.group()
    value = _to_float(Decimal(text))
    return ERROR if math.isinf(value) else (value, binary[len(text) :])


@module.function
def ratio(float: Any) -> Any:
    """Return the pair of integers whose quotient is exactly the float.

        iex> Float.ratio(0.5)
        {1, 2}
    """
    return _float(float, "ratio").as_integer_ratio()


@module.function
def to_string(float: Any) -> Any:
    """Return the shortest text that reads back as the float.

        iex> Float.to_string(7.0)
        "7.0"
    """
    if not isinstance(float, Float):
        raise erlang_error("badarg", "erlang", "float_to_binary", (float, from_pylist([atom("short")])))
    return float_to_string(float)


@module.function
def to_charlist(float: Any) -> Any:
    """Return the shortest text that reads back as the float, as a charlist.

        iex> Float.to_charlist(7.0)
        ~c"7.0"
    """
    return charlist(to_string(float))


@module.function
def min_finite() -> Any:
    """Return the smallest finite float.

        iex> Float.min_finite() < 0
        true
    """
    return -1.7976931348623157e308


@module.function
def max_finite() -> Any:
    """Return the greatest finite float.

        iex> Float.max_finite() > 0
        true
    """
    return 1.7976931348623157e308
