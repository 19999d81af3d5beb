"""Calls and replies between processes, and starting a process that reports how its start went.

A call's tag is `[:alias | ref]`, as on the BEAM: a reply whose tag nobody waits for any more is dropped. It is a plain reference
where the caller waits for ever, so that no reply can be late.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NoReturn

from pyex.otp import behind, sasl
from pyex.runtime import process as processes
from pyex.runtime import system
from pyex.runtime.aliases import addressee
from pyex.runtime.process import Process
from pyex.runtime.scheduler import NoStack, Timer
from pyex.runtime.system import INFINITY, KILL, scheduler
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.errors import ElixirError, Exit, Killed, argument_error, erlang_error
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Reference

OK: Final = atom("ok")
ERROR: Final = atom("error")
IGNORE: Final = atom("ignore")
ALIAS: Final = atom("alias")
GLOBAL: Final = atom("global")
VIA: Final = atom("via")
TIMEOUT: Final = atom("timeout")
ALREADY_STARTED: Final = atom("already_started")
NOTHING: Final = object()


class Outsider:
    """Stands for the program outside of any process, when it calls: it runs the scheduler until the answer is there."""

    def __init__(self) -> None:
        self.awaiting: Any = None
        self.answer: Any = NOTHING


def find(server: Any) -> Process | None:
    """Return the living process that a server reference means: pid, name, `{name, node}`, `{:global, t}`, `{:via, m, t}`."""
    if type(server) is Pid or is_atom(server):
        return system.find(server)
    pid = whereis(server)
    return pid.process if type(pid) is Pid else None


def whereis(server: Any) -> Any:
    """Return the pid of a server reference, `{name, node}` for another node's, or None."""
    if type(server) is Pid:
        return server
    if type(server) is tuple:
        if len(server) == 3 and server[0] is VIA:
            found = export(server[1], "whereis_name", 1).fn(server[2])
            return found if type(found) is Pid else None
        if len(server) == 2 and server[0] is GLOBAL:
            found = export(GLOBAL, "whereis_name", 1).fn(server[1])
            return found if type(found) is Pid else None
        if len(server) == 2 and is_atom(server[0]):
            return system.whereis(server[0]) if server[1] is this_node.name else server
    if is_atom(server):
        return system.whereis(server)
    raise _not_a_server(server)


def why_absent(server: Any) -> Any:
    """Return the reason why a server reference that names nobody cannot be called: `:noproc`, or `{:nodedown, node}`."""
    if type(server) is tuple and len(server) == 2 and is_atom(server[0]) and server[0] is not GLOBAL:
        return atom("noproc") if server[1] is this_node.name else (atom("nodedown"), server[1])
    return atom("noproc")


def _not_a_server(server: Any) -> ElixirError:
    return erlang_error("function_clause", alias("GenServer"), "whereis", (server,))


def deliver(process: Process, message: Any) -> None:
    """Put a message into a mailbox and wake the process."""
    process.mailbox.append(message)
    if process.waiting:
        process.waiting = False
        scheduler.schedule(process)


def call(process: Process, label: Any, request: Any, timeout: Any) -> Any:
    """Send `{label, from, request}` and wait for the answer.

    Raises Exit with the bare reason: `:timeout`, `:noproc`, or what the other process ended of.
    """
    me = scheduler.current
    if me is None:
        return _call_from_outside(process, label, request, timeout)
    if process is me:
        raise Exit(atom("calling_self"))
    if me.greenlet is None:
        raise NoStack
    tag: Any = Reference()
    if timeout is not INFINITY:
        tag = Cons(ALIAS, tag)
    me.awaiting = tag
    me.answer = NOTHING
    me.callee = process
    me.timeout = timeout
    process.mailbox.append((label, (me.pid, tag), request))
    try:
        if process.waiting:
            if process.greenlet is None:
                scheduler.hand_over(process)
            else:
                scheduler.wake(process)
        if me.answer is NOTHING:
            if me.call_timer is None:
                _detached(me)
            while me.answer is NOTHING:
                scheduler.block()
    finally:
        me.awaiting = me.callee = None
        if me.call_timer is not None:
            me.call_timer.cancelled = True
            me.call_timer = None
            process.watchers.pop(id(tag), None)
    answer = me.answer
    me.answer = None
    if type(answer) is Down:
        raise Exit(answer.reason)
    return answer


def _detached(me: Process) -> None:
    """Give a call that has to wait its timer, and make it hear of the callee's end."""
    if me.awaiting is None or me.callee is None or me.call_timer is not None:
        return
    me.call_timer = _deadline(me, me.timeout) if me.timeout is not INFINITY else Timer(0.0, _nothing)
    if me.callee.pid.process is None:
        tell_caller(me, me.awaiting, system.exit_reason(me.callee.pid))
    else:
        me.callee.watchers[id(me.awaiting)] = (me, me.awaiting)


