"""GenServers of other libraries for Python: calls, casts and starts.

    python benchmarks/actors.py

Each library has a counter server as its documentation shows one, timed in a process of its own; each figure is the median of five rounds, in
microseconds. The loop around them is a coroutine for all, pyex's too.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

CALLS = 2_000
STARTS = 300
ROUNDS = 5


async def timed(work: Callable[[], Awaitable[Any]], count: int) -> float:
    """Return the microseconds that one of `count` pieces of work took."""
    gc.collect()
    started = time.perf_counter()
    await work()
    return (time.perf_counter() - started) / count * 1e6


async def rounds(call: Any, cast: Any, start: Any) -> dict[str, float]:
    """Return the medians of what `call()`, `cast()` and `start()` take."""

    async def calls() -> None:
        for _ in range(CALLS):
            await call()

    async def casts() -> None:
        for _ in range(CALLS):
            await cast()
        await call()

    async def starts() -> None:
        for _ in range(STARTS):
            await start()

    found: dict[str, list[float]] = {"call": [], "cast": [], "start": []}
    for _ in range(ROUNDS):
        found["call"].append(await timed(calls, CALLS))
        found["cast"].append(await timed(casts, CALLS))
        found["start"].append(await timed(starts, STARTS))
    return {key: statistics.median(times) for key, times in found.items()}


def fauxtp() -> dict[str, float]:
    """Time fauxtp, on anyio."""
    import anyio
    from fauxtp import GenServer, call, cast

    class Counter(GenServer):
        async def init(self) -> int:
            return 0

        async def handle_call(self, request: Any, from_ref: Any, state: int) -> tuple[int, int]:
            return state, state + 1

        async def handle_cast(self, request: Any, state: int) -> int:
            return state + request[1]

    async def main() -> dict[str, float]:
        async with anyio.create_task_group() as group:
            pid = await Counter.start(task_group=group)
            found = await rounds(
                lambda: call(pid, "next"), lambda: cast(pid, ("add", 1)), lambda: Counter.start(task_group=group)
            )
            group.cancel_scope.cancel()
        return found

    return anyio.run(main)


def otpylib() -> dict[str, float]:
    """Time otpylib, on asyncio."""
    from otpylib import gen_server, process
    from otpylib.gen_server.data import NoReply, Reply
    from otpylib.module import GEN_SERVER, OTPModule
    from otpylib.runtime.backends.asyncio_backend import AsyncIOBackend

    class Counter(metaclass=OTPModule, behavior=GEN_SERVER, version="1.0.0"):
        async def init(self, number: int) -> int:
            return number

        async def handle_call(self, request: Any, caller: Any, state: int) -> tuple[Any, int]:
            return Reply(state), state + 1

        async def handle_cast(self, request: Any, state: int) -> tuple[Any, int]:
            return NoReply(), state + request[1]

        async def handle_info(self, message: Any, state: int) -> tuple[Any, int]:
            return NoReply(), state

        async def terminate(self, reason: Any, state: int) -> None:
            return None

    found: dict[str, float] = {}
    numbers = itertools.count()

    async def body() -> None:
        # It is called by its name: this version does not find a server by its pid.
        await gen_server.start(Counter, 0, name="counter")
        found.update(
            await rounds(
                lambda: gen_server.call("counter", "next"),
                lambda: gen_server.cast("counter", ("add", 1)),
                lambda: gen_server.start(Counter, 0, name=f"other {next(numbers)}"),
            )
        )

    async def main() -> None:
        backend = AsyncIOBackend()
        await backend.initialize()
        process.use_runtime(backend)
        done = asyncio.Event()

        async def whole() -> None:
            await body()
            done.set()

        await process.spawn(whole, mailbox=True)
        await done.wait()
        await backend.shutdown()

    asyncio.run(main())
    return found


def pyex() -> dict[str, float]:
    """Time a server of pyex's that is a Python class, called from a plain program."""
    from pyex import GenServer, atom, call, cast

    class Counter(GenServer):
        def init(self, number: int) -> Any:
            return atom.ok, number

        def handle_call(self, request: Any, sender: Any, number: int) -> Any:
            return atom.reply, number, number + 1

        def handle_cast(self, request: Any, number: int) -> Any:
            return atom.noreply, number + request[1]

    _, pid = Counter.start(0)

    async def run(work: Callable[[], Any]) -> None:
        work()

    return asyncio.run(rounds(lambda: run(lambda: call(pid, "next")), lambda: run(lambda: cast(pid, ("add", 1))), lambda: run(lambda: Counter.start(0))))


def main() -> None:
    """Print a line for each library: its times, and how many times pyex's they are."""
    ours = figures("pyex")
    print("pyex:    " + ", ".join(f"{what} {time:.2f} µs" for what, time in ours.items()))
    for library in ("fauxtp", "otpylib"):
        theirs = figures(library)
        print(f"{library}: " + ", ".join(f"{what} {time:.2f} µs ({time / ours[what]:.0f} times)" for what, time in theirs.items()))


def figures(library: str) -> dict[str, float]:
    """Return what a library takes, timed in a process of its own."""
    done = subprocess.run([sys.executable, __file__, library], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps({"fauxtp": fauxtp, "otpylib": otpylib, "pyex": pyex}[sys.argv[1]]()))
    else:
        main()
