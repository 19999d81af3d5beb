"""The Enumerable protocol, and how the library walks what is enumerable.

Lists, maps, ranges, MapSets, streams and Python iterables are walked by Python loops (`elements`,
`iterate`); a user's struct through its own `Enumerable.reduce/3`, suspended after each element when the walk must be
lazy.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.code.server import ensure_loaded
from pyex.compiler.emit.support import iteration
from pyex.stdlib.protocols import complete
from pyex.terms.atoms import Atom, alias, atom
from pyex.terms.errors import bad_argument, elixir_error, erlang_error, function_clause
from pyex.terms.functions import Export, arity_of, export, is_function
from pyex.terms.lists import EMPTY, Cons, EmptyList, List, from_pylist, split_tail
from pyex.terms.maps import STRUCT, Map, encode_keys
from pyex.terms.order import identical
from pyex.terms.rounds import Loop

module = NativeModule(
    "Enumerable",
    doc="The protocol of everything that `Enum` and `Stream` can walk.",
    behaviour=[("count", 1), ("member?", 2), ("reduce", 3), ("slice", 1)],
)

ENUMERABLE: Final = alias("Enumerable")
RANGE: Final = alias("Range")
MAP_SET: Final = alias("MapSet")
STREAM: Final = alias("Stream")
CONT: Final = atom("cont")
HALT: Final = atom("halt")
SUSPEND: Final = atom("suspend")
DONE: Final = atom("done")
HALTED: Final = atom("halted")
SUSPENDED: Final = atom("suspended")
OK: Final = atom("ok")
ERROR: Final = atom("error")


class Stage:
    """A function that a stream applies: its text, and a fresh walk of all that has passed it.

    The walk is Python's: a stage knows what comes to it, and only the last one of a stream is asked.
    """

    __slots__ = ("elixir_text", "make")

    def __init__(self, text: str, make: Callable[[], Iterator[Any]]) -> None:
        self.elixir_text = f"#Function<{text}>"
        self.make = make

    def __call__(self, reducer: Any) -> Any:
        """Fail: a stage turns no reducer into another."""
        raise erlang_error("undef")


def stream_struct(enum: Any, stage: Stage | None = None) -> Map:
    """Return `%Stream{}` of an enumerable with one more function applied to it, or with none."""
    funs: Any = EMPTY
    if type(enum) is Map and enum.struct is STREAM:
        enum, funs = enum[_ENUM], enum[_FUNS]
    if stage is not None:
        funs = Cons(stage, funs)
    return Map({STRUCT: STREAM, _ENUM: enum, _FUNS: funs, _ACCS: EMPTY, DONE: None})


def _streamed(stream: Map) -> Iterator[Any]:
    """Walk what a `%Stream{}` lets pass."""
    funs = stream[_FUNS]
    return iterate(stream[_ENUM]) if funs is EMPTY else funs.head.make()


class Lazy:
    """A native stream: `make()` starts a fresh walk. It is a function of arity 2 to Elixir, as streams are."""

    __slots__ = ("make", "name")

    def __init__(self, make: Callable[[], Iterator[Any]], name: str) -> None:
        self.make = make
        self.name = name

    def __call__(self, acc: Any, fun: Any) -> Any:
        """Reduce the stream, as calling the function that a stream is does."""
        return reduce_iterator(self.make(), acc, fun)

    @property
    def elixir_text(self) -> str:
        """The text of a stream."""
        return f"#Function<{_FUNCTIONS.get(self.name, _TRANSFORM)}>"


_TRANSFORM: Final = "61.117496853/2 in Stream.transform/3"
_UNFOLD: Final = "64.117496853/2 in Stream.unfold/2"
_FUNCTIONS: Final = {
    "prewalker": "40.7780521/2 in Macro.prewalker/1",
    "postwalker": "36.7780521/2 in Macro.postwalker/1",
    **dict.fromkeys(("cycle", "duplicate", "from_index", "interval", "iterate", "timer", "unfold"), _UNFOLD),
    **dict.fromkeys(("zip", "zip_with"), "10.92653516/2 in Stream.Reducers.zip_with/2"),
    "async_stream": "3.115098155/2 in Task.build_stream/3",
    "into": "47.117496853/2 in Stream.into/3",
    "repeatedly": "52.117496853/2 in Stream.repeatedly/1",
    "resource": "53.117496853/2 in Stream.resource/3",
    "take": "58.117496853/2 in Stream.take_after_guards/2",
}
"""How streams that are no structs are shown, by the function that makes them; all others are transformations."""


def not_enumerable(value: Any) -> Exception:
    """Return Protocol.UndefinedError for a value that cannot be walked."""
    return elixir_error("Protocol.UndefinedError", protocol=ENUMERABLE, value=value, description="")


def pairs(map_: Map) -> list[tuple[Any, Any]]:
    """Return the pairs of a map in the order in which Elixir walks it."""
    return map_.pairs()


def python_range(value: Map) -> range:
    """Return the Python range of an Elixir range."""
    first, last, step = value[_FIRST], value[_LAST], value[_STEP]
    return range(first, last + (1 if step > 0 else -1), step)


_FIRST: Final = atom("first")
_LAST: Final = atom("last")
_STEP: Final = atom("step")
_MAP: Final = atom("map")
_ENUM: Final = atom("enum")
_FUNS: Final = atom("funs")
_ACCS: Final = atom("accs")
_WALKED: Final = (None, RANGE, MAP_SET, STREAM)
"""The structs that the library walks itself, and maps."""


def walked(value: Any) -> Iterable[Any]:
    """Return what a loop goes through once: elements are made while it goes on, where they need not be there before."""
    kind = type(value)
    if kind is Cons and value._source is not None:
        items: list[Any]
        items, start = value._source
        return items[start:] if start else items
    if kind is Map:
        name = value.struct
        if name is None:
            return folded(value)
        if name is RANGE:
            return python_range(value)
        if name is STREAM:
            return _streamed(value)
    if kind is Lazy or kind is zip:
        return iterate(value)
    return elements(value)


def folded(value: Any) -> list[Any]:
    """Return the elements as `elements` does, in the order in which a fold meets them: large maps have two."""
    return value.folded() if type(value) is Map and value.struct is None else elements(value)


def in_turn(value: Any) -> Iterator[Any]:
    """Return what `iterate` does, in the order in which a fold meets it."""
    return iter(value.folded()) if type(value) is Map and value.struct is None else iterate(value)


def remembered(value: Any) -> tuple[list[Any], Iterable[Any]]:
    """Return the elements, and what a loop goes through once that asks for each of them: afterwards both are whole."""
    found = walked(value)
    if type(found) is list:
        return found, found
    items: list[Any] = []
    return items, (element for element in found if items.append(element) is None)  # type: ignore[func-returns-value]


def elements(value: Any) -> list[Any]:
    """Return the elements of any enumerable as a Python list, which must not be changed.

    Raises Protocol.UndefinedError when the value is not enumerable.
    """
    kind = type(value)
    if kind is Cons:
        items, tail = split_tail(value)
        if tail is not EMPTY:
            raise elixir_error("FunctionClauseError", module=alias("Enum"), function=atom("reduce"), arity=3)
        return items
    if kind is EmptyList:
        return []
    if kind is Map:
        name = value.struct
        if name is None:
            return pairs(value)
        if name is RANGE:
            return list(python_range(value))
        if name is MAP_SET:
            return [key for key, _ in pairs(value[_MAP])]
        if name is not STREAM and implementation(name) is not None:
            return _collected(value, name)
    return list(iterate(value))


def results(fun: Any, items: Iterable[Any]) -> list[Any]:
    """Return what a function gives for each item; a remote function's entry is read instead of called."""
    if type(fun) is Loop:
        return fun.over(items)
    if type(fun) is Export and fun.arity == 1:
        return [fun.fn(item) for item in items]
    return [fun(item) for item in items]


