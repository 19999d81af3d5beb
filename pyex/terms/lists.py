"""Lists: cells of head and tail, and one empty list.

A list that was made from a Python list keeps that Python list and makes its cells only when
somebody asks for a tail. So `Enum.map` over a million elements costs one Python list and one
cell, and a pattern `[h | t]` still reads two plain slots: the slot `_tail` of a lazy cell holds
`LAZY`, and only then is `_grow` called. (A `__getattr__` for the missing tail would make Python read
every slot of every cell four times as slowly: it specialises reads of classes without one.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

_CHUNK = 64


class List:
    """Base of the two kinds of list, so that `isinstance(x, List)` is `is_list(x)`."""

    __slots__ = ()


class EmptyList(List):
    """The one empty list, `EMPTY`."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return False

    def __getitem__(self, index: int | slice) -> Any:
        return [][index]

    def __repr__(self) -> str:
        return "[]"

    def __reduce__(self) -> str:
        return "EMPTY"


EMPTY: Final = EmptyList()
LAZY: Final = object()
"""Stands in the slot `_tail` of a cell whose tail has not been made yet."""


class Cons(List):
    """One cell `[head | tail]`. Immutable by convention: nothing may assign to its slots.

    `_source` is None in a plain cell; in a lazy one it is `(python_list, index)` where
    `python_list[index]` is this cell's head and the tail is what follows.
    """

    __slots__ = ("_source", "_tail", "head")
    head: Any
    _tail: Any
    _source: tuple[list[Any], int] | None

    def __init__(self, head: Any, tail: Any) -> None:
        self.head = head
        self._tail = tail
        self._source = None

    @property
    def tail(self) -> Any:
        """What follows the head: a list, or any term in an improper list."""
        tail = self._tail
        return tail if tail is not LAZY else self._grow()

    def _grow(self) -> Any:
        """Make the next cells of a lazy list, a chunk at a time, and return the tail."""
        assert self._source is not None  # only lazy cells lack a tail
        source, index = self._source
        stop = min(len(source), index + 1 + _CHUNK)
        tail: Any = EMPTY
        if stop < len(source):
            tail = _lazy(source, stop)
        new = object.__new__  # a third less than a call of the class, which calls __init__
        for position in range(stop - 1, index, -1):
            cell = new(Cons)
            cell.head = source[position]
            cell._tail = tail
            cell._source = None
            tail = cell
        self._tail = tail
        # The source stays for whoever iterates this cell natively; memory is shared.
        return tail

    def __iter__(self) -> Iterator[Any]:
        """Iterate the elements; raises TypeError at the tail of an improper list."""
        return iter(to_pylist(self))

    def __len__(self) -> int:
        return len(to_pylist(self))

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, index: int | slice) -> Any:
        found = to_pylist(self)[index]
        return from_pylist(found) if isinstance(index, slice) else found

    def __eq__(self, other: object) -> bool:
        # Strict equality (===): what a map key needs. `==` of Elixir is terms.order.equals.
        if self is other:
            return True
        if type(other) is not Cons:
            return False
        from pyex.terms.order import identical

        return identical(self, other)

    def __hash__(self) -> int:
        from pyex.terms.maps import encode_key

        result = 7
        node: Any = self
        while type(node) is Cons:
            result = (result * 31 + hash(encode_key(node.head))) & 0x7FFFFFFFFFFFFFFF
            node = node.tail
        return hash((result, encode_key(node)))

    def __repr__(self) -> str:
        from pyex.terms.inspect import inspect

        return inspect(self)

    def __reduce__(self) -> tuple[Any, ...]:
        items, tail = split_tail(self)
        return from_iterable, (items, tail)


def _lazy(source: list[Any], index: int) -> Cons:
    cell = Cons.__new__(Cons)
    cell.head = source[index]
    cell._source = (source, index)
    cell._tail = LAZY
    return cell


def from_pylist(source: list[Any]) -> Any:
    """Return the Elixir list of a Python list's elements in O(1).

    The Python list is kept, not copied: its owner must not change it afterwards.
    """
    return _lazy(source, 0) if source else EMPTY


def from_pylists(sources: list[list[Any]]) -> list[Any]:
    """Return the Elixir lists of many Python lists, none of them empty, in a third of the time that a call for each takes."""
    made = []
    new = object.__new__
    for source in sources:
        cell = new(Cons)
        cell.head = source[0]
        cell._source = (source, 0)
        cell._tail = LAZY
        made.append(cell)
    return made


def from_iterable(items: Iterable[Any], tail: Any = EMPTY) -> Any:
    """Return the Elixir list of an iterable's elements, before `tail` (any term)."""
    source = list(items)
    if tail is EMPTY:
        return from_pylist(source)
    return joined(source, tail)


def joined(items: list[Any], tail: Any) -> Any:
    """Return the list of a Python list's elements before a tail (any term); the Python list is kept."""
    if not items:
        return tail
    if tail is EMPTY:
        return _lazy(items, 0)
    for item in reversed(items):
        tail = Cons(item, tail)
    return tail


def charlist(text: str) -> Any:
    """Return the list of a text's code points."""
    return from_pylist(list(map(ord, text)))


def elixir_list(*items: Any) -> Any:
    """Return the Elixir list of the arguments, with plain cells (what `[a, b]` compiles to)."""
    tail: Any = EMPTY
    for item in reversed(items):
        tail = Cons(item, tail)
    return tail


def to_pylist(value: Any) -> list[Any]:
    """Return the elements of a proper Elixir list as a Python list, not to be changed.

    Raises TypeError when the value is no list or an improper one.
    """
    if type(value) is Cons and value._source is not None:
        source, index = value._source
        return source[index:] if index else source
    items, tail = split_tail(value)
    if tail is not EMPTY:
        raise TypeError("not a proper list")
    return items


def split_tail(value: Any) -> tuple[list[Any], Any]:
    """Return `(elements, last tail)` of any term: `[1, 2 | 3]` gives `([1, 2], 3)`.

    A term that is no list gives `([], term)`. The Python list must not be changed.
    """
    if type(value) is not Cons:
        return [], value
    if value._source is not None:
        source, index = value._source
        return (source[index:] if index else source), EMPTY
    items = [value.head]
    node = value._tail  # a cell without a source is not lazy
    while type(node) is Cons:
        if node._source is not None:
            source, index = node._source
            items.extend(source[index:])
            return items, EMPTY
        items.append(node.head)
        node = node._tail
    return items, node


def is_proper(value: Any) -> bool:
    """Tell whether a term is a list that ends in the empty list."""
    while type(value) is Cons:
        if value._source is not None:
            return True
        value = value._tail
    return value is EMPTY


Sequence.register(List)
