"""A map of more than 32 keys has two orders: that of its list, and that in which a fold meets the pairs, which is the other way round."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

LARGE = "m = Map.new(1..40, fn x -> {x, rem(x, 3)} end)\n"

AS_LISTED = [
    "Enum.to_list(m) |> hd()",
    "Map.to_list(m) |> hd()",
    "Enum.take(m, 1) |> hd()",
    "Enum.at(m, 0)",
    "Enum.find(m, fn _ -> true end)",
    "Enum.reduce_while(m, nil, fn x, _ -> {:halt, x} end)",
    "Enum.chunk_every(m, 2) |> hd() |> hd()",
    "Enum.chunk_by(m, fn _ -> 1 end) |> hd() |> hd()",
    "Enum.slice(m, 0, 1) |> hd()",
    "Enum.zip(m, 1..2) |> Enum.map(fn {x, _} -> x end) |> hd()",
    "Stream.map(m, fn x -> x end) |> Enum.to_list() |> hd()",
    "Enum.into(m, []) |> hd()",
    "Enum.flat_map([1], fn _ -> m end) |> hd()",
    "Enum.reduce(m, nil, fn x, _ -> x end)",
    "Enum.reverse(m) |> hd()",
    "(for x <- m, reduce: nil do _ -> x end)",
]

AS_FOLDED = [
    "Enum.map(m, fn x -> x end) |> hd()",
    "f = fn x -> x end\nEnum.map(m, f) |> hd()",
    "Enum.filter(m, fn _ -> true end) |> hd()",
    "(for x <- m, do: x) |> hd()",
    "Enum.flat_map(m, fn x -> [x] end) |> hd()",
    "Enum.with_index(m) |> Enum.map(fn {x, _} -> x end) |> hd()",
    "Enum.sort_by(m, fn _ -> 1 end) |> hd()",
    "Enum.min_by(m, fn _ -> 1 end)",
    "Enum.group_by(m, fn _ -> 1 end)[1] |> hd()",
    "Enum.split(m, 1) |> elem(0) |> hd()",
    "Enum.drop(m, 0) |> hd()",
    "Enum.concat([m]) |> hd()",
    "Enum.uniq(m) |> hd()",
    "Enum.into(m, [], fn x -> x end) |> hd()",
    ":maps.fold(fn k, v, acc -> acc || {k, v} end, nil, m)",
    ":maps.iterator(m) |> :maps.next() |> then(fn {k, v, _} -> {k, v} end)",
]


@pytest.mark.parametrize("code", AS_LISTED)
def test_what_asks_for_one_pair_after_the_other_goes_as_the_list_does(iex: Iex, code: str) -> None:
    assert iex(LARGE + code).splitlines()[-1] == "{39, 0}"


@pytest.mark.parametrize("code", AS_FOLDED)
def test_what_folds_goes_the_other_way_round(iex: Iex, code: str) -> None:
    assert iex(LARGE + code).splitlines()[-1] == "{18, 0}"


def test_a_small_map_has_one_order(iex: Iex) -> None:
    assert iex("m = Map.new(1..3, fn x -> {x, x} end)\nEnum.map(m, fn {k, _} -> k end) == Map.keys(m)").endswith("true")
    assert iex("for {k, _} <- %{1 => 1, 2 => 2}, do: k") == "[1, 2]"


def test_of_equal_keys_that_a_large_map_is_mapped_to_the_last_met_wins(iex: Iex) -> None:
    assert iex(LARGE + "Map.new(m, fn {k, _} -> {rem(k, 2), k} end)").endswith("%{0 => 22, 1 => 39}")
    assert iex(LARGE + "f = fn {k, _} -> {rem(k, 2), k} end\nMap.new(m, f)").endswith("%{0 => 22, 1 => 39}")
