"""File: open files, which are processes."""

from __future__ import annotations

from typing import Any

from pyex.runtime import system
from pyex.stdlib.elixir import io_protocol
from pyex.stdlib.elixir.file.base import ERROR, OK, demand, module, path_of, posix
from pyex.terms.atoms import atom, is_atom
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, to_pylist
from pyex.terms.pids import Pid


@module.function("open", arity=(1, 2))
def open_file(path: Any, modes_or_function: Any = EMPTY) -> Any:
    """Open a file: `{:ok, device}`; modes are `:read`, `:write`, `:append`, `:exclusive`, `:utf8`, …

        iex> File.open("/no/such/file")
        {:error, :enoent}
    """
    if is_function(modes_or_function, 1):
        return open_with(path, EMPTY, modes_or_function)
    modes = to_pylist(modes_or_function)
    wanted = {item.name for item in modes if is_atom(item)}
    wanted |= {"utf8" for item in modes if item in ((atom("encoding"), atom("utf8")), (atom("encoding"), atom("unicode")))}
    try:
        file = open(path_of(path), _python_mode(wanted))  # noqa: SIM115  # the device process closes it
    except OSError as error:
        return ERROR, posix(error)
    medium = io_protocol.FileMedium(file, "utf8" in wanted)
    return OK, io_protocol.start_device(medium, system.self_pid())


def _python_mode(wanted: set[str]) -> str:
    if "exclusive" in wanted:
        return "x+b" if "read" in wanted else "xb"
    if "append" in wanted:
        return "a+b" if "read" in wanted else "ab"
    if "write" in wanted:
        return "r+b" if "read" in wanted else "wb"
    return "rb"


@module.function("open", arity=3)
def open_with(path: Any, modes: Any, function: Any) -> Any:
    """Open a file, call a function with the device, and close it; `{:ok, result}`.

        iex> File.open("/no/such/file", [:read], fn file -> IO.read(file, :eof) end)
        {:error, :enoent}
    """
    answer = open_file(path, modes)
    if answer[0] is ERROR:
        return answer
    try:
        return OK, function(answer[1])
    finally:
        close(answer[1])


@module.function("open!", arity=(1, 2))
def open_bang(path: Any, modes_or_function: Any = EMPTY) -> Any:
    """Open a file and return its device; raises File.Error.

        File.open!("hello.txt", [:write])
    """
    return demand(open_file(path, modes_or_function), "open", path)


@module.function("open!", arity=3)
def open_with_bang(path: Any, modes: Any, function: Any) -> Any:
    """Open a file, call a function with the device, close it, and return the result; raises File.Error.

        File.open!("hello.txt", [:write], fn file -> IO.write(file, "hi") end)
    """
    return demand(open_with(path, modes, function), "open", path)


@module.function
def close(io_device: Any) -> Any:
    """Close an open file; `{:error, :terminated}` when it is closed already.

        File.close(file)
    """
    if type(io_device) is not Pid:
        return ERROR, atom("badarg")
    if system.find(io_device) is None:
        return ERROR, atom("terminated")
    return io_protocol.request(io_device, io_protocol.CLOSE)
