""":lists: functions that call a function for each element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex.stdlib.erlang.lists.base import LISTS, callback, module, proper, walked
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError, erlang_error
from pyex.terms.lists import EMPTY, from_pylist, is_proper, split_tail, to_pylist


@module.function("map")
def map_(fun: Any, list1: Any) -> Any:
    """Return the results of a function for each element.

    iex> :lists.map(fn x -> x * 2 end, [1, 2])
    [2, 4]
    """
    callback(fun, 1, "map", fun, list1)
    return from_pylist([fun(item) for item in walked(list1, "map", fun)])


@module.function
def flatmap(fun: Any, list1: Any) -> Any:
    """Return the lists that a function gives for each element, appended.

    iex> :lists.flatmap(fn x -> [x, x] end, [1, 2])
    [1, 1, 2, 2]
    """
    callback(fun, 1, "flatmap", fun, list1)
    made: list[Any] = []
    for item in walked(list1, "flatmap", fun):
        given, tail = split_tail(fun(item))
        if tail is not EMPTY:
            raise ElixirError(atom("badarg"))
        made.extend(given)
    return from_pylist(made)


@module.function
def foreach(fun: Any, list1: Any) -> Any:
    """Call a function for each element; returns `:ok`.

    iex> :lists.foreach(fn x -> x end, [1])
    :ok
    """
    callback(fun, 1, "foreach", fun, list1)
    for item in walked(list1, "foreach", fun):
        fun(item)
    return atom("ok")


@module.function
def foldl(fun: Any, acc: Any, list: Any) -> Any:
    """Fold from the left: the function takes an element and the accumulator.

    iex> :lists.foldl(fn x, acc -> x - acc end, 0, [1, 2, 3])
    2
    """
    callback(fun, 2, "foldl", fun, acc, list)
    for item in walked(list, "foldl", fun, acc):
        acc = fun(item, acc)
    return acc


@module.function
def foldr(fun: Any, acc: Any, list: Any) -> Any:
    """Fold from the right.

    iex> :lists.foldr(fn x, acc -> [x | acc] end, [], [1, 2])
    [1, 2]
    """
    callback(fun, 2, "foldr", fun, acc, list)
    for item in reversed(walked(list, "foldr", fun, acc)):
        acc = fun(item, acc)
    return acc


@module.function
def mapfoldl(fun: Any, acc: Any, list1: Any) -> Any:
    """Map and fold from the left at once; the function returns `{element, accumulator}`.

    iex> :lists.mapfoldl(fn x, sum -> {x * 2, sum + x} end, 0, [1, 2])
    {[2, 4], 3}
    """
    callback(fun, 2, "mapfoldl", fun, acc, list1)
    made, acc = _mapped(fun, acc, walked(list1, "mapfoldl", fun, acc))
    return from_pylist(made), acc


@module.function
def mapfoldr(fun: Any, acc: Any, list1: Any) -> Any:
    """Map and fold from the right at once.

    iex> :lists.mapfoldr(fn x, sum -> {x + sum, sum + x} end, 0, [1, 2])
    {[3, 2], 3}
    """
    callback(fun, 2, "mapfoldr", fun, acc, list1)
    made, acc = _mapped(fun, acc, walked(list1, "mapfoldr", fun, acc)[::-1])
    return from_pylist(made[::-1]), acc


def _mapped(fun: Callable[[Any, Any], Any], acc: Any, items: list[Any]) -> tuple[list[Any], Any]:
    made = []
    for item in items:
        answer = fun(item, acc)
        if type(answer) is not tuple or len(answer) != 2:
            raise ElixirError((atom("badmatch"), answer))
        made.append(answer[0])
        acc = answer[1]
    return made, acc


def _true(answer: Any) -> bool:
    """Return a predicate's answer; anything but a boolean is a case that no clause takes."""
    if answer is True or answer is False:
        return bool(answer)
    raise ElixirError((atom("case_clause"), answer))


@module.function("filter")
def filter_(pred: Any, list1: Any) -> Any:
    """Return the elements for which a function is true.

    iex> :lists.filter(fn x -> x > 1 end, [1, 2, 3])
    [2, 3]
    """
    callback(pred, 1, "filter", pred, list1)
    kept = []
    for item in walked(list1, "filter", pred):
        answer = pred(item)
        if answer is not True and answer is not False:
            raise erlang_error((atom("bad_filter"), answer), LISTS, "filter", 2)
        if answer:
            kept.append(item)
    return from_pylist(kept)


