"""What the tests of OTP share: modules defined at a prompt, and a log that shows no time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from pyex.otp import log


@pytest.fixture(autouse=True)
def fixed_time() -> Iterator[None]:
    """Let every report be of the same moment."""
    usual = log.Console.now
    log.Console.now = staticmethod(lambda: dt.datetime(2026, 1, 1, 12, 0, 0))
    yield
    log.Console.now = usual
