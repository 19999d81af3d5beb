"""The console in a real terminal: keys, history, completion, interruption, output from the background."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shell.terminal import Terminal

pytestmark = pytest.mark.slow  # each test starts pyex in a terminal of its own


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal(tmp_path)
    started.wait_prompt(1)
    yield started
    started.close()


def test_the_banner_stands_above_the_first_prompt(terminal: Terminal) -> None:
    first, second, third, fourth = terminal.text().split("\n")
    assert first.startswith("Python 3.")
    assert second == ""
    assert third == "Interactive Elixir (1.18.3) - press Ctrl+C to exit (type h() ENTER for help)"
    assert fourth == "iex(1)>"


def test_a_line_is_answered(terminal: Terminal) -> None:
    terminal.enter("1 + 1")
    assert terminal.wait_prompt(2).endswith("iex(1)> 1 + 1\n2\niex(2)>")


def test_an_expression_goes_on_at_a_second_prompt(terminal: Terminal) -> None:
    terminal.enter("[1,")
    terminal.wait_prompt(1, "...")
    terminal.enter("2]")
    assert terminal.wait_prompt(2).endswith("iex(1)> [1,\n...(1)> 2]\n[1, 2]\niex(2)>")


def test_indentation_is_what_was_typed(terminal: Terminal) -> None:
    for line in ("if true do", '  """', "  one", '  """', "end"):
        terminal.enter(line)
    terminal.wait('\n"one\\n"\niex(2)>')


def test_tab_completes_a_module_and_a_function(terminal: Terminal) -> None:
    terminal.press("Enum.revers", "tab")
    terminal.wait(lambda: terminal.last_line() == "iex(1)> Enum.reverse" or "reverse_slice" in terminal.text())
    terminal.press("ctrl-c")


def test_tab_behind_an_open_parenthesis_shows_how_to_call(terminal: Terminal) -> None:
    terminal.press("Enum.map(", "tab")
    terminal.wait("map(enumerable, fun)\niex(1)> Enum.map(")
    terminal.press("ctrl-c")


def test_an_endless_loop_in_the_background_does_not_freeze_the_prompt(terminal: Terminal) -> None:
    terminal.enter("spawn(fn -> Stream.repeatedly(fn -> 1 end) |> Stream.run() end)")
    terminal.wait_prompt(2)
    terminal.enter("20 + 3")
    terminal.wait("\n23\n")


def test_arrow_up_brings_the_whole_expression_back(terminal: Terminal) -> None:
    terminal.enter("[1,")
    terminal.wait_prompt(1, "...")
    terminal.enter("2]")
    terminal.wait_prompt(2)
    terminal.press("up")
    terminal.wait(lambda: terminal.text().endswith("iex(2)> [1,\n...(2)> 2]"))
    terminal.press("enter")
    terminal.wait_prompt(3)


def test_lines_are_remembered_from_run_to_run(tmp_path: Path) -> None:
    first = Terminal(tmp_path)
    first.wait_prompt(1)
    first.enter("40 + 2")
    first.wait_prompt(2)
    first.press("ctrl-d")
    assert first.status() == 0
    second = Terminal(tmp_path)
    second.wait_prompt(1)
    second.press("up")
    second.wait("iex(1)> 40 + 2")
    second.close()


def test_ctrl_c_drops_the_line_being_typed(terminal: Terminal) -> None:
    terminal.press("nonsense", "ctrl-c")
    terminal.wait(lambda: terminal.text().endswith("iex(1)> nonsense\niex(1)>"))
    terminal.enter("1")
    terminal.wait_prompt(2)


def test_ctrl_c_twice_on_an_empty_line_leaves(terminal: Terminal) -> None:
    terminal.press("ctrl-c")
    terminal.wait("Press Ctrl+C again, or Ctrl+D, to leave.\niex(1)>")
    terminal.press("ctrl-c")
    assert terminal.status() == 0


def test_ctrl_c_breaks_off_a_process_that_waits_and_keeps_variables(terminal: Terminal) -> None:
    terminal.enter("x = 7")
    terminal.wait_prompt(2)
    terminal.enter('IO.puts("waiting"); receive do y -> y end')
    terminal.wait("\nwaiting")
    terminal.press("ctrl-c")
    terminal.wait("** (EXIT) interrupted")
    terminal.enter("x + 1")
    terminal.wait("\n8\n")


def test_what_waits_for_ever_keeps_the_prompt_away(terminal: Terminal) -> None:
    terminal.enter('IO.puts("waiting"); Process.sleep(:infinity)')
    terminal.wait("\nwaiting")
    terminal.press("ctrl-c")
    assert "iex(1)>" not in terminal.wait("** (EXIT) interrupted").rpartition("waiting\n")[2].partition("(EXIT)")[0]


def test_ctrl_c_breaks_off_an_endless_loop(terminal: Terminal) -> None:
    terminal.enter('IO.puts("on we go"); Stream.repeatedly(fn -> 1 end) |> Stream.run()')
    terminal.wait("\non we go")
    terminal.press("ctrl-c")
    terminal.wait("** (EXIT) interrupted")
    terminal.enter("1")
    terminal.wait("\n1\n")


def test_ctrl_c_never_costs_the_variables_wherever_a_loop_stands(terminal: Terminal) -> None:
    terminal.enter("f = fn f -> f.(f) end")
    terminal.wait_prompt(2)
    for text in ("one", "two", "three", "four"):
        terminal.enter(f'IO.puts("{text}" <> "!"); f.(f)')
        terminal.wait(f"\n{text}!")
        terminal.press("ctrl-c")
        terminal.wait(lambda: terminal.text().endswith("(EXIT) interrupted\niex(2)>"))
    terminal.enter("is_function(f)")
    terminal.wait("\ntrue\n")


def test_output_from_the_background_does_not_spoil_the_line_being_typed(terminal: Terminal) -> None:
    terminal.enter('spawn(fn -> Process.sleep(300); IO.puts("from elsewhere") end)')
    terminal.wait_prompt(2)
    terminal.press("1 + ")
    terminal.wait(lambda: terminal.text().endswith("\nfrom elsewhere\niex(2)> 1 +"))
    terminal.enter("41")
    terminal.wait("\n42\n")


def test_a_process_asks_for_a_line(terminal: Terminal) -> None:
    terminal.enter('IO.gets("name? ")')
    terminal.wait(lambda: terminal.last_line() == "name?")
    terminal.enter("José")
    terminal.wait('"José\\n"')


def test_ctrl_d_leaves(terminal: Terminal) -> None:
    terminal.press("ctrl-d")
    assert terminal.status() == 0


def test_exit_leaves(terminal: Terminal) -> None:
    terminal.enter("exit")
    assert terminal.status() == 0


def test_a_shell_whose_process_dies_starts_anew(terminal: Terminal) -> None:
    terminal.enter("spawn_link(fn -> exit(:boom) end)")
    screen = terminal.wait("shell process exited with reason: :boom")
    assert "iex(1)>" in screen
    terminal.enter("1 + 1")
    terminal.wait("\n2\n")
