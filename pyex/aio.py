"""Calls from asyncio, `await pyex.aio.call(server, request)`, and the processes on its event loop."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

from pyex.otp.outside import is_foreign_thread, spawn_call
from pyex.runtime.system import scheduler

SLICE: Final = 0.005
"""How long, in seconds, processes run before the event loop has its turn."""


class _Pump:
    """Lets the processes run on an event loop, as long as that runs."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.next: asyncio.Handle | None = None
        loop.add_reader(scheduler.wakeup_fd(), self._woken)
        self.go_on()

    def go_on(self, pause: float | None = 0.0) -> None:
        """Take the next step after some seconds, or only when a process is woken or somebody posts something."""
        if self.next is not None:
            self.next.cancel()
            self.next = None
        if pause is not None and not self.loop.is_closed():
            self.next = self.loop.call_later(pause, self._step) if pause else self.loop.call_soon(self._step)

    def _step(self) -> None:
        try:
            scheduler.run_ready(SLICE)
        finally:
            pause = scheduler.seconds_to_next_timer()
            if pause != 0.0:
                scheduler.attend(self.go_on)
            self.go_on(pause)

    def _woken(self) -> None:
        scheduler.drain()
        self.go_on()


class _Current:
    """The loop that the processes run on: one at a time does."""

    pump: _Pump | None = None


def attach() -> None:
    """Let the processes run on the running event loop from now on, as long as it runs; `call` does so by itself.

    Timers go off, casts are taken and supervisors do their work while the program awaits something else. Raises RuntimeError where no loop
    runs, or another thread is the one of the processes.
    """
    loop = asyncio.get_running_loop()
    if is_foreign_thread():
        raise RuntimeError("the processes run on the main thread")
    if _Current.pump is None or _Current.pump.loop is not loop:
        _Current.pump = _Pump(loop)


async def call(server: Any, request: Any, timeout: int | None = 5000) -> Any:  # noqa: ASYNC109  # the server's time, as everywhere in OTP
    """Call a server and return its reply without blocking the event loop; `timeout` is in milliseconds, None for ever.

    Raises Exit as `pyex.call` does. The processes run on the loop from then on (`attach`).
    """
    loop = asyncio.get_running_loop()
    if is_foreign_thread():
        return await _call_across(loop, server, request, timeout)
    attach()
    answered: asyncio.Future[Any] = loop.create_future()
    spawn_call(server, request, timeout, partial(_settle, answered))
    return await answered


async def _call_across(loop: asyncio.AbstractEventLoop, server: Any, request: Any, timeout: int | None) -> Any:  # noqa: ASYNC109  # as above
    """Call from a loop of another thread than the one that runs the processes."""
    answered: asyncio.Future[Any] = loop.create_future()

    def done(reply: Any, error: BaseException | None) -> None:
        loop.call_soon_threadsafe(_settle, answered, reply, error)

    scheduler.post(lambda: spawn_call(server, request, timeout, done))
    return await answered


def _settle(answered: asyncio.Future[Any], reply: Any, error: BaseException | None) -> None:
    """Give a future what a call brought, unless its waiter has gone."""
    if answered.done():
        return
    if error is None:
        answered.set_result(reply)
    else:
        answered.set_exception(error)
