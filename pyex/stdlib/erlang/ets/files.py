"""Tables written to files and read back: their objects and what kind of table they were, in the external term format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.stdlib.elixir.file.base import path_of, posix
from pyex.stdlib.erlang.bifs import external
from pyex.stdlib.erlang.ets.base import find, module, table_for
from pyex.terms.atoms import Atom, atom, atom_name
from pyex.terms.errors import function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, from_pylist, is_proper, to_pylist

OK: Final = atom("ok")
ERROR: Final = atom("error")
_MAGIC: Final = atom("pyex_ets")
_KEPT: Final = ("name", "type", "protection", "named_table", "keypos")


@module.function("tab2file", arity=(2, 3))
def tab2file(table: Any, filename: Any, options: Any = EMPTY) -> Any:
    """Write a table to a file; `:ok` or `{:error, reason}`.

    iex> t = :ets.new(:demo, [])
    iex> :ets.tab2file(t, ~c"/no/such/folder/file") |> elem(0)
    :error
    """
    if not is_proper(options):
        raise function_clause(atom("ets"), "parse_ft_options", (options,))
    kinds, wrong = _options(options, {"sync": _is_flag, "extended_info": is_proper})
    if wrong is None and (unknown := [kind for kind in kinds.get("extended_info", []) if kind not in _EXTRAS]):
        wrong = atom("unknown_option"), from_pylist([(atom("extended_info"), from_pylist(unknown))])
    if wrong is not None:
        return ERROR, wrong
    if find(table) is None:
        return ERROR, atom("badtab")
    if type(filename) is int:
        return ERROR, atom("eaccess")
    table_for("tab2file", table, filename)
    about = [(atom(name), export(atom("ets"), "info", 2).fn(table, atom(name))) for name in _KEPT]
    about.append((atom("extended_info"), from_pylist(kinds.get("extended_info", []))))
    objects = export(atom("ets"), "tab2list", 1).fn(table)
    data = external.encode_whole((_MAGIC, from_pylist(about), objects), compressed=True)
    try:
        with open(path_of(_name(filename)), "wb") as file:
            file.write(data)
    except OSError as error:
        return ERROR, (atom("file_error"), filename, posix(error))
    return OK


def _name(filename: Any) -> Any:
    return atom_name(filename) or filename


_EXTRAS: Final = (atom("object_count"), atom("md5sum"))


def _is_flag(value: Any) -> bool:
    return type(value) is bool


def _options(options: Any, known: dict[str, Callable[[Any], bool]]) -> tuple[dict[str, Any], Any]:
    """Return the options by name, lists as Python's, and what is wrong with them, None if nothing is."""
    if not is_proper(options):
        return {}, (atom("malformed_option"), options)
    found: dict[str, Any] = {}
    for option in to_pylist(options):
        name = option[0].name if type(option) is tuple and len(option) == 2 and type(option[0]) is Atom else ""
        if name == "extended_info" in known and not is_proper(option[1]):
            return {}, (atom("malformed_option"), option[1])
        if name not in known or not known[name](option[1]):
            return {}, (atom("unknown_option"), option)
        found[name] = to_pylist(option[1]) if is_proper(option[1]) else option[1]
    return found, None


def _stored(filename: Any) -> tuple[Any, Any]:
    """Return `(what was kept, objects)` of a file, or `(None, reason)`."""
    if not isinstance(filename, (List, Atom)):
        asked = from_pylist([(atom("file"), filename), (atom("mode"), atom("read_only"))])
        return None, (atom("read_error"), (atom("badarg"), asked))
    no_table = atom("read_error"), (atom("not_a_log_file"), filename)
    try:
        with open(path_of(_name(filename)), "rb") as file:
            found, _ = external.decode_whole(file.read())
    except OSError as error:
        return None, (atom("read_error"), (atom("file_error"), filename, posix(error)))
    except external.Malformed:
        return None, no_table
    if type(found) is not tuple or len(found) != 3 or found[0] is not _MAGIC:
        return None, no_table
    return {key.name: value for key, value in to_pylist(found[1])}, found[2]


@module.function("file2tab", arity=(1, 2))
def file2tab(filename: Any, options: Any = EMPTY) -> Any:
    """Make a table of a file that `tab2file/2` wrote; `{:ok, table}` or `{:error, reason}`.

    iex> :ets.file2tab(~c"/no/such/file") |> elem(0)
    :error
    """
    _, wrong = _options(options, {"verify": _is_flag})
    if wrong is not None:
        return ERROR, wrong
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
    if not isinstance(filename, (List, Atom)):
        raise function_clause(atom("ets"), "tabfile_info", (filename,))
    about, objects = _stored(filename)
    if about is None:
        return ERROR, objects
    extra = about.pop("extended_info")
    facts = [(atom(name), value) for name, value in about.items()]
    return OK, from_pylist([*facts, (atom("size"), len(to_pylist(objects))), (atom("extended_info"), extra)])
