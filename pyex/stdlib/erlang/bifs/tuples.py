"""Tuples, and binaries cut in two."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms import ops
from pyex.terms.binaries import binary, is_binary, is_bitstring, to_bytes
from pyex.terms.errors import ElixirError, bad_argument, erlang_error, refused
from pyex.terms.lists import EMPTY, split_tail, to_pylist


def element(position: Any, value: Any) -> Any:
    """An element of a tuple; positions count from 1."""
    if type(value) is tuple and type(position) is int and 1 <= position <= len(value):
        return value[position - 1]
    raise refused("erlang", "element", (position, value), *(_place_in(position, value, 0) or ()))


def setelement(position: Any, value: Any, item: Any) -> Any:
    """The tuple with one element replaced; positions count from 1."""
    if type(value) is tuple and type(position) is int and 1 <= position <= len(value):
        return (*value[: position - 1], item, *value[position:])
    raise refused("erlang", "setelement", (position, value, item), *(_place_in(position, value, 0) or ()))


def append_element(value: Any, item: Any) -> Any:
    """The tuple with an element more at its end."""
    if type(value) is not tuple:
        raise bad_argument("erlang", "append_element", (value, item), a1="not a tuple")
    return (*value, item)


def _place_in(position: Any, value: Any, most: int) -> tuple[str | None, str | None] | None:
    """Return what is wrong with a position and a tuple, or None when the position is one of the first `most`."""
    if type(value) is tuple and type(position) is int and 1 <= position <= most:
        return None
    no_tuple = None if type(value) is tuple else "not a tuple"
    if type(position) is not int:
        return "not an integer", no_tuple
    return None if no_tuple else "out of range", no_tuple


def insert_element(position: Any, value: Any, item: Any) -> Any:
    """The tuple with an element put in before a position, which counts from 1."""
    faults = _place_in(position, value, len(value) + 1 if type(value) is tuple else 0)
    if faults:
        raise refused("erlang", "insert_element", (position, value, item), *faults)
    return (*value[: position - 1], item, *value[position - 1 :])


def delete_element(position: Any, value: Any) -> Any:
    """The tuple without one element; positions count from 1."""
    faults = _place_in(position, value, len(value) if type(value) is tuple else 0)
    if faults:
        raise refused("erlang", "delete_element", (position, value), *faults)
    return (*value[: position - 1], *value[position:])


_LARGEST: Final = (1 << 24) - 1


def _fault_of_pairs(pairs: Any, size: int) -> str | None:
    items, tail = split_tail(pairs)
    if tail is not EMPTY:
        return "not a list" if not items else "not a proper list"
    for pair in items:
        if type(pair) is not tuple or len(pair) != 2 or type(pair[0]) is not int:
            return "invalid option in list"
        if not 1 <= pair[0] <= size:
            return "invalid option in list"
    return None


def make_tuple(size: Any, item: Any, pairs: Any = None) -> Any:
    """A tuple of so many times the same element; a list of `{position, value}` sets others."""
    wrong_size = None if type(size) is int and 0 <= size <= _LARGEST else "out of range"
    if type(size) is not int and pairs is not None:
        wrong_size = "not an integer"
    wrong_pairs = _fault_of_pairs(pairs, 0 if wrong_size else size) if pairs is not None else None
    if wrong_size or wrong_pairs:
        args = (size, item) if pairs is None else (size, item, pairs)
        raise refused("erlang", "make_tuple", args, wrong_size, None, wrong_pairs)
    made = [item] * size
    for position, value in to_pylist(pairs) if pairs is not None else ():
        made[position - 1] = value
    return tuple(made)


def size(value: Any) -> Any:
    """The size of a tuple or a bitstring, in whole bytes."""
    if type(value) is tuple:
        return len(value)
    if is_bitstring(value):
        return ops.bit_size(value) // 8
    raise erlang_error("badarg", "erlang", "size", (value,))


def is_map_key(key: Any, value: Any) -> bool:
    """Whether a map has a key."""
    return ops.is_map_key(value, key)


def to_float(value: Any) -> float:
    """The number as a float."""
    if type(value) not in (int, float):
        raise bad_argument("erlang", "float", (value,), a1="not a number")
    try:
        return float(value)
    except OverflowError:
        raise erlang_error("badarg", "erlang", "float", (value,)) from None


def binary_part(value: Any, start: Any, size: Any = None) -> Any:
    """Part of a binary, from `start` and so many bytes, which can also stand in one tuple."""
    if size is not None:
        return ops.binary_part(value, start, size)
    is_place = type(start) is tuple and len(start) == 2 and all(type(item) is int for item in start)
    if not is_binary(value) or not is_place:
        faults = (None if is_binary(value) else "not a binary", None if is_place else "not a valid {Pos,Length} tuple")
        raise refused("erlang", "binary_part", (value, start), *faults)
    try:
        return ops.binary_part(value, *start)
    except ElixirError:
        raise bad_argument("erlang", "binary_part", (value, start), a2="out of range") from None


def split_binary(value: Any, position: Any) -> Any:
    """The two parts of a binary before and after a position."""
    if not is_binary(value) or type(position) is not int:
        no_binary = None if is_binary(value) else "not a binary"
        no_integer = None if type(position) is int else "not an integer"
        raise refused("erlang", "split_binary", (value, position), no_binary, no_integer)
    content = to_bytes(value)
    if not 0 <= position <= len(content):
        raise bad_argument("erlang", "split_binary", (value, position), a2="out of range")
    return binary(content[:position]), binary(content[position:])


BIFS: Final = (
    element, setelement, append_element, insert_element, delete_element, make_tuple, size, is_map_key, split_binary,
)  # fmt: skip
