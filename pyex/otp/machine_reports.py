"""What is logged when a state machine or an event handler ends badly, in the words of Elixir's logger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyex.otp.log import log
from pyex.otp.looping import CALL
from pyex.otp.reports import client_lines, indented, stop_text
from pyex.terms.inspect import inspect
from pyex.terms.lists import Cons, from_pylist

if TYPE_CHECKING:
    from pyex.otp.state_machine import Machine


def machine_terminating(machine: Machine, reason: Any, exit_frames: list[Any], events: list[Any]) -> None:
    """Log `:gen_statem … terminating`: why and where it said `exit`, the events that wait, the state, and whether the client lives."""
    name = inspect(machine.name if machine.name is not None else machine.process.pid)
    waiting = [_shown(event) for event in [*events, *machine.queue] if type(event) is tuple]
    log(
        "error",
        "\n".join([
            f":gen_statem {name} terminating",
            stop_text(reason),
            *indented(exit_frames),
            f"Queue: {inspect(from_pylist(waiting))}",
            f"Postponed: {inspect(from_pylist([_shown(event) for event in machine.postponed]))}",
            f"State: {inspect(machine.state)}",
            f"Callback mode: {inspect(machine.mode)}, state_enter: {'true' if machine.enters else 'false'}",
            *_clients(events),
        ]),
    )


def _shown(event: tuple[Any, Any]) -> tuple[Any, Any]:
    kind, content = event
    if type(kind) is tuple and type(kind[1]) is tuple and type(kind[1][1]) is Cons:
        kind = kind[0], (kind[1][0], kind[1][1].tail)
    return kind, content


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
    )
