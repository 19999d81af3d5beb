"""Default values of parameters: what they make, what is refused and what is warned of."""

from __future__ import annotations

import pytest

from pyex.shell.configuration import Configuration
from pyex.shell.session import Session

LIMIT = 10
NEVER_USED = [
    ("f(2)", "the default values for the last 2 optional arguments in f/3 are never used"),
    ("f(1, 2)", "the default value for the last optional argument in f/3 is never used"),
    ("f(1, 2, 3)", "default values for the optional arguments in f/3 are never used"),
]


def printed(*lines: str) -> str:
    """Return all that a shell prints for lines."""
    session = Session(Configuration())
    try:
        for line in lines:
            session.enter(line, LIMIT)
        return str(session.printed())
    finally:
        session.close()


@pytest.mark.parametrize(("call", "warning"), NEVER_USED)
def test_defaults_of_a_private_function_that_no_call_uses_are_warned_of(call: str, warning: str) -> None:
    text = printed(f"defmodule A do defp f(x \\\\ 1, y \\\\ 2, z \\\\ 3), do: {{x, y, z}}; def g, do: {call} end")
    assert warning in text


def test_defaults_that_are_used_are_not_warned_of() -> None:
    assert "never used" not in printed("defmodule A do defp f(x \\\\ 1), do: x; def g, do: {f(), f(2)} end")


def test_a_default_adds_a_clause_to_a_function_of_lower_arity() -> None:
    text = printed("defmodule A do def f(1), do: :one; def f(x, y \\\\ 3), do: {x, y} end", "{A.f(1), A.f(2)}")
    assert "{:one, {2, 3}}" in text


def test_defaults_conflict_with_those_of_another_arity() -> None:
    text = printed("defmodule A do def f(x \\\\ 1), do: x; def f(x \\\\ 2, y \\\\ 3), do: {x, y} end")
    assert "def f/2 defaults conflicts with f/1" in text


def test_a_macros_own_variable_at_the_prompt_is_no_obstacle_to_a_module() -> None:
    text = printed("require Integer", "Integer.is_odd(1)", "defmodule A do @type t :: integer end")
    assert "{:module, A," in text


def test_a_line_that_fails_binds_nothing() -> None:
    assert 'undefined variable "x"' in printed('x = 1; raise "a"', "x")