def _nothing() -> None:
    """What a call without a time limit has for a timer."""


scheduler.detached = _detached


class Down:
    """In place of an answer: the process that was called has ended, or time is over."""

    __slots__ = ("reason",)

    def __init__(self, reason: Any) -> None:
        self.reason = reason


def _deadline(me: Any, timeout: Any) -> Any:
    tag = me.awaiting

    def over() -> None:
        if me.awaiting is tag and me.answer is NOTHING:
            me.answer = Down(TIMEOUT)
            if type(me) is Process:
                scheduler.wake(me)

    return scheduler.at(timeout / 1000, over)


def _call_from_outside(process: Process, label: Any, request: Any, timeout: Any) -> Any:
    me = Outsider()
    tag = Cons(ALIAS, Reference())
    me.awaiting = tag
    timer = _deadline(me, timeout) if timeout is not INFINITY else None
    _outsiders[tag.tail] = me
    process.watchers[id(tag)] = (me, tag)
    deliver(process, (label, (OUTSIDE, tag), request))
    try:
        scheduler.run(until=lambda: me.answer is not NOTHING)
    finally:
        _outsiders.pop(tag.tail, None)
        process.watchers.pop(id(tag), None)
        if timer is not None:
            timer.cancelled = True
    if me.answer is NOTHING:
        raise Exit(atom("noproc"))
    if type(me.answer) is Down:
        raise Exit(me.answer.reason)
    return me.answer


OUTSIDE: Final = Pid(0)
"""Who calls from outside of any process."""

_outsiders: Final[dict[Reference, Outsider]] = {}


def reply(client: Any, value: Any) -> None:
    """Answer a call; `client` is the `from` that the callback got. A late answer is dropped, a second one a message."""
    pid, tag = client
    if pid is OUTSIDE:
        outsider = _outsiders.get(tag.tail)
        if outsider is not None:
            outsider.answer = value
            scheduler.heed()
        return
    process = pid.process
    if process is None:
        return
    if type(tag) is Cons and tag.head is ALIAS:
        awaiting = process.awaiting
        if awaiting is tag or (type(awaiting) is Cons and awaiting.tail == tag.tail):
            _answer(process, tag, value)
        else:
            owner = addressee(tag.tail)
            if owner is not None:
                deliver(owner, (tag, value))
        return
    if process.awaiting == tag:
        _answer(process, tag, value)
        return
    deliver(process, (tag, value))


def _answer(process: Process, tag: Any, value: Any) -> None:
    """Give a process the answer that it waits for; a second one, before it could look, is a message like any other."""
    if process.answer is not NOTHING:
        deliver(process, (tag, value))
    else:
        process.answer = value
        if process.waiting:
            process.waiting = False
            scheduler.schedule(process)


def tell_caller(watcher: Any, tag: Any, reason: Any) -> None:
    """Tell who waits for an answer that the process it called has ended."""
    if watcher.awaiting is tag and watcher.answer is NOTHING:
        watcher.answer = Down(reason)
        if type(watcher) is Process:
            scheduler.wake(watcher)


system.callers_told = tell_caller


# ---- starting


def start(
    run: Callable[[Process], Any],
    *,
    link: bool,
    name: Any,
    timeout: Any = INFINITY,
    initial_call: Any,
) -> Any:
    """Start a process whose `run(process)` initialises it, and wait until it has said how that went.

    `run` answers `(value, body)`: what `start` returns (`{:ok, pid}`, `:ignore`, `{:error, reason}`), and the body to go on
    with, or an exit reason (`Ending`) to end with. The name is registered before `run` is called.
    """
    taken = _taken(name)
    if taken is not None:
        return ERROR, (ALREADY_STARTED, taken)
    parent = scheduler.current
    starting = _Starting(run, name, parent)
    pid = system.spawn(starting.body, (), link=link and parent is not None, initial_call=initial_call)
    if parent is not None:
        pid.process.ancestors = parent.family()
    return _await_start(starting.starter, starting.tag, pid, timeout)


