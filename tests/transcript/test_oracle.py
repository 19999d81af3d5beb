"""The sessions that are kept are not only what pyex prints: a real iex prints the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyex.transcript import reading
from pyex.transcript.replay import Replay
from tests.oracle_driver import OracleDriver, command

SESSION = Path(__file__).parents[2] / "sessions" / "otp-servers.iex"


@pytest.mark.slow
@pytest.mark.skipif(command() is None, reason="there is no iex on this machine (PYEX_ORACLE names one)")
def test_the_transcript_replays_on_a_real_iex() -> None:
    """Slow because the BEAM has to start."""
    results = Replay(OracleDriver()).run(reading.read(str(SESSION)))
    assert {result.step.input: result.actual for result in results if result.verdict == "differs"} == {}
