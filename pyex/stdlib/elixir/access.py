"""Access: `container[key]`, and the steps of `get_in`, `put_in` and `update_in`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir import keyword
from pyex.stdlib.elixir.enumerable import RANGE, elements
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.errors import ElixirError, argument_error, bad_argument, elixir_error, erlang_error, function_clause
from pyex.terms.functions import export, is_function, shown_as
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, List, from_pylist, split_tail
from pyex.terms.maps import Map

module = NativeModule(
    "Access",
    doc="Key-based access to maps, keyword lists and structs that implement it.",
    behaviour=[("fetch", 2), ("get_and_update", 3), ("pop", 2)],
)

OK: Final = atom("ok")
ERROR: Final = atom("error")
GET: Final = atom("get")
POP: Final = atom("pop")
_MISSING: Final = object()


def _own(struct: Atom, name: str, *args: Any) -> Any:
    """Return a struct module's own Access function; raises UndefinedFunctionError with Elixir's hint."""
    from pyex.code.server import ensure_loaded

    version, arity = ensure_loaded(struct), len(args)
    if version is None or not version.defines(name, arity):
        shown = inspect(struct)
        reason = (
            f"{shown} does not implement the Access behaviour\n\n"
            'You can use the "struct.field" syntax to access struct fields. You can also use Access.key!/1 to access '
            "struct fields dynamically inside get_in/put_in/update_in"
        )
        failure = elixir_error(
            "UndefinedFunctionError", module=struct, function=atom(name), arity=arity, reason=reason, message=None
        )
        raise ElixirError(failure.reason, ((struct, name, args),))
    return version.exports[name, arity](*args)


@module.function
def fetch(container: Any, key: Any) -> Any:
    """Return `{:ok, value}` or `:error`.

        iex> Access.fetch(%{a: 1}, :a)
        {:ok, 1}
    """
    found = _find(container, key, "fetch", (container, key))
    return ERROR if found is _MISSING else (OK, found)


def _find(container: Any, key: Any, name: str, args: tuple[Any, ...]) -> Any:
    if type(container) is Map:
        if container.struct is not None:
            answer = _own(container.struct, "fetch", container, key)
            return _MISSING if answer is ERROR else answer[1]
        return container.get(key, _MISSING)
    if isinstance(container, List):
        if not is_atom(key):
            raise _not_a_key(key, name)
        pairs, tail = split_tail(container)
        for pair in pairs:
            if type(pair) is tuple and len(pair) == 2 and pair[0] is key:
                return pair[1]
        if tail is not EMPTY:
            raise bad_argument("lists", "keyfind", (key, 1, container), a3="not a proper list")
        return _MISSING
    if container is None:
        return _MISSING
    raise function_clause(module.name, name, args)


def _not_a_key(key: Any, name: str) -> ElixirError:
    if name == "fetch":
        return argument_error(f"the Access calls for keywords expect the key to be an atom, got: {inspect(key)}")
    update = name == "get_and_update"
    if type(key) is int:
        wish, place = ("modify", "Access.at/1") if update else ("access", "Enum.at/2")
        return argument_error(
            "the Access module does not support accessing lists by index, got: "
            f"{inspect(key)}\n\nAccessing a list by index is typically discouraged in Elixir, instead we prefer to use the "
            f"Enum module to manipulate lists as a whole. If you really must {wish} a list element by index, you can use "
            f"{place} or the functions in the List module"
        )
    advice = "" if update else "\n\nIf you want to search lists of tuples, use List.keyfind/3"
    return argument_error(f"the Access module supports only keyword lists (with atom keys), got: {inspect(key)}{advice}")


@module.function("fetch!")
def fetch_bang(container: Any, key: Any) -> Any:
    """Return the value of a key; raises KeyError.

        iex> Access.fetch!(%{a: 1}, :a)
        1
    """
    found = _find(container, key, "fetch", (container, key))
    if found is _MISSING:
        raise elixir_error("KeyError", key=key, term=container, message=None)
    return found


@module.function
def get(container: Any, key: Any, default: Any = None) -> Any:
    """Return the value of a key, or the default; nil has nil for every key.

        iex> Access.get([a: 1], :a)
        1
    """
    if type(container) is Map and container.struct is None:
        return container.get(key, default)
    found = _find(container, key, "get", (container, key, default))
    return default if found is _MISSING else found


@module.function
def get_and_update(container: Any, key: Any, fun: Any) -> Any:
    """Return what `fun` (of the value) answers first, and the container with what it answers second.

        iex> Access.get_and_update(%{a: 1}, :a, fn x -> {x, x + 1} end)
        {1, %{a: 2}}
    """
    if type(container) is Map:
        if container.struct is not None:
            return _own(container.struct, "get_and_update", container, key, fun)
        return export(alias("Map"), "get_and_update", 3).fn(container, key, fun)
    if isinstance(container, List):
        if not is_atom(key):
            raise _not_a_key(key, "get_and_update")
        return keyword.get_and_update(container, key, fun)
    if container is None:
        raise argument_error(f"could not put/update key {inspect(key)} on a nil value")
    raise function_clause(module.name, "get_and_update", (container, key, fun))


@module.function
def pop(container: Any, key: Any) -> Any:
    """Return the value of a key and the container without it.

        iex> Access.pop(%{a: 1}, :a)
        {1, %{}}
    """
    if type(container) is Map:
        if container.struct is not None:
            return _own(container.struct, "pop", container, key)
        return container.get(key), container.delete(key)
    if isinstance(container, List):
        return keyword.pop(container, key)
    if container is None:
        raise argument_error(f"could not pop key {inspect(key)} on a nil value")
    raise function_clause(module.name, "pop", (container, key))


# ---- steps of a path: functions of (:get | :get_and_update, data, next)


_PLACES: Final = {
    f"{name}/{arity}": f"{index}.23447007/3 in Access.{name}{f'/{arity}' if arity else ''}"
    for index, name, arity in (
        (0, "all", 0),
        (1, "at", 1),
        (3, "at!", 1),
        (5, "elem", 1),
        (6, "filter", 1),
        (7, "find", 1),
        (8, "key", 2),
        (9, "key!", 1),
        (10, "slice", 1),
    )
}
"""Where the step of each function stands in Elixir's module, by which it is shown."""


