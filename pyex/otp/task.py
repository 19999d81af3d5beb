"""Task: one function in a process of its own, and its result."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.compiler.kernel import build
from pyex.otp import child_specs, tasks
from pyex.otp.options import by_name
from pyex.runtime.system import INFINITY, KILL, KILLED
from pyex.terms.atoms import atom
from pyex.terms.errors import Exit, argument_error, function_clause
from pyex.terms.functions import is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Pid, Reference

TASK: Final = tasks.TASK
OK: Final = atom("ok")
EXITED: Final = atom("exit")
TIMEOUT: Final = atom("timeout")
DEFAULT_TIMEOUT: Final = 5000
module = NativeModule("Task", doc="A function in a process of its own, and its result.")
module.struct({"mfa": None, "owner": None, "pid": None, "ref": None}, enforce=("mfa", "owner", "pid", "ref"))


def _call(target: Any, name: Any, args: Any) -> tasks.Work:
    return tasks.Work((target, name, args))


def _checked(name: str, fun: Any, arity: int, *args: Any) -> None:
    """Raise FunctionClauseError for what is no function that a task could call."""
    if not is_function(fun, arity):
        raise function_clause(tasks.TASK, name, args)


@module.function("async", arity=1)
def async_(fun: Any) -> Any:
    """Start a task; the caller is to `await/2` it, and is linked to it.

        iex> task = Task.async(fn -> 6 * 7 end)
        iex> Task.await(task)
        42
    """
    _checked("async", fun, 0, fun)
    return tasks.start(tasks.Work(fun), link=True)


@module.function("async", arity=3)
def async_call(module: Any, function_name: Any, args: Any) -> Any:
    """Start a task that calls a module's function."""
    return tasks.start(_call(module, function_name, args), link=True)


@module.function("start", arity=1)
def start(fun: Any) -> Any:
    """Start a process for a side effect; nobody waits for it.

        iex> {:ok, pid} = Task.start(fn -> :done end)
        iex> is_pid(pid)
        true
    """
    _checked("start", fun, 0, fun)
    return OK, tasks.spawn(tasks.Work(fun), link=False)


@module.function("start", arity=3)
def start_call(module: Any, function_name: Any, args: Any) -> Any:
    """Start a process that calls a module's function for a side effect."""
    return OK, tasks.spawn(_call(module, function_name, args), link=False)


@module.function("start_link", arity=1)
def start_link(fun: Any) -> Any:
    """Start a linked process, as a supervisor does.

        iex> {:ok, pid} = Task.start_link(fn -> Process.sleep(:infinity) end)
        iex> Process.alive?(pid)
        true
    """
    _checked("start_link", fun, 0, fun)
    return OK, tasks.spawn(tasks.Work(fun), link=True)


@module.function("start_link", arity=3)
def start_link_call(module: Any, function: Any, args: Any) -> Any:
    """Start a linked process that calls a module's function."""
    return OK, tasks.spawn(_call(module, function, args), link=True)


@module.function
def completed(result: Any) -> Any:
    """A task that is done already.

        iex> Task.await(Task.completed(:there))
        :there
    """
    reference = Reference()
    runtime.send(runtime.self_pid(), (reference, result))
    return tasks.task(None, reference, (TASK, atom("completed"), 1))


# ---- waiting


def _owned(name: str, task: Any, *args: Any) -> Reference:
    if type(task) is not Map or task.struct is not TASK or not all(map(_is_timeout, args)):
        raise function_clause(TASK, name, (task, *args))
    me = runtime.self_pid()
    if task[atom("owner")] != me:
        raise argument_error(f"task {inspect(task)} must be queried from the owner but was queried from {inspect(me)}")
    reference: Reference = task[atom("ref")]
    return reference


def _is_timeout(timeout: Any) -> bool:
    return timeout is INFINITY or timeout is atom("brutal_kill") or (type(timeout) is int and timeout >= 0)


