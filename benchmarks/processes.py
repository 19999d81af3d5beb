"""Processes: spawn, ring, ping-pong, fan-in, crash and restart, messages among many; the same program on the BEAM.

    python benchmarks/processes.py

Each figure is the median of five rounds, in microseconds for one spawn, message, call or restart. The BEAM takes part where the
variable PYEX_ORACLE names a program that runs `elixir`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

PROGRAM = """
defmodule Crashing do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, 0, name: __MODULE__)
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n + 1}
end

defmodule Bench do
  def spawns(n) do
    me = self()
    for _ <- 1..n, do: spawn(fn -> send(me, :done) end)
    drain(n)
  end

  def drain(0), do: :ok
  def drain(n), do: (receive do :done -> drain(n - 1) end)

  def pass(next), do: (receive do 0 -> send(next, 0); n -> send(next, n - 1); pass(next) end)

  def ring(size, messages) do
    me = self()
    first = Enum.reduce(1..size, me, fn _, next -> spawn(fn -> pass(next) end) end)
    send(first, messages)
    turn(first)
  end

  def turn(first), do: (receive do 0 -> send(first, 0); n -> send(first, n - 1); turn(first) end)

  def pong, do: (receive do {:ping, from} -> send(from, :pong); pong() end)

  def ping(_pid, 0), do: :ok
  def ping(pid, n), do: (send(pid, {:ping, self()}); receive do :pong -> ping(pid, n - 1) end)

  def ping_pong(n) do
    pid = spawn(&pong/0)
    ping(pid, n)
    Process.exit(pid, :kill)
  end

  def calls(_pid, 0), do: :ok
  def calls(pid, n), do: (GenServer.call(pid, :get); calls(pid, n - 1))

  def fan_in(callers, each) do
    {:ok, pid} = GenServer.start(Crashing, 0)
    me = self()
    for _ <- 1..callers, do: spawn(fn -> calls(pid, each); send(me, :done) end)
    drain(callers)
    GenServer.stop(pid)
  end

  def crashes(n) do
    {:ok, sup} = Supervisor.start_link([Crashing], strategy: :one_for_one, max_restarts: 1_000_000_000)
    crash(Process.whereis(Crashing), n)
    Supervisor.stop(sup)
  end

  def crash(_pid, 0), do: :ok

  def crash(pid, n) do
    Process.exit(pid, :kill)
    crash(again(pid), n - 1)
  end

  def again(old) do
    case Process.whereis(Crashing) do
      pid when pid == nil or pid == old -> Process.sleep(0); again(old)
      pid -> pid
    end
  end

  def among(count, messages) do
    idle = for _ <- 1..count, do: spawn(fn -> Process.sleep(:infinity) end)
    Process.sleep(1)
    {time, _} = :timer.tc(fn -> ping_pong(messages) end)
    for pid <- idle, do: Process.exit(pid, :kill)
    time
  end

  def median(name, n, fun) do
    times = for _ <- 1..5, do: elem(:timer.tc(fun), 0) / n
    told(name, times |> Enum.sort() |> Enum.at(2))
  end

  def told(name, time), do: IO.puts("#{name}=#{time}")

  def all do
    median("spawn", 5_000, fn -> spawns(5_000) end)
    median("ring of 1,000", 20_000, fn -> ring(1_000, 20_000) end)
    median("ping-pong", 20_000, fn -> ping_pong(20_000) end)
    median("fan-in of 100, a call", 20_000, fn -> fan_in(100, 200) end)
    median("crash and restart", 500, fn -> crashes(500) end)
    for count <- [10, 1_000, 100_000], do: told("ping-pong among #{count}", among(count, 10_000) / 10_000)
  end
end

Logger.configure(level: :none)
Bench.all()
"""


def figures(command: list[str]) -> dict[str, float]:
    """Run the program with a command, and return what it has measured."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "bench.exs"), "w", encoding="utf-8") as file:
            file.write(PROGRAM)
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    pairs = [line.split("=") for line in done.stdout.splitlines() if "=" in line]
    return {name: float(value) for name, value in pairs}


def main() -> None:
    """Print a line for each figure: pyex's, the BEAM's, and how many times that is."""
    ours = figures([sys.executable, "-m", "pyex", "-e", 'Code.require_file("bench.exs"); nil'])
    oracle = os.environ.get("PYEX_ORACLE")
    beam = figures([*oracle.split(), "elixir", "bench.exs"]) if oracle else {}
    for name, time in ours.items():
        other = f"   BEAM {beam[name]:7.2f} µs   {time / beam[name]:5.1f} times" if name in beam else ""
        print(f"{name:24} {time:8.2f} µs{other}")


if __name__ == "__main__":
    main()
