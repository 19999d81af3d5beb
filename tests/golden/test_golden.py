"""Every golden session prints what iex printed, but for the steps that are known to differ."""

from __future__ import annotations

import os
import re

import pytest

from pyex.shell.driver import Driver
from pyex.transcript.compare import diff
from pyex.transcript.inferior import Inferior
from tests.golden.check import key, known
from tests.golden.replayed import outcomes
from tests.golden.script import names, read

DIFFERENCES = os.path.join(os.path.dirname(__file__), "..", "..", "docs", "differences.md")
SESSIONS = [name for name in names() if not read(name).by_keys]


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("name", SESSIONS)
def test_a_session_prints_what_iex_printed(name: str) -> None:
    """Slow because a session is a whole shell with up to eighty steps, some of which wait for timers."""
    expected = set(known().get(name, ()))
    report = []
    for outcome in outcomes(read(name), Inferior(Driver)):
        if outcome.verdict == "differs" and key(outcome) not in expected:
            report += [f"--- {key(outcome)}", *diff(outcome.expected, outcome.actual)]
    assert not report, "\n".join(report)


def test_every_step_that_differs_is_explained() -> None:
    with open(DIFFERENCES, encoding="utf-8") as file:
        rows = re.findall(r"^\| (\d\w+) \| ([\d, ]+) \| .+ \|$", file.read(), re.MULTILINE)
    explained = {(session, number) for session, numbers in rows for number in numbers.split(", ")}
    differing = {(session, step.split(":")[0]) for session, steps in known().items() for step in steps}
    assert differing <= explained
