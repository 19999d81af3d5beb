"""What the compiler says of types and specs that are wrong, in the oracle's words."""

from __future__ import annotations

import pytest

from pyex.terms.errors import ElixirError
from pyex.terms.exceptions import message_of
from tests.compiler.modules import evaluate, said


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("@spec f(foo) :: any\n def f(x), do: x", "nofile:2: type foo/0 undefined (no such type in Q)"),
        ("@spec f(integer)\n def f(x), do: x", "nofile:2: type specification missing return type: f(integer)"),
        ("@type t", "nofile:2: invalid type specification: t"),
        ("@type integer :: atom", "nofile:2: type integer/0 is a built-in type and it cannot be redefined"),
        ("@type t :: 1\n @type t :: 2", "nofile:3: type t/0 is already defined in nofile:2"),
        ("defstruct [:a]\n @type t :: %__MODULE__{b: 1}", "nofile:3: undefined field :b on struct Q"),
        ('@type t :: "a"', 'nofile:2: unexpected expression in typespec: "a"'),
    ],
)
def test_a_wrong_type_is_refused(body: str, text: str) -> None:
    with pytest.raises(ElixirError) as failed:
        evaluate(f"defmodule Q do\n {body}\nend")

    assert message_of(failed.value.reason) == text


@pytest.mark.parametrize(
    "body",
    [
        "@type t :: %{optional(atom) => [pos_integer], name: String.t()} | {:ok, 1..3} | (-> :ok) | (... -> any) | <<_::8>>",
        "@type pair(a, b) :: {a, b}\n @spec f(x :: pair(integer, atom)) :: [a: 1, b: nil]\n def f(x), do: x",
        "@spec f(a) :: a when a: var\n def f(x), do: x",
        "@callback f(integer) :: {:ok, term} | :error\n @macrocallback m(term) :: Macro.t()",
    ],
)
def test_a_well_formed_type_is_taken(body: str) -> None:
    assert said(f"defmodule Q do\n {body}\nend") == []


def test_a_private_type_that_nobody_uses_is_told() -> None:
    assert said("defmodule Q do\n @typep t :: integer\nend") == ["warning: type t/0 is unused"]
