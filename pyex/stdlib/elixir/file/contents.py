"""File: reading, writing, copying and removing files."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from time import time as clock
from typing import Any, Final

from pyex.stdlib.elixir.file.base import ERROR, attempt, demand, demand_copied, module, path_of
from pyex.stdlib.elixir.file.modes import read_modes
from pyex.stdlib.elixir.file.questions import is_date_and_time, seconds_of
from pyex.stdlib.elixir.io import binread, binwrite, iodata_binary
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, is_binary, python_text, to_bytes
from pyex.terms.errors import ElixirError, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.ops import truthy
from pyex.terms.pids import Pid

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

        iex> path = Path.join(System.tmp_dir!(), "note.txt")
        iex> File.write!(path, "buy tea")
        iex> File.read!(path)
        "buy tea"
    """
    return demand(read(path), "read file", path)


@module.function
def write(path: Any, content: Any, modes: Any = EMPTY) -> Any:
    """Write contents to a file; `[:append]` adds to it, `[:exclusive]` wants it not to be there.

    iex> File.write("/no/such/folder/x", "")
    {:error, :enoent}
    """

    def work() -> None:
        wanted = read_modes(modes, False)
        recoded = data if wanted.codec == "latin-1" else data.decode("latin-1").encode(wanted.codec)
        with replace(wanted, words=wanted.words | {"write"}).open(path_of(path)) as file:
            file.write(recoded)

    try:
        data = to_bytes(content if is_binary(content) else iodata_binary(content))
    except ElixirError:
        return ERROR, atom("badarg")
    return attempt(work)


@module.function("write!")
def write_bang(path: Any, content: Any, modes: Any = EMPTY) -> Any:
    """Write contents to a file; raises File.Error.

    File.write!("hello.txt", "hello")

        iex> path = Path.join(System.tmp_dir!(), "note.txt")
        iex> File.write!(path, "one")
        iex> File.write!(path, " two", [:append])
        iex> File.read!(path)
        "one two"
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

        iex> path = Path.join(System.tmp_dir!(), "gone.txt")
        iex> File.write!(path, "")
        iex> File.rm!(path)
        iex> File.exists?(path)
        false
    """
    return demand(rm(path), "remove file", path)


@module.function
def cp(source_file: Any, destination_file: Any, options: Any = EMPTY) -> Any:
    """Copy a file, its mode included.

    iex> File.cp("/no/such/file", "/tmp/x")
    {:error, :enoent}
    """
    decide = conflict_option(options, "cp", (source_file, destination_file, options))

    def work() -> None:
        copy_file(path_of(source_file), path_of(destination_file), decide)

    return attempt(work)


def conflict_option(options: Any, name: str, args: tuple[Any, ...]) -> Any:
    """Return the function that is asked before a file is overwritten: an option, or a function in the place of the options."""
    if isinstance(options, List):
        return option(options, atom("on_conflict"))
    if not is_function(options, 2):
        raise function_clause(module.name, name, args)
    return options


def copy_file(source: str, destination: str, decide: Any) -> bool:
    """Copy a file and its mode, unless it would overwrite one that is to be kept; tells whether it was copied."""
    if decide is not None and os.path.exists(destination) and not truthy(decide(python_text(source), python_text(destination))):
        return False
    shutil.copyfile(source, destination)
    shutil.copymode(source, destination)
    return True


@module.function("cp!")
def cp_bang(source_file: Any, destination_file: Any, options: Any = EMPTY) -> Any:
    """Copy a file; raises File.CopyError.

    File.cp!("a.txt", "b.txt")

        iex> folder = System.tmp_dir!()
        iex> File.write!(Path.join(folder, "from.txt"), "x")
        iex> File.cp!(Path.join(folder, "from.txt"), Path.join(folder, "to.txt"))
        :ok
    """
    answer = cp(source_file, destination_file, options)
    return demand_copied(answer, "Copy", "copy", source_file, destination_file)