def _gone(task: Any, reason: Any, name: str, *args: Any) -> Exit:
    return Exit((reason, (TASK, atom(name), elixir_list(*args))))


@module.function
def await_(task: Any, timeout: Any = DEFAULT_TIMEOUT) -> Any:
    """The result of a task; exits the caller when it fails or takes longer than `timeout` milliseconds.

        iex> Task.await(Task.async(fn -> :ok end))
        :ok
    """
    reference = _owned("await", task, timeout)
    found = tasks.wait((reference,), timeout)
    if found is None:
        tasks.forget(reference)
        raise _gone(task, TIMEOUT, "await", task, timeout)
    if found[1].failed:
        raise _gone(task, found[1].value, "await", task, timeout)
    return found[1].value


@module.function("await_many", arity=(1, 2))
def await_many(tasks_: Any, timeout: Any = DEFAULT_TIMEOUT) -> Any:
    """The results of tasks in their order, all within `timeout` milliseconds.

        iex> Task.await_many([Task.async(fn -> 1 end), Task.async(fn -> 2 end)])
        [1, 2]
    """
    listed = to_pylist(tasks_)
    waiting = {_owned("await_many", task): place for place, task in enumerate(listed)}
    results: list[Any] = [None] * len(listed)
    end = tasks.end_of(timeout)
    while waiting:
        found = tasks.wait(waiting, tasks.seconds_left(end))
        if found is None or found[1].failed:
            for reference in waiting:
                tasks.forget(reference)
            reason = TIMEOUT if found is None else found[1].value
            raise Exit((reason, (TASK, atom("await_many"), elixir_list(tasks_, timeout))))
        results[waiting.pop(found[0])] = found[1].value
    return from_pylist(results)


@module.function("yield", arity=(1, 2))
def yield_(task: Any, timeout: Any = DEFAULT_TIMEOUT) -> Any:
    """`{:ok, result}`, `{:exit, reason}`, or nil when the task is not done within `timeout` milliseconds.

        iex> Task.yield(Task.async(fn -> 1 end))
        {:ok, 1}
    """
    return _outcome(tasks.wait((_owned("yield", task, timeout),), timeout))


def _outcome(found: Any) -> Any:
    if found is None:
        return None
    return (EXITED, found[1].value) if found[1].failed else (OK, found[1].value)


@module.function("yield_many", arity=(1, 2))
def yield_many(tasks_: Any, opts: Any = DEFAULT_TIMEOUT) -> Any:
    """Each task beside its outcome, as `yield/2` gives it; options are `timeout`, `limit` and `on_timeout`.

        iex> [{_task, outcome}] = Task.yield_many([Task.async(fn -> 1 end)])
        iex> outcome
        {:ok, 1}
    """
    given = {} if type(opts) is int or opts is INFINITY else by_name(opts)
    end = tasks.end_of(given.get("timeout", DEFAULT_TIMEOUT) if given or opts is EMPTY else opts)
    listed = to_pylist(tasks_)
    waiting = {_owned("yield_many", task): place for place, task in enumerate(listed)}
    outcomes: list[Any] = [None] * len(listed)
    limit = min(given.get("limit", len(listed)), len(listed))
    while waiting and len(listed) - len(waiting) < limit:
        found = tasks.wait(waiting, tasks.seconds_left(end))
        if found is None:
            break
        outcomes[waiting.pop(found[0])] = _outcome(found)
    on_timeout = given.get("on_timeout", atom("nothing"))
    for place in waiting.values():
        if on_timeout is atom("kill_task"):
            outcomes[place] = shutdown(listed[place], atom("brutal_kill"))
        elif on_timeout is atom("ignore"):
            ignore(listed[place])
    return from_pylist(list(zip(listed, outcomes, strict=True)))


