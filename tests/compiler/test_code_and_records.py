"""Code that is evaluated at run time, records, and the operations on bits."""

from __future__ import annotations

import pytest

from tests.compiler.modules import failure, value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('Code.eval_string("a + b", a: 1, b: 2)', "{3, [b: 2, a: 1]}"),
        ('Code.eval_string("x = 1; y = x")', "{1, [y: 1, x: 1]}"),
        ("Code.eval_quoted(quote(do: 1 + 2))", "{3, []}"),
        ('Code.string_to_quoted("x = 1")', "{:ok, {:=, [line: 1], [{:x, [line: 1], nil}, 1]}}"),
        ('Code.string_to_quoted("1 +")', '{:error, {[line: 1, column: 3], "syntax error before: ", ""}}'),
        ('Code.string_to_quoted("a ]")', '{:error, {[line: 1, column: 3], "unexpected token: ", "]"}}'),
        ('[{name, _}] = Code.compile_string("defmodule Made do\\nend")\nname', "Made"),
        ("{Code.ensure_loaded(Nope), Code.ensure_loaded?(Enum)}", "{{:error, :nofile}, true}"),
        ("import Bitwise\n{6 &&& 3, 8 ||| 1, 1 <<< 4, bnot(0)}", "{2, 9, 16, -1}"),
        ("import Bitwise\ncase 3 do\n x when band(x, 1) == 1 -> :odd\nend", ":odd"),
    ],
)
def test_what_is_evaluated(source: str, expected: str) -> None:
    assert value(source) == expected


def test_what_cannot_be_loaded_is_refused() -> None:
    assert failure("Code.ensure_compiled!(Nope)") == "could not load module Nope due to reason :nofile"


def test_a_record_is_made_read_changed_and_matched() -> None:
    source = """
    defmodule R do
      require Record
      Record.defrecord :user, name: "x", age: 1
      def all do
        one = user(name: "q")
        user(name: name) = one
        {user(), one, user(one, :age), user(one, age: 5), user(:age), name, user(one), Record.is_record(one, :user)}
      end
    end
    R.all
    """
    expected = '{{:user, "x", 1}, {:user, "q", 1}, 1, {:user, "q", 5}, 2, "q", [name: "q", age: 1], true}'
    assert value(source) == expected


def test_a_record_refuses_a_field_that_it_has_not() -> None:
    source = "defmodule R do\n require Record\n Record.defrecord :user, [:a]\n def f, do: user(nope: 1)\nend"

    assert failure(source) == "record :user does not have the key: :nope"
