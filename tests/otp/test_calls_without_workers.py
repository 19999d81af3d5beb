"""Calls where no worker is free to run the server at once: each shell keeps one, and the pool is empty."""

from __future__ import annotations

import pytest

from pyex import runtime
from tests.conftest import Iex

SERVER = """defmodule Workerless do use GenServer; def init(n), do: {:ok, n}; def handle_call(ms, _, n), do: {:reply, Process.sleep(ms), n} end; :defined
{:ok, _} = GenServer.start(Workerless, 1, name: :workerless); :started"""


@pytest.fixture(autouse=True)
def empty_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no worker be free when the test begins."""
    monkeypatch.setattr(runtime.scheduler, "pool", [])


def test_stopping_a_server_is_heard_of(iex: Iex) -> None:
    assert iex(SERVER) == ":defined\n:started"
    iex("GenServer.call(:workerless, 0)")
    assert iex("GenServer.stop(:workerless)") == ":ok"


def test_a_call_that_takes_too_long_times_out(iex: Iex) -> None:
    iex(SERVER)
    iex("GenServer.call(:workerless, 0)")
    shown = iex("try do GenServer.call(:workerless, 60_000, 5) catch :exit, {reason, _} -> reason end")
    assert shown == ":timeout"
    iex("Process.exit(Process.whereis(:workerless), :kill)")
