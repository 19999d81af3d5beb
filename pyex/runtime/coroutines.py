"""Coroutines that a process waits for: they run on asyncio's loop, and the process does nothing else meanwhile.

The loop is the program's where one runs the processes (`pyex.aio`), else one of the runtime's own, in a thread that is
started when the first coroutine needs it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any

from pyex.runtime import system
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit
from pyex.terms.pids import Reference


class _Waited:
    """One coroutine under way: its task, and who is told of its end, on the thread of the processes."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], finished: Callable[[], object]) -> None:
        self.task: asyncio.Task[Any] | None = None
        self.coroutine = coroutine
        self.finished = finished
        self.is_abroad = False
        try:
            self.loop = asyncio.get_running_loop()
        except RuntimeError:
            self.loop = _own_loop()
            self.is_abroad = True
            scheduler.abroad += 1
            self.loop.call_soon_threadsafe(self.begin)
        else:
            self.begin()

    def begin(self) -> None:
        """Start the task; called on the loop's thread."""
        self.task = self.loop.create_task(self.coroutine)
        self.task.add_done_callback(lambda _task: scheduler.post(self.end))

    def end(self) -> None:
        """Tell who waits; called on the thread of the processes."""
        scheduler.abroad -= self.is_abroad
        self.finished()

    @property
    def is_over(self) -> bool:
        """Tell whether the coroutine has returned or failed."""
        return self.task is not None and self.task.done()

    def cancel(self) -> None:
        """Have the coroutine cancelled: nobody waits for it any more."""
        if not self.is_over and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(lambda: self.task is not None and self.task.cancel())

    def result(self) -> Any:
        """Return what the coroutine did, or raise what it raised; one that was cancelled exits with `:cancelled`."""
        assert self.task is not None
        try:
            return self.task.result()
        except asyncio.CancelledError:
            raise Exit(atom("cancelled")) from None


def await_coroutine(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Return what a coroutine returns; the running process waits, others run. One that is killed cancels it."""
    process = scheduler.current
    if process is None:
        waited = _Waited(coroutine, _nothing)
        scheduler.run(until=lambda: waited.is_over, patient=True)
        return waited.result()
    tag, pid = Reference(), process.pid
    waited = _Waited(coroutine, lambda: system.send(pid, tag))
    cursor = system.begin_receive()
    try:
        while cursor.next(INFINITY) is not tag:
            pass
        cursor.accept()
    finally:
        waited.cancel()
    return waited.result()


def _nothing() -> None:
    """Tell nobody: the scheduler has been woken, and looks itself."""


@cache
def _own_loop() -> asyncio.AbstractEventLoop:
    """Return the runtime's own loop, which runs in a thread."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="pyex-asyncio", daemon=True).start()
    return loop
