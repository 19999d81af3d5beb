"""Logger: levels, reports, lazy messages."""

from __future__ import annotations

import pytest

from tests.conftest import Iex


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ('Logger.info("plain")', "[info] plain"),
        ("Logger.error([\"a\", ?b])", "[error] ab"),
        ('Logger.warning(fn -> "lazy" end)', "[warning] lazy"),
        ("Logger.notice(report: :list, n: 1)", "[notice] [report: :list, n: 1]"),
        (":logger.info(~c\"erlang ~p\", [:style])", "[info] erlang :style"),
    ],
)  # fmt: skip
def test_a_message_is_one_line_of_the_log(iex: Iex, typed: str, line: str) -> None:
    assert iex("require Logger\n" + typed) == f"Logger\n\n12:00:00.000 {line}\n:ok"


def test_a_message_below_the_level_is_not_even_made(iex: Iex) -> None:
    shown = iex("""
require Logger
Logger.put_process_level(self(), :error)
Logger.info(send(self(), :made))
Logger.error("shown")
Process.info(self(), :message_queue_len)
""")
    assert shown.split("\n")[1:] == [":ok", ":ok", "", "12:00:00.000 [error] shown", ":ok", "{:message_queue_len, 0}"]
