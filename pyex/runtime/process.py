"""A process: a mailbox, links and monitors, and a greenlet while it has a stack to keep."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.pids import Pid

_TABLES: Final = frozenset({"dictionary", "links", "monitors", "watchers"})
NORMAL: Final = atom("normal")
IDLE: Final = object()
"""What the body of a process returns when it has nothing to do until a message comes."""


class EmptyMailbox:
    """Stands for the mailbox of a process that has been idle: a deque takes six hundred bytes even when it is empty.

    The first message puts a real one in its place.
    """

    __slots__ = ("process",)

    def __init__(self, process: Process) -> None:
        self.process = process

    def append(self, message: Any) -> None:
        """Give the process a mailbox again, with a message in it."""
        self.process.mailbox = deque((message,))

    def clear(self) -> None:
        """Do nothing: there is no message."""

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class Process:
    """The runtime's record of one process.

    A process whose body returns `IDLE` lives on without a greenlet: the next message calls the body again.
    `awaiting` is the tag of the call that it waits for, `answer` what came back; a reply with another tag is late. `callee` is
    whom it calls, `timeout` for how long, `call_timer` the timer of that, which is set only when the call has to wait.

    `links` are the linked pids (a dict for its order), `monitors` what this process watches by reference,
    `watchers` who watches it; these tables and the process dictionary come to be when somebody looks at them, since most
    processes never need them. `waiting` tells that it blocks in a receive.
    """

    links: dict[Pid, None]
    monitors: dict[Any, Any]
    watchers: dict[Any, Any]
    dictionary: dict[Any, Any]


    __slots__ = (
        "ancestors",
        "answer",
        "args",
        "awaiting",
        "body",
        "call_timer",
        "callee",
        "children_of",
        "dictionary",
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
        self.mailbox: Any = deque()
        self.awaiting: Any = None
        self.answer: Any = None
        self.callee: Any = None
        self.timeout: Any = None
        self.call_timer: Any = None
        self.server: Any = None
        self.greenlet: Any = None
        self.queued = False
        self.waiting = False
        self.thrown: BaseException | None = None
        self.trap_exit = False
        self.flags: dict[str, Any] | None = None
        self.name: Any = None
        self.initial_call: Any = None
        self.ancestors: tuple[Any, ...] = ()
        self.children_of: tuple[Any, ...] | None = None
        self.exit_reason: Any = NORMAL
        self.reductions = 0

    def __getattr__(self, name: str) -> dict[Any, Any]:
        if name not in _TABLES:
            raise AttributeError(name)
        table: dict[Any, Any] = {}
        setattr(self, name, table)
        return table

    def family(self) -> tuple[Any, ...]:
        """Return the ancestors of this process's children: itself, by name or pid, and its own. One tuple serves all."""
        me = self.name or self.pid
        if self.children_of is None or self.children_of[0] is not me:
            self.children_of = (me, *self.ancestors)
        return self.children_of

    def rest(self) -> None:
        """Give back the memory of an empty mailbox, until the next message comes."""
        if not self.mailbox and type(self.mailbox) is deque:
            self.mailbox = EmptyMailbox(self)
