"""IO: writing and reading text."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.runtime import device as devices
from pyex.runtime.device import group_leader
from pyex.stdlib.elixir import io_warnings
from pyex.stdlib.elixir import list as lists
from pyex.terms.atoms import Atom, alias, atom, atom_name
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.errors import ElixirError, argument_error, bad_argument, elixir_error, erlang_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import Opts, inspect
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist
from pyex.terms.maps import struct
from pyex.terms.pids import Pid

module = NativeModule("IO", doc="Writing to and reading from devices: `:stdio`, `:stderr`, or a process.")

MODULE: Final = alias("IO")
OK: Final = atom("ok")
EOF: Final = atom("eof")
LINE: Final = atom("line")
UNICODE: Final = atom("unicode")
LATIN1: Final = atom("latin1")
STDIO: Final = atom("stdio")
STDERR: Final = atom("stderr")
STANDARD_ERROR: Final = atom("standard_error")
STANDARD_IO: Final = atom("standard_io")
_TO_STRING: Final = export(alias("String.Chars"), "to_string", 1)


def write_to(device: Any, text: str | bytes, encoding: Any = UNICODE) -> None:
    """Write a binary to a device: an atom, a pid that speaks the IO protocol, or a Python device."""
    if device is STDERR or device is STANDARD_ERROR:
        _leader_write(text, "stderr")
    elif device is STDIO or device is STANDARD_IO:
        _leader_write(text, "stdout", encoding)
    elif type(device) is Pid or type(device) is Atom:
        _ask_to_write(device, text, encoding)
    elif hasattr(device, "write"):
        device.write(text)
    else:
        raise _no_device(device)


def _ask_to_write(device: Any, text: str | bytes, encoding: Any) -> None:
    from pyex.stdlib.elixir.io_protocol import request

    answer = request(device, (atom("put_chars"), encoding, text))
    if answer is OK:
        return
    reason, given = answer[1], (device, encoding, text)
    no_translation, target = atom("no_translation"), "unicode"
    if type(reason) is tuple and reason[0] is no_translation:
        reason, target = no_translation, reason[2].name
    if reason is no_translation:
        words = f"device failed to transcode string from {atom_name(encoding)} to {target}"
        raise ElixirError(reason, ((atom("io"), "put_chars", given, {"a1": words}),))
    if reason is atom("ebadf") and encoding is UNICODE:
        raise bad_argument("io", "put_chars", given, a1="bad file number (ebadf)")
    raise erlang_error(reason, "io", "put_chars", given)


def _no_device(device: Any) -> ElixirError:
    """Return the error for what is no device, from the function of Elixir's that looks at it."""
    return function_clause(MODULE, "-inlined-map_dev/1-", (device,))


def _leader_write(text: str | bytes, stream: Any, encoding: Any = UNICODE) -> None:
    if stream == "stderr" and devices.errors_to is not None:
        write_to(devices.errors_to, text, encoding)
        return
    leader = group_leader()
    if type(leader) is Pid:
        if stream == "stdout":
            write_to(leader, text, encoding)
            return
        from pyex.runtime.device import STANDARD

        leader = STANDARD
    if type(text) is bytes and encoding is UNICODE:
        raise argument_error("argument error")
    leader.write(text, stream)


def chardata(value: Any) -> Any:
    """Return the text of chardata: a string, or a list of strings and code points."""
    return value if is_binary(value) else lists.to_string(value) if isinstance(value, List) else _TO_STRING.fn(value)


def _written(device: Any, item: Any) -> Any:
    """Return the text of what is written to a device, which refuses a list that is no chardata."""
    if not isinstance(item, List):
        return chardata(item)
    try:
        return lists.to_string(item)
    except ElixirError:
        if device is STDERR or device is STANDARD_ERROR:
            wrong = "not valid character data (an iodata term)"
            raise bad_argument("io", "put_chars", (STANDARD_ERROR, UNICODE, item), a2=wrong) from None
        raise argument_error("argument error") from None


