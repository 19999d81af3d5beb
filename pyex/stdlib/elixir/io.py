"""IO: writing and reading text."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.runtime.device import group_leader
from pyex.stdlib.elixir import list as lists
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.binaries import is_binary, to_bytes
from pyex.terms.errors import argument_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import Opts, inspect
from pyex.terms.lists import EMPTY, List, to_pylist
from pyex.terms.pids import Pid

module = NativeModule("IO", doc="Writing to and reading from devices: `:stdio`, `:stderr`, or a process.")

MODULE: Final = alias("IO")
OK: Final = atom("ok")
EOF: Final = atom("eof")
LINE: Final = atom("line")
STDIO: Final = atom("stdio")
STDERR: Final = atom("stderr")
STANDARD_ERROR: Final = atom("standard_error")
STANDARD_IO: Final = atom("standard_io")
_TO_STRING: Final = export(alias("String.Chars"), "to_string", 1)


def write_to(device: Any, text: str | bytes) -> None:
    """Write a binary to a device: an atom, a pid that speaks the IO protocol, or a Python device."""
    if device is STDERR or device is STANDARD_ERROR:
        _leader_write(text, "stderr")
    elif device is STDIO or device is STANDARD_IO:
        _leader_write(text, "stdout")
    elif type(device) is Pid or type(device) is Atom:
        from pyex.stdlib.elixir.io_protocol import request

        request(device, (atom("put_chars"), atom("unicode"), text))
    elif hasattr(device, "write"):
        device.write(text)
    else:
        raise argument_error(f"unknown IO device: {inspect(device)}")


def _leader_write(text: str | bytes, stream: Any) -> None:
    leader = group_leader()
    if type(leader) is Pid:
        if stream == "stdout":
            write_to(leader, text)
            return
        from pyex.runtime.device import STANDARD

        leader = STANDARD
    leader.write(text, stream)


def chardata(value: Any) -> Any:
    """Return the text of chardata: a string, or a list of strings and code points."""
    return value if is_binary(value) else lists.to_string(value) if isinstance(value, List) else _TO_STRING.fn(value)


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
    text = chardata(item)
    write_to(device, text + "\n" if type(text) is str else to_bytes(text) + b"\n")
    return OK


@module.function
def write(item: Any) -> Any:
    """Write a value's text to the standard output.

        iex> IO.write("hi\\n")
        hi
        :ok
    """
    write_to(STDIO, chardata(item))
    return OK


@module.function("write", arity=2)
def write_device(device: Any, item: Any) -> Any:
    """Write a value's text to a device.

        iex> IO.write(:stdio, "hi\\n")
        hi
        :ok
    """
    write_to(device, chardata(item))
    return OK


@module.function
def binwrite(device: Any, iodata: Any = EMPTY) -> Any:
    """Write bytes to a device, as they are.

        iex> IO.binwrite(:stdio, "hi\\n")
        hi
        :ok
    """
    write_to(device, iodata_binary(iodata))
    return OK


@module.function("binwrite", arity=1)
def binwrite_standard(iodata: Any) -> Any:
    """Write bytes to the standard output.

        iex> IO.binwrite("hi\\n")
        hi
        :ok
    """
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
    """
    return gets_from(STDIO, prompt)


@module.function("gets", arity=2)
def gets_from(device: Any, prompt: Any) -> Any:
    """Ask a device for a line; returns it with its newline, or `:eof`.

        IO.gets(:stdio, "name? ")
    """
    if device is STDIO or device is STANDARD_IO:
        leader = group_leader()
        if type(leader) is not Pid:
            line = leader.read_line(str(chardata(prompt)))
            return EOF if line is None else line
        device = leader
    if type(device) is Pid or type(device) is Atom:
        from pyex.stdlib.elixir.io_protocol import request

        return request(device, (atom("get_line"), atom("unicode"), chardata(prompt)))
    line = device.read_line(str(chardata(prompt)))
    return EOF if line is None else line


@module.function
def read(device: Any, line_or_chars: Any = None) -> Any:
    """Read a line (`:line`), everything (`:eof`), or a number of characters from a device.

        IO.read(:stdio, :line)
    """
    if line_or_chars is None:
        device, line_or_chars = STDIO, device
    if line_or_chars is atom("line"):
        return gets_from(device, "")
    if line_or_chars is EOF:
        lines = []
        while (line := gets_from(device, "")) is not EOF:
            lines.append(line)
        return "".join(lines) if lines else EOF
    if type(device) is Pid or type(device) is Atom and device is not STDIO:
        from pyex.stdlib.elixir.io_protocol import request

        return request(device, (atom("get_chars"), atom("unicode"), "", line_or_chars))
    line = gets_from(device, "")
    return EOF if line is EOF else line[:line_or_chars]


module.exports["binread", 1] = module.exports["read", 1]
module.exports["binread", 2] = module.exports["read", 2]


@module.function
def getn(prompt: Any, count: Any = 1) -> Any:
    """Ask for a number of characters.

        IO.getn("> ", 1)
    """
    line = gets_from(STDIO, prompt)
    return EOF if line is EOF else line[:count]


@module.function
def stream(device: Any = STDIO, line_or_codepoints: Any = LINE) -> Any:
    """Return a stream of the lines of a device.

        IO.stream(:stdio, :line)
    """
    from pyex.stdlib.elixir.enumerable import Lazy

    return Lazy(lambda: iter(lambda: gets_from(device, ""), EOF), "resource")


@module.function
def warn(message: Any, stacktrace_info: Any = EMPTY) -> Any:
    """Print a warning to the standard error.

        IO.warn("careful", [])
    """
    write_to(STDERR, f"warning: {chardata(message)}\n\n")
    return OK


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


