"""What is logged when a state machine or an event handler ends badly, in the words of Elixir's logger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyex.otp.log import log
from pyex.otp.looping import CALL
from pyex.otp.report_metadata import of_behaviour
from pyex.otp.reports import client_lines, indented, is_failure, stop_text
from pyex.otp.status import TERMINATE, formatted, formatted_by_two, registered
from pyex.runtime import system
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY, from_pylist
from pyex.terms.order import identical

if TYPE_CHECKING:
    from pyex.otp.state_machine import Machine


def machine_terminating(machine: Machine, reason: Any, exit_frames: list[Any], events: list[Any]) -> None:
    """Log `:gen_statem … terminating`: why and where it said `exit`, the events that wait, the state, and whether the client lives."""
    waiting = from_pylist([event for event in [*events, *machine.queue] if type(event) is tuple])
    why, stacktrace = reason if is_failure(reason) else (reason, EMPTY)
    status = {**machine_status(machine), "queue": waiting, "reason": why}
    told = formatted(machine.module, machine.exports, status, hides="data")
    if not identical(told["reason"], why):
        reason = (told["reason"], stacktrace) if stacktrace is not EMPTY else told["reason"]
    older = formatted_by_two(machine, TERMINATE, machine.place, machine.data)
    log(
        "error",
        "\n".join([
            f":gen_statem {inspect(registered(machine))} terminating",
            stop_text(reason),
            *indented(exit_frames),
            f"Queue: {inspect(told['queue'])}",
            f"Postponed: {inspect(told['postponed'])}",
            f"State: {inspect((told['state'], told['data']) if older is None else older)}",
            f"Callback mode: {inspect(machine.mode)}, state_enter: {'true' if machine.enters else 'false'}",
            *_clients(events),
        ]),
        of_behaviour("gen_statem", machine.process.name, reason, exit_frames),
    )


def machine_status(machine: Machine) -> dict[str, Any]:
    """Return what a machine has to tell of itself, by the names that `format_status/1` is given."""
    return {
        "data": machine.data,
        "log": machine.debug.logged() if machine.debug is not None else EMPTY,
        "state": machine.place,
        "postponed": from_pylist(list(machine.postponed)),
        "timeouts": from_pylist([(timing.kind, timing.content) for timing in machine.timings.values()]),
    }


def _clients(events: list[Any]) -> list[str]:
    if not events or type(events[0][0]) is not tuple or type(events[0][0][1]) is not tuple:
        return []
    return client_lines((CALL, events[0][0][1], events[0][1]))


def handler_terminating(handler: Any, manager: Any, reason: Any, last: Any, state: Any) -> None:
    """Log `:gen_event handler … terminating`: why, the event, and the handler's state."""
    log(
        "error",
        "\n".join([
            f":gen_event handler {inspect(handler)} installed in {inspect(manager)} terminating",
            stop_text(reason),
            f"Last message: {inspect(last)}",
            f"State: {inspect(state)}",
        ]),
        of_behaviour("gen_event", system.current().name, reason, []),
    )
