"""`async_stream`: a task for each element, so many at a time, the results in the order of the elements."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyex import runtime
from pyex.otp import tasks
from pyex.otp.options import by_name
from pyex.runtime.system import INFINITY, KILL, current
from pyex.stdlib.elixir.enumerable import Lazy, iterate
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import Exit, argument_error
from pyex.terms.lists import elixir_list
from pyex.terms.pids import Pid, Reference

OK: Final = atom("ok")
EXITED: Final = atom("exit")
TIMED_OUT: Final = atom("timeout")
Starter = Callable[[tasks.Work, tasks.Link], Pid]


@dataclass(slots=True)
class Options:
    """What `async_stream` is told."""

    max_concurrency: int
    ordered: bool
    timeout: Any
    kills: bool
    zips_input: bool


@dataclass(slots=True)
class Running:
    """One element on its way."""

    place: int
    element: Any
    pid: Pid
    end: float | None


def read_options(given: Any) -> Options:
    """Read the options of `async_stream`. Raises ArgumentError."""
    options = by_name(given)
    most = options.get("max_concurrency", os.cpu_count() or 1)
    if most is not INFINITY and not (type(most) is int and most > 0):
        raise argument_error(":max_concurrency must be an integer greater than zero")
    timeout = options.get("timeout", 5000)
    if timeout is not INFINITY and not (type(timeout) is int and timeout >= 0):
        raise argument_error(":timeout must be either a positive integer or :infinity")
    on_timeout = options.get("on_timeout", EXITED)
    if on_timeout is not EXITED and on_timeout is not atom("kill_task"):
        raise argument_error(":on_timeout must be either :exit or :kill_task")
    return Options(
        1 << 30 if most is INFINITY else most,
        options.get("ordered", True) is True,
        timeout,
        on_timeout is not EXITED,
        options.get("zip_input_on_exit", False) is True,
    )


def stream(enumerable: Any, work: Callable[[Any], tasks.Work], start: Starter, options: Options) -> Any:
    """Return the stream of `{:ok, result}` and `{:exit, reason}`."""
    return Lazy(lambda: _Walk(iterate(enumerable), work, start, options).results(), "async_stream")


class _Walk:
    """One walk through the stream: which elements are on their way, and which results wait for their turn."""

    def __init__(
        self, elements: Iterator[Any], work: Callable[[Any], tasks.Work], start: Starter, options: Options
    ) -> None:
        self.elements = elements
        self.work = work
        self.start = start
        self.options = options
        self.running: dict[Reference, Running] = {}
        self.done: dict[int, Any] = {}
        self.started = 0
        self.exhausted = False

    def results(self) -> Iterator[Any]:
        """Give the results as they are due."""
        due = 0
        try:
            while True:
                self._fill(due)
                if self.options.ordered:
                    while due in self.done:
                        yield self.done.pop(due)
                        due += 1
                        self._fill(due)
                else:
                    while self.done:
                        yield self.done.pop(next(iter(self.done)))
                        self._fill(due)
                if not self.running and not self.done and self.exhausted:
                    return
                if self.running:
                    self._take_one()
        finally:
            self._end_all()

    def _fill(self, due: int) -> None:
        while not self.exhausted and len(self.running) + len(self.done) < self.options.max_concurrency:
            try:
                element = next(self.elements)
            except StopIteration:
                self.exhausted = True
                return
            work = self.work(element)
            answer = tasks.Link(runtime.self_pid())
            pid = self._started(work, answer)
            tasks.watch(pid, answer, work)
            assert answer.reference is not None  # `watch` has just set it
            end = tasks.end_of(self.options.timeout)
            self.running[answer.reference] = Running(self.started, element, pid, end)
            self.started += 1

    def _started(self, work: tasks.Work, answer: tasks.Link) -> Pid:
        """Start a task. A supervisor that is not there ends the process that walks, as the one that starts the tasks is linked to it."""
        try:
            return self.start(work, answer)
        except Exit as ended:
            if not current().trap_exit:
                runtime.exit_signal(runtime.self_pid(), ended.reason)
            raise self._exit(ended.reason) from None

    def _exit(self, reason: Any) -> Exit:
        return Exit((reason, (alias("Task.Supervised"), atom("stream"), elixir_list(self.options.timeout))))

    def _take_one(self) -> None:
        ends = [running.end for running in self.running.values() if running.end is not None]
        found = tasks.wait(self.running, tasks.seconds_left(min(ends) if ends else None))
        if found is None:
            self._time_over()
            return
        reference, ended = found
        running = self.running.pop(reference)
        runtime.unlink(running.pid)
        runtime.forget_exit(running.pid)
        self.done[running.place] = self._failed(running, ended.value) if ended.failed else (OK, ended.value)

    def _failed(self, running: Running, reason: Any) -> Any:
        return EXITED, (running.element, reason) if self.options.zips_input else reason

    def _time_over(self) -> None:
        now = runtime.scheduler.clock.now()
        late = [ref for ref, running in self.running.items() if running.end is not None and running.end <= now]
        if late and not self.options.kills:
            raise self._exit(TIMED_OUT)
        for reference in late:
            running = self.running.pop(reference)
            self._end(reference, running)
            self.done[running.place] = self._failed(running, TIMED_OUT)

    def _end(self, reference: Reference, running: Running) -> None:
        tasks.forget(reference)
        runtime.unlink(running.pid)
        runtime.exit_signal(running.pid, KILL)

    def _end_all(self) -> None:
        for reference, running in self.running.items():
            self._end(reference, running)
        self.running.clear()
