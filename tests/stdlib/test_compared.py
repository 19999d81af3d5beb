"""What of the library's modules is compared with a real Elixir."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stdlib.compared import ERLANG_THIN, THIN, erlang_thin, thin


@pytest.mark.parametrize(("path", "counted"), [(THIN, thin), (ERLANG_THIN, erlang_thin)], ids=["Elixir", "Erlang"])
def test_every_function_but_those_listed_is_compared_in_enough_calls(
    path: Path, counted: Callable[[], dict[str, dict[str, int]]]
) -> None:
    """The list may only shrink: `python -m tests.stdlib.compared` writes it anew when calls have been recorded."""
    listed: dict[str, dict[str, int]] = json.loads(path.read_text(encoding="utf-8"))
    names = {f"{module}.{name}" for module, functions in listed.items() for name in functions}
    found = {f"{module}.{name}" for module, functions in counted().items() for name in functions}
    assert found <= names, f"compared too little: {sorted(found - names)}"
    assert found == names, f"compared enough now, so no longer to be listed: {sorted(names - found)}"
