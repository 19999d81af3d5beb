"""What a server shows of itself: its state as a term, and what its `format_status/1` makes of it."""

from __future__ import annotations

from typing import Any

from pyex.terms.atoms import atom
from pyex.terms.lists import from_pylist
from pyex.terms.maps import Map


def shown_state(server: Any) -> Any:
    """Return a server's state as it is shown: those of the library's servers are objects, which tell it themselves."""
    state = server.state
    return state.shown(server.name) if isinstance(state, Telling) else state


def name_of(name: Any, pid: Any, callback: Any) -> Any:
    """Return the name of a supervisor as its state has it: how it is registered, or its pid and module."""
    if name is None:
        return pid, callback
    return name if type(name) is tuple else (atom("local"), name)


class Telling:
    """Base of the states of the library's own servers."""

    def shown(self, name: Any) -> Any:
        """Return the state as `:sys.get_state/1` shows it, of a server with a name."""
        raise NotImplementedError


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
