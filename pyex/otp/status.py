"""What a server shows of itself: its state as a term, and what its `format_status` makes of it."""

from __future__ import annotations

from typing import Any, Final

from pyex.runtime.dictionary import dictionary_pairs
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, Cons, charlist, elixir_list, from_pylist
from pyex.terms.maps import Map

NORMAL: Final = atom("normal")
TERMINATE: Final = atom("terminate")


def shown_state(server: Any) -> Any:
    """Return a server's state as it is shown: those of the library's servers are objects, which tell it themselves."""
    state = server.state
    return state.shown(server.name) if isinstance(state, Telling) else state


def name_of(name: Any, pid: Any, callback: Any) -> Any:
    """Return the name of a supervisor as its state has it: how it is registered, or its pid and module."""
    if name is None:
        return pid, callback
    return name if type(name) is tuple else (atom("local"), name)


def registered(server: Any) -> Any:
    """Return what a server calls itself where it is traced or reported: what it is registered as, else its pid."""
    if server.name is None:
        return server.process.pid
    return server.name[-1] if type(server.name) is tuple else server.name


def header(server: Any, what: str) -> tuple[Any, Any]:
    """Return the first line of a status report: `Status for generic server counter`."""
    name = registered(server)
    shown = name.name if hasattr(name, "name") else inspect(name).removeprefix("#PID")
    return atom("header"), charlist(f"Status for {what} {shown}")


class Telling:
    """Base of the states of the library's own servers."""

    def shown(self, name: Any) -> Any:
        """Return the state as `:sys.get_state/1` shows it, of a server with a name."""
        raise NotImplementedError


def formatted(module: Any, exports: Any, status: dict[str, Any], *, hides: str = "state") -> dict[str, Any]:
    """Return a status as the callback module wants it shown; all of it where it has no `format_status/1`.

    Where that fails, the field that it would hide says so: what is to be hidden must not come out because the function that
    hides it is wrong.
    """
    callback = exports.get(("format_status", 1))
    if callback is None:
        return status
    try:
        answer = callback(Map.from_pairs([(atom(key), value) for key, value in status.items()]))
    except Exception:  # whatever it raises, exits with or throws is one and the same fault of its
        return {**status, hides: _failed(module, 1, "crashed")}
    if type(answer) is not Map:
        return {**status, hides: _failed(module, 1, "did not return a map")}
    return {**status, **{key.name: value for key, value in answer.items()}}


def formatted_by_two(server: Any, occasion: Any, *state: Any) -> Any:
    """Return what the older `format_status/2` makes of the process dictionary and the state; None where there is none.

    The occasion is `:normal`, or `:terminate` when the server ends.
    """
    callback = server.exports.get(("format_status", 2))
    if callback is None:
        return None
    dictionary = from_pylist(dictionary_pairs(server.process))
    try:
        return callback(occasion, elixir_list(dictionary, *state))
    except Exception:  # as above
        failed = _failed(server.module, 2, "crashed")
        if occasion is TERMINATE:
            return failed
        return elixir_list((atom("data"), elixir_list((charlist("State"), failed))))


def as_list(shown: Any) -> list[Any]:
    """Return what a status report has of `format_status/2`: a list is several items, anything else is one."""
    return list(shown) if isinstance(shown, Cons) else [] if shown is EMPTY else [shown]


def _failed(module: Any, arity: int, how: str) -> Any:
    return charlist(f"{module.name}:format_status/{arity} {how}")
