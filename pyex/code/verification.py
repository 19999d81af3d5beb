"""What waits until all modules of a file or an evaluated text are there: warnings of calls that reach nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Final

_waiting: Final[ContextVar[list[Callable[[], None]] | None]] = ContextVar("waiting", default=None)
"""A variable of the process: what one process compiles does not wait for another's file."""


@contextlib.contextmanager
def verified(*, joined: bool = False) -> Iterator[None]:
    """Do what the modules of a block leave for its end; nothing of it when the block fails.

    A `joined` block leaves it to the block around it, if there is one: a file that another one needs.
    """
    if joined and _waiting.get() is not None:
        yield
        return
    actions: list[Callable[[], None]] = []
    before = _waiting.set(actions)
    try:
        yield
    finally:
        _waiting.reset(before)
    for action in actions:
        action()


def after_compilation(action: Callable[[], None]) -> None:
    """Do something when all that is being compiled is done; at once when nothing is."""
    actions = _waiting.get()
    if actions is None:
        action()
    else:
        actions.append(action)
