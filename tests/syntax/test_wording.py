"""How an error names the token that it stops at."""

from __future__ import annotations

import pytest

from pyex.syntax import parse
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ('1 "a#{b}c"', '"a"'),
        ('1 "#{b}c"', '"'),
        ('1 ""', '""'),
        ("1 'x#{b}'", '"x"'),
        ("1 ~s(a#{b}c)", "sigil ~s starting with content 'a'"),
        ("1 ~s(#{b}c)", "sigil ~s starting with content ''"),
        ('1 :"a#{b}"', '"a"'),
        (':ok "a#{1}": 2', '"a"'),
        (':ok "a b": 2', "'a b:'"),
    ],
)
def test_a_quoted_text_is_shown_up_to_its_first_interpolation(text: str, token: str) -> None:
    with pytest.raises(ElixirError) as caught:
        parse(text)
    assert caught.value.reason[atom.description] == "syntax error before: " + token


def test_quotes_around_a_name_in_capitals_are_not_warned_of() -> None:
    warnings: list[object] = []
    parse('[:"Name", "Name": 1]', warn=warnings.append)
    assert warnings == []
