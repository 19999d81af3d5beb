"""The Collectable protocol: what `Enum.into` and `for … into:` can fill."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.compiler.emit.support.bits import joined_bits
from pyex.stdlib.elixir.enumerable import MAP_SET
from pyex.stdlib.elixir.io_warnings import warn_of_call
from pyex.stdlib.elixir.string_chars import implementation
from pyex.stdlib.protocols import complete
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import binary, is_binary, is_bitstring, to_bytes
from pyex.terms.errors import argument_error, bad_argument, elixir_error
from pyex.terms.functions import export, shown_as
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, List, from_pylist, to_pylist
from pyex.terms.maps import Map

module = NativeModule("Collectable", doc="The protocol of what elements can be collected into.", behaviour=[("into", 1)])

PROTOCOL: Final = alias("Collectable")
CONT: Final = atom("cont")
DONE: Final = atom("done")


@module.function
def into(collectable: Any) -> Any:
    """Return `{initial, collector}`; the collector takes `{:cont, element}`, `:done` or `:halt`.

        iex> {acc, fun} = Collectable.into([])
        iex> fun.(fun.(acc, {:cont, 1}), :done)
        [1]
    """
    if type(collectable) is Map and collectable.struct not in (None, MAP_SET):
        found = implementation(PROTOCOL, collectable.struct)
        if found is None:
            raise elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=collectable, description="")
        return export(found, "into", 1).fn(collectable)
    _check_list(collectable)
    if isinstance(collectable, List) or type(collectable) is Map and (collectable.struct is not None or not len(collectable)):
        return EMPTY, _collector(_list_place(collectable), _prepend, lambda acc: _filled(collectable, to_pylist(acc)[::-1]))
    if type(collectable) is Map:
        return collectable, _collector("0.39984752/2 in Collectable.Map.into/1", _put, lambda acc: acc)
    if is_binary(collectable):
        return Cons(collectable, EMPTY), _collector("0.77863640/2 in Collectable.BitString.into/1", _append, lambda acc: _filled("", _appended(acc)))
    if is_bitstring(collectable):
        return collectable, _collector(
            "1.77863640/2 in Collectable.BitString.into/1", lambda acc, element: _filled(acc, [element]), lambda acc: acc
        )
    raise elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=collectable, description="")


_NON_EMPTY: Final = (
    'the Collectable protocol is deprecated for non-empty lists. The behavior of Enum.into/2 and "for" comprehensions with an :into '
    "option is incorrect when collecting into non-empty lists. If you're collecting into a non-empty keyword list, consider using "
    "Keyword.merge/2 instead. If you're collecting into a non-empty list, consider concatenating the two lists with the ++ operator."
)


def _check_list(collectable: Any) -> None:
    if type(collectable) is Cons:
        warn_of_call(_NON_EMPTY)


def _collector(place: str, add: Callable[[Any, Any], Any], finished: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """Return the function that a collectable gives: it takes an element, or is told that they have ended."""

    def collector(acc: Any, command: Any) -> Any:
        if type(command) is tuple:
            return add(acc, command[1])
        return finished(acc) if command is DONE else atom("ok")

    shown_as(collector, place)
    return collector


def _list_place(collectable: Any) -> str:
    """Return where the function stands that collects into a list, a MapSet or an empty map."""
    if isinstance(collectable, List):
        return "0.49556281/2 in Collectable.List.into/1"
    return "0.39984752/2 in Collectable.Map.into/1" if collectable.struct is None else "0.47465656/2 in Collectable.MapSet.into/1"


def _prepend(acc: Any, element: Any) -> Any:
    return Cons(element, acc)


def _put(acc: Map, element: Any) -> Any:
    if type(element) is not tuple or len(element) != 2:
        raise argument_error(f"collecting into a map requires {{key, value}} tuples, got: {inspect(element)}")
    return acc.put(*element)


def _append(acc: Any, element: Any) -> Any:
    if not is_bitstring(element):
        raise argument_error(f"collecting into a binary requires a bitstring, got: {inspect(element)}")
    return Cons(acc, element)


def _appended(acc: Any) -> list[Any]:
    """Return the parts of `[[[first] | second] | third]`, which grows by a cell for each."""
    parts = []
    while acc.tail is not EMPTY:
        parts.append(acc.tail)
        acc = acc.head
    return [acc.head, *reversed(parts)]


@module.function(doc=False)
def collect(items: Any, collectable: Any) -> Any:
    """Put a list's elements into a collectable: `Enum.into` without a step for each element where that can be.

        iex> {acc, collector} = Collectable.collect([])
        iex> acc = collector.(acc, {:cont, :a})
        iex> collector.(acc, :done)
        ** (CompileError) cannot compile code (errors have been logged)
    """
    if type(collectable) is Map and collectable.struct not in (None, MAP_SET):
        return _collected(collectable, to_pylist(items))
    if isinstance(collectable, List) or type(collectable) is Map or is_bitstring(collectable):
        _check_list(collectable)
        return _filled(collectable, to_pylist(items))
    return _collected(collectable, to_pylist(items))


def _filled(collectable: Any, items: list[Any]) -> Any:
    """Put elements into a list, map, MapSet or binary."""
    if isinstance(collectable, List):
        return from_pylist([*to_pylist(collectable), *items])
    if type(collectable) is not Map:
        kind = "binary" if is_binary(collectable) else "bitstring"
        for item in items:
            if not is_bitstring(item):
                raise argument_error(f"collecting into a {kind} requires a bitstring, got: {inspect(item)}")
        if not all(map(is_binary, (collectable, *items))):
            return joined_bits(collectable, *items)
        return binary(to_bytes(collectable) + b"".join(map(to_bytes, items)))
    if collectable.struct is MAP_SET:
        from pyex.stdlib.elixir.map_set import make, wrap

        return wrap(collectable[atom("map")].merge(make(items)[atom("map")]))
    if any(type(item) is not tuple or len(item) != 2 for item in items):
        raise bad_argument("maps", "from_list", (from_pylist(items),))
    return collectable.merge(Map.from_pairs(items))


def _collected(collectable: Any, items: list[Any]) -> Any:
    """Put elements in by the protocol, telling the collector when a step fails."""
    acc, collector = into(collectable)
    try:
        for item in items:
            acc = collector(acc, (CONT, item))
    except BaseException:
        collector(acc, atom("halt"))
        raise
    return collector(acc, DONE)


@module.function
def impl_for(value: Any) -> Any:
    """Return the module that implements Collectable for a value, or nil.

        iex> Collectable.impl_for(1)
        nil
    """
    if type(value) is Map and value.struct is not None:
        return alias("Collectable.MapSet") if value.struct is MAP_SET else implementation(PROTOCOL, value.struct)
    name = "List" if isinstance(value, List) else "Map" if type(value) is Map else "BitString" if is_bitstring(value) else None
    return alias(f"Collectable.{name}") if name else None


complete(module, impl_for, example="[]", type="List")
