"""IO.Stream: a device as a stream of what is read from it, and as what elements are written to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir import io
from pyex.stdlib.elixir.enumerable import reduce_iterator
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import elixir_error
from pyex.terms.functions import shown_as

module = NativeModule("IO.Stream", doc="What `IO.stream/2` returns: a device that is walked and written to.")
module.struct({"device": None, "raw": True, "line_or_bytes": atom("line")})

enumerable = NativeModule("Enumerable.IO.Stream")
collectable = NativeModule("Collectable.IO.Stream")

ERROR: Final = atom("error")


def _parts(stream: Any) -> Iterator[Any]:
    read = io.binread if stream[atom("raw")] else io.read
    while (part := read(stream[atom("device")], stream[atom("line_or_bytes")])) is not io.EOF:
        if type(part) is tuple:
            raise elixir_error("IO.StreamError", reason=part[1])
        yield part


@enumerable.function(doc=False)
def reduce(stream: Any, acc: Any, fun: Any) -> Any:
    """Reduce what is read."""
    return reduce_iterator(_parts(stream), acc, fun)


@enumerable.function(doc=False)
def count(_stream: Any) -> Any:
    """Only reading tells."""
    return ERROR, alias("Enumerable.IO.Stream")


@enumerable.function("member?", doc=False)
def member(_stream: Any, _element: Any) -> Any:
    """Only reading tells."""
    return ERROR, alias("Enumerable.IO.Stream")


@enumerable.function("slice", doc=False)
def slice_(_stream: Any) -> Any:
    """Only reading tells."""
    return ERROR, alias("Enumerable.IO.Stream")


@collectable.function(doc=False)
def into(stream: Any) -> Any:
    """Write each element as it comes."""
    device, write = stream[atom("device")], io.binwrite if stream[atom("raw")] else io.write_device

    def collector(_acc: Any, command: Any) -> Any:
        if type(command) is tuple:
            write(device, command[1])
        return stream if command is atom("done") else atom("ok")

    return atom("ok"), shown_as(collector, "0.73759040/2 in Collectable.IO.Stream.into/3")
