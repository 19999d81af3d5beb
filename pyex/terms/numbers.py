"""Numbers as text."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EXACT: Final = float(1 << 53)
_LARGE: Final = 1.0e16
_INFINITE: Final = float("inf")
_PREFIXES: Final = {2: "0b", 8: "0o", 16: "0x"}


def float_to_string(value: float) -> str:
    """Return the shortest text that reads back as the same float, as `to_string` gives it: `1.0e10`, `0.001`."""
    if not abs(value) < _INFINITE:
        return repr(value)
    sign, digits, power = _parts(value)
    scientific = f"{digits[0]}.{digits[1:] or '0'}e{power - 1}"
    if abs(value) >= _EXACT:
        return sign + scientific
    plain = _plain(digits, power)
    return sign + (plain if len(plain) <= len(scientific) else scientific)


def float_to_inspected(value: float) -> str:
    """Return a float as `inspect` shows it: as `float_to_string`, but without an exponent from 1 to below 1.0e16."""
    size = abs(value)
    if not size < _INFINITE:
        return f"#Python<{value!r}>"  # Elixir has no such floats; Python's own are shown for what they are
    if 0.01 <= size < _LARGE or value == 0:
        text = repr(value)
        if "e" not in text:
            return text
    if 1 <= size < _LARGE:
        sign, digits, power = _parts(value)
        return sign + _plain(digits, power)
    return float_to_string(value)


def _parts(value: float) -> tuple[str, str, int]:
    """Return (sign, digits, power) of a float: its value is 0.digits times ten to the power."""
    mantissa, _, exponent = repr(value).partition("e")
    sign = "-" if mantissa[0] == "-" else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    power = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    return sign, digits.rstrip("0") or "0", power if digits else 1


def _plain(digits: str, power: int) -> str:
    if power <= 0:
        return "0." + "0" * -power + digits
    padded = digits.ljust(power, "0")
    return f"{padded[:power]}.{padded[power:] or '0'}"


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
