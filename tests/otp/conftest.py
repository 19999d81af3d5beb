"""What the tests of OTP share: modules defined at a prompt, and a log that shows no time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from pyex import runtime
from pyex.code.evaluation import evaluate_file
from pyex.otp import log
from pyex.terms.atoms import alias, atom
from tests.otp.servers import ELIXIR, EveryReturn


@pytest.fixture(autouse=True)
def fixed_time() -> Iterator[None]:
    """Let every report be of the same moment."""
    usual = log.Console.now
    log.Console.now = staticmethod(lambda: dt.datetime(2026, 1, 1, 12, 0, 0))
    yield
    log.Console.now = usual


@pytest.fixture
def virtual_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let time stand still until everybody waits, cut nobody, keep the logger silent, and leave no process behind."""
    monkeypatch.setattr(log.Console, "level", "none")
    monkeypatch.setattr(runtime.scheduler, "clock", runtime.VirtualClock())
    monkeypatch.setattr(runtime.scheduler, "arm", None)
    before = set(runtime.processes())
    yield
    for pid in set(runtime.processes()) - before:
        runtime.exit_signal(pid, atom("kill"))
    runtime.run_ready()
    assert set(runtime.processes()) <= before


@pytest.fixture(params=["elixir", "python"])
def server(request: pytest.FixtureRequest, virtual_time: None) -> Any:
    """Give the module of the server that does what it is told, in one language and in the other."""
    if request.param == "python":
        return EveryReturn
    evaluate_file(ELIXIR, "every_return.ex")
    return alias("EveryReturn")
