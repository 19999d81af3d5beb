"""File: folders."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

from pyex.stdlib.elixir.file.base import ERROR, OK, attempt, demand, demand_copied, module, path_of, posix
from pyex.stdlib.elixir.file.contents import conflict_option, copy_file
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms.atoms import atom
from pyex.terms.binaries import python_text
from pyex.terms.errors import argument_error
from pyex.terms.lists import EMPTY, List, from_pylist
from pyex.terms.ops import truthy


@module.function
def cwd() -> Any:
    """Return `{:ok, current folder}`.

        iex> {:ok, _} = File.cwd()
        iex> :there
        :there
    """
    return attempt(os.getcwd)


@module.function("cwd!")
def cwd_bang() -> Any:
    """Return the current folder.

        iex> is_binary(File.cwd!())
        true
    """
    return demand(attempt(os.getcwd), "get current working directory", None)


@module.function
def cd(path: Any) -> Any:
    """Change the current folder.

        iex> File.cd("/no/such/folder")
        {:error, :enoent}
    """
    return attempt(lambda: os.chdir(path_of(path)))


@module.function("cd!")
def cd_bang(path: Any) -> Any:
    """Change the current folder; raises File.Error.

        File.cd!("lib")
    """
    return demand(cd(path), "set current working directory to", path)


@module.function("cd!", arity=2)
def cd_with(path: Any, function: Any) -> Any:
    """Call a function in another folder, and come back.

        iex> File.cd!("/", fn -> File.cwd!() end)
        "/"
    """
    before = os.getcwd()
    cd_bang(path)
    try:
        return function()
    finally:
        os.chdir(before)


@module.function
def ls(path: Any = ".") -> Any:
    """Return `{:ok, names in a folder}`.

        iex> File.ls("/no/such/folder")
        {:error, :enoent}
    """
    return attempt(lambda: from_pylist(os.listdir(path_of(path))))


@module.function("ls!")
def ls_bang(path: Any = ".") -> Any:
    """Return the names in a folder; raises File.Error.

        File.ls!("lib")

        iex> folder = Path.join(System.tmp_dir!(), "listing")
        iex> File.mkdir_p!(folder)
        iex> File.write!(Path.join(folder, "a.txt"), "")
        iex> File.ls!(folder)
        ["a.txt"]
    """
    return demand(ls(path), "list directory", path)


@module.function
def mkdir(path: Any) -> Any:
    """Make a folder.

        iex> File.mkdir("/no/such/folder")
        {:error, :enoent}
    """
    return attempt(lambda: os.mkdir(path_of(path)))


@module.function("mkdir!")
def mkdir_bang(path: Any) -> Any:
    """Make a folder; raises File.Error.

        File.mkdir!("build")

        iex> folder = Path.join(System.tmp_dir!(), "made")
        iex> File.rm_rf!(folder)
        iex> File.mkdir!(folder)
        :ok
    """
    return demand(mkdir(path), "make directory", path)


@module.function
def mkdir_p(path: Any) -> Any:
    """Make a folder and those above it, if they are not there.

        iex> File.mkdir_p("/")
        :ok
    """
    return attempt(lambda: os.makedirs(path_of(path), exist_ok=True))


@module.function("mkdir_p!")
def mkdir_p_bang(path: Any) -> Any:
    """Make a folder and those above it; raises File.Error.

        iex> File.mkdir_p!("/")
        :ok
    """
    return demand(mkdir_p(path), "make directory (with -p)", path)


@module.function
def rmdir(path: Any) -> Any:
    """Remove an empty folder.

        iex> File.rmdir("/no/such/folder")
        {:error, :enoent}
    """
    return attempt(lambda: os.rmdir(path_of(path)))


@module.function("rmdir!")
def rmdir_bang(path: Any) -> Any:
    """Remove an empty folder; raises File.Error.

        File.rmdir!("build")

        iex> folder = Path.join(System.tmp_dir!(), "unmade")
        iex> File.mkdir_p!(folder)
        iex> File.rmdir!(folder)
        :ok
    """
    return demand(rmdir(path), "remove directory", path)


@module.function
def rm_rf(path: Any) -> Any:
    """Remove a file or a folder with all that is in it; `{:ok, removed paths}` or `{:error, posix, path}`.

        iex> File.rm_rf("/no/such/folder")
        {:ok, []}
    """
    root = _without_null(path, "rm_rf/1")
    removed: list[Any] = []
    try:
        _remove(root, removed)
    except OSError as error:
        return ERROR, posix(error), python_text(str(error.filename or root))
    return OK, from_pylist(removed[::-1])


def _without_null(path: Any, name: str) -> str:
    text = path_of(path)
    if "\0" in text:
        shown = ", ".join(str(byte) for byte in os.fsencode(text))
        raise argument_error(f"cannot execute File.{name} for path with null byte, got: <<{shown}>>")
    return text


def _remove(path: str, removed: list[Any]) -> None:
    """Remove what has a name, the contents of a folder before it; what is gone already is passed over."""
    try:
        if os.path.isdir(path) and not os.path.islink(path):
            for name in os.listdir(path):
                _remove(os.path.join(path, name), removed)
            os.rmdir(path)
        else:
            os.remove(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    removed.append(python_text(path))


@module.function("rm_rf!")
def rm_rf_bang(path: Any) -> Any:
    """Remove a file or a folder with all that is in it; raises File.Error.

        iex> File.rm_rf!("/no/such/folder")
        []
    """
    answer = rm_rf(path)
    return demand(answer[:2], "remove files and directories recursively from", path)


@module.function
def cp_r(source: Any, destination: Any, options: Any = EMPTY) -> Any:
    """Copy a file or a folder with all that is in it; `{:ok, copied paths}`, the last first.

        `:on_conflict` is a function of source and destination that tells whether a file is overwritten;
        `dereference_symlinks: true` copies what links point to.

        iex> File.cp_r("/no/such/folder", "/tmp/x")
        {:error, :enoent, "/no/such/folder"}
    """
    decide = conflict_option(options, "cp_r", (source, destination, options))
    follow = isinstance(options, List) and option(options, atom("dereference_symlinks"), False) is True
    copied: list[Any] = []
    first, second = _without_null(source, "cp_r/3"), _without_null(destination, "cp_r/3")
    try:
        _copy(first, second, decide, follow, copied)
    except _CopyFailed as failed:
        return ERROR, failed.reason, python_text(failed.path)
    return OK, from_pylist(copied[::-1])


class _CopyFailed(Exception):
    """Which file could not be copied, and why."""

    def __init__(self, reason: Any, path: str) -> None:
        super().__init__(path)
        self.reason, self.path = reason, path


def _copy(source: str, destination: str, decide: Any, follow: bool, copied: list[Any]) -> None:
    """Copy what has a name, the contents of a folder after it."""
    try:
        if os.path.islink(source) and not follow:
            done = _copy_link(source, destination, decide)
        elif os.path.isdir(source):
            with suppress(FileExistsError):
                os.mkdir(destination)
            copied.append(python_text(destination))
            for name in os.listdir(source):
                _copy(os.path.join(source, name), os.path.join(destination, name), decide, follow, copied)
            return
        else:
            done = copy_file(source, destination, decide)
    except OSError as error:
        raise _CopyFailed(posix(error), source) from error
    if done:
        copied.append(python_text(destination))


def _copy_link(source: str, destination: str, decide: Any) -> bool:
    if os.path.lexists(destination):
        if decide is not None and not truthy(decide(python_text(source), python_text(destination))):
            return False
        os.remove(destination)
    os.symlink(os.readlink(source), destination)
    return True


@module.function("cp_r!")
def cp_r_bang(source: Any, destination: Any, options: Any = EMPTY) -> Any:
    """Copy a file or a folder with all that is in it; raises File.CopyError.

        File.cp_r!("lib", "backup")

        iex> folder = Path.join(System.tmp_dir!(), "tree")
        iex> File.mkdir_p!(folder)
        iex> File.write!(Path.join(folder, "leaf"), "")
        iex> length(File.cp_r!(folder, folder <> "_copy"))
        2
    """
    answer = cp_r(source, destination, options)
    on = answer[2] if len(answer) == 3 else ""
    return demand_copied(answer[:2], "Copy", "copy recursively", source, destination, on)
