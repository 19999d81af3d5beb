""":file: the times, owners and mode of a file, changed."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import Any, Final

from pyex.stdlib.elixir.file import questions
from pyex.stdlib.elixir.file.base import attempt
from pyex.stdlib.erlang.file.base import ERROR, module, named
from pyex.terms.atoms import atom
from pyex.terms.binaries import to_bytes
from pyex.terms.errors import function_clause
from pyex.terms.lists import to_pylist

_NAME: Final = atom("file")
_UNDEFINED: Final = atom("undefined")
_SIZE_OF_RECORD: Final = 1 + len(questions.FIELDS)


def _on(filename: Any, work: Callable[[str], None]) -> Any:
    return named(lambda name: attempt(lambda: work(os.fsdecode(to_bytes(name)))), filename)


def _local_seconds(moment: Any) -> int:
    return int(dt.datetime(*moment[0], *moment[1]).timestamp())


@module.function("change_time", arity=(2, 3))
def change_time(filename: Any, atime: Any, mtime: Any = None) -> Any:
    """Set when a file was last read and written, both local times; `:ok` or `{:error, reason}`.

        iex> :file.change_time("/no/such/file", {{2024, 1, 2}, {3, 4, 5}})
        {:error, :enoent}
    """
    args = (filename, atime) if mtime is None else (filename, atime, mtime)
    if not all(questions.is_date_and_time(moment) for moment in args[1:]):
        raise function_clause(_NAME, "change_time", args)

    def work(path: str) -> None:
        os.utime(path, (_local_seconds(args[1]), _local_seconds(args[-1])))

    return _on(filename, work)


@module.function("change_owner", arity=(2, 3))
def change_owner(filename: Any, uid: Any, gid: Any = -1) -> Any:
    """Give a file to another user, and to another group; `:ok` or `{:error, reason}`.

        iex> :file.change_owner("/no/such/file", 0)
        {:error, :enoent}
    """
    if type(uid) is not int or type(gid) is not int:
        raise function_clause(_NAME, "change_owner", (filename, uid) if gid == -1 else (filename, uid, gid))
    return _on(filename, lambda path: os.chown(path, uid, gid))


@module.function
def change_group(filename: Any, gid: Any) -> Any:
    """Give a file to another group; `:ok` or `{:error, reason}`.

        iex> :file.change_group("/no/such/file", 0)
        {:error, :enoent}
    """
    if type(gid) is not int:
        raise function_clause(_NAME, "change_group", (filename, gid))
    return _on(filename, lambda path: os.chown(path, -1, gid))


def _seconds(value: Any, kind: Any) -> int | None:
    if value is _UNDEFINED:
        return None
    if kind is atom("posix"):
        return int(value)
    moment = dt.datetime(*value[0], *value[1])
    return int((moment.replace(tzinfo=dt.UTC) if kind is atom("universal") else moment).timestamp())


_ABSENT: Final = object()


@module.function("write_file_info", arity=(2, 3))
def write_file_info(filename: Any, info: Any, options: Any = _ABSENT) -> Any:
    """Change what the record `file_info` tells of a file: times, mode, owner, group; what is `:undefined` stays.

        iex> {:ok, info} = :file.read_file_info("/")
        iex> :file.write_file_info("/no/such/file", info)
        {:error, :enoent}
    """
    if type(info) is not tuple or len(info) != _SIZE_OF_RECORD or info[0] is not atom("file_info"):
        raise function_clause(_NAME, "write_file_info", (filename, info) if options is _ABSENT else (filename, info, options))
    facts = dict(zip(questions.FIELDS, info[1:], strict=True))
    given = [] if options is _ABSENT else to_pylist(options)
    kinds = [item[1] for item in given if type(item) is tuple and item[0] is atom("time")]

    def work(path: str) -> None:
        now = os.stat(path)
        times = [_seconds(facts[name], kinds[0] if kinds else atom("local")) for name in ("atime", "mtime")]
        if type(facts["mode"]) is int:
            os.chmod(path, facts["mode"] & 0o7777)
        owner, group = (facts[name] if type(facts[name]) is int else -1 for name in ("uid", "gid"))
        if (owner, group) != (-1, -1):
            os.chown(path, owner, group)
        if times != [None, None]:
            old = (now.st_atime, now.st_mtime)
            read, written = (was if new is None else new for new, was in zip(times, old, strict=True))
            os.utime(path, (read, written))

    return _on(filename, work)


@module.function("read_link_all")
def read_link_all(name: Any) -> Any:
    """Return `{:ok, what a symbolic link points to}`, also where that is no text.

        iex> :file.read_link_all("/")
        {:error, :einval}
    """
    from pyex.stdlib.erlang.file.whole import read_link

    return read_link(name)


@module.function
def altname(name: Any) -> Any:
    """Return the short name of a file, which other systems have.

        iex> :file.altname("/")
        {:error, :enotsup}
    """
    return named(lambda _: (ERROR, atom("enotsup")), name)


