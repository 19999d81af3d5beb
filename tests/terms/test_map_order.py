from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pyex.terms import atom_order
from pyex.terms.atoms import alias, atom
from pyex.terms.internal_hash import internal_hash, internal_hashes
from pyex.terms.lists import elixir_list, from_iterable
from pyex.terms.map_order import walked_keys
from pyex.terms.maps import Map
from pyex.terms.order import less
from tests.conftest import Iex


def test_atoms_that_iex_knows_come_in_the_order_of_its_table() -> None:
    keys = walked_keys(Map.of({atom.year: 1, atom.name: 2, atom.error: 3, atom.c: 4}))
    assert keys == [atom.error, atom.name, atom.c, atom.year]


def test_other_atoms_come_in_the_order_in_which_they_were_typed(iex: Iex) -> None:
    assert iex("{:kiwi, :fig}\n%{fig: 1, banana: 2, kiwi: 3}\nMap.keys(%{banana: 1, apple: 2, fig: 3})") == (
        "{:kiwi, :fig}\n%{kiwi: 3, fig: 1, banana: 2}\n[:fig, :banana, :apple]"
    )


def test_variables_and_made_atoms_count_too(iex: Iex) -> None:
    assert iex('plum = String.to_atom("pear" <> "s")\n%{grape: 1, pears: 2, plum: 3}').endswith(
        "%{plum: 3, pears: 2, grape: 1}"
    )


def test_a_session_begins_as_a_fresh_iex(iex: Iex) -> None:
    assert iex("%{kiwi: 1, fig: 2}") == "%{kiwi: 1, fig: 2}"
    atom_order.start_afresh()
    assert iex("%{fig: 1, kiwi: 2}") == "%{fig: 1, kiwi: 2}"


def test_loading_a_module_brings_its_atoms() -> None:
    atom_order.read_atom("userinfo")
    atom_order.module_was_loaded(alias("URI"))
    keys = walked_keys(Map.of({atom.fragment: 1, atom.query: 2, atom.userinfo: 3}))
    assert keys == [atom.userinfo, atom.query, atom.fragment]


def test_atoms_come_behind_numbers_and_before_tuples(iex: Iex) -> None:
    assert iex('%{"c" => 1, {1} => 2, :b => 3, 1.0 => 4, 2 => 5, nil => 6}') == (
        '%{2 => 5, 1.0 => 4, nil => 6, :b => 3, {1} => 2, "c" => 1}'
    )


def test_terms_are_compared_in_the_order_of_the_alphabet(iex: Iex) -> None:
    assert less(atom.apple, atom.error)
    assert iex("Enum.sort([:year, :name, :c])") == "[:c, :name, :year]"
    assert iex("inspect(%{year: 1, c: 2, name: 3}, custom_options: [sort_maps: true])") == '"%{c: 2, name: 3, year: 1}"'


@pytest.mark.parametrize(
    ("term", "hashed"),
    [
        (1, 7938660269479274665),
        (-5, 1036196373638100784),
        (1.5, 15485676177230109356),
        ("hello world, how are you", 16076227909635933042),
        ((1, "a"), 12233020891015967231),
        (elixir_list(1, 2, 3), 14382127492065369570),
        (from_iterable([97], 98), 2964672170722517329),
        (123456789012345678901234567890, 11380073873310833056),
        (None, 8510426360095562197),
        (Map(), 6155915714603159186),
    ],
)
def test_terms_have_the_hash_of_the_beam(term: object, hashed: int) -> None:
    assert internal_hash(term) == hashed


def test_a_large_map_is_walked_as_the_beams_tree_lies(iex: Iex) -> None:
    assert iex("Map.keys(Map.new(1..40, &{&1, &1})) |> Enum.take(12)") == "[39, 22, 26, 27, 5, 21, 30, 16, 3, 33, 14, 40]"
    assert iex('Map.keys(Map.new(1..40, &{"k#{&1}", &1})) |> Enum.take(4)') == '["k3", "k34", "k28", "k39"]'


@settings(suppress_health_check=[HealthCheck.too_slow])  # how fast lists are made says nothing about their hashes
@given(st.lists(st.integers(-(1 << 60), 1 << 60)) | st.lists(st.text()) | st.lists(st.integers() | st.text()))
def test_many_terms_are_hashed_together_as_each_alone(terms: list[object]) -> None:
    assert list(internal_hashes(terms)) == [internal_hash(term) for term in terms]


def test_a_large_map_is_walked_alike_again_and_after_it_has_shrunk() -> None:
    large = Map.of({index: -index for index in range(40)})
    assert walked_keys(large) == walked_keys(large)
    assert large.pairs() == [(key, -key) for key in walked_keys(large)]
    small = large
    for index in range(10, 40):
        small = small.delete(index)
    assert walked_keys(small) == list(range(10))
    assert small.pairs() == [(index, -index) for index in range(10)]
