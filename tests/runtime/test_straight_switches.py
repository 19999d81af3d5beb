"""Processes that switch straight to one another keep nobody waiting: not timers, other threads, or who runs them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pyex import runtime
from pyex.runtime.process import NORMAL
from pyex.runtime.system import KILL
from tests.runtime.programs import run


@contextmanager
def two_that_never_stop() -> Iterator[list[int]]:
    """Have two processes send a message to and fro; gives the count of their switches."""
    count = [0]

    def answer() -> None:
        while True:
            sender = runtime.first_message()
            count[0] += 1
            runtime.send(sender, runtime.self_pid())

    one, other = runtime.spawn(answer), runtime.spawn(answer)
    runtime.send(one, other)
    try:
        yield count
    finally:
        runtime.exit_signal(one, KILL)
        runtime.exit_signal(other, KILL)
        runtime.run_ready()


def test_a_timer_is_heard() -> None:
    with two_that_never_stop():
        waiting = runtime.spawn(lambda: runtime.pause(0.002))
        runtime.run(until=lambda: not runtime.is_alive(waiting))
        assert runtime.exit_reason(waiting) is NORMAL


def test_another_thread_is_heard() -> None:
    heard: list[str] = []
    with two_that_never_stop():
        thread = threading.Thread(target=lambda: runtime.scheduler.post(lambda: heard.append("here")))
        thread.start()
        runtime.run(until=lambda: bool(heard))
        thread.join()
    assert heard == ["here"]


def test_the_condition_of_who_runs_them_is_looked_at_often() -> None:
    with two_that_never_stop() as count:
        runtime.run(until=lambda: count[0] >= 100)
        assert 100 <= count[0] < 150


def test_heed_has_the_condition_looked_at_before_anybody_else_runs() -> None:
    seen: list[Any] = []

    def tell() -> None:
        seen.append(len(seen))
        runtime.scheduler.heed()
        runtime.first_message()

    pids = [runtime.spawn(tell) for _ in range(5)]
    runtime.run(until=lambda: bool(seen))
    assert seen == [0]
    for pid in pids:
        runtime.send(pid, "go on")
    runtime.run_ready()


def test_a_message_that_is_refused_keeps_its_place() -> None:
    def program() -> list[Any]:
        me = runtime.self_pid()
        for number in (1, 2, 3):
            runtime.send(me, number)
        first = runtime.first_message()
        cursor = runtime.refused(first)
        assert cursor.next() == 2
        cursor.accept()
        return [first, runtime.first_message(), runtime.first_message()]

    assert run(program) == [1, 1, 3]
