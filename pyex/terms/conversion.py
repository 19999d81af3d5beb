"""Python values as Elixir terms, and back.

What Python code hands to Elixir (a reply, a message, a result) is converted once, at the border:
lists become Elixir lists, dicts maps, bytes binaries, tuples stay tuples of converted items; numbers,
strings, atoms, terms and any other object pass as they are. The other way, `to_python` gives Python's own containers.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any, Final

from greenlet import GreenletExit

from pyex.terms.atoms import Atom
from pyex.terms.binaries import binary, python_text
from pyex.terms.errors import Control, Signal
from pyex.terms.lists import Cons, EmptyList, from_iterable, split_tail
from pyex.terms.maps import Map

_PLAIN: Final = frozenset({int, float, bool, type(None), Atom, Cons, EmptyList, Map})


def to_term(value: Any) -> Any:
    """Return the term of a Python value: list → list, dict → map, bytes → binary, deep.

    Sets become lists (their order is not defined). Other objects are terms already, or stay
    opaque Python objects.
    """
    kind = type(value)
    if kind is str:
        return value if value.isascii() else python_text(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        for item in value:
            if type(item) not in _PLAIN and not (type(item) is str and item.isascii()):
                return tuple([to_term(item) for item in value])
        return value
    if kind is list or kind is set or kind is frozenset:
        return from_iterable([to_term(item) for item in value])
    if kind is dict:
        return Map.from_pairs([(to_term(key), to_term(item)) for key, item in value.items()])
    if kind is bytes or kind is bytearray:
        return binary(bytes(value))
    return value


def call_python(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Call a Python callable with terms and return its result as a term.

    A keyword list as the last argument gives keyword arguments: `Python.json.dumps(value, indent: 2)`. Raises
    `%Python.Error{}` for what the callable raises.
    """
    named: dict[str, Any] = {}
    if args and type(args[-1]) is Cons:
        items, tail = split_tail(args[-1])
        if type(tail) is EmptyList and all(
            type(item) is tuple and len(item) == 2 and type(item[0]) is Atom for item in items
        ):
            named = {item[0].name: to_python(item[1]) for item in items}
            args = args[:-1]
    try:
        return to_term(function(*map(to_python, args), **named))
    except (Signal, Control, GreenletExit):
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            raise  # somebody pressed Ctrl-C, where nobody else takes that signal
        # Said here, where it is known whose fault it is: a function written in C leaves no frame of its own.
        from pyex.terms.foreign import python_error

        raise python_error(error) from error


def to_python(value: Any) -> Any:
    """Return Python's own containers for a term: list → list, map → dict, deep; the rest as it is.

    Raises TypeError for an improper list, which Python has no word for.
    """
    kind = type(value)
    if kind is tuple:
        return tuple([to_python(item) for item in value])
    if kind is Cons or kind is EmptyList:
        items, tail = split_tail(value)
        if type(tail) is not EmptyList:
            raise TypeError("an improper list has no Python counterpart")
        return [to_python(item) for item in items]
    if kind is Map:
        return {to_python(key): to_python(item) for key, item in value.items()}
    return value
