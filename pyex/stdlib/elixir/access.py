"""Access: `container[key]`, and the steps of `get_in`, `put_in` and `update_in`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir import keyword
from pyex.stdlib.elixir.enumerable import elements
from pyex.terms.atoms import Atom, alias, atom, is_atom
from pyex.terms.errors import ElixirError, argument_error, elixir_error, erlang_error, function_clause
from pyex.terms.functions import export
from pyex.terms.inspect import inspect
from pyex.terms.lists import List, from_pylist, to_pylist
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
        for pair in to_pylist(container):
            if type(pair) is tuple and len(pair) == 2 and pair[0] is key:
                return pair[1]
        return _MISSING
    if container is None:
        return _MISSING
    raise function_clause(module.name, name, args)


def _not_a_key(key: Any, name: str) -> ElixirError:
    if name == "fetch":
        return argument_error(f"the Access calls for keywords expect the key to be an atom, got: {inspect(key)}")
    if type(key) is int:
        return argument_error(
            "the Access module does not support accessing lists by index, got: "
            f"{inspect(key)}\n\nAccessing a list by index is typically discouraged in Elixir, instead we prefer to use the "
            "Enum module to manipulate lists as a whole. If you really must access a list element by index, you can use "
            "Enum.at/2 or the functions in the List module"
        )
    return argument_error(
        "the Access module supports only keyword lists (with atom keys), got: "
        f"{inspect(key)}\n\nIf you want to search lists of tuples, use List.keyfind/3"
    )


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


def _step(get_: Callable[[Any, Any], Any], update: Callable[[Any, Any], Any]) -> Any:
    def step(operation: Any, data: Any, next_: Any) -> Any:
        return get_(data, next_) if operation is GET else update(data, next_)

    return step


def _answered(answer: Any, current: Any, put: Callable[[Any], Any], drop: Callable[[], Any]) -> Any:
    if answer is POP:
        return current, drop()
    if type(answer) is not tuple or len(answer) != 2:
        raise elixir_error("CaseClauseError", term=answer)
    return answer[0], put(answer[1])


@module.function
def key(key: Any, default: Any = None) -> Any:
    """Return a step to a key of a map or struct, which may be missing.

        iex> get_in(%{a: %{b: 1}}, [Access.key(:a), Access.key(:b)])
        1
    """

    def get_(data: Any, next_: Any) -> Any:
        return next_(default if data is None else data.get(key, default))

    def update(data: Any, next_: Any) -> Any:
        current = data.get(key, default)
        return _answered(next_(current), current, lambda new: data.put(key, new), lambda: data.delete(key))

    return _step(get_, update)


@module.function("key!")
def key_bang(key: Any) -> Any:
    """Return a step to a key of a map or struct, which must be there.

        iex> get_in(%{a: 1}, [Access.key!(:a)])
        1
    """

    def current_of(data: Any) -> Any:
        if type(data) is not Map:
            raise elixir_error("RuntimeError", message=f"Access.key!/1 expected a map/struct or nil, got: {inspect(data)}")
        if key not in data:
            raise elixir_error("KeyError", key=key, term=data, message=None)
        return data[key]

    def update(data: Any, next_: Any) -> Any:
        current = current_of(data)
        return _answered(next_(current), current, lambda new: data.put(key, new), lambda: data.delete(key))

    return _step(lambda data, next_: next_(current_of(data)), update)


@module.function
def elem(index: Any) -> Any:
    """Return a step to an element of a tuple.

        iex> put_in({1, 2}, [Access.elem(0)], :a)
        {:a, 2}
    """

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

    return _step(lambda data, next_: next_(checked(data)), update)


@module.function("all")
def all_() -> Any:
    """Return a step to all elements of a list.

        iex> get_in([%{a: 1}, %{a: 2}], [Access.all(), :a])
        [1, 2]
    """
    return _each(lambda _element: True, "Access.all/0", keep=False)


@module.function
def filter(func: Any) -> Any:
    """Return a step to the elements of a list for which `func` is truthy.

        iex> get_in([1, 2, 3], [Access.filter(fn x -> x > 1 end)])
        [2, 3]
    """
    return _each(lambda element: func(element) not in (None, False), "Access.filter/1", keep=True)


def _each(chosen: Callable[[Any], bool], name: str, *, keep: bool) -> Any:
    def items_of(data: Any) -> list[Any]:
        if not isinstance(data, List):
            raise elixir_error("RuntimeError", message=f"{name} expected a list, got: {inspect(data)}")
        return elements(data)

    def update(data: Any, next_: Any) -> Any:
        gets, updates = [], []
        for element in items_of(data):
            if not chosen(element):
                updates.append(element)
                continue
            answer = next_(element)
            if answer is POP:
                gets.append(element)
            else:
                gets.append(answer[0])
                updates.append(answer[1])
        return from_pylist(gets), from_pylist(updates)

    return _step(lambda data, next_: from_pylist([next_(x) for x in items_of(data) if chosen(x)]), update)


@module.function
def at(index: Any) -> Any:
    """Return a step to the element of a list at an index, which may be missing.

        iex> update_in([1, 2], [Access.at(1)], fn x -> x * 10 end)
        [1, 20]
    """
    return _at(index, None)


@module.function("at!")
def at_bang(index: Any) -> Any:
    """Return a step to the element of a list at an index, which must be there.

        iex> get_in([1, 2], [Access.at!(0)])
        1
    """
    return _at(index, "at!")


def _at(index: int, strict: str | None) -> Any:
    def place_in(data: Any) -> int | None:
        if not isinstance(data, List):
            raise elixir_error("RuntimeError", message=f"Access.at/1 expected a list, got: {inspect(data)}")
        items = elements(data)
        if -len(items) <= index < len(items):
            return index % len(items)
        if strict:
            raise elixir_error("Enum.OutOfBoundsError", message="out of bounds error")
        return None

    def get_(data: Any, next_: Any) -> Any:
        if data is None:
            return next_(None)
        place = place_in(data)
        return next_(None if place is None else elements(data)[place])

    def update(data: Any, next_: Any) -> Any:
        place = place_in(data)
        items = list(elements(data))
        current = None if place is None else items[place]

        def put(new: Any) -> Any:
            return data if place is None else from_pylist([*items[:place], new, *items[place + 1 :]])

        def drop() -> Any:
            return data if place is None else from_pylist(items[:place] + items[place + 1 :])

        return _answered(next_(current), current, put, drop)

    return _step(get_, update)


@module.function
def find(predicate: Any) -> Any:
    """Return a step to the first element of a list for which `predicate` is truthy.

        iex> get_in([1, 2, 3], [Access.find(fn x -> x > 1 end)])
        2
    """

    def place_in(data: Any) -> int | None:
        for place, element in enumerate(elements(data)):
            if predicate(element) not in (None, False):
                return place
        return None

    def get_(data: Any, next_: Any) -> Any:
        place = None if data is None else place_in(data)
        return next_(None if place is None else elements(data)[place])

    def update(data: Any, next_: Any) -> Any:
        place = place_in(data)
        return (None, data) if place is None else _at(place, None)(atom("get_and_update"), data, next_)

    return _step(get_, update)


@module.function("slice")
def slice_(range: Any) -> Any:
    """Return a step to the elements of a list at the indexes of a range.

        iex> get_in([1, 2, 3, 4], [Access.slice(1..2)])
        [2, 3]
    """
    chosen = export(alias("Enum"), "slice", 2)

    def update(data: Any, next_: Any) -> Any:
        places = set(elements(chosen.fn(from_pylist(list(builtin_range(len(elements(data))))), range)))
        gets, updates = [], []
        for place, element in enumerate(elements(data)):
            if place not in places:
                updates.append(element)
                continue
            answer = next_(element)
            gets.append(element if answer is POP else answer[0])
            updates += [] if answer is POP else [answer[1]]
        return from_pylist(gets), from_pylist(updates)

    return _step(lambda data, next_: from_pylist([next_(x) for x in elements(chosen.fn(data, range))]), update)


builtin_range = range

