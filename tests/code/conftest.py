"""What the tests of the code floor share: a project's folder that leaves nothing behind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pyex.code import finder, versions
from pyex.code.evaluation import Output
from pyex.code.project import Project
from pyex.compiler.diagnostics import Diagnostic

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Return a function that writes a file of the current folder, which is new and empty at first."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(finder, "project_files", {})
    monkeypatch.setattr(Project, "current", None)
    modules, loaded = set(sys.modules), set(versions.MODULES)

    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    yield put
    for name, version in list(versions.MODULES.items()):
        if name not in loaded and version.kind != "native":
            versions.forget(name)
    for module in set(sys.modules) - modules:
        if str(getattr(sys.modules[module], "__file__", None)).startswith(str(tmp_path)) or module.startswith("Elixir"):
            del sys.modules[module]
    finder.refused.clear()


@pytest.fixture
def diagnostics(monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    """Return the list to which every diagnostic of a file is added."""
    found: list[Diagnostic] = []
    monkeypatch.setattr(Output, "listener", found.append)
    return found
