""":persistent_term: terms that are read often and written seldom, for all processes."""

from __future__ import annotations

from typing import Any, Final

from pyex.code.native import NativeModule
from pyex.terms.atoms import atom
from pyex.terms.errors import bad_argument
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map, decode_key, encode_key

module = NativeModule(":persistent_term", doc="Terms that all processes read.")
_terms: Final[dict[Any, Any]] = {}


@module.function
def put(key: Any, value: Any) -> Any:
    """Store a term under a key.

    iex> :persistent_term.put({MyApp, :limit}, 10)
    :ok
    iex> :persistent_term.get({MyApp, :limit})
    10
    """
    _terms[encode_key(key)] = value
    return atom("ok")


@module.function("get", arity=1)
def get(key: Any) -> Any:
    """Return the term of a key, which must be there."""
    encoded = encode_key(key)
    if encoded not in _terms:
        raise bad_argument("persistent_term", "get", (key,), a1="no persistent term stored with this key")
    return _terms[encoded]


@module.function("get", arity=2)
def get_or(key: Any, default: Any) -> Any:
    """Return the term of a key, or the default.

    iex> :persistent_term.get(:nothing_here, :none)
    :none
    """
    return _terms.get(encode_key(key), default)


@module.function("get", arity=0)
def get_all() -> Any:
    """Return all keys with their terms."""
    return from_pylist([(decode_key(key), value) for key, value in _terms.items()])


@module.function
def erase(key: Any) -> Any:
    """Take a key away; tells whether it was there.

    iex> :persistent_term.erase(:nothing_here)
    false
    """
    encoded = encode_key(key)
    found = encoded in _terms
    _terms.pop(encoded, None)
    return found


@module.function
def info() -> Any:
    """Return how many terms there are.

        iex> Map.keys(:persistent_term.info())
        [:count, :memory]
    """
    return Map.from_pairs([(atom("count"), len(_terms)), (atom("memory"), 64 * len(_terms))])
