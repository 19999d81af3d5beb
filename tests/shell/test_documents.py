"""How documentation is laid out."""

from __future__ import annotations

from pyex.shell import documents
from pyex.shell.configuration import Configuration

_PLAIN = Configuration()
_COLOURED = Configuration(ansi=True)


def test_a_heading_is_centred() -> None:
    assert documents.heading("def v(n \\\\ -1)", _PLAIN) == " " * 33 + "def v(n \\\\ -1)"


def test_a_coloured_heading_fills_the_line() -> None:
    assert documents.heading("def to_string(atom)", _COLOURED) == (
        "\x1b[0m\x1b[7m\x1b[33m" + " " * 30 + "def to_string(atom)" + " " * 31 + "\x1b[0m"
    )


def test_paragraphs_are_wrapped_to_the_width() -> None:
    text = documents.body("word " * 40, _PLAIN)
    assert all(len(line) <= 80 for line in text.split("\n"))
    assert text.split() == ["word"] * 40


def test_code_keeps_its_lines_and_blanks() -> None:
    code = "    iex> 1 +\n    ...>   2\n    3"
    assert documents.body(code, _PLAIN) == code


def test_lists_are_indented() -> None:
    assert documents.body("  * one\n  * two\n    and more", _PLAIN) == "  * one\n  * two and more"


def test_code_and_headings_are_coloured() -> None:
    assert documents.body("## Title\n\nSee `h/1`.", _COLOURED) == "\x1b[33m## Title\x1b[0m\n\nSee \x1b[36mh/1\x1b[0m."
