"""Task.Supervisor: a supervisor whose children are tasks."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import child_specs, dynamic_supervisor, gen_server, task_streams, tasks
from pyex.otp.children import WORKER
from pyex.otp.options import by_name
from pyex.runtime.system import INFINITY
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import Exit, elixir_error, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, to_pylist
from pyex.terms.pids import Pid

NAME: Final = alias("Task.Supervisor")
SUPERVISED: Final = alias("Task.Supervised")
OK: Final = atom("ok")
module = NativeModule("Task.Supervisor", doc="A supervisor whose children are tasks, started on demand.")
supervised = NativeModule("Task.Supervised", doc="The processes of supervised tasks.")


@supervised.function("start_link")
def start_process(work: Any, answer: Any, callers: Any) -> Any:
    """Start the process of a task, linked to its supervisor."""
    return OK, tasks.begin(work, answer, callers, link=True)


@module.function("start_link", arity=(0, 1))
def start_link(options: Any = EMPTY) -> Any:
    """Start a supervisor for tasks; options are those of a dynamic supervisor.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> Task.await(Task.Supervisor.async(sup, fn -> 3 end))
        3
    """
    items = to_pylist(options)
    flags = from_pylist([item for item in items if item[0].name in _FLAGS])
    rest = from_pylist([item for item in items if item[0].name not in _FLAGS])
    return dynamic_supervisor.start_link_module(NAME, ((atom("temporary"), 5000), flags), rest)


_FLAGS: Final = ("max_children", "max_restarts", "max_seconds")


@module.function(doc=False)
def init(argument: Any) -> Any:
    """Return the flags of the dynamic supervisor that it is."""
    _, flags = argument
    return dynamic_supervisor.init(flags)


@module.function
def child_spec(opts: Any) -> Any:
    """The specification of a task supervisor under another supervisor.

        iex> Task.Supervisor.child_spec(name: Jobs).id
        Jobs
    """
    given = by_name(opts)
    name = given.get("name", NAME)
    spec = child_specs.spec_map(NAME, opts, type=child_specs.SUPERVISOR)
    return spec.put(child_specs.ID, name if type(name) is Atom else NAME)


def _start(supervisor: Any, work: tasks.Work, answer: tasks.Link, options: Any) -> Pid:
    given = by_name(options)
    start = SUPERVISED, atom("start_link"), elixir_list(work, answer, tasks.callers_of_new())
    restart, shutdown = given.get("restart", atom("temporary")), given.get("shutdown", 5000)
    child = start, restart, shutdown, WORKER, elixir_list(SUPERVISED)
    try:
        result = gen_server.call(supervisor, (atom("start_child"), child), INFINITY)
    except Exit as ended:
        raise Exit(_call_told(ended.reason, supervisor, tasks.asked(work, answer), given)) from None
    if result[0] is not OK:
        raise _Refused(result)
    pid: Pid = result[1]
    return pid


def _call_told(reason: Any, supervisor: Any, asked: Any, given: dict[str, Any]) -> Any:
    """Return the reason of a call that failed with the request that Elixir would have made."""
    restart = given.get("restart", atom("temporary") if asked[-1] is tasks.MONITOR else None)
    request = (atom("start_task"), elixir_list(*asked), restart, given.get("shutdown"))
    return reason[0], (alias("GenServer"), atom("call"), elixir_list(supervisor, request, INFINITY))


class _Refused(Exception):
    def __init__(self, result: Any) -> None:
        super().__init__(result)
        self.result = result


def _async(supervisor: Any, call: Any, options: Any, *, link: bool, given: tuple[Any, ...] = ()) -> Any:
    work = tasks.Work(call, *given)
    answer = tasks.Link(runtime.self_pid())
    pid = _watched(supervisor, work, answer, options)
    if link:
        runtime.link(pid)
    return tasks.watch(pid, answer, work)


_ADVICE: Final = (
    ". When using async_stream or async_stream_nolink, make sure to configure :max_concurrency to be lower or equal to "
    ":max_children and pay attention to whether other tasks are also spawned under the same task supervisor."
)


def _watched(supervisor: Any, work: tasks.Work, answer: tasks.Link, options: Any, advice: str = "") -> Pid:
    """Start a task that waits until it is watched. Raises RuntimeError when there are too many."""
    answer.awaited = True
    try:
        return _start(supervisor, work, answer, options)
    except _Refused as refused:
        if refused.result[1] is not atom("max_children"):
            raise Exit(refused.result[1]) from None
        raise elixir_error(
            "RuntimeError",
            message="reached the maximum number of tasks for this task supervisor. The maximum number of tasks that are "
            "allowed to run at the same time under this supervisor can be configured with the :max_children option "
            "passed to Task.Supervisor.start_link/1" + advice,
        ) from None


@module.function("async", arity=(2, 3))
def async_(supervisor: Any, fun: Any, options: Any = EMPTY) -> Any:
    """Start a task under the supervisor, linked to the caller, who is to await it.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> Task.Supervisor.async(sup, fn -> 6 * 7 end) |> Task.await()
        42
    """
    return _async(supervisor, fun, options, link=True)


@module.function("async", arity=(4, 5))
def async_call(supervisor: Any, module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start a task that calls a module's function, linked to the caller."""
    return _async(supervisor, (module, fun, args), options, link=True)


