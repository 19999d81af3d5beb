"""The processes behind tasks: one function each, its result sent to the owner, its failure reported."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.otp import behind, origins, sasl
from pyex.otp.log import log
from pyex.otp.report_metadata import of_task
from pyex.otp.reports import indented, stop_text
from pyex.runtime import system
from pyex.runtime.aliases import DEMONITOR
from pyex.runtime.system import DOWN, INFINITY, TIMEOUT
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import Exit
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map, struct
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Reference

TASK: Final = alias("Task")
NORMAL: Final = atom("normal")
SHUTDOWN: Final = atom("shutdown")
CALLERS: Final = atom("$callers")
_ANSWERS: Final = (alias("Task.Supervised"), atom("reply"), 3)
_ANSWERS_NOBODY: Final = (alias("Task.Supervised"), atom("noreply"), 4)
_APPLY: Final = (atom("erlang"), atom("apply"), 2)


class Work:
    """What a task is to do: a function, or `{module, function, args}`."""

    __slots__ = ("args", "called", "function", "shown")

    def __init__(self, call: Any, *given: Any) -> None:
        self.called = call
        if type(call) is tuple:
            target, name, args = call
            self.args = [*given, *to_pylist(args)]
            self.function = export(target, name.name, len(self.args))
            self.shown = (self.function, from_pylist(self.args))
        else:
            self.args = list(given)
            self.function = call
            self.shown = (export(atom("erlang"), "apply", 2), elixir_list(call, from_pylist(self.args))) if given else (
                call,
                EMPTY,
            )

    @property
    def origin(self) -> Any:
        """What the task began with, for `origins.of_function`."""
        return (*self.called[:2], len(self.args)) if type(self.called) is tuple else self.called

    def mfa(self) -> tuple[Any, ...]:
        """Return the call as a task's `mfa` field shows it."""
        if hasattr(self.function, "module"):
            return self.function.module, atom(self.function.name), self.function.arity
        return _APPLY


class Link:
    """Who a task answers: the owner and the reference, which is known only after the spawn. Some answer nobody."""

    __slots__ = ("answers", "awaited", "owner", "reference")

    def __init__(self, owner: Pid, *, answers: bool = True) -> None:
        self.owner = owner
        self.answers = answers
        self.awaited = False
        """Whether the task begins only when its owner watches it: one that a supervisor starts could end before that."""
        self.reference: Reference | None = None


def run(work: Work, link: Link, callers: Any) -> None:
    """The body of a task's process. Ends by Exit when the function fails, after reporting it."""
    runtime.put_value(CALLERS, callers)
    if link.awaited and not _is_watched(link):
        return
    try:
        result = work.function(*work.args)
    except Exception as error:
        frames = behind.under(work.called, behind.TASK if link.answers else behind.TASK[:1])
        reason = behind.reason_above(error, frames)
        if not _is_quiet(reason):
            exit_frames = behind.exit_frames(error, frames)
            _report(work, link.owner, reason, exit_frames)
            sasl.crashed(system.current(), reason, exit_frames)
        raise Exit(reason) from None
    if link.reference is not None:
        runtime.send(link.reference, (link.reference, result))


def _is_watched(link: Link) -> bool:
    """Wait until the owner watches the task; tells whether it does, or has ended."""
    watch = runtime.monitor(link.owner)
    while link.reference is None and runtime.is_alive(link.owner):
        runtime.scheduler.block()
    runtime.demonitor(watch, flush=True)
    return link.reference is not None


def _is_quiet(reason: Any) -> bool:
    if reason is NORMAL or reason is SHUTDOWN:
        return True
    return type(reason) is tuple and len(reason) == 2 and reason[0] is SHUTDOWN


def _report(work: Work, owner: Pid, reason: Any, exit_frames: list[Any]) -> None:
    me = system.current()
    shown, args = work.shown
    starter = owner.process.name if owner.process is not None and owner.process.name is not None else owner
    lines = [f"Task {inspect(me.name or me.pid)} started from {inspect(starter)} terminating", stop_text(reason)]
    lines += indented(exit_frames)
    lines += [f"Function: {inspect(shown)}", f"    Args: {inspect(args)}"]
    log("error", "\n".join(lines), of_task(runtime.get_value(CALLERS, EMPTY), reason, exit_frames))


