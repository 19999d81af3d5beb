from __future__ import annotations

from typing import Any

import pytest

from pyex import syntax
from pyex.code.blame import marked_head
from pyex.compiler.diagnostics import Collector
from pyex.compiler.env import default_env
from pyex.terms.atoms import atom
from pyex.terms.lists import elixir_list
from pyex.terms.maps import Map


@pytest.mark.parametrize(
    ("head", "args", "text"),
    [
        ("f(:a, x) when is_integer(x) and x > 0", (1, 2), "f(-:a-, x) when is_integer(x) and x > 0"),
        ("f(:a, x) when is_integer(x) and x > 0", (atom.a, -1), "f(:a, x) when is_integer(x) and -x > 0-"),
        ("f({:ok, y}, x) when is_list(x)", ((atom.ok, 1), 3), "f({:ok, y}, x) when -is_list(x)-"),
        ("f(z, z)", (1, 2), "f(z, -z-)"),
        (
            "g(%{a: 1} = m, [h | t]) when h == 1 or t == []",
            (Map.of({atom.a: 1}), elixir_list(2, 3)),
            "g(%{a: 1} = m, [h | t]) when -h == 1- or -t == []-",
        ),
        ("p()", (), "p()"),
    ],
)
def test_what_did_not_match_in_a_head_stands_between_signs(head: str, args: tuple[Any, ...], text: str) -> None:
    env = default_env(collector=Collector(lambda diagnostic: None))
    assert marked_head(syntax.parse(head), args, env) == text
