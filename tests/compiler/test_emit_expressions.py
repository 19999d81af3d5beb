"""Expressions: what evaluating them gives."""

from __future__ import annotations

from typing import Any

import pytest

from pyex.code import server
from pyex.compiler.env import default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.syntax import parse
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect

assert server  # remote calls are resolved by the code server


def evaluated(text: str, **binding: Any) -> str:
    """Evaluate Elixir text and return its value inspected."""
    return inspect(eval_quoted(parse(text, file="iex"), binding, default_env(file="iex")).value)


def failure(text: str, **binding: Any) -> Any:
    """Evaluate Elixir text that raises, and return the reason."""
    with pytest.raises(ElixirError) as raised:
        evaluated(text, **binding)
    return raised.value.reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("7 / 2", "3.5"),
        ("-7 |> div(2)", "-3"),
        ("-7 |> rem(2)", "-1"),
        ("x = 7; {div(x, 2), rem(x, 2)}", "{3, 1}"),
        ("x = 5; -x", "-5"),
        ("1 == 1.0", "true"),
        ("1 === 1.0", "false"),
        ("x = true; x == 1", "false"),
        ("x = 1.0; x == 1", "true"),
        ("x = 1.0; x === 1", "false"),
        ("x = true; 1 === x", "false"),
        ("1 < :a", "true"),
        ("x = :a; x > 5", "true"),
        ("[1] != [1.0]", "false"),
        ("not true", "false"),
        ("!nil", "true"),
        ("nil || 3", "3"),
        ("false || nil", "nil"),
        ("1 && 2", "2"),
        ("nil && 2", "nil"),
        ("1 > 2 or 3 > 2", "true"),
        ("true and 5", "5"),
    ],
)
def test_operators_have_elixirs_semantics(text: str, value: str) -> None:
    assert evaluated(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a, [b | c]} = {1, [2, 3]}; {a, b, c}", "{1, 2, [3]}"),
        ("%{a: %{b: x}} = %{a: %{b: 5}}; x", "5"),
        ('%{"k" => v, 1 => w} = %{"k" => :v, 1 => :w}; {v, w}', "{:v, :w}"),
        ("k = 1.5; %{^k => v} = %{1.5 => :f}; v", ":f"),
        ("{x, x} = {1, 1}; x", "1"),
        ("x = {y, _} = {1, 2}; {x, y}", "{{1, 2}, 1}"),
        ("[a, b | c] = [1, 2, 3, 4]; {a, b, c}", "{1, 2, [3, 4]}"),
        ("[] = []", "[]"),
        ("{a, {b, c} = d} = {1, {2, 3}}; {a, b, c, d}", "{1, 2, 3, {2, 3}}"),
        ('"he" <> rest = "hello"; rest', '"llo"'),
        ("{:ok, x} = {:ok, nil}; x", "nil"),
        ("-1 = -1", "-1"),
        ("%{} = %{a: 1}", "%{a: 1}"),
        ("{} = {}", "{}"),
    ],
)
def test_a_pattern_binds_its_variables(text: str, value: str) -> None:
    assert evaluated(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "1 = 1.0",
        "1 = true",
        "{1, 2} = {1, 2, 3}",
        "{x, x} = {1, 1.0}",
        "[a | b] = []",
        "%{a: 1} = %{a: 1.0}",
        "%{b: _} = %{a: 1}",
        '"he" <> _ = "oh"',
        "x = 1; ^x = 2",
        "[] = [1]",
        "nil = false",
    ],
)
def test_a_pattern_that_does_not_match_is_a_match_error(text: str) -> None:
    assert failure(text)[0] is atom.badmatch


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("case 1 do 1.0 -> :float; true -> :true; 1 -> :integer end", ":integer"),
        ("case {1, 2} do {a, b} when a > b when b == 2 -> :yes; _ -> :no end", ":yes"),
        ("case 5 do x when hd(x) == 1 -> :list; x when x > 3 -> {:big, x} end", "{:big, 5}"),
        ("x = case 3 do n when n > 5 -> :big; n when n > 2 -> {:middle, n}; _ -> :small end; x", "{:middle, 3}"),
        ("cond do nil -> 1; 1 > 2 -> 2; :x -> 3 end", "3"),
        ("if nil, do: 1", "nil"),
        ("x = if 0, do: :truthy, else: :falsy; x", ":truthy"),
        ("x = 1; y = if x > 0 do z = x + 1; z * 2 else 0 end; y", "4"),
        ("case [1, 2, 3] do [] -> :none; [x] -> x; [x, y | _] -> {x, y} end", "{1, 2}"),
        ('case "é" do <<c::utf8>> -> c end', "233"),
        ("with {:ok, a} <- {:ok, 1}, b = a + 1, true <- b > 1 do b end", "2"),
        ("with {:ok, a} <- :error do a end", ":error"),
        ("with {:ok, a} <- {:error, 1} do a else {:error, x} -> {:handled, x} end", "{:handled, 1}"),
        ("x = with {:ok, a} <- {:ok, 1} do a else _ -> :no end; x", "1"),
        ("x = with a when a > 1 <- 1 do a end; {x}", "{1}"),
    ],
)
def test_branches_choose_the_first_that_applies(text: str, value: str) -> None:
    assert evaluated(text) == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("case 5 do 1 -> 2 end", "{:case_clause, 5}"),
        ("cond do nil -> 1 end", ":cond_clause"),
        ("with 1 <- 2 do 3 else 4 -> 5 end", "{:else_clause, 2}"),
        ("x = 5; x.(1)", "{:badfun, 5}"),
        ("x = %{}; x.a", "{:badkey, :a, %{}}"),
        ("x = 5; %{x | a: 1}", "{:badmap, 5}"),
        ("x = %{}; %{x | a: 1}", "{:badkey, :a}"),
        ("1 + :a", ":badarith"),
        ("x = :a; is_integer(rem(x, 2))", ":badarith"),
        ("x = true; x + 1", ":badarith"),
        ("fn 1 -> 2 end.(3)", ":function_clause"),
    ],
)
def test_failures_have_erlangs_reasons(text: str, reason: str) -> None:
    assert inspect(failure(text)) == reason


