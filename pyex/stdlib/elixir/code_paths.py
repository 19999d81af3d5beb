"""The folders of Code's search path. They are kept and told; there are no `.beam` files that would be looked for in them."""

from __future__ import annotations

import os
from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, List, to_pylist

_PATHS: Final[list[str]] = []


def _folder(path: Any) -> str:
    if is_binary(path):
        return os.path.abspath(str(path))
    if not isinstance(path, List):
        raise function_clause(atom("Elixir.IO"), "chardata_to_string", (path,))
    return os.path.abspath("".join(chr(point) for point in to_pylist(path)))


def _put(path: Any, first: bool) -> bool:
    folder = _folder(path)
    if not os.path.isdir(folder):
        return False
    if folder in _PATHS:
        _PATHS.remove(folder)
    _PATHS.insert(0 if first else len(_PATHS), folder)
    return True


def _paths(name: str, paths: Any, *more: Any) -> list[Any]:
    if not isinstance(paths, List):
        raise function_clause(atom("Elixir.Code"), name, (paths, *more))
    return to_pylist(paths)


def append_path(path: Any, options: Any = EMPTY) -> bool:
    """Put a folder at the end of the search path; tells whether there is such a folder.

    iex> Code.append_path("no/such/folder")
    false
    """
    return _put(path, False)


def prepend_path(path: Any, options: Any = EMPTY) -> bool:
    """Put a folder at the beginning of the search path; tells whether there is such a folder.

    iex> Code.prepend_path("no/such/folder")
    false
    """
    return _put(path, True)


def append_paths(paths: Any, options: Any = EMPTY) -> Any:
    """Put folders at the end of the search path; what is no folder is passed over.

    iex> Code.append_paths(["no/such/folder"])
    :ok
    """
    for path in _paths("append_paths", paths, options):
        _put(path, False)
    return atom.ok


def prepend_paths(paths: Any, options: Any = EMPTY) -> Any:
    """Put folders at the beginning of the search path; what is no folder is passed over.

    iex> Code.prepend_paths(["no/such/folder"])
    :ok
    """
    for path in reversed(_paths("prepend_paths", paths, options)):
        _put(path, True)
    return atom.ok


def delete_path(path: Any) -> bool:
    """Take a folder off the search path; tells whether it was there.

    iex> Code.delete_path("no/such/folder")
    false
    """
    folder = _folder(path)
    known = folder in _PATHS
    if known:
        _PATHS.remove(folder)
    return known


def delete_paths(paths: Any) -> Any:
    """Take folders off the search path.

    iex> Code.delete_paths(["no/such/folder"])
    :ok
    """
    for path in _paths("delete_paths", paths):
        delete_path(path)
    return atom.ok