def _step(name: str, get_: Callable[[Any, Any], Any], update: Callable[[Any, Any], Any]) -> Any:
    def step(operation: Any, data: Any, next_: Any) -> Any:
        return get_(data, next_) if operation is GET else update(data, next_)

    return shown_as(step, _PLACES[name])


def _answered(answer: Any, current: Any, put: Callable[[Any], Any], drop: Callable[[], Any]) -> Any:
    if answer is POP:
        return current, drop()
    if type(answer) is not tuple or len(answer) != 2:
        raise elixir_error("CaseClauseError", term=answer)
    return answer[0], put(answer[1])


def _list_of(data: Any, step: str, failure: str = "RuntimeError") -> list[Any]:
    """Return the elements of the list that a step goes through."""
    if not isinstance(data, List):
        raise elixir_error(failure, message=f"Access.{step} expected a list, got: {inspect(data)}")
    return elements(data)


def _map_of(data: Any) -> Map:
    if type(data) is not Map:
        raise erlang_error((atom("badmap"), data))
    return data


@module.function
def key(key: Any, default: Any = None) -> Any:
    """Return a step to a key of a map or struct, which may be missing.

        iex> get_in(%{a: %{b: 1}}, [Access.key(:a), Access.key(:b)])
        1
    """

    def get_(data: Any, next_: Any) -> Any:
        return next_(None if data is None else _map_of(data).get(key, default))

    def update(data: Any, next_: Any) -> Any:
        current = _map_of(data).get(key, default)
        return _answered(next_(current), current, lambda new: data.put(key, new), lambda: data.delete(key))

    return _step("key/2", get_, update)


@module.function("key!")
def key_bang(key: Any) -> Any:
    """Return a step to a key of a map or struct, which must be there.

        iex> get_in(%{a: 1}, [Access.key!(:a)])
        1
    """

    def current_of(data: Any) -> Any:
        if type(data) is not Map:
            raise elixir_error("RuntimeError", message=f"Access.key!/1 expected a map/struct, got: {inspect(data)}")
        if key not in data:
            raise elixir_error("KeyError", key=key, term=data, message=None)
        return data[key]

    def get_(data: Any, next_: Any) -> Any:
        return next_(None if data is None else current_of(data))

    def update(data: Any, next_: Any) -> Any:
        current = current_of(data)
        return _answered(next_(current), current, lambda new: data.put(key, new), lambda: data.delete(key))

    return _step("key!/1", get_, update)


@module.function
def elem(index: Any) -> Any:
    """Return a step to an element of a tuple.

        iex> put_in({1, 2}, [Access.elem(0)], :a)
        {:a, 2}
    """
    if type(index) is not int or index < 0:
        raise function_clause(module.name, "elem", (index,))

    def checked(data: Any) -> Any:
        if type(data) is not tuple:
            raise elixir_error("RuntimeError", message=f"Access.elem/1 expected a tuple, got: {inspect(data)}")
        if index >= len(data):
            raise erlang_error("badarg", "erlang", "element", (index + 1, data))
        return data[index]

    def update(data: Any, next_: Any) -> Any:
        current = checked(data)

        def put(new: Any) -> Any:
            return (*data[:index], new, *data[index + 1 :])

        def drop() -> Any:
            raise elixir_error("RuntimeError", message="cannot pop data from a tuple")

        return _answered(next_(current), current, put, drop)

    return _step("elem/1", lambda data, next_: next_(checked(data)), update)


