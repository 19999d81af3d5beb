"""What pyflakes finds in a Python file, in the words of Elixir and in both styles."""

from __future__ import annotations

import pytest

from pyex.code import server
from pyex.compiler.diagnostics import Diagnostic
from pyex.compiler.messages import render
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.syntax_messages import render_message
from tests.code.conftest import Write

UNDEFINED = "class Wrong:\n    def answer(self, number):\n        return numbr\n"
UNUSED = "def answer():\n    spare = 1\n    return 2\n"


def test_an_undefined_name_refuses_the_module(write: Write, diagnostics: list[Diagnostic]) -> None:
    write("lib/pychecked/wrong.py", UNDEFINED)
    with pytest.raises(ElixirError) as caught:
        server.ensure_loaded(alias("Pychecked.Wrong"))
    assert caught.value.reason[atom.description] == "cannot compile module Pychecked.Wrong (errors have been logged)"
    assert render(diagnostics[0]) == (
        '    error: undefined variable "numbr"\n'
        "    │\n"
        "  3 │         return numbr\n"
        "    │                ^^^^^\n"
        "    │\n"
        "    └─ lib/pychecked/wrong.py:3:16: Wrong.answer/1\n"
    )


def test_the_old_style_of_an_undefined_name_is_one_line(write: Write, diagnostics: list[Diagnostic]) -> None:
    write("lib/pychecked/wrong.py", UNDEFINED)
    with pytest.raises(ElixirError):
        server.ensure_loaded(alias("Pychecked.Wrong"))
    assert render(diagnostics[0], "1.1") == (
        "** (CompileError) lib/pychecked/wrong.py:3: function numbr/0 undefined"
    )


def test_an_unused_variable_is_a_warning(write: Write, diagnostics: list[Diagnostic]) -> None:
    write("lib/pychecked/spare.py", UNUSED)
    assert server.ensure_loaded(alias("Pychecked.Spare")) is not None
    assert render(diagnostics[0]) == (
        '    warning: variable "spare" is unused (if the variable is not meant to be used, prefix it with an underscore)\n'
        "    │\n"
        "  2 │     spare = 1\n"
        "    │     ~~~~~\n"
        "    │\n"
        "    └─ lib/pychecked/spare.py:2:5: answer/0\n"
    )
    assert render(diagnostics[0], "1.1") == "lib/pychecked/spare.py:2: warning: variable spare is unused"


def test_anything_else_that_pyflakes_says_is_a_warning_in_its_own_words(
    write: Write, diagnostics: list[Diagnostic]
) -> None:
    write("lib/pychecked/imports.py", "import os\n")
    server.ensure_loaded(alias("Pychecked.Imports"))
    assert [(found.severity, found.message, found.line) for found in diagnostics] == [
        ("warning", "'os' imported but unused", 1)
    ]


def test_diagnostics_come_by_line(write: Write, diagnostics: list[Diagnostic]) -> None:
    write("lib/pychecked/many.py", "def f():\n    b = 1\n\n\ndef g():\n    a = 1\n    return c\n")
    with pytest.raises(ElixirError):
        server.ensure_loaded(alias("Pychecked.Many"))
    assert [(found.line, found.subject) for found in diagnostics] == [(2, "b"), (6, "a"), (7, "c")]


def test_what_python_cannot_read_is_a_syntax_error_with_its_place(write: Write) -> None:
    write("lib/pychecked/broken.py", "def f(:\n    pass\n")
    with pytest.raises(ElixirError) as caught:
        server.ensure_loaded(alias("Pychecked.Broken"))
    assert render_message(caught.value.reason).startswith("invalid syntax found on lib/pychecked/broken.py:1:7:")
