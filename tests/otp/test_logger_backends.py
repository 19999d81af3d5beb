"""Backends of Logger: handlers that are added, configured, told of what is logged, and taken away."""

from __future__ import annotations

from tests.conftest import Iex

BACKEND = """
defmodule Written do
  @behaviour :gen_event
  def init(given), do: {:ok, IO.inspect({:init, given})}
  def handle_event({level, _leader, {Logger, text, {_day, _time}, metadata}}, state) do
    IO.inspect({level, text, Keyword.drop(metadata, [:pid, :time, :gl])})
    {:ok, state}
  end
  def handle_event(:flush, state), do: (IO.puts("flushed"); {:ok, state})
  def handle_call({:configure, options}, state), do: {:ok, {:configured, options}, state}
  def terminate(reason, _), do: IO.inspect({:terminate, reason})
end
defmodule Shop do
  require Logger
  def sell(what), do: Logger.warning(what, price: 2)
end
"""


def test_a_backend_is_told_of_what_is_logged_until_it_is_taken_away(iex: Iex) -> None:
    printed = iex(f"""{BACKEND}
Logger.configure_backend(:console, level: :none)
{{:ok, pid}} = Logger.add_backend({{Written, :id}}); Process.whereis(Logger) == pid
Logger.add_backend({{Written, :id}})
Shop.sell("tea")
require Logger; Logger.info("plain")
Logger.configure_backend({{Written, :id}}, level: :error)
Logger.flush()
Logger.remove_backend({{Written, :id}})
Logger.remove_backend({{Written, :id}})
Logger.info("nobody is told")
Logger.configure_backend(:console, level: :all)
:logger.remove_handler(Logger); :gen_event.stop(Logger)
""")
    assert "{:init, {Written, :id}}\ntrue\n{:error, :already_present}\n" in printed
    assert "{:warn, \"tea\",\n [\n   erl_level: :warning,\n   function: \"sell/1\",\n" in printed
    assert "   module: Shop,\n   file: \"iex\",\n" in printed
    assert "{:info, \"plain\", [erl_level: :info, domain: [:elixir]]}\n" in printed
    assert "{:configured, [level: :error]}\nflushed\n:ok\n{:terminate, :ok}\n:ok\n{:error, :not_found}\n" in printed


def test_a_backend_that_cannot_begin_is_not_added(iex: Iex) -> None:
    printed = iex("""
{:error, {{:EXIT, {:undef, [call | _]}}, child}} = Logger.add_backend(NoBackend); {elem(call, 1), elem(child, 2)}
{Logger.remove_backend(NoBackend), Logger.configure_backend(NoBackend, [])}
:logger.remove_handler(Logger); :gen_event.stop(Logger)
""")
    assert "{:init, NoBackend}\n{{:error, :not_found}, {:error, :bad_module}}\n" in printed
