"""The guide to OTP in Python: each of its programs runs, and mypy accepts it."""

from __future__ import annotations

import re
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
    from mypy import api

    paths = []
    for place, program in enumerate(PROGRAMS):
        path = tmp_path / f"guide{place}.py"
        path.write_text(program)
        paths.append(str(path))
    output, errors, status = api.run(["--strict", *paths])
    assert status == 0, output + errors
