"""Numbers as text."""

from __future__ import annotations

from typing import Any, Final

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EXACT: Final = float(1 << 53)
_PREFIXES: Final = {2: "0b", 8: "0o", 16: "0x"}


def float_to_string(value: float) -> str:
    """Return the shortest text that reads back as the same float, in Elixir's form (`1.0e-5`)."""
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent and "." in mantissa and -_EXACT < value < _EXACT and (abs(value) >= 0.01 or value == 0):
        return mantissa
    sign = "-" if mantissa[0] == "-" else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    power = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))  # value = 0.digits * 10 ** power
    digits = digits.rstrip("0") or "0"
    scientific = f"{digits[0]}.{digits[1:] or '0'}e{power - 1}"
    if abs(value) > _EXACT:
        return sign + scientific
    if power > 0:
        padded = digits.ljust(power, "0")
        plain = f"{padded[:power]}.{padded[power:] or '0'}"
        return sign + plain
    plain = "0." + "0" * -power + digits
    return sign + (plain if len(plain) <= len(scientific) else scientific)


def integer_to_string(value: int, base: int = 10) -> str:
    """Return an integer's digits in a base from 2 to 36, upper case."""
    if base == 10:
        return str(value)
    if base in _PREFIXES:
        return format(value, {2: "b", 8: "o", 16: "X"}[base])
    digits = []
    rest = abs(value)
    while rest:
        rest, digit = divmod(rest, base)
        digits.append(_DIGITS[digit])
    return ("-" if value < 0 else "") + ("".join(reversed(digits)) or "0")


def number_to_string(value: Any) -> str:
    """Return the text of an integer or float as Elixir's `to_string` gives it."""
    return str(value) if type(value) is int else float_to_string(value)