@module.function
def filtermap(fun: Any, list1: Any) -> Any:
    """Filter and map at once: the function returns a boolean or `{true, element}`.

    iex> :lists.filtermap(fn x -> x > 1 and {true, x * 2} end, [1, 2])
    [4]
    """
    callback(fun, 1, "filtermap", fun, list1)
    kept = []
    for item in walked(list1, "filtermap", fun):
        answer = fun(item)
        if answer is True:
            kept.append(item)
        elif type(answer) is tuple and len(answer) == 2 and answer[0] is True:
            kept.append(answer[1])
        elif answer is not False:
            raise ElixirError((atom("case_clause"), answer))
    return from_pylist(kept)


module.function("zf", doc=False)(filtermap)


@module.function("all")
def all_(pred: Any, list: Any) -> Any:
    """Tell whether a function is true for every element.

    iex> :lists.all(fn x -> x > 0 end, [1, 2])
    true
    """
    callback(pred, 1, "all", pred, list)
    return all(_true(pred(item)) for item in walked(list, "all", pred))


@module.function("any")
def any_(pred: Any, list: Any) -> Any:
    """Tell whether a function is true for an element.

    iex> :lists.any(fn x -> x > 1 end, [1, 2])
    true
    """
    callback(pred, 1, "any", pred, list)
    return any(_true(pred(item)) for item in walked(list, "any", pred))


@module.function
def partition(pred: Any, list: Any) -> Any:
    """Return the elements for which a function is true, and the others.

    iex> :lists.partition(fn x -> x > 1 end, [1, 2, 3])
    {[2, 3], [1]}
    """
    callback(pred, 1, "partition", pred, list)
    chosen: Any = []
    others: Any = []
    for item in walked(list, "partition", pred):
        (chosen if _true(pred(item)) else others).append(item)
    return from_pylist(chosen), from_pylist(others)


@module.function
def takewhile(pred: Any, list1: Any) -> Any:
    """Return the first elements, as long as a function is true.

    iex> :lists.takewhile(fn x -> x < 3 end, [1, 2, 3, 1])
    [1, 2]
    """
    callback(pred, 1, "takewhile", pred, list1)
    items = walked(list1, "takewhile", pred)
    return from_pylist(items[: _first_refused(pred, items)])


@module.function
def dropwhile(pred: Any, list1: Any) -> Any:
    """Return what follows the first elements for which a function is true.

    iex> :lists.dropwhile(fn x -> x < 3 end, [1, 2, 3, 1])
    [3, 1]
    """
    callback(pred, 1, "dropwhile", pred, list1)
    items = walked(list1, "dropwhile", pred)
    return from_pylist(items[_first_refused(pred, items) :])


@module.function
def splitwith(pred: Any, list: Any) -> Any:
    """Return what takewhile and dropwhile return.

    iex> :lists.splitwith(fn x -> x < 3 end, [1, 2, 3, 1])
    {[1, 2], [3, 1]}
    """
    callback(pred, 1, "splitwith", pred, list)
    items = walked(list, "splitwith", pred)
    place = _first_refused(pred, items)
    return from_pylist(items[:place]), from_pylist(items[place:])


def _first_refused(pred: Callable[[Any], Any], items: list[Any]) -> int:
    for place, item in enumerate(items):
        if not _true(pred(item)):
            return place
    return len(items)


@module.function
def search(pred: Any, list: Any) -> Any:
    """Return `{:value, element}` for the first element for which a function is true, else false.

    iex> :lists.search(fn x -> x > 1 end, [1, 2, 3])
    {:value, 2}
    """
    callback(pred, 1, "search", pred, list)
    for item in walked(list, "search", pred):
        if _true(pred(item)):
            return atom("value"), item
    return False


@module.function
def join(separator: Any, list1: Any) -> Any:
    """Put a separator between the elements.

    iex> :lists.join(:x, [1, 2, 3])
    [1, :x, 2, :x, 3]
    """
    items = proper(list1, "join", separator, list1)
    return from_pylist([part for item in items for part in (separator, item)][1:])


@module.function
def concat(things: Any) -> Any:
    """Return the charlist of atoms, numbers and charlists, one after the other.

    iex> :lists.concat([:a, 1, ~c"b"])
    ~c"a1b"
    """
    made: list[Any] = []
    for thing in proper(things, "concat"):
        if is_proper(thing):
            made.extend(to_pylist(thing))
        else:
            made.extend(map(ord, _text(thing)))
    return from_pylist(made)


def _text(thing: Any) -> str:
    from pyex.terms.atoms import atom_name

    name = atom_name(thing)
    if name is not None:
        return name
    if type(thing) is int:
        return str(thing)
    if type(thing) is float:
        return f"{thing:.20e}"
    raise erlang_error("function_clause", LISTS, "thing_to_list", (thing,))
