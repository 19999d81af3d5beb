"""`:math`: functions of floats."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.errors import bad_argument, erlang_error

module = NativeModule(":math", doc="Mathematical functions on floats; integers are taken as floats.")

_OF_ONE: Final[dict[str, Callable[[float], float]]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "acosh": math.acosh,
    "atanh": math.atanh,
    "exp": math.exp,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "erf": math.erf,
    "erfc": math.erfc,
    "ceil": lambda x: math.copysign(math.ceil(x), x),
    "floor": lambda x: math.copysign(math.floor(x), x) if x < 1 else float(math.floor(x)),
}
_TOLD: Final = {
    "sin": ("the sine, with radians,", "0", "0.0"),
    "cos": ("the cosine, with radians,", "0", "1.0"),
    "tan": ("the tangent, with radians,", "0", "0.0"),
    "asin": ("the arc sine in radians", "1", "1.5707963267948966"),
    "acos": ("the arc cosine in radians", "1", "0.0"),
    "atan": ("the arc tangent in radians", "1", "0.7853981633974483"),
    "sinh": ("the hyperbolic sine", "0", "0.0"),
    "cosh": ("the hyperbolic cosine", "0", "1.0"),
    "tanh": ("the hyperbolic tangent", "0", "0.0"),
    "asinh": ("the inverse hyperbolic sine", "0", "0.0"),
    "acosh": ("the inverse hyperbolic cosine", "1", "0.0"),
    "atanh": ("the inverse hyperbolic tangent", "0", "0.0"),
    "exp": ("the power of e", "0", "1.0"),
    "log": ("the natural logarithm", "1", "0.0"),
    "log10": ("the logarithm to the base 10", "1000", "3.0"),
    "log2": ("the logarithm to the base 2", "8", "3.0"),
    "sqrt": ("the square root", "9", "3.0"),
    "erf": ("the error function", "0", "0.0"),
    "erfc": ("what the error function leaves to 1", "0", "1.0"),
    "ceil": ("the least whole number that is not less", "2.1", "3.0"),
    "floor": ("the greatest whole number that is not greater", "2.9", "2.0"),
    "atan2": ("the angle in radians of the point `{x, y}`, given as `y, x`", "1, 1", "0.7853981633974483"),
    "pow": ("the first number to the power of the second", "2, 10", "1024.0"),
    "fmod": ("what a division of the first number by the second leaves", "7.5, 2", "1.5"),
}
"""What each function gives, arguments and their result."""
_OF_TWO: Final[dict[str, Callable[[float, float], float]]] = {
    "atan2": math.atan2,
    "pow": math.pow,
    "fmod": math.fmod,
}


def _calculate(name: str, function: Callable[..., float], *arguments: Any) -> float:
    """Call a function of floats; what is no number, or has no answer, is a bad argument."""
    wrong = [place for place, argument in enumerate(arguments, start=1) if type(argument) not in (int, float)]
    if wrong:
        raise bad_argument("math", name, arguments, **{f"a{place}": "not a number" for place in wrong})
    try:
        return function(*[float(argument) for argument in arguments])
    except (ValueError, OverflowError):
        raise erlang_error("badarith", "math", name, arguments) from None


def _define_of_one(name: str, function: Callable[[float], float]) -> None:
    def of_one(x: Any) -> Any:
        return _calculate(name, function, x)

    what, argument, result = _TOLD[name]
    of_one.__doc__ = f"Return {what} of a number, as a float.\n\n    iex> :math.{name}({argument})\n    {result}\n"
    module.function(name)(of_one)


def _define_of_two(name: str, function: Callable[[float, float], float]) -> None:
    def of_two(x: Any, y: Any) -> Any:
        return _calculate(name, function, x, y)

    what, arguments, result = _TOLD[name]
    of_two.__doc__ = f"Return {what}, as a float.\n\n    iex> :math.{name}({arguments})\n    {result}\n"
    module.function(name)(of_two)


for _name, _function in _OF_ONE.items():
    _define_of_one(_name, _function)
for _name, _pair in _OF_TWO.items():
    _define_of_two(_name, _pair)


@module.function
def pi() -> Any:
    """Return the ratio of a circle's circumference to its diameter.

        iex> :math.pi()
        3.141592653589793
    """
    return math.pi


@module.function
def tau() -> Any:
    """Return twice pi.

        iex> :math.tau()
        6.283185307179586
    """
    return math.tau
