"""The runtime: processes on one OS thread, each with a mailbox, links and monitors.

`spawn` starts a process, `send` and `begin_receive` move messages, `run` lets everything run from outside a process.
"""

from collections.abc import Coroutine
from typing import Any

from pyex.compiler.emit.prelude import PRELUDE
from pyex.runtime import old_code  # noqa: F401  # it watches what is published
from pyex.runtime.clock import RealClock, VirtualClock
from pyex.runtime.dictionary import dictionary_pairs, erase_value, get_value, put_value
from pyex.runtime.facts import flag_of, process_flag, process_info
from pyex.runtime.leaders import group_leader_pid, pid_of
from pyex.runtime.process import Process
from pyex.runtime.receiving import first_message, refused
from pyex.runtime.system import (
    TIMEOUT,
    Cursor,
    begin_receive,
    current,
    demonitor,
    doom,
    drop_alias,
    exit_reason,
    exit_signal,
    find,
    find_process,
    forget_exit,
    is_alive,
    link,
    make_alias,
    monitor,
    names,
    pause,
    processes,
    register,
    run_for,
    scheduler,
    self_pid,
    send,
    spawn,
    throw_into,
    unlink,
    unregister,
    wait_for_message,
    whereis,
)
from pyex.terms import hooks

run = scheduler.run
run_ready = scheduler.run_ready
seconds_to_next_timer = scheduler.seconds_to_next_timer
wakeup_fd = scheduler.wakeup_fd


def _await_coroutine(coroutine: Coroutine[Any, Any, Any]) -> Any:
    from pyex.runtime.coroutines import await_coroutine  # asyncio takes its time, and few programs need it

    return await_coroutine(coroutine)


hooks.await_coroutine = _await_coroutine

PRELUDE["begin_receive"] = begin_receive
PRELUDE["first_message"] = first_message
PRELUDE["refused"] = refused
PRELUDE["TIMEOUT"] = TIMEOUT

__all__ = [
    "TIMEOUT",
    "Cursor",
    "Process",
    "RealClock",
    "VirtualClock",
    "begin_receive",
    "current",
    "demonitor",
    "dictionary_pairs",
    "doom",
    "drop_alias",
    "erase_value",
    "exit_reason",
    "exit_signal",
    "find",
    "find_process",
    "first_message",
    "flag_of",
    "forget_exit",
    "get_value",
    "group_leader_pid",
    "is_alive",
    "link",
    "make_alias",
    "monitor",
    "names",
    "pause",
    "pid_of",
    "process_flag",
    "process_info",
    "processes",
    "put_value",
    "refused",
    "register",
    "run",
    "run_for",
    "run_ready",
    "scheduler",
    "seconds_to_next_timer",
    "self_pid",
    "send",
    "spawn",
    "throw_into",
    "unlink",
    "unregister",
    "wait_for_message",
    "wakeup_fd",
    "whereis",
]
