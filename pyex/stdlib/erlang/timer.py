""":timer: sleeping, messages and calls after some time or again and again, and how long a call takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.runtime.scheduler import Timer
from pyex.stdlib.elixir import process
from pyex.terms import ops
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import erlang_error
from pyex.terms.functions import export, is_function
from pyex.terms.lists import EMPTY, is_proper, to_pylist
from pyex.terms.pids import Pid, Reference

OK: Final = atom("ok")
ERROR: Final = atom("error")
BADARG: Final = atom("badarg")
module = NativeModule(":timer", doc="Sleeping, and doing things after some time.")
_running: Final[dict[Reference, Timer]] = {}


@module.function
def sleep(time: Any) -> Any:
    """Do nothing for some milliseconds, or for ever.

        iex> :timer.sleep(1)
        :ok
    """
    if time is not atom("infinity") and (type(time) is not int or time < 0):
        raise erlang_error("timeout_value")
    return process.sleep(time)


def _plan(
    milliseconds: Any, action: Callable[[], Any] | None, *, again: bool = False, owner: Pid | None = None, kind: str = ""
) -> Any:
    if type(milliseconds) is not int or milliseconds < 0 or action is None:
        return ERROR, BADARG
    reference = Reference()

    def over() -> None:
        _running.pop(reference, None)
        if owner is not None and not runtime.is_alive(owner):
            return
        action()
        if again:
            _running[reference] = runtime.scheduler.at(milliseconds / 1000, over)

    _running[reference] = runtime.scheduler.at(milliseconds / 1000, over)
    return OK, (atom(kind or ("interval" if again else "once")), reference)


def _sender(dest: Any, message: Any) -> Callable[[], Any]:
    def send() -> None:
        if runtime.find(dest) is not None:
            runtime.send(dest, message)

    return send


def _caller(target: Any, name: Any, args: Any) -> Callable[[], Any]:
    given = to_pylist(args)
    return lambda: runtime.spawn(export(target, name.name, len(given)), tuple(given))


def _owner(dest: Any) -> Pid | None:
    return dest if type(dest) is Pid else runtime.whereis(dest)


@module.function("send_after", arity=3)
def send_after(time: Any, dest: Any, message: Any) -> Any:
    """Send a message after some milliseconds; `{:ok, timer}`."""
    return _plan(time, _sender(dest, message), kind="send_local" if type(dest) is Pid else "")


@module.function("send_after", arity=2)
def send_myself_after(time: Any, message: Any) -> Any:
    """Send the calling process a message after some milliseconds; `{:ok, timer}`.

        iex> {:ok, _timer} = :timer.send_after(1, self(), :ring)
        iex> receive do word -> word end
        :ring
    """
    return send_after(time, runtime.self_pid(), message)


@module.function("send_interval", arity=3)
def send_interval(time: Any, dest: Any, message: Any) -> Any:
    """Send a message again and again, every so many milliseconds; `{:ok, timer}`."""
    return _plan(time, _sender(dest, message), again=True, owner=_owner(dest))


@module.function("send_interval", arity=2)
def send_myself_interval(time: Any, message: Any) -> Any:
    """Send the calling process a message again and again; `{:ok, timer}`.

        iex> {:ok, timer} = :timer.send_interval(1, self(), :tick)
        iex> receive do word -> word end
        :tick
        iex> :timer.cancel(timer)
        {:ok, :cancel}
    """
    return send_interval(time, runtime.self_pid(), message)


@module.function("apply_after", arity=(2, 3, 4))
def apply_after(time: Any, target: Any, name: Any = EMPTY, args: Any = EMPTY) -> Any:
    """Call a function in a process of its own after some milliseconds; `{:ok, timer}`.

        iex> me = self()
        iex> {:ok, _timer} = :timer.apply_after(1, Kernel, :send, [me, :called])
        iex> receive do word -> word end
        :called
    """
    return _plan(time, _body(target, name, args))


@module.function("apply_interval", arity=(2, 3, 4))
def apply_interval(time: Any, target: Any, name: Any = EMPTY, args: Any = EMPTY) -> Any:
    """Call a function in a process of its own again and again; `{:ok, timer}`.

        iex> me = self()
        iex> {:ok, timer} = :timer.apply_interval(1, Kernel, :send, [me, :again])
        iex> receive do word -> word end
        :again
        iex> :timer.cancel(timer)
        {:ok, :cancel}
    """
    return _plan(time, _body(target, name, args), again=True, owner=runtime.self_pid())


@module.function("apply_repeatedly", arity=(2, 3, 4))
def apply_repeatedly(time: Any, target: Any, name: Any = EMPTY, args: Any = EMPTY) -> Any:
    """Call a function in a process of its own again and again; `{:ok, timer}`.

        iex> {:ok, timer} = :timer.apply_repeatedly(1000, fn -> :tick end)
        iex> :timer.cancel(timer)
        {:ok, :cancel}
    """
    if not is_atom(target) and not is_function(target, len(to_pylist(name)) if is_proper(name) else 0):
        return ERROR, BADARG
    if is_atom(target) and not is_atom(name):
        return ERROR, BADARG
    return apply_interval(time, target, name, args)


@module.function
def start() -> Any:
    """Start the process that keeps the timers; there is nothing to be started here.

        iex> :timer.start()
        :ok
    """
    return OK


def _body(target: Any, name: Any, args: Any) -> Callable[[], Any] | None:
    """Return what starts a call in a process of its own; None for what cannot be called."""
    if is_atom(target):
        return _caller(target, name, args) if is_atom(name) and is_proper(args) else None
    given = to_pylist(name) if is_proper(name) else []
    if not is_function(target, len(given)):
        return None
    return lambda: runtime.spawn(target, tuple(given))


@module.function("kill_after", arity=(1, 2))
def kill_after(time: Any, pid: Any = None) -> Any:
    """Kill a process after some milliseconds; `{:ok, timer}`.

        iex> pid = spawn(fn -> Process.sleep(:infinity) end)
        iex> ref = Process.monitor(pid)
        iex> {:ok, _timer} = :timer.kill_after(1, pid)
        iex> receive do {:DOWN, ^ref, _, _, why} -> why end
        :killed
    """
    return exit_after(time, pid, atom("kill"))


@module.function("exit_after", arity=(2, 3))
def exit_after(time: Any, pid: Any, reason: Any = None) -> Any:
    """Send a process an exit signal after some milliseconds; `{:ok, timer}`.

        iex> pid = spawn(fn -> Process.sleep(:infinity) end)
        iex> ref = Process.monitor(pid)
        iex> {:ok, _timer} = :timer.exit_after(1, pid, :bored)
        iex> receive do {:DOWN, ^ref, _, _, why} -> why end
        :bored
    """
    target = pid if type(pid) is Pid else runtime.self_pid()
    why = pid if reason is None else reason
    return _plan(time, lambda: runtime.exit_signal(target, why))


@module.function
def cancel(timer: Any) -> Any:
    """Stop a timer; `{:ok, :cancel}`.

        iex> {:ok, timer} = :timer.send_after(60_000, :never)
        iex> :timer.cancel(timer)
        {:ok, :cancel}
    """
    kinds = (atom("once"), atom("interval"), atom("send_local"), atom("instant"))
    if not (type(timer) is tuple and len(timer) == 2 and timer[0] in kinds and type(timer[1]) is Reference):
        return ERROR, BADARG
    planned = _running.pop(timer[1], None)
    if planned is not None:
        planned.cancelled = True
    return OK, atom("cancel")


@module.function("tc", arity=1)
def tc(fun: Any) -> Any:
    """How many microseconds a function takes, and its result.

        iex> {microseconds, result} = :timer.tc(fn -> 1 + 1 end)
        iex> {is_integer(microseconds), result}
        {true, 2}
    """
    return _timed(fun)


@module.function("tc", arity=2)
def tc_with(fun: Any, args: Any) -> Any:
    """How many microseconds a function with arguments takes, and its result; or without, in a unit."""
    if is_atom(args):
        return _timed(fun, unit=args)
    return _timed(fun, *to_pylist(args))


@module.function("tc", arity=(3, 4))
def tc_call(target: Any, name: Any, args: Any, unit: Any = None) -> Any:
    """How long a module's function takes, and its result; also of a function with arguments, in a unit.

        iex> {seconds, result} = :timer.tc(:lists, :max, [[1, 2]], :second)
        iex> {seconds, result}
        {0, 2}
    """
    if is_function(target):
        return _timed(target, *to_pylist(name), unit=args)
    given = to_pylist(args)
    return _timed(export(target, name.name, len(given)).fn, *given, unit=unit)


def _timed(fun: Any, *args: Any, unit: Any = None) -> Any:
    started = time.perf_counter_ns()
    result = fun(*args)
    taken = time.perf_counter_ns() - started
    per = {"nanosecond": 1, "native": 1, "microsecond": 10**3, "millisecond": 10**6, "second": 10**9}
    return taken // (10**3 if unit is None else per[unit.name]), result


@module.function
def now_diff(later: Any, earlier: Any) -> Any:
    """The microseconds between two timestamps.

        iex> :timer.now_diff({1, 0, 5}, {1, 0, 2})
        3
    """
    difference = [left - right for left, right in zip(later, earlier, strict=True)]
    return (difference[0] * 10**6 + difference[1]) * 10**6 + difference[2]


@module.function
def seconds(amount: Any) -> Any:
    """So many seconds in milliseconds.

        iex> :timer.seconds(2)
        2000
    """
    return ops.multiply(amount, 1000)


@module.function
def minutes(amount: Any) -> Any:
    """So many minutes in milliseconds.

        iex> :timer.minutes(2)
        120000
    """
    return ops.multiply(amount, 60_000)


@module.function
def hours(amount: Any) -> Any:
    """So many hours in milliseconds.

        iex> :timer.hours(1)
        3600000
    """
    return ops.multiply(amount, 3_600_000)


@module.function
def hms(hours_: Any, minutes_: Any, seconds_: Any) -> Any:
    """Hours, minutes and seconds in milliseconds.

        iex> :timer.hms(0, 1, 1)
        61000
    """
    return ops.add(ops.add(hours(hours_), minutes(minutes_)), seconds(seconds_))