@module.function
def puts(item: Any) -> Any:
    """Write a value's text and a newline to the standard output.

        iex> IO.puts("hello")
        hello
        :ok
    """
    return puts_to(STDIO, item)


@module.function("puts", arity=2)
def puts_to(device: Any, item: Any) -> Any:
    """Write a value's text and a newline to a device.

        iex> IO.puts(:stdio, "hello")
        hello
        :ok
    """
    if not _is_device(device):
        raise function_clause(MODULE, "puts", (device, item))
    text = _written(device, item)
    write_to(device, text + "\n" if type(text) is str else to_bytes(text) + b"\n")
    return OK


@module.function
def write(item: Any) -> Any:
    """Write a value's text to the standard output.

        iex> IO.write("hi\\n")
        hi
        :ok
    """
    write_to(STDIO, _written(STDIO, item))
    return OK


@module.function("write", arity=2)
def write_device(device: Any, item: Any) -> Any:
    """Write a value's text to a device.

        iex> IO.write(:stdio, "hi\\n")
        hi
        :ok
    """
    write_to(device, _written(device, item))
    return OK


@module.function
def binwrite(device: Any, iodata: Any = EMPTY) -> Any:
    """Write bytes to a device, as they are.

        iex> IO.binwrite(:stdio, "hi\\n")
        hi
        :ok
    """
    if not is_binary(iodata) and not isinstance(iodata, List):
        raise erlang_error("badarg", "file", "write", (device, iodata))
    write_to(device, _bytes_of(iodata), LATIN1)
    return OK


def _bytes_of(iodata: Any) -> Any:
    try:
        return iodata_binary(iodata)
    except ElixirError:
        raise argument_error("argument error") from None


def _is_device(device: Any) -> bool:
    return type(device) is Pid or type(device) is Atom or hasattr(device, "write")


@module.function("binwrite", arity=1)
def binwrite_standard(iodata: Any) -> Any:
    """Write bytes to the standard output.

        iex> IO.binwrite("hi\\n")
        hi
        :ok
    """
    if not is_binary(iodata) and not isinstance(iodata, List):
        raise function_clause(MODULE, "binwrite", (STDIO, iodata))
    return binwrite(STDIO, iodata)


def _options(opts: Any) -> Opts:
    options = Opts.from_keyword(opts)
    given = {item[0].name for item in to_pylist(opts)}
    if "pretty" not in given:
        options.pretty = True
    return options


@module.function("inspect", arity=(1, 2))
def inspect_(item: Any, opts: Any = EMPTY) -> Any:
    """Write a value as `inspect/2` shows it, after an optional `label:`; returns the value.

        iex> IO.inspect([1, 2], label: "list")
        list: [1, 2]
        [1, 2]
    """
    return inspect_to(STDIO, item, opts)


@module.function("inspect", arity=3)
def inspect_to(device: Any, item: Any, opts: Any) -> Any:
    """Write a value as `inspect/2` shows it to a device; returns the value.

        iex> IO.inspect(:stdio, 1, [])
        1
        1
    """
    label = dict(to_pylist(opts)).get(atom("label"))
    text = inspect(item, _options(opts))
    write_to(device, (f"{chardata(label)}: " if label is not None else "") + text + "\n")
    return item


@module.function
def gets(prompt: Any) -> Any:
    """Ask for a line; returns it with its newline, or `:eof`.

        IO.gets("name? ")

        iex> {:ok, device} = StringIO.open("Joe
        ...> ")
        iex> IO.gets(device, "name? ")
        "Joe\\n"
    """
    return gets_from(STDIO, prompt)


@module.function("gets", arity=2)
def gets_from(device: Any, prompt: Any) -> Any:
    """Ask a device for a line; returns it with its newline, or `:eof`.

        IO.gets(:stdio, "name? ")
    """
    return _asked(device, GET_LINE, UNICODE, chardata(prompt))


GET_LINE: Final = atom("get_line")
GET_CHARS: Final = atom("get_chars")
GET_ALL: Final = atom("get_all")


