"""What a prompt needs to know: whole, unfinished or wrong; and lines that go on with the last result."""

from __future__ import annotations

import pytest

from pyex.syntax import Complete, Incomplete, parse_prompt, starts_with_binary_operator
from pyex.syntax.formatter import to_string
from pyex.terms.atoms import atom
from pyex.terms.errors import ElixirError
from pyex.terms.syntax_messages import render_message

UNFINISHED = [
    "1 +\n",
    "foo(\n",
    "[1,\n",
    "if true do\n",
    "fn x ->\n",
    '"abc\n',
    '"""\nabc\n',
    "'a\n",
    "~r/abc\n",
    "%{a: 1\n",
    '"a #{1 + } b"\n',
    "x = \n",
    "f 1,\n",
    "do\n",
]


@pytest.mark.parametrize("text", UNFINISHED)
def test_unfinished_input_asks_for_more(text: str) -> None:
    assert isinstance(parse_prompt(text), Incomplete)


@pytest.mark.parametrize("text", ["1\n", "\n", "# note\n", "a\n|> b\n", 'x = """\na\n"""\n', "if a do\nend\n"])
def test_whole_input_is_complete(text: str) -> None:
    assert isinstance(parse_prompt(text), Complete)


@pytest.mark.parametrize("text", ["1 2\n", ")\n", "{1, 2]\n", "x = = 1\n", "%{a 1}\n", "0x\n", "end\n"])
def test_wrong_input_is_refused_at_once(text: str) -> None:
    with pytest.raises(ElixirError):
        parse_prompt(text)


def test_the_line_of_the_prompt_is_where_the_error_is() -> None:
    with pytest.raises(ElixirError) as caught:
        parse_prompt("1\n2 3\n", line=4)
    assert "iex:5:3" in render_message(caught.value.reason)


@pytest.mark.parametrize("line", ["|> f()", "* 5", "and true", "== 5", "++ [1]", "<> x", "in [1]", "not in [1]"])
def test_lines_that_begin_with_a_binary_operator_go_on(line: str) -> None:
    assert starts_with_binary_operator(line)


@pytest.mark.parametrize(
    "line",
    [
        "-1",
        "+ 1",
        "not a",
        "!a",
        "andy",
        "<<1>>",
        "[1]",
        "a |> b",
        "&f/1",
        "@a",
        "infinity",
        "",
        ".foo",
        "= 2",
        "::a",
        "..1",
        "** 2",
        "| a",
        "when a",
    ],
)
def test_other_lines_begin_anew(line: str) -> None:
    assert not starts_with_binary_operator(line)


def test_a_line_that_goes_on_keeps_its_columns() -> None:
    with pytest.raises(ElixirError) as caught:
        parse_prompt("|> foo)\n", continues=True)
    assert caught.value.reason.get(atom.column) == 7
    found = parse_prompt("|> foo()\n", continues=True)
    assert isinstance(found, Complete)
    assert to_string(found.quoted) == "v(-1) |> foo()"
