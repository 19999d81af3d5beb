"""Agents, registries, applications and state machines, as Python programs use them; python_supervisors.py, python_tasks.py: the others.

One implementation serves Elixir and Python: these classes are the same behaviours, with Python's arguments and containers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from pyex.code.finder import module_atom
from pyex.code.native import call as elixir
from pyex.otp import gen_server
from pyex.otp.applications import in_process
from pyex.otp.python_arguments import OK, done, limit, options, reason_of, result
from pyex.otp.python_server import named, with_missing_clause
from pyex.runtime import system
from pyex.runtime.system import INFINITY, TIMEOUT
from pyex.terms.atoms import alias, atom
from pyex.terms.conversion import to_python, to_term
from pyex.terms.functions import export
from pyex.terms.lists import from_pylist

VIA: Final = atom("via")


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


class Agent:
    """A process that keeps a state, any Python value; functions that are sent to it read and change it."""

    @staticmethod
    def start_link(fun: Callable[[], Any], *, name: Any = None) -> Any:
        """Start an agent whose state is what `fun` returns; returns its pid."""
        return result(elixir("Agent", "start_link", fun, options(name=name)))

    @staticmethod
    def start(fun: Callable[[], Any], *, name: Any = None) -> Any:
        """Start an agent without a link; returns its pid."""
        return result(elixir("Agent", "start", fun, options(name=name)))

    @staticmethod
    def get(agent: Any, fun: Callable[[Any], Any], timeout: int | None = 5000) -> Any:
        """Return what a function makes of the state."""
        return elixir("Agent", "get", named(agent), fun, limit(timeout))

    @staticmethod
    def update(agent: Any, fun: Callable[[Any], Any], timeout: int | None = 5000) -> None:
        """Replace the state by what a function makes of it."""
        elixir("Agent", "update", named(agent), fun, limit(timeout))

    @staticmethod
    def get_and_update(agent: Any, fun: Callable[[Any], tuple[Any, Any]], timeout: int | None = 5000) -> Any:
        """Call a function that returns a result and the new state; returns the result."""
        return elixir("Agent", "get_and_update", named(agent), fun, limit(timeout))

    @staticmethod
    def cast(agent: Any, fun: Callable[[Any], Any]) -> None:
        """Have the state replaced by what a function makes of it, and do not wait for that."""
        elixir("Agent", "cast", named(agent), fun)

    @staticmethod
    def stop(agent: Any, reason: Any = "normal", timeout: int | None = None) -> None:
        """End an agent."""
        elixir("Agent", "stop", named(agent), reason_of(reason), limit(timeout))


Entries = list[tuple[Any, Any]]


class Registry:
    """Processes by keys of any kind: `call(Registry.via("rooms", 7), …)` reaches who registered 7."""

    @staticmethod
    def start_link(name: Any, *, keys: str = "unique", partitions: int | None = None) -> Any:
        """Start a registry with unique or duplicate keys; returns its pid."""
        return result(elixir("Registry", "start_link", options(keys=atom(keys), name=name, partitions=partitions)))

    @staticmethod
    def via(registry: Any, key: Any) -> Any:
        """Return the name under which a server is started with a key, and called."""
        return VIA, alias("Registry"), (named(registry), to_term(key))

    @staticmethod
    def register(registry: Any, key: Any, value: Any = None) -> bool:
        """Register the running process; False when a unique key is taken."""
        answer = elixir("Registry", "register", named(registry), to_term(key), to_term(value))
        return bool(answer[0] is OK)

    @staticmethod
    def unregister(registry: Any, key: Any) -> None:
        """Take the running process's entries of a key away."""
        elixir("Registry", "unregister", named(registry), to_term(key))

    @staticmethod
    def lookup(registry: Any, key: Any) -> Entries:
        """Return the processes of a key, each with the value that it registered."""
        found: Entries = to_python(elixir("Registry", "lookup", named(registry), to_term(key)))
        return found

    @staticmethod
    def keys(registry: Any, pid: Any) -> list[Any]:
        """Return the keys that a process has registered."""
        found: list[Any] = to_python(elixir("Registry", "keys", named(registry), pid))
        return found

    @staticmethod
    def values(registry: Any, key: Any, pid: Any) -> list[Any]:
        """Return the values that a process has registered under a key."""
        found: list[Any] = to_python(elixir("Registry", "values", named(registry), to_term(key), pid))
        return found

    @staticmethod
    def update_value(registry: Any, key: Any, fun: Callable[[Any], Any]) -> bool:
        """Replace the running process's value of a unique key by what a function makes of it; False when the key is not its own."""
        answer = elixir("Registry", "update_value", named(registry), to_term(key), lambda value: to_term(fun(to_python(value))))
        return type(answer) is tuple

    @staticmethod
    def dispatch(registry: Any, key: Any, fun: Callable[[Entries], Any]) -> None:
        """Call a function with the entries of a key, once for each partition that has some."""
        elixir("Registry", "dispatch", named(registry), to_term(key), lambda entries: fun(to_python(entries)))

    @staticmethod
    def match(registry: Any, key: Any, pattern: Any) -> Entries:
        """Return the entries of a key whose value matches a pattern, in which `a._` is any value."""
        found: Entries = to_python(elixir("Registry", "match", named(registry), to_term(key), to_term(pattern)))
        return found

    @staticmethod
    def select(registry: Any, specification: Any) -> list[Any]:
        """Return what a match specification makes of `(key, pid, value)`: a list of `(head, guards, body)`."""
        found: list[Any] = to_python(elixir("Registry", "select", named(registry), to_term(specification)))
        return found

    @staticmethod
    def count(registry: Any) -> int:
        """Return how many entries there are."""
        found: int = elixir("Registry", "count", named(registry))
        return found

    @staticmethod
    def meta(registry: Any, key: Any, default: Any = None) -> Any:
        """Return what the registry itself keeps under a key, a name."""
        answer = elixir("Registry", "meta", named(registry), to_term(named(key)))
        return to_python(answer[1]) if type(answer) is tuple else default

    @staticmethod
    def put_meta(registry: Any, key: Any, value: Any) -> None:
        """Have the registry itself keep a value under a key, a name."""
        elixir("Registry", "put_meta", named(registry), to_term(named(key)), to_term(value))


