"""File: reading, writing, copying and removing files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any, Final

from pyex.stdlib.elixir.enumerable import Lazy
from pyex.stdlib.elixir.file.base import attempt, demand, module, path_of
from pyex.stdlib.elixir.io import iodata_binary
from pyex.terms.atoms import atom, is_atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.lists import EMPTY, List, to_pylist

INFINITY: Final = atom("infinity")
LINE: Final = atom("line")


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
            file.write(to_bytes(content if is_binary(content) else iodata_binary(content)))

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
    from pyex.stdlib.elixir.file.base import OK
    from pyex.terms.errors import elixir_error

    answer = cp(source_file, destination_file, options)
    if answer is OK:
        return OK
    raise elixir_error(
        "File.CopyError",
        reason=answer[1],
        source=path_of(source_file),
        destination=path_of(destination_file),
        action="copy",
        on=path_of(source_file),
    )


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
    return demand(copy(source, destination, bytes_count), "copy", source)


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
    return demand(rename(source, destination), "rename", source)


@module.function
def touch(path: Any, time: Any = None) -> Any:
    """Set a file's times to now (or to POSIX seconds), making it if it is not there.

    iex> File.touch("/no/such/folder/x")
    {:error, :enoent}
    """

    def work() -> None:
        with open(path_of(path), "ab"):
            os.utime(path_of(path), (time, time) if type(time) is int else None)

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


@module.function("stream!")
def stream_bang(path: Any, line_or_bytes: Any = LINE, modes: Any = EMPTY) -> Any:
    """Return a stream of a file's lines, or of blocks of bytes; the file is opened when it is walked.

    File.stream!("mix.exs") |> Enum.count()
    """
    if isinstance(line_or_bytes, List):
        line_or_bytes = LINE

    def walk() -> Iterator[Any]:
        try:
            file = open(path_of(path), "rb")  # noqa: SIM115  # closed in the finally below, when the walk ends
        except OSError as error:
            from pyex.stdlib.elixir.file.base import ERROR, posix

            demand((ERROR, posix(error)), "stream", path)
            return
        try:
            if type(line_or_bytes) is int:
                while data := file.read(line_or_bytes):
                    yield binary(data)
            else:
                for line in file:
                    yield binary(line)
        finally:
            file.close()

    return Lazy(walk, "resource")
