"""File: what is there, and what it is."""

from __future__ import annotations

import datetime as dt
import os
import stat as modes
from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.file.base import ERROR, attempt, demand, module, path_of
from pyex.stdlib.elixir.keyword.entries import get as option
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, List
from pyex.terms.maps import Map, struct

TIME: Final = atom("time")
UNIVERSAL: Final = atom("universal")
POSIX: Final = atom("posix")

stat_module = NativeModule("File.Stat", doc="What the operating system knows of a file.")
FIELDS: Final = (
    "size", "type", "access", "atime", "mtime", "ctime", "mode", "links", "major_device", "minor_device", "inode", "uid", "gid",
)
stat_module.struct(dict.fromkeys(FIELDS))


@module.function("exists?")
def exists(path: Any, options: Any = EMPTY) -> bool:
    """Tell whether something of that name is there.

        iex> File.exists?("/no/such/file")
        false
    """
    return os.path.exists(path_of(path))


@module.function("regular?")
def regular(path: Any, options: Any = EMPTY) -> bool:
    """Tell whether a regular file is there.

        iex> File.regular?("/")
        false
    """
    return os.path.isfile(path_of(path))


@module.function("dir?")
def is_dir(path: Any, options: Any = EMPTY) -> bool:
    """Tell whether a folder is there.

        iex> File.dir?("/")
        true
    """
    return os.path.isdir(path_of(path))


@module.function
def stat(path: Any, options: Any = EMPTY) -> Any:
    """Return `{:ok, %File.Stat{}}`; `time: :posix` gives times as seconds.

        iex> File.stat("/no/such/file")
        {:error, :enoent}
    """
    return _stated(os.stat, path, options)


@module.function("stat!")
def stat_bang(path: Any, options: Any = EMPTY) -> Any:
    """Return the `%File.Stat{}`; raises File.Error.

        iex> File.stat!("/").type
        :directory
    """
    return demand(stat(path, options), "read file stats", path)


@module.function
def lstat(path: Any, options: Any = EMPTY) -> Any:
    """As `stat/2`, of a link itself.

        iex> File.lstat("/no/such/file")
        {:error, :enoent}
    """
    return _stated(os.lstat, path, options)


@module.function("lstat!")
def lstat_bang(path: Any, options: Any = EMPTY) -> Any:
    """As `stat!/2`, of a link itself.

        iex> File.lstat!("/").type
        :directory
    """
    return demand(lstat(path, options), "read file stats", path)


def _stated(look: Callable[[str], os.stat_result], path: Any, options: Any) -> Any:
    if not isinstance(options, List):
        raise function_clause(alias("Keyword"), "put_new", (options, TIME, UNIVERSAL))
    time = option(options, TIME, UNIVERSAL)
    if time not in (UNIVERSAL, atom("local"), POSIX):
        return ERROR, atom("badarg")
    return attempt(lambda: _stat(path_of(path), look(path_of(path)), time))


def _access(path: str) -> Any:
    can = "_".join(word for word, asked in (("read", os.R_OK), ("write", os.W_OK)) if os.access(path, asked))
    return atom(can or "none")


def _stat(path: str, found: os.stat_result, time: Any) -> Map:
    kind = (
        "directory" if modes.S_ISDIR(found.st_mode)
        else "regular" if modes.S_ISREG(found.st_mode)
        else "symlink" if modes.S_ISLNK(found.st_mode)
        else "device" if modes.S_ISCHR(found.st_mode) or modes.S_ISBLK(found.st_mode)
        else "other"
    )
    values = (
        found.st_size, atom(kind), _access(path), _time(found.st_atime, time), _time(found.st_mtime, time),
        _time(found.st_ctime, time), found.st_mode, found.st_nlink, found.st_dev, 0, found.st_ino, found.st_uid, found.st_gid,
    )
    return struct(alias("File.Stat"), dict(zip(FIELDS, values, strict=True)))


def _time(seconds: float, kind: Any) -> Any:
    if kind is POSIX:
        return int(seconds)
    zone = None if kind is atom("local") else dt.UTC
    at = dt.datetime.fromtimestamp(seconds, zone)
    return (at.year, at.month, at.day), (at.hour, at.minute, at.second)


