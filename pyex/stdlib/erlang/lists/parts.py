""":lists: parts of lists, lists made of others, what holds for a whole list."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.lists.base import LISTS, callback, count, module, proper
from pyex.terms import ops
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, bad_argument, function_clause, refused
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, List, from_iterable, from_pylist, is_proper, split_tail, to_pylist
from pyex.terms.order import greater, identical, less


@module.function
def append(list1: Any, list2: Any) -> Any:
    """Return two lists as one.

    iex> :lists.append([1], [2])
    [1, 2]
    """
    return ops.concat_lists(list1, list2)


@module.function("append", arity=1)
def append_all(lists: Any) -> Any:
    """Return the lists of a list as one.

    iex> :lists.append([[1], [2], [3]])
    [1, 2, 3]
    """
    result: Any = EMPTY
    for part in reversed(proper(lists, "append")):
        result = ops.concat_lists(part, result) if result is not EMPTY else part
    return result


@module.function
def subtract(list1: Any, list2: Any) -> Any:
    """Take the elements of the second list out of the first, each once.

    iex> :lists.subtract([1, 2, 1], [1])
    [2, 1]
    """
    return ops.subtract_lists(list1, list2)


@module.function
def delete(elem: Any, list1: Any) -> Any:
    """Return the list without the first element that is the given one.

    iex> :lists.delete(1, [1, 2, 1])
    [2, 1]
    """
    items = proper(list1, "delete", elem, list1)
    for place, item in enumerate(items):
        if identical(item, elem):
            return from_pylist(items[:place] + items[place + 1 :])
    return list1


@module.function
def droplast(list: Any) -> Any:
    """Return the list without its last element.

    iex> :lists.droplast([1, 2])
    [1]
    """
    items = proper(list, "droplast")
    if not items:
        raise function_clause(LISTS, "droplast", (list,))
    return from_pylist(items[:-1])


@module.function
def last(list: Any) -> Any:
    """Return the last element.

    iex> :lists.last([1, 2])
    2
    """
    items = proper(list, "last")
    if not items:
        raise function_clause(LISTS, "last", (list,))
    return items[-1]


@module.function
def duplicate(n: Any, elem: Any) -> Any:
    """Return a list of n times the element.

    iex> :lists.duplicate(2, :a)
    [:a, :a]
    """
    count(n, "duplicate", n, elem)
    return from_pylist([elem] * n)


_ABSENT: Final = object()


@module.function("enumerate", arity=(1, 2, 3))
def enumerate_(first: Any, second: Any = _ABSENT, third: Any = _ABSENT) -> Any:
    """Return `{index, element}` for each element; the index starts from 1, or from an index in a step that come first.

    iex> :lists.enumerate([:a, :b])
    [{1, :a}, {2, :b}]
    iex> :lists.enumerate(0, 10, [:a, :b])
    [{0, :a}, {10, :b}]
    """
    given = [argument for argument in (first, second, third) if argument is not _ABSENT]
    index, step, list_ = (1, 1, *given) if len(given) == 1 else (given[0], 1, given[1]) if len(given) == 2 else given
    if type(index) is not int or type(step) is not int:
        raise function_clause(LISTS, "enumerate", (index, step, list_))
    items, tail = split_tail(list_)
    if tail is not EMPTY:
        raise function_clause(LISTS, "enumerate_1", (index + step * len(items), step, tail))
    return from_pylist([(index + step * place, item) for place, item in enumerate(items)])


@module.function
def flatlength(deep_list: Any) -> Any:
    """Return the number of elements of all nested lists.

    iex> :lists.flatlength([1, [2, [3]]])
    3
    """
    return len(_flat(deep_list, "flatlength", deep_list))


@module.function
def flatten(deep_list: Any, tail: Any = EMPTY) -> Any:
    """Return the elements of all nested lists in one, before an optional tail.

    iex> :lists.flatten([1, [2, [3]]])
    [1, 2, 3]
    """
    args = (deep_list,) if tail is EMPTY else (deep_list, tail)
    if not isinstance(tail, List):
        raise function_clause(LISTS, "flatten", args)
    return from_iterable(_flat(deep_list, "flatten", *args), tail)


def _flat(deep: Any, name: str, *args: Any) -> list[Any]:
    made: list[Any] = []
    stack = [iter(proper(deep, name, *args))]
    while stack:
        for item in stack[-1]:
            if isinstance(item, List):
                stack.append(iter(proper(item, "do_flatten", split_tail(item)[1], EMPTY)))
                break
            made.append(item)
        else:
            stack.pop()
    return made


@module.function("max")
def max_(list: Any) -> Any:
    """Return the greatest element.

    iex> :lists.max([1, 3, 2])
    3
    """
    return _extreme(list, "max", greater)


@module.function("min")
def min_(list: Any) -> Any:
    """Return the smallest element.

    iex> :lists.min([2, 1, 3])
    1
    """
    return _extreme(list, "min", less)


def _extreme(given: Any, name: str, beats: Any) -> Any:
    items = proper(given, name)
    if not items:
        raise function_clause(LISTS, name, (given,))
    best = items[0]
    for item in items:
        if beats(item, best):
            best = item
    return best


@module.function("sum")
def sum_(list: Any) -> Any:
    """Return the sum of the elements.

    iex> :lists.sum([1, 2.5])
    3.5
    """
    total: Any = 0
    for item in proper(list, "sum", list, 0):
        total = ops.add(total, item)
    return total


@module.function
def member(elem: Any, list: Any) -> Any:
    """Tell whether a list holds an element.

    iex> :lists.member(2, [1, 2])
    true
    """
    if not is_proper(list):
        words = "not a proper list" if isinstance(list, List) else "not a list"
        raise bad_argument("lists", "member", (elem, list), a2=words)
    return any(identical(item, elem) for item in to_pylist(list))


@module.function
def nth(n: Any, list: Any) -> Any:
    """Return the nth element; the first is 1.

    iex> :lists.nth(2, [:a, :b])
    :b
    """
    count(n, "nth", n, list, least=1)
    items = proper(list, "nth", n, list)
    if n > len(items):
        raise function_clause(LISTS, "nth_1" if items and n > 1 else "nth", (n - len(items), EMPTY))
    return items[n - 1]


@module.function
def nthtail(n: Any, list: Any) -> Any:
    """Return what follows the first n elements.

    iex> :lists.nthtail(1, [:a, :b])
    [:b]
    """
    count(n, "nthtail", n, list)
    rest = list
    for passed in range(n):
        if rest is EMPTY or not isinstance(rest, List):
            raise function_clause(LISTS, "nthtail_1" if passed else "nthtail", (n - passed, rest))
        rest = rest.tail  # type: ignore[attr-defined]  # a cell: the empty list is told apart above
    return rest


@module.function
def prefix(list1: Any, list2: Any) -> Any:
    """Tell whether a list begins with another.

    iex> :lists.prefix([1], [1, 2])
    true
    """
    left, right = split_tail(list1)[0], split_tail(list2)[0]
    if (not left and list1 is not EMPTY) or (not right and list2 is not EMPTY):
        raise function_clause(LISTS, "prefix", (list1, list2))
    return len(left) <= len(right) and all(identical(a, b) for a, b in zip(left, right, strict=False))


@module.function
def suffix(list1: Any, list2: Any) -> Any:
    """Tell whether a list ends with another.

    iex> :lists.suffix([2], [1, 2])
    true
    """
    ops.length(list1)
    ops.length(list2)
    left, right = to_pylist(list1), to_pylist(list2)
    ending = right[len(right) - len(left) :]
    return len(left) <= len(right) and all(identical(a, b) for a, b in zip(left, ending, strict=True))


@module.function
def reverse(list1: Any, tail: Any = EMPTY) -> Any:
    """Return the elements from last to first, before an optional tail.

    iex> :lists.reverse([1, 2])
    [2, 1]
    """
    items, end = split_tail(list1)
    if end is not EMPTY:
        if tail is EMPTY:
            raise function_clause(LISTS, "reverse", (list1,))
        raise bad_argument("lists", "reverse", (list1, tail), a1="not a list")
    return from_iterable(reversed(items), tail)


@module.function
def seq(first: Any, last: Any, step: Any = 1) -> Any:
    """Return the integers from one to another, in steps.

    iex> :lists.seq(1, 10, 3)
    [1, 4, 7, 10]
    """
    whole = all(type(number) is int for number in (first, last, step))
    if not whole:
        if step == 1:
            raise function_clause(LISTS, "seq", (first, last))
        faults = [None if type(part) is int else "not an integer" for part in (first, last, step)]
        raise refused("lists", "seq", (first, last, step), *faults)
    if step == 0 and first != last:
        raise bad_argument("lists", "seq", (first, last, step), a3="not a positive increment")
    if first - step > last if step > 0 else last > first - step if step < 0 else first != last:
        raise function_clause(LISTS, "seq", (first, last) if step == 1 else (first, last, step))
    if step == 0:
        return from_pylist([first])
    return from_pylist(list(range(first, last + (1 if step > 0 else -1), step)))


@module.function
def split(n: Any, list1: Any) -> Any:
    """Cut a list after n elements.

    iex> :lists.split(1, [:a, :b])
    {[:a], [:b]}
    """
    items, tail = split_tail(list1)
    if type(n) is not int or not 0 <= n <= len(items) or (tail is not EMPTY and not items):
        raise ElixirError(atom("badarg"))
    return from_pylist(items[:n]), from_iterable(items[n:], tail)


@module.function
def sublist(list1: Any, len_: Any) -> Any:
    """Return the first elements, as many as there are up to a number.

    iex> :lists.sublist([1, 2, 3], 2)
    [1, 2]
    """
    count(len_, "sublist", list1, len_)
    return from_pylist(proper(list1, "sublist", list1, len_)[:len_])


@module.function("sublist", arity=3)
def sublist_from(list1: Any, start: Any, length: Any) -> Any:
    """Return a number of elements from a position on; the first is 1.

    iex> :lists.sublist([1, 2, 3, 4], 2, 2)
    [2, 3]
    """
    count(start, "sublist", list1, start, length, least=1)
    count(length, "sublist", list1, start, length)
    return from_pylist(proper(list1, "sublist", list1, start, length)[start - 1 : start - 1 + length])


@module.function
def uniq(list: Any) -> Any:
    """Return the elements without those that came before.

    iex> :lists.uniq([1, 2, 1])
    [1, 2]
    """
    return _distinct(proper(list, "uniq"), None)


@module.function("uniq", arity=2)
def uniq_by(fun: Any, list: Any) -> Any:
    """Return the elements for which a function gives something new.

    iex> :lists.uniq(fn {key, _} -> key end, [a: 1, b: 2, a: 3])
    [a: 1, b: 2]
    """
    callback(fun, 1, "uniq", fun, list)
    return _distinct(proper(list, "uniq", fun, list), fun)


def _distinct(items: list[Any], fun: Any) -> Any:
    from pyex.terms.maps import encode_key

    seen: set[Any] = set()
    kept = []
    for item in items:
        key = encode_key(item if not is_function(fun, 1) else fun(item))
        if key not in seen:
            seen.add(key)
            kept.append(item)
    return from_pylist(kept)
