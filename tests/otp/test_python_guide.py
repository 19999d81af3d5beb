"""The guide to OTP in Python: each of its programs runs, and mypy accepts it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "python.md"
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", GUIDE.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("place", range(len(PROGRAMS)))
def test_a_program_of_the_guide_runs(place: int) -> None:
    module = ModuleType(f"guide{place}")
    sys.modules[module.__name__] = module
    try:
        exec(compile(PROGRAMS[place], f"{GUIDE.name}:{place}", "exec"), module.__dict__)
    finally:
        del sys.modules[module.__name__]


@pytest.mark.slow  # mypy reads the whole package
def test_mypy_accepts_the_programs_of_the_guide(tmp_path: Path) -> None:
    paths = []
    for place, program in enumerate(PROGRAMS):
        path = tmp_path / f"guide{place}.py"
        path.write_text(program)
        paths.append(str(path))
    # A program of its own: mypy sets the recursion limit of the one that it runs in.
    found = subprocess.run([sys.executable, "-m", "mypy", "--strict", *paths], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
