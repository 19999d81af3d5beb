"""The log of before `:logger`: its messages, its reports, and the handlers of them."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Iex

HANDLER = """
defmodule Told do
  @behaviour :gen_event
  def init(_), do: {:ok, nil}
  def handle_event({tag, _leader, {_pid, first, second}}, state), do: (IO.inspect({tag, first, second}); {:ok, state})
  def handle_call(_, state), do: {:ok, :ok, state}
  def terminate(_, _), do: :gone
end
"""


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        (':error_logger.info_msg("~p of ~s", [:a, "b"])', "[notice] :a of b"),
        (':error_logger.warning_msg("careful")', "[warning] careful"),
        (':error_logger.error_msg("~.2f|~5b|~10p", [1.0, 7, :a])', "[error] 1.00|    7|:a"),
        (':error_logger.error_msg("bad ~p", [])', '[error] ERROR: "bad ~p" - []'),
        (":error_logger.info_report(a: 1, b: ~c\"text\")", "[notice]     :a: 1\n    :b: text"),
        (':error_logger.error_report(:mine, ["x", {:b, 2}])', '[error]     "x"\n    :b: 2'),
        (":error_logger.warning_report({:a, 1})", "[warning] {:a, 1}"),
        (":error_logger.info_report(~c\"charlist\")", "[notice] charlist"),
        (":error_logger.error_info(:why)", "[notice] :why"),
    ],
)
def test_messages_and_reports_are_logged_as_elixir_shows_them(iex: Iex, line: str, printed: str) -> None:
    assert re.sub(r"^\s*[\d:.]+ ", "", iex(line)) == f"{printed}\n:ok"


def test_handlers_of_events_are_told_what_was_logged(iex: Iex) -> None:
    printed = iex(f"""{HANDLER}
:error_logger.add_report_handler(Told)
:error_logger.tty(false)
:error_logger.info_msg("m ~p", [1])
:error_logger.error_report(:mine, a: 1)
:error_logger.which_report_handlers()
:error_logger.delete_report_handler(Told)
:error_logger.info_msg("nobody is told")
:error_logger.tty(true)
{{:error_logger.which_report_handlers(), Process.whereis(:error_logger)}}
""")
    told = [line for line in printed.split("\n") if line.startswith(("{:info", "{:error", "{[]", "[Told", ":gone"))]
    assert told == ['{:info_msg, "m ~p", [1]}', "{:error_report, :mine, [a: 1]}", "[Told]", ":gone", "{[], nil}"]


def test_the_log_is_written_into_a_file_too(iex: Iex, tmp_path: object) -> None:
    name = f"{tmp_path}/all.log"
    printed = iex(f"""
:error_logger.logfile({{:open, ~c"{name}"}})
:error_logger.tty(false)
:error_logger.error_msg("into the file")
:error_logger.tty(true)
to_string(:error_logger.logfile(:filename)) == "{name}"
{{:error_logger.logfile(:close), :error_logger.logfile(:filename)}}
File.read!("{name}") =~ "into the file"
""")
    assert printed.strip().split("\n")[-3:] == ["true", "{:ok, {:error, :no_log_file}}", "true"]
