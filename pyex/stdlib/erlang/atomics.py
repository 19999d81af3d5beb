""":atomics: arrays of 64 bit integers that all processes change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument, refused
from pyex.terms.lists import is_proper, to_pylist
from pyex.terms.maps import Map
from pyex.terms.pids import Reference

module = NativeModule(":atomics", doc="Arrays of integers of 64 bits, shared by all processes.")
OK: Final = atom("ok")


class Integers:
    """The integers of an array, which a reference stands for."""

    __slots__ = ("signed", "values")
    values: list[int]
    signed: bool

    def __init__(self, size: int, signed: bool) -> None:
        self.values = [0] * size
        self.signed = signed


def _wrapped(value: int, signed: bool) -> int:
    value &= (1 << 64) - 1
    return value - (1 << 64) if signed and value >> 63 else value


def fault_of_options(options: Any, known: Callable[[Any], bool]) -> str | None:
    """Return what is wrong with a list of options, or None."""
    if not is_proper(options):
        return "not a list"
    return None if all(known(option) for option in to_pylist(options)) else "invalid option in list"


def _array(reference: Any) -> Integers | None:
    held = getattr(reference, "held", None) if type(reference) is Reference else None
    return held if type(held) is Integers else None


def _checked(name: str, *args: Any) -> list[int]:
    """Return the integers of the array that is the first argument; the second must be a place in it."""
    array, place = _array(args[0]), args[1]
    if array is None:
        wrong_place = None if type(place) is int and place > 0 else "out of range" if type(place) is int else "not an integer"
        raise refused("atomics", name, args, "invalid atomics reference", wrong_place)
    if type(place) is not int or not 1 <= place <= len(array.values):
        raise bad_argument("atomics", name, args, a2="out of range" if type(place) is int else "not an integer")
    if any(type(number) is not int for number in args[2:]):
        raise bad_argument("atomics", name, args, a3="not an integer")
    return array.values


@module.function
def new(arity: Any, opts: Any) -> Any:
    """Return an array of zeros; `signed: false` makes its integers start over at zero.

    iex> counter = :atomics.new(1, [])
    iex> :atomics.add_get(counter, 1, 5)
    5
    """
    size_fault = "not an integer" if type(arity) is not int else "out of range" if arity < 1 else None
    options_fault = fault_of_options(opts, lambda option: option in ((atom("signed"), True), (atom("signed"), False)))
    if size_fault or options_fault:
        raise refused("atomics", "new", (arity, opts), size_fault, options_fault)
    return Reference.holding(Integers(arity, (atom("signed"), False) not in to_pylist(opts)))


@module.function
def put(ref: Any, ix: Any, value: Any) -> Any:
    """Set an integer.

        iex> array = :atomics.new(2, [])
        iex> :atomics.put(array, 1, 5)
        :ok
        iex> :atomics.get(array, 1)
        5
    """
    _checked("put", ref, ix, value)[ix - 1] = value
    return OK


@module.function
def get(ref: Any, ix: Any) -> Any:
    """Return an integer.

    iex> :atomics.get(:atomics.new(3, []), 2)
    0
    """
    return _checked("get", ref, ix)[ix - 1]


@module.function
def add(ref: Any, ix: Any, incr: Any) -> Any:
    """Add to an integer.

        iex> array = :atomics.new(1, [])
        iex> :atomics.add(array, 1, 5)
        :ok
        iex> :atomics.get(array, 1)
        5
    """
    values = _checked("add", ref, ix, incr)
    values[ix - 1] = _wrapped(values[ix - 1] + incr, ref.held.signed)
    return OK


@module.function
def add_get(ref: Any, ix: Any, incr: Any) -> Any:
    """Add to an integer, and return the sum.

        iex> :atomics.add_get(:atomics.new(1, []), 1, 5)
        5
    """
    add(ref, ix, incr)
    return ref.held.values[ix - 1]


@module.function
def sub(ref: Any, ix: Any, decr: Any) -> Any:
    """Take from an integer.

        iex> array = :atomics.new(1, [])
        iex> :atomics.sub(array, 1, 5)
        :ok
        iex> :atomics.get(array, 1)
        -5
    """
    values = _checked("sub", ref, ix, decr)
    values[ix - 1] = _wrapped(values[ix - 1] - decr, ref.held.signed)
    return OK


@module.function
def sub_get(ref: Any, ix: Any, decr: Any) -> Any:
    """Take from an integer, and return the difference.

        iex> :atomics.sub_get(:atomics.new(1, []), 1, 5)
        -5
    """
    sub(ref, ix, decr)
    return ref.held.values[ix - 1]


@module.function
def exchange(ref: Any, ix: Any, desired: Any) -> Any:
    """Set an integer, and return the one that was there.

        iex> :atomics.exchange(:atomics.new(1, []), 1, 7)
        0
    """
    values = _checked("exchange", ref, ix, desired)
    former, values[ix - 1] = values[ix - 1], desired
    return former


@module.function
def compare_exchange(ref: Any, ix: Any, expected: Any, desired: Any) -> Any:
    """Set an integer if it is the expected one: `:ok`, or the one that is there.

        iex> array = :atomics.new(1, [])
        iex> :atomics.compare_exchange(array, 1, 0, 9)
        :ok
        iex> :atomics.compare_exchange(array, 1, 0, 3)
        9
    """
    values = _checked("compare_exchange", ref, ix, expected, desired)
    if values[ix - 1] != expected:
        return values[ix - 1]
    values[ix - 1] = desired
    return OK


@module.function
def info(ref: Any) -> Any:
    """Return the size of an array and its limits.

        iex> :atomics.info(:atomics.new(2, signed: false)).size
        2
    """
    if _array(ref) is None:
        raise bad_argument("atomics", "info", (ref,), a1="invalid atomics reference")
    low, high = (-(1 << 63), (1 << 63) - 1) if ref.held.signed else (0, (1 << 64) - 1)
    facts = {"size": len(ref.held.values), "max": high, "min": low, "memory": 40 + 8 * len(ref.held.values)}
    return Map.from_pairs([(atom(name), value) for name, value in facts.items()])
