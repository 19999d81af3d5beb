"""How the whole system ends: `System.halt/1` and `:init.stop`.

Whoever runs the processes (a shell, a program's main function) may put a function of its own here, to end in order;
without one the interpreter ends at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Final

from pyex.runtime.system import scheduler
from pyex.terms.errors import Exit

handlers: Final[list[Callable[[int], None]]] = []
"""What is called, the last one, with the exit status."""

at_exit: Final[list[Callable[[int], object]]] = []
"""Functions that `System.at_exit/1` gave, called in reverse order when the system stops in order."""


goes_on = False
"""Whether the system goes on when a script has ended: `System.no_halt/1`."""

is_program = False
"""Whether a script that is run is a whole program, which ends when the script does (a set of tests is)."""


def _nothing_to_stop(status: int) -> None:
    """Do nothing: no application has been started."""


applications_stopped: Callable[[int], None] = _nothing_to_stop
"""Stops the applications in order."""


def halt(status: int) -> None:
    """End the system at once. A process that calls this does not go on."""
    if not handlers:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    handlers[-1](status)
    if scheduler.current is not None:
        scheduler.block()


def run_at_exit(status: int) -> int:
    """Call the functions of `at_exit`; returns the status, which one that exits with `{:shutdown, status}` changes."""
    while at_exit:
        try:
            at_exit.pop()(status)
        except Exit as error:
            reason = error.reason
            if not (type(reason) is tuple and len(reason) == 2 and type(reason[1]) is int):
                raise
            status = reason[1]
    return status


def stop(status: int) -> None:
    """End the system in order: the functions of `at_exit` first, then the applications stop, the last one first."""
    status = run_at_exit(status)
    applications_stopped(status)
    halt(status)
