"""What processes do to each other: spawn, send, receive, link, monitor, exit, names, timers.

The rules are Erlang's: an exit signal `normal` does not end a process that does not trap, `kill` ends every process
and reaches its links as `killed`, a trapping process gets `{:EXIT, from, reason}` as a message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from greenlet import GreenletExit

from pyex.runtime.aliases import (
    EXPLICIT,
    addressee,
    close_alias,
    close_with_monitor,
    forget_aliases,
    open_alias,
    unwatch,
)
from pyex.runtime.belongings import lose_all
from pyex.runtime.ending import reason_of
from pyex.runtime.process import NORMAL, EmptyMailbox, Process
from pyex.runtime.scheduler import Scheduler
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import Control, ElixirError, Exit, Killed, PyexBug, erlang_error
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Port, Reference

KILL: Final = atom("kill")
KILLED: Final = atom("killed")
NOPROC: Final = atom("noproc")
DOWN: Final = atom("DOWN")
EXIT: Final = atom("EXIT")
PROCESS: Final = atom("process")
INFINITY: Final = atom("infinity")
TIMEOUT: Final = object()
"""What a receive cursor gives when its time is over."""

scheduler = Scheduler()
names: Final[dict[Any, Process]] = {}
_reasons: Final[dict[int, Any]] = {}
_earlier_reasons: Final[dict[int, Any]] = {}
"""What processes have ended of lately, by the numbers of their pids."""
reporters: Final[list[Callable[[Process, BaseException, Any], None]]] = []
"""Called when a process ends by an error that nobody caught: the logger's place."""


def current() -> Process:
    """Return the running process; raises RuntimeError outside of one."""
    process = scheduler.current
    if process is None:
        raise RuntimeError("not inside a process")
    return process


def spawn(
    fun: Callable[..., Any],
    args: tuple[Any, ...] = (),
    *,
    link: bool = False,
    monitor: bool = False,
    group_leader: Any = None,
    initial_call: Any = None,
    entry: Any = None,
) -> Any:
    """Start a process that calls `fun(*args)`; returns its pid, or `(pid, reference)` when it is monitored.

    `initial_call` and `entry` are what the process tells of its beginning (see `Process`).
    """
    parent = scheduler.current
    leader = group_leader if group_leader is not None else parent.group_leader if parent is not None else None
    process = Process(scheduler.new_pid(), fun, args, parent.pid if parent else None, leader)
    process.initial_call = initial_call
    process.entry = entry
    if link and parent is not None:
        parent.links[process.pid] = None
        process.links[parent.pid] = None
    reference = None
    if monitor and parent is not None:
        reference = Reference()
        parent.monitors[reference] = process.pid
        process.watchers[reference] = parent.pid
    scheduler.add(process)
    return (process.pid, reference) if monitor else process.pid


def settle(*, link: bool, initial_call: Any) -> Process:
    """Start a process that has nothing to do until a message comes: its `body`, which is to be set, is called then."""
    parent = scheduler.current
    leader = parent.group_leader if parent is not None else None
    process = Process(scheduler.new_pid(), _body_to_be, (), parent.pid if parent is not None else None, leader)
    process.initial_call = initial_call
    process.waiting = True
    process.mailbox = EmptyMailbox(process)
    if parent is not None:
        process.ancestors = parent.family()
        if link:
            parent.links[process.pid] = None
            process.links[parent.pid] = None
    scheduler.add(process)
    return process


def _body_to_be() -> None:
    raise PyexBug("a process without a body")


def self_pid() -> Pid:
    """Return the pid of the running process."""
    process = scheduler.current
    return process.pid if process is not None else current().pid


def find(dest: Any) -> Process | None:
    """Return the living process of a pid or a registered name, or None."""
    if type(dest) is Pid:
        found: Process | None = dest.process
        return found if found is not None else _numbered(dest)
    return names.get(dest)


def _numbered(pid: Pid) -> Process | None:
    """Return the living process that a pid means which was written down, and is not the process's own."""
    process = scheduler.processes.get(pid.number)
    return process if process is not None and process.pid == pid else None


port_messages: list[Callable[[Port, Any], None]] = []
"""What takes the messages that are sent to a port: the library's module for them puts itself here."""


def send(dest: Any, message: Any) -> Any:
    """Send a message to a pid, a registered name or `{name, node}`; returns the message.

    Raises ArgumentError for a name that nobody has, as Elixir does; a dead pid swallows the message.
    """
    if type(dest) is Pid:
        process = dest.process
        if process is not None:
            process.mailbox.append(message)
            if process.waiting:
                process.waiting = False
                scheduler.schedule(process)
        return message
    if type(dest) is Reference:
        process = addressee(dest)
        return message if process is None else send(process.pid, message)
    if type(dest) is tuple and len(dest) == 2 and is_atom(dest[0]):
        dest = dest[0]
        if dest not in names:
            return message
    if type(dest) is Port:
        for take in port_messages:
            take(dest, message)
        return message
    process = names.get(dest)
    if process is None:
        raise erlang_error("badarg", "erlang", "send", (dest, message))
    process.mailbox.append(message)
    scheduler.wake(process)
    return message


