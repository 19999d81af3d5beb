"""`c "file.py"`: a Python file compiled by its path, in the project or outside of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SERVER = """from pyex import GenServer
from pyex import atom as a


def step(n):
    return n + 1


class Compiled(GenServer):
    def handle_call(self, request, sender, n):
        match request:
            case a.next:
                return a.reply, n, step(n)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_python_file_is_compiled_by_its_path_and_can_be_reloaded(iex: Callable[..., str], folder: Path) -> None:
    (folder / "compiled.py").write_text(SERVER)
    output = iex(
        'c "compiled.py"\n{:ok, pid} = GenServer.start(Compiled, 1)\nGenServer.call(pid, :next)\n'
        "r Compiled\nGenServer.call(pid, :next)"
    )
    assert output.startswith("[Compiled]")
    assert "{:reloaded, [Compiled]}" in output
    assert output.endswith("2")


def test_a_syntax_error_in_a_python_file_is_one_line_in_the_old_style(iex: Callable[..., str], folder: Path) -> None:
    (folder / "unclosed.py").write_text("class Unclosed:\n    def f(self:\n        pass\n")
    assert "** (SyntaxError) unclosed.py:2: '(' was never closed" in iex('c "unclosed.py"', messages="1.1").split("\n")


def test_a_syntax_error_at_the_prompt_is_one_line_in_the_old_style(iex: Callable[..., str]) -> None:
    assert iex("1 +* 2", messages="1.1").split("\n")[0] == "** (SyntaxError) iex:1: syntax error before: '*'"
