"""Many processes: a million born and gone, a million idle servers, and the memory that they take and leave.

    python benchmarks/many.py [COUNT]

Resident bytes, as the system counts them. A million idle servers are to take less than a gigabyte.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import pyex
from pyex import GenServer, runtime
from pyex.code.evaluation import evaluate_file
from pyex.otp import gen_server
from pyex.runtime.system import KILL
from pyex.terms.atoms import alias

SERVER = b"""
defmodule Idle do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call(:get, _from, state), do: {:reply, state, state}
end
"""


class Idle(GenServer):
    """The same server in Python."""

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        """Answer with the state."""
        return pyex.atom.reply, state, state


def resident() -> int:
    """Return the resident bytes of this program, once what is garbage has been taken away."""
    gc.collect()
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def in_process(body: Callable[[], Any]) -> Any:
    """Run a function in a process, and return its result."""
    results: list[Any] = []
    pid = runtime.spawn(lambda: results.append(body()))
    runtime.run(until=lambda: not runtime.is_alive(pid))
    return results[0]


def born_and_gone(count: int) -> float:
    """Have so many processes come and go, a thousand at a time; return the microseconds of each."""

    def body() -> float:
        started = time.perf_counter()
        for _ in range(count // 1000):
            for _ in range(1000):
                runtime.spawn(int, monitor=True)
            cursor = runtime.begin_receive()
            for _ in range(1000):
                cursor.next()
                cursor.accept()
        return (time.perf_counter() - started) / count * 1e6

    return in_process(body)  # type: ignore[no-any-return]


def idle(module: Any, count: int) -> tuple[float, float, float]:
    """Start so many servers; return the bytes of each, the microseconds of a start, and of a call to one of them."""

    def body() -> tuple[float, float, float]:
        before = resident()
        started = time.perf_counter()
        servers = [gen_server.start(module, 0)[1] for _ in range(count)]
        start = (time.perf_counter() - started) / count * 1e6
        each = (resident() - before) / count
        started = time.perf_counter()
        for server in servers[:: max(1, count // 10_000)]:
            gen_server.call(server, pyex.atom.get)
        call = (time.perf_counter() - started) / min(count, 10_000) * 1e6
        for server in servers:
            runtime.exit_signal(server, KILL)
        return each, start, call

    return in_process(body)  # type: ignore[no-any-return]


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    evaluate_file(SERVER, "idle.ex")
    born_and_gone(10_000)
    before = resident()
    took = born_and_gone(count)
    left = resident() - before
    print(f"{count:,} processes born and gone: {took:.2f} µs each, {left / 1e6:.1f} MB are left of them")
    for name, module in (("Elixir", alias("Idle")), ("Python", Idle)):
        each, start, call = idle(module, count)
        print(f"{count:,} idle {name} servers: {each:.0f} bytes each, {start:.2f} µs to start one, {call:.2f} µs to call one")


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