@module.function("async_nolink", arity=(2, 3))
def async_nolink(supervisor: Any, fun: Any, options: Any = EMPTY) -> Any:
    """Start a task under the supervisor that does not take the caller with it when it fails.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> task = Task.Supervisor.async_nolink(sup, fn -> exit(:shutdown) end)
        iex> Task.yield(task)
        {:exit, :shutdown}
    """
    return _async(supervisor, fun, options, link=False)


@module.function("async_nolink", arity=(4, 5))
def async_nolink_call(supervisor: Any, module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start a task that calls a module's function, without a link to the caller."""
    return _async(supervisor, (module, fun, args), options, link=False)


def _stream(supervisor: Any, enumerable: Any, call: Any, options: Any, *, link: bool) -> Any:
    def start(work: tasks.Work, answer: tasks.Link) -> Pid:
        shutdown = by_name(options).get("shutdown", 5000)
        pid = _watched(supervisor, work, answer, elixir_list((atom("shutdown"), shutdown)), _ADVICE)
        if link:
            runtime.link(pid)
        return pid

    settings = task_streams.read_options(options)
    return task_streams.stream(enumerable, lambda element: tasks.Work(call, element), start, settings)


@module.function("async_stream", arity=(3, 4))
def async_stream(supervisor: Any, enumerable: Any, fun: Any, options: Any = EMPTY) -> Any:
    """A task under the supervisor for each element, linked to the caller; see `Task.async_stream/3`.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> Task.Supervisor.async_stream(sup, [1, 2, 3], fn x -> x * x end) |> Enum.to_list()
        [ok: 1, ok: 4, ok: 9]
    """
    _checked("async_stream", supervisor, enumerable, fun, options)
    return _stream(supervisor, enumerable, fun, options, link=True)


def _checked(name: str, supervisor: Any, enumerable: Any, fun: Any, options: Any) -> None:
    if not is_function(fun, 1):
        raise function_clause(NAME, name, (supervisor, enumerable, fun, options))


@module.function("async_stream", arity=(5, 6))
def async_stream_call(
    supervisor: Any, enumerable: Any, module: Any, function: Any, args: Any, options: Any = EMPTY
) -> Any:
    """A task under the supervisor for each element that calls a module's function."""
    return _stream(supervisor, enumerable, (module, function, args), options, link=True)


@module.function("async_stream_nolink", arity=(3, 4))
def async_stream_nolink(supervisor: Any, enumerable: Any, fun: Any, options: Any = EMPTY) -> Any:
    """A task under the supervisor for each element, without links: a failure is a result, `{:exit, reason}`."""
    _checked("async_stream_nolink", supervisor, enumerable, fun, options)
    return _stream(supervisor, enumerable, fun, options, link=False)


@module.function("async_stream_nolink", arity=(5, 6))
def async_stream_nolink_call(
    supervisor: Any, enumerable: Any, module: Any, function: Any, args: Any, options: Any = EMPTY
) -> Any:
    """A task under the supervisor for each element that calls a module's function, without links."""
    return _stream(supervisor, enumerable, (module, function, args), options, link=False)


@module.function("start_child", arity=(2, 3))
def start_child(supervisor: Any, fun: Any, options: Any = EMPTY) -> Any:
    """Start a process for a side effect under the supervisor.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> {:ok, pid} = Task.Supervisor.start_child(sup, fn -> :done end)
        iex> is_pid(pid)
        true
    """
    return _start_child(supervisor, fun, options)


@module.function("start_child", arity=(4, 5))
def start_child_call(supervisor: Any, module: Any, fun: Any, args: Any, options: Any = EMPTY) -> Any:
    """Start a process that calls a module's function under the supervisor."""
    return _start_child(supervisor, (module, fun, args), options)


def _start_child(supervisor: Any, call: Any, options: Any) -> Any:
    try:
        return OK, _start(supervisor, tasks.Work(call), tasks.Link(runtime.self_pid()), options)
    except _Refused as refused:
        return refused.result


@module.function
def terminate_child(supervisor: Any, pid: Any) -> Any:
    """End a task of the supervisor.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> {:ok, pid} = Task.Supervisor.start_child(sup, fn -> Process.sleep(:infinity) end)
        iex> Task.Supervisor.terminate_child(sup, pid)
        :ok
    """
    return dynamic_supervisor.terminate_child(supervisor, pid)


@module.function
def children(supervisor: Any) -> Any:
    """The pids of the supervisor's tasks.

        iex> {:ok, sup} = Task.Supervisor.start_link()
        iex> {:ok, pid} = Task.Supervisor.start_child(sup, fn -> Process.sleep(:infinity) end)
        iex> Task.Supervisor.children(sup) == [pid]
        true
    """
    return from_pylist([child[1] for child in to_pylist(dynamic_supervisor.which_children(supervisor))])
