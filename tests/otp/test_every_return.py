"""Every return of every GenServer callback, on a server written in Elixir and on one written in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import pyex
from pyex import Exit, GenServer, runtime
from pyex import atom as a
from pyex.code.evaluation import evaluate_file
from pyex.otp import gen_server, log
from pyex.terms.atoms import alias
from pyex.terms.errors import Throw
from pyex.terms.inspect import inspect
from pyex.terms.lists import EMPTY

ELIXIR = b"""
defmodule EveryReturn do
  use GenServer
  def init(f), do: f.()
  def handle_call({:do, f}, from, state), do: f.(from, state)
  def handle_cast({:do, f}, state), do: f.(state)
  def handle_info(:timeout, state), do: {:noreply, {:timed_out, state}}
  def handle_info({:do, f}, state), do: f.(state)
  def handle_continue(more, state), do: {:noreply, {more, state}}
end
"""
STATE: Callable[[Any, Any], Any] = lambda client, state: (a.reply, state, state)  # noqa: E731  # read as a value below


class EveryReturn(GenServer):
    def init(self, argument: Any) -> Any:
        return argument()

    def handle_call(self, request: Any, sender: Any, state: Any) -> Any:
        return request[1](sender, state)

    def handle_cast(self, request: Any, state: Any) -> Any:
        return request[1](state)

    def handle_info(self, message: Any, state: Any) -> Any:
        return (a.noreply, (a.timed_out, state)) if message is a.timeout else message[1](state)

    def handle_continue(self, more: Any, state: Any) -> Any:
        return a.noreply, (more, state)


@pytest.fixture(params=["elixir", "python"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Give the module of the server, in one language and in the other, with the logger silent."""
    monkeypatch.setattr(log.Console, "level", "none")
    if request.param == "elixir" and alias("EveryReturn") not in pyex_modules():
        evaluate_file(ELIXIR, "every_return.ex")
    before = set(runtime.processes())
    yield alias("EveryReturn") if request.param == "elixir" else EveryReturn
    for pid in set(runtime.processes()) - before:
        runtime.exit_signal(pid, a.kill)
    runtime.run_ready()
    assert set(runtime.processes()) <= before


def pyex_modules() -> Any:
    """Return the modules that are loaded."""
    from pyex.code import versions

    return versions.MODULES


def start(server: Any, shape: Callable[[], Any]) -> Any:
    """Start a server whose `init/1` returns what `shape` does."""
    return gen_server.start(server, shape, EMPTY)


def begin(server: Any) -> Any:
    """Start a server with the state 1."""
    return start(server, lambda: (a.ok, 1))[1]


def outcome(pid: Any, shape: Callable[[Any, Any], Any]) -> str:
    """Call a server that returns what `shape` makes; return the reply, or the reason it ended of, and its state after."""
    try:
        shown = inspect(pyex.call(pid, (a.do, shape)))
    except Exit as ended:
        return "exit " + inspect(ended.reason[0])
    runtime.run_for(0.004)
    return f"{shown}, then {inspect(pyex.call(pid, (a.do, STATE)))}" if runtime.is_alive(pid) else f"{shown}, then gone"


def late(client: Any, state: Any) -> Any:
    """Answer from another process, and let the server go on."""
    runtime.spawn(lambda: gen_server.reply(client, a.late))
    return a.noreply, 2


def throws(value: Any) -> Any:
    """Throw a value."""
    raise Throw(value)


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
