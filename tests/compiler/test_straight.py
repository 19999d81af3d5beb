"""What only calls is run without being compiled, and cannot be told from what was compiled."""

from __future__ import annotations

from typing import Any

import pytest

from pyex.compiler import evaluate
from pyex.compiler.env import Scope, default_env
from pyex.compiler.evaluate import eval_quoted
from pyex.compiler.expand import expand
from pyex.compiler.straight import is_straight
from pyex.syntax import parse
from pyex.terms.errors import ElixirError
from pyex.terms.inspect import inspect
from pyex.terms.stacktrace import from_traceback


def expanded(text: str) -> Any:
    form, _, _ = expand(parse(text), Scope(), default_env())
    return form


@pytest.mark.parametrize(
    "text", ["1", "nil", 'String.upcase("a")', '{1, [2, String.length("a")]}', "%{a: {}}", "IO.puts(1)\nString", "[]"]
)
def test_calls_of_constants_and_of_calls_are_straight(text: str) -> None:
    assert is_straight(expanded(text))


@pytest.mark.parametrize(
    "text",
    ["1 + 1", "x = 1", "fn -> 1 end", "if true, do: 1", "[1 | List.flatten([])]", "%{%{a: 1} | a: 2}", '"a#{1}"'],
)
def test_what_binds_branches_or_has_an_operator_is_not_straight(text: str) -> None:
    assert not is_straight(expanded(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('String.upcase("a")', '"A"'),
        ('[String.upcase("a"), {}, {1}, {1, 2}, {1, 2, 3}]', '["A", {}, {1}, {1, 2}, {1, 2, 3}]'),
        ('%{a: String.length("abc"), b: %{}}', "%{a: 3, b: %{}}"),
        ('String.length("a")\n(fn -> 2 end).()\nString.length("abc")', "3"),
        ('String.length("a")\n(fn -> 2 end).()', "2"),
    ],
)
def test_a_straight_form_has_the_value_that_it_has_compiled(text: str, value: str, monkeypatch: Any) -> None:
    assert inspect(eval_quoted(parse(text), {}, default_env()).value) == value
    monkeypatch.setattr(evaluate, "is_straight", lambda form: False)
    assert inspect(eval_quoted(parse(text), {}, default_env()).value) == value


def test_the_frames_of_straight_calls_tell_their_lines(monkeypatch: Any) -> None:
    def frames(way: Any) -> str:
        monkeypatch.setattr(evaluate, "is_straight", way)
        with pytest.raises(ElixirError) as caught:
            eval_quoted(parse('String.upcase("a")\n{1,\n String.upcase(1)}\n'), {}, default_env(file="some.exs"))
        return inspect(from_traceback(caught.value.__traceback__))

    straight, compiled = [frames(way) for way in (is_straight, lambda form: False)]
    assert "some.exs" in straight and "line: 3" in straight
    assert straight == compiled
