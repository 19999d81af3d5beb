"""Diagnostics as text, in both styles."""

from __future__ import annotations

from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.messages import render

UNUSED = Diagnostic(
    "warning", 'variable "x" is unused', "lib/a.ex", 2, 9, 1, "A.f/1", code="unused_variable", subject="x"
)
UNDEFINED = Diagnostic(
    "error", 'undefined variable "nam"', "lib/a.ex", 1, 3, 3, "A.f/1", code="undefined_variable", subject="nam"
)
LINES = ["  nam", "  def f(x), do: 1"]


def test_a_diagnostic_shows_its_line_of_source_and_marks_the_place() -> None:
    assert render(UNDEFINED, source_lines=LINES) == (
        '    error: undefined variable "nam"\n    │\n  1 │   nam\n    │   ^^^\n    │\n    └─ lib/a.ex:1:3: A.f/1\n'
    )


def test_without_a_column_the_whole_line_is_marked() -> None:
    whole = Diagnostic("warning", "redefining module A", "lib/a.ex", 2, None, 1, "A (module)")
    assert "    │   ~~~~~~~~~~~~~~~\n" in render(whole, source_lines=LINES)


def test_at_the_prompt_the_place_stands_alone() -> None:
    typed = Diagnostic("error", "undefined function foo/1 (there is no such import)", "iex", 3)
    assert render(typed) == "error: undefined function foo/1 (there is no such import)\n└─ iex:3\n"


def test_colors_are_those_of_iex() -> None:
    assert render(UNUSED, color=True, source_lines=None).startswith("\x1b[33mwarning:\x1b[0m variable")


def test_the_old_style_is_one_line() -> None:
    assert render(UNUSED, "1.1") == "lib/a.ex:2: warning: variable x is unused"


def test_an_undefined_variable_was_an_undefined_function_in_the_old_style() -> None:
    assert render(UNDEFINED, "1.1") == "** (CompileError) lib/a.ex:1: function nam/0 undefined"
