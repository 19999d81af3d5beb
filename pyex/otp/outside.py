"""Calls from outside of the runtime: from asyncio, and from other threads than the one that runs the processes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from greenlet import getcurrent

from pyex.otp import gen_server
from pyex.runtime import system
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import Exit

Done = Callable[[Any, BaseException | None], None]


def spawn_call(server: Any, request: Any, timeout: int | None, done: Done) -> None:
    """Call a server from a process of its own, and hand its reply, or what the call exited with, to `done`."""
    name = atom(server) if type(server) is str else server

    def body() -> None:
        try:
            reply = gen_server.call(name, to_term(request), INFINITY if timeout is None else timeout)
        except Exit as ended:
            done(None, ended)
        else:
            done(reply, None)

    system.spawn(body)


def is_foreign_thread() -> bool:
    """Tell whether this is another thread than the one that runs the processes, which is the main one."""
    process = scheduler.current
    if process is not None and process.greenlet is getcurrent():
        return False  # inside a process: the usual case, and the cheap question
    return threading.get_ident() != threading.main_thread().ident


def call_from_thread(server: Any, request: Any, timeout: int | None) -> Any:
    """Call a server from another thread, which waits; the main thread has to let the processes run meanwhile."""
    answered: Future[Any] = Future()

    def done(reply: Any, error: BaseException | None) -> None:
        if error is None:
            answered.set_result(reply)
        else:
            answered.set_exception(error)

    scheduler.post(lambda: spawn_call(server, request, timeout, done))
    return answered.result()
