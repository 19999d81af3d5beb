"""The children of supervisors: their specifications checked, how one is started, and how one is ended."""

from __future__ import annotations

from collections import deque
from typing import Any, Final

from pyex import runtime
from pyex.otp import behind, sasl
from pyex.runtime import clock
from pyex.runtime.system import DOWN, EXIT, INFINITY, KILL, TIMEOUT
from pyex.terms.atoms import Atom, atom, is_atom
from pyex.terms.errors import Throw, bad_argument
from pyex.terms.functions import export
from pyex.terms.lists import elixir_list, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid

OK: Final = atom("ok")
ERROR: Final = atom("error")
IGNORE: Final = atom("ignore")
UNDEFINED: Final = atom("undefined")
RESTARTING: Final = atom("restarting")
PERMANENT: Final = atom("permanent")
TRANSIENT: Final = atom("transient")
TEMPORARY: Final = atom("temporary")
WORKER: Final = atom("worker")
SUPERVISOR: Final = atom("supervisor")
SHUTDOWN: Final = atom("shutdown")
NORMAL: Final = atom("normal")
NOPROC: Final = atom("noproc")
BRUTAL_KILL: Final = atom("brutal_kill")
DYNAMIC: Final = atom("dynamic")


Below = tuple[behind.Frame, ...]


class Invalid(Exception):
    """A child specification that is wrong: the term that says how."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


class Child:
    """One child: its specification, and its pid; `:undefined` when it does not run, `:restarting` in between."""

    __slots__ = ("id", "modules", "pid", "restart", "shutdown", "significant", "start", "type")

    def __init__(self, given: Any) -> None:
        """Read a specification: a map, or the older tuple of six. Raises Invalid."""
        spec = as_map(given)
        self.pid: Any = UNDEFINED
        self.id = _required(spec, "id")
        self.start = _required(spec, "start")
        if not is_call(self.start):
            raise Invalid((atom("invalid_mfa"), self.start))
        self.restart = spec.get(atom("restart"), PERMANENT)
        if self.restart not in (PERMANENT, TRANSIENT, TEMPORARY):
            raise Invalid((atom("invalid_restart_type"), self.restart))
        self.type = spec.get(atom("type"), WORKER)
        if self.type not in (WORKER, SUPERVISOR):
            raise Invalid((atom("invalid_child_type"), self.type))
        self.significant = spec.get(atom("significant"), False)
        if type(self.significant) is not bool:
            raise Invalid((atom("invalid_significant"), self.significant))
        self.shutdown = spec.get(atom("shutdown"), 5000 if self.type is WORKER else INFINITY)
        counts = type(self.shutdown) is int and self.shutdown >= 0
        if not counts and self.shutdown is not INFINITY and self.shutdown is not BRUTAL_KILL:
            raise Invalid((atom("invalid_shutdown"), self.shutdown))
        self.modules = spec.get(atom("modules"), elixir_list(self.start[0]))
        if self.modules is not DYNAMIC and not (is_proper(self.modules) and all(map(is_atom, to_pylist(self.modules)))):
            raise Invalid((atom("invalid_modules"), self.modules))

    @property
    def runs(self) -> bool:
        """Tell whether the child has a process."""
        return type(self.pid) is Pid

    def which(self) -> tuple[Any, ...]:
        """Return the child as `which_children` lists it."""
        return self.id, self.pid, self.type, self.modules

    def request(self) -> tuple[Any, ...]:
        """Return the child as a dynamic supervisor is asked to start it."""
        return self.start, self.restart, self.shutdown, self.type, self.modules

    def record(self, pid: Any = UNDEFINED) -> tuple[Any, ...]:
        """Return the child as errors show it, without its pid, and as its supervisor's state does."""
        return (
            atom("child"), pid, self.id, self.start, self.restart, self.significant, self.shutdown, self.type,
            self.modules,
        )  # fmt: skip

    def specification(self) -> Map:
        """Return the specification as a map."""
        keys = ("id", "start", "restart", "shutdown", "type", "modules", "significant")
        return Map.from_pairs([(atom(key), getattr(self, key)) for key in keys])

    def run(self, *extra: Any, below: Below = behind.CHILD_ADDED) -> tuple[Any, ...]:
        """Start the process; returns `(:ok, pid)`, `(:ok, pid, info)` or `(:error, reason)`, and keeps the pid."""
        result = start_child(self.start, *extra, below=below)
        if result[0] is OK:
            self.pid = result[1]
            sasl.started(self)
        else:
            sasl.failed(self, result[1])
        return result

    def end(self) -> Any:
        """End the process as the specification says, and wait for it; returns what it ended of."""
        pid, self.pid = self.pid, UNDEFINED
        return end_child(pid, self.shutdown) if type(pid) is Pid else NORMAL


