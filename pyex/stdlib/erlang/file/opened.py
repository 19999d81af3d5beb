""":file: open files, which are processes: reading, writing, moving about in them."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from pyex.runtime import system
from pyex.runtime.leaders import device_of
from pyex.stdlib.elixir import io_protocol
from pyex.stdlib.elixir.file import devices
from pyex.stdlib.elixir.file.base import attempt
from pyex.stdlib.elixir.file.modes import read_modes
from pyex.stdlib.erlang.bifs.conversions import iodata_bytes
from pyex.stdlib.erlang.file.base import BADARG, ERROR, OK, module, name_of, named
from pyex.stdlib.erlang.filename import join
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, to_bytes
from pyex.terms.errors import bad_argument, function_clause
from pyex.terms.lists import List, charlist, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Pid

EOF: Final = atom("eof")
_BINARY: Final = atom("binary")
_EINVAL: Final = (ERROR, atom("einval"))


@module.function("open")
def open_(file: Any, modes: Any) -> Any:
    """Open a file: `{:ok, device}` or `{:error, reason}`. What is read is a charlist unless `:binary` is among the modes.

        iex> :file.open("/no/such/file", [:read])
        {:error, :enoent}
    """
    if isinstance(modes, List) and not is_proper(modes):
        raise bad_argument("file", "open", (file, modes), a2="not a proper list")
    words = to_pylist(modes) if isinstance(modes, List) else [modes]
    if not isinstance(modes, List) and modes not in _SINGLE:
        return BADARG
    return named(lambda name: _opened(name, words), file)


_SINGLE: Final = frozenset(atom(name) for name in ("read", "write", "append", "exclusive", "raw", "binary"))


def _opened(name: Any, words: list[Any]) -> Any:
    def work() -> Any:
        wanted = read_modes(from_pylist(words), False)
        file = wanted.open(os.fsdecode(to_bytes(name)))
        return io_protocol.start_device(io_protocol.FileMedium(file, wanted.codec, _BINARY not in words), system.self_pid())

    return attempt(work)


@module.function
def close(io_device: Any) -> Any:
    """Close an open file; it may be closed already.

        iex> :file.close(:nothing_open)
        {:error, :badarg}
    """
    return devices.close(io_device)


def _asked(device: Any, work: Callable[[Any], Any]) -> Any:
    """Return what some work on the open file answers, done by its process."""
    if type(device) is not Pid:
        return BADARG
    if system.find(device) is None:
        return ERROR, atom("terminated")
    return io_protocol.request(device, (io_protocol.FILE, work))


def _is_device(device: Any) -> bool:
    return type(device) is Pid or (type(device) is Atom and device_of(device) is not None and system.find(device) is not None)


def _read(device: Any, request: tuple[Any, ...]) -> Any:
    if type(device) not in (Pid, Atom):
        return BADARG
    if type(device) is Atom and not _is_device(device):
        return ERROR, atom("arguments")
    answer = io_protocol.request(device, request)
    return answer if answer is EOF or type(answer) is tuple else (OK, answer)


@module.function
def read(io_device: Any, number: Any) -> Any:
    """Read at most a number of bytes: `{:ok, data}`, `:eof` or `{:error, reason}`.

        iex> :file.read(:nothing_open, 1)
        {:error, :arguments}
    """
    if type(number) is not int or number < 0:
        return BADARG
    return _read(io_device, (atom("get_chars"), io_protocol.LATIN1, "", number))


@module.function
def read_line(io_device: Any) -> Any:
    """Read a line with its newline: `{:ok, data}`, `:eof` or `{:error, reason}`.

        iex> :file.read_line(:nothing_open)
        {:error, :arguments}
    """
    return _read(io_device, (atom("get_line"), io_protocol.LATIN1, ""))


@module.function
def write(io_device: Any, data: Any) -> Any:
    """Write iodata; `:ok` or `{:error, reason}`.

        iex> :file.write(:nothing_open, "x")
        {:error, :arguments}
    """
    found = iodata_bytes(data)
    if found is None or type(io_device) not in (Pid, Atom):
        return BADARG
    if type(io_device) is Atom and not _is_device(io_device):
        return ERROR, atom("arguments")
    if type(io_device) is Pid and system.find(io_device) is None:
        return ERROR, atom("terminated")
    return io_protocol.request(io_device, (atom("put_chars"), io_protocol.LATIN1, binary(found)))


def _place(location: Any) -> tuple[int, int] | None:
    """Return offset and origin of a location: a number, `{:cur, n}`, `{:eof, n}`, `{:bof, n}` or one of these words."""
    origin, offset = (location, 0) if type(location) is Atom else location if type(location) is tuple else ("bof", location)
    origins = {"bof": os.SEEK_SET, "cur": os.SEEK_CUR, "eof": os.SEEK_END}
    name = origin if type(origin) is str else getattr(origin, "name", "")
    return (offset, origins[name]) if name in origins and type(offset) is int else None


@module.function
def position(io_device: Any, location: Any) -> Any:
    """Go to a place in an open file: `{:ok, place}`, counted in bytes from the beginning.

        iex> :file.position(:nothing_open, 1)
        {:error, :badarg}
    """
    place = _place(location)
    if place is None:
        return BADARG
    return _asked(io_device, lambda medium: (OK, medium.file.seek(place[0], place[1])))


def _data(medium: Any, data: bytes) -> Any:
    if not data:
        return EOF
    return from_pylist(list(data)) if medium.as_list else binary(data)


def _pread(medium: Any, place: int, number: int) -> Any:
    medium.file.seek(place)
    return _data(medium, medium.file.read(number))


@module.function("pread", arity=3)
def pread(io_device: Any, location: Any, number: Any) -> Any:
    """Read a number of bytes at a place: `{:ok, data}`, `:eof` or `{:error, reason}`.

        iex> :file.pread(:nothing_open, 0, 1)
        {:error, :badarg}
    """
    place = _place(location)
    if place is None or type(number) is not int:
        return BADARG

    def work(medium: Any) -> Any:
        found = _pread(medium, place[0], number)
        return EOF if found is EOF else (OK, found)

    return _asked(io_device, work)


@module.function("pread", arity=2)
def pread_all(io_device: Any, places: Any) -> Any:
    """Read at several places, each `{place, number}`: `{:ok, [data or :eof]}`.

        iex> :file.pread(:nothing_open, [{0, 1}])
        {:error, :badarg}
    """
    wanted: list[Any] = to_pylist(places) if is_proper(places) else [None]
    if not all(type(item) is tuple and len(item) == 2 and all(type(part) is int for part in item) for item in wanted):
        return BADARG
    return _asked(io_device, lambda medium: (OK, from_pylist([_pread(medium, where, number) for where, number in wanted])))


def _pwrite(medium: Any, place: int, data: bytes) -> Any:
    medium.file.seek(place)
    medium.file.write(data)
    medium.file.flush()
    return OK


@module.function("pwrite", arity=3)
def pwrite(io_device: Any, location: Any, data: Any) -> Any:
    """Write at a place; `:ok` or `{:error, reason}`.

        iex> :file.pwrite(:nothing_open, 0, "x")
        {:error, :badarg}
    """
    place, found = _place(location), iodata_bytes(data)
    if place is None or found is None:
        return BADARG
    return _asked(io_device, lambda medium: _pwrite(medium, place[0], found))


@module.function("pwrite", arity=2)
def pwrite_all(io_device: Any, pieces: Any) -> Any:
    """Write at several places, each `{place, data}`; `:ok` or `{:error, {how many were written, reason}}`.

        iex> :file.pwrite(:nothing_open, [{0, "x"}])
        {:error, :badarg}
    """
    if type(io_device) is not Pid or not is_proper(pieces):
        return BADARG
    wanted = to_pylist(pieces)
    if not all(type(piece) is tuple and len(piece) == 2 for piece in wanted):
        return BADARG
    for done, piece in enumerate(wanted):
        answer = pwrite(io_device, *piece)
        if answer is not OK:
            return ERROR, (done, answer[1])
    return OK


@module.function
def truncate(io_device: Any) -> Any:
    """Cut a file off where one stands in it; `:ok` or `{:error, reason}`.

        iex> :file.truncate(:nothing_open)
        {:error, :badarg}
    """

    def work(medium: Any) -> Any:
        if not medium.file.writable():
            return ERROR, atom("einval")
        medium.file.truncate(medium.file.tell())
        return OK

    return _asked(io_device, work)


def _synced(medium: Any) -> Any:
    medium.file.flush()
    os.fsync(medium.file.fileno())
    return OK


@module.function
def sync(io_device: Any) -> Any:
    """See to it that all that was written is on the disk; `:ok` or `{:error, reason}`.

        iex> :file.sync(:nothing_open)
        {:error, :badarg}
    """
    return _asked(io_device, _synced)


@module.function
def datasync(io_device: Any) -> Any:
    """As `sync/1`, without what the operating system notes of the file.

        iex> :file.datasync(:nothing_open)
        {:error, :badarg}
    """
    return _asked(io_device, _synced)


_ADVICE: Final = frozenset(
    atom(name) for name in ("normal", "sequential", "random", "no_reuse", "will_need", "dont_need")
)


@module.function
def advise(io_device: Any, offset: Any, length: Any, advice: Any) -> Any:
    """Say how a part of a file will be read; nothing comes of it here.

        iex> :file.advise(:nothing_open, 0, 0, :random)
        {:error, :badarg}
    """
    return _asked(io_device, lambda _: OK if advice in _ADVICE else _EINVAL)


@module.function
def allocate(io_device: Any, offset: Any, length: Any) -> Any:
    """Ask for room on the disk, `length` bytes from `offset`; `:ok` or `{:error, reason}`.

        iex> {:ok, file} = :file.open("/dev/null", [:read])
        iex> :file.allocate(file, -1, 10)
        {:error, :einval}
    """
    if type(io_device) is not Pid:
        raise function_clause(atom("file"), "allocate", (io_device, offset, length))

    def work(medium: Any) -> Any:
        os.posix_fallocate(medium.file.fileno(), offset, length)
        return OK

    return _asked(io_device, work)


@module.function
def path_open(path: Any, file: Any, modes: Any) -> Any:
    """Open the first file of that name in a list of folders: `{:ok, device, full name}`.

        iex> :file.path_open(["/no/such/folder"], "x", [:read])
        {:error, :enoent}
    """
    found = first_in(path, file, lambda name: open_(name, modes))
    return (*found[0], found[1]) if found[0][0] is OK else found[0]


def first_in(path: Any, file: Any, work: Callable[[Any], Any]) -> tuple[Any, Any]:
    """Return the first answer of some work on a file in a list of folders that is not `:enoent`, and the full name."""
    try:
        name_of(file)
    except ValueError:
        return BADARG, file
    for folder in to_pylist(path):
        name = join(folder, file)
        answer = work(name)
        if answer != (ERROR, atom("enoent")):
            return answer, name
    return (ERROR, atom("enoent")), charlist("")


