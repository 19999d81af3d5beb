"""Partitions: the same child several times, found by a key."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

START = """
opts = [child_spec: {Agent, fn -> 0 end}, name: Parts, partitions: 3, with_arguments: fn [_], n -> [fn -> n end] end]; :ok
{:ok, _} = PartitionSupervisor.start_link(opts); :ok
"""


def test_a_key_finds_its_partition(iex: Iex) -> None:
    shown = iex(START + "for key <- [0, 1, 4, -2], do: Agent.get({:via, PartitionSupervisor, {Parts, key}}, & &1)")
    assert shown.split("\n")[-1] == "[0, 1, 1, 2]"


def test_fewer_partitions_are_used_after_resize(iex: Iex) -> None:
    shown = iex(
        START + "PartitionSupervisor.resize!(Parts, 2)\nPartitionSupervisor.count_children(Parts).active\n"
        "PartitionSupervisor.resize!(Parts, 3)\nPartitionSupervisor.count_children(Parts).active"
    )
    assert shown.split("\n")[-4:] == ["3", "2", "2", "3"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("name: Q", "the :child_spec option must be given to PartitionSupervisor"),
        ("child_spec: Agent, name: Q, partitions: 0", "the :partitions option must be a positive integer, got: 0"),
    ],
)
def test_wrong_options_are_refused(iex: Iex, options: str, message: str) -> None:
    assert iex(f"PartitionSupervisor.start_link({options})").startswith(f"** (ArgumentError) {message}")
