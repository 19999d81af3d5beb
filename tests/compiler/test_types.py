"""What the compiler tells of code that cannot work because of the types of its values, in the oracle's words."""

from __future__ import annotations

import pytest

from tests.compiler.modules import said


def told(body: str) -> list[str]:
    """Return the first line of each warning about a function with this body."""
    return [
        text.split("\n")[0].removeprefix("warning: ")
        for text in said(f"defmodule Q do\n def f(x) do\n{body}\n end\nend")
    ]


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("y = Atom.to_string(x)\ny + 1", "incompatible types given to Kernel.+/2:"),
        ("Integer.to_string(x) + 1", "incompatible types given to Kernel.+/2:"),
        ('"n: " <> length(x)', "incompatible types in expression:"),
        ('length(x) == "0"', "comparison between distinct types found:"),
        ("y = %{a: x}\ny.b", "unknown key .b in expression:"),
        ("y = %{a: x}\n%{y | b: 1}", "expected a map with key :b in map update syntax:"),
        ("{:ok, y} = {:error, x}\ny", "the following pattern will never match:"),
        ("cond do\n {x} -> 1\n true -> 2\nend", "this clause in cond will always match:"),
        ("cond do\n _ = nil -> 1\n x -> 2\nend", "this clause in cond will never match:"),
        ("case length(x) do\n :a -> 1\n _ -> 2\nend", "the following clause will never match:"),
    ],
)
def test_what_can_never_work_is_told(body: str, first: str) -> None:
    assert told(body) == [first]


@pytest.mark.parametrize(
    "body",
    [
        "x + 1",
        "y = if x, do: 1\ny",
        "case x do\n {:ok, y} -> y + 1\n :error -> 0\nend",
        "y = %{a: x}\ny.a.b",
        "%{x | a: 1}",
        "cond do\n x > 1 -> 1\n x -> 2\n :else -> 3\nend",
        "Enum.map(x, fn {a, b} -> a + b end)",
        "[y | _] = [x, 1]\ny",
        '1 == "a" or x',
        "try do\n x\nrescue\n e in ArgumentError -> e.message\nend",
    ],
)
def test_what_may_work_is_left_alone(body: str) -> None:
    assert told(body) == []


def test_a_warning_shows_the_types_and_where_a_variable_got_its_own() -> None:
    text = said("defmodule Q do\n def f(a) do\n  x = is_atom(a)\n  x ++ [1]\n end\nend")

    assert text == [
        "warning: incompatible types given to Kernel.++/2:\n\n    x ++ [1]\n\ngiven types:\n\n"
        "    -dynamic(boolean())-, non_empty_list(integer())\n\nbut expected one of:\n\n    list(term()), term()\n\n"
        'where "x" was given the type:\n\n    # type: dynamic(boolean())\n    # from: nofile:3:5\n'
        '    x = is_atom(a)\n'
    ]


def test_after_the_first_failure_of_a_clause_nothing_more_is_told_of_it() -> None:
    assert told("y = length(x)\ny.a\ny.b") == ["expected a map or struct when accessing .a in expression:"]


def test_constant_maps_are_folded_as_erlang_folds_them() -> None:
    assert told("_ = x\nMap.put(1, 2, 3)") == ["map update will fail with a 'badmap' exception"]
    missing = "the call to map_get/2 will fail with a '{badkey,b}' exception"
    assert told("_ = x\nMap.fetch!(%{a: 1}, :b)") == [missing]


def test_calls_of_constants_are_told() -> None:
    invalid = "invalid module and/or function name; this call will always fail"
    assert invalid in told("_ = x\ny = 1\ny.foo()")
    assert "invalid function call" in told("_ = x\ny = 1\ny.()")


def test_constants_that_make_a_call_fail_are_told_before() -> None:
    assert told('_ = x\n1 + "a"')[0] == "evaluation of operator '+'/2 will fail with a 'badarith' exception"


def test_a_macro_called_without_require_is_told_with_what_is_missing() -> None:
    source = "defmodule Q do\n defmodule M do\n  defmacro m(x), do: x\n end\n def f(x), do: Q.M.m(x)\nend"

    assert said(source) == [
        "warning: Q.M.m/1 is undefined or private. However, there is a macro with the same name and arity. Be sure to "
        "require Q.M if you intend to invoke this macro"
    ]


def test_an_operator_that_is_captured_is_not_called() -> None:
    assert told("Enum.sort(x, &>=/2)") == []
