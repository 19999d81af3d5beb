"""What the compiler says of a module at its end, in the oracle's words."""

from __future__ import annotations

import pytest

from pyex.terms.errors import ElixirError
from tests.compiler.modules import evaluate, said
from tests.conftest import Iex


def errors(source: str) -> list[str]:
    """Return what the compiler says of a module that it refuses."""
    from pyex.compiler.diagnostics import Collector
    from pyex.compiler.env import default_env
    from pyex.compiler.evaluate import eval_quoted
    from pyex.syntax import parse

    collector = Collector()
    with pytest.raises(ElixirError):
        eval_quoted(parse(source, file="nofile"), {}, default_env(file="nofile", collector=collector))
    return [f"{one.line}: {one.message} [{one.where}]" for one in collector.diagnostics if one.severity == "error"]


def test_all_undefined_functions_are_told() -> None:
    text = "(expected Q to define such a function or for it to be imported, but none are available)"

    assert errors("defmodule Q do\n def f, do: g()\n def h, do: i(1)\nend") == [
        f"3: undefined function i/1 {text} [Q.h/0]",
        f"2: undefined function g/0 {text} [Q.f/0]",
    ]


def test_private_definitions_that_nobody_calls_are_told() -> None:
    source = "defmodule Q do\n defp f, do: f()\n defp g(a \\\\ 1), do: a\n defmacrop m, do: 1\nend"

    assert said(source) == [
        "warning: macro m/0 is unused",
        "warning: function g/1 is unused",
        "warning: function f/0 is unused",
    ]


def test_clauses_that_another_arity_parts_are_told_by_their_name() -> None:
    source = "defmodule Q do\n def f(1), do: 1\n def f(x, y), do: {x, y}\n def f(2), do: 2\nend"

    assert said(source) == [
        'warning: clauses with the same name should be grouped together, "def f/1" was previously defined (nofile:2)'
    ]


def test_clauses_apart_and_clauses_never_reached_are_told() -> None:
    source = "defmodule Q do\n def f(x), do: x\n def g(x), do: x\n def f(y), do: y\nend"

    assert said(source) == [
        'warning: clauses with the same name and arity (number of arguments) should be grouped together, "def f/1" '
        "was previously defined (nofile:2)",
        "warning: this clause for f/1 cannot match because a previous clause at line 2 always matches",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("def x(a), [dox: 1]", '2: missing :do option in "def" [Q.x/1]'),
        ("def 1, do: 1", "2: invalid syntax in def 1 [Q (module)]"),
        ("def x(a)", "2: implementation not provided for predefined def x/1 [Q (module)]"),
        ("def f(_), do: 1\n defp f(_), do: 1", "3: defp f/1 already defined as def in nofile:2 []"),
        ("def f(a \\\\ 1), do: a\n def f(), do: 1", "3: def f/0 conflicts with defaults from f/1 [Q.f/0]"),
        ("def f, do: m(1)\n defmacro m(x), do: x", "2: cannot invoke macro m/1 before its definition [Q.f/0]"),
        ("@spec foo(integer) :: integer\n def bar(a), do: a", "2: spec for undefined function foo/1 []"),
        (
            "import Enum\n def map(a, b), do: {a, b}\n def g, do: map(1, 2)",
            "3: imported Enum.map/2 conflicts with local function [Q (module)]",
        ),
    ],
)
def test_what_a_module_is_refused_for(body: str, expected: str) -> None:
    assert errors(f"defmodule Q do\n {body}\nend") == [expected]


def test_in_a_body_outside_functions_the_first_error_ends_it() -> None:
    assert errors("defmodule Q do\n f()\n g()\nend") == [
        "2: undefined function f/0 (there is no such import) [Q (module)]"
    ]


def test_missing_callbacks_are_told() -> None:
    source = """
    defmodule P do
      @callback foo(integer) :: integer
      @callback bar() :: integer
      @optional_callbacks bar: 0
    end
    defmodule Q do
      @behaviour P
    end
    """
    assert said(source) == ["warning: function foo/1 required by behaviour P is not implemented (in module Q)"]


