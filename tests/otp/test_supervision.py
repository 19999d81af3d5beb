"""Supervisors: what is started again, in which order, and when it is too much."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


def restarted(iex: Iex, strategy: str) -> str:
    """Kill the second of three children and return which of them have a new pid."""
    return iex(
        f"""
start = fn id -> %{{id: id, start: {{Agent, :start_link, [fn -> id end, [name: id]]}}}} end; :ok
{{:ok, _}} = Supervisor.start_link(Enum.map([:a, :b, :c], start), strategy: {strategy}); :ok
before = Enum.map([:a, :b, :c], &Process.whereis/1); :ok
Process.exit(Process.whereis(:b), :kill)
Process.sleep(2)
for {{name, old}} <- Enum.zip([:a, :b, :c], before), Process.whereis(name) != old, do: name
"""
    ).split("\n")[-1]


@pytest.mark.parametrize(
    ("strategy", "names"),
    [(":one_for_one", "[:b]"), (":rest_for_one", "[:b, :c]"), (":one_for_all", "[:a, :b, :c]")],
)
def test_a_strategy_says_who_is_started_again(iex: Iex, strategy: str, names: str) -> None:
    assert restarted(iex, strategy) == names


@pytest.mark.parametrize(
    ("restart", "reason", "children"),
    [
        (":permanent", ":normal", 1),
        (":transient", ":normal", 1),
        (":transient", ":shutdown", 1),
        (":temporary", ":boom", 0),
    ],
)
def test_a_restart_type_says_which_ends_matter(iex: Iex, restart: str, reason: str, children: int) -> None:
    shown = iex(f"""
spec = %{{id: :w, start: {{Agent, :start_link, [fn -> 0 end]}}, restart: {restart}}}; :ok
{{:ok, sup}} = Supervisor.start_link([spec], strategy: :one_for_one); :ok
[{{_, pid, _, _}}] = Supervisor.which_children(sup); Agent.stop(pid, {reason})
Process.sleep(2)
Supervisor.count_children(sup).specs
[{{_, pid, _, _}}] = Supervisor.which_children(sup) ++ [{{0, self(), 0, 0}}] |> Enum.take(1); is_pid(pid)
""").split("\n")
    assert shown[-2] == str(children)
    assert shown[-1] == ("true" if restart != ":transient" else "false")


def test_too_many_restarts_end_the_supervisor(iex: Iex) -> None:
    shown = iex("""
Process.flag(:trap_exit, true)
spec = %{id: :w, start: {Agent, :start_link, [fn -> 0 end, [name: :fragile]]}}; :ok
{:ok, sup} = Supervisor.start_link([spec], strategy: :one_for_one, max_restarts: 1); :ok
for _ <- 1..2, do: (Process.exit(Process.whereis(:fragile), :kill); Process.sleep(2))
receive do {:EXIT, ^sup, reason} -> reason end
""")
    assert shown.split("\n")[-1] == ":shutdown"


def test_children_end_in_the_reverse_order_of_their_start(iex: Iex) -> None:
    shown = iex("""
defmodule Tells do
  use GenServer
  def start_link({name, to}), do: GenServer.start_link(__MODULE__, {name, to})
  def init(state) do
    Process.flag(:trap_exit, true)
    {:ok, state}
  end
  def terminate(_, {name, to}), do: send(to, name)
end
specs = for name <- [:a, :b, :c], do: Supervisor.child_spec({Tells, {name, self()}}, id: name)
{:ok, sup} = Supervisor.start_link(specs, strategy: :one_for_one); :ok
Supervisor.stop(sup)
for _ <- 1..3, do: (receive do name -> name end)
""")
    assert shown.split("\n")[-1] == "[:c, :b, :a]"


def test_a_child_that_does_not_start_takes_the_others_down(iex: Iex) -> None:
    shown = iex("""
Process.flag(:trap_exit, true)
good = %{id: :good, start: {Agent, :start_link, [fn -> 0 end, [name: :good]]}}; :ok
bad = %{id: :bad, start: {Kernel, :elem, [{{:error, :no}}, 0]}}; :ok
Supervisor.start_link([good, bad], strategy: :one_for_one)
Process.whereis(:good)
""").split("\n")
    assert shown[-2:] == ["{:error, {:shutdown, {:failed_to_start_child, :bad, :no}}}", "nil"]


def test_a_dynamic_supervisor_has_as_many_children_as_it_may(iex: Iex) -> None:
    shown = iex("""
{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one, max_children: 1); :ok
{:ok, _} = DynamicSupervisor.start_child(sup, {Agent, fn -> 1 end}); :ok
DynamicSupervisor.start_child(sup, {Agent, fn -> 1 end})
""")
    assert shown.split("\n")[-1] == "{:error, :max_children}"


def test_a_registry_forgets_who_ends(iex: Iex) -> None:
    shown = iex("""
{:ok, _} = Registry.start_link(keys: :unique, name: Test.Names); :ok
{:ok, pid} = Agent.start(fn -> 0 end, name: {:via, Registry, {Test.Names, "a"}}); :ok
Registry.lookup(Test.Names, "a") == [{pid, nil}]
Agent.stop(pid)
Registry.lookup(Test.Names, "a")
Registry.count(Test.Names)
""")
    assert shown.split("\n")[-4:] == ["true", ":ok", "[]", "0"]
