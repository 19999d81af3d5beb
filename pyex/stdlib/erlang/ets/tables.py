""":ets: making tables, giving them away, what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.stdlib.erlang.ets.base import NONE, PRIVATE, PUBLIC, TABLES, failure, find, forget, module, own, table_for
from pyex.stdlib.erlang.ets.table import KINDS, SET, Table
from pyex.stdlib.erlang.ets.words import memory
from pyex.terms.atoms import Atom, atom, atom_name, is_atom
from pyex.terms.lists import List, from_pylist, is_proper, to_pylist
from pyex.terms.node import this_node
from pyex.terms.pids import Pid, Reference

PROTECTED: Final = atom("protected")
NAMED: Final = atom("named_table")
UNDEFINED: Final = atom("undefined")
_TUNING: Final = frozenset({"write_concurrency", "read_concurrency", "decentralized_counters"})


@module.function
def new(name: Any, options: Any) -> Any:
    """Make a table: `:set`, `:ordered_set`, `:bag` or `:duplicate_bag`; `:public`, `:protected` or `:private`;
    `:named_table`; `{:keypos, n}`; `{:heir, pid, data}`.

        iex> table = :ets.new(:scores, [:set])
        iex> :ets.insert(table, {:ann, 3})
        true
        iex> :ets.lookup(table, :ann)
        [ann: 3]
    """
    args = (name, options)
    wrong = {} if is_atom(name) else {"a1": "not an atom"}
    if not is_proper(options):
        wrong["a2"] = "not a proper list" if isinstance(options, List) else "not a list"
    if wrong:
        raise failure("new", args, **wrong)
    table = Table(name, SET, PROTECTED, 1, runtime.self_pid())
    for option in to_pylist(options):
        if not _set(table, option):
            raise failure("new", args, a2="invalid options")
    if table.is_named:
        if find(name) is not None:
            raise failure("new", args, a1="table name already exists")
        TABLES[name] = table
    TABLES[table.reference] = table
    own(table, table.owner)
    return name if table.is_named else table.reference


def _set(table: Table, option: Any) -> bool:
    """Set an option of a new table; tells whether there is such an option."""
    if option in KINDS:
        table.kind = option
    elif option in (PUBLIC, PROTECTED, PRIVATE):
        table.access = option
    elif option is NAMED:
        table.is_named = True
    elif type(option) is Atom:
        return option.name == "compressed"
    else:
        return _set_pair(table, option)
    return True


def _set_pair(table: Table, option: Any) -> bool:
    if type(option) is not tuple or not option or type(option[0]) is not Atom:
        return False
    match option[0].name, option[1:]:
        case "keypos", (int(position),) if position > 0:
            table.key_position = position
        case "heir", (Pid() as heir, data):
            table.heir = heir, data
        case "heir", (heir,) if heir is NONE:
            table.heir = NONE
        case name, (value,) if name in _TUNING:
            table.options[name] = value
        case _:
            return False
    return True


@module.function
def delete(table: Any) -> Any:
    """Take a table away.

    iex> :ets.delete(:ets.new(:gone, []))
    true
    """
    forget(table_for("delete", table, write=True))
    return True


@module.function
def whereis(name: Any) -> Any:
    """Return the reference of a named table, or `:undefined`.

    iex> :ets.whereis(:nowhere)
    :undefined
    """
    if not is_atom(name):
        raise failure("whereis", (name,), a1="invalid table name (must be an atom)")
    found = find(name)
    return UNDEFINED if found is None else found.reference


@module.function("all")
def all_() -> Any:
    """Return all tables.

        iex> :ets.new(:listed, [:named_table]) in :ets.all()
        false
    """
    tables = {id(table): table for given in list(TABLES) if (table := find(given)) is not None}
    return from_pylist([table.name if table.is_named else table.reference for table in tables.values()])


@module.function
def rename(table: Any, name: Any) -> Any:
    """Give a named table another name.

        iex> table = :ets.new(:before, [:named_table])
        iex> :ets.rename(table, :afterwards)
        :afterwards
    """
    wrong = {} if is_atom(name) else {"a2": "invalid table name (must be an atom)"}
    found = table_for("rename", table, name, write=True, wrong=wrong)
    if found.is_named:
        TABLES.pop(found.name, None)
        TABLES[name] = found
    found.name = name
    return name


@module.function
def give_away(table: Any, pid: Any, gift_data: Any) -> Any:
    """Make another process a table's owner; it gets `{:"ETS-TRANSFER", table, from, data}`.

        iex> table = :ets.new(:t, [])
        iex> pid = spawn(fn -> Process.sleep(:infinity) end)
        iex> :ets.give_away(table, pid, :yours)
        true
        iex> :ets.info(table, :owner) == pid
        true
    """
    args = (table, pid, gift_data)
    found = table_for("give_away", *args, write=True)
    if type(pid) is not Pid or pid.process is None:
        raise failure("give_away", args, a2="not a pid" if type(pid) is not Pid else "not an existing process")
    if pid == found.owner:
        raise failure("give_away", args, a2="the process is already the owner of the table")
    runtime.send(pid, (atom("ETS-TRANSFER"), table, found.owner, gift_data))
    own(found, pid)
    return True


@module.function
def setopts(table: Any, opts: Any) -> Any:
    """Set a table's heir, `{:heir, pid, data}` or `{:heir, :none}`, and who may do what: `{:protection, :private}`.

        iex> table = :ets.new(:t, [])
        iex> :ets.setopts(table, {:heir, self(), :mine})
        true
    """
    found = table_for("setopts", table, opts, write=True)
    for option in to_pylist(opts) if is_proper(opts) else [opts]:
        name = atom_name(option[0]) if type(option) is tuple and option else None
        if name == "protection" and len(option) == 2 and option[1] in (PUBLIC, PROTECTED, PRIVATE):
            found.access = option[1]
        elif name != "heir" or not _set_pair(found, option):
            raise failure("setopts", (table, opts), a2="invalid options")
    return True


@module.function
def safe_fixtable(table: Any, fix: Any) -> Any:
    """Promise that going through a table meets no object twice; here that holds at any time.

        iex> table = :ets.new(:t, [])
        iex> :ets.safe_fixtable(table, true)
        true
    """
    table_for("safe_fixtable", table, fix)
    if type(fix) is not bool:
        raise failure("safe_fixtable", (table, fix), a2="not a boolean value")
    return True


_FACTS: Final[dict[str, Callable[[Table], Any]]] = {
    "id": lambda table: table.reference,
    "decentralized_counters": lambda table: table.options.get("decentralized_counters", False),
    "read_concurrency": lambda table: table.options.get("read_concurrency", False),
    "write_concurrency": lambda table: table.options.get("write_concurrency", False),
    "compressed": lambda _: False,
    "memory": memory,
    "owner": lambda table: table.owner,
    "heir": lambda table: table.heir[0] if type(table.heir) is tuple else table.heir,
    "name": lambda table: table.name,
    "size": len,
    "node": lambda _: this_node.name,
    "named_table": lambda table: table.is_named,
    "type": lambda table: table.kind,
    "keypos": lambda table: table.key_position,
    "protection": lambda table: table.access,
}


def _known(name: str, *args: Any) -> Table | None:
    if not is_atom(args[0]) and not isinstance(args[0], Reference):
        raise failure(name, args, a1="not an atom or a table identifier")
    return find(args[0])


@module.function
def info(table: Any) -> Any:
    """Return what is known of a table, or `:undefined`."""
    found = _known("info", table)
    return UNDEFINED if found is None else from_pylist([(atom(name), tell(found)) for name, tell in _FACTS.items()])


@module.function("info", arity=2)
def info_of(table: Any, item: Any) -> Any:
    """Return one fact of a table: `:size`, `:type`, `:owner`, `:name`, `:keypos`, `:protection` …

    iex> :ets.info(:ets.new(:empty, []), :size)
    0
    """
    found = _known("info", table, item)
    if found is None:
        return UNDEFINED
    tell = _FACTS.get(atom_name(item) or "")
    if tell is None:
        raise failure("info", (table, item), a2="not a valid info item")
    return tell(found)
