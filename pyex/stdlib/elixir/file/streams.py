"""File.Stream: a file as a stream of its lines or blocks, and as what elements are written to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir import io
from pyex.stdlib.elixir.enumerable import reduce_iterator
from pyex.stdlib.elixir.file.base import OK, attempt, demand, module, path_of
from pyex.stdlib.elixir.file.devices import close, open_file
from pyex.stdlib.elixir.file.modes import Modes, read_modes
from pyex.stdlib.elixir.io_protocol import EOF, LATIN1, UNICODE, FileMedium
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import binary
from pyex.terms.errors import argument_error, elixir_error, function_clause
from pyex.terms.functions import shown_as
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, to_pylist
from pyex.terms.maps import Map, struct
from pyex.terms.node import this_node

stream_module = NativeModule("File.Stream", doc="What `File.stream!/3` returns: a file that is walked and written to.")
stream_module.struct({"path": None, "modes": EMPTY, "line_or_bytes": atom("line"), "raw": True, "node": None})

enumerable = NativeModule("Enumerable.File.Stream")
collectable = NativeModule("Collectable.File.Stream")

LINE: Final = atom("line")
ENCODING: Final = atom("encoding")
READ_AHEAD: Final = atom("read_ahead")
ERROR: Final = atom("error")
BLOCK: Final = 65536
BOM: Final = b"\xef\xbb\xbf"


@module.function("stream!")
def stream_bang(path: Any, line_or_bytes: Any = LINE, modes: Any = EMPTY) -> Any:
    """Return a stream of a file's lines, or of blocks of bytes; the file is opened when it is walked. What is collected
    into the stream is written to the file.

    File.stream!("mix.exs") |> Enum.count()

        iex> path = Path.join(System.tmp_dir!(), "lines.txt")
        iex> File.write!(path, "a
        ...> b
        ...> c")
        iex> File.stream!(path) |> Enum.map(&String.trim/1)
        ["a", "b", "c"]
    """
    if isinstance(line_or_bytes, List):
        line_or_bytes, modes = (modes if modes is not EMPTY else LINE), line_or_bytes
    elif modes is EMPTY and line_or_bytes is not LINE and type(line_or_bytes) is not int:
        raise function_clause(module.name, "stream!", (path, line_or_bytes))
    if not isinstance(modes, List):
        raise function_clause(module.name, "normalize_modes", (modes, True))
    settled, raw = _settled(to_pylist(modes))
    fields = {"path": path_of(path), "modes": settled, "line_or_bytes": line_or_bytes, "raw": raw, "node": this_node.name}
    return struct(alias("File.Stream"), fields)


def _settled(modes: list[Any]) -> tuple[Any, bool]:
    """Return the modes with which the file is opened, and whether its bytes are taken as they are."""
    modes = [(ENCODING, mode) if mode is atom("utf8") else mode for mode in modes]
    for mode in modes:
        if type(mode) is tuple and mode[0] is atom("read_offset") and (type(mode[1]) is not int or mode[1] < 0):
            raise argument_error(f"expected :read_offset to be a non-negative integer, got: {inspect(mode[1])}")
    if any(type(mode) is tuple and mode[0] is ENCODING for mode in modes):
        return from_pylist([*modes, atom("binary")]), False
    blocks = [(READ_AHEAD, BLOCK) if mode is READ_AHEAD else mode for mode in modes]
    ahead = [] if any(type(mode) is tuple and mode[0] is READ_AHEAD for mode in blocks) else [READ_AHEAD]
    return from_pylist([atom("raw"), *ahead, *blocks, atom("binary")]), True


def _given(stream: Map) -> list[Any]:
    """Return the modes that are not there for reading fast."""
    return [mode for mode in to_pylist(stream[atom("modes")]) if mode not in (atom("raw"), READ_AHEAD)]


def _opened(stream: Map, modes: Modes) -> Any:
    """Return the file of a stream, where it is read from on."""
    path = stream[atom("path")]
    file = demand(attempt(lambda: modes.open(path_of(path))), "stream", path)
    bom = BOM if "trim_bom" in modes.words and file.read(len(BOM)) == BOM else b""
    file.seek(len(bom) + modes.offset)
    return file


def _parts(stream: Map) -> Iterator[Any]:
    part = stream[atom("line_or_bytes")]
    modes = read_modes(from_pylist(_given(stream)), True)
    file = _opened(stream, modes)
    try:
        if stream[atom("raw")] and "charlist" not in modes.words:
            yield from _raw_parts(file, part)
        else:
            medium = FileMedium(file, modes.codec, "charlist" in modes.words)
            yield from _decoded_parts(medium, part, LATIN1 if stream[atom("raw")] else UNICODE)
    finally:
        file.close()


def _raw_parts(file: Any, part: Any) -> Iterator[Any]:
    if part is LINE:
        for line in file:
            yield binary(line[:-2] + b"\n" if line.endswith(b"\r\n") else line)
    else:
        while data := file.read(part):
            yield binary(data)


def _decoded_parts(medium: FileMedium, size: Any, encoding: Any) -> Iterator[Any]:
    while (part := medium.line(encoding) if size is LINE else medium.characters(size, encoding)) is not EOF:
        if type(part) is tuple:
            raise elixir_error("IO.StreamError", reason=part[1])
        yield part[:-2] + "\n" if type(part) is str and part.endswith("\r\n") else part


@enumerable.function(doc=False)
def reduce(stream: Any, acc: Any, fun: Any) -> Any:
    """Reduce what is in the file."""
    return reduce_iterator(_parts(stream), acc, fun)


@enumerable.function(doc=False)
def count(stream: Any) -> Any:
    """Of bytes as they are the newlines are counted, or the blocks; only reading tells of characters."""
    if not stream[atom("raw")]:
        return ERROR, alias("Enumerable.File.Stream")
    size = stream[atom("line_or_bytes")]
    with _opened(stream, read_modes(from_pylist(_given(stream)), True)) as file:
        blocks = iter(lambda: file.read(BLOCK), b"")
        if size is LINE:
            return OK, sum(block.count(b"\n") for block in blocks)
        return OK, -(-sum(map(len, blocks)) // size)


@enumerable.function("member?", doc=False)
def member(_stream: Any, _element: Any) -> Any:
    """Only reading tells."""
    return ERROR, alias("Enumerable.File.Stream")


@enumerable.function("slice", doc=False)
def slice_(_stream: Any) -> Any:
    """Only reading tells."""
    return ERROR, alias("Enumerable.File.Stream")


@collectable.function(doc=False)
def into(stream: Any) -> Any:
    """Open the file and write each element as it comes."""
    path = stream[atom("path")]
    modes = [mode for mode in _given(stream) if mode is not atom("trim_bom")]
    device = demand(open_file(path, from_pylist([atom("write"), *modes])), "stream", path)
    write = io.binwrite if stream[atom("raw")] else io.write_device

    def collector(_acc: Any, command: Any) -> Any:
        if type(command) is tuple:
            write(device, command[1])
            return atom("ok")
        close(device)
        return stream if command is atom("done") else atom("ok")

    return atom("ok"), shown_as(collector, "1.40000783/2 in Collectable.File.Stream.into/3")
