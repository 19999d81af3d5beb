"""A process: a mailbox, links and monitors, and a greenlet while it has a stack to keep."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.errors import Control
from pyex.terms.lists import from_pylist
from pyex.terms.pids import Pid

NORMAL: Final = atom("normal")
INITIAL_CALL: Final = atom("$initial_call")
ANCESTORS: Final = atom("$ancestors")
IDLE: Final = object()
"""What the body of a process returns when it has nothing to do until a message comes."""


class Hibernation(Control):
    """Ends what a process does, whatever it was to do after that; the next message calls the body that it brings."""

    def __init__(self, body: Callable[..., Any], args: tuple[Any, ...]) -> None:
        super().__init__()
        self.body = body
        self.args = args


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


def _table(slot: str) -> Any:
    """Return a property: the table in a slot, which comes to be when somebody looks at it.

    Not `__getattr__`: a class that has one makes Python read all its attributes the slow way, four times as slow.
    """
    name = slot.lstrip("_")

    def look(self: Process) -> dict[Any, Any]:
        """Return the table."""
        try:
            return getattr(self, slot)  # type: ignore[no-any-return]
        except AttributeError:
            made: dict[Any, Any] = {}
            setattr(self, slot, made)
            return made

    look.__name__ = name
    return property(look)


class Process:
    """The runtime's record of one process.

    A process whose body returns `IDLE` lives on without a greenlet: the next message calls the body again.
    `awaiting` is the tag of the call that it waits for, `answer` what came back; a reply with another tag is late. `callee` is
    whom it calls, `timeout` for how long, `call_timer` the timer of that, which is set only when the call has to wait.

    `straight_call` and `straight_cast` are the callbacks of a server that need not go through its mailbox while it is idle.

    `initial_call` is the function that `:proc_lib` was told to begin with (None for a plain process), `entry` what the BEAM
    would have begun with where that is another.

    `links` are the linked pids (a dict for its order), `monitors` what this process watches by reference,
    `watchers` who watches it; these tables and the process dictionary come to be when somebody looks at them, since most
    processes never need them. `waiting` tells that it blocks in a receive.
    """

    __slots__ = (
        "_dictionary",
        "_links",
        "_monitors",
        "_watchers",
        "ancestors",
        "answer",
        "args",
        "awaiting",
        "body",
        "call_timer",
        "callee",
        "children_of",
        "cut_at",
        "entry",
        "exit_reason",
        "flags",
        "greenlet",
        "group_leader",
        "initial_call",
        "mailbox",
        "name",
        "parent",
        "pid",
        "queued",
        "reductions",
        "server",
        "straight_call",
        "straight_cast",
        "thrown",
        "timeout",
        "trap_exit",
        "waiting",
    )

    links: dict[Pid, None] = _table("_links")
    monitors: dict[Any, Any] = _table("_monitors")
    watchers: dict[Any, Any] = _table("_watchers")
    dictionary: dict[Any, Any] = _table("_dictionary")

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
        self.straight_call: Any = None
        self.straight_cast: Any = None
        self.callee: Any = None
        self.timeout: Any = None
        self.call_timer: Any = None
        self.server: Any = None
        self.greenlet: Any = None
        self.queued: bool | int = False
        self.waiting = False
        self.thrown: BaseException | None = None
        self.trap_exit = False
        self.flags: dict[str, Any] | None = None
        self.name: Any = None
        self.initial_call: Any = None
        self.entry: Any = None
        self.ancestors: tuple[Any, ...] = ()
        self.children_of: tuple[Any, ...] | None = None
        self.exit_reason: Any = NORMAL
        self.reductions = 0
        self.cut_at = -1

    def family(self) -> tuple[Any, ...]:
        """Return the ancestors of this process's children: itself, by name or pid, and its own. One tuple serves all."""
        me = self.name or self.pid
        if self.children_of is None or self.children_of[0] is not me:
            self.children_of = (me, *self.ancestors)
        return self.children_of

    def origin(self) -> list[tuple[Any, Any]]:
        """Return what `:proc_lib` keeps in the dictionary of its processes; here it is made when somebody looks."""
        if self.initial_call is None:
            return []
        return [(INITIAL_CALL, self.initial_call), (ANCESTORS, from_pylist(list(self.ancestors)))]

    def rest(self) -> None:
        """Give back the memory of an empty mailbox, until the next message comes."""
        if not self.mailbox and type(self.mailbox) is deque:
            self.mailbox = EmptyMailbox(self)
