"""Slices of time of another length, for tests of what the timer cuts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pyex import runtime
from pyex.runtime.preemption import Preemption


@contextmanager
def slices_of(seconds: float) -> Iterator[None]:
    """Have the timer go off after so many seconds."""
    runtime.run_ready()
    usual = runtime.scheduler.arm
    preemption = Preemption(runtime.scheduler, seconds=seconds)
    runtime.scheduler.arm = preemption.arm
    give_back = preemption.take_signal()
    try:
        yield
    finally:
        give_back()
        runtime.scheduler.arm = usual
        runtime.scheduler.armed = False
