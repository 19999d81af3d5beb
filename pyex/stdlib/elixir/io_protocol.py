"""Erlang's IO protocol: how a process asks another one that is an IO device, and devices that are processes."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from typing import Any, Final, Protocol

from pyex.runtime import system
from pyex.runtime.leaders import device_of
from pyex.stdlib.elixir import list as lists
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.lists import List, from_iterable
from pyex.terms.pids import Pid, Reference

REQUEST: Final = atom("io_request")
REPLY: Final = atom("io_reply")
OK: Final = atom("ok")
EOF: Final = atom("eof")
ERROR: Final = atom("error")
DOWN: Final = atom("DOWN")
UNICODE: Final = atom("unicode")
LATIN1: Final = atom("latin1")
NO_TRANSLATION: Final = atom("no_translation")
CLOSE: Final = atom("close")
CONTENTS: Final = atom("contents")
FILE: Final = atom("file_request")
"""What `:file` asks of an open file: a function of its medium, which the device's process calls."""


class Medium(Protocol):
    """What a device process reads from and writes to; `encoding` is that of the request, `:unicode` or `:latin1` (bytes)."""

    def write(self, data: bytes, encoding: Any) -> Any:
        """Write; returns `:ok` or `{:error, reason}`."""

    def prompt(self, text: str) -> None:
        """Take note of what is asked before something is read."""

    def line(self, encoding: Any) -> Any:
        """Return the next line with its newline, `:eof` or `{:error, reason}`."""

    def characters(self, count: int, encoding: Any) -> Any:
        """Return at most `count` characters, `:eof` or `{:error, reason}`."""

    def rest(self, encoding: Any) -> Any:
        """Return everything that is left, `:eof` or `{:error, reason}`."""

    def close(self) -> Any:
        """Close; returns what closing answers."""

    def contents(self) -> Any:
        """Return what the device holds, for those that hold something."""

    def flush(self) -> Any:
        """Return what was written and forget it, for those that hold it."""


def request(device: Any, what: Any) -> Any:
    """Ask a device for something and return its answer."""
    found = device_of(device)
    if type(found) is not Pid and type(found) is not Atom:
        return _ask_directly(found, what)
    process = system.find(found)
    if process is None and type(device) is Atom:
        if what[0].name != "put_chars":
            return ERROR, atom("arguments")
        raise bad_argument("io", "put_chars", (device, *what[1:]), a1="the device does not exist")
    if process is None:
        return _refused("terminated", "the device has terminated", device, what)
    if process.pid == system.self_pid():
        return _refused("calling_self", "the device is not allowed to be the current process", device, what)
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
            return _refused("terminated", "the device has terminated", device, what)


def _refused(reason: str, wrong: str, device: Any, what: Any) -> Any:
    """Answer for a device that cannot be asked: who reads is told, who writes fails."""
    if type(what) is not tuple or what[0].name != "put_chars":
        return ERROR, atom(reason)
    if what[1] is LATIN1:
        raise ElixirError(atom(reason))
    raise ElixirError(atom(reason), ((atom("io"), "put_chars", (device, *what[2:]), {"a1": wrong}),))


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
            return medium.write(to_bytes(text_of(what[2])), what[1])
        case "get_line":
            medium.prompt(str(text_of(what[2])))
            return medium.line(what[1])
        case "get_chars":
            medium.prompt(str(text_of(what[2])))
            return medium.characters(what[-1], what[1])
        case "get_all":
            return medium.rest(what[1])
        case "flush":
            return medium.flush()
        case "file_request" if isinstance(medium, FileMedium):
            return medium.worked(what[1])
    return ERROR, atom("request")


class TextMedium:
    """A StringIO: reads from one text, writes to another."""

    def __init__(self, text: str | bytes, capture_prompt: bool = False) -> None:
        self.input = to_bytes(text)
        self.output = ""
        self.capture_prompt = capture_prompt

    def write(self, data: bytes, encoding: Any) -> Any:
        """Append to the output."""
        try:
            self.output += data.decode("latin-1" if encoding is LATIN1 else "utf-8")
        except UnicodeDecodeError:
            return ERROR, NO_TRANSLATION
        return OK

    def prompt(self, text: str) -> None:
        """Append the prompt to the output, if that is wished."""
        if self.capture_prompt:
            self.output += text

    def line(self, encoding: Any) -> Any:
        """Take a line off the input."""
        return self._take(self.input.find(b"\n") + 1 or len(self.input), encoding, "collect_line")

    def characters(self, count: int, encoding: Any) -> Any:
        """Take characters off the input."""
        size = count if encoding is LATIN1 else _size_of_characters(self.input, count)
        return self._take(size, encoding, "invalid_unicode") if count else ""

    def rest(self, encoding: Any) -> Any:
        """Take all of the input."""
        return self._take(len(self.input), encoding, "collect_line")

    def _take(self, size: int, encoding: Any, failure: str) -> Any:
        if not self.input:
            return EOF
        taken = binary(self.input[:size])
        if encoding is not LATIN1 and type(taken) is bytes:
            return ERROR, atom(failure)
        self.input = self.input[size:]
        return taken

    def close(self) -> Any:
        """Answer `{:ok, {rest of the input, output}}`."""
        return OK, self.contents()

    def contents(self) -> Any:
        """Answer `{rest of the input, output}`."""
        return binary(self.input), self.output

    def flush(self) -> Any:
        """Answer the output and empty it."""
        written, self.output = self.output, ""
        return written


