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


COLLECTED = """
c = module.send_request(:nobody, :answer, :first, module.reqids_new())
c = module.send_request(pid, :answer, :second, c)
{module.reqids_size(c), module.reqids_to_list(c) |> Enum.map(&elem(&1, 1)) |> Enum.sort()}
{answer, :first, c} = module.receive_response(c, 100, true); {answer, module.reqids_size(c)}
{answer, :second, c} = module.wait_response(c, 100, false); {answer, module.reqids_size(c)}
module.check_response(:other, c, true)
{module.receive_response(c, 0, true), module.wait_response(module.reqids_new(), 0, true)}
"""


@pytest.mark.parametrize("start", ["GenServer.start(Later, 1)", ":gen_statem.start(LaterMachine, 1, [])"])
def test_many_requests_are_waited_for_together(iex: Iex, start: str) -> None:
    module = ":gen_server" if "GenServer" in start else ":gen_statem"
    printed = iex(f"{SERVERS}\n{{:ok, pid}} = {start}; module = {module}; :started\n{COLLECTED}\nProcess.exit(pid, :kill)")
    lines = printed.split("\n")
    assert [line for line in lines if line.startswith(("{2", "{{", "{:timeout", ":no_reply"))] == [
        "{2, [:first, :second]}",
        "{{:error, {:noproc, :nobody}}, 1}",
        "{{:reply, :here}, 1}",
        ":no_reply",
        "{:timeout, :no_request}",
    ]


def test_a_handler_of_events_is_asked_and_its_answer_waited_for_later(iex: Iex) -> None:
    printed = iex("""
defmodule Counting do
  @behaviour :gen_event
  def init(count), do: {:ok, count}
  def handle_event(_, count), do: {:ok, count + 1}
  def handle_call(request, count), do: {:ok, {request, count}, count}
end
{:ok, manager} = :gen_event.start()
:gen_event.add_handler(manager, Counting, 1)
:gen_event.receive_response(:gen_event.send_request(manager, Counting, :how_many), 100)
:gen_event.receive_response(:gen_event.send_request(manager, Nothing, :how_many), 100)
:gen_event.send_request(manager, Counting, :a, :label, :gen_event.reqids_new()) |> :gen_event.wait_response(100, true)
:gen_event.stop(manager)
""")
    lines = printed.split("\n")
    assert lines[-4:-1] == ["{:reply, {:how_many, 1}}", "{:error, :bad_module}", "{{:reply, {:a, 1}}, :label, %{}}"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (":gen_statem.receive_response(1, 10)", "** (ArgumentError) argument error"),
        (":gen_server.wait_response(make_ref(), -1)", "** (ArgumentError) argument error"),
        (":gen_server.reqids_add(make_ref(), :label, [])", "** (ArgumentError) argument error"),
        (":gen_event.reqids_size([])", "** (ArgumentError) argument error"),
        (":gen_server.receive_response([], 1, true)", "** (FunctionClauseError) no function clause matching in :gen.receive_response/3"),
        (":gen_server.send_request(1, :x)", "** (FunctionClauseError) no function clause matching in :gen.do_for_proc/2"),
    ],
)
def test_what_is_no_request_is_refused(iex: Iex, line: str, error: str) -> None:
    assert iex(line).split("\n")[0].rstrip() == error
