"""The process dictionary; its keys are told apart as `===` tells them."""

from __future__ import annotations

from typing import Any

from pyex.runtime.system import current
from pyex.terms.maps import decode_key, encode_key


def put_value(key: Any, value: Any) -> Any:
    """Set a key of the running process; returns the old value, or None."""
    entries = current().dictionary
    encoded = encode_key(key)
    old = entries.get(encoded)
    entries[encoded] = value
    return old


def get_value(key: Any, default: Any = None) -> Any:
    """Return the value of a key of the running process."""
    return current().dictionary.get(encode_key(key), default)


def erase_value(key: Any, default: Any = None) -> Any:
    """Take a key out; returns the value that it had."""
    return current().dictionary.pop(encode_key(key), default)


def dictionary_pairs(entries: dict[Any, Any] | None = None) -> list[tuple[Any, Any]]:
    """Return (key, value) of the running process's dictionary, or of the one given."""
    held = current().dictionary if entries is None else entries
    return [(decode_key(key), value) for key, value in held.items()]
