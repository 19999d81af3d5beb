"""What the tests of the runtime share: no process may be left over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pyex import runtime
from pyex.runtime.system import KILL


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    """Fail a test that leaves processes behind, and end them for the next one."""
    before = set(runtime.processes())
    yield
    runtime.run_ready()
    left = [pid for pid in runtime.processes() if pid not in before]
    for pid in left:
        runtime.exit_signal(pid, KILL)
    runtime.run_ready()
    assert left == []