def _asked(device: Any, what: Atom, encoding: Atom, prompt: Any = "", *more: Any) -> Any:
    """Ask a device to read something; a terminal gives lines only, of which the wanted part is taken."""
    if device is STDIO or device is STANDARD_IO:
        device = group_leader()
    if type(device) is Pid or type(device) is Atom:
        from pyex.stdlib.elixir.io_protocol import request

        return request(device, (what, encoding, prompt, *more))
    if not hasattr(device, "read_line"):
        raise _no_device(device)
    if what is GET_ALL:
        lines = list(iter(lambda: device.read_line(""), None))
        return "".join(lines) if lines else EOF
    line = device.read_line(str(prompt))
    return EOF if line is None else line[: more[0]] if more else line


@module.function
def read(device: Any, line_or_chars: Any = None) -> Any:
    """Read a line (`:line`), everything (`:eof`), or a number of characters from a device.

        IO.read(:stdio, :line)

        iex> {:ok, device} = StringIO.open("one
        ...> two
        ...> ")
        iex> IO.read(device, :line)
        "one\\n"
        iex> IO.read(device, :eof)
        "two\\n"
    """
    if line_or_chars is None:
        device, line_or_chars = STDIO, device
    return _read(device, line_or_chars, UNICODE, "read")


@module.function
def binread(device: Any, line_or_chars: Any = None) -> Any:
    """Read a line (`:line`), everything (`:eof`), or a number of bytes from a device, as they are.

        IO.binread(:stdio, :line)

        iex> {:ok, device} = StringIO.open("abcdef")
        iex> IO.binread(device, 3)
        "abc"
    """
    if line_or_chars is None:
        device, line_or_chars = STDIO, device
    return _read(device, line_or_chars, LATIN1, "binread")


def _read(device: Any, what: Any, encoding: Atom, name: str) -> Any:
    if what is LINE:
        return _asked(device, GET_LINE, encoding)
    if what is atom("all"):
        wish = f"IO.{name}(device, :all) is deprecated, use IO.{name}(device, :eof) instead"
        io_warnings.warn_of_call(wish, MODULE, atom(name), 2)
        found = _asked(device, GET_ALL, encoding)
        return "" if found is EOF else found
    if what is EOF:
        return _asked(device, GET_ALL, encoding)
    if type(what) is not int or what < 0:
        raise function_clause(MODULE, name, (device, what))
    return _asked(device, GET_CHARS, encoding, "", what)


@module.function
def getn(device_or_prompt: Any, prompt_or_count: Any = 1) -> Any:
    """Ask the standard input for a number of characters, or a device for one.

        IO.getn("> ", 1)
    """
    if type(prompt_or_count) is int:
        return getn_from(STDIO, device_or_prompt, prompt_or_count)
    return getn_from(device_or_prompt, prompt_or_count, 1)


@module.function("getn", arity=3)
def getn_from(device: Any, prompt: Any, count: Any) -> Any:
    """Ask a device for a number of characters.

        iex> {:ok, device} = StringIO.open("abc")
        iex> IO.getn(device, "> ", 2)
        "ab"
    """
    if type(count) is not int or count < 0:
        raise function_clause(MODULE, "getn", (device, prompt, count))
    return _asked(device, GET_CHARS, UNICODE, chardata(prompt), count)


@module.function("stream", arity=(0, 1))
def standard_stream(line_or_codepoints: Any = LINE) -> Any:
    """Return a stream of the lines of the standard input, or of parts of so many characters.

        IO.stream() |> Enum.take(2)
    """
    return stream(STDIO, line_or_codepoints)


@module.function("binstream", arity=(0, 1))
def standard_binstream(line_or_bytes: Any = LINE) -> Any:
    """Return a stream of the lines of the standard input, or of parts of so many bytes, as they are.

        IO.binstream() |> Enum.take(2)
    """
    return binstream(STDIO, line_or_bytes)


@module.function
def stream(device: Any, line_or_codepoints: Any) -> Any:
    """Return a stream of the lines of a device, or of parts of so many characters; what is collected into it is written.

        iex> {:ok, device} = StringIO.open("abc")
        iex> Enum.to_list(IO.stream(device, 2))
        ["ab", "c"]
    """
    return _stream(device, line_or_codepoints, "stream", raw=False)


