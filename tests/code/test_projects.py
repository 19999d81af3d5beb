"""Projects: what mix.exs says, which files are stale, and compiling by need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pyex.code import project, scaffold, versions
from pyex.compiler.diagnostics import Diagnostic
from pyex.terms.atoms import alias, atom
from pyex.terms.errors import ElixirError
from pyex.terms.functions import export
from tests.code.conftest import Write

MIX = """defmodule Planned.MixProject do
  use Mix.Project
  def project, do: [app: :planned, version: "0.2.0"]
end
"""
FIRST = "defmodule Planned.A do\n  require Planned.B\n  def answer, do: Planned.B.twice(21)\nend\n"
SECOND = "defmodule Planned.B do\n  defmacro twice(n), do: quote(do: unquote(n) * 2)\nend\n"


@pytest.fixture
def root(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    write("lib/a.ex", FIRST)
    write("lib/b.ex", SECOND)
    return write("mix.exs", MIX).parent


def _stale(root: Path) -> list[str]:
    return [os.path.basename(path) for path in project.plan(project.load(str(root))).stale]


def _compile(root: Path) -> None:
    project.compile_project(project.plan(project.load(str(root))))


def test_mix_exs_says_name_and_version(root: Path) -> None:
    loaded = project.load(str(root))
    assert (loaded.app, loaded.version) == ("planned", "0.2.0")


def test_a_folder_without_mix_exs_is_no_project(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ElixirError) as caught:
        project.load(str(tmp_path))
    assert caught.value.reason[atom.message].startswith("Could not find a Mix.Project")


def test_a_new_project_is_stale_as_a_whole(root: Path) -> None:
    plan = project.plan(project.load(str(root)))
    assert plan.announcement == "Compiling 2 files (.ex)"


def test_a_file_is_compiled_earlier_where_another_needs_its_macro(root: Path) -> None:
    _compile(root)
    assert export(alias("Planned.A"), "answer", 0).fn() == 42


def test_what_is_compiled_is_not_stale_until_it_changes(root: Path, write: Write) -> None:
    _compile(root)
    assert _stale(root) == []
    write("lib/b.ex", SECOND.replace("* 2", "* 3  "))
    assert _stale(root) == ["b.ex"]
    assert len(project.plan(project.load(str(root)), force=True).stale) == 2


def test_compiling_again_gives_new_versions_of_what_changed(root: Path, write: Write) -> None:
    _compile(root)
    before = versions.current(alias("Planned.A"))
    write("lib/a.ex", FIRST.replace("21", "4"))
    _compile(root)
    assert versions.current(alias("Planned.A")) is not before
    assert export(alias("Planned.A"), "answer", 0).fn() == 8


def test_a_file_that_does_not_compile_is_told_and_stays_stale(
    root: Path, write: Write, diagnostics: list[Diagnostic]
) -> None:
    write("lib/a.ex", "defmodule Planned.A do\n  def answer, do: unknown\nend\n")
    with pytest.raises(ElixirError):
        _compile(root)
    assert [found.message for found in diagnostics] == ['undefined variable "unknown"']
    assert "a.ex" in _stale(root)


def test_the_modules_of_a_file_are_read_off_its_text(write: Write) -> None:
    path = write("lib/many.ex", "defmodule One do\n  defmodule Two do\n  end\nend\ndefprotocol Three do\nend\n")
    assert project.defined_modules(str(path)) == [alias("One"), alias("One.Two"), alias("Three")]


@pytest.mark.parametrize("language", ["elixir", "python"])
def test_a_made_project_compiles_and_its_server_answers(
    write: Write, tmp_path: Path, language: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"made_in_{language}"
    assert scaffold.main([name, "--python"] if language == "python" else [name]) == 0
    monkeypatch.chdir(tmp_path / name)
    _compile(tmp_path / name)
    module = alias(f"MadeIn{language.capitalize()}.Server")
    start, call = export(alias("GenServer"), "start", 2), export(alias("GenServer"), "call", 2)
    _, pid = start.fn(module, 100)
    assert [call.fn(pid, atom.next_number), call.fn(pid, atom.next_number)] == [100, 101]
    assert f"* creating lib/{name}/server" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["Upper"], ["a", "b"], ["a", "--unknown"], ["1st"]])
def test_a_wrong_name_makes_no_project(write: Write, tmp_path: Path, arguments: list[str]) -> None:
    assert scaffold.main(arguments) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    write("taken/file", "")
    assert scaffold.main(["taken"]) == 2
    assert "exists and is not empty" in capsys.readouterr().err


def test_a_file_with_a_syntax_error_does_not_keep_those_before_it_from_compiling(root: Path, write: Write) -> None:
    write("lib/c.ex", "defmodule Planned.C do\n  def f, do: [1\nend\n")
    with pytest.raises(ElixirError) as caught:
        _compile(root)
    assert caught.value.reason.struct is alias("MismatchedDelimiterError")
    assert export(alias("Planned.A"), "answer", 0).fn() == 42


def test_warnings_of_files_that_did_not_change_are_kept(
    root: Path, write: Write, diagnostics: list[Diagnostic]
) -> None:
    write("lib/c.ex", "defmodule Planned.C do\n  def f, do: fn -> end\nend\n")
    loaded = project.load(str(root))
    todo = project.plan(loaded)
    project.compile_project(todo)
    project.keep_warnings(todo, diagnostics)
    assert [(each.line, each.column) for each in project.earlier_warnings(project.plan(loaded))] == [(2, 17)]


def test_a_file_that_is_gone_takes_its_modules_along(root: Path) -> None:
    _compile(root)
    (root / "lib" / "a.ex").unlink()
    loaded = project.load(str(root))
    project.compile_project(project.plan(loaded))
    assert project.modules(loaded) == {alias("Planned.B")}
