"""A process that is killed while its code runs dies at the next bytecode, whatever that code is and catches."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

import pyex
from pyex import GenServer, Supervisor, runtime
from pyex import atom as a
from pyex.code.evaluation import evaluate_file
from pyex.otp import log
from pyex.runtime.system import KILL, KILLED
from pyex.terms.functions import export
from tests.runtime.programs import run
from tests.runtime.slices import slices_of

LOOPS = b"""
defmodule Loops do
  def tail(n), do: tail(n + 1)
  def mutual(n), do: other(n)
  def other(n), do: mutual(n + 1)
  def caught(n), do: (try do tail(n) rescue _ -> :ok catch _, _ -> :ok end; caught(n))
  def after_it(n), do: (try do tail(n) after tail(n) end)
  def stream(_), do: Stream.iterate(0, &(&1 + 1)) |> Enum.each(& &1)
  def comprehension(n), do: for(_ <- Stream.cycle([n]), do: n)
  def receiving(n), do: (receive do :never -> n after 0 -> receiving(n) end)
  def sending(n), do: (send(self(), n); sending(n))
end
"""
left: list[str] = []


@pytest.fixture(autouse=True)
def short_slices(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut after a millisecond, and keep the logger silent."""
    monkeypatch.setattr(log.Console, "level", "none")
    left.clear()
    with slices_of(0.001):
        yield


def endless() -> None:
    while True:
        pass


def in_a_comprehension() -> None:
    [number + 1 for number in itertools.count()]


def in_a_generator() -> None:
    def numbers() -> Iterator[int]:
        try:
            yield from itertools.count()
        finally:
            left.append("closed")

    for _ in numbers():
        pass


def with_finally() -> None:
    try:
        endless()
    finally:
        left.append("finally")


def catching_errors() -> None:
    while True:
        with suppress(Exception):
            endless()


def catching_everything() -> None:
    while True:
        with suppress(BaseException):
            endless()


def ignoring_its_end() -> None:
    with suppress(BaseException):
        endless()
    left.append("went on")


def failing_at_its_end() -> None:
    try:
        endless()
    finally:
        raise ValueError("as asked")


def waiting_at_its_end() -> None:
    try:
        endless()
    finally:
        runtime.pause(None)


def recursing() -> None:
    with suppress(RecursionError):
        recursing()
    recursing()


def ended_of(body: Callable[[], Any]) -> Any:
    """Kill a process in the midst of what it does; return the reason that its watcher hears."""

    def program() -> Any:
        pid, _ = runtime.spawn(body, monitor=True)
        runtime.pause(0.003)
        runtime.exit_signal(pid, KILL)
        cursor = runtime.begin_receive()
        message = cursor.next(5000)
        cursor.accept()
        assert message is not runtime.TIMEOUT
        return message[4]

    return run(program)


@pytest.mark.parametrize(
    ("body", "leaves"),
    [
        (endless, []),
        (in_a_comprehension, []),
        (in_a_generator, ["closed"]),
        (with_finally, ["finally"]),
        (catching_errors, []),
        (catching_everything, []),
        (ignoring_its_end, ["went on"]),
        (failing_at_its_end, []),
        (waiting_at_its_end, []),
        (recursing, []),
    ],
)
def test_python_code_dies_where_it_stands(body: Callable[[], Any], leaves: list[str]) -> None:
    assert ended_of(body) is KILLED
    assert left == leaves


@pytest.mark.parametrize(
    "name",
    ["tail", "mutual", "caught", "after_it", "stream", "comprehension", "receiving", "sending"],
)
def test_elixir_code_dies_where_it_stands(name: str) -> None:
    evaluate_file(LOOPS, "loops.ex")
    assert ended_of(lambda: export(pyex.alias("Loops"), name, 1).fn(0)) is KILLED


class Stuck(GenServer):
    def init(self, argument: Any) -> Any:
        return a.ok, argument

    def handle_cast(self, request: Any, state: Any) -> Any:
        with suppress(BaseException):
            endless()
        return a.noreply, state

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        endless()


def test_a_supervisor_gets_rid_of_a_server_that_is_stuck() -> None:
    child = {"id": 1, "start": (Stuck, "start_link", [0]), "shutdown": "brutal_kill"}
    supervisor = Supervisor.start_link([child], strategy="one_for_one")
    pid = Supervisor.which_children(supervisor)[0][1]
    pyex.cast(pid, a.stick)
    runtime.run_for(0.003)
    Supervisor.stop(supervisor)
    assert not runtime.is_alive(pid)


def test_who_calls_a_server_that_is_stuck_hears_that_it_was_killed() -> None:
    def program() -> Any:
        _, pid = Stuck.start(0)

        def kill() -> None:
            runtime.pause(0.003)
            runtime.exit_signal(pid, KILL)

        runtime.spawn(kill)
        with pytest.raises(pyex.Exit) as ended:
            pyex.call(pid, a.stick)
        return ended.value.reason[0]

    assert run(program) is KILLED