def stored_results(fun: Any, items: Iterable[Any]) -> list[Any]:
    """Return what a function gives for each item, as a dict of the library's holds it: as keys."""
    found = results(fun, items)
    return found if type(fun) is Loop and fun.plain else encode_keys(found)


def _collected(value: Map, name: Atom) -> list[Any]:
    """Walk a user's enumerable to its end: an implementation that cannot be suspended will do."""
    items: list[Any] = []

    def collect(element: Any, acc: Any) -> Any:
        items.append(element)
        return CONT, acc

    export(alias(f"Enumerable.{name.name[7:]}"), "reduce", 3).fn(value, (CONT, None), collect)
    return items


def _up_to_tail(value: Any, items: Iterable[Any]) -> Iterator[Any]:
    """Walk an improper list, which only fails who goes on to its tail."""
    yield from items
    elements(value)


def iterate(value: Any) -> Iterator[Any]:
    """Return an iterator over any enumerable that asks for one element at a time."""
    kind = type(value)
    if kind is Lazy:
        return value.make()  # type: ignore[no-any-return]
    if isinstance(value, List):
        items, tail = split_tail(value)
        return iter(items) if tail is EMPTY else _up_to_tail(value, items)
    if kind is Map:
        name = value.struct
        if name is None or name is MAP_SET:
            return iter(elements(value))
        if name is RANGE:
            return iter(python_range(value))
        if name is STREAM:
            return _streamed(value)
        if implementation(name) is None:
            raise not_enumerable(value)
        return _suspended(lambda acc, fun: export(alias(f"Enumerable.{name.name[7:]}"), "reduce", 3).fn(value, acc, fun))
    if is_function(value, 2):
        return _suspended(value)
    if arity_of(value) is not None:
        why = "only anonymous functions of arity 2 are enumerable"
        raise elixir_error("Protocol.UndefinedError", protocol=ENUMERABLE, value=value, description=why)
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | tuple):
        return iter(value)
    return _suspended(_users_reduce(value))


