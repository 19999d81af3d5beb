"""Kernel's macros: values, and the refusals in the oracle's words."""

from __future__ import annotations

import pytest

from pyex.terms.inspect import inspect
from tests.compiler.modules import evaluate, failure, value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if nil, do: 1, else: 2", "2"),
        ("if 0, do: 1", "1"),
        ("unless false, do: 1", "1"),
        ("{nil || 3, 1 && 2, !1, !!nil, true and 1, false or 2}", "{3, 2, false, false, 1, 2}"),
        ("[1, 2] |> Enum.map(& &1 + 1) |> then(&{&1})", "{[2, 3]}"),
        ("{1 in [1, 2], 3 in 1..2, 4 not in [4], 5 in 1..9//2}", "{true, false, false, true}"),
        ("case 3 do\n x when x in [1, 2] -> :a\n x when x in 3..5 -> :b\nend", ":b"),
        ("match?({1, _}, {1, 2})", "true"),
        ("match?({x, _} when x > 1, {1, 2})", "false"),
        ('"a" <> "b" <> "c"', '"abc"'),
        ('"a" <> rest = "abc"\nrest', '"bc"'),
        ("destructure([a, b, c], [1, 2])\n{a, b, c}", "{1, 2, nil}"),
        ("{1..3, 3..1//-1, ..}", "{1..3, 3..1//-1, 0..-1//1}"),
        ("m = %{a: %{b: 1}}\nput_in(m.a.b, 2)", "%{a: %{b: 2}}"),
        ("m = %{a: %{b: 1}}\nupdate_in(m[:a][:b], & &1 + 1)", "%{a: %{b: 2}}"),
        ("m = %{a: %{b: 1}}\npop_in(m[:a][:b])", "{1, %{a: %{}}}"),
        ("m = %{a: %{b: 1}}\nget_and_update_in(m.a.b, &{&1, 5})", "{1, %{a: %{b: 5}}}"),
        ("get_in(%{a: nil}[:a][:b])", "nil"),
        ("{~w(a b), ~w(a b)a, ~c(ab), ~s(a#{1}), ~S(a#{1})}", '{["a", "b"], [:a, :b], ~c"ab", "a1", "a\\#{1}"}'),
        ("x = 1\nbinding()", "[x: 1]"),
        ("{is_struct(1..2), is_struct(%{}), is_exception(%RuntimeError{}), is_nil(nil)}", "{true, false, true, true}"),
        ('try do\n raise "x"\nrescue\n e -> e\nend', '%RuntimeError{message: "x"}'),
        ("try do\n raise ArgumentError\nrescue\n e -> e.message\nend", '"argument error"'),
        ("tap(1, fn _ -> 2 end)", "1"),
        ('y = "é"\n^y <> rest = "éa"\nrest', '"a"'),
        ("y = <<1::3>>\n<<c, ^y::bitstring, rest::bits>> = <<7, 1::3, 2::5>>\n{c, rest}", "{7, <<2::size(5)>>}"),
        ("y = :a\nmatch?(^y <> _, \"a\")", "false"),
        ('y = "a"\nfor <<^y::binary, c <- "axay">>, do: c', '~c"xy"'),
    ],
)
def test_what_a_macro_gives(source: str, expected: str) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "if true, foo: 1",
            'invalid or duplicate keys for if, only "do" and an optional "else" are permitted',
        ),
        (
            "fn x when x && 1 -> 1 end",
            "invalid expression in guard, && is not allowed in guards. To learn more about guards, visit: "
            "https://hexdocs.pm/elixir/patterns-and-guards.html",
        ),
        ('1 <> "a"', "expected binary argument in <> operator but got: 1"),
        (
            "1 |> 2",
            "cannot pipe 1 into 2, can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function "
            "calls foo.()",
        ),
        (
            "1 |> -1",
            "piping into a unary operator is not supported, please use the qualified name: Kernel.-(1), instead of -1",
        ),
        (
            "fn x when x in y -> 1 end",
            'invalid right argument for operator "in", it expects a compile-time proper list or compile-time range on '
            "the right side when used in guard expressions, got: y",
        ),
        ("1..:a", "ranges (first..last//step) expect both sides to be integers, got: 1..:a"),
        ("use 1", "invalid arguments for use, expected a compile time atom or alias, got: 1"),
        ("~w(a b)z", "modifier must be one of: s, a, c"),
        ("raise 1", "raise/1 and reraise/2 expect a module name, string or exception as the first argument, got: 1"),
        ("get_in(x)", "expected expression given to get_in/1 to access at least one element, got: x"),
        ("@foo", "cannot invoke @/1 outside module"),
    ],
)
def test_what_a_macro_refuses(source: str, message: str) -> None:
    assert failure(source) == message


def test_macros_stand_before_text_in_patterns_and_after_in_in_guards() -> None:
    source = """
    defmodule Letters do
      defmacro vowels, do: ~c"aeiou"
      defmacro greeting, do: "hi "
    end
    defmodule Reader do
      import Letters
      @farewell "bye "
      def kind(c) when c in vowels(), do: :vowel
      def kind(_), do: :other
      def name(greeting() <> name), do: name
      def name(@farewell <> name), do: {:bye, name}
    end
    {Enum.map(~c"ab", &Reader.kind/1), Reader.name("hi Jo"), Reader.name("bye Al")}
    """
    assert value(source) == '{[:vowel, :other], "Jo", {:bye, "Al"}}'


def test_a_module_is_defined_as_often_as_its_function_is_called() -> None:
    source = """
    defmodule Maker do
      import Bitwise, only: [&&&: 2]
      def make(name) do
        defmodule name do
          defmacro twice(x), do: (quote do unquote(x) * 2 end)
          def low(n), do: n &&& 3
        end
      end
    end
    for name <- [One, Two], do: Maker.make(name)
    for name <- [One, Two], do: {name.low(7), name."MACRO-twice"(nil, 4) |> elem(0)}
    """
    found, said = evaluate(source)
    assert (inspect(found), said) == ("[{3, :*}, {3, :*}]", ["warning: unused import Bitwise"])
