"""`:file`: files, with Erlang's answers."""

from __future__ import annotations

import os
from errno import errorcode
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.file import contents, folders, links, questions
from pyex.stdlib.elixir.file.base import OK, attempt, path_of
from pyex.terms.atoms import atom, atom_name
from pyex.terms.lists import EMPTY, charlist, from_pylist, to_pylist

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


def _as_record(answer: Any) -> Any:
    """Return `{:ok, file_info}`, the record of Erlang's, for a `%File.Stat{}`."""
    if answer[0] is not OK:
        return answer
    return OK, (atom("file_info"), *[answer[1][atom(name)] for name in questions.FIELDS])


def _with_local_time(options: Any) -> Any:
    """Return options for File: Erlang's times are local ones unless it is told otherwise."""
    kinds = [item for item in to_pylist(options) if type(item) is tuple]
    return from_pylist([(atom("time"), atom("local")), *kinds])


@module.function("read_file_info", arity=(1, 2))
def read_file_info(filename: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, file_info}`, a record: size, type, access, three times, mode and so on; `time: :posix` gives seconds.

        iex> {:ok, info} = :file.read_file_info("/")
        iex> elem(info, 2)
        :directory
    """
    return _as_record(questions.stat(filename, _with_local_time(options)))


@module.function("read_link_info", arity=(1, 2))
def read_link_info(filename: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, file_info}` as `read_file_info/1`, of a symbolic link itself.

        iex> :file.read_link_info("/no/such/file")
        {:error, :enoent}
    """
    return _as_record(questions.lstat(filename, _with_local_time(options)))


@module.function
def read_link(name: Any) -> Any:
    """Return `{:ok, what a symbolic link points to}`, as a charlist.

        iex> :file.read_link("/")
        {:error, :einval}
    """
    return attempt(lambda: charlist(os.readlink(path_of(name))))


@module.function
def make_symlink(existing: Any, new: Any) -> Any:
    """Make a symbolic link; `:ok` or `{:error, reason}`.

        iex> :file.make_symlink("/etc", "/no/such/folder/x")
        {:error, :enoent}
    """
    return links.ln_s(existing, new)


@module.function
def make_link(existing: Any, new: Any) -> Any:
    """Make another name for a file; `:ok` or `{:error, reason}`.

        iex> :file.make_link("/no/such/file", "/tmp/x")
        {:error, :enoent}
    """
    return links.ln(existing, new)


@module.function
def change_mode(filename: Any, mode: Any) -> Any:
    """Change who may read, write and run a file; `:ok` or `{:error, reason}`.

        iex> :file.change_mode("/no/such/file", 0o600)
        {:error, :enoent}
    """
    return contents.chmod(filename, mode)


@module.function("copy", arity=(2, 3))
def copy(source: Any, destination: Any, byte_count: Any = contents.INFINITY) -> Any:
    """Copy the contents of a file, at most a number of bytes; `{:ok, bytes copied}` or `{:error, reason}`.

        iex> :file.copy("/no/such/file", "/tmp/x")
        {:error, :enoent}
    """
    return contents.copy(source, destination, byte_count)


@module.function("read_file", arity=2)
def read_file_by(filename: Any, modes: Any) -> Any:
    """Return `{:ok, binary}` or `{:error, reason}`; the modes (`[:raw]`) change nothing here.

        iex> :file.read_file("/no/such/file", [:raw])
        {:error, :enoent}
    """
    return contents.read(filename)


@module.function("write_file", arity=3)
def write_file_by(filename: Any, data: Any, modes: Any) -> Any:
    """Write a file; `[:append]` adds to it, `[:exclusive]` wants it not to be there.

        iex> :file.write_file("/no/such/folder/x", "", [:append])
        {:error, :enoent}
    """
    return contents.write(filename, data, modes)


@module.function("delete", arity=2)
def delete_by(filename: Any, options: Any) -> Any:
    """Delete a file; `[:raw]` changes nothing here.

        iex> :file.delete("/no/such/file", [:raw])
        {:error, :enoent}
    """
    return contents.rm(filename)


@module.function
def del_dir_r(directory: Any) -> Any:
    """Delete a file, or a folder with all that is in it; `:ok` or `{:error, reason}`.

        iex> :file.del_dir_r("/no/such/folder")
        {:error, :enoent}
    """
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
