"""The server behind `Supervisor`: starts its children in order, and starts again those that end when they should not."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import behind, sasl
from pyex.otp.children import (
    ERROR,
    IGNORE,
    OK,
    PERMANENT,
    RESTARTING,
    SHUTDOWN,
    TEMPORARY,
    UNDEFINED,
    Child,
    Intensity,
    Invalid,
    count,
    end_children,
    end_with,
    is_abnormal,
)
from pyex.otp.status import Telling, name_of
from pyex.runtime.system import EXIT
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map

REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
STOP: Final = atom("stop")
NOT_FOUND: Final = atom("not_found")
ONE_FOR_ONE: Final = atom("one_for_one")
ONE_FOR_ALL: Final = atom("one_for_all")
REST_FOR_ONE: Final = atom("rest_for_one")
NEVER: Final = atom("never")
ANY_SIGNIFICANT: Final = atom("any_significant")
ALL_SIGNIFICANT: Final = atom("all_significant")
AGAIN: Final = atom("$try_again_restart")

module = NativeModule(":supervisor", doc="The server behind Supervisor.", behaviour=[("init", 1)])


class Supervision(Telling):
    """The state of a supervisor."""

    strategies: ClassVar[tuple[Atom, ...]] = (ONE_FOR_ONE, ONE_FOR_ALL, REST_FOR_ONE)

    def __init__(self, callback: Atom | None, given: Any, flags: Map) -> None:
        """Take a supervisor's flags. Raises Invalid."""
        self.callback = callback if callback is not None else alias("Supervisor.Default")
        self.given = given
        self.strategy = flags.get(atom("strategy"), ONE_FOR_ONE)
        if self.strategy not in self.strategies:
            raise Invalid((atom("invalid_strategy"), self.strategy))
        most, seconds = flags.get(atom("intensity"), 1), flags.get(atom("period"), 5)
        if type(most) is not int or most < 0:
            raise Invalid((atom("invalid_intensity"), most))
        if type(seconds) is not int or seconds <= 0:
            raise Invalid((atom("invalid_period"), seconds))
        self.auto_shutdown = flags.get(atom("auto_shutdown"), NEVER)
        if self.auto_shutdown not in (NEVER, ANY_SIGNIFICANT, ALL_SIGNIFICANT):
            raise Invalid((atom("invalid_auto_shutdown"), self.auto_shutdown))
        self.intensity = Intensity(most, seconds)
        self.children: list[Child] = []

    def shown(self, name: Any) -> Any:
        """The record of Erlang's supervisor: its name, the children by their ids, how it restarts, and whose flags these are."""
        order = from_pylist([child.id for child in reversed(self.children)])
        records = Map.from_pairs([(child.id, child.record(child.pid)) for child in self.children])
        return (
            atom("state"), name_of(name, runtime.self_pid(), self.callback), self.strategy, (order, records), self.dynamics(),
            self.intensity.most, self.intensity.seconds, self.intensity.shown(), 0, self.auto_shutdown, self.callback, self.given,
        )  # fmt: skip

    def dynamics(self) -> Any:
        """Return what its state says of children of one kind."""
        return UNDEFINED

    # ---- what it is asked

    def which(self) -> Any:
        """Return the children as `which_children` lists them, the last one first."""
        return from_pylist([child.which() for child in reversed(self.children)])

    def count(self) -> Map:
        """Return what `count_children` answers."""
        return count(self.children)

    def add(self, spec: Any) -> Any:
        """Start a child of a specification, and keep it."""
        try:
            child = read_child(spec, self.auto_shutdown)
        except Invalid as invalid:
            return ERROR, invalid.reason
        known = self.find(child.id)
        if known is not None:
            return ERROR, (atom("already_started"), known.pid) if known.runs else atom("already_present")
        result = child.run()
        if result[0] is ERROR:
            return ERROR, (result[1], child.record()) if not _is_started_error(result[1]) else result[1]
        if child.runs or child.restart is not TEMPORARY:
            self.children.append(child)
        return result

    def terminate(self, name: Any) -> Any:
        """End a child; its specification stays unless it is temporary."""
        child = self.find(name)
        if child is None:
            return ERROR, NOT_FOUND
        child.end()
        if child.restart is TEMPORARY:
            self.children.remove(child)
        return OK

    def start_again(self, name: Any) -> Any:
        """Start a child that does not run."""
        found = self._stopped(name)
        return found.run() if isinstance(found, Child) else found

    def delete(self, name: Any) -> Any:
        """Forget a child that does not run."""
        found = self._stopped(name)
        if not isinstance(found, Child):
            return found
        self.children.remove(found)
        return OK

    def _stopped(self, name: Any) -> Child | tuple[Any, ...]:
        """Return the child of an id that does not run, or the error that says why there is none."""
        child = self.find(name)
        if child is None:
            return ERROR, NOT_FOUND
        if child.runs:
            return ERROR, atom("running")
        if child.pid is RESTARTING:
            return ERROR, RESTARTING
        return child

    def specification(self, name: Any) -> Any:
        """Return the specification of a child as a map."""
        child = self.find(name)
        return (OK, child.specification()) if child is not None else (ERROR, NOT_FOUND)

    def end(self) -> None:
        """End all children, the last one first, with their supervisor."""
        end_with(self.children)

    # ---- its children

    def of_pid(self, pid: Any) -> Child | None:
        """Return the child that has a process."""
        return next((child for child in self.children if child.pid == pid), None)

    def try_again(self, name: Any) -> bool:
        """Start a child that could not be restarted; tells whether that was one restart too many."""
        child = self.find(name)
        return child is not None and child.pid is RESTARTING and self.restart(child)

    def find(self, name: Any) -> Child | None:
        """Return the child of an id."""
        return next((child for child in self.children if _same(child.id, name)), None)

    def begin(self, specs: Any) -> Any:
        """Start the children of specifications; returns what `init/1` does."""
        try:
            self.children = read_children(to_pylist(specs), self.auto_shutdown)
        except Invalid as invalid:
            return STOP, (atom("start_spec"), invalid.reason)
        failed = self.start_all(self.children)
        return (STOP, (SHUTDOWN, failed)) if failed is not None else (OK, self)

    def start_all(self, children: list[Child]) -> Any:
        """Start children in order; the reason when one fails, the ones before it being ended again, else None."""
        for place, child in enumerate(children):
            result = child.run(below=behind.CHILD_AT_START)
            if result[0] is ERROR:
                end_children(children[:place])
                return atom("failed_to_start_child"), child.id, result[1]
        self.children = [child for child in self.children if child.restart is not TEMPORARY or child.runs]
        return None

    # ---- a child has ended

    def ended(self, child: Child, reason: Any) -> bool:
        """Do what is to be done when a child has ended; tells whether the supervisor has to stop."""
        pid, child.pid = child.pid, UNDEFINED
        if child.restart is PERMANENT or is_abnormal(reason):
            sasl.terminated(child, pid, reason)
        again = child.restart is PERMANENT or (child.restart is not TEMPORARY and is_abnormal(reason))
        if again:
            stops = self.restart(child)
            if stops:
                sasl.gave_up(child, pid)
            return stops
        stops = self._significant_ended(child)
        if child.restart is TEMPORARY:
            self.children.remove(child)
        return stops

    def _significant_ended(self, child: Child) -> bool:
        if not child.significant or self.auto_shutdown is NEVER:
            return False
        if self.auto_shutdown is ANY_SIGNIFICANT:
            return True
        return not any(other.significant and other.runs for other in self.children)

    def restart(self, child: Child) -> bool:
        """Start a child again, and with it those that the strategy says; tells whether that was one restart too many."""
        if self.intensity.exceeded():
            if child.restart is TEMPORARY:
                self.children.remove(child)
            return True
        if self.strategy is ONE_FOR_ONE:
            group = [child]
        elif self.strategy is ONE_FOR_ALL:
            group = list(self.children)
        else:
            group = self.children[self.children.index(child) :]
        end_children(group)
        for other in group:
            if other.restart is TEMPORARY and other is not child:
                self.children.remove(other)
        for other in group:
            if other in self.children and other.run()[0] is ERROR:
                other.pid = RESTARTING
                runtime.send(runtime.self_pid(), (AGAIN, other.id))
                return False
        return False


