"""Supervisors of each kind, as Python programs use them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyex.code.native import call as elixir
from pyex.otp import gen_server
from pyex.otp.python_arguments import child, child_id, counts, done, limit, options, reason_of, result
from pyex.otp.python_server import named
from pyex.terms.atoms import alias, atom
from pyex.terms.conversion import to_python, to_term
from pyex.terms.lists import from_pylist

Children = list[tuple[Any, Any, Any, Any]]


class _Supervising:
    """What all supervisors have."""

    _module = "Supervisor"

    @classmethod
    def which_children(cls, supervisor: Any) -> Children:
        """Return the children as `(id, pid, type, modules)`."""
        found: Children = to_python(elixir(cls._module, "which_children", named(supervisor)))
        return found

    @classmethod
    def count_children(cls, supervisor: Any) -> dict[str, int]:
        """Return how many children there are: `active`, `specs`, `supervisors` and `workers`."""
        return counts(elixir(cls._module, "count_children", named(supervisor)))

    @staticmethod
    def stop(supervisor: Any, reason: Any = "normal", timeout: int | None = None) -> None:
        """End a supervisor and its children, the last one first."""
        gen_server.stop(named(supervisor), reason_of(reason), limit(timeout))


class Supervisor(_Supervising):
    """A process that starts others, its children, and starts them again when they end."""

    @staticmethod
    def start_link(
        children: Iterable[Any],
        *,
        strategy: str = "one_for_one",
        max_restarts: int = 3,
        max_seconds: int = 5,
        auto_shutdown: str = "never",
        name: Any = None,
    ) -> Any:
        """Start the children in order and return the supervisor's pid. Raises Exit when one does not start."""
        given = options(
            strategy=atom(strategy), max_restarts=max_restarts, max_seconds=max_seconds, auto_shutdown=atom(auto_shutdown), name=name
        )
        return result(elixir("Supervisor", "start_link", from_pylist([child(one) for one in children]), given))

    @staticmethod
    def start_child(supervisor: Any, spec: Any) -> Any:
        """Add a child and return its pid. Raises Exit when it does not start, or one with its id is there."""
        return result(elixir("Supervisor", "start_child", named(supervisor), child(spec)))

    @staticmethod
    def terminate_child(supervisor: Any, given_id: Any) -> None:
        """End a child, by its id or class; it stays known, and can be started again. Raises Exit when there is none."""
        done(elixir("Supervisor", "terminate_child", named(supervisor), child_id(given_id)))

    @staticmethod
    def restart_child(supervisor: Any, given_id: Any) -> Any:
        """Start a child again that was ended; returns its pid. Raises Exit when it runs, or there is none."""
        return result(elixir("Supervisor", "restart_child", named(supervisor), child_id(given_id)))

    @staticmethod
    def delete_child(supervisor: Any, given_id: Any) -> None:
        """Forget a child that was ended. Raises Exit when it runs, or there is none."""
        done(elixir("Supervisor", "delete_child", named(supervisor), child_id(given_id)))


class DynamicSupervisor(_Supervising):
    """A supervisor that begins without children; they are started when they are asked for."""

    _module = "DynamicSupervisor"

    @staticmethod
    def start_link(
        *,
        name: Any = None,
        max_children: int | None = None,
        max_restarts: int = 3,
        max_seconds: int = 5,
        extra_arguments: Iterable[Any] = (),
    ) -> Any:
        """Start a supervisor and return its pid; each child's start is given the extra arguments first."""
        extra = from_pylist([to_term(one) for one in extra_arguments])
        limits = options(max_children=max_children, max_restarts=max_restarts, max_seconds=max_seconds)
        given = options(strategy=atom("one_for_one"), extra_arguments=extra, name=name)
        return result(elixir("DynamicSupervisor", "start_link", from_pylist([*given, *limits])))

    @staticmethod
    def start_child(supervisor: Any, spec: Any) -> Any:
        """Start a child and return its pid. Raises Exit when it does not start, or there are too many."""
        return result(elixir("DynamicSupervisor", "start_child", named(supervisor), child(spec)))

    @staticmethod
    def terminate_child(supervisor: Any, pid: Any) -> None:
        """End a child. Raises Exit when it is none."""
        done(elixir("DynamicSupervisor", "terminate_child", named(supervisor), pid))


class PartitionSupervisor(_Supervising):
    """A supervisor of several processes of one kind, among which keys are shared out."""

    _module = "PartitionSupervisor"

    @staticmethod
    def start_link(spec: Any, *, name: Any, partitions: int | None = None, max_restarts: int = 3, max_seconds: int = 5) -> Any:
        """Start the partitions, one for each core unless a number is given; returns the supervisor's pid."""
        limits = options(name=name, partitions=partitions, max_restarts=max_restarts, max_seconds=max_seconds)
        given = options(child_spec=child(spec))
        return result(elixir("PartitionSupervisor", "start_link", from_pylist([*given, *limits])))

    @staticmethod
    def via(supervisor: Any, key: Any) -> Any:
        """Return the name under which the partition of a key is called."""
        return atom("via"), alias("PartitionSupervisor"), (named(supervisor), to_term(key))

    @staticmethod
    def partitions(supervisor: Any) -> int:
        """Return how many partitions there are."""
        found: int = elixir("PartitionSupervisor", "partitions", named(supervisor))
        return found
