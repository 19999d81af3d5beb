"""The module :ets, the tables that there are, and who may do what with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pyex import runtime
from pyex.code.native import NativeModule
from pyex.runtime.belongings import give_up, keep
from pyex.stdlib.erlang.ets.table import Table
from pyex.terms.atoms import atom, is_atom
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.pids import Pid, Reference

module = NativeModule(":ets", doc="Tables of tuples in memory, looked up by key.")
PRIVATE: Final = atom("private")
PUBLIC: Final = atom("public")
END: Final = atom("$end_of_table")
NONE: Final = atom("none")
TABLES: Final[dict[Any, Table]] = {}
"""The tables, by reference and, if they have one, by name."""


def own(table: Table, owner: Pid) -> None:
    """Make a process the owner of a table: when it ends the table goes to its heir, or away."""
    give_up(table.owner, table)
    table.owner = owner
    keep(owner, table, lambda: _inherit(table))


def _inherit(table: Table) -> None:
    if type(table.heir) is not tuple or table.heir[0].process is None:
        forget(table)
        return
    heir, data = table.heir
    former = table.owner
    own(table, heir)
    runtime.send(heir, (atom("ETS-TRANSFER"), table.name if table.is_named else table.reference, former, data))


def forget(table: Table) -> None:
    """Take a table away."""
    give_up(table.owner, table)
    table.clear()
    TABLES.pop(table.reference, None)
    if table.is_named:
        TABLES.pop(table.name, None)


def find(given: Any) -> Table | None:
    """Return a table by name or reference."""
    return TABLES.get(given) if isinstance(given, (Reference, type(NONE))) else None


def failure(name: str, args: tuple[Any, ...], **wrong: str) -> ElixirError:
    """Return the `:badarg` of a function, with what is wrong with which argument."""
    return bad_argument("ets", name, args, **wrong)


def table_for(name: str, *args: Any, write: bool = False, wrong: Mapping[str, str] | None = None) -> Table:
    """Return the table that is a function's first argument. Raises `:badarg` when there is none, or it is another's; `wrong`
    is what is wrong with the other arguments, which is told beside it.
    """
    table = find(args[0])
    if table is None:
        raise failure(name, args, a1=_no_table(args[0]), **(wrong or {}))
    closed = table.access is PRIVATE or (write and table.access is not PUBLIC)
    if closed and table.owner is not runtime.self_pid() and table.owner != runtime.self_pid():
        raise failure(name, args, a1="the table identifier refers to an ETS table with insufficient access rights")
    if wrong:
        raise failure(name, args, **wrong)
    return table


def _no_table(given: Any) -> str:
    if is_atom(given) or isinstance(getattr(given, "held", None), Table):
        return "the table identifier does not refer to an existing ETS table"
    return "not a valid table identifier" if isinstance(given, Reference) else "not an atom or a table identifier"
