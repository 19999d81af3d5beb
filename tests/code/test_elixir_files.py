"""`.ex` files: found by the module's name, cached, reloaded, and imported from Python."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from pyex.code import elixir_loader, server, versions
from pyex.code.source_loader import CachedSourceLoader
from pyex.compiler.diagnostics import Diagnostic
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from tests.code.conftest import Write

ANSWER = "defmodule Found.Answer do\n  def answer, do: helper()\n  defp helper, do: %s\nend\n"
NAME = alias("Found.Answer")


def answer() -> Any:
    return export(NAME, "answer", 0).fn()


@pytest.fixture
def path(write: Write) -> Path:
    return write("lib/found/answer.ex", ANSWER % 1)


@pytest.mark.usefixtures("path")
def test_a_call_finds_the_file_by_the_name_of_the_module() -> None:
    assert answer() == 1


def test_a_module_inside_another_is_found_in_its_parents_file(write: Write) -> None:
    write("lib/outer.ex", "defmodule Outer do\n  defmodule Inner do\n    def answer, do: :inner\n  end\nend\n")
    assert export(alias("Outer.Inner"), "answer", 0).fn() is atom("inner")


def test_a_module_that_its_file_does_not_define_is_not_there(write: Write) -> None:
    write("lib/found/answer.ex", "defmodule Found.Other do\nend\n")
    assert server.ensure_loaded(NAME) is None


def test_reloading_gives_a_new_version_and_leaves_the_old_one_whole(path: Path) -> None:
    held = server.fetch_version(NAME)
    assert answer() == 1
    path.write_text(ANSWER % 2)
    assert [version.name for version in server.reload(NAME)] == [NAME]
    assert (answer(), held.exports["answer", 0]()) == (2, 1)


def test_a_file_that_does_not_compile_changes_nothing(path: Path, diagnostics: list[Diagnostic]) -> None:
    assert answer() == 1
    path.write_text(ANSWER % "unknown")
    with pytest.raises(ElixirError):
        server.reload(NAME)
    assert answer() == 1
    assert [found.message for found in diagnostics if found.severity == "error"] == ['undefined variable "unknown"']


def test_what_has_no_source_cannot_be_reloaded() -> None:
    with pytest.raises(ElixirError) as caught:
        server.reload(alias("Nowhere.At.All"))
    assert caught.value.reason[atom.message] == "could not load nor find module: Nowhere.At.All"
    with pytest.raises(ElixirError) as caught:
        server.reload(alias("Enum"))
    assert caught.value.reason[atom.message] == "could not find source for module: Enum"


def test_a_module_is_taken_from_the_cache_until_its_source_changes(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    assert answer() == 1
    assert CachedSourceLoader("", str(path)).is_cached()
    versions.forget(NAME)
    with monkeypatch.context() as patch:
        patch.setattr(elixir_loader, "compile_text", lambda data, path: pytest.fail("the cache was not asked"))
        assert answer() == 1
    path.write_text(ANSWER % 22)
    assert not CachedSourceLoader("", str(path)).is_cached()
    versions.forget(NAME)
    assert answer() == 22


@pytest.mark.usefixtures("path")
def test_python_imports_the_same_module() -> None:
    module: Any = importlib.import_module("Elixir.Found.Answer")
    assert module.answer() == 1
    assert "answer" in dir(module)
    assert repr(module.answer) == "<Found.Answer.answer/0>"
    with pytest.raises(AttributeError):
        module.nothing()


@pytest.mark.usefixtures("path")
def test_python_imports_a_name_from_its_parent() -> None:
    namespace: dict[str, Any] = {}
    exec("from Elixir.Found import Answer\nfrom Elixir import Enum", namespace)
    assert namespace["Answer"].answer() == 1
    assert namespace["Enum"].sum([1, 2, 3]) == 6


def test_a_name_that_nothing_defines_is_no_module_for_python(write: Write) -> None:
    with pytest.raises(ImportError):
        importlib.import_module("Elixir.Nowhere.At.All")


def test_compiling_a_file_publishes_all_its_modules_or_none(write: Write, diagnostics: list[Diagnostic]) -> None:
    good = write("pair.ex", "defmodule Pair.A do\nend\ndefmodule Pair.B do\nend\n")
    assert [version.name for version in elixir_loader.compile_file(str(good))] == [alias("Pair.A"), alias("Pair.B")]
    bad = write("broken.ex", "defmodule Broken.A do\nend\ndefmodule Broken.B do\n  def f, do: unknown\nend\n")
    with pytest.raises(ElixirError):
        elixir_loader.compile_file(str(bad))
    assert versions.current(alias("Broken.A")) is None
    assert [found.line for found in diagnostics] == [4]
