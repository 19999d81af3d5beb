"""What the `pyex` command does without a terminal: pipes, code on the command line, scripts, projects."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow  # each test starts an interpreter of its own

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}

BANNER = "\n\nInteractive Elixir (1.18.3) - press Ctrl+C to exit (type h() ENTER for help)\n"


def _pyex(*arguments: str, typed: str | bytes = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    data = typed.encode() if isinstance(typed, str) else typed
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder or ROOT / "tests")}
    done = subprocess.run(
        [sys.executable, "-m", "pyex", *arguments],
        input=data,
        capture_output=True,
        cwd=folder or ROOT,
        env=environment,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def _typed(text: str | bytes, *arguments: str, folder: Path | None = None) -> str:
    """Return what follows the banner."""
    return _pyex(*arguments, typed=text, folder=folder).stdout.partition(BANNER)[2]


def test_a_pipe_is_answered_behind_its_prompts_and_the_last_is_not_shown() -> None:
    assert _typed("1 + 1\n[1,\n2]\n") == "iex(1)> 2\niex(2)> ...(2)> [1, 2]\n"


def test_a_last_line_without_its_newline_counts() -> None:
    assert _typed("1 + 1") == "iex(1)> 2\n"


def test_questions_are_answered_from_the_pipe() -> None:
    assert _typed('IO.gets("name? ")\nJosé\n') == 'iex(1)> name? "José\\n"\n'


def test_the_end_of_the_pipe_answers_a_question() -> None:
    assert _typed('IO.gets("name? ")\n') == "iex(1)> name? :eof\n"


def test_bytes_that_are_no_text_are_read_as_iex_reads_them() -> None:
    assert _typed(b'"\xff"\n') == 'iex(1)> "ÿ"\n'


@pytest.mark.parametrize("module", ["System", ":erlang"])
def test_halting_gives_the_exit_status(module: str) -> None:
    done = _pyex(typed=f"{module}.halt(3)\n1\n")
    assert done.returncode == 3
    assert done.stdout.endswith("iex(1)> ")


def test_a_value_on_the_command_line_is_printed_when_it_tells_something() -> None:
    assert _pyex("-e", "1 + 1").stdout == "2\n"
    assert _pyex("-e", 'IO.puts("hi")').stdout == "hi\n"


def test_an_error_on_the_command_line_is_told_on_stderr() -> None:
    done = _pyex("-e", 'raise "oops"')
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "** (RuntimeError) oops\n    nofile:1: (file)\n"


def test_neither_code_nor_a_pipe_imports_the_line_editor() -> None:
    check = 'IO.puts("x")'
    program = f"import sys; from pyex.cli import main; main(['-e', {check!r}]); print('prompt_toolkit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, text=True, timeout=60, check=True
    )
    assert done.stdout == "x\nFalse\n"


def test_ctrl_c_ends_code_from_the_command_line() -> None:
    command = [sys.executable, "-m", "pyex", "-e", 'IO.puts("on"); Stream.repeatedly(fn -> 1 end) |> Stream.run()']
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "on\n"
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == -signal.SIGINT


def test_a_script_runs_before_the_shell(tmp_path: Path) -> None:
    (tmp_path / "first.exs").write_text(
        'IO.inspect(System.argv())\ndefmodule First do\n  def hi, do: "hi"\nend\n', encoding="utf-8"
    )
    done = _pyex("first.exs", "one", "-e", typed="First.hi()\n", folder=tmp_path)
    before, _, after = done.stdout.partition("Interactive Elixir")
    assert before.endswith('["one", "-e"]\n')
    assert after.endswith('iex(1)> "hi"\n')


def test_a_script_is_whole_before_its_calls_are_looked_at(tmp_path: Path) -> None:
    calls = "defmodule Pond do\n  defmodule Duck do\n    def swim, do: Pond.Water.wet()\n  end\n"
    (tmp_path / "whole.exs").write_text(f"{calls}  defmodule Water do\n    def wet, do: 1\n  end\nend\n", encoding="utf-8")
    (tmp_path / "failing.exs").write_text(f"{calls}end\nraise \"dry\"\n", encoding="utf-8")
    (tmp_path / "dry.exs").write_text(f'{calls}end\nIO.puts(:stderr, "end")\n', encoding="utf-8")
    assert _pyex("run", "whole.exs", folder=tmp_path).stderr == ""
    assert "Pond.Water" not in _pyex("run", "failing.exs", folder=tmp_path).stderr
    assert _pyex("run", "dry.exs", folder=tmp_path).stderr.startswith("end\n    warning: Pond.Water.wet/0 is undefined")


def test_a_program_shows_each_argument_that_no_clause_takes_in_one_line(tmp_path: Path) -> None:
    text = "defmodule Narrow do\n  def f(0), do: 0\nend\nNarrow.f(Enum.to_list(100..130))\n"
    (tmp_path / "narrow.exs").write_text(text, encoding="utf-8")
    shown = "[" + ", ".join(map(str, range(100, 131))) + "]"
    assert f"        # 1\n        {shown}\n" in _pyex("run", "narrow.exs", folder=tmp_path).stderr


def test_errors_of_a_module_that_a_function_defines_are_told(tmp_path: Path) -> None:
    text = "defmodule Outer do\n  def make do\n    defmodule Inner do\n      def f, do: y\n    end\n  end\nend\nOuter.make()\n"
    (tmp_path / "outer.exs").write_text(text, encoding="utf-8")
    shown = _pyex("run", "outer.exs", folder=tmp_path).stderr
    assert 'error: undefined variable "y"' in shown
    assert shown.endswith("** (CompileError) outer.exs: cannot compile module Outer.Inner (errors have been logged)\n\n")


def test_a_script_that_is_not_there_is_named() -> None:
    done = _pyex("nope.exs")
    assert (done.returncode, done.stderr) == (1, "No file named nope.exs\n")


def test_the_dot_file_is_evaluated_in_the_shell(tmp_path: Path) -> None:
    (tmp_path / ".iex.exs").write_text("import Enum, only: [sum: 1]\nx = 41\n", encoding="utf-8")
    assert _typed("x + 1\nsum([1, 2])\n", folder=tmp_path) == "iex(1)> 42\niex(2)> 3\n"
    assert 'undefined variable "x"' in _pyex("--dot-iex", "", typed="x\n", folder=tmp_path).stderr


def test_a_broken_dot_file_is_told_and_the_shell_starts(tmp_path: Path) -> None:
    path = tmp_path / ".iex.exs"
    path.write_text('x = 1\nraise "in dot file"\n', encoding="utf-8")
    shown = _typed("1\n", folder=tmp_path)
    assert shown.startswith(f"Error while evaluating: {path}\n** (RuntimeError) in dot file\n")
    assert shown.endswith("iex(1)> 1\n")


@pytest.mark.parametrize("language", ["elixir", "python"])
def test_a_new_project_compiles_and_serves(tmp_path: Path, language: str) -> None:
    made = _pyex("new", "sequence", *(["--python"] if language == "python" else []), folder=tmp_path)
    assert made.returncode == 0
    typed = (
        "{:ok, pid} = start_link(Sequence.Server, 100)\ncall pid, :next_number\ncast pid, {:increment_number, 200}\n"
    )
    done = _pyex("-S", "mix", typed=typed + "call pid, :next_number\n", folder=tmp_path / "sequence")
    assert "(.ex)\nGenerated sequence app\nInteractive Elixir" in done.stdout
    assert "iex(2)> 100\niex(3)> :ok\niex(4)> 301\n" in done.stdout


def test_a_project_is_not_made_over_another(tmp_path: Path) -> None:
    (tmp_path / "sequence").mkdir()
    (tmp_path / "sequence" / "notes").touch()
    done = _pyex("new", "sequence", folder=tmp_path)
    assert done.returncode == 2
    assert "exists and is not empty" in done.stderr


def test_a_folder_without_a_project_is_said(tmp_path: Path) -> None:
    done = _pyex("-S", "mix", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("** (Mix.Error) Could not find a Mix.Project")


def test_an_error_of_mix_can_be_raised() -> None:
    assert _typed('raise Mix.Error, message: "no such task"\n').startswith("iex(1)> ** (Mix.Error) no such task")


@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed_is_an_empty_one(closing: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m pyex -e '1 + 1' {closing}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=30, check=False, env=ENVIRONMENT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("" if closing == ">&-" else "2\n")


def test_a_folder_that_is_gone_takes_nothing_along(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    command = f"rmdir {shlex.quote(str(folder))}; echo 'Gone.f()\n1 + 1' | {shlex.quote(sys.executable)} -m pyex"
    done = subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, timeout=30, check=False, env=ENVIRONMENT
    )
    assert "function Gone.f/0 is undefined" in done.stdout
    assert done.stdout.endswith("iex(1)> 2\n")
