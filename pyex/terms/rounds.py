"""Loops that compiled code hands to the library in the place of a function, and the functions that they stand for.

A loop is a Python function that takes all elements and goes round the body of an Elixir function; its first parameter is named after
what it does with the results (`compiler.emit.loops` says what kinds there are). Whoever wants to call it for one element
only, since the library has no use for a whole loop, gets a plain function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import CodeType, FunctionType
from typing import Any, Final

Rounds = Callable[..., Any]
"""A loop, or the twin of a function, which takes one in the place of its last argument."""

ANSWER: Final = "!"
"""How the local ends that holds what the Elixir function has returned."""


PLAIN: Final = "_plain"
"""How the kind ends of a loop whose results stand for themselves as keys: they are known to be integers or texts."""


class Loop:
    """A loop that collects results, where the library takes a function: `results` hands it all elements at once."""

    __slots__ = ("over", "plain")

    def __init__(self, over: FunctionType) -> None:
        self.over: Callable[[Iterable[Any]], list[Any]] = over
        self.plain = over.__code__.co_varnames[0].endswith(PLAIN)

    def __call__(self, element: Any) -> Any:
        return self.over((element,))[0]


FEEDS: Final[dict[Callable[..., Any], Callable[..., Any]]] = {}
"""Functions of the library that make a list, and what gives its elements one at a time to a loop that alone would see the list."""


STILL: Final = "_still"
"""How the kind ends of a loop that calls nothing but operators: but for its failures nobody sees in which order it takes the elements."""


def is_still(loop: Rounds) -> bool:
    """Tell whether a loop may take the elements in any order, as long as nothing fails."""
    return type(loop) is FunctionType and loop.__code__.co_varnames[0].endswith(STILL)


def with_results(function: Callable[..., Any]) -> Rounds:
    """Return the twin of a function that asks `results` for what its last argument gives for the elements."""

    def looping(*args: Any) -> Any:
        return function(*args[:-1], Loop(args[-1]))

    return looping


def plain(loop: FunctionType) -> FunctionType:
    """Return the function that a loop stands for.

    Of one that only asks whether a result is truthy it gives `true` or `false`.
    """
    made: FunctionType = _PLAIN[_kind(loop.__code__)](loop)
    made.__code__ = made.__code__.replace(co_name=loop.__code__.co_name)
    return made


def is_loop(code: CodeType) -> bool:
    """Tell whether code is that of a loop."""
    return _kind(code) in _PLAIN


def answers(following: str, local: Any) -> bool:
    """Tell whether a call's value, which the instruction `following` puts into a local, is what the Elixir function returns."""
    return following.startswith("STORE_") and str(local).endswith(ANSWER)


def _kind(code: CodeType) -> str:
    return code.co_varnames[0].lstrip("@0123456789").removesuffix(PLAIN).removesuffix(STILL) if code.co_argcount else ""


def _collected(loop: Any) -> Any:
    return lambda element: loop((element,))[0]


def _asked(loop: Any) -> Any:
    return lambda element: bool(loop((element,)))


def _refused(loop: Any) -> Any:
    return lambda element: not loop((element,))


def _spread(loop: Any) -> Any:
    from pyex.terms.lists import from_pylist

    return lambda element: from_pylist(loop((element,)))


def _paired(loop: Any) -> Any:
    from pyex.terms.maps import decode_key

    def pair(element: Any) -> Any:
        (key, value), *_ = loop((element,)).items()
        return value if type(key) is object else (decode_key(key), value)

    return pair


def _parted(loop: Any) -> Any:
    return lambda element: bool(loop((element,))[0])


def _passed(loop: Any) -> Any:
    return lambda element: next(loop((element,)))


def _let_pass(loop: Any) -> Any:
    return lambda element: any(True for _ in loop((element,)))


def _run(loop: Any) -> Any:
    return lambda element: loop((element,))


def _found(loop: Any) -> Any:
    def find(element: Any) -> Any:
        found = loop((element,))
        return found[1] if found else False

    return find


def _folded(loop: Any) -> Any:
    return lambda element, acc: loop((element,), acc)


def _scanned(loop: Any) -> Any:
    return lambda element, acc: loop((element,), acc)[0]


_PLAIN: Final[dict[str, Callable[[Any], Any]]] = {
    "collect": _collected,
    "spread": _spread,
    "pairs": _paired,
    "part": _parted,
    "flow": _passed,
    "flow_kept": _let_pass,
    "flow_others": lambda loop: lambda element: not any(True for _ in loop((element,))),
    "keep": _asked,
    "drop": _refused,
    "effect": _run,
    "find": _found,
    "refute": _refused,
    "fold": _folded,
    "scan": _scanned,
}
