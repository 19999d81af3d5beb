"""A process: a mailbox, links and monitors, and a greenlet while it has a stack to keep."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.pids import Pid

NORMAL: Final = atom("normal")


class Process:
    """The runtime's record of one process.

    `links` are the linked pids (a dict for its order), `monitors` what this process watches by reference,
    `watchers` who watches it. `waiting` tells that it blocks in a receive; `doomed` is the exit reason that
    it will die of when it next runs.
    """

    __slots__ = (
        "args",
        "body",
        "dictionary",
        "doomed",
        "exit_reason",
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
        "scanned",
        "thrown",
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
        self.scanned = 0
        self.greenlet: Any = None
        self.queued = False
        self.waiting = False
        self.doomed: Any = None
        self.thrown: BaseException | None = None
        self.links: dict[Pid, None] = {}
        self.monitors: dict[Any, Any] = {}
        self.watchers: dict[Any, Any] = {}
        self.trap_exit = False
        self.dictionary: dict[Any, Any] = {}
        self.name: Any = None
        self.initial_call: Any = None
        self.exit_reason: Any = NORMAL
        self.reductions = 0
