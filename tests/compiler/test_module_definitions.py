"""Functions, macros, defaults, nested modules, structs: what a module's body defines."""

from __future__ import annotations

from pyex.terms.atoms import atom
from tests.compiler.modules import evaluate, failure, said, value


def test_the_value_of_defmodule_names_the_module_and_the_last_value() -> None:
    (tag, name, binary, last), _ = evaluate("defmodule Math do\n def sum(a, b), do: a + b\nend")

    assert (tag, name, last) == (atom.module, atom("Elixir.Math"), (atom.sum, 2))
    assert binary[:4] == b"FOR1"


def test_default_values_give_the_lower_arities() -> None:
    source = """
    defmodule Q do
      def f(a, b, c \\\\ 3, d \\\\ 4), do: {a, b, c, d}
      def g(a \\\\ 1, b, c \\\\ 2), do: {a, b, c}
    end
    {Q.f(1, 2), Q.f(1, 2, 0), Q.g(0), Q.g(5, 6), Q.g(7, 8, 9)}
    """
    assert value(source) == "{{1, 2, 3, 4}, {1, 2, 0, 4}, {1, 0, 2}, {5, 6, 2}, {7, 8, 9}}"


def test_a_head_without_body_carries_the_default_values() -> None:
    source = """
    defmodule Q do
      def join(a, b \\\\ nil, sep \\\\ " ")
      def join(a, b, _sep) when is_nil(b), do: a
      def join(a, b, sep), do: a <> sep <> b
    end
    {Q.join("a"), Q.join("a", "b"), Q.join("a", "b", "-")}
    """
    assert value(source) == '{"a", "a b", "a-b"}'


def test_unquote_makes_functions_in_a_loop() -> None:
    source = """
    defmodule Q do
      for {name, number} <- [a: 1, b: 2] do
        def unquote(name)(), do: unquote(number)
        def get(unquote(name)), do: unquote(number)
      end
    end
    {Q.a, Q.b, Q.get(:b)}
    """
    assert value(source) == "{1, 2, 2}"


def test_a_body_reads_variables_around_the_module() -> None:
    assert value("x = 5\ndefmodule Q do\n def x, do: unquote(x)\nend\nQ.x") == "5"


def test_a_nested_module_is_known_by_its_last_name() -> None:
    source = """
    defmodule Outer do
      defmodule Inner do
        def hi, do: __MODULE__
      end
      def hi, do: Inner.hi()
    end
    {Outer.hi, Outer.Inner.hi}
    """
    assert value(source) == "{Outer.Inner, Outer.Inner}"


def test_a_module_may_be_defined_inside_a_function() -> None:
    source = """
    defmodule Q do
      def make do
        defmodule Made do
          def hi, do: :hi
        end
        Made.hi()
      end
    end
    Q.make
    """
    assert value(source) == ":hi"


def test_super_calls_the_definition_that_was_made_overridable() -> None:
    source = """
    defmodule Q do
      def f(x), do: x
      defoverridable f: 1
      def f(x), do: super(x) + 1
      defmacro m(x), do: x
      defoverridable m: 1
      defmacro m(x), do: {:*, [], [super(x), 2]}
    end
    defmodule R do
      require Q
      def g, do: {Q.f(1), Q.m(4)}
    end
    R.g
    """
    assert value(source) == "{2, 8}"


def test_a_macro_is_hygienic_unless_told_otherwise() -> None:
    source = """
    defmodule Q do
      defmacro clean, do: quote(do: (x = 1; x))
      defmacro dirty, do: quote(do: var!(x) = 3)
    end
    defmodule R do
      require Q
      def f do
        x = 2
        {Q.clean(), x}
      end
      def g do
        Q.dirty()
        x
      end
    end
    {R.f, R.g}
    """
    assert value(source) == "{{1, 2}, 3}"


def test_a_module_uses_its_own_macros_with_their_default_values() -> None:
    source = """
    defmodule Q do
      defmacro m(x, y \\\\ 2), do: {:+, [], [x, y]}
      def f, do: m(1)
    end
    Q.f
    """
    assert value(source) == "3"


