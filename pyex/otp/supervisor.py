"""Supervisor: a process that starts others and starts them again when they end."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.otp import child_specs, gen_server, supervision
from pyex.otp.options import by_name
from pyex.otp.simple_supervision import SIMPLE
from pyex.stdlib.elixir.io_warnings import warn_of_call
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, EmptyList, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid

NAME: Final = alias("Supervisor")
SERVER: Final = supervision.module.name
INFINITY: Final = atom("infinity")
OK: Final = atom("ok")
_INSTEAD: Final = ", please use DynamicSupervisor instead"
_FLAGS: Final = ("strategy", "max_restarts", "max_seconds", "auto_shutdown")
module = NativeModule(
    "Supervisor",
    doc="A process that starts others, its children, and starts them again when they end.",
    behaviour=[("init", 1)],
)


@module.function("start_link", arity=2)
def start_link(children: Any, options: Any) -> Any:
    """Start a supervisor of a list of children; options are `strategy`, `max_restarts`, `max_seconds` and `name`.

        iex> {:ok, pid} = Supervisor.start_link([], strategy: :one_for_one)
        iex> Supervisor.which_children(pid)
        []
    """
    if type(children) is Atom:
        return start_link_module(children, options, EMPTY)
    if not isinstance(children, (Cons, EmptyList)):
        raise function_clause(NAME, "start_link", (children, options))
    items = to_pylist(options)
    flags = from_pylist([item for item in items if item[0].name in _FLAGS])
    rest = from_pylist([item for item in items if item[0].name not in _FLAGS])
    return gen_server.start_link(SERVER, (None, init(children, flags)), rest)


@module.function("start_link", arity=3)
def start_link_module(module: Any, init_arg: Any, options: Any = EMPTY) -> Any:
    """Start a supervisor whose module's `init/1` tells strategy and children."""
    return gen_server.start_link(SERVER, (module, init_arg), options)


@module.function
def init(children: Any, options: Any) -> Any:
    """What a supervisor's `init/1` returns: its flags, and its children as specification maps.

        iex> Supervisor.init([], strategy: :one_for_one)
        {:ok,
         {%{intensity: 3, period: 5, strategy: :one_for_one, auto_shutdown: :never}, []}}
    """
    given = by_name(options)
    if "strategy" not in given:
        raise argument_error("expected :strategy option to be given")
    if given["strategy"] is SIMPLE:
        export(alias("IO"), "warn", 1).fn(f":simple_one_for_one strategy is deprecated{_INSTEAD}")
    flags = Map.from_pairs(
        [
            (atom("intensity"), given.get("max_restarts", 3)),
            (atom("period"), given.get("max_seconds", 5)),
            (atom("strategy"), given["strategy"]),
            (atom("auto_shutdown"), given.get("auto_shutdown", atom("never"))),
        ]
    )
    return OK, (flags, from_pylist([child_specs.init_child(child) for child in to_pylist(children)]))


@module.function
def child_spec(module_or_map: Any, overrides: Any) -> Any:
    """The specification map of a child, with some of its keys set anew.

        iex> Supervisor.child_spec({Agent, fn -> 1 end}, id: :numbers).id
        :numbers
    """
    return child_specs.child_spec(module_or_map, overrides)


def _call(supervisor: Any, request: Any) -> Any:
    return gen_server.call(supervisor, request, INFINITY)


@module.function
def start_child(supervisor: Any, child_spec: Any) -> Any:
    """Add a child and start it.

        iex> {:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
        iex> {:ok, agent} = Supervisor.start_child(sup, {Agent, fn -> 7 end})
        iex> Agent.get(agent, & &1)
        7
    """
    if isinstance(child_spec, (Cons, EmptyList)):
        message = f"Supervisor.start_child/2 with a list of args is deprecated{_INSTEAD}"
        export(alias("IO"), "warn_once", 3).fn(NAME, lambda: message, 3)
    elif not (type(child_spec) is tuple and len(child_spec) == 6):
        child_spec = child_specs.child_spec(child_spec)
    return _call(supervisor, (atom("start_child"), child_spec))

@module.function
def terminate_child(supervisor: Any, child_id: Any) -> Any:
    """End a child; its specification stays unless it is temporary.

        iex> {:ok, sup} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
        iex> Supervisor.terminate_child(sup, Agent)
        :ok
        iex> Supervisor.count_children(sup).active
        0
    """
    if type(child_id) is Pid:
        wish = "Supervisor.terminate_child/2 with a PID is deprecated, please use DynamicSupervisor instead"
        warn_of_call(wish, NAME, atom("terminate_child"), 2)
    return _call(supervisor, (atom("terminate_child"), child_id))


@module.function
def restart_child(supervisor: Any, child_id: Any) -> Any:
    """Start a child that was ended.

        iex> {:ok, sup} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
        iex> Supervisor.terminate_child(sup, Agent)
        iex> {:ok, pid} = Supervisor.restart_child(sup, Agent)
        iex> Agent.get(pid, & &1)
        1
        iex> Supervisor.restart_child(sup, Agent)
        {:error, :running}
    """
    return _call(supervisor, (atom("restart_child"), child_id))


@module.function
def delete_child(supervisor: Any, child_id: Any) -> Any:
    """Take the specification of a child away that does not run.

        iex> {:ok, sup} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
        iex> Supervisor.delete_child(sup, Agent)
        {:error, :running}
        iex> Supervisor.terminate_child(sup, Agent)
        iex> Supervisor.delete_child(sup, Agent)
        :ok
    """
    return _call(supervisor, (atom("delete_child"), child_id))


@module.function
def which_children(supervisor: Any) -> Any:
    """The children as `{id, pid, type, modules}`, the last one first.

        iex> {:ok, sup} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
        iex> [{id, _pid, type, modules}] = Supervisor.which_children(sup)
        iex> {id, type, modules}
        {Agent, :worker, [Agent]}
    """
    return _call(supervisor, atom("which_children"))


@module.function
def count_children(supervisor: Any) -> Any:
    """How many children there are, how many run, and of which type.

        iex> {:ok, sup} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
        iex> Supervisor.count_children(sup).workers
        1
    """
    return _call(supervisor, atom("count_children"))


@module.function
def stop(supervisor: Any, reason: Any = gen_server.NORMAL, timeout: Any = INFINITY) -> Any:
    """End a supervisor and its children, the last one first.

        iex> {:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
        iex> Supervisor.stop(sup)
        :ok
    """
    return gen_server.stop(supervisor, reason, timeout)


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Make a module a supervisor: the behaviour, and a `child_spec/1` of type supervisor."""
    return build.block(
        build.kernel("@", build.call("behaviour", NAME)),
        *child_specs.define_child_spec(opts, type=child_specs.SUPERVISOR),
    )
