"""ExUnit.CaptureIO and ExUnit.CaptureLog: what a function prints and logs, as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex import runtime
from pyex.code.evaluation import heard_by
from pyex.code.native import NativeModule, call
from pyex.compiler.messages import render
from pyex.otp import log
from pyex.runtime import device as devices
from pyex.stdlib.elixir.io import write_to
from pyex.terms.atoms import atom
from pyex.terms.binaries import is_binary
from pyex.terms.errors import argument_error
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist

io = NativeModule("ExUnit.CaptureIO", doc="What a function prints, as text.")
logs = NativeModule("ExUnit.CaptureLog", doc="What a function logs, as text.")
_INPUT: Final = atom("input")


@io.function(arity=(1, 2, 3))
def capture_io(*given: Any) -> Any:
    """Return what a function prints. Input for what it reads, or the device `:stderr`, may come first.

    iex> ExUnit.CaptureIO.capture_io(fn -> IO.puts("a") end)
    "a\\n"
    iex> ExUnit.CaptureIO.capture_io("Ann", fn -> IO.write(IO.gets("Who? ")) end)
    "Who? Ann"
    """
    return with_io(*given)[1]


@io.function(arity=(1, 2, 3))
def with_io(*given: Any) -> Any:
    """Return what a function returns with what it prints: `{result, text}`.

    iex> ExUnit.CaptureIO.with_io(fn -> IO.write("a"); 1 end)
    {1, "a"}
    """
    *rest, function = given
    name, options = atom("stdio"), from_pylist([])
    for value in rest:
        if is_binary(value):
            options = from_pylist([(_INPUT, value)])
        elif isinstance(value, List):
            options = value
        else:
            name = value
    settings = {key.name: value for key, value in to_pylist(options)}
    if name.name in ("stdio", "standard_io"):
        return _captured(function, settings)
    if name.name in ("stderr", "standard_error"):
        return _captured_errors(function)
    raise argument_error(f"could not find IO device registered at {inspect(name)}")


def _captured(function: Callable[[], Any], settings: dict[str, Any]) -> tuple[Any, Any]:
    text = settings.get("input", "")
    prompts = settings.get("capture_prompt", True) is not False
    device = call("StringIO", "open", text, from_pylist([(atom("capture_prompt"), prompts)]))[1]
    process = runtime.current()
    before, process.group_leader = process.group_leader, device
    try:
        result = function()
    finally:
        process.group_leader = before
    return (result, call("StringIO", "close", device)[1][1])


def _captured_errors(function: Callable[[], Any]) -> tuple[Any, Any]:
    device = call("StringIO", "open", "")[1]
    before, devices.errors_to = devices.errors_to, device
    try:
        with heard_by(lambda diagnostic: write_to(device, render(diagnostic) + "\n")):
            result = function()
    finally:
        devices.errors_to = before
    return (result, call("StringIO", "close", device)[1][1])


def logged(function: Callable[[], Any], level: str | None = None) -> tuple[Any, str]:
    """Return what a function returns, and what is logged meanwhile from a level on."""
    written: list[str] = []
    before = (log.Console.write, log.Console.colors, log.Console.level)
    log.Console.write, log.Console.colors = written.append, False
    if level is not None:
        log.Console.level = level
    try:
        result = function()
    finally:
        log.Console.write, log.Console.colors, log.Console.level = before
    return result, "".join(written)


def _level(options: Any) -> str | None:
    found = {key.name: value for key, value in to_pylist(options)}.get("level")
    return None if found is None else str(found.name)


@logs.function(arity=(1, 2))
def capture_log(options: Any, function: Any = None) -> Any:
    """Return what is logged while a function runs; `level:` says from which level on.

    iex> ExUnit.CaptureLog.capture_log(fn -> :ok end)
    ""
    """
    return with_log(options, function)[1]


@logs.function(arity=(1, 2))
def with_log(options: Any, function: Any = None) -> Any:
    """Return what a function returns with what is logged meanwhile: `{result, text}`.

    iex> ExUnit.CaptureLog.with_log(fn -> 1 end)
    {1, ""}
    """
    if function is None:
        options, function = EMPTY, options
    return logged(function, _level(options))
