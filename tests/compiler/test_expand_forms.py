"""What forms expand to: the facts of Elixir's own expander, with the metadata left out."""

from __future__ import annotations

import pytest

from tests.compiler.expansion import expanded

CASES = [
    (
        "x = 1; x + 1",
        ("{:__block__, [], [{:=, [], [x@0, 1]}, {{:., [], [:erlang, :+]}, [], [x@0, 1]}]}"),
    ),
    (
        "{x = 1, 2}; x",
        ("{:__block__, [], [{{:=, [], [x@0, 1]}, 2}, x@0]}"),
    ),
    (
        "x = 1; fn x -> x end; x",
        ("{:__block__, [], [{:=, [], [x@0, 1]}, {:fn, [], [{:->, [], [[x@1], x@1]}]}, x@0]}"),
    ),
    (
        "x = 1; ^x = 1",
        ("{:__block__, [], [{:=, [], [x@0, 1]}, {:=, [], [{:^, [], [x@0]}, 1]}]}"),
    ),
    (
        "if true, do: 1",
        (
            "{:case, [], [true, [do: [{:->, [], [[{:when, [], [x@0, {{:., [], [:erlang, :orelse]}, [], "
            '[{{:., [], [:erlang, :"=:="]}, [], [x@0, false]}, {{:., [], [:erlang, :"=:="]}, [], [x@0, '
            "nil]}]}]}], nil]}, {:->, [], [[:_], 1]}]]]}"
        ),
    ),
    (
        "a..b//c = 1..2",
        (
            "{:=, [], [{:%{}, [], [__struct__: Range, first: a@0, last: b@1, step: c@2]}, {:%{}, [], "
            "[__struct__: Range, first: 1, last: 2, step: 1]}]}"
        ),
    ),
    (
        '"a#{1}"',
        (
            '{:<<>>, [], [{:"::", [], ["a", :binary]}, {:"::", [], [{{:., [], [String.Chars, :to_string]}, '
            "[], [1]}, :binary]}]}"
        ),
    ),
    (
        '"a" <> rest = "ab"',
        ('{:=, [], [{:<<>>, [], [{:"::", [], ["a", :binary]}, {:"::", [], [rest@0, :binary]}]}, "ab"]}'),
    ),
    (
        "-1 = 1",
        ("{:=, [], [-1, 1]}"),
    ),
    (
        "[1, 2] ++ x = [1, 2, 3]",
        ("{:=, [], [[1, {:|, [], [2, x@0]}], [1, 2, 3]]}"),
    ),
    (
        "elem({1}, 0)",
        ("{{:., [], [:erlang, :element]}, [], [1, {:{}, [], [1]}]}"),
    ),
    (
        "&String.upcase/1",
        ("{:&, [], [{:/, [], [{{:., [], [String, :upcase]}, [], []}, 1]}]}"),
    ),
    (
        "&is_atom(&1)",
        ("{:&, [], [{:/, [], [{{:., [], [:erlang, :is_atom]}, [], []}, 1]}]}"),
    ),
    (
        "&{&1, &2}",
        ("{:fn, [], [{:->, [], [[capture@0, capture@1], {capture@0, capture@1}]}]}"),
    ),
    (
        "&(&1 + &2)",
        ("{:&, [], [{:/, [], [{{:., [], [:erlang, :+]}, [], []}, 2]}]}"),
    ),
    (
        "alias A.B; B.c()",
        ("{:__block__, [], [A.B, {{:., [], [A.B, :c]}, [], []}]}"),
    ),
    (
        "alias A.{B, C}; {B, C}",
        ("{:__block__, [], [[A.B, A.C], {A.B, A.C}]}"),
    ),
    (
        "alias A, as: B; B.C",
        ("{:__block__, [], [A, A.C]}"),
    ),
    (
        "import List, only: [flatten: 1]; flatten([1])",
        ("{:__block__, [], [List, {{:., [], [List, :flatten]}, [], [[1]]}]}"),
    ),
    (
        "for x <- [1], x > 1, do: x",
        ("{:for, [], [{:<-, [], [x@0, [1]]}, {{:., [], [:erlang, :>]}, [], [x@0, 1]}, [do: x@0, into: []]]}"),
    ),
    (
        'for <<c <- "a">>, into: "", do: <<c>>',
        (
            '{:for, [], [{:<<>>, [], [{:<-, [], [{:<<>>, [], [{:"::", [], [c@0, :integer]}]}, "a"]}]}, [do: '
            '{:<<>>, [], [{:"::", [], [c@0, :integer]}]}, into: ""]]}'
        ),
    ),
    (
        "for x <- [1], reduce: 0 do a -> a + x end",
        (
            "{:for, [], [{:<-, [], [x@0, [1]]}, [do: [{:->, [], [[a@1], {{:., [], [:erlang, :+]}, [], [a@1, "
            "x@0]}]}], reduce: 0]]}"
        ),
    ),
    (
        "with {:ok, x} <- 1, y = x, do: y, else: (_ -> 3)",
        ("{:with, [], [{:<-, [], [{:ok, x@0}, 1]}, {:=, [], [y@1, x@0]}, [do: y@1, else: [{:->, [], [[:_], 3]}]]]}"),
    ),
    (
        "try do 1 rescue e in [ArgumentError] -> e; ArgumentError -> 2; f -> f end",
        (
            "{:try, [], [[do: 1, rescue: [{:->, [], [[{:in, [], [e@0, [ArgumentError]]}], e@0]}, {:->, [], "
            "[[{:in, [], [:_, [ArgumentError]]}], 2]}, {:->, [], [[f@1], f@1]}]]]}"
        ),
    ),
    (
        "try do 1 catch x -> x; :exit, y -> y after 3 end",
        ("{:try, [], [[do: 1, catch: [{:->, [], [[:throw, x@0], x@0]}, {:->, [], [[:exit, y@1], y@1]}], after: 3]]}"),
    ),
    (
        "receive do x when x > 1 -> x after 3 -> 4 end",
        (
            "{:receive, [], [[do: [{:->, [], [[{:when, [], [x@0, {{:., [], [:erlang, :>]}, [], [x@0, 1]}]}], "
            "x@0]}], after: [{:->, [], [[3], 4]}]]]}"
        ),
    ),
    (
        "cond do x = 1 -> x end",
        ("{:cond, [], [[do: [{:->, [], [[{:=, [], [x@0, 1]}], x@0]}]]]}"),
    ),
    (
        '<<x::8, y::binary-size(x)>> = "ab"',
        (
            '{:=, [], [{:<<>>, [], [{:"::", [], [x@0, {:-, [], [:integer, {:size, [], ~c"\\b"}]}]}, {:"::", '
            '[], [y@1, {:-, [], [:binary, {:size, [], [x@0]}]}]}]}, "ab"]}'
        ),
    ),
    (
        '<<a::integer-signed-little-16>> = "ab"',
        (
            '{:=, [], [{:<<>>, [], [{:"::", [], [a@0, {:-, [], [{:-, [], [{:-, [], [:integer, :little]}, '
            ':signed]}, {:size, [], [16]}]}]}]}, "ab"]}'
        ),
    ),
    (
        '<<1, 2::size(3), "a", "x"::utf8>>',
        (
            '{:<<>>, [], [{:"::", [], [1, :integer]}, {:"::", [], [2, {:-, [], [:integer, {:size, [], '
            '[3]}]}]}, {:"::", [], ["a", :binary]}, {:"::", [], ["x", :utf8]}]}'
        ),
    ),
    (
        '<<a::4-unit(2)-bits, b::bytes>> = "ab"',
        (
            '{:=, [], [{:<<>>, [], [{:"::", [], [a@0, {:-, [], [{:-, [], [:bitstring, {:unit, [], [2]}]}, '
            '{:size, [], [4]}]}]}, {:"::", [], [b@1, :binary]}]}, "ab"]}'
        ),
    ),
    (
        "x = 1; %{^x => y} = %{}",
        ("{:__block__, [], [{:=, [], [x@0, 1]}, {:=, [], [{:%{}, [], [{{:^, [], [x@0]}, y@1}]}, {:%{}, [], []}]}]}"),
    ),
    (
        "m = %{}; %{m | a: 1}",
        ("{:__block__, [], [{:=, [], [m@0, {:%{}, [], []}]}, {:%{}, [], [{:|, [], [m@0, [a: 1]]}]}]}"),
    ),
    (
        "%x{a: b} = 1",
        ("{:=, [], [{:%, [], [x@0, {:%{}, [], [a: b@1]}]}, 1]}"),
    ),
    (
        "quote do: x + unquote(1)",
        ("{:{}, [], [:+, [context: Elixir, imports: [{1, Kernel}, {2, Kernel}]], [{:{}, [], [:x, [], Elixir]}, 1]]}"),
    ),
    (
        "quote do: [1, unquote_splicing([2]), 3]",
        ("[{:|, [], [1, {{:., [], [:elixir_quote, :list]}, [], [[2], [3]]}]}]"),
    ),
    (
        "quote bind_quoted: [a: 1], do: a",
        (
            "{:{}, [], [:__block__, [], [{:{}, [], [:=, [], [{:{}, [], [:a, [line: 1], Elixir]}, 1]]}, {:{}, "
            "[], [:a, [], Elixir]}]]}"
        ),
    ),
    (
        "fn a, b when a when b -> a end",
        ("{:fn, [], [{:->, [], [[{:when, [], [a@0, b@1, {:when, [], [a@0, b@1]}]}], a@0]}]}"),
    ),
    (
        "1 |> Enum.map(&(&1))",
        ("{{:., [], [Enum, :map]}, [], [1, {:fn, [], [{:->, [], [[capture@0], capture@0]}]}]}"),
    ),
    (
        "f = 1; f.(2)",
        ("{:__block__, [], [{:=, [], [f@0, 1]}, {{:., [], [f@0]}, [], [2]}]}"),
    ),
    (
        "f = %{}; f.a",
        ("{:__block__, [], [{:=, [], [f@0, {:%{}, [], []}]}, {{:., [], [f@0, :a]}, [], []}]}"),
    ),
    (
        "f = %{}; f.a()",
        ("{:__block__, [], [{:=, [], [f@0, {:%{}, [], []}]}, {{:., [], [f@0, :a]}, [], []}]}"),
    ),
    (
        "to_string(1)",
        ("{{:., [], [String.Chars, :to_string]}, [], [1]}"),
    ),
    (
        "not true",
        ("{{:., [], [:erlang, :not]}, [], [true]}"),
    ),
    (
        "1 in [1, 2]",
        (
            '{{:., [], [:erlang, :orelse]}, [], [{{:., [], [:erlang, :"=:="]}, [], [1, 1]}, {{:., [], '
            '[:erlang, :"=:="]}, [], [1, 2]}]}'
        ),
    ),
    (
        "x = 1; x != 2 and x in [1]",
        (
            '{:__block__, [], [{:=, [], [x@0, 1]}, {:case, [], [{{:., [], [:erlang, :"/="]}, [], [x@0, 2]}, '
            '[do: [{:->, [], [[false], false]}, {:->, [], [[true], {{:., [], [:erlang, :"=:="]}, [], [x@0, '
            "1]}]}, {:->, [], [[other@1], {{:., [], [:erlang, :error]}, [], [{:{}, [], [:badbool, :and, "
            "other@1]}]}]}]]]}]}"
        ),
    ),
]


@pytest.mark.parametrize(("source", "form"), CASES, ids=[source for source, _ in CASES])
def test_a_form_expands_as_elixir_expands_it(source: str, form: str) -> None:
    assert expanded(source) == form
