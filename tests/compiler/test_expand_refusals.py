"""Each wrong program is refused with the user's error, in Elixir 1.18.3's words; doubtful ones are warned of."""

from __future__ import annotations

import pytest

from tests.compiler.expansion import rejected, warned

REJECTED = [
    (
        "fn %{a: x} = %{b: x} -> x end",
        (
            "recursive variable definition in patterns:\n\n[%{a: x} = %{b: x}]\n\n"
            'the variable "x" is defined in function of itself'
        ),
    ),
    (
        "{x = y, y = x} = 1",
        (
            "recursive variable definition in patterns:\n\n{x = y, y = x}\n\n"
            'the variable "x" is defined recursively in function of "y"'
        ),
    ),
    ("<<1::binary>>", 'conflicting type specification for bit field: "binary" and "integer"'),
    (
        '"a" <> <<1::3>>',
        "expected <<1::integer-size(3)>> to be a binary but its number of bits is not divisible by 8",
    ),
    (
        "Foo.bar() = 1",
        ("cannot invoke remote function Foo.bar/0 inside a match"),
    ),
    (
        "&(&1 + &3)",
        (
            "capture argument &3 cannot be defined without &2 (you cannot skip arguments, all arguments must "
            "be numbered)"
        ),
    ),
    (
        "&1",
        ("capture argument &1 must be used within the capture operator &"),
    ),
    (
        '&"a"',
        (
            "invalid args for &, expected one of:\n\n  * &Mod.fun/arity to capture a remote function, such as "
            "&Enum.map/2\n  * &fun/arity to capture a local or imported function, such as &is_atom/1\n  * "
            '&some_code(&1, ...) containing at least one argument as &1, such as &List.flatten(&1)\n\nGot: "a"'
        ),
    ),
    (
        "foo(1)",
        ("undefined function foo/1 (there is no such import)"),
    ),
    (
        "_",
        (
            "invalid use of _. _ can only be used inside patterns to ignore values and cannot be used in "
            "expressions. Make sure you are inside a pattern or change it accordingly"
        ),
    ),
    (
        "fn x when x + foo(1) -> x end",
        ("undefined function foo/1 (there is no such import)"),
    ),
    (
        "fn x when foo -> x end",
        ('undefined variable "foo"'),
    ),
    (
        "fn x when String.length(x) == 1 -> x end",
        ("cannot invoke remote function String.length/1 inside a guard"),
    ),
    (
        "<<1::size(1)-size(2)>>",
        ('conflicting size specification for bit field: "2" and "1"'),
    ),
    (
        "<<1::integer-float>>",
        ('conflicting type specification for bit field: "float" and "integer"'),
    ),
    (
        "<<1::utf8-size(8)>>",
        ("size and unit are not supported on utf types"),
    ),
    (
        '<<"a"::integer>>',
        ('conflicting type specification for bit field: "integer" and "binary"'),
    ),
    (
        "__CALLER__",
        ("__CALLER__ is available only inside defmacro and defmacrop"),
    ),
    (
        "__STACKTRACE__",
        ("__STACKTRACE__ is available only inside catch and rescue clauses of try expressions"),
    ),
    (
        "super(1)",
        ("cannot invoke super outside module"),
    ),
    (
        "for x <- [1], foo: 2, do: x",
        ("unsupported option :foo given to for"),
    ),
    (
        "for do: 1",
        ("for comprehensions must start with a generator"),
    ),
    (
        "try do 1 end",
        ('missing :catch/:rescue/:after option in "try"'),
    ),
    (
        "case 1 do y -> y end; y",
        ('undefined variable "y"'),
    ),
    (
        "foo.bar",
        ('undefined variable "foo"'),
    ),
    (
        "IO.puts(undefined_y, z)",
        ('undefined variable "undefined_y"'),
    ),
    (
        "%{^q => 1} = %{}",
        ('undefined variable ^q. No variable "q" has been defined before the current pattern'),
    ),
    (
        "alias foo",
        ('undefined variable "foo"'),
    ),
    (
        "alias Foo, as: bar",
        ('undefined variable "bar"'),
    ),
    (
        "alias :foo",
        (
            "alias cannot be inferred automatically for module: :foo, please use the :as option. Implicit "
            "aliasing is only supported with Elixir modules"
        ),
    ),
    (
        'import "x"',
        ('invalid argument for import, expected a compile time atom or alias, got: "x"'),
    ),
    (
        "require 1",
        ("invalid argument for require, expected a compile time atom or alias, got: 1"),
    ),
    (
        "&foo/1",
        ("undefined function foo/1 (there is no such import)"),
    ),
    (
        "[unquote_splicing(1)]",
        ("unquote_splicing called outside quote"),
    ),
    (
        "x when y",
        ("undefined function when/2 (there is no such import)"),
    ),
    (
        "{x, y} <- 1",
        ("undefined function <-/2 (there is no such import)"),
    ),
    (
        "%x{a: 1}",
        ('undefined variable "x"'),
    ),
    (
        "%{1, 2}",
        ("expected key-value pairs in a map, got: 1"),
    ),
    (
        "case 1, do: 2",
        ('expected -> clauses for :do in "case"'),
    ),
    (
        "cond do x, y -> 1 end",
        ('expected one argument for :do clauses (->) in "cond"'),
    ),
    (
        "cond do _ -> 1 end",
        (
            'invalid use of _ inside "cond". If you want the last clause to always match, you probably meant '
            "to use: true ->"
        ),
    ),
    (
        "try do 1 rescue 3 -> 1 end",
        (
            'invalid "rescue" clause. The clause should match on an alias, a variable or be in the "var in '
            '[alias]" format. Got: 3'
        ),
    ),
    (
        "try do 1 catch a, b, c -> 1 end",
        ('expected one or two args for :catch clauses (->) in "try"'),
    ),
    (
        "receive do 1 end",
        ('expected -> clauses for :do in "receive"'),
    ),
    (
        "fn 1 -> 1; 2, 3 -> 4 end",
        ("cannot mix clauses with different arities in anonymous functions"),
    ),
    (
        "fn (x \\\\ 1) -> x end",
        ("anonymous functions cannot have optional arguments"),
    ),
    (
        "with 1",
        ('missing :do option in "with"'),
    ),
    (
        "quote foo: 1, do: 1",
        ("unsupported option :foo given to quote"),
    ),
    (
        "quote 1",
        ('invalid arguments for "quote"'),
    ),
    (
        "import List, only: [flatten: 1], except: [foo: 1]",
        (":only and :except can only be given together to import when :only is :functions, :macros, or :sigils"),
    ),
    (
        "import List, foo: 1",
        ("unsupported option :foo given to import"),
    ),
    (
        "import List, only: :foo",
        (
            "invalid :only option for import, expected value to be an atom :functions, :macros, or a literal "
            "keyword list of function names with arity as values, got: :foo"
        ),
    ),
    (
        "[h | t] = [1 | foo]",
        ('undefined variable "foo"'),
    ),
    (
        "x = fn -> x end",
        ('undefined variable "x"'),
    ),
    (
        "x + 1 = 2",
        ("cannot invoke remote function :erlang.+/2 inside a match"),
    ),
    (
        "1 + 1 = 2",
        ("cannot invoke remote function :erlang.+/2 inside a match"),
    ),
    (
        "case 1 do end",
        ('expected -> clauses for :do in "case"'),
    ),
    (
        "%NotExists{}",
        (
            "NotExists.__struct__/1 is undefined, cannot expand struct NotExists. Make sure the struct name "
            "is correct. If the struct name exists and is correct but it still cannot be found, you likely "
            "have cyclic module usage in your code"
        ),
    ),
    (
        "defmodule foo do end",
        ('undefined variable "foo"'),
    ),
    (
        "a |> b",
        ("undefined function b/1 (there is no such import)"),
    ),
    (
        "use Nope",
        ("module Nope is not loaded and could not be found"),
    ),
    (
        "require Nope",
        ("module Nope is not loaded and could not be found"),
    ),
    (
        "__ENV__ = 1",
        ("invalid pattern in match, __ENV__ is not allowed in matches"),
    ),
    (
        "fn x when x = 1 -> x end",
        (
            "invalid expression in guards, = is not allowed in guards. To learn more about guards, visit: "
            "https://hexdocs.pm/elixir/patterns-and-guards.html#guards"
        ),
    ),
    (
        "fn x when fn -> 1 end -> x end",
        (
            "invalid expression in guards, fn is not allowed in guards. To learn more about guards, visit: "
            "https://hexdocs.pm/elixir/patterns-and-guards.html#guards"
        ),
    ),
    (
        "fn x when x.(1) -> x end",
        (
            "invalid expression in guards, anonymous call is not allowed in guards. To learn more about "
            "guards, visit: https://hexdocs.pm/elixir/patterns-and-guards.html#guards"
        ),
    ),
    (
        '<<x::size(y)>> = "a"',
        ('undefined variable "y"'),
    ),
    (
        '<<x::binary-size(String.length("a"))>> = "a"',
        ("cannot invoke remote function String.length/1 inside a bitstring size specifier"),
    ),
    (
        '<<x::float-size(10)>> = "abc"',
        ("float requires size*unit to be 16, 32, or 64 (default), got: 10"),
    ),
    (
        '<<x::unit(8)>> = "abc"',
        ("integer and float types require a size specifier if the unit specifier is given"),
    ),
    (
        "<<1.5::integer>>",
        ('conflicting type specification for bit field: "integer" and "float"'),
    ),
    (
        "<<1::size(foo)>>",
        ('undefined variable "foo"'),
    ),
    (
        '<<x::signed-unsigned>> = "a"',
        ('conflicting sign specification for bit field: "unsigned" and "signed"'),
    ),
    (
        '<<x::binary-signed>> = "a"',
        ("signed and unsigned specifiers are supported only on integer and float types"),
    ),
    (
        '<<x::little-big>> = "a"',
        ('conflicting endianness specification for bit field: "big" and "little"'),
    ),
]

