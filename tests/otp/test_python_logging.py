"""Records of Python's logging in the log."""

from __future__ import annotations

import logging

import pytest

from pyex import LogHandler
from pyex.otp.log import Console


@pytest.fixture
def logger() -> logging.Logger:
    one = logging.Logger("shop", logging.DEBUG)  # noqa: LOG001  # one that no other test sees
    one.addHandler(LogHandler())
    return one


def test_a_record_is_a_line_of_the_log(logger: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(Console, "write", staticmethod(lines.append))
    logger.warning("%s are left", 3)
    logger.log(25, "between two levels")
    assert [line.split(" ", 1)[1] for line in lines] == ["[warning] 3 are left\n", "[info] between two levels\n"]


def test_a_record_below_the_level_of_the_log_is_dropped(logger: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(Console, "write", staticmethod(lines.append))
    monkeypatch.setattr(Console, "level", "error")
    logger.info("hidden")
    assert lines == []
