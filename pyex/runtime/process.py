"""A process: a mailbox, links and monitors, and a greenlet while it has a stack to keep."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.pids import Pid

NORMAL: Final = atom("normal")
IDLE: Final = object()
"""What the body of a process returns when it has nothing to do until a message comes."""


class Process:
    """The runtime's record of one process.

    A process whose body returns `IDLE` lives on without a greenlet: the next message calls the body again.
    `awaiting` is the tag of the call that it waits for, `answer` what came back; a reply with another tag is late. `callee` is
    whom it calls, `timeout` for how long, `call_timer` the timer of that, which is set only when the call has to wait.

    `links` are the linked pids (a dict for its order), `monitors` what this process watches by reference,
    `watchers` who watches it. `waiting` tells that it blocks in a receive; `doomed` is the exit reason that
    it will die of when it next runs.
    """

    __slots__ = (
        "ancestors",
        "answer",
        "args",
        "awaiting",
        "body",
        "call_timer",
        "callee",
        "dictionary",
        "doomed",
        "exit_reason",
        "flags",
        "greenlet",
        "group_leader",
        "initial_call",
        "links",
        "mailbox",
        "monitors",
        "name",
        "parent",
        "pid",
        "queued",
        "reductions",
        "server",
        "thrown",
        "timeout",
        "trap_exit",
        "waiting",
        "watchers",
    )

    def __init__(
        self, pid: Pid, body: Callable[..., Any], args: tuple[Any, ...], parent: Pid | None, group_leader: Any
    ) -> None:
        self.pid = pid
        self.body = body
        self.args = args
        self.parent = parent
        self.group_leader = group_leader
        self.mailbox: deque[Any] = deque()
        self.awaiting: Any = None
        self.answer: Any = None
        self.callee: Any = None
        self.timeout: Any = None
        self.call_timer: Any = None
        self.server: Any = None
        self.greenlet: Any = None
        self.queued = False
        self.waiting = False
        self.doomed: Any = None
        self.thrown: BaseException | None = None
        self.links: dict[Pid, None] = {}
        self.monitors: dict[Any, Any] = {}
        self.watchers: dict[Any, Any] = {}
        self.trap_exit = False
        self.flags: dict[str, Any] | None = None
        self.dictionary: dict[Any, Any] = {}
        self.name: Any = None
        self.initial_call: Any = None
        self.ancestors: tuple[Any, ...] = ()
        self.exit_reason: Any = NORMAL
        self.reductions = 0