def test_impl_must_name_a_callback() -> None:
    nothing = 'got "@impl true" for function foo/0 but no behaviour was declared'

    assert said("defmodule Q do\n @impl true\n def foo, do: 1\nend") == [f"warning: {nothing}"]


def test_one_impl_asks_for_impl_at_all_callbacks() -> None:
    source = """
    defmodule P do
      @callback foo(integer) :: integer
      @callback bar() :: integer
    end
    defmodule Q do
      @behaviour P
      @impl true
      def foo(x), do: x
      def bar, do: 1
    end
    """
    assert said(source) == [
        "warning: module attribute @impl was not set for function bar/0 callback (specified in P). This either means you "
        'forgot to add the "@impl true" annotation before the definition or that you are accidentally overriding this '
        "callback"
    ]


def test_remote_calls_that_reach_nothing_are_told() -> None:
    source = "defmodule Q do\n def a, do: Unknown.fun(1)\nend"

    assert said(source) == [
        "warning: Unknown.fun/1 is undefined (module Unknown is not available or is yet to be defined). Make sure the "
        "module name is correct and has been specified in full (or that an alias has been defined)"
    ]


def test_calls_of_deprecated_functions_are_told() -> None:
    source = """
    defmodule Q do
      @deprecated "use g"
      def f, do: 1
    end
    defmodule R do
      def x, do: Q.f()
    end
    """
    assert said(source) == ["warning: Q.f/0 is deprecated. use g"]


def test_a_broken_module_leaves_the_one_before_it() -> None:
    source = """
    defmodule Q do
      def f, do: 1
    end
    try do
      defmodule Q do
        def f, do: zz
      end
    rescue
      CompileError -> Q.f()
    end
    """
    assert evaluate(source)[0] == 1


def test_what_a_macro_writes_is_not_warned_of(iex: Iex) -> None:
    printed = iex(
        "defmodule Writes do\n  defmacro both do\n    quote do\n      def one(1), do: 1\n      def two(b), do: 1\n"
        "      def one(2), do: 2\n      defp three, do: 3\n    end\n  end\nend\n"
        "defmodule Written do\n  require Writes\n  Writes.both()\nend"
    )
    assert "warning" not in printed


def test_a_range_downwards_without_a_step_is_warned_of(iex: Iex) -> None:
    assert "3..1 has a default step of -1, please write 3..1//-1 instead" in iex("3..1")


def test_two_behaviours_with_the_same_callback_are_in_conflict() -> None:
    source = """
    defmodule P do
      @callback foo(integer) :: integer
    end
    defmodule R do
      @callback foo(integer) :: integer
    end
    defmodule Q do
      @behaviour P
      @behaviour R
      @behaviour R
      def foo(x), do: x
    end
    """
    assert said(source) == [
        "warning: conflicting behaviours found. Callback function foo/1 is defined by both P and R (in module Q)",
        "warning: the behaviour R has been declared twice (conflict in function foo/1 in module Q)",
    ]


def test_a_private_function_is_no_callback() -> None:
    source = """
    defmodule P do
      @callback foo(integer) :: integer
    end
    defmodule Q do
      @behaviour P
      def bar, do: foo(1)
      defp foo(x), do: x
    end
    """
    assert said(source) == [
        'warning: function foo/1 required by behaviour P was implemented as "defp" but should have been "def" (in module Q)'
    ]


def test_attributes_of_the_next_definition_need_one() -> None:
    source = """
    defmodule Q do
      @behaviour P
      @impl true
      @impl P
      @doc "nothing"
    end
    """
    assert said(source)[:3] == [
        "warning: redefining @impl attribute previously set at line 4",
        "warning: module attribute @impl was set but no definition follows it",
        "warning: module attribute @doc was set but no definition follows it",
    ]
