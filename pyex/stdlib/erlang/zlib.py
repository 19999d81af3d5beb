"""`:zlib`: compression, at once and in streams, by Python's zlib."""

from __future__ import annotations

import zlib
from collections.abc import Container
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import Atom, atom
from pyex.terms.binaries import binary, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, erlang_error
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, from_pylist, to_pylist
from pyex.terms.pids import Reference

module = NativeModule(":zlib", doc="Compression: zlib's, gzip's, and without a header.")

OK: Final = atom("ok")
_GZIP: Final = 16
_DEFAULT: Final = atom("default")
_DEFLATED: Final = atom("deflated")
_CUT: Final = atom("cut")
_FINISH: Final = atom("finish")
_LEVELS: Final = {"none": 0, "default": -1, "best_speed": 1, "best_compression": 9}
_FLUSHES: Final = {
    "none": zlib.Z_NO_FLUSH,
    "sync": zlib.Z_SYNC_FLUSH,
    "full": zlib.Z_FULL_FLUSH,
    "finish": zlib.Z_FINISH,
}
_METHODS: Final = {"deflated": zlib.DEFLATED}
_STRATEGIES: Final = {"default": 0, "filtered": 1, "huffman_only": 2, "rle": 3}


class _Stream:
    """A stream: Python's objects for its two directions, and what is left for the next call."""

    def __init__(self) -> None:
        self.packing: Any = None
        self.unpacking: Any = None
        self.packs: tuple[int, int, int, int, int] = (-1, zlib.DEFLATED, zlib.MAX_WBITS, 8, 0)
        self.window = zlib.MAX_WBITS
        self.at_end = "cut"
        self.left = b""

    def take(self, data: bytes) -> bytes:
        """Decompress data up to the end of what was compressed at once; what comes behind it is kept (`left`), or lost."""
        if self.unpacking.eof and self.at_end == "reset":
            self.unpacking = zlib.decompressobj(self.window)
        before = self.unpacking.eof
        out: bytes = b"" if before else self.unpacking.decompress(data)
        rest = data if before else self.unpacking.unused_data
        if rest and self.at_end == "error":
            raise ElixirError(atom("data_error"))
        self.left = rest if self.at_end == "reset" else b""
        return out


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


def _choice(table: dict[str, int], value: Any, wrong: str, numbers: Container[int] = ()) -> int:
    """Return the number that an atom stands for, or one that is allowed; raises an error of the name `wrong`."""
    if type(value) is int and value in numbers:
        return value
    if type(value) is not Atom or value.name not in table:
        raise erlang_error(wrong)
    return table[value.name]


_PACKING_WINDOWS: Final = frozenset((*range(-15, -7), *range(8, 16), *range(24, 32)))
_UNPACKING_WINDOWS: Final = frozenset((*_PACKING_WINDOWS, 16, 32, *range(40, 48)))
_AT_END: Final = {"error": 0, "reset": 1, "cut": 2}


@module.function("deflateInit", arity=(1, 2, 6))
def deflate_init(
    stream: Any,
    level: Any = _DEFAULT,
    method: Any = _DEFLATED,
    window: Any = zlib.MAX_WBITS,
    memory: Any = 8,
    strategy: Any = _DEFAULT,
) -> Any:
    """Make a stream ready to compress; the level is 0 to 9, `:default`, `:best_speed` or `:best_compression`.

    iex> :zlib.deflateInit(:zlib.open(), :best_speed)
    :ok
    """
    state = _unused(stream, "deflateInit", level)
    state.packs = (
        _choice(_LEVELS, level, "bad_compression_level", range(10)),
        _choice(_METHODS, method, "bad_compression_method"),
        _choice({}, window, "bad_windowbits", _PACKING_WINDOWS),
        _choice({}, memory, "bad_memlevel", range(1, 10)),
        _choice(_STRATEGIES, strategy, "bad_compression_strategy"),
    )
    state.packing = zlib.compressobj(*state.packs)
    return OK


def _unused(stream: Any, name: str, *args: Any) -> _Stream:
    state = _stream(stream, name, *args)
    if state.packing is not None or state.unpacking is not None:
        raise erlang_error("already_initialized")
    return state


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
        out += state.packing.flush(_choice(_FLUSHES, flush, "bad_flush_mode"))
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
    state = _stream(stream, "deflateReset")
    state.packing = zlib.compressobj(*state.packs)
    return OK


@module.function("inflateInit", arity=(1, 2, 3))
def inflate_init(stream: Any, window: Any = zlib.MAX_WBITS, at_end: Any = _CUT) -> Any:
    """Make a stream ready to decompress; a window of 31 expects gzip's header, a negative one none.

    What follows the end of the compressed data is cut off (`:cut`), taken as the next such data (`:reset`), or an `:error`.

    iex> :zlib.inflateInit(:zlib.open())
    :ok
    """
    state = _unused(stream, "inflateInit", window, at_end)
    state.window = _choice({}, window, "bad_windowbits", _UNPACKING_WINDOWS)
    _choice(_AT_END, at_end, "bad_eos_behavior")
    state.at_end, state.left = at_end.name, b""
    state.unpacking = zlib.decompressobj(state.window)
    return OK


def _inflated(stream: Any, data: Any, name: str) -> Any:
    state = _stream(stream, name, data)
    if state.unpacking is None:
        raise ElixirError(atom("not_initialized"))
    try:
        out = state.take(state.left + _bytes(data))
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
    found = _inflated(stream, data, "inflate")
    while _STREAMS[stream].left:
        found = from_pylist([found, *to_pylist(_inflated(stream, "", "inflate"))])
    return found


@module.function("safeInflate")
def safe_inflate(stream: Any, data: Any) -> Any:
    """Decompress data, and return `{:finished, iodata}`, or `{:continue, iodata}` while there is more to come.

    iex> z = :zlib.open()
    iex> :zlib.inflateInit(z)
    iex> :zlib.safeInflate(z, :zlib.compress("hello"))
    {:finished, ["hello"]}
    """
    found = _inflated(stream, data, "safeInflate")
    return atom("continue" if _STREAMS[stream].left else "finished"), found


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
    state = _stream(stream, "inflateReset")
    state.unpacking, state.left = zlib.decompressobj(state.window), b""
    return OK
