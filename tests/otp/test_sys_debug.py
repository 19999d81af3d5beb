"""What `:sys` switches on in servers, state machines and event managers, and what their older `format_status/2` shows."""

from __future__ import annotations

from tests.conftest import Iex

MACHINE = """
defmodule Lamp do
  @behaviour :gen_statem
  def callback_mode, do: :handle_event_function
  def init(state), do: {:ok, state, 0}
  def handle_event({:call, from}, :flip, :off, n), do: {:next_state, :on, n + 1, [{:reply, from, :on}, {:state_timeout, 9000, :dark}]}
  def handle_event({:call, from}, :stop, _, _), do: {:stop_and_reply, :normal, {:reply, from, :bye}}
  def handle_event(:cast, :wait, :off, _), do: {:keep_state_and_data, :postpone}
  def handle_event(_, _, _, _), do: :keep_state_and_data
end
{:ok, lamp} = :gen_statem.start({:local, :lamp}, Lamp, :off, []); :ok
"""
SERVER = """
defmodule Count do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:next, _, n), do: {:reply, n, n + 1}
end
{:ok, pid} = GenServer.start(Count, 5); :ok
"""
MANAGER = """
defmodule Collects do
  @behaviour :gen_event
  def init(state), do: {:ok, state}
  def handle_event(event, state), do: {:ok, [event | state]}
  def handle_call(:all, state), do: {:ok, state, state}
end
{:ok, pid} = :gen_event.start({:local, :events}); :gen_event.add_handler(pid, Collects, [])
"""


def test_a_traced_machine_tells_events_replies_transitions_and_timers(iex: Iex) -> None:
    shown = iex(
        MACHINE + ":sys.trace(lamp, true)\n:gen_statem.cast(lamp, :wait)\n:gen_statem.call(lamp, :flip)\n:gen_statem.call(lamp, :stop)"
    )
    traced = [line for line in shown.split("\n") if line.startswith("*DBG*")]
    me = traced[2].split(" from ")[1].split(" ")[0]
    assert traced == [
        "*DBG* lamp receive cast wait in state off",
        "*DBG* lamp postpone cast wait in state off",
        f"*DBG* lamp receive call flip from {me} in state off",
        f"*DBG* lamp send on to {me}",
        f"*DBG* lamp consume call flip from {me} in state off => on",
        "*DBG* lamp start_timer {state_timeout,9000,dark,[]} in state on",
        "*DBG* lamp consume cast wait in state on",
        f"*DBG* lamp receive call stop from {me} in state on",
        f"*DBG* lamp send bye to {me}",
        "*DBG* lamp terminate normal in state on",
    ]


def test_a_log_shows_as_many_events_as_it_keeps(iex: Iex) -> None:
    shown = iex(
        MACHINE + ":sys.log(lamp, {true, 2})\n:gen_statem.cast(lamp, :a)\n:gen_statem.cast(lamp, :b)\nProcess.sleep(1)\n:sys.log(lamp, :get)"
    )
    assert shown.endswith("{:ok, [{:in, {:cast, :b}, :off}, {:consume, {:cast, :b}, :off, :off}]}")


def test_an_installed_function_is_given_each_event_until_it_is_done(iex: Iex) -> None:
    shown = iex(
        SERVER + "f = fn n, event, name -> IO.inspect({n, elem(event, 0), name == pid}); if n == 2, do: :done, else: n + 1 end\n"
        ":sys.install(pid, {:mine, f, 0})\nGenServer.call(pid, :next)\nGenServer.call(pid, :next)\n"
        ":sys.get_status(pid) |> elem(3) |> Enum.at(3)"
    )
    assert "\n{0, :in, true}\n{1, :out, true}\n" in shown
    assert "\n{2, :in, true}\n" in shown
    assert shown.endswith("\n[]")


def test_what_nothing_can_be_switched_to_is_unknown(iex: Iex) -> None:
    shown = iex(SERVER + "{:sys.trace(pid, :loud), :sys.log(pid, 0), :sys.statistics(pid, :get)}")
    assert shown.endswith("{:unknown_debug, :unknown_debug, {:ok, :no_statistics}}")


def test_a_function_that_fails_leaves_the_state(iex: Iex) -> None:
    shown = iex(SERVER + "try do :sys.replace_state(pid, :none) rescue e -> e.original end\n:sys.get_state(pid)")
    assert "{:callback_failed, {:gen_server, :system_replace_state},\n {:error, {:badfun, :none}}}" in shown
    assert shown.endswith("\n5")


def test_an_event_manager_tells_of_events_and_shows_its_handlers(iex: Iex) -> None:
    shown = iex(
        MANAGER + ":sys.trace(pid, true)\n:gen_event.notify(pid, :hi)\n:gen_event.call(pid, Collects, :all)\n"
        ":sys.replace_state(pid, fn {module, id, state} -> {module, id, {:new, state}} end)\n"
        ":sys.get_status(pid) |> elem(3) |> List.last() |> Keyword.get(:items)"
    )
    assert "*DBG* events got event hi\n" in shown
    assert "*DBG* events('Elixir.Collects') got call all\n" in shown
    assert "[{Collects, false, {:new, [:hi]}}]" in shown
    assert shown.endswith('{~c"Installed handlers", [{:handler, Collects, false, {:new, [:hi]}, false}]}')


def test_the_older_format_status_is_given_the_dictionary_and_the_state(iex: Iex) -> None:
    shown = iex("""
defmodule Older do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_cast(_, _), do: exit(:dead)
  def format_status(occasion, [dictionary, state]), do: {occasion, is_list(dictionary), state + 1}
end
{:ok, pid} = GenServer.start(Older, 1)
:sys.get_status(pid) |> elem(3) |> List.last() |> List.last()
GenServer.cast(pid, :x)
Process.sleep(1)
""")
    assert "{:normal, true, 2}" in shown
    assert "State: {:terminate, true, 2}" in shown
