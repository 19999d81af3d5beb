"""Exit reasons of errors as a process that watches gets them: what failed, its arguments, and who tells what was wrong."""

from __future__ import annotations

import pytest

from tests.conftest import Iex

WATCH = "spawn_monitor(fn -> {} end)\nProcess.sleep(1)\nreceive do {{:DOWN, _, _, _, reason}} -> reason end"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("1 / 0", "{:badarith, [{:erlang, :/, [1, 0], [error_info: %{module: :erl_erts_errors}]}]}"),
        ("hd([])", "{:badarg, [{:erlang, :hd, [[]], [error_info: %{module: :erl_erts_errors}]}]}"),
        (
            "Map.fetch!(%{}, :a)",
            "{{:badkey, :a},\n [{:maps, :get, [:a, %{}], [error_info: %{module: :erl_stdlib_errors}]}]}",
        ),
        (
            ":ets.lookup(:nothing, 1)",
            "{:badarg,\n [\n   {:ets, :lookup, [:nothing, 1],\n    [error_info: %{cause: :id, module: :erl_stdlib_errors}]}\n ]}",
        ),
        ("Nope.run(1)", "{:undef, [{Nope, :run, [1], []}]}"),
    ],
)
def test_the_frame_of_a_built_in_function_says_who_tells_what_was_wrong(iex: Iex, code: str, reason: str) -> None:
    assert iex(WATCH.format(code)).endswith(reason)


def test_the_message_is_still_known_from_the_frame(iex: Iex) -> None:
    shown = iex(
        WATCH.format(":ets.lookup(:nothing, 1)")
        + "\n{:badarg, frames} = v(); IO.puts(Exception.format(:error, :badarg, frames))"
    )
    assert "  * 1st argument: the table identifier does not refer to an existing ETS table\n" in shown


def test_only_raise_with_one_argument_marks_its_frame(iex: Iex) -> None:
    shown = iex("""
defmodule Raises do
  def one, do: raise("x")
  def two, do: raise(ArgumentError, "x")
end
location = fn name -> {_, ref} = spawn_monitor(Raises, name, []); receive do {:DOWN, ^ref, _, _, {_, [{_, _, _, at}]}} -> Keyword.keys(at) end end
{location.(:one), location.(:two)}
""")
    assert shown.endswith("{[:file, :line, :error_info], [:file, :line]}")


def test_a_formatter_that_fails_is_told_and_not_the_callers_error(iex: Iex) -> None:
    shown = iex("""
defmodule Broken do
  def format(_, _, _, _), do: raise("no")
end
{:ok, before} = :logger.get_handler_config(:default)
:logger.update_handler_config(:default, :formatter, Logger.Formatter.new(format: {Broken, :format}))
require Logger; Logger.error("told")
:logger.update_handler_config(:default, :formatter, before.formatter)
""")
    assert ' error: FORMATTER CRASH: {string,<<"told">>}\n' in shown
    assert shown.endswith(":ok\n:ok")
