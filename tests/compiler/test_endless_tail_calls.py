"""Tail calls that no compiler can see to be a loop: of function values, and between modules."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from pyex import runtime
from pyex.compiler.emit.support import unwinding
from pyex.runtime.preemption import Preemption
from tests.conftest import Iex

ROUNDS = 300_000
"""More rounds than there may be frames."""

pytestmark = pytest.mark.slow
"""Slow: only so many rounds reach the limit of frames."""


@pytest.fixture(autouse=True)
def timer() -> Iterator[None]:
    """Have preemption's timer, which looks at the stack: where a test has a limit of time its signal is in use."""
    usual = runtime.scheduler.arm
    preemption = Preemption(runtime.scheduler)
    runtime.scheduler.arm = preemption.arm
    give_back = preemption.take_signal()
    yield
    give_back()
    runtime.scheduler.arm = usual
    runtime.scheduler.armed = False


def test_a_function_that_is_given_itself_runs_for_ever(iex: Iex) -> None:
    assert iex(f"y = fn _, 0 -> :done; f, n -> f.(f, n - 1) end; y.(y, {ROUNDS})") == ":done"


def test_modules_that_call_each_other_run_for_ever(iex: Iex) -> None:
    shown = iex(
        "defmodule Tick do\n def go(0), do: :tick\n def go(n), do: Tock.go(n - 1)\nend\n"
        "defmodule Tock do\n def go(0), do: :tock\n def go(n), do: Tick.go(n - 1)\nend\n"
        f"Tick.go({ROUNDS})"
    )
    assert shown.endswith(":tick")


def test_a_module_in_a_variable_is_called_for_ever(iex: Iex) -> None:
    shown = iex(
        f"defmodule Spin do\n def go(0, _), do: :ok\n def go(n, m), do: m.go(n - 1, m)\nend\nSpin.go({ROUNDS}, Spin)"
    )
    assert shown.endswith("\n:ok")


def test_calls_that_are_no_tail_calls_keep_their_frames(iex: Iex) -> None:
    shown = iex(
        "defmodule Mixed do\n def sum(0, _), do: 0\n def sum(n, f), do: n + f.(n - 1, f)\n"
        " def run(n), do: then_(n, fn x -> x * 2 end)\n def then_(n, f), do: f.(sum(n, &sum/2))\nend\n"
        "Mixed.run(50_000)"
    )
    assert shown.endswith("\n2500050000")


def test_what_is_tried_or_cleaned_up_after_is_not_left(iex: Iex) -> None:
    shown = iex(
        "defmodule Kept do\n"
        " def go(0, _), do: raise(\"end\")\n def go(n, f), do: f.(n - 1, f)\n"
        " def run(n) do\n  try do\n   go(n, &go/2)\n  rescue\n   e -> Exception.message(e)\n  after\n   IO.puts(\"after\")\n  end\n end\n"
        f"end\nKept.run({ROUNDS})"
    )
    assert shown.endswith('after\n"end"')


def test_a_stack_that_has_been_left_is_shallow() -> None:
    unwinding.DEEP[:] = [True]
    unwinding.look()
    assert not unwinding.DEEP
    assert sys.getrecursionlimit() < ROUNDS
