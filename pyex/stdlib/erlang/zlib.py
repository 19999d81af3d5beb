"""`:zlib`: compression, at once and in streams, by Python's zlib."""

from __future__ import annotations

import zlib
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.pids import Reference

module = NativeModule(":zlib", doc="Compression: zlib's, gzip's, and without a header.")

OK: Final = atom("ok")
_GZIP: Final = 16
_FINISH: Final = atom("finish")
_LEVELS: Final = {"none": 0, "default": -1, "best_speed": 1, "best_compression": 9}
_FLUSHES: Final = {
    "none": zlib.Z_NO_FLUSH,
    "sync": zlib.Z_SYNC_FLUSH,
    "full": zlib.Z_FULL_FLUSH,
    "finish": zlib.Z_FINISH,
}
_STRATEGIES: Final = {"default": 0, "filtered": 1, "huffman_only": 2, "rle": 3}


class _Stream:
    """A stream: Python's objects for its two directions, and what is left for the next call."""

    def __init__(self) -> None:
        self.packing: Any = None
        self.unpacking: Any = None
        self.level = -1


_STREAMS: dict[Reference, _Stream] = {}


def _bytes(data: Any) -> bytes:
    return to_bytes(export(atom("erlang"), "iolist_to_binary", 1).fn(data))


def _packed(data: Any, window: int) -> Any:
    packing = zlib.compressobj(-1, zlib.DEFLATED, window)
    return binary(packing.compress(_bytes(data)) + packing.flush())


def _unpacked(data: Any, window: int) -> Any:
    unpacking = zlib.decompressobj(window)
    try:
        found = unpacking.decompress(_bytes(data))
    except zlib.error:
        raise ElixirError(atom("data_error")) from None
    if not unpacking.eof:
        raise ElixirError(atom("data_error"))
    return binary(found)


@module.function
def compress(data: Any) -> Any:
    """Return iodata compressed, with zlib's header and checksum.

    iex> :zlib.uncompress(:zlib.compress("hello"))
    "hello"
    """
    return _packed(data, zlib.MAX_WBITS)


@module.function
def uncompress(data: Any) -> Any:
    """Return what was compressed with `compress/1`.

    iex> :zlib.uncompress(:zlib.compress(["a", ?b]))
    "ab"
    """
    return _unpacked(data, zlib.MAX_WBITS)


@module.function
def gzip(data: Any) -> Any:
    """Return iodata compressed as gzip does.

    iex> <<31, 139, _::binary>> = :zlib.gzip("hello")
    iex> :zlib.gunzip(:zlib.gzip("hello"))
    "hello"
    """
    return _packed(data, zlib.MAX_WBITS | _GZIP)


@module.function
def gunzip(data: Any) -> Any:
    """Return what was compressed with `gzip/1`.

    iex> :zlib.gunzip(:zlib.gzip(""))
    ""
    """
    return _unpacked(data, zlib.MAX_WBITS | _GZIP)


@module.function
def zip(data: Any) -> Any:
    """Return iodata compressed, without header and checksum.

    iex> :zlib.unzip(:zlib.zip("hello"))
    "hello"
    """
    return _packed(data, -zlib.MAX_WBITS)


@module.function
def unzip(data: Any) -> Any:
    """Return what was compressed with `zip/1`.

    iex> :zlib.unzip(:zlib.zip(""))
    ""
    """
    return _unpacked(data, -zlib.MAX_WBITS)


@module.function
def open() -> Any:
    """Return a stream.

    iex> z = :zlib.open()
    iex> :zlib.close(z)
    :ok
    """
    reference = Reference()
    _STREAMS[reference] = _Stream()
    return reference


def _stream(reference: Any, name: str, *args: Any) -> _Stream:
    found = _STREAMS.get(reference) if type(reference) is Reference else None
    if found is None:
        raise bad_argument("zlib", name, (reference, *args))
    return found


@module.function
def close(stream: Any) -> Any:
    """Close a stream.

    iex> :zlib.close(:zlib.open())
    :ok
    """
    _stream(stream, "close")
    del _STREAMS[stream]
    return OK


def _choice(table: dict[str, int], value: Any, name: str, args: tuple[Any, ...]) -> int:
    if type(value) is int:
        return value
    if type(value) is not Atom or value.name not in table:
        raise bad_argument("zlib", name, args)
    return table[value.name]


