""":file: files read, written, moved and deleted as a whole; folders; links; what is known of a file."""

from __future__ import annotations

import os
import re
from errno import errorcode
from typing import Any, Final

from pyex.stdlib.elixir.file import contents, folders, links, questions
from pyex.stdlib.elixir.file.base import attempt, path_of
from pyex.stdlib.elixir.file.devices import close, open_file
from pyex.stdlib.erlang.file.base import BADARG, ERROR, OK, module, name_of, named
from pyex.terms.atoms import atom, atom_name
from pyex.terms.binaries import is_binary
from pyex.terms.errors import bad_argument
from pyex.terms.lists import EMPTY, charlist, from_pylist, to_pylist
from pyex.terms.pids import Pid

_NUMBERS: Final = {name.lower(): number for number, name in errorcode.items()}


_TEXTS: Final = {
    "badarg": "bad argument",
    "terminated": "the file server process is terminated",
    "system_limit": "a system limit was hit, probably not enough ports",
}


@module.function
def format_error(reason: Any) -> Any:
    """Return what the reason of an error means, as a charlist; that of a text that is no term tells the line.

        iex> :file.format_error(:enoent)
        ~c"no such file or directory"
    """
    if type(reason) is tuple and len(reason) == 3:
        line, _, what = reason
        return from_pylist([charlist(str(line)), 58, 32, what])
    name = atom_name(reason)
    if name is None:
        raise bad_argument("erlang", "atom_to_list", (reason,), a1="not an atom")
    number = _NUMBERS.get(name)
    if number is None:
        return charlist(_TEXTS.get(name, f"unknown POSIX error: {name}"))
    text = os.strerror(number)
    return charlist(text[:1].lower() + text[1:])


@module.function
def read_file(filename: Any) -> Any:
    """Return `{:ok, binary}` or `{:error, reason}`.

        iex> :file.read_file("/no/such/file")
        {:error, :enoent}
    """
    return named(contents.read, filename)


@module.function
def write_file(filename: Any, data: Any) -> Any:
    """Write a file; `:ok` or `{:error, reason}`.

        iex> :file.write_file("/no/such/folder/x", "")
        {:error, :enoent}
    """
    return named(lambda name: contents.write(name, data), filename)


@module.function
def delete(filename: Any) -> Any:
    """Delete a file; `:ok` or `{:error, reason}`.

        iex> :file.delete("/no/such/file")
        {:error, :enoent}
    """
    return named(contents.rm, filename)


@module.function
def rename(source: Any, destination: Any) -> Any:
    """Rename a file; `:ok` or `{:error, reason}`.

        iex> :file.rename("/no/such/file", "/tmp/x")
        {:error, :enoent}
    """
    return named(contents.rename, source, destination)


@module.function
def make_dir(directory: Any) -> Any:
    """Make a folder; `:ok` or `{:error, reason}`.

        iex> :file.make_dir("/no/such/folder")
        {:error, :enoent}
    """
    return named(folders.mkdir, directory)


@module.function
def del_dir(directory: Any) -> Any:
    """Delete an empty folder; `:ok` or `{:error, reason}`.

        iex> :file.del_dir("/no/such/folder")
        {:error, :enoent}
    """
    return named(folders.rmdir, directory)


@module.function
def list_dir(directory: Any) -> Any:
    """Return `{:ok, names}`, the names as charlists, or `{:error, reason}`.

        iex> :file.list_dir("/no/such/folder")
        {:error, :enoent}
    """
    def names(path: Any) -> Any:
        return attempt(lambda: from_pylist([charlist(name) for name in os.listdir(path_of(path))]))

    return named(names, directory)


_ABSENT: Final = object()
_DRIVE: Final = re.compile("[A-Za-z]:")


@module.function("get_cwd", arity=(0, 1))
def get_cwd(drive: Any = _ABSENT) -> Any:
    """Return `{:ok, current folder}`, as a charlist; there are no drives whose folder could be asked for.

        iex> {:ok, folder} = :file.get_cwd()
        iex> is_list(folder)
        true
        iex> :file.get_cwd(~c"C:")
        {:error, :enotsup}
    """
    if drive is not _ABSENT:
        if is_binary(drive) or drive is EMPTY:
            return BADARG
        return named(lambda name: (ERROR, atom("enotsup" if _DRIVE.fullmatch(name) else "einval")), drive)
    return attempt(lambda: charlist(os.getcwd()))


@module.function
def set_cwd(directory: Any) -> Any:
    """Change the current folder; `:ok` or `{:error, reason}`.

        iex> :file.set_cwd("/no/such/folder")
        {:error, :enoent}
    """
    return named(folders.cd, directory)


def _as_record(answer: Any) -> Any:
    """Return `{:ok, file_info}`, the record of Erlang's, for a `%File.Stat{}`."""
    if answer[0] is not OK:
        return answer
    return OK, (atom("file_info"), *[answer[1][atom(name)] for name in questions.FIELDS])


def _with_local_time(options: Any) -> Any:
    """Return options for File: Erlang's times are local ones unless it is told otherwise."""
    kinds = [item for item in to_pylist(options) if type(item) is tuple]
    return from_pylist([*kinds, (atom("time"), atom("local"))])


