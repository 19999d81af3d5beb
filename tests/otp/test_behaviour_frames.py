"""What stands below a callback that failed: the frames of its behaviour, in exit reasons and in reports."""

from __future__ import annotations

from tests.conftest import Iex

SERVER = """defmodule Frames do
  use GenServer
  def init(:raise), do: raise("no start")
  def init(state), do: {:ok, state}
  def handle_call(:exit, _from, _state), do: exit(:bye)
  def handle_cast(_request, _state), do: raise("cast")
end
Process.flag(:trap_exit, true)
"""


def test_an_error_of_init_tells_where_raise_stood_and_what_called_it(iex: Iex) -> None:
    shown = iex(SERVER + "{:error, {_, [own, below | _]}} = GenServer.start(Frames, :raise)\n{elem(own, 3), below}")
    assert shown.endswith(
        '{[file: ~c"iex", line: 3, error_info: %{module: Exception}],\n'
        ' {:gen_server, :init_it, 2, [file: ~c"gen_server.erl", line: 2229]}}'
    )


def test_the_exit_reason_of_a_server_names_the_callback_loop(iex: Iex) -> None:
    shown = iex(
        SERVER + "{:ok, pid} = GenServer.start_link(Frames, 1); GenServer.cast(pid, 1)\n"
        "receive do {:EXIT, _, {_, frames}} -> Enum.map(frames, &elem(&1, 1)) end"
    )
    assert shown.endswith("[:handle_cast, :try_handle_cast, :handle_msg, :init_p_do_apply]")


def test_a_report_of_an_exit_has_the_frames_below_it(iex: Iex) -> None:
    shown = iex(SERVER + "{:ok, pid} = GenServer.start_link(Frames, 1)\ntry do GenServer.call(pid, :exit) catch :exit, _ -> 1 end")
    assert "gen_server.erl:2381: :gen_server.try_handle_call/4\n" in shown


def test_a_function_of_the_prompt_hides_the_first_frame_of_its_process(iex: Iex) -> None:
    shown = iex("{:error, {_, frames}} = Agent.start(fn -> raise \"x\" end)\nEnum.map(frames, &elem(&1, 1))")
    assert shown.endswith("[:eval_external_handler, :init, :init_it, :init_it]")
