"""Calls from asyncio: `await pyex.aio.call(server, request)` while the event loop lets the processes run."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final
from weakref import WeakKeyDictionary

from pyex.otp.outside import is_foreign_thread, spawn_call
from pyex.runtime.system import scheduler

SLICE: Final = 0.005
"""How long, in seconds, processes run before the event loop has its turn."""


class _Pump:
    """Lets the processes run on an event loop for as long as somebody waits for them."""

    def __init__(self) -> None:
        self.waiting = 0
        self.loop: asyncio.AbstractEventLoop | None = None
        self.next: asyncio.Handle | None = None

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run processes and timers from now on: one more waits."""
        self.waiting += 1
        if self.loop is None:
            self.loop = loop
            loop.add_reader(scheduler.wakeup_fd(), self._woken)
        self._go_on(0.0)

    def end(self) -> None:
        """Stop, when nobody waits any more."""
        self.waiting -= 1
        if self.loop is not None and not self.waiting:
            self.loop.remove_reader(scheduler.wakeup_fd())
            self._go_on(None)
            self.loop = None

    def _go_on(self, pause: float | None) -> None:
        """Take the next step after some seconds, or only when somebody posts something."""
        if self.next is not None:
            self.next.cancel()
        if self.loop is None or pause is None:
            self.next = None
        else:
            self.next = self.loop.call_later(pause, self._step) if pause else self.loop.call_soon(self._step)

    def _step(self) -> None:
        try:
            scheduler.run_ready(SLICE)
        finally:
            self._go_on(scheduler.seconds_to_next_timer())

    def _woken(self) -> None:
        scheduler.drain()
        self._go_on(0.0)


_pumps: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, _Pump]] = WeakKeyDictionary()


async def call(server: Any, request: Any, timeout: int | None = 5000) -> Any:  # noqa: ASYNC109  # the server's time, as everywhere in OTP
    """Call a server and return its reply without blocking the event loop; `timeout` is in milliseconds, None for ever.

    Raises Exit as `pyex.call` does. The runtime runs on the loop's thread meanwhile.
    """
    loop = asyncio.get_running_loop()
    if is_foreign_thread():
        return await _call_across(loop, server, request, timeout)
    pump = _pumps.setdefault(loop, _Pump())
    answered: asyncio.Future[Any] = loop.create_future()
    spawn_call(server, request, timeout, partial(_settle, answered))
    pump.begin(loop)
    try:
        return await answered
    finally:
        pump.end()


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
