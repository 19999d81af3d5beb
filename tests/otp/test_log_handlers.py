"""What becomes of a message of the log: filters, handlers, formats, metadata, translators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pyex.otp import log
from tests.conftest import Iex


@pytest.fixture(autouse=True)
def settings_kept() -> Iterator[None]:
    """Put the console's formatter and the filters back after a test."""
    level = log.Console.level
    yield
    log.Console.level = level
    log.handlers[log.DEFAULT].formatter = None
    log.primary_filters.clear()
    for name in [name for name in log.handlers if name is not log.DEFAULT]:
        del log.handlers[name]


def test_a_format_names_its_parts_and_the_metadata_that_it_shows(iex: Iex) -> None:
    shown = iex("""
require Logger
formatter = Logger.Formatter.new(format: "[$level] $message $metadata\\n", metadata: [:user, :absent])
:logger.update_handler_config(:default, :formatter, formatter)
Logger.info("hello", user: 7, other: 1)
""")
    assert "[info] hello user=7 \n" in shown


def test_a_handler_takes_events_as_maps(iex: Iex) -> None:
    shown = iex("""
defmodule Keeps do
  def log(event, handler), do: IO.inspect({event.level, event.msg, event.meta.user, handler.config})
end
require Logger
:logger.add_handler(:keeps, Keeps, %{config: 1})
Logger.warning("said", user: 2)
:logger.remove_handler(:keeps)
""")
    assert '{:warning, {:string, "said"}, 2, 1}\n' in shown


def test_a_primary_filter_stops_a_message(iex: Iex) -> None:
    shown = iex("""
require Logger
:logger.add_primary_filter(:no_info, {fn event, _ -> if event.level == :info, do: :stop, else: :ignore end, []})
Logger.info("unseen")
Logger.error("seen")
""")
    assert "unseen" not in shown
    assert "[error] seen" in shown


def test_a_translator_tells_a_report_in_its_own_words(iex: Iex) -> None:
    shown = iex("""
defmodule Words do
  def tell(_min, _level, :report, {:logger, report}), do: {:ok, "there are #{report[:n]}"}
  def tell(_min, _level, _kind, _message), do: :none
end
require Logger
Logger.add_translator({Words, :tell})
Logger.error(n: 3)
Logger.remove_translator({Words, :tell})
""")
    assert "[error] there are 3\n" in shown


def test_a_message_of_a_function_knows_where_it_stands(iex: Iex) -> None:
    shown = iex("""
defmodule Stands do
  require Logger
  def here, do: Logger.info("x")
end
:logger.update_handler_config(:default, :formatter, Logger.Formatter.new(format: "$metadata\\n", metadata: [:mfa, :line]))
Stands.here()
""")
    assert "mfa=Stands.here/0 line=3 \n" in shown


def test_supervisors_tell_of_their_children_when_they_are_asked_to(iex: Iex) -> None:
    shown = iex("""
Application.put_env(:logger, :handle_sasl_reports, true)
{:ok, _} = Supervisor.start_link([{Agent, fn -> 1 end}], strategy: :one_for_one)
Application.delete_env(:logger, :handle_sasl_reports)
""")
    assert "Child Agent of Supervisor #PID<" in shown
    assert "(Supervisor.Default) started\n" in shown
    assert "Restart: :permanent\nShutdown: 5000\nType: :worker\n" in shown


def test_a_handler_that_fails_is_taken_away_with_a_message(iex: Iex) -> None:
    shown = iex("""
defmodule Fails do
  def log(_, _), do: raise("no")
end
Logger.configure(level: :info)
:logger.add_handler(:fails, Fails, %{})
require Logger; Logger.error("told")
:logger.get_handler_ids()
Logger.configure(level: :debug)
""")
    assert "Logger - error: {removed_failing_handler,fails}\n" in shown
    assert "[error] told\n" in shown
    assert "\n[:default]\n" in shown


def test_a_filter_that_fails_is_taken_away_and_debugging_tells_why(iex: Iex) -> None:
    shown = iex("""
:logger.add_primary_filter(:fails, {fn _, _ -> :odd end, []})
require Logger; Logger.error("told")
:logger.get_primary_config().filters
""")
    assert "Logger - error: {removed_failing_filter,fails}\n" in shown
    assert "[debug] [logger: :removed_failing_filter, filter: {:fails, " in shown
    assert shown.endswith("\n[]")


def test_a_crash_tells_handlers_what_the_process_died_of(iex: Iex) -> None:
    shown = iex("""
defmodule Keeps do
  def log(%{meta: %{crash_reason: reason} = meta}, %{config: %{to: pid}}), do: send(pid, {reason, Map.get(meta, :mfa)})
  def log(_, _), do: :ok
  def changing_config(how, _old, new), do: {:ok, put_in(new.config[:how], how)}
end
:logger.add_handler(:keeps, Keeps, %{config: %{to: self()}})
{:ok, pid} = Agent.start(fn -> 1 end)
Agent.cast(pid, fn _ -> raise "oops" end)
receive do {{%RuntimeError{message: text}, [_ | _]}, mfa} -> {text, mfa} end
spawn(fn -> 1 + :a end)
receive do {{%ArithmeticError{}, _}, mfa} -> mfa end
:logger.update_handler_config(:keeps, :level, :error)
{:ok, config} = :logger.get_handler_config(:keeps); config.config.how
:logger.remove_handler(:keeps)
""")
    assert '\n{"oops", {:gen_server, :error_info, 8}}\n' in shown
    assert "\nnil\n" in shown
    assert shown.endswith("\n:update\n:ok")


def test_a_handler_writes_into_a_file_by_erlangs_template(iex: Iex, tmp_path: Path) -> None:
    shown = iex(f"""
config = %{{config: %{{file: ~c"{tmp_path}/shop.log"}}, formatter: {{:logger_formatter, %{{template: [:level, "|", :msg, "|", [:user], "\\n"]}}}}}}
:logger.add_handler(:file, :logger_std_h, config)
require Logger; Logger.error("one\\ntwo", user: 7)
{{:ok, told}} = :logger.get_handler_config(:file); told.config.type
:logger.remove_handler(:file)
""")
    assert (tmp_path / "shop.log").read_text() == "error|one, two|7\n"
    assert shown.endswith("\n:file\n:ok")


def test_filters_of_levels_and_domains_stop_events(iex: Iex) -> None:
    shown = iex("""
require Logger
:logger.add_handler_filter(:default, :mine, {&:logger_filters.domain/2, {:stop, :sub, [:elixir, :mine]}})
:logger.add_primary_filter(:warnings, {&:logger_filters.level/2, {:stop, :eq, :warning}})
Logger.error("of mine", domain: [:mine])
Logger.warning("a warning")
Logger.error("of others")
:logger.remove_handler_filter(:default, :mine); :logger.remove_primary_filter(:warnings)
""")
    assert "of mine" not in shown
    assert "a warning" not in shown
    assert "[error] of others\n" in shown


def test_the_older_configuration_of_the_console_is_heeded(iex: Iex) -> None:
    shown = iex("""
Application.put_env(:logger, :console, format: "$level/$message ", metadata: [:user])
Application.put_env(:logger, :truncate, 3)
{_, formatter} = Logger.default_formatter()
Application.delete_env(:logger, :console); Application.delete_env(:logger, :truncate)
{formatter.template, formatter.metadata, formatter.truncate}
""")
    assert shown.endswith('{[:level, "/", :message, " "], [:user], 3}')
