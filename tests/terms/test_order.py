from __future__ import annotations

from functools import cmp_to_key
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pyex.terms.atoms import atom
from pyex.terms.binaries import Bits, binary
from pyex.terms.functions import export
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable, from_pylist
from pyex.terms.maps import Map, encode_key
from pyex.terms.order import compare, equals, identical, less, maximum, minimum, sort_key, sort_terms
from pyex.terms.pids import Pid, Reference

_leaves = (
    st.integers(-5, 5)
    | st.sampled_from([0.0, -0.0, 1.0, 2.5, 1e16, float(2**53)])
    | st.sampled_from([None, True, False, atom.a, atom.b])
    | st.text("ab", max_size=2)
    | st.binary(max_size=2).map(binary)
)
terms: st.SearchStrategy[Any] = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.lists(inner, max_size=3).map(from_iterable)
        | st.tuples(inner, inner).map(lambda pair: Cons(*pair))
        | st.lists(st.tuples(inner, inner), max_size=3).map(Map.from_pairs)
    ),
    max_leaves=8,
)


def test_kinds_come_in_elixirs_order() -> None:
    kinds = [
        1,
        atom.a,
        Reference(),
        export(atom.m, "f", 1),
        Pid(1),
        (1,),
        Map.of({}),
        EMPTY,
        elixir_list(1),
        "a",
    ]
    assert sort_terms(reversed(kinds)) == kinds


def test_numbers_are_equal_across_types_and_booleans_are_no_numbers() -> None:
    assert equals(1, 1.0)
    assert not identical(1, 1.0)
    assert not equals(1, True)
    assert equals((elixir_list(1),), (elixir_list(1.0),))


def test_the_keys_of_maps_are_compared_strictly_and_their_values_are_not() -> None:
    assert equals(Map.of({atom.a: 1}), Map.of({atom.a: 1.0}))
    assert not equals(Map.of({1: atom.a}), Map.of({1.0: atom.a}))
    assert less(Map.of({1: 5}), Map.of({1.0: 5}))


def test_a_large_integer_is_compared_with_a_float_exactly() -> None:
    assert less(float(2**53), 2**53 + 1)
    assert not equals(float(2**53), 2**53 + 1)


def test_zeros_of_both_signs_are_equal_and_not_identical() -> None:
    assert equals(0.0, -0.0)
    assert not identical(0.0, -0.0)
    assert compare(0.0, -0.0) == 0


def test_bitstrings_are_compared_bit_by_bit() -> None:
    assert less("a", "ab")
    assert less(Bits(b"\x80", 1), b"\x80")
    assert less("\x7f", b"\x80")


def test_long_lists_are_compared_without_recursion() -> None:
    plain: Any = EMPTY
    for number in reversed(range(20_000)):
        plain = Cons(number, plain)
    lazy = from_pylist(list(range(20_000)))
    assert identical(plain, lazy)
    assert compare(plain, lazy) == 0
    assert hash(plain) == hash(lazy)


def test_of_two_equal_terms_max_and_min_take_the_first() -> None:
    assert type(maximum(1.0, 1)) is float
    assert type(minimum(1, 1.0)) is int


@given(terms, terms)
def test_the_order_is_antisymmetric_and_agrees_with_equality_and_sort_keys(left: Any, right: Any) -> None:
    found = compare(left, right)
    assert compare(right, left) == -found
    assert (found == 0) == equals(left, right)
    keys = sort_key(left), sort_key(right)
    assert (keys[0] > keys[1]) - (keys[0] < keys[1]) == found


@given(terms, terms)
def test_an_encoded_key_is_equal_just_for_identical_terms(left: Any, right: Any) -> None:
    assert (encode_key(left) == encode_key(right)) == identical(left, right)
    if identical(left, right):
        assert hash(encode_key(left)) == hash(encode_key(right))


@given(st.lists(terms, max_size=6))
def test_the_order_is_total(items: list[Any]) -> None:
    ordered = sort_terms(items)
    assert all(compare(a, b) <= 0 for place, a in enumerate(ordered) for b in ordered[place + 1 :])
    assert [sort_key(item) for item in sorted(items, key=cmp_to_key(compare))] == [sort_key(item) for item in ordered]
