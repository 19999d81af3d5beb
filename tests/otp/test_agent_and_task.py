"""Agents and tasks, typed at a prompt."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


def test_an_agent_keeps_a_state(iex: Iex) -> None:
    shown = iex("""
{:ok, agent} = Agent.start_link(fn -> [] end); :started
Agent.update(agent, &["eggs" | &1])
Agent.get_and_update(agent, fn [first | rest] -> {first, rest} end)
Agent.cast(agent, fn _ -> :cast end)
Agent.get(agent, & &1)
Agent.stop(agent)
""")
    assert shown.split("\n") == [":started", ":ok", '"eggs"', ":ok", ":cast", ":ok"]


def test_an_agent_that_is_given_no_function_raises(iex: Iex) -> None:
    assert "no function clause matching in Agent.start_link/2" in iex("Agent.start_link(1)")


def test_tasks_give_their_results_in_order(iex: Iex) -> None:
    assert iex("Task.await_many([Task.async(fn -> Process.sleep(5); 1 end), Task.async(fn -> 2 end)])") == "[1, 2]"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Task.yield(Task.async(fn -> Process.sleep(:infinity) end), 1)", "nil"),
        ("Task.shutdown(Task.async(fn -> Process.sleep(:infinity) end))", "nil"),
        ("Task.await(Task.completed(:done))", ":done"),
        ("Task.async_stream(1..4, fn n -> n * 2 end) |> Enum.to_list()", "[ok: 2, ok: 4, ok: 6, ok: 8]"),
        ("Task.async_stream([30, 1], &Process.sleep/1, timeout: 10, on_timeout: :kill_task) |> Enum.to_list()",
         "[exit: :timeout, ok: :ok]"),
    ],
)  # fmt: skip
def test_what_waiting_for_tasks_gives(iex: Iex, typed: str, shown: str) -> None:
    assert iex(typed) == shown


def test_a_late_answer_of_a_task_is_dropped(iex: Iex) -> None:
    shown = iex("""
