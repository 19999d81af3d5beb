"""Variables at the top of a file: one that is compiled as a whole warns of those it does not use, an evaluated one gives them away."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Iex


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay down a script that uses one of its variables."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "top.exs").write_text("used = 1\nunused = used\n_meant = 2\n", encoding="utf-8")


@pytest.mark.usefixtures("script")
def test_a_required_file_warns(iex: Iex) -> None:
    shown = iex('Code.require_file("top.exs")')
    assert 'variable "unused" is unused' in shown
    assert shown.count("warning:") == 1


@pytest.mark.usefixtures("script")
def test_an_evaluated_file_gives_its_variables(iex: Iex) -> None:
    assert iex('Code.eval_file("top.exs")') == "{2, [_meant: 2, unused: 1, used: 1]}"
