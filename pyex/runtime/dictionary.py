"""The process dictionary; its keys are told apart as `===` tells them."""

from __future__ import annotations

from typing import Any

from pyex.runtime.process import ANCESTORS, INITIAL_CALL, Process
from pyex.runtime.system import current
from pyex.terms.maps import decode_key, encode_key


def put_value(key: Any, value: Any, default: Any = None) -> Any:
    """Set a key of the running process; returns the old value."""
    entries = current().dictionary
    encoded = encode_key(key)
    old = entries.get(encoded, default)
    entries[encoded] = value
    return old


def get_value(key: Any, default: Any = None) -> Any:
    """Return the value of a key of the running process."""
    process = current()
    encoded = encode_key(key)
    held = process.dictionary
    if encoded not in held and (key is INITIAL_CALL or key is ANCESTORS):
        return dict(process.origin()).get(key, default)
    return held.get(encoded, default)


def erase_value(key: Any, default: Any = None) -> Any:
    """Take a key out; returns the value that it had."""
    return current().dictionary.pop(encode_key(key), default)


def dictionary_pairs(process: Process | None = None) -> list[tuple[Any, Any]]:
    """Return (key, value) of the dictionary of the running process, or of another."""
    process = process or current()
    held = process.dictionary
    origin = [pair for pair in process.origin() if pair[0] not in held]
    return origin + [(decode_key(key), value) for key, value in held.items()]
