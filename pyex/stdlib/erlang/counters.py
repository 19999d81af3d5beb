""":counters: arrays of integers that all processes count with."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.erlang import atomics
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument, refused
from pyex.terms.lists import EMPTY

module = NativeModule(":counters", doc="Counters, shared by all processes.")
KIND: Final = atom("atomics")


_KINDS: Final = frozenset({KIND, atom("write_concurrency")})


def _array(name: str, *args: Any) -> Any:
    if type(args[0]) is not tuple or len(args[0]) != 2 or args[0][0] is not KIND:
        raise bad_argument("counters", name, args, a1="invalid atomics reference")
    return args[0][1]


@module.function
def new(size: Any, opts: Any) -> Any:
    """Return an array of counters, all zero.

    iex> counters = :counters.new(2, [])
    iex> :counters.add(counters, 1, 5)
    :ok
    iex> :counters.get(counters, 1)
    5
    """
    size_fault = "not an integer" if type(size) is not int else "out of range" if size < 1 else None
    options_fault = atomics.fault_of_options(opts, _KINDS.__contains__)
    if size_fault or options_fault:
        raise refused("counters", "new", (size, opts), size_fault, options_fault)
    return KIND, atomics.new(size, EMPTY)


@module.function
def get(ref: Any, ix: Any) -> Any:
    """Return a counter.

        iex> :counters.get(:counters.new(1, []), 1)
        0
    """
    return atomics.get(_array("get", ref, ix), ix)


@module.function
def add(ref: Any, ix: Any, incr: Any) -> Any:
    """Add to a counter.

        iex> counter = :counters.new(1, [])
        iex> :counters.add(counter, 1, 3)
        :ok
        iex> :counters.get(counter, 1)
        3
    """
    return atomics.add(_array("add", ref, ix, incr), ix, incr)


@module.function
def sub(ref: Any, ix: Any, decr: Any) -> Any:
    """Take from a counter.

        iex> counter = :counters.new(1, [])
        iex> :counters.sub(counter, 1, 3)
        :ok
        iex> :counters.get(counter, 1)
        -3
    """
    return atomics.sub(_array("sub", ref, ix, decr), ix, decr)


@module.function
def put(ref: Any, ix: Any, value: Any) -> Any:
    """Set a counter.

        iex> counter = :counters.new(1, [])
        iex> :counters.put(counter, 1, 3)
        :ok
        iex> :counters.get(counter, 1)
        3
    """
    return atomics.put(_array("put", ref, ix, value), ix, value)


@module.function
def info(ref: Any) -> Any:
    """Return the number of counters, what they can hold at most and at least, and the bytes that they take.

        iex> :counters.info(:counters.new(2, [])).size
        2
    """
    return atomics.info(_array("info", ref))
