"""Running forms that only call: a module's body is mostly such (`def`, attributes), and so is many a line at a prompt.

To emit and compile code that runs once costs ten times as much as to make the calls that it would make. What has
variables, branches, functions or operators in it is compiled (`evaluate`).
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

from pyex.compiler.forms import Opaque
from pyex.terms.atoms import Atom, atom
from pyex.terms.functions import export
from pyex.terms.lists import Cons, EmptyList, from_iterable, split_tail
from pyex.terms.maps import Map

_BLOCK: Final = atom("__block__")
_TUPLE: Final = atom("{}")
_MAP: Final = atom("%{}")
_DOT: Final = atom(".")
_LINE: Final = atom("line")
_INLINED: Final = frozenset({atom("erlang"), Atom("Elixir.String.Chars")})
"""Modules of which emitted code does not call some functions, but has instructions of Python for them."""

_CALL: Final = (lambda function, arguments: function(*arguments)).__code__


def is_straight(form: Any) -> bool:
    """Tell whether a form is made of constants, containers and calls of named functions of modules alone."""
    kind = type(form)
    if kind is tuple:
        if len(form) != 3:
            return all(map(is_straight, form))
        head, _, args = form
        if type(args) is not Cons and type(args) is not EmptyList:
            return False
        if type(head) is tuple:
            target = split_tail(head[2])[0] if head[0] is _DOT else []
            if len(target) != 2 or type(target[0]) is not Atom or target[0] in _INLINED or type(target[1]) is not Atom:
                return False
        elif head is _MAP:
            return all(type(pair) is tuple and len(pair) == 2 and is_straight(pair) for pair in split_tail(args)[0])
        elif head is not _BLOCK and head is not _TUPLE:
            return False
        return all(map(is_straight, split_tail(args)[0]))
    if kind is Cons:
        return all(map(is_straight, split_tail(form)[0]))
    return True


class Runner:
    """Makes the calls of straight forms in turn, each under a frame that tells its file and line."""

    __slots__ = ("_code", "_globals", "_step", "line")

    def __init__(self, module: Any, file: str, label: str, line: int) -> None:
        self.line = line
        self._code = _CALL.replace(co_filename=file, co_name=label, co_qualname=label)
        self._globals = {"__elixir__": module}
        self._step: Callable[[Callable[..., Any], list[Any]], Any] | None = None

    def value(self, form: Any) -> Any:
        """Return the value of a straight form."""
        kind = type(form)
        if kind is tuple:
            if len(form) != 3:
                return tuple([self.value(item) for item in form])
            head, meta, args = form
            items = split_tail(args)[0]
            if type(head) is tuple:
                return self._call(head, meta, items)
            if head is _MAP:
                return Map.from_pairs([self.value(pair) for pair in items])
            values = [self.value(item) for item in items]
            if head is _TUPLE:
                return tuple(values)
            return values[-1] if values else None
        if kind is Cons:
            return from_iterable([self.value(item) for item in split_tail(form)[0]])
        return form.value if kind is Opaque else form

    def _call(self, head: Any, meta: Any, forms: list[Any]) -> Any:
        module, name = split_tail(head[2])[0]
        line = self.line
        for key, value in split_tail(meta)[0]:
            if key is _LINE:
                line = value
        self._move(line)
        arguments = [self.value(form) for form in forms]
        self._move(line)
        assert self._step is not None  # `_move` has set it
        return self._step(export(module, name.name, len(arguments)).fn, arguments)

    def _move(self, line: int) -> None:
        """Take the frames of the calls that follow to a line."""
        if self._step is None or line != self.line:
            self.line = line
            self._step = FunctionType(self._code.replace(co_firstlineno=max(line, 1)), self._globals)