@module.function
def copy(source: Any, destination: Any, bytes_count: Any = INFINITY) -> Any:
    """Copy the contents of a file, at most a number of bytes; `{:ok, bytes copied}`.

    iex> File.copy("/no/such/file", "/tmp/x")
    {:error, :enoent}
    """
    count = -1 if bytes_count is INFINITY else bytes_count
    if type(count) is not int or (count < 0 and bytes_count is not INFINITY):
        return ERROR, atom("badarg")

    def work() -> int:
        data = _taken(source, count)
        if type(destination) is Pid:
            binwrite(destination, binary(data))
            return len(data)
        with open(_named(destination), "wb") as file:
            return file.write(data)

    return attempt(work)


def _named(path: Any) -> str:
    if not is_binary(path) and not isinstance(path, List):
        raise function_clause(module.name, "normalize_path_or_io_device", (path,))
    return path_of(path)


def _taken(source: Any, count: int) -> bytes:
    if type(source) is Pid:
        found = binread(source, atom("eof") if count < 0 else count)
        if isinstance(found, List):
            return bytes(to_pylist(found))
        return to_bytes(found) if is_binary(found) else b""
    with open(_named(source), "rb") as file:
        return file.read(count)


@module.function("copy!")
def copy_bang(source: Any, destination: Any, bytes_count: Any = INFINITY) -> Any:
    """Copy the contents of a file; raises File.CopyError.

    File.copy!("a.txt", "b.txt")

        iex> folder = System.tmp_dir!()
        iex> File.write!(Path.join(folder, "from.txt"), "abcdef")
        iex> File.copy!(Path.join(folder, "from.txt"), Path.join(folder, "to.txt"), 4)
        4
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

        iex> folder = System.tmp_dir!()
        iex> File.write!(Path.join(folder, "old.txt"), "")
        iex> File.rename!(Path.join(folder, "old.txt"), Path.join(folder, "new.txt"))
        :ok
    """
    return demand_copied(rename(source, destination), "Rename", "rename", source, destination)


@module.function
def touch(path: Any, time: Any = None) -> Any:
    """Set a file's times to now, to POSIX seconds or to a date and time of UTC, making the file if it is not there.

    iex> File.touch("/no/such/folder/x")
    {:error, :enoent}
    """
    if time is not None and type(time) is not int and type(time) is not tuple:
        raise function_clause(module.name, "touch", (path, time))
    if type(time) is tuple and not is_date_and_time(time):
        raise function_clause(atom("elixir_utils"), "change_universal_time", (path, time))

    def work() -> None:
        with open(path_of(path), "ab"):
            os.utime(path_of(path), None if time is None else (clock(), seconds_of(time)))

    return attempt(work)


@module.function("touch!")
def touch_bang(path: Any, time: Any = None) -> Any:
    """Set a file's times; raises File.Error.

    File.touch!("hello.txt")

        iex> path = Path.join(System.tmp_dir!(), "touched.txt")
        iex> File.touch!(path, {{2024, 5, 1}, {12, 0, 0}})
        iex> File.stat!(path).mtime
        {{2024, 5, 1}, {12, 0, 0}}
    """
    return demand(touch(path, time), "touch", path)


@module.function
def chmod(path: Any, mode: Any) -> Any:
    """Change a file's mode.

    iex> File.chmod("/no/such/file", 0o644)
    {:error, :enoent}
    """
    if type(mode) is not int:
        raise function_clause(atom("file"), "change_mode", (path, mode))
    return attempt(lambda: os.chmod(path_of(path), mode))


@module.function("chmod!")
def chmod_bang(path: Any, mode: Any) -> Any:
    """Change a file's mode; raises File.Error.

    File.chmod!("script.sh", 0o755)

        iex> path = Path.join(System.tmp_dir!(), "mode.txt")
        iex> File.write!(path, "")
        iex> File.chmod!(path, 0o600)
        :ok
    """
    return demand(chmod(path, mode), "change mode for", path)
