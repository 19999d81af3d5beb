from __future__ import annotations

import timeit
from typing import Any

import pytest

from pyex.terms.atoms import alias, atom
from pyex.terms.binaries import Bits
from pyex.terms.errors import keyword
from pyex.terms.functions import export
from pyex.terms.inspect import Opts, inspect, inspect_pretty
from pyex.terms.inspect.algebra import CONS, FLEX, group, layout, line_break, nest
from pyex.terms.lists import EMPTY, Cons, elixir_list, from_iterable
from pyex.terms.maps import Map, struct
from pyex.terms.pids import Pid

CASES: list[tuple[Any, str]] = [
    (None, "nil"),
    (alias("Foo.Bar"), "Foo.Bar"),
    (atom("Elixir"), "Elixir"),
    (atom("Elixir.foo"), ':"Elixir.foo"'),
    (atom("foo bar"), ':"foo bar"'),
    (atom("a?"), ":a?"),
    (atom("a@b"), ":a@b"),
    (atom("1a"), ':"1a"'),
    (atom(""), ':""'),
    (atom("+"), ":+"),
    (atom("<|>"), ':"<|>"'),
    (atom("::"), ':"::"'),
    (atom("<<>>"), ":<<>>"),
    (atom("é"), ":é"),
    (1.0, "1.0"),
    (1e10, "10000000000.0"),
    (1e16, "1.0e16"),
    (1e-5, "1.0e-5"),
    (0.000123456, "1.23456e-4"),
    (-0.0, "-0.0"),
    ("a\0", "<<97, 0>>"),
    ('a"b\\c#{d}\n\x1b', '"a\\"b\\\\c\\#{d}\\n\\e"'),
    ("\u200b\u00a0é", '"\\u200B\\u00A0é"'),
    (b"\xff\x01", "<<255, 1>>"),
    (Bits(b"\x01\x60", 11), "<<1, 3::size(3)>>"),
    (EMPTY, "[]"),
    (elixir_list(104, 105), '~c"hi"'),
    (elixir_list(7, 8, 9), '~c"\\a\\b\\t"'),
    (elixir_list(104, 0), "[104, 0]"),
    (Cons(1, Cons(2, 3)), "[1, 2 | 3]"),
    (elixir_list((atom.a, 1), (atom("b c"), 2), (None, 3)), '[a: 1, "b c": 2, nil: 3]'),
    (elixir_list((alias("Foo"), 1)), "[{Foo, 1}]"),
    ((), "{}"),
    ((1, (2,)), "{1, {2}}"),
    (Map.of({}), "%{}"),
    (Map.of({atom.b: 1, atom.a: 2}), "%{a: 2, b: 1}"),
    (Map.from_pairs([(1, 1), (1.0, 2), (True, 3)]), "%{1 => 1, 1.0 => 2, true => 3}"),
    (Pid(105), "#PID<0.105.0>"),
    (export(alias("String"), "length", 1), "&String.length/1"),
    (export(atom.erlang, "+", 2), "&:erlang.+/2"),
    (export(alias("Foo"), "a b", 1), '&Foo."a b"/1'),
    (struct(alias("Range"), {"first": 1, "last": 10, "step": 1}), "1..10"),
    (struct(alias("Range"), {"first": 1, "last": 0, "step": 1}), "1..0//1"),
    (struct(alias("MapSet"), {"map": Map.of({2: EMPTY, 1: EMPTY})}), "MapSet.new([1, 2])"),
    (struct(alias("Date"), {"calendar": alias("Calendar.ISO"), "year": 2020, "month": 1, "day": 5}), "~D[2020-01-05]"),
    (struct(alias("Nope"), {"a": 1}), "%{a: 1, __struct__: Nope}"),
    (struct(alias("RuntimeError"), {"message": "x", "__exception__": True}), '%RuntimeError{message: "x"}'),
]


