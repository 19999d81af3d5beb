"""The runtime: processes on one OS thread, each with a mailbox, links and monitors.

`spawn` starts a process, `send` and `begin_receive` move messages, `run` lets everything run from outside a process.
"""

from pyex.compiler.emit.prelude import PRELUDE
from pyex.runtime.clock import RealClock, VirtualClock
from pyex.runtime.process import Process
from pyex.runtime.system import (
    TIMEOUT,
    Cursor,
    begin_receive,
    current,
    demonitor,
    doom,
    exit_reason,
    exit_signal,
    find,
    find_process,
    is_alive,
    link,
    monitor,
    process_flag,
    process_info,
    processes,
    register,
    scheduler,
    self_pid,
    send,
    spawn,
    throw_into,
    unlink,
    unregister,
    whereis,
)

run = scheduler.run
run_ready = scheduler.run_ready
seconds_to_next_timer = scheduler.seconds_to_next_timer
wakeup_fd = scheduler.wakeup_fd

PRELUDE["begin_receive"] = begin_receive
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
    "doom",
    "exit_reason",
    "exit_signal",
    "find",
    "find_process",
    "is_alive",
    "link",
    "monitor",
    "process_flag",
    "process_info",
    "processes",
    "register",
    "run",
    "run_ready",
    "scheduler",
    "seconds_to_next_timer",
    "self_pid",
    "send",
    "spawn",
    "throw_into",
    "unlink",
    "unregister",
    "wakeup_fd",
    "whereis",
]
