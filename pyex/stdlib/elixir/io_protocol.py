"""Erlang's IO protocol: how a process asks another one that is an IO device, and devices that are processes."""

from __future__ import annotations

from typing import Any, Final, Protocol

from pyex.runtime import system
from pyex.runtime.leaders import device_of
from pyex.stdlib.elixir import list as lists
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.errors import ElixirError
from pyex.terms.lists import List
from pyex.terms.pids import Pid, Reference

REQUEST: Final = atom("io_request")
REPLY: Final = atom("io_reply")
OK: Final = atom("ok")
EOF: Final = atom("eof")
ERROR: Final = atom("error")
DOWN: Final = atom("DOWN")
CLOSE: Final = atom("close")
CONTENTS: Final = atom("contents")


class Medium(Protocol):
    """What a device process reads from and writes to."""

    def write(self, text: str | bytes) -> Any:
        """Write; returns `:ok` or `{:error, reason}`."""

    def line(self) -> Any:
        """Return the next line with its newline, or `:eof`."""

    def characters(self, count: int) -> Any:
        """Return at most `count` characters, or `:eof`."""

    def rest(self) -> Any:
        """Return everything that is left, or `:eof`."""

    def close(self) -> Any:
        """Close; returns what closing answers."""

    def contents(self) -> Any:
        """Return what the device holds, for those that hold something."""

    def flush(self) -> Any:
        """Return what was written and forget it, for those that hold it."""


def request(device: Any, what: Any) -> Any:
    """Ask a device for something and return its answer.

    Raises ErlangError `:terminated` when the device is gone.
    """
    found = device_of(device)
    if type(found) is not Pid and type(found) is not Atom:
        return _ask_directly(found, what)
    process = system.find(found)
    if process is None:
        raise _terminated(device, what)
    reference = system.monitor(process.pid)
    system.send(process.pid, (REQUEST, system.self_pid(), reference, what))
    cursor = system.begin_receive()
    while True:
        message = cursor.next()
        if type(message) is tuple and len(message) == 3 and message[0] is REPLY and message[1] == reference:
            cursor.accept()
            system.demonitor(reference, flush=True)
            return message[2]
        if type(message) is tuple and len(message) == 5 and message[0] is DOWN and message[1] == reference:
            cursor.accept()
            raise _terminated(device, what)


def _terminated(device: Any, what: Any) -> ElixirError:
    wrong = {"a1": "the device has terminated"}
    return ElixirError(atom("terminated"), ((atom("io"), what[0].name, (device, *what[2:]), wrong),))


def _ask_directly(device: Any, what: Any) -> Any:
    name = what[0].name
    if name == "put_chars":
        device.write(text_of(what[2]))
        return OK
    line = device.read_line(str(text_of(what[2])))
    return EOF if line is None else line


def text_of(value: Any) -> Any:
    """Return the text of chardata in a request."""
    return value if is_binary(value) else lists.to_string(value) if isinstance(value, List) else str(value)


def start_device(medium: Medium, owner: Any = None) -> Pid:
    """Start a process that is an IO device on a medium; it ends with its owner, if one is given."""
    pid: Pid = system.spawn(_serve, (medium, owner))
    return pid


def _serve(medium: Medium, owner: Any) -> None:
    watched = system.monitor(owner) if owner is not None else Reference()
    while True:
        cursor = system.begin_receive()
        message = cursor.next()
        cursor.accept()
        if type(message) is not tuple:
            continue
        if message[0] is DOWN and message[1] == watched:
            medium.close()
            return
        if message[0] is REQUEST and len(message) == 4:
            _, sender, tag, what = message
            answer = _answer(medium, what)
            system.send(sender, (REPLY, tag, answer))
            if what is CLOSE:
                return


def _answer(medium: Medium, what: Any) -> Any:
    if what is CLOSE:
        return medium.close()
    if what is CONTENTS:
        return medium.contents()
    if type(what) is not tuple:
        return ERROR, atom("request")
    match what[0].name:
        case "put_chars":
            return medium.write(text_of(what[2]))
        case "get_line":
            return medium.line()
        case "get_chars":
            return medium.characters(what[-1])
        case "get_all":
            return medium.rest()
        case "flush":
            return medium.flush()
    return ERROR, atom("request")


class TextMedium:
    """A StringIO: reads from one text, writes to another."""

    def __init__(self, text: str, capture_prompt: bool = False) -> None:
        self.input = text
        self.output = ""
        self.capture_prompt = capture_prompt

    def write(self, text: str | bytes) -> Any:
        """Append to the output."""
        self.output += text if isinstance(text, str) else text.decode("latin-1")
        return OK

    def line(self) -> Any:
        """Take a line off the input."""
        return self._take(self.input.find("\n") + 1 or len(self.input))

    def characters(self, count: int) -> Any:
        """Take characters off the input."""
        return self._take(count)

    def rest(self) -> Any:
        """Take all of the input."""
        return self._take(len(self.input))

    def _take(self, count: int) -> Any:
        if not self.input:
            return EOF
        taken, self.input = self.input[:count], self.input[count:]
        return taken

    def close(self) -> Any:
        """Answer `{:ok, {rest of the input, output}}`."""
        return OK, (self.input, self.output)

    def contents(self) -> Any:
        """Answer `{rest of the input, output}`."""
        return self.input, self.output

    def flush(self) -> Any:
        """Answer the output and empty it."""
        written, self.output = self.output, ""
        return written


class FileMedium:
    """An open file; text files are decoded, binary ones are read as they are."""

    def __init__(self, file: Any, encoded: bool) -> None:
        self.file = file
        self.encoded = encoded

    def write(self, text: str | bytes) -> Any:
        """Write to the file."""
        try:
            self.file.write(to_bytes(text))
            self.file.flush()
        except OSError as error:
            return ERROR, _posix(error)
        except ValueError:
            return ERROR, atom("ebadf")
        return OK

    def line(self) -> Any:
        """Read a line."""
        return self._read(self.file.readline)

    def characters(self, count: int) -> Any:
        """Read some characters (bytes of a binary file)."""
        return self._read(lambda: self.file.read(count))

    def rest(self) -> Any:
        """Read to the end."""
        return self._read(self.file.read)

    def _read(self, read: Any) -> Any:
        from pyex.terms.binaries import binary

        try:
            data = read()
        except (OSError, ValueError):
            return ERROR, atom("ebadf")
        return binary(data) if data else EOF

    def close(self) -> Any:
        """Close the file."""
        self.file.close()
        return OK

    def contents(self) -> Any:
        """A file holds nothing to show."""
        return ERROR, atom("request")

    def flush(self) -> Any:
        """A file holds nothing back."""
        return ERROR, atom("request")


def _posix(error: OSError) -> Any:
    from errno import errorcode

    return atom(errorcode.get(error.errno or 0, "eio").lower())
