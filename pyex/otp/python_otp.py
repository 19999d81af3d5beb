"""Supervisors, agents, tasks, registries, applications and state machines, as Python programs use them.

One implementation serves Elixir and Python: these classes are the same behaviours, with Python's arguments and containers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final

from pyex.code.finder import module_atom
from pyex.code.native import call as elixir
from pyex.otp import gen_server
from pyex.otp.applications import in_process
from pyex.otp.python_server import named, start_options, with_missing_clause
from pyex.runtime import system
from pyex.runtime.system import INFINITY, TIMEOUT
from pyex.terms.atoms import alias, atom
from pyex.terms.conversion import to_python, to_term
from pyex.terms.errors import Exit
from pyex.terms.functions import export
from pyex.terms.lists import from_pylist

OK: Final = atom("ok")
CHILD: Final = atom("via")


def run(fun: Callable[[], Any]) -> Any:
    """Call a function inside a process, where it may receive, link and await; returns its result.

    Raises Exit when the process ended before.
    """
    return in_process(fun)


def sleep(milliseconds: float) -> None:
    """Let the other processes run for some time; inside a process and outside of any."""
    if system.scheduler.current is None:
        system.run_for(milliseconds / 1000)
    else:
        system.pause(milliseconds / 1000)


def receive(take: Callable[[Any], Any], *, timeout: int | None = None, after: Callable[[], Any] | None = None) -> Any:
    """Return what `take` makes of the first message that it takes; one for which it returns None stays in the mailbox.

    After `timeout` milliseconds without such a message, the result of `after()`; only inside a process.
    """
    cursor = system.begin_receive()
    while True:
        message = cursor.next(INFINITY if timeout is None else timeout)
        if message is TIMEOUT:
            return None if after is None else after()
        taken = take(message)
        if taken is not None:
            cursor.accept()
            return taken


def _pairs(**options: Any) -> Any:
    return from_pylist([(atom(key), value) for key, value in options.items() if value is not None])


def _started(result: Any) -> Any:
    """Return the pid of `{:ok, pid}`. Raises Exit with the reason of a start that failed."""
    if type(result) is tuple and result[0] is OK:
        return result[1]
    raise Exit(result[1] if type(result) is tuple else result)


def _child(given: Any) -> Any:
    """Return a child as Elixir wants it: a class or module, `(class, argument)`, or a specification as a dict."""
    if type(given) is dict:
        pairs = {atom(key) if type(key) is str else key: value for key, value in given.items()}
        for key in ("id", "restart", "shutdown", "type"):
            value = pairs.get(atom(key))
            if type(value) is str or isinstance(value, type):
                pairs[atom(key)] = atom(value) if type(value) is str else module_atom(value)
        start = pairs.get(atom("start"))
        if type(start) is tuple:
            name = atom(start[1]) if type(start[1]) is str else start[1]
            pairs[atom("start")] = (module_atom(start[0]), name, to_term(start[2]))
        return to_term(pairs)
    if type(given) is tuple:
        return module_atom(given[0]), to_term(given[1])
    return module_atom(given)


class Supervisor:
    """A process that starts others, its children, and starts them again when they end."""

    @staticmethod
    def start_link(
        children: Iterable[Any],
        *,
        strategy: str = "one_for_one",
        max_restarts: int = 3,
        max_seconds: int = 5,
        name: Any = None,
    ) -> Any:
        """Start the children in order and return the supervisor's pid. Raises Exit when one does not start."""
        process_name = None if name is None else named(name)
        options = _pairs(strategy=atom(strategy), max_restarts=max_restarts, max_seconds=max_seconds, name=process_name)
        return _started(elixir("Supervisor", "start_link", from_pylist([_child(one) for one in children]), options))

    @staticmethod
    def start_child(supervisor: Any, child: Any) -> Any:
        """Add a child and return its pid."""
        return _started(elixir("Supervisor", "start_child", named(supervisor), _child(child)))

    @staticmethod
    def which_children(supervisor: Any) -> list[tuple[Any, Any, Any, Any]]:
        """Return the children as `(id, pid, type, modules)`."""
        found: list[tuple[Any, Any, Any, Any]] = to_python(elixir("Supervisor", "which_children", named(supervisor)))
        return found

    @staticmethod
    def stop(supervisor: Any) -> None:
        """End a supervisor and its children, the last one first."""
        gen_server.stop(named(supervisor))


