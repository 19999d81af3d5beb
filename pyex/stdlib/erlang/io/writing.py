""":io: characters, lines and terms, read and written."""

from __future__ import annotations

import shutil
from typing import Any, Final

from pyex.code.native import NativeModule, call
from pyex.runtime.leaders import device_of, group_leader_pid
from pyex.stdlib.erlang.io_lib.directives import formatted, text_of
from pyex.stdlib.erlang.io_lib.write import Style, write
from pyex.terms.atoms import atom
from pyex.terms.errors import erlang_error
from pyex.terms.lists import EMPTY
from pyex.terms.pids import Pid

module = NativeModule(":io", doc="Standard input and output, and other devices.")
OK: Final = atom("ok")
STANDARD: Final = atom("standard_io")


def _put(device: Any, text: str) -> Any:
    return call("IO", "write", atom("stdio") if device is STANDARD or device is atom("user") else device, text)


@module.function("format", arity=(1, 2, 3))
def format_(first: Any, second: Any = EMPTY, third: Any = None) -> Any:
    """Write a format whose directives are filled with the data; a device may come first.

    iex> :io.format("~s has ~p~n", ["Ann", [1, 2]])
    Ann has [1,2]
    :ok
    """
    if third is None:
        return _put(STANDARD, formatted(first, second))
    return _put(first, formatted(second, third))


module.function("fwrite", arity=(1, 2, 3))(format_)


@module.function("put_chars", arity=(1, 2))
def put_chars(first: Any, second: Any = None) -> Any:
    """Write characters; a device may come first.

    iex> :io.put_chars("hello\\n")
    hello
    :ok
    """
    device, chars = (STANDARD, first) if second is None else (first, second)
    try:
        return _put(device, text_of(chars))
    except ValueError:
        raise erlang_error("badarg", "io", "put_chars", (device, atom("unicode"), chars)) from None


@module.function
def nl(device: Any = STANDARD) -> Any:
    """Write a new line."""
    return _put(device, "\n")


@module.function("write", arity=(1, 2))
def write_(first: Any, second: Any = STANDARD) -> Any:
    """Write a term on one line; a device may come first."""
    device, term = (STANDARD, first) if second is STANDARD else (first, second)
    return _put(device, write(term, Style()))


def _read(device: Any, prompt: Any) -> Any:
    return call("IO", "gets", atom("stdio") if device is STANDARD else device, prompt)


@module.function("get_line", arity=(1, 2))
def get_line(first: Any, second: Any = None) -> Any:
    """Show a prompt and read a line; `:eof` at the end of the input.

    :io.get_line("name? ")
    """
    device, prompt = (STANDARD, first) if second is None else (first, second)
    return _read(device, prompt)


@module.function("get_chars", arity=(2, 3))
def get_chars(first: Any, second: Any, third: Any = None) -> Any:
    """Show a prompt and read some characters; a device may come first.

    iex> {:ok, device} = StringIO.open("abc")
    iex> :io.get_chars(device, "", 2)
    "ab"
    """
    if third is None:
        return call("IO", "getn", first, second)
    return call("IO", "getn", atom("stdio") if first is STANDARD else first, second, third)


_NOT_SUPPORTED: Final = (atom("error"), atom("enotsup"))


@module.function
def columns(device: Any = STANDARD) -> Any:
    """Return how many characters a line of the terminal holds."""
    return _NOT_SUPPORTED if _is_process(device) else (OK, shutil.get_terminal_size().columns)


def _is_process(device: Any) -> bool:
    """Tell whether a device, or the leader that stands for it, is a process, as those of files and texts are."""
    return type(device_of(group_leader_pid() if device is STANDARD else device)) is Pid


@module.function
def rows(device: Any = STANDARD) -> Any:
    """Return how many lines the terminal holds."""
    return _NOT_SUPPORTED if _is_process(device) else (OK, shutil.get_terminal_size().lines)


@module.function
def printable_range() -> Any:
    """Return which characters `~p` prints as text: those of Latin-1.

    iex> :io.printable_range()
    :latin1
    """
    return atom("latin1")
