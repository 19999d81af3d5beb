"""Kernel's functions that stand for `:erlang`'s, and which of `:erlang`'s a guard may call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pyex.compiler.expand.words import ERLANG, PIPE, is_call, is_list, remote
from pyex.terms.atoms import atom
from pyex.terms.lists import EMPTY, from_iterable, split_tail

_SAME: Final = """
    + +1 - -1 * / ++ -- < > >= == abs/1 apply/2 apply/3 binary_part/3 bit_size/1 byte_size/1 ceil/1 div exit/1 floor/1
    hd/1 is_atom/1 is_binary/1 is_bitstring/1 is_boolean/1 is_float/1 is_function/1 is_function/2 is_integer/1 is_list/1
    is_map/1 is_number/1 is_pid/1 is_port/1 is_reference/1 is_tuple/1 length/1 make_ref/0 map_size/1 max min node/0
    node/1 not/1 rem round/1 self/0 send spawn/1 spawn/3 spawn_link/1 spawn_link/3 spawn_monitor/1 spawn_monitor/3
    throw/1 tl/1 trunc/1 tuple_size/1
"""
_RENAMED: Final = {
    ("!=", 2): "/=",
    ("!==", 2): "=/=",
    ("===", 2): "=:=",
    ("<=", 2): "=<",
    ("elem", 2): "element",
    ("put_elem", 3): "setelement",
    ("is_map_key", 2): "is_map_key",
}
_GUARDS: Final = """
    + - * / +1 -1 < > >= =< == /= =:= =/= abs/1 and or xor not/1 andalso orelse band bor bxor bnot/1 bsl bsr
    binary_part/2 binary_part/3 bit_size/1 byte_size/1 ceil/1 div element floor/1 float/1 hd/1 is_atom/1 is_binary/1
    is_bitstring/1 is_boolean/1 is_float/1 is_function/1 is_function/2 is_integer/1 is_list/1 is_map/1 is_map_key/2
    is_number/1 is_pid/1 is_port/1 is_record/2 is_record/3 is_reference/1 is_tuple/1 length/1 map_get/2 map_size/1
    max min node/0 node/1 rem round/1 self/0 size/1 tl/1 trunc/1 tuple_size/1
"""


def _read(text: str) -> frozenset[tuple[str, int]]:
    found = set()
    for word in text.split():
        if word in ("+1", "-1"):
            found.add((word[0], 1))
        elif len(word) > 2 and word[-2] == "/" and word[-1].isdigit():
            found.add((word[:-2], int(word[-1])))
        else:
            found.add((word, 2))
    return frozenset(found)


INLINED: Final = {**{key: key[0] for key in _read(_SAME)}, **_RENAMED}
"""Kernel's (name, arity) to the name of the same function in `:erlang`."""

BITWISE: Final = {
    **{(name, 2): name for name in ("band", "bor", "bxor", "bsl", "bsr")},
    ("bnot", 1): "bnot",
    ("&&&", 2): "band",
    ("|||", 2): "bor",
    ("^^^", 2): "bxor",
    ("<<<", 2): "bsl",
    (">>>", 2): "bsr",
    ("~~~", 1): "bnot",
}
"""Bitwise's (name, arity) to the name of the same function in `:erlang`."""

GUARDS: Final = _read(_GUARDS)
"""What a guard may call of `:erlang`."""


def inline(name: str, meta: Any, args: list[Any], table: Mapping[tuple[str, int], str] = INLINED) -> Any:
    """Return the `:erlang` call that stands for a call of Kernel's (or Bitwise's), or None."""
    target = table.get((name, len(args)))
    if target is None:
        return None
    if target == "element":
        args = [_one_more(args[1], meta), args[0]]
    elif target == "setelement":
        args = [_one_more(args[1], meta), args[0], args[2]]
    elif target == "is_map_key":
        args = [args[1], args[0]]
    return remote(ERLANG, target, meta, args)


def _one_more(index: Any, meta: Any) -> Any:
    return index + 1 if type(index) is int else remote(ERLANG, "+", meta, [index, 1])


def in_match(name: str, args: list[Any]) -> Any:
    """Return the pattern that an `:erlang` call means in a match (`-1`, `[1] ++ rest`), or None."""
    if len(args) == 1 and type(args[0]) in (int, float):
        return {"-": -args[0], "+": args[0]}.get(name)
    if name == "++" and len(args) == 2 and is_list(args[0]):
        front, tail = split_tail(args[0])
        if tail is EMPTY and not front:
            return args[1]
        if tail is EMPTY and not is_call(front[-1], PIPE, 2):
            rest = args[1]
            if is_list(rest):
                return from_iterable(front, rest)
            *before, last = front
            return from_iterable([*before, (atom("|"), EMPTY, from_iterable([last, rest]))])
    return None
