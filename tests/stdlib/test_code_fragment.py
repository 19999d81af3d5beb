"""Code.Fragment: what stands at the end of a fragment, as Elixir 1.18.3 tells it."""

from __future__ import annotations

import json
from pathlib import Path

from pyex.stdlib.elixir.code_fragment import context_of
from pyex.terms.inspect import inspect

RECORDED = json.loads((Path(__file__).parent / "cursor_contexts.json").read_text())


def test_what_stands_at_the_cursor_is_what_elixir_says() -> None:
    different = [(text, told, inspect(context_of(text))) for text, told in RECORDED if inspect(context_of(text)) != told]
    assert not different
