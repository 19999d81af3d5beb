"""Generally balanced trees (Arne Andersson's): what :gb_trees and :gb_sets are made of.

A node is a tuple of an entry, the smaller and the bigger subtree: `{key, smaller, bigger}` in a set, `{key, value, smaller, bigger}`
in a tree. The functions here take and return entries as tuples, `{key}` or `{key, value}`, so that both kinds are one.
A tree is rebuilt from an insertion upwards where it is deeper than its size allows; deletions never rebuild.
"""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import atom
from pyex.terms.errors import function_clause
from pyex.terms.lists import EMPTY, Cons, List
from pyex.terms.order import compare


def entries(node: Any) -> list[Any]:
    """Return the entries of a tree in order."""
    found: list[Any] = []
    path: list[Any] = []
    while path or node is not None:
        while node is not None:
            path.append(node)
            node = node[-2]
        node = path.pop()
        found.append(node[:-2])
        node = node[-1]
    return found


def find(node: Any, key: Any) -> Any:
    """Return the node of a key, or None."""
    while node is not None:
        side = compare(key, node[0])
        if side == 0:
            return node
        node = node[-2] if side < 0 else node[-1]
    return None


def _measured(node: Any) -> tuple[int, int]:
    """Return two to the power of a tree's height, and its size."""
    if node is None:
        return 1, 0
    if node[-2] is None and node[-1] is None:
        return 1, 1
    height1, size1 = _measured(node[-2])
    height2, size2 = _measured(node[-1])
    return 2 * max(height1, height2), size1 + size2 + 1


def insert(node: Any, entry: Any, size: int) -> Any:
    """Return a tree of so many entries with one more, whose key it does not have; raises KeyError if it has."""
    return _inserted(node, entry, (size + 1) ** 2)[0]


def _inserted(node: Any, entry: Any, room: int) -> tuple[Any, int, int]:
    """Return a tree with an entry more; its height and size where it may have to be rebuilt, else zeros."""
    if node is None:
        return (*entry, None, None), int(room == 0), int(room == 0)
    side = compare(entry[0], node[0])
    if side == 0:
        raise KeyError
    place = -2 if side < 0 else -1
    new, height, size = _inserted(node[place], entry, room >> 1)
    whole = (*node[:-2], new, node[-1]) if side < 0 else (*node[:-1], new)
    if not size:
        return whole, 0, 0
    height2, size2 = _measured(node[-1 if side < 0 else -2])
    height, size = 2 * max(height, height2), size + size2 + 1
    if height > size * size:
        return balanced(entries(whole)), 0, 0
    return whole, height, size


def balanced(items: list[Any]) -> Any:
    """Return a tree of entries in order, the larger half on the left."""

    def build(start: int, size: int) -> Any:
        if size == 0:
            return None
        right = (size - 1) // 2
        left = size - 1 - right
        smaller = build(start, left)
        return (*items[start + left], smaller, build(start + left + 1, right))

    return build(0, len(items))


def balanced_back(items: list[Any]) -> Any:
    """Return a tree of entries in order, the larger half on the right: what is built from the last one back."""

    def build(stop: int, size: int) -> Any:
        if size == 0:
            return None
        left = (size - 1) // 2
        right = size - 1 - left
        bigger = build(stop, right)
        return (*items[stop - right - 1], build(stop - right - 1, left), bigger)

    return build(len(items), len(items))


def replace(node: Any, entry: Any) -> Any:
    """Return a tree with the entry of a key replaced; raises KeyError when it has none."""
    if node is None:
        raise KeyError
    side = compare(entry[0], node[0])
    if side == 0:
        return (*entry, *node[-2:])
    if side < 0:
        return (*node[:-2], replace(node[-2], entry), node[-1])
    return (*node[:-1], replace(node[-1], entry))


def delete(node: Any, key: Any) -> tuple[Any, Any]:
    """Return the entry of a key and the tree without it; raises KeyError when it has none."""
    if node is None:
        raise KeyError
    side = compare(key, node[0])
    if side == 0:
        return node[:-2], _merged(node[-2], node[-1])
    if side < 0:
        entry, left = delete(node[-2], key)
        return entry, (*node[:-2], left, node[-1])
    entry, right = delete(node[-1], key)
    return entry, (*node[:-1], right)


def _merged(smaller: Any, bigger: Any) -> Any:
    if smaller is None or bigger is None:
        return bigger if smaller is None else smaller
    entry, rest = take(bigger, -2)
    return (*entry, smaller, rest)


def take(node: Any, side: int) -> tuple[Any, Any]:
    """Return the outermost entry of a side (-2 the smallest, -1 the largest) and the tree without it."""
    if node[side] is None:
        return node[:-2], node[-1 if side == -2 else -2]
    entry, rest = take(node[side], side)
    return entry, ((*node[:-2], rest, node[-1]) if side == -2 else (*node[:-1], rest))


def outermost(node: Any, side: int) -> Any:
    """Return the outermost entry of a tree that is not empty."""
    while node[side] is not None:
        node = node[side]
    return node[:-2]


def neighbour(node: Any, key: Any, sign: int) -> Any:
    """Return the next entry below a key (sign -1) or above it (1), or None."""
    found = None
    while node is not None:
        if compare(node[0], key) == sign:
            found, node = node[:-2], node[-2 if sign > 0 else -1]
        else:
            node = node[-1 if sign > 0 else -2]
    return found


ORDERED: Final = atom("ordered")
REVERSED: Final = atom("reversed")


def iterator(node: Any, order: Any, start: tuple[Any, ...] = ()) -> Any:
    """Return an iterator of a tree: its order, and the nodes on the way to its first entry, which is not before `start`."""
    return order, _nodes_to_first(node, start, order is ORDERED, EMPTY)


def next_of(module: Any, iterator: Any) -> tuple[Any, Any] | None:
    """Return the next node of an iterator and the iterator after it, or None at the end."""
    if type(iterator) is not tuple or len(iterator) != 2 or not is_order(iterator[0]) or not isinstance(iterator[1], List):
        raise function_clause(module, "next", (iterator,))
    order, stack = iterator
    if stack is EMPTY:
        return None
    node = stack.head
    upwards = order is ORDERED
    return node, (order, _nodes_to_first(node[-1 if upwards else -2], (), upwards, stack.tail))


def is_order(order: Any) -> bool:
    """Tell whether a term is the order of an iterator."""
    return order is ORDERED or order is REVERSED


def _nodes_to_first(node: Any, start: tuple[Any, ...], upwards: bool, stack: Any) -> Any:
    """Put the nodes on the way to the first entry on a list, not before `start`: a tuple of a key, or empty."""
    before = -1 if upwards else 1
    nearer, further = (-2, -1) if upwards else (-1, -2)
    while node is not None:
        if start and compare(node[0], start[0]) == before:
            node = node[further]
            continue
        stack = Cons(node, stack)
        node = node[nearer]
    return stack
