"""Process: what processes do to each other, under Elixir's names."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.stdlib.erlang.bifs import processes as bifs
from pyex.stdlib.erlang.bifs import starting
from pyex.terms.atoms import alias, atom, is_atom
from pyex.terms.errors import ElixirError, argument_error, bad_argument, function_clause
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.pids import Pid

NAME: Final = alias("Process")
OK: Final = atom("ok")
INFINITY: Final = atom("infinity")
module = NativeModule("Process", doc="Processes: starting them, watching them, ending them, and what they keep.")


@module.function("alive?")
def alive(pid: Any) -> bool:
    """Whether a process lives.

        iex> Process.alive?(self())
        true
    """
    return bifs.is_process_alive(pid)


@module.function
def get(key: Any = ..., default: Any = None) -> Any:
    """A value of the process dictionary; without a key, all of it.

        iex> Process.put(:colour, "red")
        nil
        iex> Process.get(:colour)
        "red"
    """
    return from_pylist(runtime.dictionary_pairs()) if key is ... else runtime.get_value(key, default)


@module.function
def get_keys(value: Any = ...) -> Any:
    """The keys of the process dictionary, or those that hold a value.

        iex> Process.put(:color, :red)
        iex> :color in Process.get_keys()
        true
    """
    return bifs.get_keys() if value is ... else bifs.get_keys(value)


@module.function
def put(key: Any, value: Any) -> Any:
    """Keep a value in the process dictionary; returns the old one.

        iex> Process.put(:count, 1)
        nil
        iex> Process.put(:count, 2)
        1
    """
    return runtime.put_value(key, value)


@module.function
def delete(key: Any) -> Any:
    """Take a key out of the process dictionary; returns its value.

        iex> Process.put(:gone, 1)
        nil
        iex> Process.delete(:gone)
        1
    """
    return runtime.erase_value(key)


@module.function
def sleep(timeout: Any) -> Any:
    """Do nothing for some milliseconds, or for ever.

        iex> Process.sleep(1)
        :ok
    """
    if timeout is not INFINITY and not (type(timeout) is int and timeout >= 0):
        raise function_clause(NAME, "sleep", (timeout,))
    if runtime.scheduler.current is None:
        runtime.run_for(None if timeout is INFINITY else timeout / 1000)
    else:
        runtime.pause(None if timeout is INFINITY else timeout / 1000)
    return OK


@module.function
def exit(pid: Any, reason: Any) -> bool:
    """Send an exit signal.

        iex> pid = spawn(fn -> Process.sleep(:infinity) end)
        iex> Process.exit(pid, :kill)
        true
        iex> Process.alive?(pid)
        false
    """
    return bifs.exit_other(pid, reason)


@module.function
def link(pid_or_port: Any) -> bool:
    """Link the calling process with another: when one ends badly, so does the other.

        iex> pid = spawn(fn -> Process.sleep(:infinity) end)
        iex> Process.link(pid)
        true
        iex> pid in elem(Process.info(self(), :links), 1)
        true
        iex> Process.unlink(pid)
        true
    """
    return bifs.link(pid_or_port)


@module.function
def unlink(pid_or_port: Any) -> bool:
    """Remove the link with another process.

        iex> pid = spawn_link(fn -> Process.sleep(:infinity) end)
        iex> Process.unlink(pid)
        true
        iex> Process.exit(pid, :kill)
        true
    """
    return bifs.unlink(pid_or_port)


@module.function
def monitor(item: Any, options: Any = EMPTY) -> Any:
    """Watch a process: its end arrives as `{:DOWN, ref, :process, pid, reason}`.

        iex> pid = spawn(fn -> exit(:done) end)
        iex> ref = Process.monitor(pid)
        iex> receive do {:DOWN, ^ref, :process, ^pid, why} when why in [:done, :noproc] -> :down end
        :down
    """
    return bifs.monitor(atom("process"), item, options)


@module.function
def demonitor(monitor_ref: Any, options: Any = EMPTY) -> bool:
    """Stop watching. Options are `:flush` and `:info`.

        iex> ref = Process.monitor(self())
        iex> Process.demonitor(ref, [:flush])
        true
    """
    return bifs.demonitor(monitor_ref, options)


@module.function
def list() -> Any:
    """The pids of all living processes.

        iex> self() in Process.list()
        true
    """
    return bifs.processes()


@module.function
def flag(flag: Any, value: Any) -> Any:
    """Set a flag of the calling process; returns the old value.

        iex> Process.flag(:trap_exit, true)
        false
        iex> Process.flag(:trap_exit, false)
        true
    """
    return bifs.process_flag(flag, value)


@module.function("flag", arity=3)
def flag_of(pid: Any, flag: Any, value: Any) -> Any:
    """Set a flag of another process; only `:save_calls` can be, and nothing is saved."""
    if type(pid) is not Pid:
        raise bad_argument("erlang", "process_flag", (pid, flag, value), a1="not a pid")
    if flag is not atom("save_calls"):
        raise bad_argument("erlang", "process_flag", (pid, flag, value), a2="invalid process flag")
    return bifs.process_flag(pid, flag, value)


@module.function
def info(pid: Any, spec: Any = ...) -> Any:
    """What is known of a living process: a list, one item, or the items of a list; nil when it is dead.

        iex> Process.info(self(), :trap_exit)
        {:trap_exit, false}
        iex> Process.info(self(), [:links, :priority]) |> Keyword.keys()
        [:links, :priority]
    """
    if spec is ...:
        found = bifs.process_info(pid)
        return None if found is bifs.UNDEFINED else found
    found = bifs.process_info(pid, spec)
    if spec is atom("registered_name") and found is EMPTY:
        return spec, EMPTY
    return None if found is bifs.UNDEFINED else found


@module.function
def register(pid_or_port: Any, name: Any) -> bool:
    """Give a process a name.

        iex> Process.register(self(), :me)
        true
        iex> Process.whereis(:me) == self()
        true
        iex> Process.unregister(:me)
        true
    """
    if not is_atom(name) or name in (None, True, False) or name is bifs.UNDEFINED:
        raise function_clause(NAME, "register", (pid_or_port, name))
    try:
        return bifs.register(name, pid_or_port)
    except ElixirError:
        raise argument_error(
            f"could not register {inspect(pid_or_port)} with name {inspect(name)} because it is not alive, the name is "
            "already taken, or it has already been given another name"
        ) from None


@module.function
def unregister(name: Any) -> bool:
    """Take a name back.

        iex> Process.register(self(), :somebody)
        iex> Process.unregister(:somebody)
        true
        iex> Process.whereis(:somebody)
        nil
    """
    return bifs.unregister(name)


@module.function
def whereis(name: Any) -> Any:
    """The pid of a name, or nil.

        iex> Process.whereis(:nobody_has_this_name)
        nil
    """
    found = bifs.whereis(name)
    return None if found is bifs.UNDEFINED else found


@module.function
def registered() -> Any:
    """The names of all named processes.

        iex> Process.register(self(), :known)
        iex> :known in Process.registered()
        true
        iex> Process.unregister(:known)
        true
    """
    return bifs.registered()


@module.function
def group_leader() -> Any:
    """The process that does the calling process's input and output.

        iex> is_pid(Process.group_leader())
        true
    """
    return bifs.group_leader()


@module.function("group_leader", arity=2)
def set_group_leader(pid: Any, leader: Any) -> bool:
    """Make another process do a process's input and output."""
    bifs.group_leader(leader, pid)
    return True


