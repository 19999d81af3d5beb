"""What a server shows of itself: in `:sys.get_status`, and in the report of its end."""

from __future__ import annotations

from tests.conftest import Iex

HIDES = """defmodule Hides do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_cast(_request, _state), do: raise("oops")
  def format_status(status), do: Map.put(status, :state, :hidden)
end
{:ok, pid} = GenServer.start(Hides, :secret)
"""


def test_format_status_hides_the_state_in_a_status(iex: Iex) -> None:
    shown = iex(HIDES + ":sys.get_status(pid)")
    assert 'data: [{~c"State", :hidden}]' in shown
    assert "secret" not in shown


def test_format_status_hides_the_state_in_the_report_of_a_crash(iex: Iex) -> None:
    assert "\nState: :hidden" in iex(HIDES + "GenServer.cast(pid, :x)")


def test_the_state_of_a_dynamic_supervisor_is_its_struct(iex: Iex) -> None:
    shown = iex("{:ok, pid} = DynamicSupervisor.start_link(strategy: :one_for_one)\n:sys.get_state(pid).max_restarts")
    assert shown.endswith("\n3")


def test_a_supervisor_is_asked_in_erlangs_way_too(iex: Iex) -> None:
    shown = iex("""
{:ok, pid} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
{:ok, spec} = :supervisor.get_childspec(pid, Agent)
{:supervisor.count_children(pid), :supervisor.terminate_child(pid, Agent), spec.restart}
""")
    assert shown.endswith("{[specs: 1, active: 1, supervisors: 0, workers: 1], :ok, :permanent}")


def test_the_state_of_a_supervisor_is_erlangs_record(iex: Iex) -> None:
    shown = iex("{:ok, pid} = Supervisor.start_link([], strategy: :one_for_all, name: Top)\n:sys.get_state(pid)")
    assert "{:state, {:local, Top}, :one_for_all, {[], %{}}, :undefined, 3, 5, [], 0,\n :never, Supervisor.Default,\n" in shown


def test_the_state_of_a_supervisor_holds_its_children_the_last_one_first(iex: Iex) -> None:
    shown = iex("""
specs = for id <- [:a, :b], do: Supervisor.child_spec({Agent, fn -> 1 end}, id: id)
{:ok, pid} = Supervisor.start_link(specs, strategy: :one_for_one)
{order, children} = elem(:sys.get_state(pid), 3)
{order, elem(children.a, 0), elem(children.a, 1) == elem(List.last(Supervisor.which_children(pid)), 1)}
""")
    assert shown.endswith("{[:b, :a], :child, true}")
