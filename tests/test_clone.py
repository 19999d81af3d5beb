"""The README's command in a bare clone: what git holds is enough."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def _can_clone() -> bool:
    installed = Path(sys.prefix) / "bin" / "pyex"
    return (ROOT / ".git").exists() and installed.exists() and bool(shutil.which("git") and shutil.which("make"))


@pytest.mark.slow  # a clone, and a whole lesson in a shell of its own
@pytest.mark.skipif(not _can_clone(), reason="needs git, make, pyex installed, and to be a clone itself")
def test_the_tutorial_replays_in_a_bare_clone(tmp_path: Path) -> None:
    clone = tmp_path / "pyex"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(clone)}
    # The packages that pyex needs are those of this run; what is tested is the tree that a clone has.
    stamp = f"{sys.prefix}/.installed"
    command = ["make", "tutorial", f"VENV={sys.prefix}", "-o", stamp]
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " differs" not in done.stdout.splitlines()[-1]
