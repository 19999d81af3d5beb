"""Calls from outside of the runtime: from asyncio, and from other threads than the one that runs the processes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from threading import get_ident
from typing import Any

from pyex.otp import gen_server
from pyex.runtime import system
from pyex.runtime.system import INFINITY, scheduler
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_term
from pyex.terms.errors import Exit

_main = [threading.main_thread().ident]
os.register_at_fork(after_in_child=lambda: _main.__setitem__(0, get_ident()))  # who forks is the main thread of the new process

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
    return get_ident() != _main[0]


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
