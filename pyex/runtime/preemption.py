"""Preemption: a timer takes the machine from a process that has run long enough.

A one-shot interval timer is armed when a process starts to run. Its signal handler runs on the main thread, in the
greenlet of that process, between two bytecodes, and gives way to the scheduler from there: so also an endless loop shares
the machine, and dies of an exit signal. Code of the runtime itself, of the compiler and of imports is never
cut: there the handler comes back a little later.
"""

from __future__ import annotations

import atexit
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from greenlet import getcurrent

from pyex.compiler.emit.support import unwinding
from pyex.runtime.scheduler import Scheduler

SLICE: Final = 0.01
"""How long, in seconds, a process runs before others have their turn."""

FEW: Final = 50
SHORTEST: Final = 0.001
"""The slice where more than a few processes want to run."""

RETRY: Final = 0.001
_NEUTRAL: Final = "pyex.terms"
_UNCUT: Final = (
    "pyex.runtime",
    "pyex.otp",
    "pyex.code",
    "pyex.compiler",
    "pyex.syntax",
    "pyex.shell",
    "pyex.terms.atom_order",  # what it numbers all processes share
    "importlib.",
)
_WHOLE: Final = ("importlib._bootstrap", "pyex.terms.map_versions")
"""What is never cut, nor anything that it calls."""
_HANDS: Final = frozenset(("pyex.runtime.scheduler", "pyex.runtime.system", "pyex.runtime.receiving"))
"""What is in the midst of a change when Python itself calls something there: a finalizer, a tracer, a debugger."""
_BODY: Final = Scheduler._work.__code__
"""What calls the body of a process, which may be cut."""


class Preemption:
    """The timer of one scheduler."""

    def __init__(self, scheduler: Scheduler, seconds: float = SLICE) -> None:
        self.scheduler = scheduler
        self.seconds = seconds

    def start(self) -> bool:
        """Take the signal of the timer; False where that is not possible: off the main thread, or when it is in use."""
        if threading.current_thread() is not threading.main_thread():
            return False
        if signal.getsignal(signal.SIGALRM) not in (signal.SIG_DFL, None):
            return False
        self.take_signal()
        self.scheduler.arm = self.arm
        # A timer that goes off while Python takes its handlers down would end the program by the signal's own rule.
        atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)
        return True

    def take_signal(self) -> Callable[[], None]:
        """Handle the timer's signal here; returns what puts the handler before it back."""
        before = signal.signal(signal.SIGALRM, self._tick)

        def give_back() -> None:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

        return give_back

    def arm(self) -> None:
        """Have the signal come after a slice of time, a shorter one where many wait."""
        scheduler = self.scheduler
        scheduler.armed = True
        waiting = len(scheduler.queue) + len(scheduler.busy)
        signal.setitimer(signal.ITIMER_REAL, self.seconds if waiting <= FEW else min(self.seconds, SHORTEST))

    def _tick(self, number: int, frame: FrameType | None) -> None:
        scheduler = self.scheduler
        process = scheduler.current
        if process is None:
            scheduler.armed = False
            scheduler.overdue()
            return
        # Between the choice of a process and the switch to it the timer must stay set, or that process would run uncut.
        if getcurrent() is not process.greenlet or not may_be_cut(frame):
            signal.setitimer(signal.ITIMER_REAL, min(RETRY, self.seconds))
            scheduler.overdue()
            return
        scheduler.armed = False
        unwinding.look()
        scheduler.cut()


def may_be_cut(frame: FrameType | None) -> bool:
    """Tell whether a process that stands in this frame may be interrupted there."""
    decided = False
    while frame is not None:
        name = frame.f_globals.get("__name__") or ""
        if name.startswith(_WHOLE) or (name in _HANDS and frame.f_code is not _BODY):
            return False
        if not decided:
            if name.startswith(_UNCUT):
                return False
            decided = not name.startswith(_NEUTRAL)
        frame = frame.f_back
    return decided


def enable(scheduler: Any) -> None:
    """Start preemption for a scheduler the first time that it runs."""
    if not Preemption(scheduler).start():
        scheduler.arm = None
