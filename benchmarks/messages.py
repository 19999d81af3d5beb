"""Messages: calls, casts, starts and idle servers, against Pykka, a bare greenlet loop, and the BEAM.

    python benchmarks/messages.py

Each figure is the median of several rounds, in microseconds; all take turns, so that a busy machine slows all. The
BEAM takes part where the variable PYEX_ORACLE names a program that runs `elixir`.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from greenlet import greenlet

import pyex.code.hosting  # noqa: F401  # connects the compiler with the code server
from pyex import runtime
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.otp import gen_server
from pyex.runtime.system import KILL
from pyex.syntax import parse
from pyex.terms.atoms import alias, atom

ROUNDS = 5
CALLS = 20_000
STARTS = 3_000
IDLE = 100_000

SERVER = """
defmodule Counter do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:next, _from, n), do: {:reply, n, n + 1}
  def handle_cast({:add, k}, n), do: {:noreply, n + k}
end
"""

BEAM = (
    SERVER
    + """
defmodule Bench do
  def calls(_pid, 0), do: :ok
  def calls(pid, n), do: (GenServer.call(pid, :next); calls(pid, n - 1))
  def casts(pid, 0), do: GenServer.call(pid, :next)
  def casts(pid, n), do: (GenServer.cast(pid, {:add, 1}); casts(pid, n - 1))
  def starts(0), do: :ok
  def starts(n), do: (GenServer.start(Counter, 0); starts(n - 1))
  def median(fun, n) do
    times = for _ <- 1..5, do: elem(:timer.tc(fun), 0) / n
    IO.puts(times |> Enum.sort() |> Enum.at(2))
  end
end
{:ok, pid} = GenServer.start_link(Counter, 0)
Bench.median(fn -> Bench.calls(pid, 20000) end, 20000)
Bench.median(fn -> Bench.casts(pid, 20000) end, 20000)
Bench.median(fn -> Bench.starts(3000) end, 3000)
"""
)

NEXT = atom("next")
ADD = (atom("add"), 1)


class PythonCounter:
    """The same server as a Python class."""

    def init(self, number: int) -> Any:
        """Begin with a number."""
        return atom("ok"), number

    def handle_call(self, request: Any, sender: Any, number: int) -> Any:
        """Give the number and count on."""
        return atom("reply"), number, number + 1

    def handle_cast(self, request: Any, number: int) -> Any:
        """Add to the number."""
        return atom("noreply"), number + request[1]


def timed(work: Callable[[], Any], count: int) -> float:
    """Return the microseconds that one of `count` pieces of work took."""
    gc.collect()
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) / count * 1e6


def in_process(body: Callable[[], Any]) -> Any:
    """Return what a function gives in a process."""
    results: list[Any] = []
    pid = runtime.spawn(lambda: results.append(body()))
    runtime.run(until=lambda: not runtime.is_alive(pid))
    return results[0]


def pyex_round(module: Any) -> dict[str, float]:
    """Time one round on pyex."""

    def body() -> dict[str, float]:
        _, pid = gen_server.start_link(module, 0)

        def calls() -> None:
            for _ in range(CALLS):
                gen_server.call(pid, NEXT)

        def casts() -> None:
            for _ in range(CALLS):
                gen_server.cast(pid, ADD)
            gen_server.call(pid, NEXT)

        started: list[Any] = []

        def starts() -> None:
            for _ in range(STARTS):
                started.append(gen_server.start(module, 0)[1])

        found = {"call": timed(calls, CALLS), "cast": timed(casts, CALLS), "start": timed(starts, STARTS)}
        for one in [pid, *started]:
            runtime.unlink(one)
            runtime.exit_signal(one, KILL)
        return found

    return in_process(body)  # type: ignore[no-any-return]


def greenlet_round() -> dict[str, float]:
    """Time a loop of two greenlets that hand a request over and back: what a call costs at the least."""

    def serve(request: Any) -> None:
        state = 0
        while True:
            sender, message = request
            if message is NEXT:
                request = sender.switch(state)
            state += 1

    from greenlet import getcurrent

    server = greenlet(serve)
    me = getcurrent()

    def calls() -> None:
        for _ in range(CALLS):
            server.switch((me, NEXT))

    return {"call": timed(calls, CALLS)}


def pykka_round() -> dict[str, float]:
    """Time Pykka's threads."""
    import pykka

    class Counter(pykka.ThreadingActor):
        def __init__(self) -> None:
            super().__init__()
            self.number = 0

        def on_receive(self, message: Any) -> Any:
            self.number += 1
            return self.number

    actor = Counter.start()

    def calls() -> None:
        for _ in range(CALLS // 20):
            actor.ask(NEXT)

    def casts() -> None:
        for _ in range(CALLS // 20):
            actor.tell(ADD)
        actor.ask(NEXT)

    def starts() -> None:
        for _ in range(STARTS // 20):
            Counter.start()

    found = {
        "call": timed(calls, CALLS // 20),
        "cast": timed(casts, CALLS // 20),
        "start": timed(starts, STARTS // 20),
    }
    pykka.ActorRegistry.stop_all()
    return found


def beam() -> dict[str, float] | None:
    """Return the BEAM's figures, None where it is not installed."""
    oracle = os.environ.get("PYEX_ORACLE")
    if not oracle:
        return None
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "bench.exs"), "w", encoding="utf-8") as file:
            file.write(BEAM)
        done = subprocess.run([oracle, "elixir", "bench.exs"], cwd=folder, capture_output=True, text=True, check=True)
    call, cast, start = (float(line) for line in done.stdout.split())
    return {"call": call, "cast": cast, "start": start}


def bytes_per_idle_server(module: Any) -> float:
    """Return the resident bytes that one of many idle servers takes."""

    def resident() -> int:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def body() -> float:
        gc.collect()
        before = resident()
        for _ in range(IDLE):
            gen_server.start(module, 0)
        gc.collect()
        return (resident() - before) / IDLE

    return in_process(body)  # type: ignore[no-any-return]


def main() -> None:
    """Print the medians and the ratios."""
    eval_quoted(parse(SERVER, file="nofile"), {}, default_env(file="nofile"))
    elixir = alias("Counter")
    rounds: dict[str, list[dict[str, float]]] = {}
    sides: list[tuple[str, Callable[[], dict[str, float]]]] = [
        ("Elixir server", lambda: pyex_round(elixir)),
        ("Python server", lambda: pyex_round(PythonCounter)),
        ("bare greenlets", greenlet_round),
        ("Pykka", pykka_round),
    ]
    for _ in range(ROUNDS):
        for name, side in sides:
            rounds.setdefault(name, []).append(side())
        on_beam = beam()
        if on_beam is not None:
            rounds.setdefault("BEAM", []).append(on_beam)
    figures = {
        name: {key: statistics.median(one[key] for one in found) for key in found[0]} for name, found in rounds.items()
    }
    for what in ("call", "cast", "start"):
        base = figures["Elixir server"][what]
        shown = [f"{name} {one[what]:.2f} µs ({one[what] / base:.2f}x)" for name, one in figures.items() if what in one]
        print(f"{what}: " + ", ".join(shown))
    if "BEAM" in figures:
        print(f"a call takes {figures['Elixir server']['call'] / figures['BEAM']['call']:.2f}x the BEAM's time (goal: 2)")
    print(f"an idle server takes {bytes_per_idle_server(elixir):.0f} bytes, of {IDLE:,} (goal: 1,000; the BEAM: 2,818)")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
