"""Tuple: functions on tuples."""

from __future__ import annotations

from typing import Any

from pyex.code.native import NativeModule
from pyex.terms import ops
from pyex.terms.errors import bad_argument, erlang_error
from pyex.terms.lists import from_pylist
from pyex.terms.ops import add

module = NativeModule("Tuple", doc="Functions on tuples. Index 0 is the first element.")


def _tuple(value: Any, name: str, *args: Any) -> tuple[Any, ...]:
    if type(value) is not tuple:
        place = next(number for number, arg in enumerate(args, 1) if arg is value)
        raise bad_argument("erlang", name, args, **{f"a{place}": "not a tuple"})
    return value


@module.function
def append(tuple: Any, value: Any) -> Any:
    """Return the tuple with a value at its end.

        iex> Tuple.append({:a}, :b)
        {:a, :b}
    """
    return (*_tuple(tuple, "append_element", tuple, value), value)


@module.function
def insert_at(tuple: Any, index: Any, value: Any) -> Any:
    """Return the tuple with a value put in at an index.

        iex> Tuple.insert_at({:a, :c}, 1, :b)
        {:a, :b, :c}
    """
    place = add(index, 1)
    items = _tuple(tuple, "insert_element", place, tuple, value)
    if type(index) is not int or not 0 <= index <= len(items):
        raise erlang_error("badarg", "erlang", "insert_element", (place, tuple, value))
    return (*items[:index], value, *items[index:])


@module.function
def delete_at(tuple: Any, index: Any) -> Any:
    """Return the tuple without the element at an index.

        iex> Tuple.delete_at({:a, :b}, 0)
        {:b}
    """
    place = add(index, 1)
    items = _tuple(tuple, "delete_element", place, tuple)
    if type(index) is not int or not 0 <= index < len(items):
        raise erlang_error("badarg", "erlang", "delete_element", (place, tuple))
    return (*items[:index], *items[index + 1 :])


@module.function
def duplicate(data: Any, size: Any) -> Any:
    """Return a tuple of `size` times the value.

        iex> Tuple.duplicate(:a, 2)
        {:a, :a}
    """
    if type(size) is not int or size < 0:
        raise erlang_error("badarg", "erlang", "make_tuple", (size, data))
    return (data,) * size


@module.function("sum")
def sum_(tuple: Any) -> Any:
    """Return the sum of the elements.

        iex> Tuple.sum({1, 2})
        3
    """
    total: Any = 0
    for item in _tuple(tuple, "tuple_to_list", tuple):
        total = ops.add(item, total)
    return total


@module.function
def product(tuple: Any) -> Any:
    """Return the product of the elements.

        iex> Tuple.product({2, 3})
        6
    """
    total: Any = 1
    for item in _tuple(tuple, "tuple_to_list", tuple):
        total = ops.multiply(item, total)
    return total


@module.function
def to_list(tuple: Any) -> Any:
    """Return the elements as a list.

        iex> Tuple.to_list({1, 2})
        [1, 2]
    """
    return from_pylist(list(_tuple(tuple, "tuple_to_list", tuple)))
