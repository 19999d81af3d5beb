"""Calls and casts to a server on several nodes, of which only this one answers."""

from __future__ import annotations

from tests.conftest import Iex

START = "{:ok, _} = Agent.start_link(fn -> 1 end, name: :noted)\n"


def test_a_call_to_several_nodes_tells_which_did_not_answer(iex: Iex) -> None:
    shown = iex(START + "GenServer.multi_call([node(), :other@host], :noted, {:get, & &1}, 100)")
    assert shown.endswith("{[nonode@nohost: 1], [:other@host]}")


def test_a_cast_to_another_node_does_not_reach_the_server_here(iex: Iex) -> None:
    shown = iex(START + "GenServer.abcast([:other@host], :noted, {:cast, fn _ -> 2 end})\nAgent.get(:noted, & &1)")
    assert shown.endswith(":abcast\n1")


def test_a_cast_to_all_nodes_reaches_the_server_here(iex: Iex) -> None:
    shown = iex(START + "GenServer.abcast(:noted, {:cast, fn _ -> 2 end})\nAgent.get(:noted, & &1)")
    assert shown.endswith(":abcast\n2")
