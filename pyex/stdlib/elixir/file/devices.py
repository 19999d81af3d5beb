"""File: open files, which are processes."""

from __future__ import annotations

from typing import Any

from pyex.runtime import system
from pyex.stdlib.elixir import io_protocol
from pyex.stdlib.elixir.file.base import ERROR, OK, attempt, demand, module, path_of
from pyex.stdlib.elixir.file.modes import read_modes
from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY
from pyex.terms.pids import Pid


@module.function("open", arity=(1, 2))
def open_file(path: Any, modes_or_function: Any = EMPTY) -> Any:
    """Open a file: `{:ok, device}`; modes are `:read`, `:write`, `:append`, `:exclusive`, `:utf8`, …

        iex> File.open("/no/such/file")
        {:error, :enoent}
    """
    if is_function(modes_or_function, 1):
        return open_with(path, EMPTY, modes_or_function)

    def work() -> Any:
        modes = read_modes(modes_or_function, False)
        medium = io_protocol.FileMedium(modes.open(path_of(path)), modes.codec, "charlist" in modes.words)
        return io_protocol.start_device(medium, system.self_pid())

    return attempt(work)


@module.function("open", arity=3)
def open_with(path: Any, modes: Any, function: Any) -> Any:
    """Open a file, call a function with the device, and close it; `{:ok, result}`.

        iex> File.open("/no/such/file", [:read], fn file -> IO.read(file, :eof) end)
        {:error, :enoent}
    """
    if not is_function(function, 1):
        raise function_clause(module.name, "open", (path, modes, function))
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

        iex> path = Path.join(System.tmp_dir!(), "open.txt")
        iex> File.write!(path, "a
        ...> b
        ...> ")
        iex> File.open!(path, [:read], fn file -> IO.read(file, :line) end)
        "a\\n"
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
    """Close an open file; it may be closed already.

        File.close(file)

        iex> path = Path.join(System.tmp_dir!(), "open.txt")
        iex> File.write!(path, "")
        iex> file = File.open!(path)
        iex> File.close(file)
        :ok
    """
    if type(io_device) is not Pid:
        return ERROR, atom("badarg")
    if system.find(io_device) is None:
        return OK
    return io_protocol.request(io_device, io_protocol.CLOSE)
