"""The module :file, and how it takes the names of files: binaries, charlists, atoms, and lists of such parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.lists import List, is_proper, to_pylist

module = NativeModule(":file", doc="Files and folders, as Erlang names them.")

OK: Final = atom("ok")
ERROR: Final = atom("error")
BADARG: Final = (ERROR, atom("badarg"))


def name_of(value: Any) -> Any:
    """Return the name of a file as text or bytes; raises ValueError for what is none."""
    if is_binary(value):
        return value
    if isinstance(value, List):
        if not is_proper(value):
            raise ValueError("no file name")
        return "".join(map(_part, to_pylist(value)))
    return _word(value)


def _part(value: Any) -> str:
    if type(value) is int and 0 < value <= 0x10FFFF:
        return chr(value)
    if isinstance(value, List) and is_proper(value):
        return "".join(map(_part, to_pylist(value)))
    return _word(value)


def _word(value: Any) -> str:
    name = atom_name(value)
    if name is None:
        raise ValueError("no file name")
    return name


def named(work: Callable[..., Any], *names: Any) -> Any:
    """Return what some work answers for files of these names, `{:error, :badarg}` when one is no name."""
    try:
        given = [name_of(name) for name in names]
    except ValueError:
        return BADARG
    return work(*given)
