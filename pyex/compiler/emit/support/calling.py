"""Calls of function values that are not plain functions of the right arity, and calls in tail position."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.compiler.emit.support.unwinding import note_entry
from pyex.terms.atoms import Atom, atom
from pyex.terms.conversion import call_python
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.functions import Export
from pyex.terms.lists import elixir_list

_BADFUN: Final = atom("badfun")
_BADARITY: Final = atom("badarity")


def callable_(value: Any, arity: int) -> Callable[..., Any]:
    """Return what to call for `value.(…)` with so many arguments; what cannot be called fails when it is."""
    if type(value) is Export and value.arity == arity:
        return value.fn
    if type(value) is tuple and len(value) == 2 and type(value[0]) is Atom:
        return _applied(value)
    if type(value) is Atom or not callable(value):
        return _failing(lambda args: (_BADFUN, value))
    if type(value) is Export:
        return _failing(lambda args: (_BADARITY, (value, elixir_list(*args))))
    code = getattr(value, "__code__", None)
    if code is not None:
        least = code.co_argcount - len(value.__defaults__ or ())
        if least <= arity <= code.co_argcount or (code.co_flags & 4 and arity >= least):
            return value  # type: ignore[no-any-return]  # a function
        return _failing(lambda args: (_BADARITY, (value, elixir_list(*args))))
    return _foreign(value)


def _applied(value: tuple[Any, Any]) -> Callable[..., Any]:
    """`{module, what}.(…)`: `apply/3` says what is wrong with it."""

    def apply(*args: Any) -> Any:
        if type(value[1]) is Atom:
            raise ElixirError((_BADFUN, value))
        raise bad_argument("erlang", "apply", (*value, elixir_list(*args)), a2="not an atom")

    return apply


def _foreign(value: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args: call_python(value, args)


def _failing(reason: Callable[[tuple[Any, ...]], Any]) -> Callable[..., Any]:
    def fail(*args: Any) -> Any:
        raise ElixirError(reason(args))

    return fail


# ---- trampolines

_TEMPLATE: Final = """
def make(body):
    def entry({parameters}):
        found = body({first})
        while type(found) is list:
            function, {rest}= found
            found = function({rest})
        return found
    return entry
"""
_OPEN_TEMPLATE: Final = """
def make(body):
    def entry({parameters}):
        found = body({parameters})
        while type(found) is list:
            found = found[0](*found[1:])
        return found
    entry.body = body
    return entry
"""
_makers: Final[dict[tuple[int, int | None], Callable[[Callable[..., Any]], Callable[..., Any]]]] = {}


def trampoline(body: Callable[..., Any], arity: int, width: int | None) -> Callable[..., Any]:
    """Return the entry of a function in a cycle of tail calls.

    Its body returns `[next body, *arguments]` for a call inside the cycle (a Python list is no term), and
    the entry goes on with that until there is a value, so a cycle runs in constant space. All bodies of a
    cycle take `width` arguments, the spare ones None; without a width each takes its own, as a cycle needs that
    leads on to newer versions of its module.
    """
    make = _makers.get((arity, width))
    if make is None:
        count = arity if width is None else width
        names = [f"a{index}" for index in range(count)]
        text = (_OPEN_TEMPLATE if width is None else _TEMPLATE).format(
            parameters=", ".join(names[:arity]),
            first=", ".join([*names[:arity], *["None"] * (count - arity)]),
            rest="".join(f"{name}, " for name in names),
        )
        namespace: dict[str, Any] = {}
        exec(compile(text, __file__, "exec"), namespace)
        make = _makers[arity, width] = namespace["make"]
    entry = make(body)
    note_entry(entry)
    return entry


def body_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return what a bounce to a function calls: its body, so that entries do not pile up."""
    return getattr(function, "body", function)