class Agent:
    """A process that keeps a state, any Python value; functions that are sent to it read and change it."""

    @staticmethod
    def start_link(fun: Callable[[], Any], *, name: Any = None) -> Any:
        """Start an agent whose state is what `fun` returns; returns its pid."""
        return _started(elixir("Agent", "start_link", fun, start_options(name, None)))

    @staticmethod
    def get(agent: Any, fun: Callable[[Any], Any]) -> Any:
        """Return what a function makes of the state."""
        return elixir("Agent", "get", named(agent), fun)

    @staticmethod
    def update(agent: Any, fun: Callable[[Any], Any]) -> None:
        """Replace the state by what a function makes of it."""
        elixir("Agent", "update", named(agent), fun)

    @staticmethod
    def get_and_update(agent: Any, fun: Callable[[Any], tuple[Any, Any]]) -> Any:
        """Call a function that returns a result and the new state; returns the result."""
        return elixir("Agent", "get_and_update", named(agent), fun)

    @staticmethod
    def stop(agent: Any) -> None:
        """End an agent."""
        elixir("Agent", "stop", named(agent))


class Task:
    """A function in a process of its own, and its result."""

    @staticmethod
    def start(fun: Callable[[], Any]) -> Any:
        """Start a task inside a process; the caller is linked to it and is to wait for it."""
        return elixir("Task", "async", fun)

    @staticmethod
    def wait(task: Any, timeout: int | None = 5000) -> Any:
        """Return the result of a task. Raises Exit when it failed, or did not end in time."""
        return elixir("Task", "await", task, INFINITY if timeout is None else timeout)


class Registry:
    """Processes by keys of any kind: `call(Registry.via("rooms", 7), …)` reaches who registered 7."""

    @staticmethod
    def start_link(name: Any, *, keys: str = "unique") -> Any:
        """Start a registry with unique or duplicate keys; returns its pid."""
        return _started(elixir("Registry", "start_link", _pairs(keys=atom(keys), name=named(name))))

    @staticmethod
    def via(registry: Any, key: Any) -> Any:
        """Return the name under which a server is started with a key, and called."""
        return CHILD, alias("Registry"), (named(registry), to_term(key))

    @staticmethod
    def register(registry: Any, key: Any, value: Any = None) -> bool:
        """Register the running process; False when a unique key is taken."""
        result = elixir("Registry", "register", named(registry), to_term(key), to_term(value))
        return bool(result[0] is OK)

    @staticmethod
    def lookup(registry: Any, key: Any) -> list[tuple[Any, Any]]:
        """Return the processes of a key, each with the value that it registered."""
        found: list[tuple[Any, Any]] = to_python(elixir("Registry", "lookup", named(registry), to_term(key)))
        return found


class Application:
    """Settings, and programs that start and stop as one."""

    @staticmethod
    def get_env(app: str, key: str, default: Any = None) -> Any:
        """Return a setting of an application."""
        return to_python(elixir("Application", "get_env", atom(app), atom(key), default))

    @staticmethod
    def put_env(app: str, key: str, value: Any) -> None:
        """Change a setting."""
        elixir("Application", "put_env", atom(app), atom(key), to_term(value))

    @staticmethod
    def ensure_all_started(app: str) -> list[Any]:
        """Start an application and all that it needs; returns what was started. Raises Exit when one fails."""
        started: list[Any] = to_python(_started(elixir("Application", "ensure_all_started", atom(app))))
        return started


class GenStateMachine:
    """Base of state machines written in Python: define `init` and `handle_event`.

    `handle_event(kind, content, state, data)` gets `(a.call, sender)`, `a.cast`, `a.info` or a timeout as its kind, and returns
    what `:gen_statem` knows: `(a.next_state, state, data, actions)`, `(a.keep_state, data)`, `a.keep_state_and_data`, …
    """

    state_enter: ClassVar[bool] = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        method = cls.__dict__.get("handle_event")
        if method is not None:
            setattr(cls, "handle_event", with_missing_clause(cls, "handle_event", method))  # noqa: B010  # a method is no attribute to assign to

    def callback_mode(self) -> Any:
        """Return how callbacks are called: one method for all states, entering them where the class says so."""
        mode = atom("handle_event_function")
        return [mode, atom("state_enter")] if self.state_enter else mode

    def init(self, argument: Any) -> Any:
        """Return `(a.ok, state, data)`."""
        raise NotImplementedError(f"{type(self).__qualname__}.init")

    def _module(self) -> Any:
        return module_atom(type(self))

    @classmethod
    def start_link(cls, argument: Any = None, *, name: Any = None) -> Any:
        """Start a machine of this class, linked to the running process; returns `(ok, pid)` or `(error, reason)`."""
        given = module_atom(cls), to_term(argument), from_pylist([])
        if name is None:
            return export(atom("gen_statem"), "start_link", 3).fn(*given)
        found = named(name)
        return export(atom("gen_statem"), "start_link", 4).fn(found if type(found) is tuple else (atom("local"), found), *given)