def _same(left: Any, right: Any) -> bool:
    from pyex.terms.order import identical

    return identical(left, right)


@module.function
def init(argument: Any) -> Any:
    """Ask the callback module for flags and children, and start them."""
    callback, given = argument
    runtime.process_flag(atom("trap_exit"), True)
    if callback is None:
        result = given
    else:
        result = export(callback, "init", 1).fn(given)
    if result is IGNORE:
        return IGNORE
    if not (type(result) is tuple and len(result) == 2 and result[0] is OK and type(result[1]) is tuple):
        return STOP, (atom("bad_return"), (callback, atom("init"), result))
    flags, specs = result[1]
    if not is_proper(specs):
        return STOP, (atom("bad_return"), (callback, atom("init"), result))
    try:
        state = _kind(_as_map(flags))(callback, given, _as_map(flags))
    except Invalid as invalid:
        return STOP, (atom("supervisor_data"), invalid.reason)
    return state.begin(specs)


def _kind(flags: Map) -> type[Supervision]:
    """Return what supervises by a strategy."""
    from pyex.otp.simple_supervision import SIMPLE, SimpleSupervision

    return SimpleSupervision if flags.get(atom("strategy")) is SIMPLE else Supervision


def _as_map(flags: Any) -> Map:
    """Return a supervisor's flags as a map; older code gives `{strategy, intensity, period}`. Raises Invalid."""
    if type(flags) is tuple and len(flags) == 3:
        names = ("strategy", "intensity", "period")
        return Map.from_pairs([(atom(name), value) for name, value in zip(names, flags, strict=True)])
    if type(flags) is not Map:
        raise Invalid((atom("invalid_type"), flags))
    return flags


