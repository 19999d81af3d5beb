"""What comprehensions go through, and what they are collected into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from pyex.compiler.emit.support.access import MISSING
from pyex.compiler.emit.support.bits import Reader, joined_bits, reader
from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import is_bitstring
from pyex.terms.errors import ElixirError
from pyex.terms.functions import Export, export
from pyex.terms.lists import Cons, EmptyList, from_pylist, split_tail
from pyex.terms.maps import STRUCT, Map, encode_key
from pyex.terms.rounds import FEEDS

_REDUCE: Final = export(alias("Enumerable"), "reduce", 3)
_INTO: Final = export(alias("Enum"), "into", 2)
_RANGE: Final = alias("Range")
_BAD_GENERATOR: Final = atom("bad_generator")


walker: Final[list[Callable[[Any], Iterable[Any]]]] = []
"""The library's way through any enumerable; the Enumerable module puts it here when it is loaded."""


def elements(value: Any) -> Iterable[Any]:
    """Return the elements of an enumerable for a Python loop."""
    kind = type(value)
    if kind is Cons:
        items, tail = split_tail(value)
        if type(tail) is EmptyList:
            return items
    elif kind is EmptyList:
        return ()
    elif kind is Map:
        module = value._data.get(STRUCT)
        if module is None:
            pairs: Iterable[Any] = value.pairs()
            return pairs
        if module is _RANGE:
            first, last, step = (value[atom(name)] for name in ("first", "last", "step"))
            return range(first, last + (1 if step > 0 else -1), step)
    elif kind is zip:
        return value  # type: ignore[no-any-return]
    if not walker:
        Export.resolve(_REDUCE, (value,))
    return walker[0](value)


def collect(items: list[Any], target: Any) -> Any:
    """Return a collectable with the items put into it: `into:`."""
    kind = type(target)
    if kind is EmptyList:
        return from_pylist(items)
    if kind is Map and STRUCT not in target._data:
        pairs = [item for item in items if type(item) is tuple and len(item) == 2]
        if len(pairs) == len(items):
            return Map.from_pairs([*target.items(), *pairs])
    if kind is str and all(is_bitstring(item) for item in items):
        return joined_bits(target, *items)
    return _INTO.fn(from_pylist(items), target)


def feed(entry: Export, *args: Any) -> Any:
    """Call a function of the library whose list nobody sees but a loop: its elements may be made as the loop goes on."""
    return FEEDS.get(entry.fn, entry.fn)(*args)


def put_pair(found: dict[Any, Any], pair: Any) -> None:
    """Put a pair into the dict of a map; what is none stands under MISSING."""
    if type(pair) is tuple and len(pair) == 2:
        found[encode_key(pair[0])] = pair[1]
    else:
        found[MISSING] = pair


def bit_source(value: Any) -> Reader:
    """Return a reader of the bitstring that a generator goes through."""
    found = reader(value)
    if found is None:
        raise ElixirError((_BAD_GENERATOR, value))
    return found
