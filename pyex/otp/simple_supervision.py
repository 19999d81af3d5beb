"""Supervisors whose children are all of one kind, `simple_one_for_one`: started when they are asked for, with arguments of their own."""

from __future__ import annotations

from copy import copy
from typing import Any, ClassVar, Final

from pyex import runtime
from pyex.otp import behind, sasl
from pyex.otp.children import (
    ERROR,
    OK,
    PERMANENT,
    RESTARTING,
    SUPERVISOR,
    SUPERVISORS,
    TEMPORARY,
    UNDEFINED,
    WORKERS,
    Child,
    Invalid,
    end_with,
    is_abnormal,
)
from pyex.otp.supervision import AGAIN, NEVER, NOT_FOUND, STOP, Supervision, read_child
from pyex.terms.atoms import Atom, atom
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid

SIMPLE: Final = atom("simple_one_for_one")


class SimpleSupervision(Supervision):
    """The state of such a supervisor: the specification of all its children, and those that run or are to run again, by their pids."""

    strategies: ClassVar[tuple[Atom, ...]] = (SIMPLE,)

    def __init__(self, callback: Atom | None, given: Any, flags: Map) -> None:
        """Take a supervisor's flags. Raises Invalid."""
        super().__init__(callback, given, flags)
        if self.auto_shutdown is not NEVER:
            pairs = (atom("auto_shutdown"), self.auto_shutdown), (atom("strategy"), self.strategy)
            raise Invalid((atom("bad_combination"), elixir_list(*pairs)))
        self.running: dict[Pid, Child] = {}
        """By their pids, or those that they had before a restart that failed."""

    def begin(self, specs: Any) -> Any:
        """Take the one specification; no child is started yet."""
        given = to_pylist(specs)
        if len(given) != 1:
            return STOP, (atom("bad_start_spec"), specs)
        try:
            self.children = [read_child(given[0], self.auto_shutdown)]
        except Invalid as invalid:
            return STOP, (atom("start_spec"), invalid.reason)
        return OK, self

    @property
    def template(self) -> Child:
        """What every child is a copy of."""
        return self.children[0]

    def dynamics(self) -> Any:
        """Return the children as its state has them: with their arguments, where they are started again."""
        if self.template.restart is TEMPORARY:
            return atom("mapsets"), Map.from_pairs([(pid, EMPTY) for pid in self.running])
        return atom("maps"), Map.from_pairs([(pid, child.start[2]) for pid, child in self.running.items()])

    def which(self) -> Any:
        """Return the children as `which_children` lists them, in the order of their pids."""
        ordered = sorted(self.running.items(), key=lambda item: item[0].number)
        return from_pylist([(UNDEFINED, child.pid, child.type, child.modules) for _, child in ordered])

    def count(self) -> Map:
        """Return what `count_children` answers: there is one specification."""
        counted, children = self.template.type, len(self.running)
        return Map.from_pairs(
            [
                (atom("active"), sum(child.runs for child in self.running.values())),
                (atom("specs"), 1),
                (SUPERVISORS, children if counted is SUPERVISOR else 0),
                (WORKERS, 0 if counted is SUPERVISOR else children),
            ]
        )

    def add(self, spec: Any) -> Any:
        """Start a child with arguments besides those of the specification."""
        module, name, args = self.template.start
        child = copy(self.template)
        child.start = module, name, _joined(to_pylist(args), spec)
        result = child.run(below=behind.CHILD_SIMPLE)
        if result[0] is OK and child.runs:
            self.running[child.pid] = child
        return result

    def terminate(self, name: Any) -> Any:
        """End a child, which is given by its pid; one that has ended is ended."""
        if type(name) is not Pid:
            return ERROR, SIMPLE
        child = self.running.pop(name, None)
        if child is None:
            return (ERROR, NOT_FOUND) if runtime.is_alive(name) else OK
        child.end()
        return OK

    def start_again(self, name: Any) -> Any:
        """Refuse: a child that has ended is forgotten."""
        return ERROR, SIMPLE

    def delete(self, name: Any) -> Any:
        """Refuse, as above."""
        return ERROR, SIMPLE

    def specification(self, name: Any) -> Any:
        """Return the one specification, for its id, a child's pid or that of a process that has ended."""
        known = name in self.running or not runtime.is_alive(name) if type(name) is Pid else name == self.template.id
        return (OK, self.template.specification()) if known else (ERROR, NOT_FOUND)

    def end(self) -> None:
        """End all children with their supervisor."""
        end_with(list(self.running.values()))

    # ---- a child has ended

    def of_pid(self, pid: Any) -> Child | None:
        """Return the child that has a process."""
        return self.running.get(pid)

    def ended(self, child: Child, reason: Any) -> bool:
        """Do what is to be done when a child has ended; tells whether the supervisor has to stop."""
        pid = child.pid
        fails = is_abnormal(reason)
        if child.restart is PERMANENT or fails:
            sasl.terminated(child, pid, reason)
        if child.restart is PERMANENT or (child.restart is not TEMPORARY and fails):
            stops = self._start_in_place(pid, child)
            if stops:
                sasl.gave_up(child, pid)
            return stops
        del self.running[pid]
        return False

    def _start_in_place(self, pid: Pid, child: Child) -> bool:
        """Start a child again, or have it tried later; tells whether that was one restart too many."""
        if self.intensity.exceeded():
            del self.running[pid]
            return True
        if child.run(below=behind.CHILD_SIMPLE)[0] is OK:
            del self.running[pid]
            if child.runs:
                self.running[child.pid] = child
        else:
            child.pid = RESTARTING
            runtime.send(runtime.self_pid(), (AGAIN, pid))
        return False

    def try_again(self, name: Any) -> bool:
        """Start a child that could not be restarted; tells whether that was one restart too many."""
        child = self.running.get(name)
        return child is not None and child.pid is RESTARTING and self._start_in_place(name, child)


def _joined(args: list[Any], more: Any) -> Any:
    """Return the arguments of a start; what is no list makes them an improper one, which the call then refuses."""
    joined = more
    for argument in reversed(args):
        joined = Cons(argument, joined)
    return joined
