"""Protocols: dispatch, Any, derivation, and what is refused."""

from __future__ import annotations

from tests.compiler.modules import failure, said, value
from tests.conftest import Iex

SIZE = """
defprotocol Size do
  def size(data)
end
defimpl Size, for: BitString do
  def size(text), do: byte_size(text)
end
defimpl Size, for: [List, Map] do
  def size(data), do: Enum.count(data)
end
"""


def test_a_protocol_calls_the_implementation_of_the_type() -> None:
    assert value(SIZE + '{Size.size("abc"), Size.size([1]), Size.size(%{}), Size.impl_for(1)}') == "{3, 1, 0, nil}"


def test_a_type_without_implementation_is_refused() -> None:
    message = failure(SIZE + "Size.size(1)")

    assert message.startswith("protocol Size not implemented for type Integer")


def test_a_struct_has_its_own_implementation() -> None:
    source = (
        SIZE
        + """
defmodule Box do
  defstruct [:n]
  defimpl Size do
    def size(box), do: box.n
  end
end
Size.size(struct(Box, n: 7))
"""
    )
    assert value(source) == "7"


def test_any_stands_in_when_the_protocol_says_so() -> None:
    source = """
    defprotocol P do
      @fallback_to_any true
      def foo(x)
    end
    defimpl P, for: Any do
      def foo(_), do: :any
    end
    defmodule Q do
      @derive P
      defstruct [:a]
    end
    {P.foo(1), P.foo(struct(Q)), P.impl_for(struct(Q)), P.__protocol__(:functions)}
    """
    assert value(source) == "{:any, :any, P.Q, [foo: 1]}"


def test_deriving_may_be_a_macro_of_the_implementation_for_any() -> None:
    source = """
    defprotocol P do
      def foo(x)
    end
    defimpl P, for: Any do
      defmacro __deriving__(module, _struct, options) do
        quote do
          defimpl P, for: unquote(module) do
            def foo(_), do: unquote(options)
          end
        end
      end
      def foo(_), do: :any
    end
    defmodule Q do
      @derive {P, label: 1}
      defstruct [:a]
    end
    P.foo(struct(Q))
    """
    assert value(source) == "[label: 1]"


def test_a_missing_function_of_an_implementation_is_told() -> None:
    source = "defprotocol P do\n def foo(x, y)\nend\ndefimpl P, for: Integer do\nend"

    assert said(source) == ["warning: function foo/2 required by protocol P is not implemented (in module P.Integer)"]


def test_what_is_no_protocol_is_refused() -> None:
    assert failure("defimpl Enum, for: Integer do\nend") == "Enum is not a protocol"
    assert failure("defimpl Foo, for: Integer do\nend") == "could not load module Foo due to reason :nofile"


def test_a_protocol_needs_functions() -> None:
    assert said("defprotocol P do\nend") == [
        "warning: protocols must define at least one function, but none was defined"
    ]


def test_the_library_walks_a_users_enumerable() -> None:
    source = """
    defmodule Q do
      defstruct [:items]
      defimpl Enumerable do
        def count(_), do: {:error, __MODULE__}
        def member?(_, _), do: {:error, __MODULE__}
        def slice(_), do: {:error, __MODULE__}
        def reduce(q, acc, fun), do: Enumerable.List.reduce(q.items, acc, fun)
      end
    end
    Enum.map(struct(Q, items: [1, 2]), & &1 * 2)
    """
    assert value(source) == "[2, 4]"


def test_a_protocol_says_what_it_is_told_to_of_a_missing_implementation(iex: Iex) -> None:
    iex('defprotocol Spoken do\n@undefined_impl_description "teach it"\ndef speak(x)\nend')
    assert "protocol Spoken not implemented for type Integer, teach it\n" in iex("Spoken.speak(1)")


def test_a_protocol_that_falls_back_calls_an_implementation_for_any_that_is_not_there(iex: Iex) -> None:
    iex("defprotocol Fallen do\n@fallback_to_any true\ndef fall(x)\nend")
    assert "function Fallen.Any.fall/1 is undefined (module Fallen.Any is not available)" in iex("Fallen.fall(1)")
