"""The rules of the house that no linter knows: sizes, and no work left lying about."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LINES_OF_A_FILE = 500
LINES_OF_A_LIBRARY_FILE = 650  # one Elixir module is one file, and each of its functions has its documentation in it
LINES_OF_A_FUNCTION = 60
LEFT_LYING = re.compile(r"#.*\b(?:TODO|FIXME|XXX|HACK)\b")


def _files() -> list[Path]:
    return sorted(path for path in (ROOT / "pyex").rglob("*.py") if "__pycache__" not in path.parts)


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_500_lines() -> None:
    long = {}
    for path in _files():
        name, lines = str(path.relative_to(ROOT)), len(path.read_text().splitlines())
        if lines > (LINES_OF_A_LIBRARY_FILE if "/stdlib/" in name else LINES_OF_A_FILE):
            long[name] = lines
    assert long == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {}
    for path in _files():
        for function in _functions(ast.parse(path.read_text())):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                long[f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"] = lines
    assert long == {}


def test_nothing_is_left_to_be_done_in_the_code() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _files()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if LEFT_LYING.search(line)
    ]
    assert found == []


def test_every_file_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for path in _files() if ast.get_docstring(ast.parse(path.read_text())) is None]
    assert silent == []
