"""Macros of users: hygiene, the caller, what a failing expansion shows; typed at a real shell."""

from __future__ import annotations

from tests.conftest import Iex

MACROS = """
defmodule My do
  defmacro twice(x) do
    quote do
      y = unquote(x)
      y * 2
    end
  end
  defmacro set_zed(value), do: quote(do: var!(zed) = unquote(value))
  defmacro where, do: Macro.escape({__CALLER__.module, __CALLER__.line})
  defmacro fails(x), do: raise("cannot take " <> Macro.to_string(x))
  defmacro sum([]), do: 0
  defmacro sum([head | tail]), do: quote(do: unquote(head) + My.sum(unquote(tail)))
  defmacro pair(list), do: quote(do: {:t, unquote_splicing(list)})
end
require My
"""


def last(text: str) -> str:
    """Return what the last line gave."""
    return text.rsplit("\n\n", 1)[-1].splitlines()[-1]


def test_the_variables_of_a_macro_do_not_meet_those_of_its_caller(iex: Iex) -> None:
    assert last(iex(MACROS + "y = 5; {My.twice(y + 1), y}")) == "{12, 5}"


def test_var_bang_reaches_the_callers_variable(iex: Iex) -> None:
    assert last(iex(MACROS + "My.set_zed(7)\nzed")) == "7"


def test_a_macro_sees_its_caller(iex: Iex) -> None:
    assert last(iex(MACROS + "My.where()")) == "{nil, 3}"


def test_a_macro_may_call_itself(iex: Iex) -> None:
    assert last(iex(MACROS + "My.sum([1, 2, 3])")) == "6"


def test_a_list_may_be_spliced_into_a_pair(iex: Iex) -> None:
    assert last(iex(MACROS + "My.pair([1, 2])")) == "{:t, 1, 2}"


def test_a_failing_macro_says_where_it_was_called(iex: Iex) -> None:
    shown = iex(MACROS + "My.fails(a + 1)")
    assert "** (RuntimeError) cannot take a + 1\n" in shown
    assert shown.endswith("    expanding macro: My.fails/1\n    iex:3: (file)")


def test_a_macro_that_gives_no_quoted_form_is_refused(iex: Iex) -> None:
    shown = iex("defmodule Bad do\n  defmacro four, do: {1, 2, 3, 4}\nend\nrequire Bad\nBad.four()")
    assert "error: invalid quoted expression: {1, 2, 3, 4}" in shown


def test_macro_expand_gives_the_callers_aliases(iex: Iex) -> None:
    assert last(iex("alias Foo.Bar\nMacro.expand(quote(do: Bar.Baz), __ENV__)")) == "Foo.Bar.Baz"


def test_a_bare_name_at_the_prompt_calls_the_function_of_that_name(iex: Iex) -> None:
    assert last(iex("self == self()")) == "true"


def test_a_variable_comes_before_the_function_of_its_name(iex: Iex) -> None:
    assert last(iex("self = 1\nself")) == "1"


def test_an_alias_that_a_macro_writes_is_the_callers_too(iex: Iex) -> None:
    stocked = "defmodule Stocked do\ndefmacro __using__(_), do: (quote do: alias Shop.Cart)\nend\n"
    assert last(iex(stocked + "use Stocked\nCart")) == "Shop.Cart"


def test_what_is_unquoted_has_to_be_a_quoted_form(iex: Iex) -> None:
    assert "tried to unquote invalid AST: {:a, :b, :c}" in iex("quote do: unquote({:a, :b, :c})")


def test_an_environment_takes_aliases_and_imports(iex: Iex) -> None:
    given = "{:ok, e} = Macro.Env.define_import(__ENV__, [], Integer, only: [digits: 1]); "
    assert last(iex(given + "Macro.Env.lookup_import(e, {:digits, 1})")) == "[function: Integer]"
    assert "expected an alias, got: 1" in iex("Macro.Env.define_alias(__ENV__, [], A.B, as: 1)")


def test_kernels_macros_expand_to_elixirs_forms(iex: Iex) -> None:
    expanded = "|> Macro.expand_once(__ENV__) |> Macro.to_string()"
    assert last(iex(f"quote(do: is_nil(a)) {expanded}")) == '"a == nil"'
    assert "x when Kernel.in(x, [false, nil]) -> b" in iex(f"quote(do: a || b) {expanded}")
    assert last(iex(f"quote(do: unless(a, do: b)) {expanded}")) == '"if a do\\n  nil\\nelse\\n  b\\nend"'
