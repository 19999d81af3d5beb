""":file: files of Erlang's terms."""

from __future__ import annotations

import re
from typing import Any, Final

from pyex.stdlib.elixir.file import contents
from pyex.stdlib.erlang.file.base import ERROR, OK, module, named
from pyex.stdlib.erlang.file.opened import first_in
from pyex.stdlib.erlang.io_lib.read import Reader, Unreadable
from pyex.terms.atoms import atom
from pyex.terms.binaries import to_bytes
from pyex.terms.lists import from_pylist

_LATIN1: Final = re.compile(rb"[^\n]*coding[:=]\s*latin-?1", re.IGNORECASE)


@module.function
def consult(filename: Any) -> Any:
    """Return `{:ok, terms}` of a file that holds Erlang's terms, each with a dot behind it.

        iex> File.write!("/tmp/consulted.config", "{name, [1, 2.5]}. end_of_terms.")
        iex> :file.consult("/tmp/consulted.config")
        {:ok, [{:name, [1, 2.5]}, :end_of_terms]}
    """
    return named(_terms, filename)


def _terms(name: Any) -> Any:
    found = contents.read(name)
    if found[0] is not OK:
        return found
    data = to_bytes(found[1])
    try:
        text = data.decode("latin-1" if _LATIN1.match(data) else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return ERROR, (line, atom("file_io_server"), atom("invalid_unicode"))
    try:
        return OK, from_pylist(Reader(text).terms())
    except Unreadable as unreadable:
        return ERROR, unreadable.reason


@module.function
def path_consult(path: Any, filename: Any) -> Any:
    """Read the terms of the first file of that name in a list of folders: `{:ok, terms, full name}`.

        iex> :file.path_consult(["/no/such/folder"], "x")
        {:error, :enoent}
    """
    answer, name = first_in(path, filename, consult)
    return (OK, answer[1], name) if answer[0] is OK else answer