def make_alias(until: Atom = EXPLICIT) -> Reference:
    """Return a reference that stands for the running process until `drop_alias`, a reply, or its end."""
    return open_alias(current(), Reference(), until)


def drop_alias(reference: Any) -> bool:
    """Take an alias of the running process back; tells whether it was one."""
    return close_alias(current(), reference)


class Cursor:
    """Walks the mailbox for one receive; a message that was refused is not looked at again."""

    __slots__ = ("deadline", "place", "process")

    def __init__(self, process: Process) -> None:
        self.process = process
        self.place = 0
        self.deadline: float | None = None

    def next(self, timeout: Any = INFINITY) -> Any:
        """Return the next message not looked at yet, waiting for one; TIMEOUT after `timeout` milliseconds."""
        process = self.process
        timer = None
        while self.place >= len(process.mailbox):
            if timeout is not INFINITY:
                if type(timeout) is not int or timeout < 0:
                    raise erlang_error("timeout_value")
                if self.deadline is None:
                    self.deadline = scheduler.clock.now() + timeout / 1000
                left = self.deadline - scheduler.clock.now()
                if left <= 0:
                    return TIMEOUT
                timer = scheduler.at(left, lambda: scheduler.wake(process))
            try:
                scheduler.block()
            finally:
                if timer is not None:
                    timer.cancelled = True
        message = process.mailbox[self.place]
        self.place += 1
        return message

    def accept(self) -> None:
        """Take the message that `next` gave out of the mailbox."""
        self.place -= 1
        if self.place == 0:
            self.process.mailbox.popleft()
        else:
            del self.process.mailbox[self.place]


def pause(seconds: float | None) -> None:
    """Let the running process do nothing for some time, or for ever; messages stay in its mailbox."""
    me = current()
    if seconds is None:
        while True:
            scheduler.block()
    if seconds == 0:
        scheduler.give_way()
        return
    end = scheduler.clock.now() + seconds
    timer = scheduler.at(seconds, lambda: scheduler.wake(me))
    try:
        while scheduler.clock.now() < end:
            scheduler.block()
    finally:
        timer.cancelled = True


def run_for(seconds: float | None) -> None:
    """Let all processes run for some time, from outside of any; without a time, until nothing can run any more."""
    if seconds is None:
        scheduler.run()
        return
    over: list[bool] = []
    scheduler.at(seconds, lambda: over.append(True))
    scheduler.run(until=lambda: bool(over))
    for _ in range(len(scheduler.queue)):
        scheduler.run_some()  # whoever the last timers have woken has its turn


def wait_for_message() -> None:
    """Return when the mailbox of the running process is not empty."""
    while not current().mailbox:
        scheduler.block()


def begin_receive() -> Cursor:
    """Return a cursor at the start of the running process's mailbox."""
    return Cursor(current())


# ---- links, monitors, exits


def link(pid: Pid) -> bool:
    """Link the running process with another; with a dead one that is the error `:noproc`, to who traps exits a signal."""
    me = current()
    other = find(pid)
    if other is me:
        return True
    if other is None:
        if not me.trap_exit:
            wrong = {"a1": "the pid does not refer to an existing process"}
            raise ElixirError(NOPROC, ((atom("erlang"), "link", (pid,), wrong),))
        _signal(me, pid, NOPROC)
        return True
    me.links[pid] = None
    other.links[me.pid] = None
    return True


def unlink(pid: Pid) -> bool:
    """Remove the link between the running process and another, if there is one."""
    me = current()
    me.links.pop(pid, None)
    other = find(pid)
    if other is not None:
        other.links.pop(me.pid, None)
    return True


def monitor(target: Any, tag: Any = DOWN, alias: Atom | None = None) -> Reference:
    """Watch a process: its end arrives as `{:DOWN, ref, :process, pid, reason}`, or with another tag in front.

    With `alias` the reference stands for the running process too, until what that atom says happens.
    """
    me = current()
    reference = Reference()
    other = find(target)
    if other is me:
        return reference  # it never hears of its own end
    if alias is not None:
        open_alias(me, reference, alias)
    shown = target if type(target) is Pid else (target, this_node.name)
    if other is None:
        close_with_monitor(me, reference)
        send(me.pid, (tag, reference, PROCESS, shown, NOPROC))
        return reference
    me.monitors[reference] = other.pid if shown is target else (other.pid, shown)
    other.watchers[reference] = (me.pid, shown, tag)
    return reference


def demonitor(reference: Reference, flush: bool = False) -> bool:
    """Stop watching; with `flush` a `:DOWN` message that has come already is taken out of the mailbox."""
    me = current()
    known = unwatch(me, reference)
    close_with_monitor(me, reference)
    if flush:
        for place, message in enumerate(me.mailbox):
            if type(message) is tuple and len(message) == 5 and message[0] is DOWN and message[1] == reference:
                del me.mailbox[place]
                break
    return known


def forget_exit(pid: Pid) -> None:
    """Take the exit message of a process that is not linked any more out of the mailbox, if it has come already."""
    mailbox = current().mailbox
    for place, message in enumerate(mailbox):
        if type(message) is tuple and len(message) == 3 and message[0] is EXIT and message[1] == pid:
            del mailbox[place]
            return