task = Task.async(fn -> Process.sleep(5) end); :started
try do Task.await(task, 0) catch :exit, {:timeout, _} -> :late end
Process.sleep(10)
Process.info(self(), :message_queue_len)
""")
    assert shown.split("\n") == [":started", ":late", ":ok", "{:message_queue_len, 0}"]


def test_a_failed_task_is_reported_and_its_owner_told(iex: Iex) -> None:
    shown = iex("""
{:ok, sup} = Task.Supervisor.start_link(); :started
{:exit, {error, _}} = Task.yield(Task.Supervisor.async_nolink(sup, fn -> raise "lost" end)); error
""")
    assert "12:00:00.000 [error] Task #PID<" in shown
    assert "** (RuntimeError) lost" in shown
    assert shown.endswith('%RuntimeError{message: "lost"}')


def test_a_supervised_task_that_is_quick_is_watched_before_it_ends(iex: Iex) -> None:
    shown = iex(
        "{:ok, sup} = Task.Supervisor.start_link()\n"
        "Task.Supervisor.async_stream_nolink(sup, 1..9, & &1) |> Enum.count(&match?({:ok, _}, &1))"
    )
    assert shown.endswith("\n9")


def test_a_stream_of_more_tasks_than_their_supervisor_takes_says_so(iex: Iex) -> None:
    shown = iex(
        "{:ok, sup} = Task.Supervisor.start_link(max_children: 1)\n"
        "Task.Supervisor.async_stream(sup, 1..3, &Process.sleep/1, max_concurrency: 3) |> Enum.to_list()"
    )
    assert "** (RuntimeError) reached the maximum number of tasks for this task supervisor." in shown


def test_a_registry_refuses_a_match_specification_that_is_none(iex: Iex) -> None:
    shown = iex("{:ok, _} = Registry.start_link(keys: :unique, name: Refuses)\nRegistry.select(Refuses, [{:bad}])")
    assert "** (ArgumentError) invalid match specification in Registry.select/2: [{:bad}]" in shown


def test_find_tells_which_task_a_message_is_of(iex: Iex) -> None:
    typed = "task = %Task{mfa: nil, owner: self(), pid: nil, ref: make_ref()}\n"
    assert "{7, true}" in iex(typed + "{value, found} = Task.find([task], {task.ref, 7})\n{value, found == task}")
    assert "** (EXIT) :boom" in iex(typed + "Task.find([task], {:DOWN, task.ref, :process, self(), :boom})")
    assert "\nnil" in iex(typed + "Task.find([task], :other)")


def test_a_task_supervisor_that_is_not_there_is_asked_in_elixirs_way(iex: Iex) -> None:
    shown = iex("Task.Supervisor.async(:nobody, fn -> 1 end)\nTask.Supervisor.start_child(:nobody, IO, :puts, [1], restart: :transient)")
    assert "GenServer.call(:nobody, {:start_task, [{:nonode@nohost, #PID<" in shown
    assert "}, :monitor], :temporary, nil}, :infinity)\n" in shown
    assert "{IO, :puts, [1]}], :transient, nil}, :infinity)\n" in shown


def test_the_state_of_a_task_supervisor_keeps_no_calls(iex: Iex) -> None:
    shown = iex("""
{:ok, pid} = Task.Supervisor.start_link(max_children: 3)
{:ok, _} = Task.Supervisor.start_child(pid, fn -> Process.sleep(:infinity) end)
state = :sys.get_state(pid)
{state.mod, state.args, Map.values(state.children)}
""")
    assert shown.endswith(
        "{Task.Supervisor, {{:temporary, 5000}, [max_children: 3]},\n"
        " [\n   {{Task.Supervised, :start_link, :undefined}, :temporary, 5000, :worker,\n    [Task.Supervised]}\n ]}"
    )


def test_a_task_takes_only_what_can_be_called(iex: Iex) -> None:
    shown = iex("Task.async(fn x -> x end)\nTask.async_stream([1], fn -> 1 end)\nTask.await(Task.completed(1), -1)")
    assert shown.count("** (FunctionClauseError) no function clause matching in Task.") == 3
    assert "def async(fun) when -is_function(fun, 0)-" in shown
    assert "when -timeout == :infinity- or is_integer(timeout) and -timeout >= 0-" in shown


def test_an_agent_logs_a_message_that_is_no_request(iex: Iex) -> None:
    shown = iex("{:ok, pid} = Agent.start(fn -> 1 end)\nsend(pid, :hi)\nAgent.get(pid, & &1)")
    assert " received unexpected message in handle_info/2: :hi\n" in shown


@pytest.mark.parametrize(
    ("body", "how", "answer"),
    [
        ("1", "50", "{{:ok, 1}, [:normal]}"),
        ("exit(:x)", "50", "{{:exit, :x}, [:x]}"),
        ("exit(:normal)", ":brutal_kill", "{{:exit, :normal}, [:normal]}"),
        ("Process.sleep(:infinity)", "50", "{nil, []}"),
        ("Process.sleep(:infinity)", ":brutal_kill", "{nil, []}"),
        ("Process.flag(:trap_exit, true); receive do {:EXIT, _, _} -> 7 end", "50", "{{:ok, 7}, []}"),
        ("Process.flag(:trap_exit, true); receive do {:EXIT, _, _} -> exit(:normal) end", "50", "{{:exit, :normal}, []}"),
        ("Process.flag(:trap_exit, true); Process.sleep(:infinity)", "5", "{{:exit, :killed}, []}"),
    ],
)
def test_what_shutting_a_task_down_gives_and_leaves(iex: Iex, body: str, how: str, answer: str) -> None:
    printed = iex(f"""
Process.flag(:trap_exit, true)
task = Task.async(fn -> {body} end); Process.sleep(1); result = Task.shutdown(task, {how})
{{result, for({{:EXIT, _, reason}} <- elem(Process.info(self(), :messages), 1), do: reason)}}
""")
    assert printed.split("\n")[-1] == answer
