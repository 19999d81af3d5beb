"""How the options of `pyex` are read."""

from __future__ import annotations

import pytest

from pyex import cli
from pyex.shell.options import Options, UsageError, parse


def test_no_argument_is_a_shell() -> None:
    assert parse([]) == Options()
    assert not parse([]).only_evaluates


def test_code_is_evaluated_and_that_is_all() -> None:
    options = parse(["-e", "1", "--eval", "2"])
    assert options.steps == [("-e", "1"), ("-e", "2")]
    assert options.only_evaluates


def test_what_follows_a_file_belongs_to_it() -> None:
    options = parse(["--no-color", "run.exs", "-e", "x"])
    assert (options.file, options.arguments, options.color) == ("run.exs", ["-e", "x"], False)


def test_what_follows_a_script_belongs_to_it() -> None:
    options = parse(["-S", "mix", "run", "--no-halt"])
    assert (options.steps, options.arguments) == ([("-S", "mix")], ["run", "--no-halt"])


def test_values_may_follow_an_equals_sign() -> None:
    assert parse(["--messages=1.1", "--dot-iex="]).messages == "1.1"
    assert parse(["--dot-iex="]).dot_iex == ""


@pytest.mark.parametrize("argv", [["--bogus"], ["-e"], ["--messages", "1.2"], ["-x"]])
def test_what_cannot_be_understood_is_said(argv: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(argv)


def test_a_wrong_command_line_ends_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--bogus"]) == 2
    assert "unknown option --bogus" in capsys.readouterr().err


def test_help_and_version_need_no_shell(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    assert cli.main(["-v"]) == 0
    assert "Elixir 1.18.3" in capsys.readouterr().out