def test_a_call_with_too_few_arguments_tells_the_function_and_the_arguments() -> None:
    kind, (_, args) = failure("fn a, b -> {a, b} end.(1)")
    assert (kind, inspect(args)) == (atom.badarity, "[1]")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("f = fn 0 -> :zero; n when n > 3 -> {:big, n}; n -> n end; {f.(0), f.(5), f.(2)}", "{:zero, {:big, 5}, 2}"),
        ("x = 1; f = fn -> x end; x = 2; {f.(), x}", "{1, 2}"),
        ("add = fn a -> fn b -> a + b end end; add.(1).(2)", "3"),
        ("fs = for x <- [1, 2, 3], do: fn -> x end; for f <- fs, do: f.()", "[1, 2, 3]"),
        ("f = &Enum.sum/1; f.([1, 2])", "3"),
        ("f = &(&1 + &2); f.(1, 2)", "3"),
    ],
)
def test_functions_capture_values(text: str, value: str) -> None:
    assert evaluated(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for x <- [1, 2, 3], x > 1, do: x * 2", "[4, 6]"),
        ("for {:ok, x} <- [{:ok, 1}, :error, {:ok, 2}], do: x", "[1, 2]"),
        ("for x <- 1..2, y <- [:a, :b], do: {x, y}", "[{1, :a}, {1, :b}, {2, :a}, {2, :b}]"),
        ("for x <- [1, 1.0, 1], uniq: true, do: x", "[1, 1.0]"),
        ("for {k, v} <- %{a: 1}, into: %{}, do: {v, k}", "%{1 => :a}"),
        ('for <<c <- "abc">>, into: "", do: <<c + 1>>', '"bcd"'),
        ("for <<a::4, b::4 <- <<18, 52>> >>, do: {a, b}", "[{1, 2}, {3, 4}]"),
        ("for x <- [1, 2, 3], reduce: 0 do acc -> acc + x end", "6"),
        ("for x <- 3..1//-1, do: x", "[3, 2, 1]"),
        ("for x <- [1, 2], do: (y = x * 2; y + 1)", "[3, 5]"),
    ],
)
def test_comprehensions(text: str, value: str) -> None:
    assert evaluated(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('x = 5; "a#{x}b#{:c}"', '"a5bc"'),
        ('x = "q"; x <> "b" <> x', '"qbq"'),
        ("<<1, 2, 3>>", "<<1, 2, 3>>"),
        ("<<5::3>>", "<<5::size(3)>>"),
        ("<<1::size(4), 2::size(4)>>", "<<18>>"),
        ("x = 1.5; <<x::float>>", "<<63, 248, 0, 0, 0, 0, 0, 0>>"),
        ("<<258::little-16>>", "<<2, 1>>"),
        ("<<5::little-12>>", "<<5, 0::size(4)>>"),
        ("<<a::little-12>> = <<5::little-12>>; a", "5"),
        ('<<n, s::binary-size(n), rest::binary>> = <<2, "abcd">>; {s, rest}', '{"ab", "cd"}'),
        ("<<x::signed-8>> = <<255>>; x", "-1"),
        ("<<x::16, rest::bits>> = <<1, 2, 3::4>>; {x, rest}", "{258, <<3::size(4)>>}"),
        ('<<c::utf16>> = <<"é"::utf16>>; c', "233"),
        ('<<"ab", c, rest::binary>> = "abcd"; {c, rest}', '{99, "d"}'),
        ("<<f::float-32>> = <<1.5::float-32>>; f", "1.5"),
        ("<<195>> <> <<169>>", '"é"'),
        ("<<a::binary-size(1), b::binary>> = <<255, 65>>; {a, b}", '{<<255>>, "A"}'),
    ],
)
def test_bitstrings(text: str, value: str) -> None:
    assert evaluated(text) == value


def test_what_is_evaluated_later_keeps_its_place_after_what_comes_before() -> None:
    text = "{f.(1), (case f.(2) do 2 -> f.(3) end), f.(4)}"
    calls = []

    def note(value: Any) -> Any:
        calls.append(value)
        return value

    assert evaluated(text, f=note) == "{1, 3, 4}"
    assert calls == [1, 2, 3, 4]


def test_an_evaluation_returns_the_binding_with_what_it_has_bound() -> None:
    found = eval_quoted(parse("y = x + 1", file="iex"), {"x": 1}, default_env())
    assert found.binding == {"x": 1, "y": 2}
