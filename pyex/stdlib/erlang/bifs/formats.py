"""The external term format, asked for with options."""

from __future__ import annotations

from typing import Any, Final

from pyex.stdlib.erlang.bifs import external
from pyex.terms.atoms import atom
from pyex.terms.binaries import binary, is_binary, to_bytes
from pyex.terms.errors import bad_argument, refused
from pyex.terms.lists import EMPTY, split_tail, to_pylist

_COMPRESSED: Final = atom("compressed")
_MINOR_VERSION: Final = atom("minor_version")
_FLAGS: Final = frozenset({_COMPRESSED, atom("deterministic"), atom("local")})
_MOST: Final = {_COMPRESSED: 9, _MINOR_VERSION: 2}
_READING: Final = frozenset({atom("safe"), atom("used")})


def _is_writing(option: Any) -> bool:
    if type(option) is tuple and len(option) == 2 and option[0] in _MOST:
        return type(option[1]) is int and 0 <= option[1] <= _MOST[option[0]]
    return option in _FLAGS


def _fault(options: Any, known: Any) -> str | None:
    """Return what is wrong with options, or None."""
    items, tail = split_tail(options)
    if not items and tail is not EMPTY:
        return "not a list"
    if not all(known(item) for item in items):
        return "invalid option in list"
    return None if tail is EMPTY else "not a proper list"


def term_to_binary(term: Any, options: Any = EMPTY) -> Any:
    """A term in the external term format."""
    return written(term, options, "term_to_binary")


def written(term: Any, options: Any, name: str) -> Any:
    """Return a term in the external term format, for the function of that name."""
    wrong = _fault(options, _is_writing)
    if wrong:
        raise bad_argument("erlang", name, (term, options), a2=wrong)
    chosen = to_pylist(options)
    settings: dict[Any, int] = dict(item for item in chosen if type(item) is tuple)
    compressed = _COMPRESSED in chosen or settings.get(_COMPRESSED, 0) > 0
    old_floats = settings.get(_MINOR_VERSION) == 0
    return binary(external.encode_whole(term, compressed=compressed, old_floats=old_floats))


def binary_to_term(data: Any, options: Any = EMPTY) -> Any:
    """The term of its external format; `:safe` makes no atom, `:used` tells how many bytes it took."""
    args = (data,) if options is EMPTY else (data, options)
    wrong = _fault(options, _READING.__contains__)
    if not is_binary(data) or wrong:
        raise refused("erlang", "binary_to_term", args, None if is_binary(data) else "not a binary", wrong)
    chosen = to_pylist(options)
    safe = atom("safe") in chosen
    try:
        term, used = external.decode_whole(to_bytes(data), safe=safe)
    except external.Malformed:
        malformed = f"invalid {'or unsafe ' if safe else ''}external representation of a term"
        raise bad_argument("erlang", "binary_to_term", args, a1=malformed) from None
    return (term, used) if atom("used") in chosen else term


def external_size(term: Any, options: Any = EMPTY) -> int:
    """The number of bytes of a term's external format."""
    wrong = _fault(options, _is_writing)
    if wrong:
        raise bad_argument("erlang", "external_size", (term, options), a2=wrong)
    return len(external.encode_whole(term))


BIFS: Final = (term_to_binary, binary_to_term, external_size)
