"""Messages: order, selective receive, names, aliases, timeouts."""

from __future__ import annotations

from typing import Any

import pytest

from pyex import runtime
from pyex.runtime import timers
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError
from tests.runtime.programs import receive, received, run


def test_messages_arrive_in_the_order_in_which_they_were_sent() -> None:
    def program() -> list[Any]:
        me = runtime.self_pid()
        for number in range(5):
            runtime.send(me, number)
        return received()

    assert run(program) == [0, 1, 2, 3, 4]


def test_a_refused_message_stays_in_the_mailbox() -> None:
    def program() -> list[Any]:
        me = runtime.self_pid()
        for number in (1, 2, 3):
            runtime.send(me, number)
        cursor = runtime.begin_receive()
        while cursor.next(0) != 2:
            pass
        cursor.accept()
        return received()

    assert run(program) == [1, 3]


def test_a_receive_looks_at_each_message_once() -> None:
    looked: list[Any] = []

    def program() -> None:
        me = runtime.self_pid()
        runtime.send(me, "first")
        runtime.spawn(lambda: runtime.send(me, "second"))
        cursor = runtime.begin_receive()
        while (message := cursor.next(50)) is not runtime.TIMEOUT:
            looked.append(message)

    with_virtual_time(program)
    assert looked == ["first", "second"]


def with_virtual_time(program: Any) -> Any:
    """Run a program on a clock that jumps when everybody waits."""
    real = runtime.scheduler.clock
    runtime.scheduler.clock = runtime.VirtualClock()
    try:
        return run(program)
    finally:
        runtime.scheduler.clock = real


def test_a_receive_gives_up_after_its_timeout_in_virtual_time() -> None:
    def program() -> tuple[Any, float]:
        message = receive(3_600_000)
        return message, runtime.scheduler.clock.now()

    message, now = with_virtual_time(program)
    assert message is runtime.TIMEOUT
    assert now == pytest.approx(3600)


def test_sends_to_a_name_reach_the_process_that_has_it() -> None:
    def program() -> list[Any]:
        runtime.register(runtime.self_pid(), atom("test_receiver"))
        runtime.send(atom("test_receiver"), "hello")
        return received()

    assert run(program) == ["hello"]
    assert runtime.whereis(atom("test_receiver")) is None


def test_a_name_belongs_to_one_process() -> None:
    def program() -> None:
        runtime.register(runtime.self_pid(), atom("test_name"))
        with pytest.raises(ElixirError):
            runtime.register(runtime.self_pid(), atom("test_other_name"))
        with pytest.raises(ElixirError):
            runtime.unregister(atom("test_other_name"))

    run(program)


def test_an_alias_takes_messages_until_it_is_dropped() -> None:
    def program() -> list[Any]:
        alias = runtime.make_alias()
        runtime.send(alias, 1)
        assert runtime.drop_alias(alias)
        runtime.send(alias, 2)
        assert not runtime.drop_alias(alias)
        return received()

    assert run(program) == [1]


def test_a_timer_sends_its_message_unless_it_is_cancelled() -> None:
    def program() -> list[Any]:
        me = runtime.self_pid()
        timers.send_after(20, me, "late")
        timers.send_after(10, me, "early")
        cancelled = timers.send_after(5, me, "never")
        assert timers.left(cancelled) == 5
        assert timers.cancel(cancelled) == 5
        assert timers.cancel(cancelled) is False
        return [receive(100), receive(100), receive(100)]

    assert with_virtual_time(program) == ["early", "late", runtime.TIMEOUT]


def test_another_thread_posts_through_the_door() -> None:
    import threading

    def program() -> Any:
        me = runtime.self_pid()
        poster = threading.Thread(target=lambda: runtime.scheduler.post(lambda: runtime.send(me, "posted")))
        poster.start()
        message = receive(5000)
        poster.join()
        return message

    assert run(program) == "posted"


def test_the_process_dictionary_tells_one_from_one_point_nothing() -> None:
    def program() -> list[Any]:
        runtime.put_value(1, "integer")
        runtime.put_value(1.0, "float")
        runtime.put_value(True, "boolean")
        return [runtime.get_value(1), runtime.get_value(1.0), runtime.erase_value(True), runtime.get_value(True)]

    assert run(program) == ["integer", "float", "boolean", None]


def test_the_same_program_leaves_the_same_trace() -> None:
    def program() -> list[Any]:
        trace: list[Any] = []

        def worker(name: int) -> None:
            for step in range(3):
                trace.append((name, step))
                runtime.pause(0)

        for name in range(4):
            runtime.spawn(worker, (name,))
        received()
        return trace

    assert run(program) == run(program)
