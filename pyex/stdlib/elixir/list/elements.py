"""List: elements, parts and folds."""

from __future__ import annotations

import builtins
from typing import Any

from pyex.stdlib.elixir.enumerable import elements
from pyex.stdlib.elixir.list.base import MODULE, Items, module, proper
from pyex.terms.atoms import atom
from pyex.terms.errors import erlang_error, function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY, Cons, List, from_iterable, from_pylist, is_proper, split_tail
from pyex.terms.ops import length
from pyex.terms.order import identical


@module.function
def first(list: Any, default: Any = None) -> Any:
    """Return the first element, or the default.

        iex> List.first([1, 2])
        1
    """
    if list is EMPTY:
        return default
    if type(list) is not Cons:
        raise function_clause(MODULE, "first", (list, default))
    return list.head


@module.function
def last(list: Any, default: Any = None) -> Any:
    """Return the last element, or the default.

        iex> List.last([1, 2])
        2
    """
    items, tail = split_tail(list)
    if tail is not EMPTY:
        raise function_clause(MODULE, "last", (tail, default))
    return items[-1] if items else default


@module.function
def flatten(list: Any, tail: Any = EMPTY) -> Any:
    """Return the elements of all nested lists in one list, before an optional tail, which is left as it is.

        iex> List.flatten([1, [2, [3, []]]])
        [1, 2, 3]
        iex> List.flatten([[:a], :b], [[:c]])
        [:a, :b, [:c]]
    """
    if not isinstance(list, List) or not isinstance(tail, List):
        raise function_clause(atom("lists"), "flatten", (list,) if tail is EMPTY else (list, tail))
    result: Items = []
    stack = [iter(_flat(list, tail))]
    while stack:
        for item in stack[-1]:
            if isinstance(item, List):
                stack.append(iter(_flat(item, tail)))
                break
            result.append(item)
        else:
            stack.pop()
    return from_iterable(result, tail)


def _flat(list: Any, tail: Any) -> Items:
    items, end = split_tail(list)
    if end is not EMPTY:
        raise function_clause(atom("lists"), "do_flatten", (end, tail))
    return items


@module.function
def foldl(list: Any, acc: Any, fun: Any) -> Any:
    """Fold from the left.

        iex> List.foldl([1, 2, 3], 0, fn x, acc -> x - acc end)
        2
    """
    if not is_function(fun):
        raise function_clause(MODULE, "foldl", (list, acc, fun))
    for item in proper(list, "foldl", list, acc, fun):
        acc = fun(item, acc)
    return acc


@module.function
def foldr(list: Any, acc: Any, fun: Any) -> Any:
    """Fold from the right.

        iex> List.foldr([1, 2, 3], 0, fn x, acc -> x - acc end)
        2
    """
    if not is_function(fun):
        raise function_clause(MODULE, "foldr", (list, acc, fun))
    for item in reversed(proper(list, "foldr", list, acc, fun)):
        acc = fun(item, acc)
    return acc


@module.function
def duplicate(elem: Any, n: Any) -> Any:
    """Return a list of `n` times the element.

        iex> List.duplicate(:a, 2)
        [:a, :a]
    """
    if type(n) is not int or n < 0:
        raise function_clause(atom("lists"), "duplicate", (n, elem))
    return from_pylist([elem] * n)


@module.function
def wrap(term: Any) -> Any:
    """Return a list as it is, nil as the empty list, anything else as a list of one.

        iex> List.wrap(nil)
        []
    """
    if isinstance(term, List):
        return term
    return EMPTY if term is None else Cons(term, EMPTY)


@module.function
def delete(list: Any, element: Any) -> Any:
    """Return the list without the first element that is `===` the given one.

        iex> List.delete([1, 2, 1], 1)
        [2, 1]
    """
    items, tail = split_tail(list)
    for place, item in enumerate(items):
        if identical(item, element):
            return from_iterable(items[:place] + items[place + 1 :], tail)
    if tail is not EMPTY:
        raise function_clause(MODULE, "delete", (tail, element))
    return list


@module.function
def delete_at(list: Any, index: Any) -> Any:
    """Return the list without the element at an index (from the end when negative).

        iex> List.delete_at([1, 2, 3], -1)
        [1, 2]
    """
    if type(index) is not int:
        raise function_clause(MODULE, "delete_at", (list, index))
    return pop_at(list, index)[1]


def _reached(list: Any, index: int, name: str, *args: Any) -> tuple[Items, Any]:
    """Return the elements and the tail of a list that is proper, or whose tail lies behind an index.

    Elixir goes no further than the index; what then fails is a function of its own, `do_` and the name, or `length/1`.
    """
    items, tail = split_tail(list)
    if tail is not EMPTY and type(list) is not Cons:
        raise function_clause(MODULE, name, (list, index, *args))
    if tail is not EMPTY and index < 0:
        length(list)  # an index from the end wants to know it
    return items, tail


def _beyond(name: str, items: Items, tail: Any, index: int, *args: Any) -> Exception:
    return function_clause(MODULE, f"do_{name}", (tail, index - len(items), *args))


