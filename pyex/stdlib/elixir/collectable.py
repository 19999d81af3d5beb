"""The Collectable protocol: what `Enum.into` and `for … into:` can fill."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import MAP_SET
from pyex.stdlib.elixir.string_chars import implementation
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import argument_error, bad_argument, elixir_error
from pyex.terms.functions import export
from pyex.terms.lists import List, from_pylist, to_pylist
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
    if not (isinstance(collectable, List) or type(collectable) is Map or is_binary(collectable)):
        raise elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=collectable, description="")

    def collector(acc: Any, command: Any) -> Any:
        if type(command) is tuple:
            return [*acc, command[1]] if type(acc) is list else acc
        return _filled(collectable, acc) if command is DONE else atom("ok")

    return [], collector


@module.function(doc=False)
def collect(items: Any, collectable: Any) -> Any:
    """Put a list's elements into a collectable: `Enum.into` without a step for each element where that can be."""
    if type(collectable) is Map and collectable.struct not in (None, MAP_SET):
        return _collected(collectable, to_pylist(items))
    if isinstance(collectable, List) or type(collectable) is Map or is_binary(collectable):
        return _filled(collectable, to_pylist(items))
    return _collected(collectable, to_pylist(items))


def _filled(collectable: Any, items: list[Any]) -> Any:
    """Put elements into a list, map, MapSet or binary."""
    if isinstance(collectable, List):
        return from_pylist([*to_pylist(collectable), *items])
    if type(collectable) is not Map:
        for item in items:
            if not is_binary(item):
                raise argument_error(f"collecting into a binary requires a bitstring, got: {item!r}")
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
    name = "List" if isinstance(value, List) else "Map" if type(value) is Map else "BitString" if is_binary(value) else None
    return alias(f"Collectable.{name}") if name else None


@module.function("impl_for!")
def impl_for_bang(value: Any) -> Any:
    """Return the module that implements Collectable for a value; raises Protocol.UndefinedError.

        iex> Collectable.impl_for!([])
        Collectable.List
    """
    found = impl_for(value)
    if found is None:
        raise elixir_error("Protocol.UndefinedError", protocol=PROTOCOL, value=value, description="")
    return found
