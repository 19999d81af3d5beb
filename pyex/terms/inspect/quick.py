"""The text of small terms, without building a document: what most values at a prompt and in logs are."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import Atom
from pyex.terms.inspect.documents import DECIMAL, is_keyword
from pyex.terms.inspect.literals import atom_text, charlist_text, escape, key_text, printable
from pyex.terms.inspect.opts import Opts
from pyex.terms.lists import EMPTY, Cons, EmptyList, split_tail
from pyex.terms.maps import STRUCT, Map
from pyex.terms.numbers import float_to_inspected
from pyex.terms.pids import Pid, Reference

_MOST_ITEMS: Final = 24
_MOST_CHARACTERS: Final = 1000


class _TooLarge(Exception):
    """The term needs the full way."""


def quick_text(term: Any, opts: Opts, width: int) -> str | None:
    """Return the text of a small plain term on one line, or None when it needs the full way."""
    limit = opts.limit
    if (
        opts.colors
        or opts.custom_options is not EMPTY
        or opts.inspect_fun is not None
        or (type(limit) is int and limit < _MOST_ITEMS)
        or opts.base is not DECIMAL
        or opts.charlists.name != "infer"
        or opts.binaries.name != "infer"
        or type(opts.printable_limit) is int
        and opts.printable_limit < _MOST_CHARACTERS
    ):
        return None
    try:
        text = _text(term, _MOST_ITEMS)
    except _TooLarge:
        return None
    return text if len(text) <= width and (text.isascii() or len(text.encode()) <= width) else None


def _text(term: Any, room: int) -> str:
    kind = type(term)
    if kind is int:
        return str(term)
    if kind is str:
        if len(term) > _MOST_CHARACTERS or not printable(term):
            raise _TooLarge
        return f'"{escape(term)}"'
    if kind is Atom or term is None or kind is bool:
        return atom_text(term)
    if kind is tuple:
        return "{" + ", ".join(_texts(term, room)) + "}"
    if kind is Cons or kind is EmptyList:
        return _list_text(term, room)
    if kind is Map:
        return _map_text(term, room)
    if kind is float:
        return float_to_inspected(term)
    if kind is Pid or kind is Reference:
        return repr(term)
    raise _TooLarge


def _texts(items: Any, room: int) -> list[str]:
    left = room - len(items)
    if left < 0:
        raise _TooLarge
    return [_text(item, left) for item in items]


def _list_text(term: Any, room: int) -> str:
    if term is EMPTY:
        return "[]"
    items, tail = split_tail(term)
    if len(items) > room or tail is not EMPTY:
        raise _TooLarge
    if type(items[0]) is int:
        text = charlist_text(items)
        if text is not None:
            return f'~c"{escape(text)}"'
    if is_keyword(items):
        return "[" + _pairs(items, room) + "]"
    return "[" + ", ".join(_texts(items, room)) + "]"


def _pairs(pairs: list[Any], room: int) -> str:
    values = _texts([value for _, value in pairs], room)
    return ", ".join([f"{key_text(pair[0])} {value}" for pair, value in zip(pairs, values, strict=True)])


def _map_text(term: Map, room: int) -> str:
    if len(term) > room or STRUCT in term._data:
        raise _TooLarge
    pairs = term.pairs()
    if is_keyword(pairs):
        return "%{" + _pairs(pairs, room) + "}"
    left = room - len(pairs)
    return "%{" + ", ".join([f"{_text(key, left)} => {_text(value, left)}" for key, value in pairs]) + "}"
