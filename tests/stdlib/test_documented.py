"""The examples of Elixir's documentation give here what they give there."""

from __future__ import annotations

import os

import pytest

from tests.stdlib.documented import differences

GOAL = 0.99


@pytest.mark.slow
@pytest.mark.skipif("PYEX_ORACLE" not in os.environ, reason="PYEX_ORACLE names no real Elixir")
def test_nearly_all_documented_examples_give_what_elixir_gives() -> None:
    """Slow because two shells type some three thousand lines."""
    found, total = differences()
    assert len(found) <= total * (1 - GOAL), "\n".join(found)
