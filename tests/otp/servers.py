"""The server that does what it is told in each callback, in Elixir and in Python, and how to drive it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyex
from pyex import Exit, GenServer, runtime
from pyex import atom as a
from pyex.otp import gen_server
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
  def handle_info(message, state), do: {:noreply, {message, state}}
  def handle_continue(f, state) when is_function(f), do: f.(state)
  def handle_continue(more, state), do: {:noreply, {more, state}}
  def terminate(reason, {:tell, f}), do: f.(reason)
  def terminate(_reason, _state), do: :ok
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
        match message:
            case a.timeout:
                return a.noreply, (a.timed_out, state)
            case (a.do, function):
                return function(state)
        return a.noreply, (message, state)

    def handle_continue(self, more: Any, state: Any) -> Any:
        return more(state) if callable(more) else (a.noreply, (more, state))

    def terminate(self, reason: Any, state: Any) -> Any:
        match state:
            case (a.tell, function):
                function(reason)


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
