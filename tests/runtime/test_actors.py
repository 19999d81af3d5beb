"""Random programs of processes come to the same on pyex as on the BEAM: a recorded sample, and new ones where Elixir is."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pyex.otp import log
from tests.runtime.actors import PROGRAMS, RECORDED, SAMPLE, elixirs, ours

CHUNK = 50


@pytest.fixture(autouse=True)
def no_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the logger silent."""
    monkeypatch.setattr(log.Console, "level", "none")


@pytest.mark.slow  # fifty programs, each of which waits until nothing moves
@pytest.mark.parametrize("start", range(0, SAMPLE, CHUNK))
def test_recorded_programs_come_to_what_they_came_to_on_the_beam(start: int) -> None:
    for program, outcome in json.loads(RECORDED.read_text())[start : start + CHUNK]:
        assert (program, ours(program)) == (program, outcome)


@pytest.mark.slow  # it runs a real Elixir
@pytest.mark.skipif("PYEX_ORACLE" not in os.environ, reason="PYEX_ORACLE names no real Elixir")
@settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.lists(PROGRAMS, min_size=100, max_size=100))
def test_new_programs_come_to_the_same_here_and_on_the_beam(programs: list[str]) -> None:
    for program, outcome in zip(programs, elixirs(programs), strict=True):
        assert (program, ours(program)) == (program, outcome)
