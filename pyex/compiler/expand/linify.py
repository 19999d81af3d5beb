"""What a macro gave, made part of the place that called it: the line of the call, and a counter that keeps
the macro's own variables and aliases apart from everybody else's."""

from __future__ import annotations

from operator import is_
from typing import Any, Final

from pyex.compiler.expand.words import ALIASES, COUNTER, LINE, UNDERSCORE
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, EmptyList, from_iterable, from_pylist, split_tail

_LEXICAL: Final = frozenset({atom("import"), atom("alias"), atom("require"), ALIASES})
_CONTEXT: Final = atom("context")
_QUOTE: Final = atom("quote")
_GENERATED: Final = atom("generated")
_LISTS: Final = (Cons, EmptyList)
_INNER: Final = (tuple, Cons)


def linify(
    form: Any, line: int, receiver: Any, counter: int, *, generated: bool = False, context: Any = None
) -> Any:
    """Return a macro's result with lines and counters filled in, all of it.

    `context` is that of the macro's own variables where it is not the module's: the library's macros share Kernel's.
    """
    walk = _Walk(line, receiver, counter, False, generated)
    walk.context = receiver if context is None else context
    return walk.walk(form)


def linify_native(form: Any, line: int, receiver: Any, counter: int) -> Any:
    """Return a native macro's result with lines and counters filled in where the macro made the form.

    The caller's own forms have lines already: they are left as they are, unseen, so that macros
    inside macros do not cost a walk each.
    """
    return _Walk(line, receiver, counter, True, False).walk(form)


def with_line(form: Any, line: int) -> Any:
    """Return a form that is evaluated as it is, with a line for all that has none: that of its environment."""
    kind = type(form)
    if kind is Cons:
        items, tail = split_tail(form)
        walked = [with_line(item, line) if type(item) in _INNER else item for item in items]
        last = with_line(tail, line) if type(tail) in _INNER else tail
        if last is tail and all(map(is_, items, walked)):
            return form
        return from_pylist(walked) if last is EMPTY else from_iterable(walked, last)
    if kind is not tuple:
        return form
    if len(form) == 3 and type(form[1]) in _LISTS:
        left, meta, right = form
        if not any(type(entry) is tuple and entry[0] is LINE for entry in split_tail(meta)[0]):
            meta = Cons((LINE, line), meta)
        parts = (with_line(left, line), meta, with_line(right, line))
    else:
        parts = tuple([with_line(part, line) for part in form]) if len(form) == 2 else form
    return form if all(map(is_, form, parts)) else parts


class _Walk:
    __slots__ = ("context", "counter", "generated", "line", "native", "receiver")

    def __init__(self, line: int, receiver: Any, counter: int, native: bool, generated: bool) -> None:
        self.line = line
        self.receiver = self.context = receiver
        self.counter = counter
        self.native = native
        self.generated = generated

    def walk(self, form: Any) -> Any:
        kind = type(form)
        if kind is tuple:
            if len(form) == 3 and type(form[1]) in _LISTS:
                return self._triple(form)
            if len(form) == 2:
                return (self.walk(form[0]), self.walk(form[1]))
            return form
        if kind is Cons:
            items, tail = split_tail(form)
            walked = [self.walk(item) if type(item) in _INNER else item for item in items]
            return from_pylist(walked) if tail is EMPTY else from_iterable(walked, self.walk(tail))
        return form

    def _triple(self, form: Any) -> Any:
        left, meta, right = form
        has_line = has_counter = False
        context: Any = self
        node = meta
        while type(node) is Cons:
            entry = node.head
            if type(entry) is not tuple or len(entry) != 2:
                return (self.walk(left), meta, self.walk(right))
            key = entry[0]
            if key is LINE:
                has_line = True
            elif key is COUNTER:
                has_counter = True
            elif key is _CONTEXT:
                context = entry[1]
            node = node.tail
        if has_line and self.native:
            return form
        if not has_counter and self._is_own(left, right, context):
            meta = Cons((COUNTER, self.counter), meta)
        if not has_line and self.line:
            meta = Cons((LINE, self.line), meta)
        if self.generated:
            meta = Cons((_GENERATED, True), meta)
        if type(left) is not Atom:
            left = self.walk(left)
        return (left, meta, self.walk(right) if type(right) is Cons else right)

    def _is_own(self, left: Any, right: Any, context: Any) -> bool:
        """Tell whether a form is a variable or a lexical form that the macro itself wrote."""
        if type(left) is not Atom:
            return False
        if type(right) is Cons:
            return left in _LEXICAL or (left is _QUOTE and context is self.receiver)
        return (right is self.receiver or right is self.context) and left is not UNDERSCORE
