"""`:erlang.trace`: one process hears of what another receives."""

from __future__ import annotations

from tests.conftest import Iex


def test_who_traces_a_server_hears_of_its_calls(iex: Iex) -> None:
    shown = iex("""
{:ok, pid} = Agent.start(fn -> 1 end)
:erlang.trace(pid, true, [:receive])
1 = Agent.get(pid, & &1)
receive do {:trace, ^pid, :receive, {:"$gen_call", {from, _tag}, _request}} -> from == self() end
""")
    assert shown.endswith("\ntrue")


def test_after_the_trace_is_off_nothing_is_heard(iex: Iex) -> None:
    shown = iex("""
{:ok, pid} = Agent.start(fn -> 1 end)
:erlang.trace(pid, true, [:receive])
:erlang.trace(pid, false, [:receive])
Agent.get(pid, & &1)
Process.info(self(), :message_queue_len)
""")
    assert shown.endswith("{:message_queue_len, 0}")


def test_an_unknown_flag_is_refused(iex: Iex) -> None:
    assert "3rd argument: invalid option in list" in iex(":erlang.trace(spawn(fn -> Process.sleep(9) end), true, [:bad])")
