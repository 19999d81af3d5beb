"""How the application of a project starts, what stands in its way, and what its environment holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each starts a shell of its own, as a project wants one

ROOT = Path(__file__).parents[2]
MIX = """
defmodule Stall.MixProject do
  use Mix.Project
  def project, do: [app: :stall, version: "0.1.0"]
  def application, do: [mod: {Stall.App, [:given]}, env: [color: :red, size: 1], start_phases: [warm: [1], hot: [2]]]
end
"""
APP = """
defmodule Stall.App do
  use Application
  def start(_type, [:given]), do: START
  def start_phase(phase, :normal, [n]), do: PHASE
end
"""
STARTS = "Supervisor.start_link([], strategy: :one_for_one, name: Stall.Top)"


def _typed(
    folder: Path, text: str, *, start: str = STARTS, phase: str = 'IO.puts("#{phase} #{n}")', mix: str = MIX
) -> tuple[int, str]:
    (folder / "mix.exs").write_text(mix)
    (folder / "lib").mkdir()
    (folder / "config").mkdir()
    (folder / "config" / "config.exs").write_text("import Config\nconfig :stall, size: 5\n")
    (folder / "lib" / "stall.ex").write_text(APP.replace("START", start).replace("PHASE", phase))
    done = subprocess.run(
        [sys.executable, "-m", "pyex", "-S", "mix"],
        input=text,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_start_phases_follow_the_start(tmp_path: Path) -> None:
    status, shown = _typed(tmp_path, "Application.spec(:stall, :start_phases)\n")
    assert status == 0
    assert shown.index("warm 1\n") < shown.index("hot 2\n") < shown.index("[warm: [1], hot: [2]]")


def test_a_project_without_a_module_of_its_own_runs_with_what_it_names(tmp_path: Path) -> None:
    mix = MIX.replace(MIX[MIX.index("def application") :], "def application, do: [extra_applications: [:logger, :runtime_tools]]\nend\n")
    _, shown = _typed(tmp_path, "Application.started_applications() |> Enum.map(&elem(&1, 0)) |> Enum.take(2)\n", mix=mix)
    assert "[:stall, :runtime_tools]" in shown


def test_the_environment_is_that_of_the_specification_under_the_configuration(tmp_path: Path) -> None:
    _, shown = _typed(tmp_path, """
Application.get_all_env(:stall) |> Enum.sort()
Application.put_env(:stall, :size, 9)
Application.stop(:stall); Application.unload(:stall)
Application.get_env(:stall, :size)
Application.load(:stall)
Application.get_all_env(:stall) |> Enum.sort()
""")  # fmt: skip
    assert shown.count("[color: :red, size: 5]") == 2
    assert "> nil\n" in shown


@pytest.mark.parametrize(
    ("start", "phase", "why"),
    [
        ("{:error, :closed}", ":ok", "Stall.App.start(:normal, [:given]) returned an error: :closed"),
        (":odd", ":ok", "Stall.App.start(:normal, [:given]) returned a bad value: :odd"),
        ('raise("oops")', ":ok", "exited in: Stall.App.start(:normal, [:given])\n    ** (EXIT) an exception was raised:"),
        (STARTS, "{:error, {phase, n}}", "exited in: Stall.App.start_phase(:warm, :normal, [1])\n    ** (EXIT) {:warm, 1}"),
    ],
)
def test_a_start_that_fails_is_told_and_no_shell_begins(tmp_path: Path, start: str, phase: str, why: str) -> None:
    status, shown = _typed(tmp_path, "1 + 1\n", start=start, phase=phase)
    assert status == 1
    assert f"[notice] Application stall exited: {why}" in shown
    assert f"** (Mix) Could not start application stall: {why}" in shown
    assert "iex(1)>" not in shown
