"""What `v` gives back."""

from __future__ import annotations

import pytest

from pyex.shell.history import History
from pyex.terms.errors import ElixirError


def _history(*values: object, limit: int = 20) -> History:
    history = History()
    for counter, value in enumerate(values, start=1):
        history.append(counter, value, limit)
    return history


def test_a_number_is_that_of_the_prompt() -> None:
    assert _history("a", "b").nth(1) == "a"


def test_a_negative_number_counts_from_the_newest() -> None:
    assert _history("a", "b").nth(-1) == "b"


def test_the_oldest_entries_fall_out_beyond_the_limit() -> None:
    with pytest.raises(ElixirError) as caught:
        _history(1, 2, 3, 4, limit=3).nth(1)
    assert "ranges from 2 to 4" in str(caught.value.reason)


def test_a_negative_limit_keeps_everything() -> None:
    assert _history(*range(100), limit=-1).nth(1) == 0


def test_an_empty_history_says_so() -> None:
    with pytest.raises(ElixirError) as caught:
        _history().nth(-1)
    assert "v(-1) is out of bounds, no entries were stored in history so far" in str(caught.value.reason)
