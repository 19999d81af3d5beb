"""Calls under a timer of 50 microseconds: nothing of the runtime is cut, and no answer is lost or given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pyex import runtime
from pyex.code import versions
from pyex.code.versions import ModuleVersion
from pyex.otp import gen_server
from pyex.runtime.system import KILL
from pyex.terms.atoms import alias, atom
from tests.runtime.slices import slices_of

COUNTER = alias("Test.PreemptedCounter")


def count(request: Any, client: Any, number: int) -> Any:
    """Answer with the number, after some work that may be cut."""
    for _ in range(50):
        pass
    return atom("reply"), number, number + 1


@pytest.fixture(autouse=True)
def tiny_slices() -> Iterator[None]:
    """Cut after 50 microseconds."""
    exports: dict[tuple[str, int], Callable[..., Any]] = {
        ("init", 1): lambda number: (atom("ok"), number),
        ("handle_call", 3): count,
    }
    versions.publish(ModuleVersion(name=COUNTER, kind="native", exports=exports))
    with slices_of(0.00005):
        yield
    versions.forget(COUNTER)


def test_every_call_is_answered_once_while_loops_are_cut() -> None:
    answers: list[Any] = []

    def client(server: Any) -> None:
        answers.extend([gen_server.call(server, atom("next"), 60_000) for _ in range(200)])

    def loop() -> None:
        while True:
            sum(range(50))

    def program() -> None:
        _, server = gen_server.start(COUNTER, 0)
        loops = [runtime.spawn(loop) for _ in range(2)]
        clients = [runtime.spawn(client, (server,)) for _ in range(5)]
        while any(map(runtime.is_alive, clients)):
            runtime.pause(0.001)
        for pid in loops:
            runtime.exit_signal(pid, KILL)
        gen_server.stop(server)

    pid = runtime.spawn(program)
    runtime.run(until=lambda: not runtime.is_alive(pid))
    runtime.run_ready()
    assert sorted(answers) == list(range(1000))
