"""Busy processes share the machine evenly, and keep nobody waiting who has little to do. With the machine's own clock."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pyex import runtime
from pyex.runtime.process import Process
from pyex.runtime.system import KILL
from tests.runtime.slices import slices_of


@pytest.fixture(autouse=True)
def short_slices() -> Iterator[None]:
    """Cut after a millisecond."""
    with slices_of(0.001):
        yield


def loop() -> None:
    while True:
        pass


def busy(count: int) -> list[Process]:
    """Start so many endless loops, and let each have its first slice."""
    processes = [runtime.spawn(loop).process for _ in range(count)]
    runtime.run(until=lambda: len(runtime.scheduler.busy) >= count)
    return processes


def end(processes: list[Process]) -> None:
    """Kill processes."""
    for process in processes:
        runtime.exit_signal(process.pid, KILL)
    runtime.run_ready()


def turns(processes: list[Process]) -> int:
    """Return how many turns processes have had."""
    return sum(process.reductions for process in processes)


@pytest.mark.slow  # a thousand slices of real time
def test_a_thousand_busy_processes_keep_nobody_waiting() -> None:
    loops = busy(1000)
    waited: list[int] = []

    def prompt() -> None:
        for _ in range(20):
            before = turns(loops)
            runtime.pause(0.0001)
            waited.append(turns(loops) - before)

    pid = runtime.spawn(prompt)
    runtime.run(until=lambda: not runtime.is_alive(pid))
    assert sorted(waited)[10] <= 2  # now and then the machine itself is late
    end(loops)


def test_busy_processes_have_their_turns_one_after_the_other() -> None:
    loops = busy(10)
    before = [process.reductions for process in loops]
    runtime.run(until=lambda: turns(loops) >= sum(before) + 40)
    had = [process.reductions - number for process, number in zip(loops, before, strict=True)]
    assert max(had) - min(had) <= 1
    end(loops)


def test_busy_processes_have_half_of_the_machine_beside_those_that_talk() -> None:
    def pong() -> None:
        while True:
            cursor = runtime.begin_receive()
            sender = cursor.next()
            cursor.accept()
            runtime.send(sender, 1)

    def ping() -> None:
        while True:
            runtime.send(ponger, runtime.self_pid())
            cursor = runtime.begin_receive()
            cursor.next()
            cursor.accept()

    loops = busy(2)
    ponger = runtime.spawn(pong)
    pinger = runtime.spawn(ping)
    before = turns(loops)
    runtime.run(until=lambda: turns(loops) >= before + 30)
    assert pinger.process.reductions > 30
    end([*loops, ponger.process, pinger.process])
