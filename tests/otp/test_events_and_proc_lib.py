"""Event managers and their handlers; processes that become servers, and starts that are answered."""

from __future__ import annotations

from tests.conftest import Iex

HANDLER = """
defmodule Notes do
  @behaviour :gen_event
  def init({:swapped, old}), do: {:ok, [old]}
  def init({{:fresh, _}, rest}), do: {:ok, [rest]}
  def init(list), do: {:ok, list}
  def handle_event(:boom, _), do: raise("oops")
  def handle_event(:leave, _), do: :remove_handler
  def handle_event(event, list), do: {:ok, [event | list]}
  def handle_call(:get, list), do: {:ok, list, list}
  def terminate(reason, _), do: reason
end
{:ok, m} = :gen_event.start_link({:local, :notes}); :ok
:ok = :gen_event.add_handler(m, Notes, []); :ok
"""


def test_handlers_get_every_event_and_answer_calls(iex: Iex) -> None:
    shown = iex(
        HANDLER + ":gen_event.add_handler(:notes, {Notes, 2}, [:first])\n:gen_event.notify(m, :a)\n"
        ":gen_event.sync_notify(m, :b)\n:gen_event.call(m, {Notes, 2}, :get)\n:gen_event.which_handlers(m)\n"
        ":gen_event.call(m, Other, :get)\n:sys.get_state(m)"
    ).split("\n")
    assert shown[-4:] == [
        "[:b, :a, :first]",
        "[{Notes, 2}, Notes]",
        "{:error, :bad_module}",
        "[{Notes, 2, [:b, :a, :first]}, {Notes, false, [:b, :a]}]",
    ]


def test_a_handler_that_fails_goes_and_its_watcher_is_told(iex: Iex) -> None:
    shown = iex(
        HANDLER + ":gen_event.add_sup_handler(m, {Notes, 2}, [])\n:gen_event.sync_notify(m, :boom)\n"
        "receive do {:gen_event_EXIT, handler, {:EXIT, {error, _}}} -> {handler, error.message} end\n"
        ":gen_event.which_handlers(m)\nProcess.alive?(m)"
    )
    assert shown.endswith('{{Notes, 2}, "oops"}\n[]\ntrue')
    assert "[error] :gen_event handler Notes installed in :notes terminating\n** (RuntimeError) oops" in shown


def test_a_handler_is_swapped_and_deleted(iex: Iex) -> None:
    shown = iex(
        HANDLER.replace(":notes", ":swapped") + ":gen_event.swap_handler(m, {Notes, :bye}, {{Notes, 3}, {:fresh, 1}})\n"
        ":gen_event.call(m, {Notes, 3}, :get)\n:gen_event.delete_handler(m, {Notes, 3}, :enough)\n"
        ":gen_event.delete_handler(m, {Notes, 3}, :enough)\n:gen_event.stop(m)"
    ).split("\n")
    assert shown[-5:] == [":ok", "[:bye]", ":enough", "{:error, :module_not_found}", ":ok"]


SERVER = """
defmodule Late do
  use GenServer
  def begin(parent), do: (:proc_lib.init_ack(parent, {:ok, self()}); :gen_server.enter_loop(__MODULE__, [], 1, {:continue, :more}))
  def fail(parent), do: :proc_lib.init_fail(parent, {:error, :no}, {:exit, :normal})
  def init(x), do: {:ok, x}
  def handle_continue(:more, n), do: {:noreply, n + 1}
  def handle_call(:get, _, n), do: {:reply, n, n}
end
"""


def test_a_process_that_was_started_otherwise_becomes_a_server(iex: Iex) -> None:
    shown = iex(
        SERVER + "{:ok, pid} = :proc_lib.start_link(Late, :begin, [self()]); GenServer.call(pid, :get)\n"
        ":sys.get_state(pid)\nGenServer.stop(pid)\n:proc_lib.start(Late, :fail, [self()])\n"
        ":proc_lib.start(Kernel, :exit, [:early])"
    ).split("\n")
    assert shown[-5:] == ["2", "2", ":ok", "{:error, :no}", "{:error, :early}"]
