"""What is said of a server or supervisor whose callback module, or whose init/1, is not there."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

UNDEFINED = "** (UndefinedFunctionError) function NotThere.init/1 is undefined (module NotThere is not available)"


@pytest.mark.parametrize("behaviour", ["GenServer", "Supervisor", "DynamicSupervisor"])
def test_a_module_that_is_not_there_lacks_init(iex: Iex, behaviour: str) -> None:
    shown = iex(f"Process.flag(:trap_exit, true); {{:error, reason}} = {behaviour}.start_link(NotThere, 1)\n"
                "IO.puts(Exception.format_exit(reason))")  # fmt: skip
    assert UNDEFINED in shown
    assert "NotThere.init(1)" in shown


def test_a_module_without_init_fails_with_the_call(iex: Iex) -> None:
    shown = iex("defmodule Empty do end\n{:error, {:undef, [frame | below]}} = GenServer.start(Empty, 1)\n{frame, hd(below)}")
    assert shown.endswith(
        '{{Empty, :init, [1], []},\n {:gen_server, :init_it, 2, [file: ~c"gen_server.erl", line: 2229]}}'
    )


def test_a_supervisor_without_init_fails_with_the_call(iex: Iex) -> None:
    shown = iex(
        "defmodule Empty do end; Process.flag(:trap_exit, true)\n"
        "{:error, {:undef, [frame | _]}} = Supervisor.start_link(Empty, 1); frame"
    )
    assert shown.endswith("{Empty, :init, [1], []}")


def test_a_child_is_refused_for_the_reason_that_its_supervisor_has(iex: Iex) -> None:
    shown = iex("""
agent = {Agent, :start_link, [fn -> 1 end]}
:supervisor.check_childspecs([%{id: 1, start: agent, significant: true}])
:supervisor.check_childspecs([{1, agent, :temporary, 5000, :worker, [Agent]}, %{id: 1, start: agent}])
{:ok, pid} = Supervisor.start_link([], strategy: :one_for_one)
Supervisor.start_child(pid, %{id: 1, start: agent, restart: :transient, significant: true})
{:ok, pid} = DynamicSupervisor.start_link([])
DynamicSupervisor.start_child(pid, %{start: 1})
""").split("\n")
    assert "{:error, {:bad_combination, [restart: :permanent, significant: true]}}" in shown
    assert "{:error, {:duplicate_child_name, 1}}" in shown
    assert "{:error, {:bad_combination, [auto_shutdown: :never, significant: true]}}" in shown
    assert shown[-1] == "{:error, {:invalid_child_spec, %{start: 1}}}"


def test_what_a_start_function_throws_counts_as_returned_for_a_supervisor_alone(iex: Iex) -> None:
    shown = iex("""
defmodule Throws do
  def start_link, do: throw(:ball)
end
child = %{id: 1, start: {Throws, :start_link, []}}
{:ok, pid} = Supervisor.start_link([], strategy: :one_for_one)
{:error, {reason, _}} = Supervisor.start_child(pid, child); reason
{:ok, pid} = DynamicSupervisor.start_link([])
{:error, {reason, [_, frame | _]}} = DynamicSupervisor.start_child(pid, child); {reason, elem(frame, 0)}
""").split("\n")
    assert ":ball" in shown
    assert shown[-1] == "{{:nocatch, :ball}, DynamicSupervisor}"


def test_two_children_of_one_id_are_told_with_what_to_do(iex: Iex) -> None:
    shown = iex(
        "Process.flag(:trap_exit, true)\n"
        "Supervisor.start_link([{Agent, fn -> 1 end}, {Agent, fn -> 2 end}], strategy: :one_for_one)\n"
        "receive do {:EXIT, _, reason} -> IO.puts(Exception.format_exit(reason)) after 0 -> :none end\n"
        "IO.puts(Exception.format_exit({:start_spec, {:duplicate_child_name, :a}}))"
    )
    assert "more than one child specification has the id: :a.\nIf using maps" in shown
    assert "      Supervisor.child_spec({MyWorker, arg}, id: :my_worker_1),\n" in shown


def test_a_registry_refuses_options_and_has_a_process_for_each_partition(iex: Iex) -> None:
    shown = iex("""
try do Registry.start_link(keys: :unique, name: Parts, partitions: 0) rescue e -> e.message end
{:ok, pid} = Registry.start_link(keys: :duplicate, name: Parts, partitions: 2)
Enum.map(Supervisor.which_children(pid), &elem(&1, 0))
{:ok, keeper} = Registry.register(Parts, :a, 1); keeper in Enum.map(Supervisor.which_children(pid), &elem(&1, 1))
Process.flag(:trap_exit, true); Process.exit(keeper, :kill); Process.sleep(1)
Registry.lookup(Parts, :a)
""").split("\n")
    assert '"expected :partitions to be a positive integer, got: 0"' in shown
    assert "[Parts.PIDPartition1, Parts.PIDPartition0]" in shown
    assert shown[-3] == "true"
    assert shown[-1] == "[]"


def test_of_several_options_of_one_name_the_first_counts(iex: Iex) -> None:
    printed = iex("{:ok, pid} = Agent.start_link(fn -> 1 end, name: :first, name: :second); Process.whereis(:first) == pid")
    assert printed.endswith("true")


def test_a_dynamic_supervisor_wants_an_id_that_it_does_not_use(iex: Iex) -> None:
    printed = iex("""
{:ok, supervisor} = DynamicSupervisor.start_link([])
DynamicSupervisor.start_child(supervisor, %{start: {Agent, :start_link, [nil]}})
""")
    assert printed.endswith("{:error, {:invalid_child_spec, %{start: {Agent, :start_link, [nil]}}}}")