@module.function("deflateInit", arity=(1, 2, 6))
def deflate_init(
    stream: Any, level: Any = -1, method: Any = None, window: Any = 15, memory: Any = 8, strategy: Any = 0
) -> Any:
    """Make a stream ready to compress; the level is 0 to 9, `:default`, `:best_speed` or `:best_compression`.

    iex> :zlib.deflateInit(:zlib.open(), :best_speed)
    :ok
    """
    args = (stream, level)
    state = _stream(stream, "deflateInit", level)
    chosen = _choice(_LEVELS, level, "deflateInit", args)
    plan = _choice(_STRATEGIES, strategy, "deflateInit", args)
    state.packing = zlib.compressobj(chosen, zlib.DEFLATED, window, memory, plan)
    return OK


@module.function("deflate", arity=(2, 3))
def deflate(stream: Any, data: Any, flush: Any = None) -> Any:
    """Compress iodata, and return what has come out as iodata; `:finish` at the end.

    iex> z = :zlib.open()
    iex> :zlib.deflateInit(z)
    iex> packed = :zlib.deflate(z, "hello", :finish)
    iex> :zlib.uncompress(IO.iodata_to_binary(packed))
    "hello"
    """
    state = _stream(stream, "deflate", data)
    if state.packing is None:
        raise ElixirError(atom("not_initialized"))
    out = state.packing.compress(_bytes(data))
    if flush is not None and getattr(flush, "name", "") != "none":
        out += state.packing.flush(_choice(_FLUSHES, flush, "deflate", (stream, data, flush)))
    return from_pylist([binary(out)]) if out else EMPTY


@module.function("deflateEnd")
def deflate_end(stream: Any) -> Any:
    """End compression.

    iex> z = :zlib.open()
    iex> :zlib.deflateInit(z)
    iex> :zlib.deflate(z, "", :finish)
    iex> :zlib.deflateEnd(z)
    :ok
    """
    _stream(stream, "deflateEnd").packing = None
    return OK


@module.function("deflateReset")
def deflate_reset(stream: Any) -> Any:
    """Begin anew with a stream that compresses.

    iex> z = :zlib.open()
    iex> :zlib.deflateInit(z)
    iex> :zlib.deflateReset(z)
    :ok
    """
    _stream(stream, "deflateReset").packing = zlib.compressobj()
    return OK


@module.function("inflateInit", arity=(1, 2, 3))
def inflate_init(stream: Any, window: Any = 15, options: Any = None) -> Any:
    """Make a stream ready to decompress; a window of 31 expects gzip's header, a negative one none.

    iex> :zlib.inflateInit(:zlib.open())
    :ok
    """
    _stream(stream, "inflateInit").unpacking = zlib.decompressobj(window)
    return OK


def _inflated(stream: Any, data: Any, name: str) -> Any:
    state = _stream(stream, name, data)
    if state.unpacking is None:
        raise ElixirError(atom("not_initialized"))
    try:
        out = state.unpacking.decompress(_bytes(data))
    except zlib.error:
        raise ElixirError(atom("data_error")) from None
    return from_pylist([binary(out)]) if out else EMPTY


@module.function("inflate", arity=(2, 3))
def inflate(stream: Any, data: Any, options: Any = None) -> Any:
    """Decompress data, and return what has come out as iodata.

    iex> z = :zlib.open()
    iex> :zlib.inflateInit(z)
    iex> IO.iodata_to_binary(:zlib.inflate(z, :zlib.compress("hello")))
    "hello"
    """
    return _inflated(stream, data, "inflate")


@module.function("safeInflate")
def safe_inflate(stream: Any, data: Any) -> Any:
    """Decompress data, and return `{:finished, iodata}`.

    iex> z = :zlib.open()
    iex> :zlib.inflateInit(z)
    iex> :zlib.safeInflate(z, :zlib.compress("hello"))
    {:finished, ["hello"]}
    """
    return atom("finished"), _inflated(stream, data, "safeInflate")


@module.function("inflateEnd")
def inflate_end(stream: Any) -> Any:
    """End decompression; data that was cut off is an error.

    iex> z = :zlib.open()
    iex> :zlib.inflateInit(z)
    iex> :zlib.inflate(z, :zlib.compress("hello"))
    iex> :zlib.inflateEnd(z)
    :ok
    """
    state = _stream(stream, "inflateEnd")
    ended = state.unpacking is not None and state.unpacking.eof
    state.unpacking = None
    if not ended:
        raise ElixirError(atom("data_error"))
    return OK


@module.function("inflateReset")
def inflate_reset(stream: Any) -> Any:
    """Begin anew with a stream that decompresses.

    iex> z = :zlib.open()
    iex> :zlib.inflateInit(z)
    iex> :zlib.inflateReset(z)
    :ok
    """
    _stream(stream, "inflateReset").unpacking = zlib.decompressobj()
    return OK