@module.function
def insert_at(list: Any, index: Any, value: Any) -> Any:
    """Return the list with a value put in at an index.

    Negative indexes count from the end, where -1 puts it behind the last element. Beyond the ends it goes to the end it is near.

        iex> List.insert_at([:a, :c], 1, :b)
        [:a, :b, :c]
        iex> List.insert_at([:a, :b], -1, :c)
        [:a, :b, :c]
        iex> List.insert_at([:a], 9, :z)
        [:a, :z]
    """
    if type(index) is not int:
        raise function_clause(MODULE, "insert_at", (list, index, value))
    if index == -1 and type(list) is Cons and not is_proper(list):
        raise erlang_error("badarg")
    items, tail = _reached(list, index, "insert_at", value)
    if tail is not EMPTY and index > len(items):
        raise _beyond("insert_at", items, tail, index, value)
    place = index if index >= 0 else max(0, len(items) + index + 1)
    return from_iterable([*items[:place], value, *items[place:]], tail)


@module.function
def replace_at(list: Any, index: Any, value: Any) -> Any:
    """Return the list with another element at an index, if there is one there.

        iex> List.replace_at([1, 2], 0, :a)
        [:a, 2]
    """
    return _changed_at(list, index, "replace_at", (list, index, value), lambda _old: value)


@module.function
def update_at(list: Any, index: Any, fun: Any) -> Any:
    """Return the list with `fun` applied to the element at an index, if there is one there.

        iex> List.update_at([1, 2], 1, fn x -> x * 10 end)
        [1, 20]
    """
    if not is_function(fun):
        raise function_clause(MODULE, "update_at", (list, index, fun))
    return _changed_at(list, index, "update_at", (list, index, fun), fun)


def _changed_at(list: Any, index: Any, name: str, args: tuple[Any, ...], fun: Any) -> Any:
    if type(index) is not int:
        raise function_clause(MODULE, name, args)
    items, tail = _reached(list, index, name, args[2])
    if tail is not EMPTY and index >= len(items):
        raise _beyond(name, items, tail, index, args[2])
    if not -len(items) <= index < len(items):
        return list
    changed = builtins.list(items)
    changed[index] = fun(changed[index])
    return from_iterable(changed, tail)


@module.function
def pop_at(list: Any, index: Any, default: Any = None) -> Any:
    """Return the element at an index and the list without it; the default (nil) and the whole list where there is none.

        iex> List.pop_at([:a, :b, :c], 1)
        {:b, [:a, :c]}
        iex> List.pop_at([:a, :b, :c], -1)
        {:c, [:a, :b]}
        iex> List.pop_at([:a], 3, :none)
        {:none, [:a]}
    """
    if type(index) is not int:
        raise function_clause(MODULE, "pop_at", (list, index, default))
    items, tail = _reached(list, index, "pop_at", default)
    if tail is not EMPTY and index >= len(items):
        raise _beyond("pop_at", items, tail, index, default, from_pylist(items[::-1]))
    if not -len(items) <= index < len(items):
        return default, list
    place = index % len(items)
    return items[index], from_iterable([*items[:place], *items[place + 1 :]], tail)


@module.function("starts_with?")
def starts_with(list: Any, prefix: Any) -> bool:
    """Tell whether a list begins with the elements of another.

        iex> List.starts_with?([1, 2, 3], [1, 2])
        true
    """
    items, start = proper(list, "starts_with?", list, prefix), proper(prefix, "starts_with?", list, prefix)
    return len(start) <= len(items) and all(identical(a, b) for a, b in builtins.zip(items, start, strict=False))


def _counted(value: Any) -> Items:
    """Return the elements of a list whose length is asked for; raises what `length/1` raises for anything else."""
    length(value)
    return split_tail(value)[0]


@module.function("ends_with?")
def ends_with(list: Any, suffix: Any) -> bool:
    """Tell whether a list ends with the elements of another.

        iex> List.ends_with?([1, 2, 3], [3])
        true
    """
    items, end = _counted(list), _counted(suffix)
    tail = items[len(items) - len(end) :] if len(end) <= len(items) else None
    return tail is not None and all(identical(a, b) for a, b in builtins.zip(tail, end, strict=True))


@module.function("improper?")
def improper(list: Any) -> bool:
    """Tell whether a list does not end in the empty list.

        iex> List.improper?([1 | 2])
        true
    """
    if not isinstance(list, List):
        raise function_clause(MODULE, "improper?", (list,))
    return not is_proper(list)


@module.function
def zip(list_of_lists: Any) -> Any:
    """Return tuples of the elements at the same place, as many as the shortest list has.

        iex> List.zip([[1, 2], [3, 4]])
        [{1, 3}, {2, 4}]
    """
    return from_pylist(builtins.list(builtins.zip(*[_zipped(item) for item in elements(list_of_lists)], strict=False)))


def _zipped(item: Any) -> Items:
    """Return the elements of one of the lists to zip; Elixir's own helper refuses others."""
    if not isinstance(item, List):
        raise function_clause(MODULE, "to_list", (item,))
    return elements(item)


@module.function
def to_tuple(list: Any) -> Any:
    """Return the elements as a tuple.

        iex> List.to_tuple([1, 2])
        {1, 2}
    """
    items, tail = split_tail(list)
    if tail is not EMPTY:
        raise erlang_error("badarg", "erlang", "list_to_tuple", (list,))
    return tuple(items)
