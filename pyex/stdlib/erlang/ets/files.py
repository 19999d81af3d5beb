"""Tables written to files and read back: their objects and what kind of table they were, in the external term format."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.elixir.file.base import path_of, posix
from pyex.stdlib.erlang.bifs import external
from pyex.stdlib.erlang.ets.base import module, table_for
from pyex.terms.atoms import atom
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist, to_pylist

OK: Final = atom("ok")
ERROR: Final = atom("error")
_MAGIC: Final = atom("pyex_ets")
_KEPT: Final = ("type", "protection", "keypos", "named_table", "name")


@module.function("tab2file", arity=(2, 3))
def tab2file(table: Any, filename: Any, options: Any = EMPTY) -> Any:
    """Write a table to a file; `:ok` or `{:error, reason}`.

    iex> t = :ets.new(:demo, [])
    iex> :ets.tab2file(t, ~c"/no/such/folder/file") |> elem(0)
    :error
    """
    table_for("tab2file", table, filename)
    about = [(atom(name), export(atom("ets"), "info", 2).fn(table, atom(name))) for name in _KEPT]
    objects = export(atom("ets"), "tab2list", 1).fn(table)
    data = external.encode_whole((_MAGIC, from_pylist(about), objects), compressed=True)
    try:
        with open(path_of(filename), "wb") as file:
            file.write(data)
    except OSError as error:
        return ERROR, (atom("file_error"), filename, posix(error))
    return OK


def _stored(filename: Any) -> tuple[Any, Any]:
    """Return `(what was kept, objects)` of a file, or `(None, reason)`."""
    try:
        with open(path_of(filename), "rb") as file:
            found, _ = external.decode_whole(file.read())
    except OSError as error:
        return None, (atom("read_error"), (atom("file_error"), filename, posix(error)))
    except external.Malformed:
        return None, atom("badfile")
    if type(found) is not tuple or len(found) != 3 or found[0] is not _MAGIC:
        return None, atom("badfile")
    return {key.name: value for key, value in to_pylist(found[1])}, found[2]


@module.function("file2tab", arity=(1, 2))
def file2tab(filename: Any, options: Any = EMPTY) -> Any:
    """Make a table of a file that `tab2file/2` wrote; `{:ok, table}` or `{:error, reason}`.

    iex> :ets.file2tab(~c"/no/such/file") |> elem(0)
    :error
    """
    about, objects = _stored(filename)
    if about is None:
        return ERROR, objects
    chosen = [about["type"], about["protection"], (atom("keypos"), about["keypos"])]
    if about["named_table"]:
        chosen.append(atom("named_table"))
    table = export(atom("ets"), "new", 2).fn(about["name"], from_pylist(chosen))
    export(atom("ets"), "insert", 2).fn(table, objects)
    return OK, table


@module.function
def tabfile_info(filename: Any) -> Any:
    """Return `{:ok, facts}` of a file that `tab2file/2` wrote, or `{:error, reason}`.

    iex> :ets.tabfile_info(~c"/no/such/file") |> elem(0)
    :error
    """
    about, objects = _stored(filename)
    if about is None:
        return ERROR, objects
    facts = [(atom(name), value) for name, value in about.items()]
    return OK, from_pylist([*facts, (atom("size"), len(to_pylist(objects)))])