MONITOR: Final = atom("monitor")


def asked(work: Work, link: Link) -> tuple[Any, ...]:
    """Return what Elixir asks a task supervisor for: who asks, and the call unless the task waits for it."""
    process = link.owner.process
    name = process.name if process is not None and process.name is not None else link.owner
    owner = (this_node.name, name, link.owner)
    if link.awaited:
        return owner, MONITOR
    call = work.called if type(work.called) is tuple else (atom("erlang"), atom("apply"), elixir_list(work.called, EMPTY))
    return owner, callers_of_new(), call


def callers_of_new() -> Any:
    """Return the callers of a process that the running one starts: itself, and its own callers."""
    if runtime.scheduler.current is None:
        return EMPTY
    return Cons(runtime.self_pid(), runtime.get_value(CALLERS, EMPTY))


def spawn(work: Work, *, link: bool, owner: Pid | None = None, callers: Any = None) -> Pid:
    """Start a process that does the work and answers nobody; it is started from `owner`, or from the running process."""
    me = runtime.scheduler.current
    starter = owner or (me.pid if me is not None else Pid(0))
    given = callers if callers is not None else callers_of_new()
    return begin(work, Link(starter, answers=owner is not None), given, link=link)


def begin(work: Work, answer: Link, callers: Any, *, link: bool) -> Pid:
    """Start the process of a task."""
    parent = runtime.scheduler.current
    pid: Pid = runtime.spawn(run, (work, answer, callers), link=link, initial_call=origins.of_function(work.origin))
    process = pid.process
    process.entry = _ANSWERS if answer.answers else _ANSWERS_NOBODY
    if parent is not None:
        process.ancestors = parent.family()
    return pid


def start(work: Work, *, link: bool) -> Map:
    """Start a task of the running process, and return its struct."""
    owner = runtime.self_pid()
    answer = Link(owner)
    pid = begin(work, answer, callers_of_new(), link=link)
    return watch(pid, answer, work)


def watch(pid: Pid, answer: Link, work: Work) -> Map:
    """Have a task answer the running process from now on, and return its struct."""
    reference = runtime.monitor(pid, alias=DEMONITOR)
    answer.reference = reference
    if answer.awaited and pid.process is not None:
        runtime.scheduler.wake(pid.process)
    return task(pid, reference, work.mfa())


def task(pid: Any, reference: Reference, mfa: Any) -> Map:
    """Return a `%Task{}` that the running process owns."""
    return struct(TASK, {"mfa": mfa, "owner": runtime.self_pid(), "pid": pid, "ref": reference})


def forget(reference: Reference) -> None:
    """Take no more answers of a task."""
    runtime.demonitor(reference, flush=True)


class Ended:
    """What came of waiting: a result, or the reason that the task ended of."""

    __slots__ = ("failed", "value")

    def __init__(self, value: Any, failed: bool) -> None:
        self.value = value
        self.failed = failed


def wait(references: Any, timeout: Any) -> tuple[Reference, Ended] | None:
    """Wait for the answer or the end of one of some tasks; None when time is over. `references` is a container."""
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(timeout)
        if message is TIMEOUT:
            return None
        if type(message) is not tuple:
            continue
        if len(message) == 2 and type(message[0]) is Reference and message[0] in references:
            cursor.accept()
            forget(message[0])
            return message[0], Ended(message[1], failed=False)
        if len(message) == 5 and message[0] is DOWN and message[1] in references:
            cursor.accept()
            return message[1], Ended(message[4], failed=True)


def seconds_left(end: float | None) -> Any:
    """Return the milliseconds until a time, `:infinity` when there is none."""
    if end is None:
        return INFINITY
    return max(0, round((end - runtime.scheduler.clock.now()) * 1000))


def end_of(timeout: Any) -> float | None:
    """Return when a timeout in milliseconds is over; None for `:infinity`."""
    return None if timeout is INFINITY else runtime.scheduler.clock.now() + timeout / 1000
