"""EEx: templates evaluated, compiled into functions, and what is said of broken ones."""

from __future__ import annotations

import pytest

from pyex.code.native import call
from pyex.stdlib.elixir.eex.tokenizer import Source, kind_of, tokenize
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError
from pyex.terms.exceptions import message_of
from pyex.terms.lists import from_pylist


def evaluated(template: str, trim: bool = False, **variables: object) -> object:
    """Return what a template gives with variables."""
    binding = from_pylist([(atom(name), value) for name, value in variables.items()])
    return call("EEx", "eval_string", template, binding, from_pylist([(atom("trim"), trim)]))


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("a <%= 1 + 2 %> b", "a 3 b"),
        ("<%% x %>", "<% x %>"),
        ("a<%!-- <%= b %> --%>c", "ac"),
        ("<%= if true do %>A<% else %>B<% end %>", "A"),
        ("<%= case 1 do %>\n<% 1 -> %>one<% _ -> %>other<% end %>", "one"),
        ("<%= Enum.map [1, 2], fn x -> %><%= x %>,<% end %>", "1,2,"),
        ("<%= if true do %>a<% end; if true do %>b<% end %>", "b"),
    ],
)
def test_a_template_gives_its_text(template: str, text: str) -> None:
    assert evaluated(template) == text


def test_trim_leaves_out_the_blanks_around_tags_on_lines_of_their_own() -> None:
    assert evaluated("<%= for x <- [1, 2] do %>\n  <%= x %>\n<% end %>\n", trim=True) == "\n1\n\n2\n"
    assert evaluated("x  <%= y %>  z", trim=True, y=1) == "x  1  z"


def test_an_expression_opens_goes_on_with_or_ends_a_block() -> None:
    kinds = {"if x do": "start_expr", "else": "middle_expr", "end": "end_expr", "x": "expr", "1 ->": "middle_expr",
             "f(fn a ->": "start_expr", "end; if y do": "middle_expr", '"do"': "expr", ":end": "expr"}
    assert {code: kind_of(code) for code in kinds} == kinds


def test_the_place_of_a_text_is_where_it_begins() -> None:
    places = [(token.kind, token.line, token.column) for token in tokenize(Source("a\n<%= b %>\nc"))]
    assert places == [("text", 1, 1), ("expr", 2, 1), ("text", 2, 9), ("eof", 3, 2)]


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("foo <%= 1", "nofile:1:5: expected closing '%>' for EEx expression\n  |\n1 | foo <%= 1\n  |     ^"),
        ("<% end %>", "nofile:1:1: unexpected end of expression <% end %>\n  |\n1 | <% end %>\n  | ^"),
        ("<%= if a do %>", "nofile:1:5: expected a closing '<% end %>' for block expression in EEx\n"
                           "  |\n1 | <%= if a do %>\n  |     ^"),
    ],
)
def test_a_broken_template_is_told_with_its_place(template: str, message: str) -> None:
    with pytest.raises(ElixirError) as caught:
        evaluated(template)
    assert message_of(caught.value.reason) == message