@pytest.mark.parametrize(("term", "text"), CASES, ids=[text for _, text in CASES])
def test_a_term_is_shown_as_elixir_shows_it(term: Any, text: str) -> None:
    assert inspect(term) == text


@pytest.mark.parametrize(("term", "text"), CASES, ids=[text for _, text in CASES])
def test_the_quick_way_and_the_layout_agree(term: Any, text: str) -> None:
    full = Opts()
    full.custom_options = keyword(unknown=True)
    assert inspect(term, full) == text


def test_numbers_fill_their_lines() -> None:
    assert inspect_pretty(from_iterable(range(20)), 40) == (
        "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,\n 12, 13, 14, 15, 16, 17, 18, 19]"
    )


def test_what_holds_containers_breaks_at_each_element() -> None:
    shown = inspect_pretty(elixir_list((atom.name, "a" * 30), (atom.third, elixir_list(1, 2))), 40)
    assert shown == '[\n  name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",\n  third: [1, 2]\n]'


def test_tuples_fill_their_lines() -> None:
    assert inspect_pretty((atom.ok, "a" * 40, "b" * 40)) == '{:ok, "' + "a" * 40 + '",\n "' + "b" * 40 + '"}'


@pytest.mark.parametrize(
    ("options", "term", "text"),
    [
        ({"limit": 2}, elixir_list(1, 2, 3), "[1, 2, ...]"),
        ({"limit": 2}, (elixir_list(1, 2), elixir_list(3), 4), "{[1, ...], [...], ...}"),
        ({"limit": 2}, Bits(b"\x01\x02\x60", 19), "<<1, 2, ...>>"),
        ({"limit": 1}, Cons(1, Cons(2, 3)), "[1, ...]"),
        ({"printable_limit": 2}, "héllo", '"hé" <> ...'),
        ({"printable_limit": 3}, elixir_list(*b"abcdef"), '~c"abc" ++ ...'),
        ({"base": atom.hex}, elixir_list(255, -255), "[0xFF, -0xFF]"),
        ({"base": atom.hex}, "ab", "<<0x61, 0x62>>"),
        ({"charlists": atom.as_lists}, elixir_list(104), "[104]"),
        ({"charlists": atom.as_charlists}, elixir_list(1, 233), '~c"\\x01é"'),
        ({"binaries": atom.as_strings}, b"\x01\xff", '"\\x01\\xFF"'),
        ({"structs": False}, struct(alias("Range"), {"first": 1}), "%{first: 1, __struct__: Range}"),
        ({"pretty": True, "width": 0}, Map.of({atom.a: 1}), "%{\n  a: 1\n}"),
    ],
)
def test_options_change_what_is_shown(options: dict[str, Any], term: Any, text: str) -> None:
    assert inspect(term, keyword(**options)) == text


def test_colours_surround_values_and_punctuation() -> None:
    options = keyword(syntax_colors=keyword(number=elixir_list(atom.red, atom.bright), list=atom.blue))
    blue, value = "\x1b[34m{}\x1b[0m", "\x1b[31m\x1b[1m1\x1b[0m"
    assert inspect(elixir_list(1), options) == blue.format("[") + value + blue.format("]")


def test_a_group_that_does_not_fit_breaks_its_strict_breaks() -> None:
    inner = (CONS, "aaaa", (CONS, line_break(), "bbb"))
    assert layout(group(nest(inner, 2)), 5) == "aaaa\n  bbb"
    assert layout(group(nest(inner, 2)), 8) == "aaaa bbb"
    flexible = (CONS, "aa", (CONS, line_break(" ", FLEX), (CONS, "bb", (CONS, line_break(" ", FLEX), "cc"))))
    assert layout(group(flexible), 5) == "aa bb\ncc"


def test_inspecting_a_small_term_is_quick() -> None:
    term = (atom.ok, elixir_list(1, "a"), Map.of({atom.b: 1, atom.a: 2}))
    assert min(timeit.repeat(lambda: inspect(term), number=100, repeat=5)) / 100 < 100e-6
