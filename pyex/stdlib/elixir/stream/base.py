"""The Stream module, and what its parts share."""

from __future__ import annotations

import builtins
import itertools
from collections.abc import Callable, Iterator
from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.stdlib.elixir.enumerable import Lazy, iterate
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import function_clause
from pyex.terms.maps import encode_key

module = NativeModule("Stream", doc="Lazy functions over enumerables.")

STREAM: Final = alias("Stream")
INFINITY: Final = atom("infinity")


def _truthy(value: Any) -> bool:
    return value is not None and value is not False


def _lazy(name: str, walk: Callable[..., Iterator[Any]], *args: Any) -> Lazy:
    return Lazy(lambda: walk(*args), name)


def _natural(value: Any, name: str, *args: Any, least: int = 0) -> int:
    if type(value) is not int or value < least:
        raise function_clause(STREAM, name, args)
    return value


def _together(enumerables: list[Any]) -> Iterator[tuple[Any, ...]]:
    return builtins.zip(*[iterate(one) for one in enumerables], strict=False)


def _groups(enum: Any, fun: Any) -> Iterator[tuple[Any, Iterator[Any]]]:
    """Walk neighbours with the same result of `fun`."""
    return itertools.groupby(iterate(enum), key=lambda x: encode_key(fun(x)))
