"""What the event of a report tells besides its text: where on the BEAM it would be made, and what the process died of."""

from __future__ import annotations

from typing import Any, Final

from pyex.terms.atoms import alias, atom
from pyex.terms.exceptions import normalize
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, charlist, elixir_list, from_pylist
from pyex.terms.maps import Map
from pyex.terms.stacktrace import is_stacktrace

ERROR_LOGGER: Final = atom("error_logger")
TAG: Final = atom("tag")
DOMAIN: Final = atom("domain")
REPORT: Final = atom("report_cb")
_OTP: Final = atom("otp")
_ELIXIR: Final = elixir_list(_OTP, atom("elixir"))
_PLACES: Final = {
    "gen_server": ("error_info", 8, 2646),
    "gen_statem": ("error_info", 7, 4975),
    "gen_event": ("report_error", 5, 2116),
}
"""Where each behaviour of Erlang's reports from: function, arity and line."""


def crash_reason(reason: Any, exit_frames: list[Any]) -> tuple[Any, Any]:
    """Return what a process died of as `crash_reason` has it: an exception or a reason, and the stack trace."""
    if type(reason) is tuple and len(reason) == 2 and (reason[1] is EMPTY or is_stacktrace(reason[1])):
        bare, stacktrace = reason
        known = normalize(bare, stacktrace)
        return (bare if known.struct is alias("ErlangError") else known), stacktrace
    return reason, from_pylist(exit_frames)


def of_behaviour(behaviour: str, name: Any, reason: Any, exit_frames: list[Any]) -> dict[Any, Any]:
    """Return the metadata of the bad end of a server, a state machine or an event handler, in a process with a name."""
    function, arity, line = _PLACES[behaviour]
    module = atom(behaviour)
    tagged = Map.from_pairs([(TAG, atom("error")), (REPORT, export(module, "format_log", 1))])
    found = {
        ERROR_LOGGER: tagged,
        atom("line"): line,
        atom("file"): charlist(behaviour + ".erl"),
        DOMAIN: elixir_list(_OTP),
        atom("mfa"): (module, atom(function), arity),
        REPORT: export(module, "format_log", 2),
        atom("crash_reason"): crash_reason(reason, exit_frames),
    }
    return found if name is None else {**found, atom("registered_name"): name}


def of_task(callers: Any, reason: Any, exit_frames: list[Any]) -> dict[Any, Any]:
    """Return the metadata of the bad end of a task."""
    return {
        ERROR_LOGGER: Map.from_pairs([(TAG, atom("error_msg"))]),
        DOMAIN: _ELIXIR,
        REPORT: export(alias("Task.Supervised"), "format_report", 1),
        atom("callers"): callers,
        atom("crash_reason"): crash_reason(reason, exit_frames),
    }


def of_process(reason: Any) -> dict[Any, Any]:
    """Return the metadata of the bad end of a process without a behaviour, which the emulator itself reports."""
    bare, stacktrace = reason
    return {
        ERROR_LOGGER: Map.from_pairs([(atom("emulator"), True), (TAG, atom("error"))]),
        atom("crash_reason"): (normalize(bare, stacktrace), stacktrace),
    }


def of_unexpected() -> dict[Any, Any]:
    """Return the metadata of a message that a server did not expect."""
    return {
        ERROR_LOGGER: Map.from_pairs([(TAG, atom("error_msg"))]),
        DOMAIN: _ELIXIR,
        REPORT: export(alias("GenServer"), "format_report", 1),
    }
