"""`:erlang.trace`: a process hears of the messages that others receive.

A traced process has a mailbox of another kind, so that nobody pays for tracing while there is none.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from pyex import runtime
from pyex.runtime.process import Process
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument
from pyex.terms.lists import is_proper, to_pylist
from pyex.terms.pids import Pid

TRACE: Final = atom("trace")
RECEIVE: Final = atom("receive")
_WRONG_OPTION: Final = "invalid option in list"


class TracedMailbox(deque[Any]):
    """A mailbox that tells a tracer of each message that comes."""

    def __init__(self, owner: Pid, tracer: Pid, held: Any) -> None:
        super().__init__(held)
        self.owner = owner
        self.tracer = tracer

    def append(self, message: Any) -> None:
        """Take a message, and tell the tracer; one that has ended hears no more."""
        super().append(message)
        runtime.send(self.tracer, (TRACE, self.owner, RECEIVE, message))


def _swap(process: Process, mailbox: deque[Any]) -> None:
    held, process.mailbox = process.mailbox, mailbox
    held.clear()  # who still holds the old one finds it empty, and looks again


def trace(pid_port_spec: Any, how: Any, flag_list: Any) -> int:
    """Switch on or off that the caller hears of what a process receives; returns the number of processes.

        iex> :erlang.trace(spawn(fn -> Process.sleep(:infinity) end), true, [:receive])
        1
    """
    args = (pid_port_spec, how, flag_list)
    process = runtime.find(pid_port_spec) if type(pid_port_spec) is Pid else None
    if process is None:
        raise bad_argument("erlang", "trace", args, a1="invalid spec for pid or port")
    flags = to_pylist(flag_list) if is_proper(flag_list) else []
    if not is_proper(flag_list) or any(flag is not RECEIVE for flag in flags):
        raise bad_argument("erlang", "trace", args, a3=_WRONG_OPTION)
    tracer = runtime.self_pid()
    if process.pid == tracer:
        raise bad_argument("erlang", "trace", args, a3=_WRONG_OPTION)
    if how is True and flags:
        _swap(process, TracedMailbox(process.pid, tracer, process.mailbox))
    elif type(process.mailbox) is TracedMailbox:
        _swap(process, deque(process.mailbox))
    return 1


BIFS: Final = (trace,)