def _users_reduce(value: Any) -> Callable[[Any, Any], Any]:
    """Return the reduction of a tuple, string or number as the user's own implementation does it."""
    from pyex.compiler.module.protocols import type_of

    found = implementation(type_of(value))
    if found is None:
        raise not_enumerable(value)
    return lambda acc, fun: export(found, "reduce", 3).fn(value, acc, fun)


def walk(value: Any) -> Iterable[Any]:
    """Return what a comprehension goes through: the elements of a struct, others one at a time as they are made."""
    return elements(value) if type(value) is Map and value.struct is not STREAM else iterate(value)


iteration.walker.append(walk)


def implementation(name: Atom) -> Atom | None:
    """Return the module that implements Enumerable for a struct's module, or None."""
    found = alias(f"Enumerable.{name.name.removeprefix('Elixir.')}")
    if ensure_loaded(found) is not None:
        return found
    found = alias("Enumerable.Any")
    return found if ensure_loaded(found) is not None else None


def _suspended(reduce: Callable[[Any, Any], Any]) -> Generator[Any, None, None]:
    """Walk a reducing function lazily: it is suspended after every element."""
    result = reduce((SUSPEND, None), lambda element, _acc: (SUSPEND, element))
    if type(result) is not tuple or len(result) < 2:
        raise bad_argument("erlang", "element", (2, result), a2="out of range" if type(result) is tuple else "not a tuple")
    if len(result) < 3:  # over before it has begun, with another accumulator than it was given
        raise function_clause(atom("lists"), "reverse", (result[1],))
    continuation = result[2]
    try:
        while True:
            result = continuation((CONT, None))
            if result[0] is not SUSPENDED:
                return
            continuation = result[2]
            yield result[1]
    except GeneratorExit:
        continuation((HALT, None))
        raise


def reduce_iterator(iterator: Iterator[Any], acc: Any, fun: Any) -> Any:
    """Reduce an iterator as `Enumerable.reduce/3` does: tags `:cont`, `:halt`, `:suspend` in; `:done`, … out."""
    while True:
        tag, value = acc
        if tag is CONT:
            try:
                element = next(iterator)
            except StopIteration:
                return DONE, value
            acc = fun(element, value)
        elif tag is HALT:
            close = getattr(iterator, "close", None)
            if close is not None:
                close()
            return HALTED, value
        else:
            return SUSPENDED, value, lambda acc: reduce_iterator(iterator, acc, fun)


