"""File: folders."""

from __future__ import annotations

import os
import shutil
from typing import Any

from pyex.stdlib.elixir.file.base import OK, attempt, demand, demand_copied, module, path_of, posix
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_pylist


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
    """
    return demand(rmdir(path), "remove directory", path)


@module.function
def rm_rf(path: Any) -> Any:
    """Remove a file or a folder with all that is in it; `{:ok, removed paths}` or `{:error, posix, path}`.

        iex> File.rm_rf("/no/such/folder")
        {:ok, []}
    """
    root = path_of(path)
    if not os.path.lexists(root):
        return OK, EMPTY
    removed = [root]
    if os.path.isdir(root) and not os.path.islink(root):
        for folder, folders, files in os.walk(root):
            removed += [os.path.join(folder, name) for name in [*folders, *files]]
    try:
        shutil.rmtree(root) if os.path.isdir(root) and not os.path.islink(root) else os.remove(root)
    except OSError as error:
        return atom("error"), posix(error), root
    return OK, from_pylist(removed[::-1])


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
    """Copy a file or a folder with all that is in it; `{:ok, copied paths}`.

        iex> File.cp_r("/no/such/folder", "/tmp/x")
        {:error, :enoent, "/no/such/folder"}
    """
    first, second = path_of(source), path_of(destination)
    try:
        if os.path.isdir(first):
            shutil.copytree(first, second, dirs_exist_ok=True)
        else:
            shutil.copy(first, second)
    except OSError as error:
        return atom("error"), posix(error), first
    copied = [second]
    for folder, folders, files in os.walk(second):
        copied += [os.path.join(folder, name) for name in [*folders, *files]]
    return OK, from_pylist(copied)


@module.function("cp_r!")
def cp_r_bang(source: Any, destination: Any, options: Any = EMPTY) -> Any:
    """Copy a file or a folder with all that is in it; raises File.CopyError.

        File.cp_r!("lib", "backup")
    """
    answer = cp_r(source, destination, options)
    on = answer[2] if len(answer) == 3 else ""
    return demand_copied(answer[:2], "Copy", "copy recursively", source, destination, on)
