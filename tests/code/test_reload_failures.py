"""What `r` says of a source that does not compile, and of modules that have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Iex


def test_a_failing_reload_tells_what_the_compiler_answered(
    iex: Iex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "fare.ex"
    source.write_text("defmodule Fare do\n  def of(km), do: km\nend\n")
    assert iex('c "fare.ex"') == "[Fare]"
    source.write_text("defmodule Fare do\n  def of(km), do: kn\nend\n")
    shown = iex("r Fare\nFare.of(3)")
    assert 'error: undefined variable "kn"' in shown
    assert "** (MatchError) no match of right hand side value: {:error, [{" in shown
    assert 'fare.ex", {2, 19}, "undefined variable \\"kn\\""}' in shown
    assert shown.endswith("\n3")


def test_a_module_of_the_prompt_has_no_source(iex: Iex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = iex("defmodule Typed do\nend\nr Typed")
    assert f"could not find source ({tmp_path}/iex) for module: Typed" in shown


def test_r_takes_modules_only(iex: Iex) -> None:
    assert "no function clause matching in Code.ensure_loaded?/1" in iex("r 1")
