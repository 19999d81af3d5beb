"""StringIO: a text as an IO device."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.runtime import system
from pyex.stdlib.elixir import io_protocol
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.pids import Pid

module = NativeModule("StringIO", doc="A text as an IO device: read from it, and see what was written.")


@module.function
def open(string: Any, options_or_function: Any = EMPTY) -> Any:
    """Start a device that reads from a string; with a function, call it with the device and close it again.

        iex> {:ok, device} = StringIO.open("abc")
        iex> IO.read(device, 2)
        "ab"
    """
    if is_function(options_or_function, 1):
        return open_with(string, EMPTY, options_or_function)
    if not is_binary(string):
        raise function_clause(alias("StringIO"), "open", (string, options_or_function))
    settings = {item[0].name: item[1] for item in to_pylist(options_or_function)}
    medium = io_protocol.TextMedium(string, settings.get("capture_prompt") is True)
    return atom("ok"), io_protocol.start_device(medium, system.self_pid())


@module.function("open", arity=3)
def open_with(string: Any, options: Any, function: Any) -> Any:
    """Call a function with a device that reads from a string, and close it; returns `{:ok, result}`.

        iex> StringIO.open("abc", [], fn device -> IO.read(device, 1) end)
        {:ok, "a"}
    """
    if not is_binary(string) or not isinstance(options, List) or not is_function(function, 1):
        raise function_clause(alias("StringIO"), "open", (string, options, function))
    device = open(string, options)[1]
    try:
        return atom("ok"), function(device)
    finally:
        close(device)


@module.function
def contents(pid: Any) -> Any:
    """Return `{what is left to read, what was written}`.

        iex> {:ok, device} = StringIO.open("in")
        iex> IO.write(device, "out")
        iex> StringIO.contents(device)
        {"in", "out"}
    """
    return io_protocol.request(_device(pid, "contents"), io_protocol.CONTENTS)


def _device(pid: Any, name: str) -> Any:
    if type(pid) is not Pid:
        raise function_clause(alias("StringIO"), name, (pid,))
    return pid


@module.function
def flush(pid: Any) -> Any:
    """Return what was written, and forget it.

        iex> {:ok, device} = StringIO.open("")
        iex> IO.write(device, "out")
        iex> StringIO.flush(device)
        "out"
    """
    return io_protocol.request(_device(pid, "flush"), (atom("flush"),))


@module.function
def close(pid: Any) -> Any:
    """Close the device; returns `{:ok, {what was left to read, what was written}}`.

        iex> {:ok, device} = StringIO.open("in")
        iex> StringIO.close(device)
        {:ok, {"in", ""}}
    """
    return io_protocol.request(_device(pid, "close"), io_protocol.CLOSE)
