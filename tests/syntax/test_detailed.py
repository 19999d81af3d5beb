"""Forms that tell how they were written: brackets, blocks, line breaks, literals, comments."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyex.code.native import call
from pyex.syntax.options import Comment, Options
from pyex.syntax.reader import read

RECORDED = json.loads((Path(__file__).parent / "detailed.json").read_text())
"""What Elixir 1.18.3 answers, with `token_metadata`; `encoded` with literals kept in blocks and escapes as written."""

SHOW = """
encode = fn value, meta -> {:ok, {:__block__, meta, [value]}} end
options = [columns: true, token_metadata: true, emit_warnings: false]
encoding = options ++ [literal_encoder: encode, unescape: false]
show = &inspect(&1, limit: :infinity, printable_limit: :infinity, width: :infinity)
{show.(Code.string_to_quoted(text, options)), show.(Code.string_to_quoted_with_comments(text, encoding))}
"""


@pytest.mark.parametrize("step", RECORDED, ids=lambda step: step["text"])
def test_forms_literals_and_comments_are_those_of_elixir(step: dict[str, str]) -> None:
    binding = call("Keyword", "put", call("Keyword", "new"), call("String", "to_atom", "text"), step["text"])
    assert call("Code", "eval_string", SHOW, binding)[0] == (step["forms"], step["encoded"])


def test_comments_tell_the_line_breaks_around_them() -> None:
    comments: list[Comment] = []
    read("# one\n\n# two\na # three\n\n\nb", Options(comments=comments))
    found = [(one.text, one.line, one.column, one.breaks_before, one.breaks_behind) for one in comments]
    assert found == [("# one", 1, 1, 1, 2), ("# two", 3, 1, 2, 1), ("# three", 4, 3, 0, 3)]
