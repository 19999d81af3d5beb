"""Small programs of processes, run to their end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyex import runtime


def run(body: Callable[[], Any]) -> Any:
    """Run a function in a process of its own, let all others run to their end, and return its result."""
    results: list[Any] = []
    pid = runtime.spawn(lambda: results.append(body()))
    runtime.run(until=lambda: not runtime.is_alive(pid))
    runtime.run_ready()
    assert results, f"the process ended: {runtime.exit_reason(pid)!r}"
    return results[0]


def receive(timeout: Any = 0) -> Any:
    """Take the oldest message; TIMEOUT when there is none."""
    cursor = runtime.begin_receive()
    message = cursor.next(timeout)
    if message is not runtime.TIMEOUT:
        cursor.accept()
    return message


def received() -> list[Any]:
    """Take all messages that are there once everybody else has run."""
    runtime.pause(0)
    messages = []
    while (message := receive(1)) is not runtime.TIMEOUT:
        messages.append(message)
    return messages


def idle() -> None:
    """Wait for ever: the body of a process that is there to be ended."""
    runtime.pause(None)
