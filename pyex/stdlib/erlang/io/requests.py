""":io: values read by a format, terms read, requests sent to a device as they are, its settings."""

from __future__ import annotations

from typing import Any, Final

from pyex import runtime
from pyex.runtime.leaders import device_of
from pyex.stdlib.elixir import io_protocol
from pyex.stdlib.erlang.io.writing import STANDARD, get_chars, get_line, module
from pyex.stdlib.erlang.io_lib.fread import fread_more
from pyex.stdlib.erlang.io_lib.read import Reader, Unreadable
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import is_binary
from pyex.terms.lists import EMPTY, charlist, from_pylist, is_proper, to_pylist
from pyex.terms.pids import Pid

_OK: Final = atom("ok")
_EOF: Final = atom("eof")
_DONE: Final = atom("done")
_ERROR: Final = atom("error")
_NO_REQUEST: Final = (_ERROR, atom("request"))


def _next_line(device: Any, prompt: Any) -> Any:
    found = get_line(device, prompt)
    return charlist(found) if is_binary(found) else found


@module.function("fread", arity=(2, 3))
def fread(first: Any, second: Any, third: Any = None) -> Any:
    """Show a prompt and read values by a format: `{:ok, values}`, `:eof` or `{:error, reason}`.

    iex> {:ok, device} = StringIO.open("1200 34\\n")
    iex> :io.fread(device, ~c"", ~c"~d ~d")
    {:ok, [1200, 34]}
    """
    device, prompt, format_ = (STANDARD, first, second) if third is None else (first, second, third)
    continuation: Any = EMPTY
    if is_binary(format_):
        format_ = charlist(format_)
    while True:
        line = _next_line(device, prompt)
        if type(line) is tuple:
            return line
        answer = fread_more(continuation, line, format_)
        if answer[0] is _DONE:
            return answer[1]
        continuation = answer[1]


def _more(device: Any, prompt: Any) -> Any:
    """Return what comes next: a character of a device that is a process, a line of the terminal."""
    return get_chars(device, prompt, 1) if type(device) is Pid else get_line(device, prompt)


@module.function("read", arity=(1, 2))
def read(first: Any, second: Any = None) -> Any:
    """Show a prompt and read a term of Erlang's, up to its dot: `{:ok, term}`, `:eof` or `{:error, reason}`.

    iex> {:ok, device} = StringIO.open("{name, [1, 2]}. more.")
    iex> :io.read(device, ~c"")
    {:ok, {:name, [1, 2]}}
    """
    device, prompt = (STANDARD, first) if second is None else (first, second)
    text = ""
    while True:
        found = _more(device, prompt)
        if found is _EOF:
            return _term(text) if text.strip() else _EOF
        if type(found) is tuple:
            return found
        text += found if is_binary(found) else "".join(map(chr, to_pylist(found)))
        if text[-1:].isspace() and text.rstrip().endswith("."):
            return _term(text)


def _term(text: str) -> Any:
    try:
        return _OK, Reader(text).term_and_dot()
    except Unreadable as unreadable:
        return _ERROR, unreadable.reason


@module.function("request", arity=(1, 2))
def request(first: Any, second: Any = None) -> Any:
    """Send a request of Erlang's IO protocol to a device and return its answer.

    iex> {:ok, device} = StringIO.open("abc")
    iex> :io.request(device, {:get_chars, :unicode, "", 2})
    "ab"
    """
    device, wanted = (STANDARD, first) if second is None else (first, second)
    if (gone := _gone(device)) is not None:
        return _ERROR, gone
    if type(wanted) is not tuple or not wanted or wanted[0] not in _REQUESTS:
        return _NO_REQUEST
    return io_protocol.request(runtime.group_leader_pid() if device is STANDARD else device, wanted)


def _gone(device: Any) -> Any:
    """Return why a device cannot be asked, None when it is there."""
    found = device_of(device)
    if type(found) is Atom and found is not STANDARD:
        known = found.name in ("user", "standard_error") or runtime.whereis(found) is not None
        return None if known else atom("arguments")
    return atom("terminated") if type(found) is Pid and runtime.find(found) is None else None


_REQUESTS: Final = frozenset(atom(name) for name in ("put_chars", "get_chars", "get_line"))


@module.function("requests", arity=(1, 2))
def requests(first: Any, second: Any = None) -> Any:
    """Send several requests one after the other, and return the answer of the last one, or the first error.

    iex> {:ok, device} = StringIO.open("abc")
    iex> :io.requests(device, [{:get_chars, :unicode, "", 1}, {:get_chars, :unicode, "", 1}])
    "b"
    """
    device, wanted = (STANDARD, first) if second is None else (first, second)
    if (gone := _gone(device)) is not None:
        return _ERROR, gone
    answer: Any = _OK
    for one in to_pylist(wanted):
        answer = request(device, one)
        if type(answer) is tuple and answer[0] is _ERROR:
            return answer
    return answer


@module.function
def getopts(device: Any = STANDARD) -> Any:
    """Return the settings of a device.

    iex> {:ok, device} = StringIO.open("")
    iex> :io.getopts(device)
    [binary: true, encoding: :unicode]
    """
    return from_pylist([(atom("binary"), True), (atom("encoding"), atom("unicode"))])


_SETTINGS: Final = frozenset(atom(name) for name in ("binary", "list", "encoding", "echo", "expand_fun"))


@module.function("setopts", arity=(1, 2))
def setopts(first: Any, second: Any = None) -> Any:
    """Change the settings of a device; what is read are binaries of Unicode all the same.

    iex> :io.setopts(binary: true)
    :ok
    """
    options = first if second is None else second
    if second is not None and (gone := _gone(first)) is not None:
        return _ERROR, gone
    given = [item[0] if type(item) is tuple else item for item in to_pylist(options)] if is_proper(options) else [None]
    return _OK if all(item in _SETTINGS for item in given) else (_ERROR, atom("enotsup"))
