"""Every return of every GenServer callback, on a server written in Elixir and on one written in Python."""

from __future__ import annotations

from typing import Any

import pytest

import pyex
from pyex import atom as a
from pyex import runtime
from pyex.terms.inspect import inspect
from tests.otp.servers import STATE, begin, late, outcome, start, throws


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda c, s: (a.reply, a.yes, 2), ":yes, then 2"),
        (lambda c, s: (a.reply, a.yes, 2, 1), ":yes, then {:timed_out, 2}"),
        (lambda c, s: (a.reply, a.yes, 2, a.infinity), ":yes, then 2"),
        (lambda c, s: (a.reply, a.yes, 2, a.hibernate), ":yes, then 2"),
        (lambda c, s: (a.reply, a.yes, 2, (a("continue"), a.more)), ":yes, then {:more, 2}"),
        (late, ":late, then 2"),
        (lambda c, s: (a.stop, a.normal, a.bye, 2), ":bye, then gone"),
        (lambda c, s: (a.stop, a.why, a.bye, 2), ":bye, then gone"),
        (lambda c, s: (a.stop, a.why, 2), "exit :why"),
        (lambda c, s: (a.stop, (a.shutdown, 1), 2), "exit {:shutdown, 1}"),
        (lambda c, s: throws((a.reply, a.thrown, 3)), ":thrown, then 3"),
        (lambda c, s: a.nonsense, "exit {:bad_return_value, :nonsense}"),
        (lambda c, s: (a.reply, 1), "exit {:bad_return_value, {:reply, 1}}"),
        (lambda c, s: (a.reply, 1, 2, a.soon), "exit {:bad_return_value, {:reply, 1, 2, :soon}}"),
    ],
)
def test_what_handle_call_returns_decides(server: Any, shape: Any, expected: str) -> None:
    assert outcome(begin(server), shape) == expected


@pytest.mark.parametrize("how", ["cast", "info"])
@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda s: (a.noreply, 2), "2"),
        (lambda s: (a.noreply, 2, 1), "{:timed_out, 2}"),
        (lambda s: (a.noreply, 2, a.hibernate), "2"),
        (lambda s: (a.noreply, 2, (a("continue"), a.more)), "{:more, 2}"),
        (lambda s: throws((a.noreply, 3)), "3"),
        (lambda s: (a.stop, a.normal, 2), ":normal"),
        (lambda s: (a.stop, a.why, 2), ":why"),
        (lambda s: a.nonsense, "{:bad_return_value, :nonsense}"),
        (lambda s: (a.reply, 1, 2), "{:bad_return_value, {:reply, 1, 2}}"),
    ],
)
def test_what_handle_cast_and_handle_info_return_decides(server: Any, how: str, shape: Any, expected: str) -> None:
    pid = begin(server)
    if how == "cast":
        pyex.cast(pid, (a.do, shape))
    else:
        pyex.send(pid, (a.do, shape))
    runtime.run_for(0.004)
    alive = runtime.is_alive(pid)
    assert inspect(pyex.call(pid, (a.do, STATE)) if alive else runtime.exit_reason(pid)) == expected


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (lambda: (a.ok, 1), "{:ok, 1}"),
        (lambda: (a.ok, 1, 1), "{:ok, {:timed_out, 1}}"),
        (lambda: (a.ok, 1, a.hibernate), "{:ok, 1}"),
        (lambda: (a.ok, 1, (a("continue"), a.more)), "{:ok, {:more, 1}}"),
        (lambda: a.ignore, ":ignore"),
        (lambda: (a.stop, a.why), "{:error, :why}"),
        (lambda: (a.error, a.why), "{:error, :why}"),
        (lambda: throws((a.ok, 4)), "{:ok, 4}"),
        (lambda: (a.ok, 1, a.soon), "{:error, {:bad_return_value, {:ok, 1, :soon}}}"),
        (lambda: a.nonsense, "{:error, {:bad_return_value, :nonsense}}"),
    ],
)
def test_what_init_returns_decides(server: Any, shape: Any, expected: str) -> None:
    result = start(server, shape)
    if type(result) is tuple and result[0] is a.ok:
        runtime.run_for(0.004)
        result = a.ok, pyex.call(result[1], (a.do, STATE))
    assert inspect(result) == expected