def exit_signal(target: Any, reason: Any) -> bool:
    """Send an exit signal, as `Process.exit/2`."""
    process = find(target)
    me = scheduler.current
    if process is not None:
        _signal(process, me.pid if me is not None else process.pid, reason, direct=True)
        if me is not None:
            _die_if_doomed(me)
    return True


def _signal(process: Process, sender: Pid, reason: Any, *, direct: bool = False) -> None:
    if direct and reason is KILL:
        doom(process, KILLED)
    elif process.trap_exit:
        process.mailbox.append((EXIT, sender, reason))
        scheduler.wake(process)
    elif reason is not NORMAL or (direct and sender == process.pid):
        doom(process, reason)


def doom(process: Process, reason: Any) -> None:
    """Make a process die of a reason as soon as it can be reached."""
    if process.thrown is None:
        process.thrown = Killed(reason)
    process.waiting = False
    if process is not scheduler.current:
        scheduler.hasten(process)


def _die_if_doomed(process: Process) -> None:
    if process.thrown is not None:
        scheduler.strike(process)


def throw_into(pid: Pid, error: BaseException) -> None:
    """Raise a Python exception inside a process, wherever it stands: how Ctrl-C reaches an evaluation."""
    process = find(pid)
    if process is not None:
        process.thrown = error
        process.waiting = False
        if process is not scheduler.current:
            scheduler.hasten(process)


def _nobody_told(watcher: Any, tag: Any, reason: Any) -> None:
    """Until pyex.otp is there nobody can call."""


callers_told: Callable[[Any, Any, Any], None] = _nobody_told
"""Tells who waits in a call (a watcher `(caller, tag)` under the tag's identity) that the process has ended."""


def _ended(process: Process, error: BaseException | None) -> None:
    """End a process: tell who is linked to it and who watches it."""
    reason = NORMAL if error is None else error.reason if type(error) is Killed else reason_of(error)
    me = process.pid
    process.exit_reason = reason
    me.process = None
    scheduler.processes.pop(me.number, None)
    if process.name is not None:
        names.pop(process.name, None)
    forget_aliases(process)
    lose_all(process.pid)
    if len(_reasons) > 1000:
        _earlier_reasons.clear()
        _earlier_reasons.update(_reasons)
        _reasons.clear()
    _reasons[me.number] = reason
    if error is not None and not isinstance(error, Control | Exit | GreenletExit):
        for reporter in reporters:
            reporter(process, error, reason)
    # A table that nobody has looked at so far need not come to be now.
    for pid in getattr(process, "_links", ()):
        other = find(pid)
        if other is not None:
            other.links.pop(me, None)
            _signal(other, me, reason)
    caller = scheduler.handing_back
    if caller is not None and caller.callee is process:
        callers_told(caller, caller.awaiting, reason)
    for reference, watch in list(getattr(process, "_watchers", _NOBODY).items()):
        if type(reference) is int:
            callers_told(watch[0], watch[1], reason)
            continue
        watcher, shown, tag = watch if type(watch) is tuple else (watch, me, DOWN)
        other = find(watcher)
        if other is not None and other.monitors.pop(reference, None) is not None:
            close_with_monitor(other, reference)
            other.mailbox.append((tag, reference, PROCESS, shown, reason))
            scheduler.wake(other)
    for reference in list(getattr(process, "_monitors", _NOBODY)):
        unwatch(process, reference)


_NOBODY: Final[dict[Any, Any]] = {}
scheduler.ended = _ended


def exit_reason(pid: Pid) -> Any:
    """Return what a process that has ended lately ended of; `:noproc` when it is not known."""
    number = pid.number
    return _reasons[number] if number in _reasons else _earlier_reasons.get(number, NOPROC)


def is_alive(pid: Any) -> bool:
    """Tell whether a process lives."""
    return type(pid) is Pid and pid.process is not None


# ---- names


def register(pid: Pid, name: Any) -> bool:
    """Give a process a name; raises ArgumentError when the name or the process has one already, or it is dead."""
    process = find(pid)
    if process is None or name in names or process.name is not None or type(name) is not Atom:
        raise erlang_error("badarg", "erlang", "register", (name, pid))
    names[name] = process
    process.name = name
    return True


def unregister(name: Any) -> bool:
    """Take a name back; raises ArgumentError when nobody has it."""
    process = names.pop(name, None)
    if process is None:
        raise erlang_error("badarg", "erlang", "unregister", (name,))
    process.name = None
    return True


def whereis(name: Any) -> Pid | None:
    """Return the pid of a registered name, or None."""
    process = names.get(atom(name) if type(name) is str else name)
    return process.pid if process is not None else None


def find_process(number: int, serial: int = 0) -> Pid | None:
    """Return the pid of a living process with that number, or None."""
    process = _numbered(Pid(number, serial))
    return process.pid if process is not None else None


def processes() -> list[Pid]:
    """Return the pids of all living processes."""
    return [process.pid for process in scheduler.processes.values()]
