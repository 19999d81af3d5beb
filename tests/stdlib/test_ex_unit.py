"""ExUnit: what a script's tests print, how they are prepared, and what is said of those that fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pyex.code import scaffold
from pyex.stdlib.elixir.ex_unit.doc_test import examples
from tests.conftest import Iex

pytestmark = pytest.mark.slow  # each test is a program of its own: what it prints and its status are what counts


def run(tmp_path: Path, script: str, *command: str) -> tuple[int, str]:
    """Run a script, return its status and what it prints, without the times."""
    (tmp_path / "a_test.exs").write_text(script, encoding="utf-8")
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "pyex", *(command or ("run",)), "a_test.exs"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, timeout=60,
        check=False, stdin=subprocess.DEVNULL,
    )
    printed = re.sub(r"Finished in .*\n", "Finished\n", done.stdout)
    return done.returncode, re.sub(r"max_cases: \d+", "max_cases: N", printed) + done.stderr


HEAD = "Running ExUnit with seed: 0, max_cases: N\n\n"


def module(body: str, *, before: str = "ExUnit.start(seed: 0)") -> str:
    """Return a script with one module of tests."""
    return f"{before}\n\ndefmodule ATest do\n  use ExUnit.Case\n\n{body}\nend\n"


def test_passing_tests_are_dots_and_the_script_ends_well(tmp_path: Path) -> None:
    script = module('  test "a", do: assert(1 + 1 == 2)\n  test "b", %{test: name}, do: assert(name == :"test b")')
    assert run(tmp_path, script) == (0, HEAD + "..\nFinished\n2 tests, 0 failures\n")


def test_a_script_with_tests_opens_no_shell(tmp_path: Path) -> None:
    status, printed = run(tmp_path, module('  test "a", do: :ok'), "--no-color")
    assert status == 0
    assert printed.endswith("1 test, 0 failures\n")


def test_a_failure_shows_the_code_both_sides_and_the_place(tmp_path: Path) -> None:
    script = module('  test "sum" do\n    x = 1\n    assert x + 1 == 3\n  end')
    assert run(tmp_path, script) == (
        2,
        HEAD + "\n\n  1) test sum (ATest)\n     a_test.exs:6\n     Assertion with == failed\n"
        "     code:  assert x + 1 == 3\n     left:  2\n     right: 3\n     stacktrace:\n       a_test.exs:8: (test)\n\n\n"
        "Finished\n1 test, 1 failure\n",
    )


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("assert {:ok, _} = {:error, 1}", ["match (=) failed", "left:  {:ok, _}", "right: {:error, 1}"]),
        ("refute 1 == 1", ["Refute with == failed, both sides are exactly equal", "left: 1"]),
        ("assert Enum.member?(Enum.to_list(1..2), 3)", ["Expected truthy, got false", "# 1", "[1, 2]"]),
        ("assert_raise ArgumentError, fn -> raise \"x\" end",
         ["Expected exception ArgumentError but got RuntimeError (x)"]),
        ("send(self(), :a)\n    assert_receive {:b, _}, 1",
         ["Assertion failed, no matching message after 1ms", "pattern: {:b, _}", "value:   :a"]),
        ("raise \"oops\"", ["** (RuntimeError) oops", 'code: raise "oops"']),
        ("exit(:bad)", ["** (exit) :bad"]),
        ("spawn_link(fn -> exit(:bad) end)\n    Process.sleep(100)", [") :bad"]),
    ],
)
def test_each_kind_of_failure_says_what_went_wrong(tmp_path: Path, claim: str, told: list[str]) -> None:
    status, printed = run(tmp_path, module(f'  test "a" do\n    {claim}\n  end'))
    assert status == 2
    assert [text for text in told if text not in printed] == []


def test_setups_add_to_the_context_and_on_exit_runs_after_the_test(tmp_path: Path) -> None:
    script = module(
        "  setup_all do\n    {:ok, all: 1}\n  end\n  setup :named\n"
        '  defp named(_), do: [named: 2]\n  describe "d" do\n    setup %{named: n}, do: %{sum: n + 1}\n    @tag own: 4\n'
        '    test "c", %{all: 1, named: 2, sum: 3, own: 4} do\n      on_exit(fn -> IO.puts("after") end)\n'
        '      pid = start_supervised!({Agent, fn -> 5 end})\n      assert Agent.get(pid, & &1) == 5\n    end\n  end'
    )
    assert run(tmp_path, script) == (0, HEAD + "after\n.\nFinished\n1 test, 0 failures\n")


def test_tags_skip_and_exclude(tmp_path: Path) -> None:
    script = module(
        '  @tag :skip\n  test "a", do: flunk()\n  @tag :slow\n  test "b", do: flunk()\n  test "c", do: :ok',
        before="ExUnit.start(seed: 0, exclude: [:slow])",
    )
    status, printed = run(tmp_path, script)
    assert (status, printed.splitlines()[-1]) == (0, "3 tests, 0 failures, 1 excluded, 1 skipped")


def test_what_is_printed_and_logged_can_be_captured(tmp_path: Path) -> None:
    script = module(
        "  import ExUnit.CaptureIO\n  import ExUnit.CaptureLog\n  require Logger\n"
        '  test "a" do\n    assert capture_io(fn -> IO.puts("out") end) == "out\\n"\n'
        '    assert capture_io(:stderr, fn -> IO.write(:stderr, "err") end) == "err"\n'
        '    assert capture_io("in\\n", fn -> IO.write(IO.gets("? ")) end) == "? in\\n"\n'
        '    assert capture_log(fn -> Logger.error("bad") end) =~ "[error] bad"\n  end'
    )
    assert run(tmp_path, script) == (0, HEAD + ".\nFinished\n1 test, 0 failures\n")


def test_examples_that_no_empty_line_parts_belong_together() -> None:
    groups = examples("Text\n\n    iex> a = 1\n    iex> a +\n    ...> 1\n    2\n\n    iex> 3\n    3\n")
    assert [[(step.code, step.expected) for step in group] for group in groups] == [
        [(["a = 1"], []), (["a +", "1"], ["2"])],
        [(["3"], ["3"])],
    ]


def test_pyex_run_ends_with_the_status_of_the_script(tmp_path: Path) -> None:
    assert run(tmp_path, "IO.inspect(System.argv())\nexit({:shutdown, 3})\n") == (3, "[]\n")
    status, printed = run(tmp_path, 'raise "x"\n')
    assert (status, printed) == (1, "** (RuntimeError) x\n    a_test.exs:1: (file)\n")


def test_a_made_project_passes_its_own_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert scaffold.main(["made"]) == 0
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "pyex", "test", "--seed", "0"],
        cwd=tmp_path / "made", env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True, timeout=60,
        check=False, stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 doctest, 1 test, 0 failures")


def test_assertions_without_lines_compile(iex: Iex) -> None:
    shown = iex(
        "import ExUnit.Assertions\nasked = {:assert, [], [{:match?, [], [{:ok, {:_, [], nil}}, {:ok, 1}]}]}\n"
        "Code.eval_quoted(asked, [], __ENV__) |> elem(0)"
    )
    assert shown.endswith("true")
