"""What `Process.info` tells of servers, tasks and plain processes: where they wait, and who began them."""

from __future__ import annotations

from tests.conftest import Iex


def test_a_server_that_waits_stands_in_its_loop(iex: Iex) -> None:
    shown = iex("{:ok, pid} = Agent.start(fn -> 1 end)\nProcess.info(pid, [:current_function, :initial_call])")
    assert "current_function: {:gen_server, :loop, 7},\n  initial_call: {:proc_lib, :init_p, 5}\n" in shown


def test_a_server_knows_its_callback_and_who_started_it(iex: Iex) -> None:
    shown = iex(
        "{:ok, pid} = Supervisor.start_link([], strategy: :one_for_one)\n{:dictionary, known} = Process.info(pid, :dictionary)\n"
        '{known[:"$initial_call"], hd(known[:"$ancestors"]) == self()}'
    )
    assert shown.endswith("{{:supervisor, Supervisor.Default, 1}, true}")


def test_a_task_knows_the_function_that_it_was_given(iex: Iex) -> None:
    shown = iex('Task.async(fn -> Process.get(:"$initial_call") end) |> Task.await()')
    assert shown.endswith('{:erl_eval, :"-expr/6-fun-3-", 0}')


def test_a_process_that_sleeps_stands_in_sleep(iex: Iex) -> None:
    shown = iex("pid = spawn(fn -> Process.sleep(:infinity) end)\nProcess.sleep(1)\nProcess.info(pid, :current_function)")
    assert shown.endswith("{:current_function, {Process, :sleep, 1}}")


def test_a_process_that_has_not_run_yet_stands_at_its_beginning(iex: Iex) -> None:
    assert iex("Process.info(spawn(fn -> 1 end), :current_function)").endswith("{:erlang, :apply, 2}}")


def test_a_receive_of_the_prompt_stands_in_the_evaluator(iex: Iex) -> None:
    shown = iex("pid = spawn(fn -> receive do :go -> 1 end end)\nProcess.sleep(1)\nProcess.info(pid, :current_function)")
    assert shown.endswith("{:current_function, {:prim_eval, :receive, 2}}")