class _Starting:
    """A start under way: what the new process runs first, and how it answers who started it."""

    __slots__ = ("name", "parent", "run", "starter", "tag")

    def __init__(self, run: Callable[[Process], Any], name: Any, parent: Process | None) -> None:
        self.run = run
        self.name = name
        self.parent = parent
        self.starter: Any = parent if parent is not None else Outsider()
        self.tag = Cons(ALIAS, Reference())
        self.starter.awaiting, self.starter.answer = self.tag, NOTHING

    def body(self) -> Any:
        """Register the name, initialise, answer, and go on with what `run` gave."""
        me = system.current()
        owner = register_name(self.name, me.pid)
        if owner is not None:
            self._answer((ERROR, (ALREADY_STARTED, owner)))
            if self.parent is not None:
                me.links.pop(self.parent.pid, None)
            return None
        try:
            value, rest = self.run(me)
        except BaseException as error:
            from pyex.runtime.ending import reason_of

            unregister_name(self.name, me.pid)
            self._answer((ERROR, reason_of(error)), failed=True)
            raise
        if type(rest) is Ending:
            unregister_name(self.name, me.pid)
            sasl.crashed(me, rest.reason, behind.ended_at_start(rest.reason))
            self._answer(value, failed=True)
            if rest.reason is processes.NORMAL:
                return None
            raise Exit(rest.reason)
        me.body, me.args = rest, ()
        self._answer(value)
        outcome = rest()
        me.rest()
        return outcome

    def _answer(self, value: Any, failed: bool = False) -> None:
        starter, parent = self.starter, self.parent
        if starter.awaiting is not self.tag or starter.answer is not NOTHING:
            return
        if failed and parent is not None and parent.trap_exit:
            parent.links.pop(system.current().pid, None)
            system.current().links.pop(parent.pid, None)
        starter.answer = value
        if parent is not None:
            scheduler.wake(parent)
        else:
            scheduler.heed()


class Ending:
    """What `run` answers as its body when the process is to end at once."""

    __slots__ = ("reason",)

    def __init__(self, reason: Any) -> None:
        self.reason = reason


def _await_start(starter: Any, tag: Any, pid: Pid, timeout: Any) -> Any:
    timer = _deadline(starter, timeout) if timeout is not INFINITY else None
    process = pid.process
    process.watchers[id(tag)] = (starter, tag)
    try:
        if type(starter) is Process:
            while starter.answer is NOTHING:
                scheduler.block()
        else:
            scheduler.run(until=lambda: starter.answer is not NOTHING)
    finally:
        process.watchers.pop(id(tag), None)
        starter.awaiting = None
        if timer is not None:
            timer.cancelled = True
    answer, starter.answer = starter.answer, None
    if type(answer) is Down:
        if answer.reason is TIMEOUT:
            system.unlink(pid) if type(starter) is Process else None
            system.exit_signal(pid, KILL)
        return ERROR, answer.reason
    return answer


def _taken(name: Any) -> Any:
    check_name(name)
    return None if name is None else whereis(name)


def check_name(name: Any) -> None:
    """Raise ArgumentError for a name that no server can have."""
    if not (is_atom(name) or _names_elsewhere(name)):
        raise argument_error(
            "expected :name option to be one of the following:\n\n  * nil\n  * atom\n  * {:global, term}\n"
            f"  * {{:via, module, term}}\n\nGot: {inspect(name)}\n"
        )


def _names_elsewhere(name: Any) -> bool:
    """Tell whether a term is `{:global, term}` or `{:via, module, term}`."""
    if type(name) is not tuple or not name:
        return False
    return (name[0] is GLOBAL and len(name) == 2) or (name[0] is VIA and len(name) == 3 and is_atom(name[1]))


def register_name(name: Any, pid: Pid) -> Any:
    """Register a process under a name of any kind; returns the pid that has it already, or None."""
    if name is None:
        return None
    if type(name) is Atom:
        owner = system.whereis(name)
        if owner is not None:
            return owner
        system.register(pid, name)
        return None
    module, term = (GLOBAL, name[1]) if name[0] is GLOBAL else (name[1], name[2])
    if export(module, "register_name", 2).fn(term, pid) is not atom("yes"):
        return whereis(name)
    return None


def unregister_name(name: Any, pid: Pid) -> None:
    """Take a name back from a process whose start failed."""
    if type(name) is Atom:
        if system.whereis(name) == pid:
            system.unregister(name)
    elif name is not None:
        module, term = (GLOBAL, name[1]) if name[0] is GLOBAL else (name[1], name[2])
        export(module, "unregister_name", 1).fn(term)


def become(process: Process, loop: Callable[[], Any]) -> NoReturn:
    """Make the running process a server: what it was doing before never goes on, and ends with the loop."""
    try:
        outcome = loop()
        while outcome is processes.IDLE:
            system.wait_for_message()
            outcome = process.body()
    except Exit as ended:
        raise Killed(ended.reason) from ended
    raise Killed(processes.NORMAL)
