"""Servers whose callbacks are `async def`: the loop runs them, the server takes one message at a time."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import pyex
from pyex import Exit, GenServer, aio, runtime
from pyex import atom as a


class Slow(GenServer):
    async def handle_call(self, request: Any, sender: Any, seen: Any) -> Any:  # noqa: RET503  # no clause: None
        match request:
            case (a.add, _):
                await asyncio.sleep(0)
                return a.reply, seen + 1, seen + 1
            case a.fail:
                await asyncio.sleep(0)
                raise ValueError("as asked")
            case a.hang:
                await asyncio.Event().wait()
            case (a.ask, other):
                return a.reply, await aio.call(other, (a.add, 1)), seen


def test_a_coroutine_answers_a_plain_program() -> None:
    _, server = Slow.start_link(0)
    assert [pyex.call(server, (a.add, 1)) for _ in range(3)] == [1, 2, 3]


def test_a_coroutine_runs_on_the_loop_of_the_program_and_its_server_stays_ordered() -> None:
    async def main() -> list[Any]:
        _, server = Slow.start_link(0)
        return list(await asyncio.gather(*(aio.call(server, (a.add, n)) for n in range(5))))

    assert asyncio.run(main()) == [1, 2, 3, 4, 5]


def test_a_coroutine_calls_another_server() -> None:
    _, server = Slow.start_link(0)
    _, other = Slow.start_link(10)
    assert pyex.call(server, (a.ask, other)) == 11


def test_what_a_coroutine_raises_ends_the_server() -> None:
    _, server = Slow.start(0)
    with pytest.raises(Exit):
        pyex.call(server, a.fail)
    assert not runtime.is_alive(server)


def test_a_request_without_a_clause_is_a_missing_clause() -> None:
    _, server = Slow.start(0)
    with pytest.raises(Exit) as caught:
        pyex.call(server, a.unknown)
    assert "function_clause" in str(caught.value.reason)


def test_a_server_that_is_killed_while_its_coroutine_waits_is_gone_at_once() -> None:
    _, server = Slow.start(0)
    with pytest.raises(Exit):
        pyex.call(server, a.hang, timeout=5)
    runtime.exit_signal(server, a.kill)
    runtime.run_ready(0.01)
    assert not runtime.is_alive(server)


def test_who_waits_for_ever_waits_for_a_coroutine_too() -> None:
    _, server = Slow.start_link(0)
    assert pyex.call(server, (a.add, 1), timeout=None) == 1
    assert pyex.run(lambda: pyex.call(server, (a.add, 1), timeout=None)) == 2
