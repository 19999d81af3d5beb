"""`:filelib`: questions about files, and folders made and walked."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.file.base import attempt, path_of
from pyex.terms.atoms import atom
from pyex.terms.functions import export
from pyex.terms.lists import List, charlist, from_pylist, to_pylist

module = NativeModule(":filelib", doc="Questions about files and folders.")

OK: Final = atom("ok")


def _like(text: str, given: Any) -> Any:
    return charlist(text) if isinstance(given, List) else text


@module.function
def is_file(name: Any) -> Any:
    """Tell whether there is a file or folder of that name.

    iex> :filelib.is_file(~c"/")
    true
    """
    return os.path.exists(path_of(name))


@module.function
def is_dir(name: Any) -> Any:
    """Tell whether a name is that of a folder.

    iex> :filelib.is_dir(~c"/")
    true
    """
    return os.path.isdir(path_of(name))


@module.function
def is_regular(name: Any) -> Any:
    """Tell whether a name is that of an ordinary file.

    iex> :filelib.is_regular(~c"/")
    false
    """
    return os.path.isfile(path_of(name))


@module.function
def file_size(name: Any) -> Any:
    """Return the number of bytes of a file, or 0.

    iex> :filelib.file_size(~c"/no/such/file")
    0
    """
    path = path_of(name)
    return os.path.getsize(path) if os.path.exists(path) else 0


@module.function
def last_modified(name: Any) -> Any:
    """Return when a file was changed, in local time, or 0.

    iex> :filelib.last_modified(~c"/no/such/file")
    0
    """
    path = path_of(name)
    if not os.path.exists(path):
        return 0
    seconds = int(os.path.getmtime(path))
    return export(atom("calendar"), "system_time_to_local_time", 2).fn(seconds, atom("second"))


def _made(path: str) -> Any:
    return attempt(lambda: os.makedirs(path, exist_ok=True)) if path else OK


@module.function
def ensure_dir(name: Any) -> Any:
    """Make the folders above a file.

    iex> :filelib.ensure_dir(~c"/x")
    :ok
    """
    return _made(os.path.dirname(path_of(name)))


@module.function
def ensure_path(path: Any) -> Any:
    """Make a folder and those above it.

    iex> :filelib.ensure_path(~c"/")
    :ok
    """
    return _made(path_of(path))


@module.function("wildcard", arity=(1, 2))
def wildcard(pattern: Any, folder: Any = None) -> Any:
    """Return the names that a pattern with `*`, `?`, `**` and `{a,b}` meets, in order, as charlists.

    iex> :filelib.wildcard(~c"/no/such/*")
    []
    """
    found = export(atom("Elixir.Path"), "wildcard", 1)
    text = path_of(pattern)
    base = "" if folder is None or os.path.isabs(text) else path_of(folder).rstrip("/") + "/"
    names = [str(name).removeprefix(base) for name in to_pylist(found.fn(base + text))]
    return from_pylist([_like(name, from_pylist([0])) for name in names])


@module.function
def fold_files(folder: Any, pattern: Any, recursive: Any, fun: Any, acc: Any) -> Any:
    """Fold the files whose names meet a regular expression; the function takes a path and the accumulator.

    iex> :filelib.fold_files(~c"/no/such", ~c".*", true, fn file, acc -> [file | acc] end, [])
    []
    """
    form = re.compile(path_of(pattern))
    for name in _files(path_of(folder), form, deep=recursive is True):
        acc = fun(_like(name, folder), acc)
    return acc


def _files(folder: str, form: re.Pattern[str], *, deep: bool) -> Iterator[str]:
    if not os.path.isdir(folder):
        return
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if os.path.isdir(path):
            if deep:
                yield from _files(path, form, deep=True)
        elif form.search(name):
            yield path