class Application:
    """Settings, and programs that start and stop as one."""

    @staticmethod
    def get_env(app: str, key: str, default: Any = None) -> Any:
        """Return a setting of an application."""
        return to_python(elixir("Application", "get_env", atom(app), atom(key), default))

    @staticmethod
    def get_all_env(app: str) -> dict[str, Any]:
        """Return all settings of an application."""
        return {key.name: value for key, value in to_python(elixir("Application", "get_all_env", atom(app)))}

    @staticmethod
    def put_env(app: str, key: str, value: Any) -> None:
        """Change a setting."""
        elixir("Application", "put_env", atom(app), atom(key), to_term(value))

    @staticmethod
    def delete_env(app: str, key: str) -> None:
        """Forget a setting."""
        elixir("Application", "delete_env", atom(app), atom(key))

    @staticmethod
    def ensure_all_started(app: str) -> list[Any]:
        """Start an application and all that it needs; returns what was started. Raises Exit when one fails."""
        started: list[Any] = to_python(result(elixir("Application", "ensure_all_started", atom(app))))
        return started

    @staticmethod
    def stop(app: str) -> None:
        """Stop an application. Raises Exit when it does not run."""
        done(elixir("Application", "stop", atom(app)))

    @staticmethod
    def started_applications() -> list[str]:
        """Return the names of the applications that run."""
        return [name.name for name, *_ in to_python(elixir("Application", "started_applications"))]


class GenStateMachine:
    """Base of state machines written in Python: define `init` and `handle_event`.

    `handle_event(kind, content, state, data)` gets `(a.call, sender)`, `a.cast`, `a.info` or a timeout as its kind, and returns
    what `:gen_statem` knows: `(a.next_state, state, data, actions)`, `(a.keep_state, data)`, `a.keep_state_and_data`, …
    """

    state_enter: ClassVar[bool] = False
    restart: ClassVar[str] = "permanent"

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

    def child_spec(self, argument: Any) -> Any:
        """Return the specification under which a supervisor starts the machine."""
        given = from_pylist([] if self.restart == "permanent" else [(atom("restart"), atom(self.restart))])
        return gen_server.default_child_spec(self._module(), argument, given)

    def _module(self) -> Any:
        return module_atom(type(self))

    @classmethod
    def start_link(cls, argument: Any = None, *, name: Any = None, timeout: int | None = None) -> Any:
        """Start a machine of this class, linked to the running process; returns `(ok, pid)` or `(error, reason)`."""
        return _start_machine(cls, "start_link", argument, name, timeout)

    @classmethod
    def start(cls, argument: Any = None, *, name: Any = None, timeout: int | None = None) -> Any:
        """Start a machine of this class without a link."""
        return _start_machine(cls, "start", argument, name, timeout)


def _start_machine(machine: type, how: str, argument: Any, name: Any, timeout: int | None) -> Any:
    given = module_atom(machine), to_term(argument), options(timeout=timeout)
    if name is None:
        return export(atom("gen_statem"), how, 3).fn(*given)
    found = named(name)
    return export(atom("gen_statem"), how, 4).fn(found if type(found) is tuple else (atom("local"), found), *given)
