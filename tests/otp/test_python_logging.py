"""Records of Python's logging in the log."""

from __future__ import annotations

import logging

import pytest

from pyex import LogHandler, log_to_python
from pyex.otp import log
from pyex.otp.log import Console
from pyex.terms.atoms import atom


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


@pytest.fixture
def records(monkeypatch: pytest.MonkeyPatch) -> list[logging.LogRecord]:
    found: list[logging.LogRecord] = []
    target = logging.getLogger("till")
    target.setLevel(logging.INFO)
    monkeypatch.setattr(target, "handle", found.append)
    monkeypatch.setattr(log, "handlers", dict(log.handlers))
    return found


def test_an_event_of_the_log_is_a_record_of_python(records: list[logging.LogRecord]) -> None:
    log_to_python("till")
    log.log("critical", "empty", {atom("shop"): 7})
    log.log("debug", "below the logger's level")
    assert [(record.name, record.levelname, record.getMessage()) for record in records] == [("till", "CRITICAL", "empty")]
    assert records[0].__dict__["metadata"]["shop"] == 7
    assert log.DEFAULT not in log.handlers


def test_a_record_that_came_from_the_log_does_not_go_back(logger: logging.Logger, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(Console, "write", staticmethod(lines.append))
    logger.handle(logger.makeRecord("shop", logging.ERROR, "", 0, "once", (), None, extra={"from_elixir_log": True}))
    assert lines == []