@module.function
def binstream(device: Any, line_or_bytes: Any) -> Any:
    """Return a stream of the lines of a device, or of parts of so many bytes, as they are.

        iex> {:ok, device} = StringIO.open("abc")
        iex> Enum.to_list(IO.binstream(device, 2))
        ["ab", "c"]
    """
    return _stream(device, line_or_bytes, "binstream", raw=True)


def _stream(device: Any, part: Any, name: str, *, raw: bool) -> Any:
    if part is not LINE and (type(part) is not int or part <= 0):
        raise function_clause(MODULE, name, (device, part))
    device = {STDIO: STANDARD_IO, STDERR: STANDARD_ERROR}.get(device, device)
    return struct(alias("IO.Stream"), {"device": device, "raw": raw, "line_or_bytes": part})


@module.function
def warn(message: Any) -> Any:
    """Print a warning to the standard error, with the functions that were called up to here.

        IO.warn("careful")
    """
    return warn_with(message, io_warnings.callers())


@module.function("warn", arity=2)
def warn_with(message: Any, stacktrace_info: Any) -> Any:
    """Print a warning to the standard error, with a stack trace or a place: an environment, or the keywords `:file`, `:line`,
    `:column`, `:module` and `:function`.

        IO.warn("careful", file: "lib/a.ex", line: 3)
    """
    io_warnings.warn(str(chardata(message)), stacktrace_info)
    return OK


@module.function(doc=False)
def warn_once(key: Any, message: Any, stacktrace_drop_levels: Any) -> Any:
    """Print a warning that `message` makes, unless the function that calls has already printed one of that key."""
    frames = to_pylist(io_warnings.callers())
    if io_warnings.first_time(key):
        warn_with(message(), from_pylist(frames[max(stacktrace_drop_levels - 2, 0) :]))
    return OK


@module.function(doc=False)
def each_stream(device: Any, line_or_codepoints: Any) -> Any:
    """Return `{[part], device}` of what is read next, or `{:halt, device}` at the end.

        iex> {:ok, device} = StringIO.open("one
        ...> two
        ...> ")
        iex> IO.each_stream(device, :line) |> elem(0)
        ["one\\n"]
    """
    return _next_part(device, read(device, line_or_codepoints))


@module.function(doc=False)
def each_binstream(device: Any, line_or_bytes: Any) -> Any:
    """Return `{[part], device}` of the bytes that are read next, or `{:halt, device}` at the end."""
    return _next_part(device, binread(device, line_or_bytes))


def _next_part(device: Any, part: Any) -> Any:
    if part is EOF:
        return atom("halt"), device
    if type(part) is tuple:
        raise elixir_error("IO.StreamError", reason=part[1])
    return from_pylist([part]), device


@module.function
def chardata_to_string(chardata_: Any) -> Any:
    """Return the string of a list of strings and code points.

        iex> IO.chardata_to_string([0x61, "bc"])
        "abc"
    """
    if not is_binary(chardata_) and not isinstance(chardata_, List):
        raise function_clause(MODULE, "chardata_to_string", (chardata_,))
    return chardata_ if is_binary(chardata_) else lists.to_string(chardata_)


@module.function
def iodata_to_binary(iodata: Any) -> Any:
    """Return the binary of a list of bytes and binaries.

        iex> IO.iodata_to_binary([97, ["b", 99]])
        "abc"
    """
    return iodata_binary(iodata)


@module.function
def iodata_length(iodata: Any) -> Any:
    """Return the number of bytes of a list of bytes and binaries.

        iex> IO.iodata_length([97, "bc"])
        3
    """
    return len(to_bytes(iodata_binary(iodata)))


def iodata_binary(iodata: Any) -> Any:
    """Return the binary of iodata; raises ArgumentError for what is none."""
    return export(atom("erlang"), "iolist_to_binary", 1).fn(iodata)