def is_date_and_time(value: Any) -> bool:
    """Tell whether a term is `{{year, month, day}, {hour, minute, second}}`."""
    return type(value) is tuple and len(value) == 2 and all(type(part) is tuple and len(part) == 3 for part in value)


def seconds_of(time: Any, zone: dt.tzinfo | None = dt.UTC) -> int:
    """Return the POSIX seconds of a file's time: seconds already, or a date and time; raises ValueError if there is no such one."""
    if type(time) is int:
        return time
    (year, month, day), (hour, minute, second) = time
    return int(dt.datetime(year, month, day, hour, minute, second, tzinfo=zone).timestamp())


@module.function
def write_stat(path: Any, stat: Any, options: Any = EMPTY) -> Any:
    """Give a file the mode, owner and times of a `%File.Stat{}`.

        iex> File.write_stat("/no/such/file", File.stat!("/"))
        {:error, :enoent}
    """
    if type(stat) is not Map or stat.struct is not alias("File.Stat"):
        raise function_clause(alias("File.Stat"), "to_record", (stat,))
    kind = option(options, TIME, UNIVERSAL)
    mode, uid, gid, accessed, modified = (stat[atom(name)] for name in ("mode", "uid", "gid", "atime", "mtime"))
    right = is_date_and_time if kind in (UNIVERSAL, atom("local")) else lambda time: kind is POSIX and type(time) is int
    if None in (mode, uid, gid) or not right(accessed) or not right(modified):
        return ERROR, atom("badarg")
    zone = None if kind is atom("local") else dt.UTC

    def work() -> None:
        name = path_of(path)
        os.chmod(name, modes.S_IMODE(mode))
        os.chown(name, uid, gid)
        os.utime(name, (seconds_of(accessed, zone), seconds_of(modified, zone)))

    return attempt(work)


@module.function("write_stat!")
def write_stat_bang(path: Any, stat: Any, options: Any = EMPTY) -> Any:
    """Give a file the mode, owner and times of a `%File.Stat{}`; raises File.Error.

        File.write_stat!("hello.txt", stat)

        iex> path = Path.join(System.tmp_dir!(), "stat.txt")
        iex> File.write!(path, "")
        iex> File.write_stat!(path, %{File.stat!(path) | mode: 0o100600})
        :ok
    """
    return demand(write_stat(path, stat, options), "write file stats", path)


@stat_module.function
def to_record(stat: Any) -> Any:
    """Return Erlang's `file_info` record of a `%File.Stat{}`.

        iex> File.Stat.to_record(%File.Stat{size: 3}) |> elem(1)
        3
    """
    return (atom("file_info"), *[stat[atom(name)] for name in FIELDS])


@stat_module.function
def from_record(file_info: Any) -> Any:
    """Return the `%File.Stat{}` of Erlang's `file_info` record.

        iex> File.stat!("/") |> File.Stat.to_record() |> File.Stat.from_record() |> Map.get(:type)
        :directory
    """
    if type(file_info) is not tuple or len(file_info) != len(FIELDS) + 1 or file_info[0] is not atom("file_info"):
        raise function_clause(alias("File.Stat"), "from_record", (file_info,))
    return struct(alias("File.Stat"), dict(zip(FIELDS, file_info[1:], strict=True)))


@module.function
def read_link(path: Any) -> Any:
    """Return `{:ok, what a symbolic link points to}`.

        iex> File.read_link("/")
        {:error, :einval}
    """
    return attempt(lambda: os.readlink(path_of(path)))


@module.function("read_link!")
def read_link_bang(path: Any) -> Any:
    """Return what a symbolic link points to; raises File.Error.

        File.read_link!("current")

        iex> path = Path.join(System.tmp_dir!(), "link_to_it")
        iex> File.rm(path)
        iex> File.ln_s!("target", path)
        iex> File.read_link!(path)
        "target"
    """
    return demand(read_link(path), "read link", path)