def read_child(spec: Any, auto_shutdown: Any) -> Child:
    """Return the child of a specification, for a supervisor that ends with its significant children or does not. Raises Invalid."""
    child = Child(spec)
    if child.significant:
        for name, value, wrong in (("restart", child.restart, PERMANENT), ("auto_shutdown", auto_shutdown, NEVER)):
            if value is wrong:
                raise Invalid((atom("bad_combination"), elixir_list((atom(name), value), (atom("significant"), True))))
    return child


def read_children(specs: list[Any], auto_shutdown: Any = ANY_SIGNIFICANT) -> list[Child]:
    """Return the children of specifications. Raises Invalid."""
    children: list[Child] = []
    for spec in specs:
        child = read_child(spec, auto_shutdown)
        if any(_same(child.id, other.id) for other in children):
            raise Invalid((atom("duplicate_child_name"), child.id))
        children.append(child)
    return children


@module.function
def handle_call(request: Any, client: Any, state: Any) -> Any:
    """Answer what is asked of a supervisor."""
    if request is atom("which_children"):
        return REPLY, state.which(), state
    if request is atom("count_children"):
        return REPLY, state.count(), state
    name, subject = request
    return REPLY, getattr(state, _REQUESTS[name.name])(subject), state


_REQUESTS: Final = {
    "start_child": "add",
    "terminate_child": "terminate",
    "restart_child": "start_again",
    "delete_child": "delete",
    "get_childspec": "specification",
}
"""Which method does what is asked."""


def _is_started_error(reason: Any) -> bool:
    return type(reason) is tuple and len(reason) == 2 and reason[0] is atom("already_started")


