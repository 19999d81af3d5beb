"""Code.Fragment: what stands at the end of a fragment, as Elixir 1.18.3 tells it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyex.code.native import call
from pyex.stdlib.elixir.code_fragment import context_of
from pyex.terms.atoms import atom
from pyex.terms.inspect import inspect

RECORDED = json.loads((Path(__file__).parent / "cursor_contexts.json").read_text())


def test_what_stands_at_the_cursor_is_what_elixir_says() -> None:
    different = [(text, told, inspect(context_of(text))) for text, told in RECORDED if inspect(context_of(text)) != told]
    assert not different


UNFINISHED = json.loads((Path(__file__).parent / "container_cursors.json").read_text())


@pytest.mark.parametrize(("text", "told"), UNFINISHED)
def test_code_that_breaks_off_is_closed_around_the_cursor(text: str, told: str) -> None:
    show = "inspect(Code.Fragment.container_cursor_to_quoted(text), width: :infinity)"
    binding = call("Keyword", "put", call("Keyword", "new"), atom("text"), text)
    assert call("Code", "eval_string", show, binding)[0] == told