@module.function
def hibernate(mod: Any, fun_name: Any, args: Any) -> Any:
    """Wait for a message without a stack, then call a function of a module.

        iex> pid = spawn(fn -> Process.hibernate(Kernel, :exit, [:normal]) end)
        iex> Process.sleep(5)
        iex> Process.info(pid, :current_function)
        {:current_function, {:erlang, :hibernate, 3}}
    """
    return bifs.hibernate(mod, fun_name, args)


@module.function
def send(dest: Any, msg: Any, options: Any) -> Any:
    """Send a message; returns `:ok`. Options change nothing on one node.

        iex> Process.send(self(), :hello, [])
        :ok
        iex> receive do message -> message end
        :hello
    """
    answer = bifs.send(dest, msg, options)
    return bifs.OK if options is EMPTY else answer


@module.function
def send_after(dest: Any, msg: Any, time: Any, opts: Any = EMPTY) -> Any:
    """Send a message after some milliseconds; returns the timer's reference.

        iex> Process.send_after(self(), :late, 5)
        iex> receive do message -> message end
        :late
    """
    return bifs.send_after(time, dest, msg, opts)


@module.function
def cancel_timer(timer_ref: Any, options: Any = EMPTY) -> Any:
    """Stop a timer; returns the milliseconds that were left, or false.

        iex> timer = Process.send_after(self(), :never, 60_000)
        iex> is_integer(Process.cancel_timer(timer))
        true
        iex> Process.cancel_timer(timer)
        false
    """
    return bifs.cancel_timer(timer_ref, options)


@module.function
def read_timer(timer_ref: Any) -> Any:
    """The milliseconds that a timer has left, or false.

        iex> timer = Process.send_after(self(), :never, 60_000)
        iex> Process.read_timer(timer) > 59_000
        true
        iex> Process.cancel_timer(timer) > 0
        true
    """
    return bifs.read_timer(timer_ref)


@module.function
def set_label(label: Any) -> Any:
    """Name the calling process for those who look at it; any term will do.

        iex> Process.set_label(:worker_7)
        :ok
        iex> Process.info(self(), :label)
        {:label, :worker_7}
    """
    me = runtime.current()
    me.flags = {**(me.flags or {}), "label": label}
    runtime.put_value(atom("$process_label"), label)
    return OK


@module.function
def spawn(fun: Any, opts: Any) -> Any:
    """Start a process with options: `:link`, `:monitor`.

        iex> me = self()
        iex> Process.spawn(fn -> send(me, :hello) end, [])
        iex> receive do word -> word end
        :hello
    """
    return starting.spawn_opt(fun, opts)


@module.function("spawn", arity=4)
def spawn_call(mod: Any, fun: Any, args: Any, opts: Any) -> Any:
    """Start a process that calls a function of a module, with options."""
    return starting.spawn_opt(mod, fun, args, opts)


@module.function("alias", arity=(0, 1))
def alias_(options: Any = EMPTY) -> Any:
    """A reference that stands for the calling process until it is taken back.

        iex> alias_ref = Process.alias()
        iex> send(alias_ref, :hi)
        iex> receive do word -> word end
        :hi
    """
    return bifs.alias(options)


@module.function
def unalias(alias: Any) -> bool:
    """Take an alias back: messages to it are dropped from now on.

        iex> alias_ref = Process.alias()
        iex> Process.unalias(alias_ref)
        true
        iex> send(alias_ref, :nobody_hears)
        iex> receive do word -> word after 0 -> :silence end
        :silence
    """
    return bifs.unalias(alias)