@module.function("all")
def all_() -> Any:
    """Return a step to all elements of a list.

        iex> get_in([%{a: 1}, %{a: 2}], [Access.all(), :a])
        [1, 2]
    """
    step = _each(lambda _place, _element: True, "all/0")

    def all_elements(operation: Any, data: Any, next_: Any) -> Any:
        return None if data is None and operation is GET else step(operation, data, next_)

    return shown_as(all_elements, _PLACES["all/0"])


@module.function
def filter(func: Any) -> Any:
    """Return a step to the elements of a list for which `func` is truthy.

        iex> get_in([1, 2, 3], [Access.filter(fn x -> x > 1 end)])
        [2, 3]
    """
    if not is_function(func):
        raise function_clause(module.name, "filter", (func,))
    return _each(lambda _place, element: func(element) not in (None, False), "filter/1")


def _each(chosen: Callable[[int, Any], bool], name: str, items_of: Callable[..., list[Any]] = _list_of) -> Any:
    """Return a step to the elements of a list that are chosen by their place and value."""

    def update(data: Any, next_: Any) -> Any:
        gets, updates = [], []
        for place, element in enumerate(items_of(data, name)):
            if not chosen(place, element):
                updates.append(element)
            else:
                kept = updates.append
                gets.append(_answered(next_(element), element, kept, lambda: None)[0])
        return from_pylist(gets), from_pylist(updates)

    def get_(data: Any, next_: Any) -> Any:
        return from_pylist([next_(x) for place, x in enumerate(items_of(data, name)) if chosen(place, x)])

    return _step(name, get_, update)


@module.function
def at(index: Any) -> Any:
    """Return a step to the element of a list at an index, which may be missing.

        iex> update_in([1, 2], [Access.at(1)], fn x -> x * 10 end)
        [1, 20]
    """
    if type(index) is not int:
        raise function_clause(module.name, "at", (index,))
    return _step_to(lambda items: _place(items, index), "at/1")


@module.function("at!")
def at_bang(index: Any) -> Any:
    """Return a step to the element of a list at an index, which must be there.

        iex> get_in([1, 2], [Access.at!(0)])
        1
    """
    if type(index) is not int:
        raise function_clause(module.name, "at!", (index,))

    def place_in(items: list[Any]) -> int:
        place = _place(items, index)
        if place is None:
            raise elixir_error("Enum.OutOfBoundsError", message="out of bounds error")
        return place

    return _step_to(place_in, "at!/1")


def _place(items: list[Any], index: int) -> int | None:
    return index % len(items) if -len(items) <= index < len(items) else None


def _step_to(place_in: Callable[[list[Any]], int | None], name: str) -> Any:
    """Return a step to the one element of a list whose place is found; where there is none, nil is got and nothing updated."""

    def get_(data: Any, next_: Any) -> Any:
        if data is None:
            return next_(None)
        items = _list_of(data, name)
        place = place_in(items)
        return next_(None if place is None else items[place])

    def update(data: Any, next_: Any) -> Any:
        items = _list_of(data, name)
        place = place_in(items)
        if place is None:
            return None, data

        def put(new: Any) -> Any:
            return from_pylist([*items[:place], new, *items[place + 1 :]])

        return _answered(next_(items[place]), items[place], put, lambda: from_pylist(items[:place] + items[place + 1 :]))

    return _step(name, get_, update)


@module.function
def find(predicate: Any) -> Any:
    """Return a step to the first element of a list for which `predicate` is truthy.

        iex> get_in([1, 2, 3], [Access.find(fn x -> x > 1 end)])
        2
    """
    if not is_function(predicate, 1):
        raise function_clause(module.name, "find", (predicate,))

    def place_in(items: list[Any]) -> int | None:
        found = (place for place, element in enumerate(items) if predicate(element) not in (None, False))
        return next(found, None)

    return _step_to(place_in, "find/1")


@module.function("slice")
def slice_(range: Any) -> Any:
    """Return a step to the elements of a list at the indexes of a range.

        iex> get_in([1, 2, 3, 4], [Access.slice(1..2)])
        [2, 3]
    """
    if type(range) is not Map or range.struct is not RANGE:
        raise function_clause(module.name, "slice", (range,))
    if range[atom("step")] < 0:
        raise argument_error(f"Access.slice/1 does not accept ranges with negative steps, got: {inspect(range)}")
    first, last, step = (range[atom(name)] for name in ("first", "last", "step"))

    def items_of(data: Any, name: str) -> list[Any]:
        return _list_of(data, name, "ArgumentError")

    def bound(operation: Any, data: Any, next_: Any) -> Any:
        size = len(items_of(data, "slice/1"))
        start, end = (bound + size if bound < 0 else bound for bound in (first, last))
        places = builtin_range(start, end + 1, step)[:size] if start >= 0 else ()
        return _each(lambda place, _element: place in places, "slice/1", items_of)(operation, data, next_)

    return shown_as(bound, _PLACES["slice/1"])


builtin_range = range