@module.function("read_file_info", arity=(1, 2))
def read_file_info(filename: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, file_info}`, a record: size, type, access, three times, mode and so on; `time: :posix` gives seconds.

        iex> {:ok, info} = :file.read_file_info("/")
        iex> elem(info, 2)
        :directory
    """
    return _as_record(named(lambda name: questions.stat(name, _with_local_time(options)), filename))


@module.function("read_link_info", arity=(1, 2))
def read_link_info(filename: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, file_info}` as `read_file_info/1`, of a symbolic link itself.

        iex> :file.read_link_info("/no/such/file")
        {:error, :enoent}
    """
    return _as_record(named(lambda name: questions.lstat(name, _with_local_time(options)), filename))


@module.function
def read_link(name: Any) -> Any:
    """Return `{:ok, what a symbolic link points to}`, as a charlist.

        iex> :file.read_link("/")
        {:error, :einval}
    """
    return named(lambda path: attempt(lambda: charlist(os.readlink(path_of(path)))), name)


@module.function
def make_symlink(existing: Any, new: Any) -> Any:
    """Make a symbolic link; `:ok` or `{:error, reason}`.

        iex> :file.make_symlink("/etc", "/no/such/folder/x")
        {:error, :enoent}
    """
    return named(links.ln_s, existing, new)


@module.function
def make_link(existing: Any, new: Any) -> Any:
    """Make another name for a file; `:ok` or `{:error, reason}`.

        iex> :file.make_link("/no/such/file", "/tmp/x")
        {:error, :enoent}
    """
    return named(links.ln, existing, new)


@module.function
def change_mode(filename: Any, mode: Any) -> Any:
    """Change who may read, write and run a file; `:ok` or `{:error, reason}`.

        iex> :file.change_mode("/no/such/file", 0o600)
        {:error, :enoent}
    """
    return named(lambda name: contents.chmod(name, mode), filename)


@module.function("copy", arity=(2, 3))
def copy(source: Any, destination: Any, byte_count: Any = contents.INFINITY) -> Any:
    """Copy the contents of a file, at most a number of bytes; `{:ok, bytes copied}` or `{:error, reason}`.

        iex> :file.copy("/no/such/file", "/tmp/x")
        {:error, :enoent}
    """
    try:
        return _copied(_end_of_copy(source), _end_of_copy(destination), byte_count)
    except ValueError:
        return BADARG


def _end_of_copy(given: Any) -> tuple[Any, Any]:
    """Return what is copied from or to, an open file or a name, and its modes."""
    if type(given) is Pid:
        return given, EMPTY
    name, modes = given if type(given) is tuple and len(given) == 2 else (given, EMPTY)
    return name_of(name), modes


def _copied(source: tuple[Any, Any], destination: tuple[Any, Any], byte_count: Any) -> Any:
    device, opened = destination[0], None
    if type(device) is not Pid and destination[1] is not EMPTY:
        opened = open_file(device, from_pylist([atom("write"), *to_pylist(destination[1])]))
        if opened[0] is not OK:
            return opened
        device = opened[1]
    answer = contents.copy(source[0], device, byte_count)
    if opened is not None:
        close(device)
    return answer


@module.function("read_file", arity=2)
def read_file_by(filename: Any, modes: Any) -> Any:
    """Return `{:ok, binary}` or `{:error, reason}`; the modes (`[:raw]`) change nothing here.

        iex> :file.read_file("/no/such/file", [:raw])
        {:error, :enoent}
    """
    return named(contents.read, filename)


@module.function("write_file", arity=3)
def write_file_by(filename: Any, data: Any, modes: Any) -> Any:
    """Write a file; `[:append]` adds to it, `[:exclusive]` wants it not to be there.

        iex> :file.write_file("/no/such/folder/x", "", [:append])
        {:error, :enoent}
    """
    return named(lambda name: contents.write(name, data, modes), filename)


@module.function("delete", arity=2)
def delete_by(filename: Any, options: Any) -> Any:
    """Delete a file; `[:raw]` changes nothing here.

        iex> :file.delete("/no/such/file", [:raw])
        {:error, :enoent}
    """
    return named(contents.rm, filename)


@module.function
def del_dir_r(directory: Any) -> Any:
    """Delete a file, or a folder with all that is in it; `:ok` or `{:error, reason}`.

        iex> :file.del_dir_r("/no/such/folder")
        {:error, :enoent}
    """
    return named(_deleted, directory)


def _deleted(directory: Any) -> Any:
    if not os.path.lexists(path_of(directory)):
        return atom("error"), atom("enoent")
    answer = folders.rm_rf(directory)
    return OK if answer[0] is OK else answer[:2]


@module.function
def list_dir_all(directory: Any) -> Any:
    """Return `{:ok, names}` as `list_dir/1`, those too that are no text.

        iex> :file.list_dir_all("/no/such/folder")
        {:error, :enoent}
    """
    return list_dir(directory)


@module.function
def native_name_encoding() -> Any:
    """Return how the names of files are encoded.

        iex> :file.native_name_encoding()
        :utf8
    """
    return atom("utf8")
