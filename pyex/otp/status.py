"""What a server shows of itself: its state as a term, and what its `format_status/1` makes of it."""

from __future__ import annotations

from typing import Any

from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map


def shown_state(state: Any) -> Any:
    """Return a state as it is shown: those of the library's servers are objects, which tell it themselves."""
    return getattr(state, "states", state)


def formatted(module: Any, exports: Any, status: dict[str, Any]) -> dict[str, Any]:
    """Return a status as the callback module wants it shown; all of it where it has no `format_status/1`, or that fails."""
    callback = exports.get(("format_status", 1))
    if callback is None:
        return status
    try:
        answer = callback(Map.from_pairs([(atom(key), value) for key, value in status.items()]))
    except Exception:
        # What is to be hidden must not come out because the function that hides it is wrong.
        return {**status, "state": from_pylist(list(f"{module.name}:format_status/1 crashed".encode()))}
    return {**status, **{key.name: value for key, value in answer.items()}} if type(answer) is Map else status
