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


SUMS = """
defmodule Sums do
  def of(0), do: 0
  def of(n), do: n + of(n - 1)
  def twice(n), do: double(n)
  defp double(n), do: 2 * n
  def fails, do: raise("oops")
end
:dbg.tracer()
:dbg.p(:all, :c)
"""


def _traced(shown: str) -> list[str]:
    return [line.partition(") ")[2] for line in shown.split("\n") if line.startswith("(<")]


def test_calls_from_outside_are_told_and_with_tpl_those_inside_too(iex: Iex) -> None:
    outside = iex(SUMS + ":dbg.tp(Sums, :of, [])\nSums.of(1)\nProcess.sleep(1)\n:dbg.stop()\nSums.of(1)")
    assert _traced(outside) == ["call 'Elixir.Sums':'of'(1)"]
    inside = iex(SUMS + ":dbg.tpl(Sums, :_, [])\nSums.of(1) + Sums.twice(2)\nProcess.sleep(1)\n:dbg.stop()")
    assert _traced(inside) == [
        "call 'Elixir.Sums':'of'(1)", "call 'Elixir.Sums':'of'(0)", "call 'Elixir.Sums':twice(2)", "call 'Elixir.Sums':double(2)",
    ]  # fmt: skip


def test_the_specification_x_tells_of_returns_and_of_failures(iex: Iex) -> None:
    shown = iex(SUMS + ":dbg.tpl(Sums, :x)\nSums.of(1)\ntry do Sums.fails() rescue _ -> 1 end\nProcess.sleep(1)\n:dbg.stop()")
    told = _traced(shown)
    assert told[2:4] == ["returned from 'Elixir.Sums':'of'/1 -> 0", "returned from 'Elixir.Sums':'of'/1 -> 1"]
    assert told[5].startswith("exception_from {'Elixir.Sums',fails,0} {error,#{")


def test_the_callbacks_of_a_running_server_are_told(iex: Iex) -> None:
    shown = iex("""
defmodule Keeps do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(:get, _from, n), do: {:reply, n, n}
end
{:ok, pid} = GenServer.start(Keeps, 7)
7 = GenServer.call(pid, :get)
:dbg.tracer(:process, {fn {:trace, who, :call, {_, name, [request | _]}}, _ -> IO.inspect({who == pid, name, request}) end, nil})
:dbg.p(pid, [:call])
:dbg.tp(Keeps, :handle_call, 3, [{[:get, :_, :"$1"], [{:>, :"$1", 5}], []}])
GenServer.call(pid, :get)
Process.sleep(1)
:dbg.stop()
""")
    assert "\n{true, :handle_call, :get}\n" in shown


def test_a_function_of_the_library_is_told_of_and_put_back(iex: Iex) -> None:
    shown = iex(
        ":dbg.tracer()\n:dbg.p(:all, :c)\n:dbg.tp(String, :upcase, 1, :x)\nString.upcase(\"a\")\nProcess.sleep(1)\n:dbg.stop()\nString.upcase(\"b\")"
    )
    assert _traced(shown) == ["call 'Elixir.String':upcase(<<\"a\">>)", "returned from 'Elixir.String':upcase/1 -> <<\"A\">>"]


def test_dbg_refuses_what_it_does_not_know(iex: Iex) -> None:
    assert "{:error, {:no_tracer_on_node, :nonode@nohost}}" in iex(":dbg.p(self(), :c)")
    shown = iex(":dbg.tracer()\n:dbg.p(:all, :loud)\n:dbg.tp(Enum, :map, :zz)\n:dbg.tp(Enum, :map, [{:a}])\n:dbg.p(:nobody, :c)\n:dbg.stop()")
    assert "{:error, {:bad_flags, [:loud]}}" in shown
    assert "{:error, :unknown_pattern}" in shown
    assert '{:error, [error: ~c"Match program part is not a tuple of arity 3."]}' in shown
    assert "{:ok, [{:matched, :nonode@nohost, 0, {:no_proc, :nobody}}]}" in shown
