"""File: reading, writing, copying and removing files."""

from __future__ import annotations

import os
import shutil
from typing import Any, Final

from pyex.stdlib.elixir.file.base import ERROR, attempt, demand, demand_copied, module, path_of
from pyex.stdlib.elixir.file.questions import seconds_of
from pyex.stdlib.elixir.io import iodata_binary
from pyex.terms.atoms import atom, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError
from pyex.terms.lists import EMPTY, List, to_pylist

INFINITY: Final = atom("infinity")


@module.function
def read(path: Any) -> Any:
    """Return `{:ok, contents}` or `{:error, posix}`.

    iex> File.read("/no/such/file")
    {:error, :enoent}
    """

    def work() -> Any:
        with open(path_of(path), "rb") as file:
            return binary(file.read())

    return attempt(work)


@module.function("read!")
def read_bang(path: Any) -> Any:
    """Return the contents; raises File.Error.

    File.read!("mix.exs")
    """
    return demand(read(path), "read file", path)


def _modes(modes: Any) -> set[str]:
    return {item.name for item in to_pylist(modes) if is_atom(item)}


@module.function
def write(path: Any, content: Any, modes: Any = EMPTY) -> Any:
    """Write contents to a file; `[:append]` adds to it, `[:exclusive]` wants it not to be there.

    iex> File.write("/no/such/folder/x", "")
    {:error, :enoent}
    """
    wanted = _modes(modes)
    mode = "ab" if "append" in wanted else "xb" if "exclusive" in wanted else "wb"

    def work() -> None:
        with open(path_of(path), mode) as file:
            file.write(data)

    try:
        data = to_bytes(content if is_binary(content) else iodata_binary(content))
    except ElixirError:
        return ERROR, atom("badarg")
    return attempt(work)


@module.function("write!")
def write_bang(path: Any, content: Any, modes: Any = EMPTY) -> Any:
    """Write contents to a file; raises File.Error.

    File.write!("hello.txt", "hello")
    """
    return demand(write(path, content, modes), "write to file", path)


@module.function
def rm(path: Any) -> Any:
    """Remove a file.

    iex> File.rm("/no/such/file")
    {:error, :enoent}
    """

    def work() -> None:
        if os.path.isdir(path_of(path)) and not os.path.islink(path_of(path)):
            raise PermissionError(1, "is a folder")
        os.remove(path_of(path))

    return attempt(work)


@module.function("rm!")
def rm_bang(path: Any) -> Any:
    """Remove a file; raises File.Error.

    File.rm!("hello.txt")
    """
    return demand(rm(path), "remove file", path)


@module.function
def cp(source_file: Any, destination_file: Any, options: Any = EMPTY) -> Any:
    """Copy a file, its mode included.

    iex> File.cp("/no/such/file", "/tmp/x")
    {:error, :enoent}
    """
    decide = dict(to_pylist(options)).get(atom("on_conflict")) if isinstance(options, List) else options

    def work() -> None:
        source, destination = path_of(source_file), path_of(destination_file)
        if os.path.exists(destination) and decide is not None and decide(source, destination) in (None, False):
            return
        shutil.copy(source, destination)

    return attempt(work)


@module.function("cp!")
def cp_bang(source_file: Any, destination_file: Any, options: Any = EMPTY) -> Any:
    """Copy a file; raises File.CopyError.

    File.cp!("a.txt", "b.txt")
    """
    answer = cp(source_file, destination_file, options)
    return demand_copied(answer, "Copy", "copy", source_file, destination_file)


@module.function
def copy(source: Any, destination: Any, bytes_count: Any = INFINITY) -> Any:
    """Copy the contents of a file, at most a number of bytes; `{:ok, bytes copied}`.

    iex> File.copy("/no/such/file", "/tmp/x")
    {:error, :enoent}
    """

    def work() -> int:
        with open(path_of(source), "rb") as file:
            data = file.read(bytes_count if type(bytes_count) is int else -1)
        with open(path_of(destination), "wb") as file:
            return file.write(data)

    return attempt(work)


@module.function("copy!")
def copy_bang(source: Any, destination: Any, bytes_count: Any = INFINITY) -> Any:
    """Copy the contents of a file; raises File.CopyError.

    File.copy!("a.txt", "b.txt")
    """
    return demand_copied(copy(source, destination, bytes_count), "Copy", "copy", source, destination)


@module.function
def rename(source: Any, destination: Any) -> Any:
    """Rename or move a file.

    iex> File.rename("/no/such/file", "/tmp/x")
    {:error, :enoent}
    """
    return attempt(lambda: os.rename(path_of(source), path_of(destination)))


@module.function("rename!")
def rename_bang(source: Any, destination: Any) -> Any:
    """Rename or move a file; raises File.RenameError.

    File.rename!("a.txt", "b.txt")
    """
    return demand_copied(rename(source, destination), "Rename", "rename", source, destination)


@module.function
def touch(path: Any, time: Any = None) -> Any:
    """Set a file's times to now, to POSIX seconds or to a date and time of UTC, making the file if it is not there.

    iex> File.touch("/no/such/folder/x")
    {:error, :enoent}
    """

    def work() -> None:
        with open(path_of(path), "ab"):
            os.utime(path_of(path), None if time is None else (seconds_of(time),) * 2)

    return attempt(work)


@module.function("touch!")
def touch_bang(path: Any, time: Any = None) -> Any:
    """Set a file's times; raises File.Error.

    File.touch!("hello.txt")
    """
    return demand(touch(path, time), "touch", path)


@module.function
def chmod(path: Any, mode: Any) -> Any:
    """Change a file's mode.

    iex> File.chmod("/no/such/file", 0o644)
    {:error, :enoent}
    """
    return attempt(lambda: os.chmod(path_of(path), mode))


@module.function("chmod!")
def chmod_bang(path: Any, mode: Any) -> Any:
    """Change a file's mode; raises File.Error.

    File.chmod!("script.sh", 0o755)
    """
    return demand(chmod(path, mode), "change mode for", path)
