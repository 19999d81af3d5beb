"""`:file`: files, with Erlang's answers."""

from __future__ import annotations

import os
from errno import errorcode
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.file import contents, folders
from pyex.stdlib.elixir.file.base import attempt, path_of
from pyex.terms.atoms import atom_name
from pyex.terms.lists import charlist, from_pylist

module = NativeModule(":file", doc="Files and folders, as Erlang names them.")

_NUMBERS: Final = {name.lower(): number for number, name in errorcode.items()}


@module.function
def format_error(reason: Any) -> Any:
    """Return what a POSIX reason means, as a charlist.

        iex> :file.format_error(:enoent)
        ~c"no such file or directory"
    """
    number = _NUMBERS.get(atom_name(reason) or "")
    if number is None:
        return charlist("unknown POSIX error")
    text = os.strerror(number)
    return charlist(text[:1].lower() + text[1:])


@module.function
def read_file(filename: Any) -> Any:
    """Return `{:ok, binary}` or `{:error, reason}`.

        iex> :file.read_file("/no/such/file")
        {:error, :enoent}
    """
    return contents.read(filename)


@module.function
def write_file(filename: Any, data: Any) -> Any:
    """Write a file; `:ok` or `{:error, reason}`.

        iex> :file.write_file("/no/such/folder/x", "")
        {:error, :enoent}
    """
    return contents.write(filename, data)


@module.function
def delete(filename: Any) -> Any:
    """Delete a file; `:ok` or `{:error, reason}`.

        iex> :file.delete("/no/such/file")
        {:error, :enoent}
    """
    return contents.rm(filename)


@module.function
def rename(source: Any, destination: Any) -> Any:
    """Rename a file; `:ok` or `{:error, reason}`.

        iex> :file.rename("/no/such/file", "/tmp/x")
        {:error, :enoent}
    """
    return contents.rename(source, destination)


@module.function
def make_dir(directory: Any) -> Any:
    """Make a folder; `:ok` or `{:error, reason}`.

        iex> :file.make_dir("/no/such/folder")
        {:error, :enoent}
    """
    return folders.mkdir(directory)


@module.function
def del_dir(directory: Any) -> Any:
    """Delete an empty folder; `:ok` or `{:error, reason}`.

        iex> :file.del_dir("/no/such/folder")
        {:error, :enoent}
    """
    return folders.rmdir(directory)


@module.function
def list_dir(directory: Any) -> Any:
    """Return `{:ok, names}`, the names as charlists, or `{:error, reason}`.

        iex> :file.list_dir("/no/such/folder")
        {:error, :enoent}
    """
    return attempt(lambda: from_pylist([charlist(name) for name in os.listdir(path_of(directory))]))


@module.function
def get_cwd() -> Any:
    """Return `{:ok, current folder}`, as a charlist.

        iex> {:ok, folder} = :file.get_cwd()
        iex> is_list(folder)
        true
    """
    return attempt(lambda: charlist(os.getcwd()))


@module.function
def set_cwd(directory: Any) -> Any:
    """Change the current folder; `:ok` or `{:error, reason}`.

        iex> :file.set_cwd("/no/such/folder")
        {:error, :enoent}
    """
    return folders.cd(directory)
