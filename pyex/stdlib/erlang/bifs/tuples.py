"""Tuples, and binaries cut in two."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms import ops
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import bad_argument, erlang_error
from pyex.terms.lists import to_pylist


def element(position: Any, value: Any) -> Any:
    """An element of a tuple; positions count from 1."""
    if type(value) is tuple and type(position) is int and 1 <= position <= len(value):
        return value[position - 1]
    wrong = {} if type(value) is tuple else {"a2": "not a tuple"}
    if type(position) is not int:
        wrong["a1"] = "not an integer"
    elif type(value) is tuple:
        wrong["a1"] = "out of range"
    raise bad_argument("erlang", "element", (position, value), **wrong)


def setelement(position: Any, value: Any, item: Any) -> Any:
    """The tuple with one element replaced; positions count from 1."""
    if type(value) is tuple and type(position) is int and 1 <= position <= len(value):
        return (*value[: position - 1], item, *value[position:])
    wrong = {} if type(value) is tuple else {"a2": "not a tuple"}
    if type(position) is not int:
        wrong["a1"] = "not an integer"
    elif type(value) is tuple:
        wrong["a1"] = "out of range"
    raise bad_argument("erlang", "setelement", (position, value, item), **wrong)


def append_element(value: Any, item: Any) -> Any:
    """The tuple with an element more at its end."""
    if type(value) is not tuple:
        raise bad_argument("erlang", "append_element", (value, item), a1="not a tuple")
    return (*value, item)


def insert_element(position: Any, value: Any, item: Any) -> Any:
    """The tuple with an element put in before a position, which counts from 1."""
    if type(value) is not tuple:
        raise bad_argument("erlang", "insert_element", (position, value, item), a2="not a tuple")
    if type(position) is not int or not 1 <= position <= len(value) + 1:
        raise bad_argument("erlang", "insert_element", (position, value, item), a1="out of range")
    return (*value[: position - 1], item, *value[position - 1 :])


def delete_element(position: Any, value: Any) -> Any:
    """The tuple without one element; positions count from 1."""
    if type(value) is not tuple:
        raise bad_argument("erlang", "delete_element", (position, value), a2="not a tuple")
    if type(position) is not int or not 1 <= position <= len(value):
        raise bad_argument("erlang", "delete_element", (position, value), a1="out of range")
    return (*value[: position - 1], *value[position:])


def make_tuple(size: Any, item: Any, pairs: Any = None) -> Any:
    """A tuple of so many times the same element; a list of `{position, value}` sets others."""
    made = [item] * size
    for position, value in to_pylist(pairs) if pairs is not None else ():
        made[position - 1] = value
    return tuple(made)


def size(value: Any) -> Any:
    """The size of a tuple or a binary."""
    if type(value) is tuple:
        return len(value)
    if is_binary(value):
        return len(to_bytes(value))
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


def split_binary(value: Any, position: Any) -> Any:
    """The two parts of a binary before and after a position."""
    if not is_binary(value):
        raise bad_argument("erlang", "split_binary", (value, position), a1="not a binary")
    content = to_bytes(value)
    if type(position) is not int or not 0 <= position <= len(content):
        raise bad_argument("erlang", "split_binary", (value, position), a2="out of range")
    return binary(content[:position]), binary(content[position:])


BIFS: Final = (
    element, setelement, append_element, insert_element, delete_element, make_tuple, size, is_map_key, split_binary,
)  # fmt: skip
