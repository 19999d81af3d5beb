"""Tasks and their supervisors, as Python programs use them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pyex.code.native import call as elixir
from pyex.otp.python_arguments import child_id, done, limit, options, result
from pyex.otp.python_server import named
from pyex.terms.atoms import atom
from pyex.terms.conversion import to_python
from pyex.terms.lists import from_pylist, to_pylist
from pyex.terms.pids import Pid

Outcome = tuple[Any, Any] | None
"""`(ok, value)`, `(exit, reason)`, or None where a task has not ended yet."""


def _streamed(stream: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = to_pylist(elixir("Enum", "to_list", stream))
    return found


def _stream_options(
    max_concurrency: int | None, ordered: bool, timeout: int | None, kill_on_timeout: bool
) -> Any:
    on_timeout = atom("kill_task") if kill_on_timeout else None
    return options(max_concurrency=max_concurrency, ordered=ordered, timeout=limit(timeout), on_timeout=on_timeout)


class Task:
    """A function in a process of its own, and its result."""

    @staticmethod
    def start(fun: Callable[[], Any]) -> Any:
        """Start a task inside a process; the caller is linked to it and is to wait for it."""
        return elixir("Task", "async", fun)

    @staticmethod
    def completed(value: Any) -> Any:
        """Return a task that has ended already, with that result."""
        return elixir("Task", "completed", value)

    @staticmethod
    def wait(task: Any, timeout: int | None = 5000) -> Any:
        """Return the result of a task. Raises Exit when it failed, or did not end in time."""
        return elixir("Task", "await", task, limit(timeout))

    @staticmethod
    def wait_many(tasks: Iterable[Any], timeout: int | None = 5000) -> list[Any]:
        """Return the results of several tasks in their order. Raises Exit when one failed, or did not end in time."""
        return to_pylist(elixir("Task", "await_many", from_pylist(list(tasks)), limit(timeout)))

    @staticmethod
    def poll(task: Any, timeout: int | None = 0) -> Outcome:
        """Wait for a task for some time, as `Task.yield` does: `(ok, value)`, `(exit, reason)`, or None; one may ask again."""
        found: Outcome = elixir("Task", "yield", task, limit(timeout))
        return found

    @staticmethod
    def poll_many(tasks: Iterable[Any], timeout: int | None = 5000) -> list[tuple[Any, Outcome]]:
        """Wait for several tasks for some time; returns each with what `poll` tells of it."""
        return to_pylist(elixir("Task", "yield_many", from_pylist(list(tasks)), limit(timeout)))

    @staticmethod
    def shutdown(task: Any, timeout: int | None = 5000, *, brutal_kill: bool = False) -> Outcome:
        """End a task, at once if it is to be killed; returns its result if it had ended before."""
        found: Outcome = elixir("Task", "shutdown", task, atom("brutal_kill") if brutal_kill else limit(timeout))
        return found

    @staticmethod
    def ignore(task: Any) -> Outcome:
        """Let a task run and no longer wait for it; returns its result if it had ended before."""
        found: Outcome = elixir("Task", "ignore", task)
        return found

    @staticmethod
    def async_stream(
        items: Iterable[Any],
        fun: Callable[[Any], Any],
        *,
        max_concurrency: int | None = None,
        ordered: bool = True,
        timeout: int | None = 5000,
        kill_on_timeout: bool = False,
    ) -> list[tuple[Any, Any]]:
        """Call a function with each item in a task of its own, so many at a time; returns `(ok, value)` of each, or `(exit, reason)`."""
        given = _stream_options(max_concurrency, ordered, timeout, kill_on_timeout)
        return _streamed(elixir("Task", "async_stream", from_pylist(list(items)), fun, given))


class TaskSupervisor:
    """A supervisor whose children are tasks."""

    @staticmethod
    def start_link(*, name: Any = None, max_children: int | None = None) -> Any:
        """Start a supervisor and return its pid."""
        return result(elixir("Task.Supervisor", "start_link", options(name=name, max_children=max_children)))

    @staticmethod
    def start(supervisor: Any, fun: Callable[[], Any]) -> Any:
        """Start a task to wait for; the caller is linked to it."""
        return elixir("Task.Supervisor", "async", named(supervisor), fun)

    @staticmethod
    def start_nolink(supervisor: Any, fun: Callable[[], Any]) -> Any:
        """Start a task to wait for, whose failure is none of the caller's."""
        return elixir("Task.Supervisor", "async_nolink", named(supervisor), fun)

    @staticmethod
    def start_child(supervisor: Any, fun: Callable[[], Any], *, restart: str = "temporary") -> Any:
        """Start a task that nobody waits for; returns its pid."""
        return result(elixir("Task.Supervisor", "start_child", named(supervisor), fun, options(restart=atom(restart))))

    @staticmethod
    def async_stream(
        supervisor: Any,
        items: Iterable[Any],
        fun: Callable[[Any], Any],
        *,
        link: bool = True,
        max_concurrency: int | None = None,
        ordered: bool = True,
        timeout: int | None = 5000,
        kill_on_timeout: bool = False,
    ) -> list[tuple[Any, Any]]:
        """Do as `Task.async_stream`, with tasks of this supervisor, whose failures are `(exit, reason)` where there is no link."""
        name = "async_stream" if link else "async_stream_nolink"
        given = _stream_options(max_concurrency, ordered, timeout, kill_on_timeout)
        return _streamed(elixir("Task.Supervisor", name, named(supervisor), from_pylist(list(items)), fun, given))

    @staticmethod
    def children(supervisor: Any) -> list[Pid]:
        """Return the tasks that run."""
        found: list[Pid] = to_python(elixir("Task.Supervisor", "children", named(supervisor)))
        return found

    @staticmethod
    def terminate_child(supervisor: Any, pid: Any) -> None:
        """End a task. Raises Exit when it is none of this supervisor."""
        done(elixir("Task.Supervisor", "terminate_child", named(supervisor), child_id(pid)))
