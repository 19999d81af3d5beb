"""Processes that have been leave nothing: no memory, no timers, no tables, no names."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from pyex import runtime
from pyex.code.evaluation import evaluate_file
from pyex.otp import log
from pyex.runtime import system
from pyex.terms.atoms import alias, atom
from pyex.terms.functions import export

LIVES = b"""
defmodule Lives do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call(:get, _from, state), do: {:reply, state, state}
  def handle_call(:never, _from, state), do: {:noreply, state}

  def plain, do: spawn(fn -> :ok end)

  def linked do
    Process.flag(:trap_exit, true)
    spawn_link(fn -> exit(:boom) end)
    receive do {:EXIT, _, :boom} -> :ok end
  end

  def monitored do
    spawn_monitor(fn -> exit(:boom) end)
    receive do {:DOWN, _, _, _, :boom} -> :ok end
  end

  def watching, do: met(fn parent -> Process.monitor(parent); Process.link(parent) end)
  def timed, do: met(fn _ -> Process.send_after(self(), :late, 1_000_000) end)
  def cancelled, do: Process.cancel_timer(Process.send_after(self(), :late, 1_000_000))
  def aliased, do: met(fn _ -> Process.alias() end)
  def named, do: met(fn _ -> Process.register(self(), :one_of_many) end)
  def with_table, do: met(fn _ -> :ets.insert(:ets.new(:table, []), {1, 2}) end)
  def waiting, do: Process.exit(spawn(fn -> Process.sleep(1_000_000) end), :kill)
  def task, do: Task.await(Task.async(fn -> 1 end))

  def server do
    {:ok, pid} = GenServer.start_link(__MODULE__, 1)
    GenServer.call(pid, :get)
    GenServer.stop(pid)
  end

  def late_server do
    {:ok, pid} = GenServer.start(__MODULE__, 1, name: {:global, :late})
    try do GenServer.call(pid, :never, 0) catch :exit, _ -> Process.exit(pid, :kill) end
  end

  defp met(act) do
    parent = self()
    {_, reference} = spawn_monitor(fn -> act.(parent); send(parent, :done) end)
    receive do :done -> :ok end
    receive do {:DOWN, ^reference, _, _, _} -> :ok end
  end

  def repeat(_name, 0), do: :ok

  def repeat(name, count) do
    apply(__MODULE__, name, [])
    flush()
    repeat(name, count - 1)
  end

  defp flush, do: (receive do _ -> flush() after 0 -> :ok end)
end
"""
KINDS = (
    "plain", "linked", "monitored", "watching", "timed", "cancelled", "aliased", "named", "with_table", "waiting", "task",
    "server", "late_server",
)  # fmt: skip


def live(kind: str, count: int) -> None:
    """Have processes of a kind come and go, one after the other."""
    pid = runtime.spawn(lambda: export(alias("Lives"), "repeat", 2).fn(atom(kind), count))
    runtime.run(until=lambda: not runtime.is_alive(pid))
    runtime.run_ready()
    runtime.scheduler._sweep()  # cancelled timers are taken out by and by
    system._reasons.clear()  # what the last thousand ended of is kept
    system._earlier_reasons.clear()


def traced() -> int:
    """Return how many bytes are in use."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.slow  # twenty thousand processes under the eyes of tracemalloc
@pytest.mark.parametrize("kind", KINDS)
def test_processes_that_have_been_leave_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log.Console, "level", "none")
    evaluate_file(LIVES, "lives.ex")
    tracemalloc.start()
    try:
        live(kind, 800)
        timers, grown = len(runtime.scheduler.timers), []
        for _ in range(3):  # what leaks does so each time; a table that has grown by half does so once
            before = traced()
            live(kind, 800)
            grown.append(traced() - before)
        assert min(grown) < 800 * 20
        assert len(runtime.scheduler.timers) <= timers
    finally:
        tracemalloc.stop()