WARNED = [
    (
        "fn a, a, b when b -> _a = 1; _a end",
        (
            'the underscored variable "_a" is used after being set. A leading underscore indicates that the '
            "value of the variable should be ignored. If this is intended please rename the variable to "
            "remove the underscore"
        ),
    ),
    (
        "import List, only: [flaten: 1]",
        ("cannot import List.flaten/1 because it is undefined or private"),
    ),
    (
        "(1; 2; 3)",
        ("code block contains unused literal 1 (remove the literal or assign it to _ to avoid warnings)"),
    ),
    (
        '(:a; "b"; 3)',
        ('code block contains unused literal "b" (remove the literal or assign it to _ to avoid warnings)'),
    ),
    (
        "(x = 1; x; 3)",
        (
            "variable x in code block has no effect as it is never returned (remove the variable or assign "
            "it to _ to avoid warnings)"
        ),
    ),
    (
        "fn x -> 1 end",
        ('variable "x" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
    (
        "fn _x -> _x end",
        (
            'the underscored variable "_x" is used after being set. A leading underscore indicates that the '
            "value of the variable should be ignored. If this is intended please rename the variable to "
            "remove the underscore"
        ),
    ),
    (
        "case 1 do z -> 2 end",
        ('variable "z" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
    (
        "for y <- [1], do: 1",
        ('variable "y" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
    (
        "with a <- 1, do: 1",
        ('variable "a" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
    (
        "receive do r -> 1 after 0 -> 2 end",
        ('variable "r" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
    (
        "try do 1 rescue e -> 2 end",
        ('variable "e" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
    (
        "cond do c = 1 -> 2 end",
        ('variable "c" is unused (if the variable is not meant to be used, prefix it with an underscore)'),
    ),
]


@pytest.mark.parametrize(("source", "message"), REJECTED, ids=[source for source, _ in REJECTED])
def test_a_wrong_form_is_refused_in_elixirs_words(source: str, message: str) -> None:
    assert rejected(source) == message


@pytest.mark.parametrize(("source", "message"), WARNED, ids=[source for source, _ in WARNED])
def test_a_doubtful_form_is_warned_of_in_elixirs_words(source: str, message: str) -> None:
    assert message in warned(source)


def test_unused_imports_and_aliases_are_told_at_the_end() -> None:
    assert warned("import List\nalias Foo.Bar, as: B\nimport Enum, only: [map: 2, sum: 1]\nsum([1])") == [
        "unused alias B",
        "unused import Enum.map/2",
        "unused import List",
    ]