def test_use_lets_a_module_put_code_in() -> None:
    source = """
    defmodule P do
      defmacro __using__(opts) do
        quote bind_quoted: [opts: opts] do
          @opts opts
          @before_compile P
          Module.register_attribute(__MODULE__, :route, accumulate: true)
          import P, only: [route: 1]
          def opts, do: @opts
        end
      end
      defmacro route(name), do: quote(do: @route unquote(name))
      defmacro __before_compile__(env) do
        routes = Module.get_attribute(env.module, :route)
        quote(do: def(routes, do: unquote(routes)))
      end
    end
    defmodule Q do
      use P, a: 1
      route :x
      route :y
    end
    {Q.opts, Q.routes}
    """
    assert value(source) == "{[a: 1], [:y, :x]}"


def test_a_guard_of_ones_own_works_in_guards_and_in_bodies() -> None:
    source = """
    defmodule Q do
      defguardp is_x(a) when a == :x
      defguard is_big(a, b) when a > 10 and is_x(b)
      def f(a, b) when is_big(a, b), do: true
      def f(_, _), do: false
      def g(a), do: is_big(a, :x)
    end
    {Q.f(11, :x), Q.f(11, :y), Q.g(20)}
    """
    assert value(source) == "{true, false, true}"


def test_delegated_functions_call_their_target() -> None:
    source = """
    defmodule Q do
      defdelegate keys(map), to: Map
      defdelegate size(list), to: Enum, as: :count
    end
    {Q.keys(%{a: 1}), Q.size([1, 2])}
    """
    assert value(source) == "{[:a], 2}"


def test_a_function_may_rescue_in_its_body() -> None:
    source = """
    defmodule Q do
      def f(x) do
        1 / x
      rescue
        ArithmeticError -> :bad
      end
    end
    {Q.f(1), Q.f(0)}
    """
    assert value(source) == "{1.0, :bad}"


def test_a_struct_is_known_in_its_own_module() -> None:
    source = """
    defmodule Q do
      defstruct [:name, age: 3]
      def new(name), do: %__MODULE__{name: name}
      def older(%Q{age: age} = q), do: %{q | age: age + 1}
    end
    Q.older(Q.new("x"))
    """
    inspected = evaluate(source)[0]

    assert (inspected[atom.name], inspected[atom.age]) == ("x", 4)


def test_enforced_keys_must_be_given() -> None:
    source = "defmodule Q do\n @enforce_keys [:a]\n defstruct [:a]\n def f, do: %Q{}\nend"

    assert failure(source) == "the following keys must also be given when building struct Q: [:a]"


def test_a_struct_refuses_a_field_that_is_no_atom() -> None:
    assert failure("defmodule Q do\n defstruct [1]\nend") == "struct field names must be atoms, got: 1"


def test_an_exception_has_its_message() -> None:
    source = """
    defmodule Q do
      defexception message: "boo", code: 1
    end
    try do
      raise Q, code: 2
    rescue
      e in Q -> {e.message, e.code, Exception.message(e)}
    end
    """
    assert value(source) == '{"boo", 2, "boo"}'


def test_a_module_is_created_of_quoted_code() -> None:
    assert value("Module.create(Q, quote(do: def(f, do: 1)), __ENV__)\nQ.f") == "1"


def test_a_module_tells_about_itself() -> None:
    source = """
    defmodule Q do
      def f(x), do: x
      defmacro m, do: 1
      defstruct a: 1
    end
    {Q.__info__(:functions), Q.__info__(:macros), Q.__info__(:struct), Q.module_info(:module)}
    """
    expected = "{[__struct__: 0, __struct__: 1, f: 1], [m: 0], [%{default: 1, field: :a}], Q}"
    assert value(source) == expected


def test_a_redefinition_is_told() -> None:
    assert said("defmodule Q do\nend\ndefmodule Q do\nend") == [
        "warning: redefining module Q (current version defined in memory)"
    ]


def test_def_needs_a_module() -> None:
    assert failure("def x, do: 1") == "cannot invoke def/2 outside module"
