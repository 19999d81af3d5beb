"""DynamicSupervisor: a supervisor without children of its own, that starts them when it is told."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.otp import behind, child_specs, children, gen_server, sasl
from pyex.otp.children import ERROR, OK, PERMANENT, RESTARTING, SHUTDOWN, TEMPORARY, Child, Intensity, Invalid
from pyex.otp.log import log
from pyex.otp.options import by_name
from pyex.otp.status import Telling, name_of
from pyex.runtime.system import EXIT, INFINITY
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, EmptyList, from_pylist, is_proper, to_pylist
from pyex.terms.maps import Map, struct
from pyex.terms.pids import Pid

NAME: Final = alias("DynamicSupervisor")
SERVER: Final = alias("DynamicSupervisor.Server")
REPLY: Final = atom("reply")
NOREPLY: Final = atom("noreply")
STOP: Final = atom("stop")
IGNORE: Final = atom("ignore")
NOT_FOUND: Final = atom("not_found")
AGAIN: Final = atom("$gen_restart")
module = NativeModule(
    "DynamicSupervisor", doc="A supervisor whose children are started on demand.", behaviour=[("init", 1)]
)
module.struct(
    dict.fromkeys(
        ("args", "extra_arguments", "mod", "name", "strategy", "max_children", "max_restarts", "max_seconds", "children", "restarts")
    )
)
server = NativeModule("DynamicSupervisor.Server", doc="The server behind a DynamicSupervisor.")


class State(Telling):
    """The state of a dynamic supervisor: its children in the order of their starts."""

    def __init__(self, flags: Map, callback: Any = None, given: Any = None) -> None:
        """Take the flags. Raises Invalid."""
        self.callback = callback
        self.given = given
        self.strategy = flags.get(atom("strategy"), atom("one_for_one"))
        if self.strategy is not atom("one_for_one"):
            raise Invalid((atom("invalid_strategy"), self.strategy))
        self.most = flags.get(atom("max_children"), INFINITY)
        most, seconds = flags.get(atom("intensity"), 3), flags.get(atom("period"), 5)
        extra = flags.get(atom("extra_arguments"), EMPTY)
        for name, value, holds in (
            ("intensity", most, type(most) is int and most >= 0),
            ("period", seconds, type(seconds) is int and seconds > 0),
            ("max_children", self.most, self.most is INFINITY or (type(self.most) is int and self.most >= 0)),
            ("extra_arguments", extra, is_proper(extra)),
        ):
            if not holds:
                raise Invalid((atom("invalid_" + name), value))
        self.intensity = Intensity(most, seconds)
        self.extra = to_pylist(extra)
        self.children: dict[Any, Child] = {}

    def shown(self, name: Any) -> Any:
        """The state as `:sys.get_state/1` shows it."""
        mod = self.callback if self.callback is not None else alias("Supervisor.Default")
        kept = [
            (pid, (_kept(child), child.restart, child.shutdown, child.type, child.modules))
            for pid, child in self.children.items()
        ]
        return struct(
            NAME,
            {
                "args": self.given,
                "extra_arguments": from_pylist(self.extra),
                "mod": mod,
                "name": name_of(name, runtime.self_pid(), mod),
                "strategy": self.strategy,
                "max_children": self.most,
                "max_restarts": self.intensity.most,
                "max_seconds": self.intensity.seconds,
                "children": Map.from_pairs(kept),
                "restarts": self.intensity.shown(),
            },
        )

    def start(self, child: Child) -> tuple[Any, ...]:
        """Start a child and keep it."""
        result = child.run(*self.extra, below=behind.CHILD_DYNAMIC)
        if result[0] is OK and child.runs:
            self.children[child.pid] = child
        return result

    def ended(self, child: Child, reason: Any) -> bool:
        """Start a child again if it is to be; tells whether that was one restart too many."""
        if child.restart is PERMANENT or children.is_abnormal(reason):
            sasl.terminated(child, child.pid, reason)
        again = child.restart is PERMANENT or (child.restart is not TEMPORARY and children.is_abnormal(reason))
        return self.restart(child) if again else False

    def restart(self, child: Child) -> bool:
        """Start a child again, or have it tried again later; tells whether it was one restart too many."""
        if self.intensity.exceeded():
            return True
        if self.start(child)[0] is ERROR:
            child.pid = RESTARTING
            runtime.send(runtime.self_pid(), (AGAIN, child))
        return False


def _kept(child: Child) -> Any:
    """Return the call that a child was started by; of one that is never started again nothing of it is kept."""
    module, name, args = child.start
    return module, name, children.UNDEFINED if child.restart is TEMPORARY else args


@server.function("init")
def server_init(argument: Any) -> Any:
    """Ask the callback module for the flags."""
    callback, given = argument
    runtime.process_flag(atom("trap_exit"), True)
    result = given if callback is None else export(callback, "init", 1).fn(given)
    if result is IGNORE:
        return IGNORE
    if not (type(result) is tuple and len(result) == 2 and result[0] is OK and type(result[1]) is Map):
        return STOP, (atom("bad_return"), (callback, atom("init"), result))
    try:
        return OK, State(result[1], callback, given)
    except Invalid as invalid:
        return STOP, (atom("supervisor_data"), invalid.reason)


@server.function
def handle_call(request: Any, client: Any, state: Any) -> Any:
    """Answer what is asked of a supervisor."""
    if request is atom("which_children"):
        listed = [(children.UNDEFINED, child.pid, child.type, child.modules) for child in state.children.values()]
        return REPLY, from_pylist(listed), state
    if request is atom("count_children"):
        return REPLY, children.count(list(state.children.values())), state
    kind, subject = request
    if kind is atom("start_child"):
        if state.most is not INFINITY and len(state.children) >= state.most:
            return REPLY, (ERROR, atom("max_children")), state
        child = Child((children.UNDEFINED, *subject))
        result = state.start(child)
        return REPLY, IGNORE if result[0] is OK and result[1] is children.UNDEFINED else result, state
    child = state.children.pop(subject, None)
    if child is None:
        return REPLY, (ERROR, NOT_FOUND), state
    child.end()
    return REPLY, OK, state


@server.function
def handle_cast(request: Any, state: Any) -> Any:
    """A supervisor takes no casts."""
    return NOREPLY, state


@server.function
def handle_info(message: Any, state: Any) -> Any:
    """Take the end of a child, or try again to start one."""
    stops = False
    if type(message) is tuple and len(message) == 3 and message[0] is EXIT:
        child = state.children.pop(message[1], None)
        stops = child is not None and state.ended(child, message[2])
    elif type(message) is tuple and len(message) == 2 and message[0] is AGAIN:
        stops = state.restart(message[1])
    else:
        log("error", f"DynamicSupervisor received unexpected message: {inspect(message)}\n")
    return (STOP, SHUTDOWN, state) if stops else (NOREPLY, state)


@server.function
def terminate(reason: Any, state: Any) -> Any:
    """End all children."""
    children.end_with(list(state.children.values()))
    return OK


@server.function
def code_change(old: Any, state: Any, extra: Any) -> Any:
    """Keep the state."""
    return OK, state


# ---- the client

_FLAGS: Final = ("strategy", "max_children", "max_restarts", "max_seconds", "extra_arguments")


@module.function("start_link", arity=1)
def start_link(options: Any) -> Any:
    """Start a supervisor without children; options are `name`, `max_children`, `max_restarts` and `max_seconds`.

        iex> {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
        iex> {:ok, agent} = DynamicSupervisor.start_child(sup, {Agent, fn -> 5 end})
        iex> Agent.get(agent, & &1)
        5
    """
    if not isinstance(options, (Cons, EmptyList)):
        raise function_clause(NAME, "start_link", (options,))
    items = to_pylist(options)
    flags = init(from_pylist([item for item in items if item[0].name in _FLAGS]))
    rest = from_pylist([item for item in items if item[0].name not in _FLAGS])
    return gen_server.start_link(SERVER, (None, flags), rest)


@module.function("start_link", arity=(2, 3))
def start_link_module(module: Any, init_arg: Any, options: Any = EMPTY) -> Any:
    """Start a supervisor whose module's `init/1` tells its flags."""
    return gen_server.start_link(SERVER, (module, init_arg), options)


@module.function
def init(options: Any) -> Any:
    """What a dynamic supervisor's `init/1` returns.

        iex> DynamicSupervisor.init(strategy: :one_for_one, max_children: 9) |> elem(1) |> Map.get(:max_children)
        9
    """
    given = by_name(options)
    pairs = [
        (atom("strategy"), given.get("strategy", atom("one_for_one"))),
        (atom("intensity"), given.get("max_restarts", 3)),
        (atom("period"), given.get("max_seconds", 5)),
        (atom("max_children"), given.get("max_children", INFINITY)),
        (atom("extra_arguments"), given.get("extra_arguments", EMPTY)),
    ]
    return OK, Map.from_pairs(pairs)


def _call(supervisor: Any, request: Any) -> Any:
    return gen_server.call(supervisor, request, INFINITY)


@module.function
def start_child(supervisor: Any, child_spec: Any) -> Any:
    """Start a child.

        iex> {:ok, sup} = DynamicSupervisor.start_link(max_children: 1)
        iex> {:ok, pid} = DynamicSupervisor.start_child(sup, {Agent, fn -> 7 end})
        iex> Agent.get(pid, & &1)
        7
        iex> DynamicSupervisor.start_child(sup, {Agent, fn -> 8 end})
        {:error, :max_children}
    """
    spec = child_specs.init_child(child_spec)
    if type(spec) is Map:
        if child_specs.ID not in spec or not children.is_call(spec.get(atom("start"))):
            return ERROR, (atom("invalid_child_spec"), spec)
        if spec.get(atom("significant"), False) is not False:
            return ERROR, (atom("invalid_significant"), spec[atom("significant")])
    try:
        child = Child(spec)
    except Invalid as invalid:
        return ERROR, invalid.reason
    return _call(supervisor, (atom("start_child"), child.request()))


@module.function
def terminate_child(supervisor: Any, pid: Any) -> Any:
    """End a child.

        iex> {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
        iex> {:ok, agent} = DynamicSupervisor.start_child(sup, {Agent, fn -> 5 end})
        iex> DynamicSupervisor.terminate_child(sup, agent)
        :ok
    """
    if type(pid) is not Pid:
        raise function_clause(NAME, "terminate_child", (supervisor, pid))
    return _call(supervisor, (atom("terminate_child"), pid))


@module.function
def which_children(supervisor: Any) -> Any:
    """The children as `{:undefined, pid, type, modules}`.

        iex> {:ok, sup} = DynamicSupervisor.start_link([])
        iex> DynamicSupervisor.start_child(sup, {Agent, fn -> 7 end})
        iex> [{id, _pid, type, _}] = DynamicSupervisor.which_children(sup)
        iex> {id, type}
        {:undefined, :worker}
    """
    return _call(supervisor, atom("which_children"))


@module.function
def count_children(supervisor: Any) -> Any:
    """How many children there are, how many run, and of which type.

        iex> {:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
        iex> DynamicSupervisor.count_children(sup).active
        0
    """
    return _call(supervisor, atom("count_children"))


@module.function
def stop(supervisor: Any, reason: Any = gen_server.NORMAL, timeout: Any = INFINITY) -> Any:
    """End a supervisor and its children.

        iex> {:ok, sup} = DynamicSupervisor.start_link([])
        iex> DynamicSupervisor.stop(sup)
        :ok
    """
    return gen_server.stop(supervisor, reason, timeout)


@module.function
def child_spec(options: Any) -> Any:
    """The specification of a dynamic supervisor under another supervisor.

        iex> DynamicSupervisor.child_spec(name: Workers).start
        {DynamicSupervisor, :start_link, [[name: Workers]]}
    """
    given = by_name(options)
    spec = child_specs.spec_map(NAME, options, type=child_specs.SUPERVISOR)
    name = given.get("name", NAME)
    return spec.put(child_specs.ID, name if type(name) is Atom else NAME)


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Make a module a dynamic supervisor."""
    return build.block(
        build.kernel("@", build.call("behaviour", NAME)),
        *child_specs.define_child_spec(opts, type=child_specs.SUPERVISOR),
    )
