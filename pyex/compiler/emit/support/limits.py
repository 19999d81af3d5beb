"""How deep Elixir code may recurse, and how often Python looks for garbage.

A call from Python code to Python code takes no C stack in CPython 3.11, so recursion of Elixir functions is bounded
by the recursion limit alone. A callback that comes through a C function does take C stack (about 2 KB a level,
measured), so that is given room for as many levels as the limit allows: running out is then always
a RecursionError, which Elixir code sees as an error of its own, and never a dead interpreter.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

DEPTH: Final = 250_000
"""Frames; the golden rule is 100,000 levels of a body-recursive function."""

_BYTES_A_LEVEL: Final = 2_600


def allow_deep_recursion() -> None:
    """Raise Python's recursion limit, and the C stack's with it where the system lets us."""
    if sys.getrecursionlimit() >= DEPTH:
        return
    sys.setrecursionlimit(DEPTH)
    try:
        import resource
    except ImportError:
        return  # no such limits on this system
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = DEPTH * _BYTES_A_LEVEL
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))


def collect_less_often() -> None:
    """Let the cycle collector run after 50,000 new objects and not after 700.

    Terms hold no cycles, so nearly all that it would look at is freed by counting; building a long list costs a third
    less this way (measured).
    """
    if gc.get_threshold()[0] < 50_000:
        gc.set_threshold(50_000, 20, 20)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Let a file be compiled with few searches for garbage: what the compiler makes is kept, or freed by counting.

    Five files compile in the time of four (measured).
    """
    before = gc.get_threshold()
    if before[0] >= 1_000_000:
        yield  # a file that is compiled for another one
        return
    gc.set_threshold(1_000_000, *before[1:])
    try:
        yield
    finally:
        # What there is now counts as old, without being looked at: nearly all of it stays.
        gc.freeze()
        gc.unfreeze()
        gc.set_threshold(*before)