@module.function
def handle_cast(request: Any, state: Any) -> Any:
    """A supervisor takes no casts."""
    raise function_clause(module.name, "handle_cast", (request, state.shown(None)))


@module.function
def handle_info(message: Any, state: Any) -> Any:
    """Take the end of a child, or try again to start one."""
    stops = False
    if type(message) is tuple and len(message) == 3 and message[0] is EXIT:
        child = state.of_pid(message[1])
        stops = child is not None and state.ended(child, message[2])
    elif type(message) is tuple and len(message) == 2 and message[0] is AGAIN:
        stops = state.try_again(message[1])
    else:
        from pyex.otp.log import log
        from pyex.terms.inspect import inspect

        log("error", f"Supervisor received unexpected message: {inspect(message)}\n")
    return (STOP, SHUTDOWN, state) if stops else (NOREPLY, state)


@module.function
def terminate(reason: Any, state: Any) -> Any:
    """End all children."""
    state.end()
    return OK


@module.function
def code_change(old: Any, state: Any, extra: Any) -> Any:
    """Keep the state."""
    return OK, state


# ---- what a program asks of a supervisor in Erlang's way


def _ask(supervisor: Any, request: Any) -> Any:
    return export(atom("gen_server"), "call", 3).fn(supervisor, request, atom("infinity"))


@module.function
def which_children(sup_ref: Any) -> Any:
    """The children as `{id, pid, type, modules}`, the last one first."""
    return _ask(sup_ref, atom("which_children"))


@module.function("check_childspecs", arity=(1, 2))
def check_childspecs(child_specs: Any, auto_shutdown: Any = UNDEFINED) -> Any:
    """Whether a supervisor would take a list of child specifications: `:ok`, or why not.

        iex> :supervisor.check_childspecs([%{id: 1}])
        {:error, :missing_start}
    """
    if not is_proper(child_specs):
        return ERROR, (atom("badarg"), child_specs)
    try:
        read_children(to_pylist(child_specs), ANY_SIGNIFICANT if auto_shutdown is UNDEFINED else auto_shutdown)
    except Invalid as invalid:
        return ERROR, invalid.reason
    return OK


@module.function
def count_children(sup_ref: Any) -> Any:
    """How many children there are, how many run, and of which type, as a keyword list."""
    counted = _ask(sup_ref, atom("count_children"))
    return from_pylist([(atom(name), counted[atom(name)]) for name in ("specs", "active", "supervisors", "workers")])


@module.function
def start_child(sup_ref: Any, child_spec: Any) -> Any:
    """Add a child and start it."""
    return _ask(sup_ref, (atom("start_child"), child_spec))


@module.function
def terminate_child(sup_ref: Any, id: Any) -> Any:
    """End a child; its specification stays unless it is temporary."""
    return _ask(sup_ref, (atom("terminate_child"), id))


@module.function
def restart_child(sup_ref: Any, id: Any) -> Any:
    """Start a child that was ended."""
    return _ask(sup_ref, (atom("restart_child"), id))


@module.function
def delete_child(sup_ref: Any, id: Any) -> Any:
    """Take the specification of a child away that does not run."""
    return _ask(sup_ref, (atom("delete_child"), id))


@module.function
def get_childspec(sup_ref: Any, id: Any) -> Any:
    """The specification of a child, as a map."""
    return _ask(sup_ref, (atom("get_childspec"), id))


@module.function("start_link", arity=2)
def start_link(callback: Any, args: Any) -> Any:
    """Start a supervisor whose module's `init/1` tells strategy and children."""
    return export(alias("Supervisor"), "start_link", 3).fn(callback, args, EMPTY)


@module.function("start_link", arity=3)
def start_link_named(sup_name: Any, callback: Any, args: Any) -> Any:
    """Start a supervisor under a name, `{:local, name}` and the like."""
    name = sup_name[1] if sup_name[0] is atom("local") else sup_name
    return export(alias("Supervisor"), "start_link", 3).fn(callback, args, from_pylist([(atom("name"), name)]))