@module.function("shutdown", arity=(1, 2))
def shutdown(task: Any, shutdown: Any = DEFAULT_TIMEOUT) -> Any:
    """End a task; `{:ok, result}` when it was done before, `{:exit, reason}` when it had failed, else nil.

        iex> Task.shutdown(Task.async(fn -> Process.sleep(:infinity) end))
        nil
    """
    reference = _owned("shutdown", task, shutdown)
    pid = task[atom("pid")]
    if type(pid) is not Pid:
        return _outcome(tasks.wait((reference,), 0))
    runtime.unlink(pid)
    kills = shutdown is atom("brutal_kill")
    # A monitor of its own: that of the task is gone when somebody waited for it in vain.
    watch = runtime.monitor(pid)
    wanted: Any = KILL if kills else tasks.SHUTDOWN
    runtime.exit_signal(pid, wanted)
    found = tasks.wait((reference, watch), INFINITY if kills else shutdown)
    as_asked: Any = KILLED if kills else tasks.SHUTDOWN
    if found is None:
        as_asked = None
        runtime.exit_signal(pid, KILL)
        found = tasks.wait((reference, watch), INFINITY)
    tasks.forget(reference)
    tasks.forget(watch)
    if found is not None and found[1].failed and found[1].value is as_asked:
        return None
    return _outcome(found)


@module.function
def ignore(task: Any) -> Any:
    """Take no answer of a task any more; its outcome when there is one already.

        iex> Task.ignore(Task.async(fn -> Process.sleep(:infinity) end))
        nil
    """
    reference = _owned("ignore", task)
    outcome = _outcome(tasks.wait((reference,), 0))
    tasks.forget(reference)
    pid = task[atom("pid")]
    if type(pid) is Pid:
        runtime.unlink(pid)
    return outcome


# ---- streams


@module.function("async_stream", arity=(2, 3))
def async_stream(enumerable: Any, fun: Any, options: Any = EMPTY) -> Any:
    """A task for each element, so many at a time; the results as a stream of `{:ok, result}`.

        iex> Task.async_stream([1, 2], fn n -> n * 10 end) |> Enum.to_list()
        [ok: 10, ok: 20]
    """
    _checked("async_stream", fun, 1, enumerable, fun, options)
    from pyex.otp import task_streams

    return task_streams.stream(
        enumerable, lambda element: tasks.Work(fun, element), _linked, task_streams.read_options(options)
    )


@module.function("async_stream", arity=(4, 5))
def async_stream_call(enumerable: Any, module: Any, function_name: Any, args: Any, options: Any = EMPTY) -> Any:
    """A task for each element that calls a module's function with the element before the arguments."""
    from pyex.otp import task_streams

    call = (module, function_name, args)
    return task_streams.stream(
        enumerable, lambda element: tasks.Work(call, element), _linked, task_streams.read_options(options)
    )


def _linked(work: tasks.Work, answer: tasks.Link) -> Pid:
    return tasks.begin(work, answer, tasks.callers_of_new(), link=True)


@module.function(doc=False)
def find(tasks_given: Any, message: Any) -> Any:
    """The task that a message is of, with its value, or None; exits when the message tells that the task has failed."""
    if type(message) is not tuple or len(message) not in (2, 5) or type(message[0 if len(message) == 2 else 1]) is not Reference:
        return None
    reference = message[0] if len(message) == 2 else message[1]
    task = next((one for one in to_pylist(tasks_given) if one[atom("ref")] == reference), None)
    if task is None:
        return None
    if len(message) == 2:
        runtime.demonitor(reference, flush=True)
        return message[1], task
    raise Exit((message[4], (TASK, atom("find"), elixir_list(tasks_given, message))))


# ---- under a supervisor


@module.function
def child_spec(arg: Any) -> Any:
    """The specification of a task under a supervisor: it is not started again.

        iex> Task.child_spec(fn -> :ok end).restart
        :temporary
    """
    return child_specs.spec_map(TASK, arg, restart=atom("temporary"))


@module.macro("__using__", doc=False)
def using(env: Any, opts: Any) -> Any:
    """Give a module a `child_spec/1` that starts it as a task."""
    return build.block(*child_specs.define_child_spec(opts, restart=atom("temporary")))
