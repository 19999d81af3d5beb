"""PartitionSupervisor: the same child started several times, messages being spread over them by a key."""

from __future__ import annotations

import os
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.otp import child_specs, gen, gen_server, supervisor
from pyex.otp.options import by_name
from pyex.runtime import system
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import Exit, argument_error, function_clause
from pyex.terms.functions import export, is_function
from pyex.terms.inspect import inspect
from pyex.terms.lists import elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map, encode_key
from pyex.terms.pids import Pid

NAME: Final = alias("PartitionSupervisor")
OK: Final = atom("ok")
START: Final = atom("start")
UNDEFINED: Final = atom("undefined")
module = NativeModule(
    "PartitionSupervisor", doc="Starts the same child several times, and spreads messages over the partitions by a key."
)


class Partitions:
    """The partitions of one supervisor: how many there are, how many are in use, and their pids."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.used = most
        self.pids: dict[int, Pid] = {}


_tables: Final[dict[Any, Partitions]] = {}


def _found(name: Any) -> Partitions:
    table = _tables.get(encode_key(name))
    if table is None or gen.whereis(name) is None:
        raise Exit((atom("noproc"), (NAME, atom("partitions"), elixir_list(name))))
    return table


@module.function
def start_link(opts: Any) -> Any:
    """Start the partitions of `child_spec` under `name`; `partitions` is their number, by default one for each scheduler.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: {Agent, fn -> 1 end}, name: Numbers, partitions: 2)
        iex> PartitionSupervisor.partitions(Numbers)
        2
        iex> Agent.get({:via, PartitionSupervisor, {Numbers, 7}}, & &1)
        1
    """
    given = by_name(opts)
    for needed in ("name", "child_spec"):
        if needed not in given:
            raise argument_error(f"the :{needed} option must be given to PartitionSupervisor")
    name = given["name"]
    gen.check_name(name)
    count = given.get("partitions", os.cpu_count() or 1)
    if type(count) is not int or count < 1:
        raise argument_error(f"the :partitions option must be a positive integer, got: {inspect(count)}")
    arguments = given.get("with_arguments", _same_arguments)
    if not is_function(arguments, 2):
        raise argument_error(
            "the :with_arguments option must be a function that receives two arguments, the current call arguments "
            f"and the partition, got: {inspect(arguments)}"
        )
    spec = child_specs.child_spec(given["child_spec"])
    table = Partitions(count)
    children = from_pylist([_partition(spec, table, name, place, arguments) for place in range(count)])
    flags = [(atom("strategy"), given.get("strategy", atom("one_for_one")))]
    flags += [(atom(key), given[key]) for key in ("max_restarts", "max_seconds") if key in given]
    if gen.whereis(name) is None:
        _tables[encode_key(name)] = table
    return supervisor.start_link(children, from_pylist([*flags, (atom("name"), name)]))


def _same_arguments(arguments: Any, partition: Any) -> Any:
    return arguments


def _partition(spec: Map, table: Partitions, name: Any, place: int, arguments: Any) -> Map:
    target, function, args = spec[START]
    call = (target, function, arguments(args, place))
    start = (NAME, atom("start_child"), elixir_list(name, place, call, None))
    modules = spec.get(atom("modules"), elixir_list(target))
    return spec.put(atom("id"), place).put(START, start).put(atom("modules"), modules)


@module.function(doc=False)
def start_child(name: Any, partition: Any, call: Any, info: Any) -> Any:
    """Start one partition and note its pid."""
    target, function, args = call
    given = to_pylist(args)
    result = export(target, function.name, len(given)).fn(*given)
    if type(result) is tuple and len(result) in (2, 3) and result[0] is OK:
        _tables[encode_key(name)].pids[partition] = result[1]
    return result


@module.function
def child_spec(opts: Any) -> Any:
    """The specification under which another supervisor starts this one.

        iex> PartitionSupervisor.child_spec(child_spec: Agent, name: Shards).id
        Shards
    """
    name = next((value for key, value in to_pylist(opts) if key is atom("name")), NAME)
    return Map.from_pairs(
        [
            (atom("id"), NAME if name is None else name),
            (START, (NAME, atom("start_link"), elixir_list(opts))),
            (atom("type"), atom("supervisor")),
        ]
    )


@module.function
def partitions(name: Any) -> Any:
    """The number of partitions.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Threes, partitions: 3)
        iex> PartitionSupervisor.partitions(Threes)
        3
    """
    return _found(name).used


@module.function("resize!")
def resize(name: Any, partitions: Any) -> Any:
    """Use fewer partitions, or more again up to the number that it was started with; returns the number before.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Shrunk, partitions: 3)
        iex> PartitionSupervisor.resize!(Shrunk, 2)
        3
        iex> PartitionSupervisor.count_children(Shrunk).active
        2
    """
    table = _found(name)
    if type(partitions) is not int:
        raise function_clause(NAME, "resize!", (name, partitions))
    if not 0 <= partitions <= table.most:
        raise argument_error(
            f"the number of partitions to resize to must be a number between 0 and {table.most}, got: {partitions}"
        )
    before, table.used = table.used, partitions
    for place in range(partitions, before):
        supervisor.terminate_child(name, place)
    for place in range(before, partitions):
        supervisor.restart_child(name, place)
    return before


@module.function
def which_children(name: Any) -> Any:
    """The partitions as `{number, pid, type, modules}`, the last one first.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Shown, partitions: 2)
        iex> for {place, _pid, type, _} <- PartitionSupervisor.which_children(Shown), do: {place, type}
        [{1, :worker}, {0, :worker}]
    """
    return supervisor.which_children(name)


@module.function
def count_children(name: Any) -> Any:
    """How many partitions there are and how many run.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Counted, partitions: 2)
        iex> PartitionSupervisor.count_children(Counted)
        %{active: 2, workers: 2, supervisors: 0, specs: 2}
    """
    return supervisor.count_children(name)


@module.function
def stop(supervisor: Any, reason: Any = gen_server.NORMAL, timeout: Any = system.INFINITY) -> Any:
    """End all partitions and their supervisor.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Ended, partitions: 2)
        iex> PartitionSupervisor.stop(Ended)
        :ok
    """
    return gen_server.stop(supervisor, reason, timeout)


# ---- names for servers: `{:via, PartitionSupervisor, {name, key}}`


@module.function(doc=False)
def whereis_name(name: Any) -> Any:
    """The pid of the partition that a key belongs to, or `:undefined`.

        iex> {:ok, _} = PartitionSupervisor.start_link(child_spec: Agent.child_spec(fn -> 0 end), name: Where, partitions: 2)
        iex> is_pid(PartitionSupervisor.whereis_name({Where, 7}))
        true
    """
    table = _found(name[0])
    key = name[1]
    if table.used == 0:
        return UNDEFINED
    place = abs(key) % table.used if type(key) is int else export(Atom("erlang"), "phash2", 2).fn(key, table.used)
    pid = table.pids.get(place)
    return pid if pid is not None and pid.process is not None else UNDEFINED


@module.function(doc=False)
def send(name: Any, msg: Any) -> Any:
    """Send a message to the partition that a key belongs to."""
    pid = whereis_name(name)
    if type(pid) is not Pid:
        raise Exit((atom("badarg"), (name, msg)))
    return system.send(pid, msg)


@module.function(doc=False)
def register_name(name: Any, pid: Any) -> Any:
    """Refuse: a partition has its name from its supervisor."""
    raise argument_error(f"cannot register a process under {inspect(name)}: partitions are started by their supervisor")


@module.function(doc=False)
def unregister_name(name: Any) -> Any:
    """Refuse: a partition has its name from its supervisor."""
    raise argument_error(f"cannot take {inspect(name)} back: partitions are ended by their supervisor")
