"""Comparing terms: `==`, `===` and the order of all terms.

The order of kinds is number < atom < reference < function < port < pid < tuple < map < nil list <
list < bitstring. Integers and floats compare by value and exactly, except among the keys of maps,
where every integer comes before every float. A Python object that is no term of Elixir's
is ordered with the references, by identity.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import copysign
from types import FunctionType
from typing import Any, Final

from pyex.terms.atoms import Atom
from pyex.terms.binaries import Bits
from pyex.terms.functions import Export
from pyex.terms.lists import Cons, EmptyList, split_tail
from pyex.terms.maps import Key, Map, decode_key
from pyex.terms.pids import Pid, Port, Reference

_NUMBER: Final = 0
_ATOM: Final = 1
_REFERENCE: Final = 2
_FUNCTION: Final = 3
_PORT: Final = 4
_PID: Final = 5
_TUPLE: Final = 6
_MAP: Final = 7
_NIL: Final = 8
_LIST: Final = 9
_BITS: Final = 10

_RANKS: Final[dict[type, int]] = {
    int: _NUMBER,
    float: _NUMBER,
    Atom: _ATOM,
    bool: _ATOM,
    type(None): _ATOM,
    Reference: _REFERENCE,
    FunctionType: _FUNCTION,
    Export: _FUNCTION,
    Port: _PORT,
    Pid: _PID,
    tuple: _TUPLE,
    Map: _MAP,
    EmptyList: _NIL,
    Cons: _LIST,
    str: _BITS,
    bytes: _BITS,
    Bits: _BITS,
}
_PLAIN: Final = frozenset({int, str, bytes, bool, type(None), Atom})
"""Types whose values are identical just when Python calls two of one type equal."""


def _rank(term: Any) -> int:
    found = _RANKS.get(type(term))
    if found is not None:
        return found
    return _FUNCTION if callable(term) else _REFERENCE


# ---- equality


def identical(a: Any, b: Any) -> bool:
    """Tell whether `a === b`: equal in value and in type, all the way down."""
    if a is b:
        return True
    kind = type(a)
    if kind is not type(b):
        return False
    if kind in _PLAIN:
        return bool(a == b)
    if kind is float:
        return bool(a == b) and (a != 0.0 or str(a) == str(b))
    if kind is tuple:
        return len(a) == len(b) and _all(identical, a, b)
    if kind is Cons:
        return _same_lists(identical, a, b)
    if kind is Map:
        return _same_maps(identical, a, b)
    return bool(a == b)


def equals(a: Any, b: Any) -> bool:
    """Tell whether `a == b`: as `identical`, but `1 == 1.0`, also inside lists, tuples and values of maps."""
    if a is b:
        return True
    kind = type(a)
    if kind is not type(b):
        return (kind is int and type(b) is float or kind is float and type(b) is int) and bool(a == b)
    if kind in _PLAIN or kind is float:
        return bool(a == b)
    if kind is tuple:
        return len(a) == len(b) and _all(equals, a, b)
    if kind is Cons:
        return _same_lists(equals, a, b)
    if kind is Map:
        return _same_maps(equals, a, b)
    return bool(a == b)


def _all(same: Any, left: Iterable[Any], right: Iterable[Any]) -> bool:
    for a, b in zip(left, right, strict=False):
        if a is not b and (type(a) is not type(b) or type(a) not in _PLAIN or a != b) and not same(a, b):
            return False
    return True


def _same_lists(same: Any, a: Any, b: Any) -> bool:
    while type(a) is Cons and type(b) is Cons:
        if a is b:
            return True
        if a._source is not None or b._source is not None:
            items, tail = split_tail(a)
            others, rest = split_tail(b)
            return len(items) == len(others) and _all(same, items, others) and bool(same(tail, rest))
        if a.head is not b.head and not same(a.head, b.head):
            return False
        a, b = a.tail, b.tail
    return bool(same(a, b))


def _same_maps(same: Any, a: Map, b: Map) -> bool:
    left, right = a._data, b._data
    if len(left) != len(right):
        return False
    for key, value in left.items():
        other = right.get(key, _same_maps)
        if other is _same_maps or (other is not value and not same(value, other)):
            return False
    return True


# ---- order


def compare(a: Any, b: Any) -> int:
    """Return -1, 0 or 1 as `a` comes before, equals (`==`) or comes after `b` in the order of terms."""
    return _compare(a, b, False)


def _compare(a: Any, b: Any, exact: bool) -> int:
    if a is b:
        return 0
    kind = type(a)
    if kind is type(b) and (kind is int or kind is str or kind is float):
        if exact and kind is float and a == b:
            return int(copysign(1, a) - copysign(1, b)) // 2  # of two zeros the negative one comes first
        return -1 if a < b else 1 if a > b else 0
    rank, other = _rank(a), _rank(b)
    if rank != other:
        return -1 if rank < other else 1
    if rank == _NUMBER:
        if exact and kind is not type(b):
            return -1 if kind is int else 1
        return -1 if a < b else 1 if a > b else 0
    if rank == _TUPLE:
        if len(a) != len(b):
            return -1 if len(a) < len(b) else 1
        return _compare_each(a, b, exact)
    if rank == _LIST:
        return _compare_lists(a, b, exact)
    if rank == _MAP:
        return _compare_maps(a, b, exact)
    left, right = _leaf_key(a, rank), _leaf_key(b, rank)
    return -1 if left < right else 1 if left > right else 0


def _compare_each(left: Iterable[Any], right: Iterable[Any], exact: bool) -> int:
    for a, b in zip(left, right, strict=False):
        if a is not b:
            found = _compare(a, b, exact)
            if found:
                return found
    return 0


def _compare_lists(a: Any, b: Any, exact: bool) -> int:
    while type(a) is Cons and type(b) is Cons:
        if a is b:
            return 0
        if a._source is not None and b._source is not None:
            items, others = split_tail(a)[0], split_tail(b)[0]
            found = _compare_each(items, others, exact)
            return found or (len(items) > len(others)) - (len(items) < len(others))
        found = _compare(a.head, b.head, exact)
        if found:
            return found
        a, b = a.tail, b.tail
    return _compare(a, b, exact)


def _compare_maps(a: Map, b: Map, exact: bool) -> int:
    if len(a) != len(b):
        return -1 if len(a) < len(b) else 1
    left, right = sorted_keys(a), sorted_keys(b)
    found = _compare_each(left, right, True)
    if found:
        return found
    return _compare_each([a[key] for key in left], [b[key] for key in right], exact)


def _leaf_key(term: Any, rank: int) -> Any:
    """Return a key that Python compares as Elixir compares terms of one rank that hold no other terms."""
    if rank == _ATOM:
        return _atom_name(term)
    if rank == _BITS:
        if type(term) is str:
            data = term.encode("utf-8")
        elif type(term) is bytes:
            data = term
        else:
            return term.data, term.size
        return data, len(data) * 8
    if rank == _FUNCTION:
        return _function_key(term)
    if rank == _PID:
        return term.number, term.serial
    if rank == _PORT:
        return term.number
    return (1, term.id) if type(term) is Reference else (0, id(term))


def _atom_name(term: Any) -> str:
    if type(term) is Atom:
        return term.name
    return "nil" if term is None else "true" if term else "false"


def _function_key(term: Any) -> tuple[Any, ...]:
    if type(term) is Export:
        return 1, _atom_name(term.module), term.name, term.arity
    code = getattr(term, "__code__", None)
    return 0, code.co_filename if code else "", code.co_firstlineno if code else 0, id(term)


def less(a: Any, b: Any) -> bool:
    """Tell whether `a < b`."""
    if type(a) is int and type(b) is int:
        return a < b
    return _compare(a, b, False) < 0


def less_equal(a: Any, b: Any) -> bool:
    """Tell whether `a <= b`."""
    if type(a) is int and type(b) is int:
        return a <= b
    return _compare(a, b, False) <= 0


def greater(a: Any, b: Any) -> bool:
    """Tell whether `a > b`."""
    if type(a) is int and type(b) is int:
        return a > b
    return _compare(a, b, False) > 0


def greater_equal(a: Any, b: Any) -> bool:
    """Tell whether `a >= b`."""
    if type(a) is int and type(b) is int:
        return a >= b
    return _compare(a, b, False) >= 0


# ---- sorting


def sort_key(term: Any) -> Any:
    """Return a value that Python orders as Elixir orders the term: `items.sort(key=sort_key)`."""
    return _sort_key(term, False)


def exact_key(term: Any) -> Any:
    """Return a sort key for the order among the keys of one map: integers before floats."""
    return _sort_key(term, True)


def _sort_key(term: Any, exact: bool) -> tuple[Any, ...]:
    rank = _rank(term)
    if rank == _NUMBER:
        is_float = type(term) is float
        return (_NUMBER, is_float, term, copysign(1, term) if is_float else 1) if exact else (_NUMBER, term)
    if rank == _TUPLE:
        return (_TUPLE, len(term), *[_sort_key(item, exact) for item in term])
    if rank == _LIST:
        # Mark, element, mark, element, … , then what the tail is: a shorter list ends in a lower mark.
        items, tail = split_tail(term)
        flat: list[Any] = []
        for item in items:
            flat += (_LIST, _sort_key(item, exact))
        flat.extend(_sort_key(tail, exact))
        return tuple(flat)
    if rank == _MAP:
        keys = sorted_keys(term)
        return (
            _MAP,
            len(keys),
            *[_sort_key(key, True) for key in keys],
            *[_sort_key(term[key], exact) for key in keys],
        )
    if rank == _NIL:
        return (_NIL,)
    return rank, _leaf_key(term, rank)


_SELF_ORDERED: Final = frozenset({int, float})


def sort_terms(items: Iterable[Any]) -> list[Any]:
    """Return the terms in a new Python list, sorted (stable)."""
    items = list(items)
    ranks = sort_keys(items)
    return sorted(items) if ranks is items else [items[place] for place in sorted(range(len(items)), key=ranks.__getitem__)]


def sort_keys(items: list[Any]) -> list[Any]:
    """Return what Python orders as Elixir orders the items, for all at once: the list itself where they are their own keys.

    Numbers are, and texts; so are tuples of one size whose elements are, place by place.
    """
    kinds = set(map(type, items))
    if kinds <= _SELF_ORDERED or kinds == {str}:
        return items
    if kinds == {Atom}:
        return list(map(_atom_name, items))
    if kinds == {tuple} and len(set(map(len, items))) == 1 and items[0]:
        columns = [list(column) for column in zip(*items, strict=True)]
        ranks = [sort_keys(column) for column in columns]
        if all(rank is column for rank, column in zip(ranks, columns, strict=True)):
            return items
        return list(zip(*ranks, strict=True))
    return list(map(sort_key, items))


def sorted_keys(value: Map) -> list[Any]:
    """Return the keys of a map in the order of terms, as two maps are compared; how a map is walked is another order."""
    encoded = list(value._data)
    kinds = set(map(type, encoded))
    if kinds == {Atom}:
        encoded.sort(key=_atom_name)
        return encoded
    if len(kinds) == 1 and kinds <= {int, str}:
        encoded.sort()
        return encoded
    keys = [decode_key(key) for key in encoded] if Key in kinds or tuple in kinds else encoded
    keys.sort(key=exact_key)
    return keys


def maximum(a: Any, b: Any) -> Any:
    """Return the larger term, the first of two equal ones (`max/2`)."""
    return a if _compare(a, b, False) >= 0 else b


def minimum(a: Any, b: Any) -> Any:
    """Return the smaller term, the first of two equal ones (`min/2`)."""
    return a if _compare(a, b, False) <= 0 else b


__all__ = [
    "compare",
    "equals",
    "exact_key",
    "greater",
    "greater_equal",
    "identical",
    "less",
    "less_equal",
    "maximum",
    "minimum",
    "sort_key",
    "sort_keys",
    "sort_terms",
    "sorted_keys",
]
