"""Many callers at once, from asyncio and from other threads: each gets its answer, and nobody waits for another's."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import pyex
from pyex import Exit, GenServer, aio, runtime
from pyex import atom as a


class Counter(GenServer):
    def handle_call(self, request: Any, sender: Any, count: Any) -> Any:  # a message without a clause: None
        match request:
            case a.next:
                return a.reply, count + 1, count + 1
            case a.never:
                return a.noreply, count
            case a.later:
                runtime.pause(0.03)
                return a.reply, a.late, count


class AsyncCounter(GenServer):
    async def handle_call(self, request: Any, sender: Any, count: Any) -> Any:
        await asyncio.sleep(0.0005 if count % 2 else 0)
        return a.reply, (request, count + 1), count + 1


@pytest.fixture
def counters() -> Iterator[list[Any]]:
    """Give four servers."""
    servers = [Counter.start(0)[1] for _ in range(4)]
    yield servers
    for server in servers:
        runtime.exit_signal(server, a.kill)
    runtime.run_ready()


def run_until_ended(threads: list[threading.Thread]) -> None:
    """Let the processes run while other threads call."""
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        runtime.run_for(0.002)


def test_many_coroutines_get_their_answers(counters: list[Any]) -> None:
    async def main() -> list[Any]:
        return list(await asyncio.gather(*(aio.call(counters[number % 4], a.next) for number in range(200))))

    assert sorted(asyncio.run(main())) == sorted(list(range(1, 51)) * 4)


def test_calls_that_come_and_go_leave_nothing_running_on_the_loop(counters: list[Any]) -> None:
    async def main() -> set[asyncio.Task[Any]]:
        for _ in range(20):
            await asyncio.gather(aio.call(counters[0], a.next), aio.call(counters[1], a.next))
            await aio.call(counters[2], a.next)
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(main()) == set()


def test_nobody_waits_for_the_answer_of_another(counters: list[Any]) -> None:
    async def main() -> list[Any]:
        order: list[Any] = []

        async def note(server: Any, request: Any) -> None:
            order.append(await aio.call(server, request))

        late = asyncio.create_task(note(counters[0], a.later))
        await asyncio.sleep(0)
        for _ in range(3):
            await note(counters[1], a.next)
        await late
        return order

    assert asyncio.run(main()) == [1, 2, 3, a.late]


def test_a_call_that_is_cancelled_or_too_late_disturbs_no_other(counters: list[Any]) -> None:
    async def main() -> Any:
        cancelled = asyncio.create_task(aio.call(counters[0], a.never, None))
        await asyncio.sleep(0.001)
        cancelled.cancel()
        with pytest.raises(Exit):
            await aio.call(counters[0], a.never, 1)
        return await aio.call(counters[0], a.next)

    assert asyncio.run(main()) == 1


def test_a_server_with_coroutines_takes_one_call_after_the_other() -> None:
    _, server = AsyncCounter.start(0)

    async def main() -> list[Any]:
        return list(await asyncio.gather(*(aio.call(server, number) for number in range(20))))

    assert asyncio.run(main()) == [(number, number + 1) for number in range(20)]
    runtime.exit_signal(server, a.kill)
    runtime.run_ready()


def in_a_loop(server: Any, answers: list[Any]) -> None:
    async def main() -> None:
        answers.extend(await asyncio.gather(*(aio.call(server, a.next) for _ in range(25))))

    asyncio.run(main())


def one_by_one(server: Any, answers: list[Any]) -> None:
    for _ in range(25):
        answers.append(pyex.call(server, a.next))


@pytest.mark.parametrize("body", [one_by_one, in_a_loop])
def test_many_threads_get_their_answers(counters: list[Any], body: Callable[[Any, list[Any]], None]) -> None:
    answers: list[Any] = []
    run_until_ended([threading.Thread(target=body, args=(counters[0], answers)) for _ in range(8)])
    assert sorted(answers) == list(range(1, 201))


def test_a_thread_hears_of_the_end_of_the_server_it_calls(counters: list[Any]) -> None:
    heard: list[Any] = []

    def call() -> None:
        try:
            pyex.call(counters[0], a.never, None)
        except Exit as ended:
            heard.append(ended.reason[0])

    def kill() -> None:
        runtime.pause(0.002)
        runtime.exit_signal(counters[0], a.kill)

    runtime.spawn(kill)
    run_until_ended([threading.Thread(target=call) for _ in range(3)])
    assert len(heard) == 3
    assert set(heard) <= {a.killed, a.noproc}
