"""`:filelib`: questions about files, and folders made and walked."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.file.base import attempt, path_of
from pyex.stdlib.erlang.file.base import name_of
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument, function_clause
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, List, charlist, from_pylist, to_pylist

module = NativeModule(":filelib", doc="Questions about files and folders.")

OK: Final = atom("ok")


def _like(text: str, given: Any) -> Any:
    return charlist(text) if isinstance(given, List) else text


def _asked(question: Callable[[str], bool], name: Any) -> bool:
    """Return the answer to a question about a file; false for what is no name."""
    try:
        return question(path_of(name_of(name)))
    except ValueError:
        return False


@module.function("is_file", arity=(1, 2))
def is_file(name: Any, module_: Any = None) -> Any:
    """Tell whether there is a file or folder of that name.

    iex> :filelib.is_file(~c"/")
    true
    """
    return _asked(os.path.exists, name)


@module.function("is_dir", arity=(1, 2))
def is_dir(name: Any, module_: Any = None) -> Any:
    """Tell whether a name is that of a folder.

    iex> :filelib.is_dir(~c"/")
    true
    """
    return _asked(os.path.isdir, name)


@module.function("is_regular", arity=(1, 2))
def is_regular(name: Any, module_: Any = None) -> Any:
    """Tell whether a name is that of an ordinary file.

    iex> :filelib.is_regular(~c"/")
    false
    """
    return _asked(os.path.isfile, name)


@module.function("file_size", arity=(1, 2))
def file_size(name: Any, module_: Any = None) -> Any:
    """Return the number of bytes of a file, or 0.

    iex> :filelib.file_size(~c"/no/such/file")
    0
    """
    return os.path.getsize(path_of(name)) if _asked(os.path.exists, name) else 0


@module.function("last_modified", arity=(1, 2))
def last_modified(name: Any, module_: Any = None) -> Any:
    """Return when a file was changed, in local time, or 0.

    iex> :filelib.last_modified(~c"/no/such/file")
    0
    """
    if not _asked(os.path.exists, name):
        return 0
    seconds = int(os.path.getmtime(path_of(name)))
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


@module.function("wildcard", arity=(1, 2, 3))
def wildcard(pattern: Any, folder: Any = None, module_: Any = None) -> Any:
    """Return the names that a pattern with `*`, `?`, `**` and `{a,b}` meets, in order, as charlists.

    iex> :filelib.wildcard(~c"/no/such/*")
    []
    """
    if not isinstance(pattern, List):
        args = (pattern,) if folder is None else (pattern, folder) if module_ is None else (pattern, folder, module_)
        raise function_clause(module.name, "wildcard", args)
    found = export(atom("Elixir.Path"), "wildcard", 1)
    text = path_of(pattern)
    base = "" if folder is None or os.path.isabs(text) else path_of(folder).rstrip("/") + "/"
    names = [str(name).removeprefix(base) for name in to_pylist(found.fn(base + text))]
    return from_pylist([_like(name, from_pylist([0])) for name in names])


@module.function("fold_files", arity=(5, 6))
def fold_files(folder: Any, pattern: Any, recursive: Any, fun: Any, acc: Any, module_: Any = None) -> Any:
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


@module.function
def safe_relative_path(filename: Any, current_folder: Any) -> Any:
    """Return a relative path without `.` and `..`, or `:unsafe` where it leads out of the folder that it starts in.

    iex> :filelib.safe_relative_path("a/../b", "/tmp")
    "b"
    iex> :filelib.safe_relative_path("../b", "/tmp")
    :unsafe
    """
    text = path_of(filename)
    if text.startswith("/"):
        return atom("unsafe")
    here, steps = os.path.realpath(path_of(current_folder) or "."), list[str]()
    for step in text.split("/"):
        if step == "..":
            if not steps:
                return atom("unsafe")
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    reached = os.path.realpath(os.path.join(here, *steps))
    if reached != here and not reached.startswith(here.rstrip("/") + "/"):
        return atom("unsafe")
    return _like("/".join(steps), filename) if steps else EMPTY


_NOT_FOUND: Final = (atom("error"), atom("not_found"))
_SOURCES: Final = (
    (".beam", ".erl", (("ebin", "src"), ("ebin", "esrc"), ("ebin", "src/*"))),
    (".erl", ".hrl", (("src", "include"),)),
)


def _moved(folder: str, old: str, new: str) -> str | None:
    """Return a folder with its ending exchanged, or None when it does not end so."""
    if old == "" and new == "":
        return folder
    parts = folder.split("/")
    return "/".join([*parts[:-1], new]) if old and parts[-1] == old else None


def _rules(rules: Any) -> list[tuple[str, str]]:
    return [(path_of(rule[0]), path_of(rule[1])) for rule in to_pylist(rules)]


@module.function("find_file", arity=(2, 3))
def find_file(filename: Any, directory: Any, rules: Any = None) -> Any:
    """Look for a file in a folder, then where rules `{ending, other ending}` of the folder lead; `{:ok, path}`.

    iex> :filelib.find_file(~c"no_such_file", ~c"/tmp", [])
    {:error, :not_found}
    """
    if not isinstance(filename, List):
        raise bad_argument("erlang", "++", (filename, directory), a1="not a list")
    moves = [("ebin", "src"), ("src", "include")] if rules is None else _rules(rules)
    return _found(path_of(filename), path_of(directory), moves)


def _found(name: str, folder: str, moves: list[tuple[str, str]]) -> Any:
    places = [folder, *(moved for old, new in moves if (moved := _moved(folder, old, new)) is not None)]
    for place in places:
        path = os.path.join(place, name)
        if os.path.isfile(path):
            return OK, charlist(path)
    return _NOT_FOUND


@module.function("find_source", arity=(1, 2, 3))
def find_source(filename: Any, directory: Any = None, rules: Any = None) -> Any:
    """Look for the source of a file that was compiled: `{:ok, path}` or `{:error, :not_found}`.

    iex> :filelib.find_source(~c"/no/such/ebin/thing.beam")
    {:error, :not_found}
    """
    text = path_of(filename)
    folder, name = os.path.split(text) if directory is None else (path_of(directory), text)
    given = _SOURCES if rules is None else [(path_of(rule[0]), path_of(rule[1]), _rules(rule[2])) for rule in to_pylist(rules)]
    for old, new, moves in given:
        if name.endswith(old):
            answer = _found(name.removesuffix(old) + new, folder, list(moves))
            if answer[0] is OK:
                return answer
    return _NOT_FOUND
