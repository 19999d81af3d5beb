"""State machines: transitions, postponed events, timeouts, enter calls, and how they end."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

DOOR = """
defmodule Door do
  @behaviour :gen_statem
  def callback_mode, do: [:state_functions, :state_enter]
  def init(code), do: {:ok, :locked, {code, []}}
  def locked(:enter, _, {code, log}), do: {:keep_state, {code, [:locked | log]}}
  def locked({:call, from}, {:try, code}, {code, _} = data), do: {:next_state, :open, data, {:reply, from, :ok}}
  def locked({:call, from}, {:try, _}, _), do: {:keep_state_and_data, [{:reply, from, :wrong}]}
  def locked(:cast, :walk, _), do: {:keep_state_and_data, :postpone}
  def locked({:call, from}, :log, {_, log}), do: {:keep_state_and_data, {:reply, from, log}}
  def locked({:call, _}, :boom, _), do: raise("oops")
  def locked({:call, from}, :leave, _), do: {:stop_and_reply, :normal, {:reply, from, :bye}}
  def locked({:call, _}, :odd, _), do: :odd
  def open(:enter, _, {code, log}), do: {:keep_state, {code, [:open | log]}, {:state_timeout, 20, :close}}
  def open(:state_timeout, :close, data), do: {:next_state, :locked, data}
  def open(:cast, :walk, {code, log}), do: {:keep_state, {code, [:walk | log]}}
end
{:ok, door} = :gen_statem.start(Door, 7, []); :ok
"""


def test_a_postponed_event_is_tried_again_in_the_next_state_and_the_state_times_out(iex: Iex) -> None:
    shown = iex(
        DOOR + ":gen_statem.cast(door, :walk); :gen_statem.call(door, {:try, 1})\n"
        ":gen_statem.call(door, {:try, 7})\nProcess.sleep(40)\n:gen_statem.call(door, :log)\n:sys.get_state(door)"
    ).split("\n")
    assert shown[-5:] == [":wrong", ":ok", ":ok", "[:locked, :walk, :open, :locked]", "{:locked, {7, [:locked, :walk, :open, :locked]}}"]


@pytest.mark.parametrize(
    ("request_", "answer"),
    [
        (":leave", ":bye"),
        (":boom", "{:exit, RuntimeError}"),
        (":odd", "{:exit, {:bad_return_from_state_function, :odd}}"),
    ],
)
def test_a_machine_ends_as_its_callback_says(iex: Iex, request_: str, answer: str) -> None:
    shown = iex(
        DOOR + f"try do :gen_statem.call(door, {request_}) catch :exit, {{{{%{{__struct__: s}}, _}}, _}} -> {{:exit, s}}; "
        ":exit, {{reason, _}, _} -> {:exit, reason} end\nProcess.sleep(1); Process.alive?(door)"
    ).split("\n")
    assert answer in shown
    assert shown[-1] == "false"


def test_the_report_of_a_machine_shows_what_waited_and_its_state(iex: Iex) -> None:
    shown = iex(DOOR + "try do :gen_statem.call(door, :boom) catch :exit, _ -> :ended end\nProcess.sleep(1)")
    assert "[error] :gen_statem #PID" in shown
    assert "State: {:locked, {7, [:locked]}}\nCallback mode: :state_functions, state_enter: true\nClient " in shown


EVENTS = """
defmodule Order do
  @behaviour :gen_statem
  def callback_mode, do: :handle_event_function
  def init(pid), do: {:ok, :a, pid}
  def handle_event(:cast, :go, :a, pid), do: {:next_state, :b, pid, [{:next_event, :internal, 1}, {:state_timeout, 0, :st}, \
{{:timeout, :n}, 0, :gt}, {:timeout, 0, :never}, {:next_event, :internal, 2}]}
  def handle_event(:cast, _, :a, _), do: {:keep_state_and_data, [{:postpone, true}]}
  def handle_event(kind, content, :b, pid), do: (send(pid, {kind, content}); :keep_state_and_data)
end
{:ok, m} = :gen_statem.start_link({:local, :order}, Order, self(), []); :ok
:gen_statem.cast(m, :p); :gen_statem.cast(:order, :go); Process.sleep(2)
Process.info(self(), :messages)
"""


def test_next_events_come_first_then_postponed_ones_then_timeouts_of_no_time(iex: Iex) -> None:
    last = " ".join(iex(EVENTS).split("\n")[-12:])
    places = [last.index(part) for part in ("{:internal, 1}", "{:internal, 2}", "{:cast, :p}", "{:state_timeout, :st}", ":gt")]
    assert places == sorted(places)
    assert ":never" not in last


def test_a_process_becomes_a_machine(iex: Iex) -> None:
    shown = iex(
        DOOR + "pid = spawn(fn -> :gen_statem.enter_loop(Door, [], :locked, {1, []}) end)\n"
        ":gen_statem.call(pid, :log)\n:gen_statem.stop(pid)"
    ).split("\n")
    assert shown[-2:] == ["[:locked]", ":ok"]
