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

    of_one.__doc__ = f"Return the `{name}` of a number, as a float."
    module.function(name)(of_one)


def _define_of_two(name: str, function: Callable[[float, float], float]) -> None:
    def of_two(x: Any, y: Any) -> Any:
        return _calculate(name, function, x, y)

    of_two.__doc__ = f"Return the `{name}` of two numbers, as a float."
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