def _size_of_characters(data: bytes, count: int) -> int:
    """Return how many bytes the first `count` UTF-8 characters take."""
    starts = (place for place, byte in enumerate(data) if byte & 0xC0 != 0x80)
    return next(itertools.islice(starts, count, None), len(data))


class FileMedium:
    """An open file, whose characters stand in it as a codec writes them: where it is Latin-1 each byte is one."""

    def __init__(self, file: Any, codec: str, as_list: bool = False) -> None:
        """`as_list` gives charlists in the place of binaries."""
        self.file = file
        self.codec = codec
        self.as_list = as_list

    def write(self, data: bytes, encoding: Any) -> Any:
        """Write to the file."""
        try:
            self.file.write(_recoded(data, _codec(encoding), self.codec))
            self.file.flush()
        except UnicodeError:
            return ERROR, (NO_TRANSLATION, encoding, self._encoding())
        except io.UnsupportedOperation:
            return ERROR, atom("ebadf")
        except OSError as error:
            return ERROR, _posix(error)
        except ValueError:
            return ERROR, atom("terminated")
        return OK

    def prompt(self, text: str) -> None:
        """A file is not asked."""

    def line(self, encoding: Any) -> Any:
        """Read a line."""
        return self._read(self._wide_line if self.codec in _WIDTHS else self.file.readline, encoding)

    def _wide_line(self) -> bytes:
        line, newline = b"", "\n".encode(self.codec)
        while character := self._character():
            line += character
            if character == newline:
                break
        return line

    def characters(self, count: int, encoding: Any) -> Any:
        """Read some characters."""
        if self.codec == "latin-1":
            return self._read(lambda: self.file.read(count), encoding)
        found = self._read(lambda: b"".join(self._character() for _ in range(count)), encoding)
        invalid = (ERROR, (NO_TRANSLATION, UNICODE, UNICODE))
        return (ERROR, atom("invalid_unicode")) if found == invalid else found

    def _character(self) -> bytes:
        width = _WIDTHS.get(self.codec)
        if width is not None:
            first = bytes(self.file.read(width))
            high = width == 2 and len(first) == 2 and 0xD8 <= first[0 if self.codec.endswith("be") else 1] <= 0xDB
            return first + self.file.read(width) if high else first
        first = self.file.read(1)
        more = next((size for mask, size in ((0xF0, 3), (0xE0, 2), (0xC0, 1)) if first and first[0] & mask == mask), 0)
        return bytes(first + self.file.read(more))

    def rest(self, encoding: Any) -> Any:
        """Read to the end."""
        return self._read(self.file.read, encoding)

    def _read(self, read: Callable[[], bytes], encoding: Any) -> Any:
        try:
            data = read()
            found = _recoded(data, self.codec, _codec(encoding)) if data else b""
            if self.as_list and found:
                return from_iterable(found if encoding is LATIN1 else map(ord, found.decode()))
            return binary(found) if found else EOF
        except UnicodeError as error:
            self.file.close()  # as Erlang's file server ends of it
            return ERROR, (NO_TRANSLATION, self._encoding(), encoding if isinstance(error, UnicodeEncodeError) else UNICODE)
        except io.UnsupportedOperation:
            return ERROR, atom("ebadf")
        except OSError as error:
            return ERROR, _posix(error)
        except ValueError:
            return ERROR, atom("terminated")

    def _encoding(self) -> Any:
        return LATIN1 if self.codec == "latin-1" else UNICODE

    def worked(self, work: Callable[[FileMedium], Any]) -> Any:
        """Return what some work on the file answers, or `{:error, reason}`."""
        try:
            return work(self)
        except io.UnsupportedOperation:
            return ERROR, atom("ebadf")
        except OSError as error:
            return ERROR, _posix(error)
        except ValueError:
            return ERROR, atom("einval")

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


_WIDTHS: Final = {"utf-16-be": 2, "utf-16-le": 2, "utf-32-be": 4, "utf-32-le": 4}
"""The bytes of a character, where it is more than one in any case."""


def _codec(encoding: Any) -> str:
    return "latin-1" if encoding is LATIN1 else "utf-8"


def _recoded(data: bytes, given: str, wanted: str) -> bytes:
    """Return characters in one encoding as bytes of another; raises UnicodeError where there is no such thing."""
    return data if given == wanted == "latin-1" else data.decode(given).encode(wanted)


def _posix(error: OSError) -> Any:
    from errno import errorcode

    return atom(errorcode.get(error.errno or 0, "eio").lower())
