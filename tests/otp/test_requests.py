"""Requests whose answer is waited for later, to servers and to state machines."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

SERVERS = """
defmodule Later do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_call(:answer, _, state), do: {:reply, :here, state}
  def handle_call(:sleep, _, state), do: (Process.sleep(5); {:reply, :late, state})
  def handle_call(:end, _, state), do: {:stop, :normal, state}
end
defmodule LaterMachine do
  @behaviour :gen_statem
  def callback_mode, do: :handle_event_function
  def init(_), do: {:ok, :state, nil}
  def handle_event({:call, from}, :answer, _, _), do: {:keep_state_and_data, {:reply, from, :here}}
  def handle_event({:call, from}, :sleep, _, _), do: (Process.sleep(5); {:keep_state_and_data, {:reply, from, :late}})
  def handle_event({:call, _}, :end, _, _), do: :stop
end
"""


@pytest.mark.parametrize("start", ["GenServer.start(Later, 1)", ":gen_statem.start(LaterMachine, 1, [])"])
@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("module.receive_response(module.send_request(pid, :answer), 100)", "{:reply, :here}"),
        ("module.receive_response(module.send_request(pid, :sleep), 1)", ":timeout"),
        ("id = module.send_request(pid, :sleep); {module.wait_response(id, 1), module.wait_response(id, 100)}",
         "{:timeout, {:reply, :late}}"),
        ("id = module.send_request(pid, :answer); receive do m -> {module.check_response(:other, id), module.check_response(m, id)} end",
         "{:no_reply, {:reply, :here}}"),
        ("match?({:error, {:normal, ^pid}}, module.receive_response(module.send_request(pid, :end), 100))", "true"),
        ("module.receive_response(module.send_request(:nobody, 1), 100)", "{:error, {:noproc, :nobody}}"),
        ("module.receive_response(module.send_request(pid, :sleep), 1); Process.sleep(8); Process.info(self(), :messages)",
         "{:messages, []}"),
    ],
)  # fmt: skip
def test_an_answer_is_waited_for_later(iex: Iex, start: str, line: str, answer: str) -> None:
    module = ":gen_server" if "GenServer" in start else ":gen_statem"
    printed = iex(f"{SERVERS}\n{{:ok, pid}} = {start}; module = {module}; :started\n{line}\nProcess.exit(pid, :kill)")
    assert printed.split("\n")[-2] == answer


def test_a_state_that_cannot_be_entered_is_not_the_state_at_the_end(iex: Iex) -> None:
    printed = iex("""
defmodule Entering do
  @behaviour :gen_statem
  def callback_mode, do: [:handle_event_function, :state_enter]
  def init(pid), do: {:ok, :first, pid}
  def handle_event(:enter, _, :first, _), do: :keep_state_and_data
  def handle_event(:enter, _, :second, pid), do: {:next_state, :third, pid}
  def handle_event(:cast, to, _, pid), do: {:next_state, to, pid}
  def terminate(_, state, pid), do: send(pid, state)
end
Logger.configure(level: :none)
{:ok, pid} = :gen_statem.start(Entering, self(), []); :gen_statem.cast(pid, :second); Process.sleep(1)
Process.info(self(), :messages)
Logger.configure(level: :debug)
""")
    assert "{:messages, [:second]}" in printed
