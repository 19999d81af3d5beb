"""Tail calls to other modules and of function values: how they go on for ever in constant space.

Such a call is a Python call, and costs what one costs: a frame stays behind it. When the stack has grown deep (the timer of
preemption looks, and fills `DEEP`) the next call of this kind drops the frames that only wait to return what it returns: it
raises `Unwind` through them, up to the outermost, which goes on with the call in their place. What a frame waits for is
read off its code: the instruction after the call returns its value.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, Final

from pyex.terms import stacktrace
from pyex.terms.errors import Control
from pyex.terms.rounds import answers, is_loop

Call = tuple[Callable[..., Any], tuple[Any, ...]]

DEEP: Final[list[bool]] = []
"""Not empty while the stack is deep: what emitted code tests before a tail call that may go on for ever."""

DEPTH: Final = 20_000
"""Frames from which on a stack is deep."""

_WORTH: Final = 1_000
"""Frames that must be won, or the stack is left as it is."""

_NO_TAIL: Final = 0
_TAIL: Final = 1
_CATCHING: Final = 2
_IN_LOOP: Final = 3
"""What a frame that waits for a call is: no tail call; one; one that catches Unwind; a loop made of an Elixir function that is
over, or has not begun: what waits is the call that it ends with, or the loop asks for the next element."""


class Unwind(Control):
    """Drops frames in tail position. `left` counts those still to be left that catch it; the last one goes on."""

    def __init__(self, left: int, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        super().__init__()
        self.left = left
        self.function = function
        self.args_given = args

    def going(self) -> Call:
        """Return the call to go on with."""
        return self.function, self.args_given


def look() -> None:
    """Find out whether the stack is deep."""
    try:
        sys._getframe(DEPTH)
    except ValueError:
        DEEP.clear()
    else:
        DEEP[:] = [True]


def unwind(function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """Leave the frames that wait for nothing but the value of a call. Returns when they are too few to be worth it."""
    catching = 1
    frame = sys._getframe(1).f_back
    while frame is not None:
        kind = _kind(frame)
        if kind in (_NO_TAIL, _IN_LOOP):
            break
        catching += kind == _CATCHING
        frame = frame.f_back
    if catching >= _WORTH:
        DEEP.clear()
        raise Unwind(catching, function, args)


def resume(call: Call) -> Any:
    """Make a call in the place of the frames that were left."""
    while True:
        function, args = call
        try:
            return function(*args)
        except Unwind as unwound:
            unwound.left -= 1
            if unwound.left:
                raise
            call = unwound.going()


_RESUME: Final = resume.__code__

_ENTRIES: Final[set[CodeType]] = set()
"""Entries of cycles of tail calls: whatever they wait for, it is their value in the end."""


def note_entry(function: Callable[..., Any]) -> None:
    """Take note of the entry of a cycle."""
    _ENTRIES.add(function.__code__)


_kinds: Final[dict[int, tuple[CodeType, dict[int, int]]]] = {}
"""What waits behind calls, by the identity of their code, which is kept so that it stays its own, and the instruction."""

_KEPT: Final = 4_096
"""As many codes are remembered: evaluated ones come and go."""


def _kind(frame: FrameType) -> int:
    code = frame.f_code
    if "__elixir__" in frame.f_globals or code is _RESUME or code in _ENTRIES:
        return _kind_at(code, frame.f_lasti)
    return _NO_TAIL


def waits_only(code: CodeType, last: int) -> bool:
    """Tell whether the call of an instruction is a tail call; in a loop one that the Elixir function ends with."""
    return _kind_at(code, last) != _NO_TAIL


stacktrace.waits_only = waits_only


def _kind_at(code: CodeType, last: int) -> int:
    """Tell what waits behind the call that an instruction made; code is disassembled once for each call."""
    known = _kinds.get(id(code))
    if known is None:
        if len(_kinds) >= _KEPT:
            _kinds.clear()
        known = _kinds[id(code)] = (code, {})
    found = known[1].get(last)
    if found is None:
        found = known[1][last] = _kind_of_call(code, last)
    return found


def _kind_of_call(code: CodeType, last: int) -> int:
    """Read off the code what waits behind the call of an instruction."""
    import dis

    if code in _ENTRIES:
        return _TAIL
    instructions = list(dis.get_instructions(code))
    if any(each.offset == last and each.opname == "FOR_ITER" for each in instructions) and is_loop(code):
        return _IN_LOOP
    following = next(each for each in instructions if each.offset > last)
    kind = _TAIL if following.opname == "RETURN_VALUE" else _IN_LOOP
    if kind == _IN_LOOP and not answers(following.opname, following.argval):
        return _NO_TAIL
    for start, end, target in _handlers(code):
        if start <= last < end:
            first = next(each.argval for each in instructions if each.offset >= target and each.opname != "PUSH_EXC_INFO")
            return _CATCHING if first == Unwind.__name__ else _NO_TAIL
    return kind


def _handlers(code: CodeType) -> list[tuple[int, int, int]]:
    """Return (start, end, handler) of the ranges of instructions in which exceptions are caught."""
    found: list[tuple[int, int, int]] = []
    table = iter(code.co_exceptiontable)

    def number() -> int:
        byte = next(table)
        value = byte & 63
        while byte & 64:
            byte = next(table)
            value = (value << 6) | (byte & 63)
        return value

    while True:
        try:
            start = number() * 2
        except StopIteration:
            return found
        length, target, _ = number() * 2, number() * 2, number()
        found.append((start, start + length, target))
