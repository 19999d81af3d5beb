"""The Stream module, and what its parts share."""

from __future__ import annotations

import builtins
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import Lazy, Stage, iterate, stream_struct
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.functions import is_function
from pyex.terms.lists import EMPTY
from pyex.terms.maps import Map, encode_key

module = NativeModule("Stream", doc="Lazy functions over enumerables.")
module.struct({"enum": None, "funs": EMPTY, "accs": EMPTY, "done": None})

STREAM: Final = alias("Stream")
INFINITY: Final = atom("infinity")


def lazy(name: str, walk: Callable[..., Iterator[Any]], *args: Any) -> Lazy:
    """Return the stream whose elements a generator function gives, each time anew."""
    return Lazy(lambda: walk(*args), name)


def stage(name: str, enum: Any, walk: Callable[[], Iterator[Any]]) -> Map:
    """Return the stream of what passes one function of this module on the way from an enumerable."""
    return stream_struct(enum, Stage(_STAGES[name], walk))


_STAGES: Final = {
    name: f"{index}.117496853/1 in Stream.{shown}"
    for name, index, shown in (
        ("chunk_by", 3, "chunk_while/4"),
        ("chunk_every", 3, "chunk_while/4"),
        ("chunk_while", 3, "chunk_while/4"),
        ("dedup_by", 11, "dedup_by/2"),
        ("drop", 33, "drop/2"),
        ("drop_every", 35, "drop_every/2"),
        ("drop_while", 36, "drop_while/2"),
        ("each", 38, "each/2"),
        ("filter", 39, "filter/2"),
        ("map", 49, "map/2"),
        ("map_every", 50, "map_every_after_guards/3"),
        ("reject", 51, "reject/2"),
        ("scan", 55, "scan/2"),
        ("take", 57, "take_after_guards/2"),
        ("take_every", 59, "take_every_after_guards/2"),
        ("take_while", 60, "take_while/2"),
        ("uniq_by", 66, "uniq_by/2"),
        ("with_index", 67, "with_index/2"),
    )
}
"""What inspecting a stream shows of each function that it applies."""


def natural(value: Any, name: str, *args: Any, least: int = 0) -> int:
    """Return an argument that is an integer from `least` on; raises FunctionClauseError for any other."""
    if type(value) is not int or value < least:
        raise function_clause(STREAM, name, args)
    return value


def check_function(value: Any, arity: int, name: str, *args: Any) -> None:
    """Raise FunctionClauseError unless an argument is a function of that arity."""
    if not is_function(value, arity):
        raise function_clause(STREAM, name, args)


def unchanged(enum: Any) -> Map:
    """Return the stream to which nothing is done."""
    return stream_struct(enum)


def together(enumerables: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Walk several enumerables side by side, as far as the shortest goes."""
    return builtins.zip(*[iterate(one) for one in enumerables], strict=False)


def groups(enum: Any, fun: Any) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Walk neighbours with the same result of `fun`."""
    return itertools.groupby(iterate(enum), key=lambda x: encode_key(fun(x)))
