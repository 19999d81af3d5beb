"""Files of a project that need each other's modules."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MIX = 'defmodule P.MixProject do\n  use Mix.Project\n  def project, do: [app: :p, version: "0.1.0"]\nend\n'


@pytest.mark.slow
def test_files_that_wait_for_each_other_are_all_named(tmp_path: Path) -> None:
    """Slow because it starts a whole pyex: only a command's own process has a project."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "mix.exs").write_text(MIX)
    (tmp_path / "lib" / "a.ex").write_text("defmodule A do\n  require B\nend\n")
    (tmp_path / "lib" / "b.ex").write_text("defmodule B do\n  def f, do: %A{}\nend\n")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-m", "pyex", "-S", "mix"],
        input="1\n",
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        timeout=60,
        check=False,
    )
    text = done.stdout + done.stderr
    assert "== Compilation error in file lib/b.ex ==\n** (CompileError) deadlocked waiting on module A\n" in text
    assert "== Compilation error in file lib/a.ex ==\n** (CompileError) deadlocked waiting on module B\n" in text
    assert "  lib/b.ex => A\n  lib/a.ex => B\n" in text
