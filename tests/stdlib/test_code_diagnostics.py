"""What the compiler says, as data; and the documentation of modules, as data."""

from __future__ import annotations

from pyex.code.native import call
from pyex.terms.inspect import inspect


def evaluate(text: str) -> str:
    """Return the inspected value of a text."""
    return inspect(call("Code", "eval_string", text)[0])


def test_diagnostics_of_a_text_are_handed_back_and_not_printed() -> None:
    text = r"""
    {value, [found]} = Code.with_diagnostics(fn -> Code.eval_string("if true do\n  z = 1\nend", [], file: "a.ex") |> elem(0) end)
    {value, found.position, found.file, found.severity, found.stacktrace, found.message =~ "variable \"z\" is unused"}
    """
    assert evaluate(text) == '{1, 2, "a.ex", :warning, [], true}'


def test_a_diagnostic_names_the_function_that_it_stands_in() -> None:
    text = r"""
    source = "defmodule Told do\n  def f(x), do: 1\nend"
    {_, [found]} = Code.with_diagnostics(fn -> Code.eval_string(source, [], file: "a.ex") end)
    found.stacktrace
    """
    assert evaluate(text) == '[{Told, :f, 1, [file: "a.ex", line: 2]}]'


def test_the_documentation_of_the_library_tells_defaults_and_deprecations() -> None:
    text = """
    {:docs_v1, _, :elixir, "text/markdown", _, _, docs} = Code.fetch_docs(Tuple)
    {_, _, signature, _, metadata} = List.keyfind(docs, {:function, :append, 2}, 0)
    {signature, metadata}
    """
    assert evaluate(text) == '{["append(tuple, value)"], %{deprecated: "Use insert_at instead"}}'


def test_specs_become_callbacks_and_types_are_found() -> None:
    text = """
    defmodule Speccing do
      @type t :: integer
      @spec f(t) :: t
      def f(x), do: x
      @found {Module.defines_type?(__MODULE__, {:t, 0}), Module.defines_type?(__MODULE__, {:u, 0})}
      @made {Module.spec_to_callback(__MODULE__, {:f, 1}), Module.spec_to_callback(__MODULE__, {:g, 1})}
      def told, do: {@found, @made}
    end
    {Speccing.told(), Speccing.behaviour_info(:callbacks)}
    """
    assert evaluate(text) == "{{{true, false}, {true, false}}, [f: 1]}"