@module.function
def reduce(enumerable: Any, acc: Any, fun: Any) -> Any:
    """Reduce the enumerable with a tagged accumulator, `{:cont, acc}`, `{:halt, acc}` or `{:suspend, acc}`.

        iex> Enumerable.reduce([1, 2], {:cont, 0}, fn x, acc -> {:cont, x + acc} end)
        {:done, 3}
    """
    if type(enumerable) is Map and enumerable.struct not in _WALKED:
        found = implementation(enumerable.struct)
        if found is None:
            raise not_enumerable(enumerable)
        return export(found, "reduce", 3).fn(enumerable, acc, fun)
    if is_function(enumerable, 2) and type(enumerable) is not Lazy:
        return enumerable(acc, fun)
    return reduce_iterator(iterate(enumerable), acc, fun)


def _delegated(enumerable: Any, name: str, *args: Any) -> Any:
    """Call a user's implementation, or return None when the value is one that the library walks itself."""
    if type(enumerable) is Map and enumerable.struct not in _WALKED:
        found = implementation(enumerable.struct)
        if found is None:
            raise not_enumerable(enumerable)
        return export(found, name, 1 + len(args)).fn(enumerable, *args)
    return None


@module.function
def count(enumerable: Any) -> Any:
    """Return `{:ok, number of elements}`, or `{:error, module}` when they can only be counted by walking.

        iex> Enumerable.count(%{a: 1})
        {:ok, 1}
    """
    answer = _delegated(enumerable, "count")
    if answer is not None:
        return answer
    if isinstance(enumerable, List):
        return OK, len(elements(enumerable))
    if type(enumerable) is Map and enumerable.struct is not STREAM:
        return OK, len(python_range(enumerable)) if enumerable.struct is RANGE else len(elements(enumerable))
    return ERROR, impl_for_bang(enumerable)


@module.function("member?")
def member(enumerable: Any, element: Any) -> Any:
    """Return `{:ok, boolean}`, or `{:error, module}` when only a walk can tell.

        iex> Enumerable.member?(1..3, 2)
        {:ok, true}
    """
    answer = _delegated(enumerable, "member?", element)
    if answer is not None:
        return answer
    if type(enumerable) is Map and enumerable.struct is not STREAM:
        return OK, contains(enumerable, element)
    return ERROR, impl_for_bang(enumerable)


def contains(map_: Map, element: Any) -> bool:
    """Tell whether a map, range or MapSet has an element, without walking it."""
    if map_.struct is RANGE:
        return type(element) is int and element in python_range(map_)
    if map_.struct is MAP_SET:
        return element in map_[_MAP]
    return type(element) is tuple and len(element) == 2 and element[0] in map_ and identical(map_[element[0]], element[1])


@module.function("slice")
def slice_(enumerable: Any) -> Any:
    """Return `{:ok, size, to_list_function}` for what can be sliced, else `{:error, module}`.

        iex> {:ok, size, _} = Enumerable.slice(1..5)
        iex> size
        5
    """
    answer = _delegated(enumerable, "slice")
    if answer is not None:
        return answer
    if type(enumerable) is Map and enumerable.struct is not STREAM:
        items = elements(enumerable)
        return OK, len(items), lambda value: from_pylist(elements(value))
    return ERROR, impl_for_bang(enumerable)


_NATIVE_NAMES: Final = ((List, "List"), (Map, "Map"), (Lazy, "Function"))


@module.function
def impl_for(value: Any) -> Any:
    """Return the module that implements Enumerable for a value, or nil.

        iex> Enumerable.impl_for(:atom)
        nil
    """
    if type(value) is Map and value.struct is not None:
        name = value.struct
        return alias(f"Enumerable.{name.name[7:]}") if name in _WALKED else implementation(name)
    for kind, kind_name in _NATIVE_NAMES:
        if isinstance(value, kind):
            return alias(f"Enumerable.{kind_name}")
    return alias("Enumerable.Function") if is_function(value) else None


impl_for_bang = complete(module, impl_for, example="[]", type="List")
