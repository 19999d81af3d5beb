"""Preemption with the real timer signal: endless loops share the machine, and can be ended."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

from pyex import runtime
from pyex.runtime.preemption import may_be_cut
from pyex.runtime.system import KILL
from tests.runtime.programs import run
from tests.runtime.slices import slices_of


@pytest.fixture(autouse=True)
def short_slices() -> Iterator[None]:
    """Cut after a millisecond, so that the tests are quick."""
    with slices_of(0.001):
        yield


def test_endless_loops_share_the_machine_and_die_of_a_signal() -> None:
    turns = [0, 0]

    def loop(place: int) -> None:
        while True:
            turns[place] += 1

    def program() -> list[bool]:
        pids = [runtime.spawn(loop, (place,)) for place in (0, 1)]
        runtime.pause(0.02)
        for pid in pids:
            runtime.exit_signal(pid, KILL)
        runtime.pause(0)
        return [runtime.is_alive(pid) for pid in pids]

    assert run(program) == [False, False]
    assert min(turns) > 0
    assert min(turns) * 20 > max(turns)


def test_a_waiting_process_has_its_turn_beside_an_endless_loop() -> None:
    def loop() -> None:
        while True:
            pass

    def program() -> float:
        pid = runtime.spawn(loop)
        started = time.monotonic()
        runtime.pause(0)
        waited = time.monotonic() - started
        runtime.exit_signal(pid, KILL)
        return waited

    assert run(program) < 0.1


def test_no_message_is_lost_while_processes_are_cut() -> None:
    def program() -> int:
        me = runtime.self_pid()
        count = 300

        def sender(name: int) -> None:
            total = 0
            for number in range(count):
                total += sum(range(100))
                runtime.send(me, (name, number))

        for name in range(4):
            runtime.spawn(sender, (name,))
        seen: dict[int, list[Any]] = {name: [] for name in range(4)}
        cursor = runtime.begin_receive()
        for _ in range(4 * count):
            name, number = cursor.next()
            cursor.accept()
            seen[name].append(number)
        return sum(numbers == list(range(count)) for numbers in seen.values())

    assert run(program) == 4


def test_what_python_calls_in_the_midst_of_the_runtime_is_not_cut() -> None:
    verdicts: list[bool] = []

    def look(frame: FrameType, event: str, arg: Any) -> None:
        if frame.f_globals["__name__"] == "pyex.runtime.system":
            verdicts.append(may_be_cut(sys._getframe()))

    def program() -> bool:
        sys.setprofile(look)
        runtime.send(runtime.self_pid(), "a message")
        sys.setprofile(None)
        return may_be_cut(sys._getframe())

    assert run(program)
    assert verdicts
    assert not any(verdicts)
