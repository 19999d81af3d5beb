"""What `IO.warn` tells of the place that it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyex.code.evaluation import Output
from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.messages import render
from pyex.stdlib.elixir import io_warnings
from pyex.terms.atoms import alias, atom
from pyex.terms.lists import EMPTY, elixir_list


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    """Collect what is told."""
    found: list[Diagnostic] = []
    monkeypatch.setattr(Output, "listener", found.append)
    return found


def test_a_warning_with_a_place_shows_the_line_of_source(told: list[Diagnostic], tmp_path: Path) -> None:
    source = tmp_path / "a.ex"
    source.write_text("defmodule A do\n  def f, do: 1\nend\n")
    place = elixir_list((atom("file"), str(source)), (atom("line"), 2), (atom("module"), alias("A")), (atom("function"), (atom("f"), 0)))
    io_warnings.warn("careful", place)
    lines = render(told[0]).splitlines()
    assert [line.strip() for line in lines[:4]] == ["warning: careful", "│", "2 │   def f, do: 1", "│   ~~~~~~~~~~~~"]
    assert lines[-1].endswith("a.ex:2: A.f/0")


def test_a_warning_without_a_place_is_its_message(told: list[Diagnostic]) -> None:
    io_warnings.warn("careful", EMPTY)
    assert render(told[0]) == "warning: careful\n"


def test_a_key_is_told_once() -> None:
    key = atom("told once in a test")
    assert [io_warnings.first_time(key), io_warnings.first_time(key)] == [True, False]
