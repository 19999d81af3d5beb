""":lists: sorting and merging; a `u` in a name leaves out what equals the one before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from heapq import merge as merged
from typing import Any

from pyex.stdlib.erlang.lists.base import LISTS, callback, module, proper
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, bad_argument, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, from_pylist, split_tail
from pyex.terms.order import sort_key, sort_terms

Key = Callable[[Any], Any]


def _told(fun: Any, first: Any, second: Any) -> bool:
    answer = fun(first, second)
    if type(answer) is not bool:
        raise ElixirError((atom("case_clause"), answer))
    return answer


def ordered_by(fun: Any) -> None:
    """Raise what a call of something raises that is no function."""
    if not is_function(fun):
        raise ElixirError((atom("badfun"), fun))


def _ordering(fun: Any) -> Key:
    """Return a sort key for a function that tells whether its first argument may come before its second."""
    return cmp_to_key(lambda a, b: -1 if not _told(fun, b, a) else 0 if _told(fun, a, b) else 1)


def _stable(fun: Any) -> Key:
    """Return a sort key for a function of that kind where equal elements keep their places."""
    return cmp_to_key(lambda a, b: 1 if _told(fun, b, a) else -1)


def _element(n: Any, name: str, args: tuple[Any, ...]) -> Key:
    """Return a sort key for the nth element of a tuple."""
    if type(n) is not int or n < 1:
        raise function_clause(LISTS, name, args)

    def key(item: Any) -> Any:
        if type(item) is not tuple or len(item) < n:
            wrong = {"a1": "out of range"} if type(item) is tuple else {"a2": "not a tuple"}
            raise bad_argument("erlang", "element", (n, item), **wrong)
        return sort_key(item[n - 1])

    return key


def _without_repeated(items: list[Any], key: Key) -> list[Any]:
    kept: list[Any] = []
    last: Any = None
    for item in items:
        current = key(item)
        if not kept or current != last:
            kept.append(item)
        last = current
    return kept


@module.function
def sort(list1: Any) -> Any:
    """Return the elements in term order.

    iex> :lists.sort([3, 1, 2])
    [1, 2, 3]
    """
    return from_pylist(sort_terms(proper(list1, "sort")))


@module.function("sort", arity=2)
def sort_with(fun: Any, list1: Any) -> Any:
    """Sort by a function that tells whether its first argument may come before its second.

    iex> :lists.sort(fn a, b -> a >= b end, [3, 1, 2])
    [3, 2, 1]
    """
    items = proper(list1, "sort", fun, list1)
    if len(items) > 1:
        ordered_by(fun)
    return from_pylist(sorted(items, key=_stable(fun)))


@module.function
def usort(list1: Any) -> Any:
    """Return the elements in term order, each once.

    iex> :lists.usort([3, 1, 3])
    [1, 3]
    """
    return from_pylist(_without_repeated(sort_terms(proper(list1, "usort")), sort_key))


@module.function("usort", arity=2)
def usort_with(fun: Any, list1: Any) -> Any:
    """Sort by a function, and leave out what it takes for equal.

    iex> :lists.usort(fn a, b -> a >= b end, [1, 3, 1])
    [3, 1]
    """
    callback(fun, 2, "usort", fun, list1)
    key = _ordering(fun)
    return from_pylist(_without_repeated(sorted(proper(list1, "usort", fun, list1), key=key), key))


def _tuples(given: Any) -> list[Any]:
    items, tail = split_tail(given)
    if tail is not EMPTY:
        raise ElixirError((atom("case_clause"), given))
    return items


@module.function
def keysort(n: Any, tuple_list: Any) -> Any:
    """Sort tuples by their nth element; those that are equal keep their places.

    iex> :lists.keysort(2, a: 2, b: 1)
    [b: 1, a: 2]
    """
    args = (n, tuple_list)
    return from_pylist(sorted(_tuples(tuple_list), key=_element(n, "keysort", args)))


@module.function
def ukeysort(n: Any, tuple_list: Any) -> Any:
    """Sort tuples by their nth element, and keep the first of those that are equal.

    iex> :lists.ukeysort(1, a: 2, b: 1, a: 3)
    [a: 2, b: 1]
    """
    args = (n, tuple_list)
    key = _element(n, "ukeysort", args)
    return from_pylist(_without_repeated(sorted(_tuples(tuple_list), key=key), key))


def _all_of(lists: Any, name: str) -> list[list[Any]]:
    return [proper(part, name, lists) for part in proper(lists, name, lists)]


@module.function
def merge(list1: Any, list2: Any) -> Any:
    """Merge two sorted lists.

    iex> :lists.merge([1, 3], [2])
    [1, 2, 3]
    """
    args = (list1, list2)
    return from_pylist(list(merged(proper(list1, "merge", *args), proper(list2, "merge", *args), key=sort_key)))


@module.function("merge", arity=1)
def merge_all(lists: Any) -> Any:
    """Merge sorted lists.

    iex> :lists.merge([[1, 4], [2], [3]])
    [1, 2, 3, 4]
    """
    return from_pylist(list(merged(*_all_of(lists, "merge"), key=sort_key)))


@module.function("merge", arity=3)
def merge_with(fun: Any, list1: Any, list2: Any) -> Any:
    """Merge two lists that are sorted by a function.

    iex> :lists.merge(fn a, b -> a >= b end, [3, 1], [2])
    [3, 2, 1]
    """
    args = (fun, list1, list2)
    callback(fun, 2, "merge", *args)
    left, right = proper(list1, "merge", *args), proper(list2, "merge", *args)
    return from_pylist(list(merged(left, right, key=_ordering(fun))))


@module.function
def merge3(list1: Any, list2: Any, list3: Any) -> Any:
    """Merge three sorted lists.

    iex> :lists.merge3([3], [1], [2])
    [1, 2, 3]
    """
    parts = [proper(part, "merge3", list1, list2, list3) for part in (list1, list2, list3)]
    return from_pylist(list(merged(*parts, key=sort_key)))


def _descending(parts: tuple[Any, ...], key: Key, name: str, args: tuple[Any, ...]) -> list[Any]:
    """Return lists that descend as one; of equal elements those of the last list come first."""
    return list(merged(*[proper(part, name, *args) for part in reversed(parts)], key=key, reverse=True))


@module.function
def rmerge(list1: Any, list2: Any) -> Any:
    """Merge two lists that descend.

    iex> :lists.rmerge([3, 1], [2])
    [3, 2, 1]
    """
    return from_pylist(_descending((list1, list2), sort_key, "rmerge", (list1, list2)))


@module.function("rmerge", arity=3)
def rmerge_with(fun: Any, list1: Any, list2: Any) -> Any:
    """Merge two lists that descend by a function that tells whether its first argument may come before its second.

    iex> :lists.rmerge(fn a, b -> a <= b end, [3, 1], [2])
    [3, 2, 1]
    """
    args = fun, list1, list2
    callback(fun, 2, "rmerge", *args)
    return from_pylist(_descending((list1, list2), _ordering(fun), "rmerge", args))


@module.function
def rmerge3(list1: Any, list2: Any, list3: Any) -> Any:
    """Merge three lists that descend.

    iex> :lists.rmerge3([3, 1], [2], [5])
    [5, 3, 2, 1]
    """
    args = list1, list2, list3
    return from_pylist(_descending(args, sort_key, "rmerge3", args))


@module.function
def rumerge(list1: Any, list2: Any) -> Any:
    """Merge two lists that descend, keeping one of equal elements.

    iex> :lists.rumerge([3, 1], [3, 2])
    [3, 2, 1]
    """
    args = list1, list2
    return from_pylist(_without_repeated(_descending(args, sort_key, "rumerge", args), sort_key))


@module.function("rumerge", arity=3)
def rumerge_with(fun: Any, list1: Any, list2: Any) -> Any:
    """Merge two lists that descend by a function, keeping one of equal elements.

    iex> :lists.rumerge(fn a, b -> a <= b end, [3, 1], [3])
    [3, 1]
    """
    args = fun, list1, list2
    callback(fun, 2, "rumerge", *args)
    key = _ordering(fun)
    return from_pylist(_without_repeated(_descending((list1, list2), key, "rumerge", args), key))


@module.function
def rumerge3(list1: Any, list2: Any, list3: Any) -> Any:
    """Merge three lists that descend, keeping one of equal elements.

    iex> :lists.rumerge3([3, 1], [3], [5])
    [5, 3, 1]
    """
    args = list1, list2, list3
    return from_pylist(_without_repeated(_descending(args, sort_key, "rumerge3", args), sort_key))


@module.function
def rkeymerge(n: Any, list1: Any, list2: Any) -> Any:
    """Merge two lists of tuples that descend by their nth elements.

    iex> :lists.rkeymerge(1, [{3}, {1}], [{2}])
    [{3}, {2}, {1}]
    """
    args = n, list1, list2
    return from_pylist(_descending((list1, list2), _element(n, "rkeymerge", args), "rkeymerge", args))


@module.function
def rukeymerge(n: Any, list1: Any, list2: Any) -> Any:
    """Merge two lists of tuples that descend by their nth elements; of equal ones the first list's stays.

    iex> :lists.rukeymerge(1, [{3, :a}, {1, :a}], [{3, :b}])
    [{3, :a}, {1, :a}]
    """
    args = n, list1, list2
    key = _element(n, "rukeymerge", args)
    return from_pylist(_without_repeated(_descending((list2, list1), key, "rukeymerge", args), key))


@module.function
def umerge(list1: Any, list2: Any) -> Any:
    """Merge two sorted lists without repetitions; of equal elements that of the first stays.

    iex> :lists.umerge([1, 3], [1, 2])
    [1, 2, 3]
    """
    args = (list1, list2)
    items = list(merged(proper(list1, "umerge", *args), proper(list2, "umerge", *args), key=sort_key))
    return from_pylist(_without_repeated(items, sort_key))


@module.function("umerge", arity=1)
def umerge_all(lists: Any) -> Any:
    """Merge sorted lists without repetitions.

    iex> :lists.umerge([[1, 2], [2, 3]])
    [1, 2, 3]
    """
    return from_pylist(_without_repeated(list(merged(*_all_of(lists, "umerge"), key=sort_key)), sort_key))


@module.function("umerge", arity=3)
def umerge_with(fun: Any, list1: Any, list2: Any) -> Any:
    """Merge two lists that are sorted by a function, without repetitions.

    iex> :lists.umerge(fn a, b -> a >= b end, [3, 1], [3])
    [3, 1]
    """
    args = (fun, list1, list2)
    callback(fun, 2, "umerge", *args)
    key = _ordering(fun)
    items = list(merged(proper(list1, "umerge", *args), proper(list2, "umerge", *args), key=key))
    return from_pylist(_without_repeated(items, key))


@module.function
def umerge3(list1: Any, list2: Any, list3: Any) -> Any:
    """Merge three sorted lists without repetitions.

    iex> :lists.umerge3([1], [1], [2])
    [1, 2]
    """
    parts = [proper(part, "umerge3", list1, list2, list3) for part in (list1, list2, list3)]
    return from_pylist(_without_repeated(list(merged(*parts, key=sort_key)), sort_key))


@module.function
def keymerge(n: Any, tuple_list1: Any, tuple_list2: Any) -> Any:
    """Merge two lists of tuples that are sorted by their nth element.

    iex> :lists.keymerge(1, [a: 1], [b: 2])
    [a: 1, b: 2]
    """
    args = (n, tuple_list1, tuple_list2)
    left, right = proper(tuple_list1, "keymerge", *args), proper(tuple_list2, "keymerge", *args)
    return from_pylist(list(merged(left, right, key=_element(n, "keymerge", args))))


@module.function
def ukeymerge(n: Any, tuple_list1: Any, tuple_list2: Any) -> Any:
    """Merge two lists of tuples that are sorted by their nth element; of equal ones that of the first stays.

    iex> :lists.ukeymerge(1, [a: 1], [a: 2, b: 2])
    [a: 1, b: 2]
    """
    args = (n, tuple_list1, tuple_list2)
    left, right = proper(tuple_list1, "ukeymerge", *args), proper(tuple_list2, "ukeymerge", *args)
    key = _element(n, "ukeymerge", args)
    return from_pylist(_without_repeated(list(merged(left, right, key=key)), key))
