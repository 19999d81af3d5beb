"""A program whose output nobody reads any more ends, as others do: `pyex run script.exs | head -2`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow  # it starts an interpreter
def test_a_script_ends_when_its_reader_does(tmp_path: Path) -> None:
    script = tmp_path / "many.exs"
    script.write_text("for i <- 1..100_000, do: IO.puts(i)\n", encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "pyex", "run", str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == b"1\n"
        program.stdout.close()
        said = program.stderr.read()
    assert said == b""
    assert program.returncode == 1