def as_map(spec: Any) -> Map:
    """Return a child's specification as a map. Raises Invalid."""
    if type(spec) is Map:
        return spec
    if type(spec) is tuple and len(spec) == len(_FIELDS):
        return Map.from_pairs(list(zip(_FIELDS, spec, strict=True)))
    raise Invalid((atom("invalid_child_spec"), spec))


_FIELDS: Final = tuple(atom(name) for name in ("id", "start", "restart", "shutdown", "type", "modules"))


def _required(spec: Map, key: str) -> Any:
    if atom(key) not in spec:
        raise Invalid(atom("missing_" + key))
    return spec[atom(key)]


def is_call(start: Any) -> bool:
    """Tell whether a term is a call that can be made: `{module, function, arguments}`."""
    return (
        type(start) is tuple
        and len(start) == 3
        and type(start[0]) is Atom
        and type(start[1]) is Atom
        and is_proper(start[2])
    )


def start_child(start: Any, *extra: Any, below: Below) -> tuple[Any, ...]:
    """Call a start function; `(:ok, pid)`, `(:ok, pid, info)`, or `(:error, reason)`. `:ignore` counts as `:undefined`.

    What a failure is told as hangs on who calls: Erlang's supervisor takes what is thrown as returned, and marks anything else.
    """
    target, name, args = start
    try:
        if not is_proper(args):
            raise bad_argument("erlang", "apply", start)
        given = [*extra, *to_pylist(args)]
        result = export(target, name.name, len(given)).fn(*given)
    except Exception as error:
        if below is behind.CHILD_DYNAMIC:
            return ERROR, behind.reason_above(error, below)
        if not isinstance(error, Throw):
            return ERROR, (EXIT, behind.reason_above(error, below))
        result = error.reason
    if type(result) is tuple and len(result) in (2, 3) and result[0] is OK and type(result[1]) is Pid:
        return result
    if result is IGNORE:
        return OK, UNDEFINED
    if type(result) is tuple and len(result) == 2 and result[0] is ERROR:
        return result
    return ERROR, result


def end_child(pid: Pid, shutdown: Any) -> Any:
    """End a child's process and wait for it, for as long as it may take; returns what it ended of."""
    reference = runtime.monitor(pid)
    runtime.unlink(pid)
    runtime.forget_exit(pid)
    if shutdown is BRUTAL_KILL:
        runtime.exit_signal(pid, KILL)
        return _await_end(reference, INFINITY)
    runtime.exit_signal(pid, SHUTDOWN)
    reason = _await_end(reference, shutdown)
    if reason is TIMEOUT:
        runtime.exit_signal(pid, KILL)
        reason = _await_end(reference, INFINITY)
    return reason


def end_children(children: list[Child]) -> None:
    """End children, the last one first."""
    for child in reversed(children):
        child.end()


def end_with(children: list[Child]) -> None:
    """End the children of a supervisor that ends too; its state still tells of them."""
    for child in reversed(children):
        if child.runs:
            end_child(child.pid, child.shutdown)



def _await_end(reference: Any, timeout: Any) -> Any:
    cursor = runtime.begin_receive()
    while True:
        message = cursor.next(timeout)
        if message is TIMEOUT:
            return TIMEOUT
        if type(message) is tuple and len(message) == 5 and message[0] is DOWN and message[1] == reference:
            cursor.accept()
            return message[4]


def is_abnormal(reason: Any) -> bool:
    """Tell whether a transient child that ended of a reason is started again."""
    if reason is NORMAL or reason is SHUTDOWN:
        return False
    return not (type(reason) is tuple and len(reason) == 2 and reason[0] is SHUTDOWN)


class Intensity:
    """Counts restarts: more than `most` in `seconds` are too many."""

    def __init__(self, most: int, seconds: int) -> None:
        self.most = most
        self.seconds = seconds
        self.times: deque[float] = deque()

    def exceeded(self) -> bool:
        """Count a restart; tell whether it is one too many."""
        now = runtime.scheduler.clock.now()
        times = self.times
        while times and now - times[0] > self.seconds:
            times.popleft()
        times.append(now)
        return len(times) > self.most

    def shown(self) -> Any:
        """Return when they were, the last first, in seconds of the BEAM's clock."""
        ago = runtime.scheduler.clock.now()
        return from_pylist([(clock.monotonic_ns() - int((ago - time) * 10**9)) // 10**9 for time in reversed(self.times)])


def count(children: list[Child]) -> Map:
    """Return what `count_children` answers."""
    return Map.from_pairs(
        [
            (atom("active"), sum(child.runs for child in children)),
            (atom("specs"), len(children)),
            (SUPERVISORS, sum(child.type is SUPERVISOR for child in children)),
            (WORKERS, sum(child.type is WORKER for child in children)),
        ]
    )


SUPERVISORS: Final = atom("supervisors")
WORKERS: Final = atom("workers")
