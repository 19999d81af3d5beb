"""What comprehensions go through, and what they are collected into."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, islice, repeat, takewhile
from operator import countOf
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


def generated(value: Any) -> Iterable[Any]:
    """Return the elements of an enumerable for a generator, which goes through a map as a fold does."""
    return value.folded() if type(value) is Map and STRUCT not in value._data else elements(value)


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


_SLICE: Final = 50_000
"""How many integers C adds up before another process may have its turn."""


def summed(items: Iterable[Any], acc: Any) -> Any:
    """Return the sum of integers and an integer, added up in C; None where anything else is among them."""
    if type(acc) is not int:
        return None
    if type(items) is range:
        return acc + len(items) * (items[0] + items[-1]) // 2 if items else acc
    if type(items) is not list:
        return None
    for some in _slices(items):
        if countOf(map(type, some), int) != len(some):
            return None
        acc = sum(some, acc)
    return acc


def running_sums(items: Iterable[Any], acc: Any) -> list[Any] | None:
    """Return all sums of an integer and so many of the integers, made in C; None where anything else is among them."""
    if type(acc) is not int or type(items) is not list:
        return None
    found: list[Any] = []
    for some in _slices(items):
        if countOf(map(type, some), int) != len(some):
            return None
        found += islice(accumulate(some, initial=acc), 1, None)
        acc = found[-1]
    return found


def _slices(items: list[Any]) -> Iterable[list[Any]]:
    if len(items) <= _SLICE:
        return (items,) if items else ()
    return (items[at : at + _SLICE] for at in range(0, len(items), _SLICE))


def whole_bytes(value: Any) -> bytes:
    """Return the bytes that a generator of them goes through; bits that are left over are none."""
    found = bit_source(value)
    return found.data[: found.size // 8] if found.position == 0 else b""


def code_points(value: Any) -> Iterator[int]:
    """Return the code points that a generator of UTF-8 goes through, up to what is none."""
    if type(value) is str and (value.isascii() or _is_whole(value)):
        return map(ord, value)
    found = bit_source(value)
    return takewhile(lambda point: point is not MISSING, (found.utf("utf8", "big") for _ in repeat(None)))


def _is_whole(text: str) -> bool:
    """Tell whether a text holds no half of a surrogate pair, which stands for a byte that is no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def bit_source(value: Any) -> Reader:
    """Return a reader of the bitstring that a generator goes through."""
    found = reader(value)
    if found is None:
        raise ElixirError((_BAD_GENERATOR, value))
    return found
