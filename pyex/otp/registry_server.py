"""The processes of a registry: those that forget who ends, and their supervisor, which makes the table."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.otp import child_specs, gen_server, supervisor
from pyex.otp.registry_table import UNIQUE, Table, table, tables
from pyex.runtime.system import EXIT
from pyex.terms.atoms import alias, atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import elixir_list, from_pylist, to_pylist
from pyex.terms.maps import Map

SERVER: Final = alias("Registry.Partition")
OK: Final = atom("ok")
NOREPLY: Final = atom("noreply")
REPLY: Final = atom("reply")
server = NativeModule("Registry.Partition", doc="The process that forgets the entries of processes that end.")


def tell(made: Table, *message: Any) -> None:
    """Send a message to the listeners of a registry that are there."""
    for listener in made.listeners:
        if runtime.whereis(listener) is not None:
            runtime.send(listener, message)


# ---- the server


@server.function("start_link")
def start_partition(name: Any, given: Any) -> Any:
    """Start one of a registry's processes, under its supervisor."""
    return gen_server.start_link(SERVER, (given[1], given[2]), elixir_list((atom("name"), name)))


@server.function("init")
def server_init(argument: Any) -> Any:
    """Take one's place in the table; what the one before looked after is forgotten."""
    name, place = argument
    runtime.process_flag(atom("trap_exit"), True)
    made = table(name)
    before, made.servers[place] = made.servers[place], runtime.self_pid()
    if before is not None:
        for pid in [pid for pid in made.owners if made.place(pid) == place]:
            made.forget(pid)
    return OK, (name, made)


@server.function
def handle_call(request: Any, client: Any, state: Any) -> Any:
    """Answer once what came before is done."""
    return REPLY, OK, state


@server.function
def handle_info(message: Any, state: Any) -> Any:
    """Forget the entries of a process that has ended."""
    if type(message) is tuple and len(message) == 3 and message[0] is EXIT:
        name, made = state
        for key in made.forget(message[1]):
            tell(made, atom("unregister"), name, key, message[1])
    return NOREPLY, state


# ---- the supervisor

above = NativeModule("Registry.Supervisor", doc="The supervisor of a registry's processes.")


@above.function("init")
def supervisor_init(argument: Any) -> Any:
    """Make the table, and say which processes look after it."""
    kind, name, partitions, listeners, entries, compressed = argument
    meta = {item[0]: item[1] for item in to_pylist(entries) if type(item[0]) is not int}
    tables[name] = Table(kind, to_pylist(listeners), meta, partitions)
    children = []
    for place in range(partitions):
        keys, pids = (alias(f"{inspect(name)}.{which}Partition{place}") for which in ("Key", "PID"))
        given = (kind, name, place, partitions, keys, pids, listeners, compressed)
        children.append(Map.from_pairs([
            (child_specs.ID, pids), (child_specs.START, (SERVER, child_specs.START_LINK, elixir_list(pids, given))),
        ]))  # fmt: skip
    strategy = atom("one_for_all") if kind is UNIQUE else atom("one_for_one")
    return supervisor.init(from_pylist(children), elixir_list((atom("strategy"), strategy)))
