"""`pyex format`: which files it lays out, and what it says of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pyex.shell.differences import shown
from pyex.shell.formatting import read, run
from pyex.shell.options import UsageError
from pyex.shell.start import run_program


class Folder:
    """A folder with source files, in which the command is run."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.capsys = capsys

    def write(self, name: str, text: str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def read(self, name: str) -> str:
        return (self.path / name).read_text()

    def format(self, *arguments: str) -> tuple[int, str, str]:
        status = run_program(lambda server: run(server, list(arguments)))
        out, err = self.capsys.readouterr()
        return status, out, err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path, capsys)


def test_files_that_are_named_are_laid_out(folder: Folder) -> None:
    folder.write("lib/a.ex", "x  =1")
    folder.write("lib/b.ex", "y  =1")
    assert folder.format("lib/a.ex") == (0, "", "")
    assert (folder.read("lib/a.ex"), folder.read("lib/b.ex")) == ("x = 1\n", "y  =1")


def test_the_configuration_names_files_and_rules(folder: Folder) -> None:
    folder.write(".formatter.exs", '[inputs: ["lib/**/*.ex"], line_length: 20, locals_without_parens: [field: 1]]\n')
    folder.write("lib/deep/a.ex", "field :a\nother :a\n")
    assert folder.format()[0] == 0
    assert folder.read("lib/deep/a.ex") == "field :a\nother(:a)\n"


def test_a_subdirectory_has_its_own_configuration(folder: Folder) -> None:
    folder.write(".formatter.exs", '[subdirectories: ["apps/*"]]')
    folder.write("apps/one/.formatter.exs", '[inputs: "*.ex", locals_without_parens: [field: 1]]')
    folder.write("apps/one/a.ex", "field 1\n")
    assert folder.format("apps/one/a.ex")[0] == 0
    assert folder.read("apps/one/a.ex") == "field 1\n"


def test_a_check_writes_nothing_and_shows_what_differs(folder: Folder) -> None:
    folder.write("a.ex", "x  =1\n")
    status, _, said = folder.format("--check-formatted", "a.ex")
    assert status == 1
    assert said.startswith("** (Mix) mix format failed due to --check-formatted.\nThe following files are not formatted:")
    assert "1   -|x  =1\n  1 +|x = 1\n" in said
    assert folder.read("a.ex") == "x  =1\n"
    assert folder.format("--check-formatted", "--no-exit", "a.ex")[0] == 0


def test_a_dry_run_writes_nothing(folder: Folder) -> None:
    folder.write("a.ex", "x  =1\n")
    assert folder.format("--dry-run", "a.ex") == (0, "", "")
    assert folder.read("a.ex") == "x  =1\n"


def test_standard_input_goes_to_standard_output(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("x  =1"))
    assert folder.format("-") == (0, "x = 1\n", "")


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_laid_out(folder: Folder) -> None:
    folder.write("a.ex", "foo(\n")
    folder.write("b.ex", "x  =1")
    status, _, said = folder.format("a.ex", "b.ex")
    assert status == 1
    assert said.startswith("mix format failed for file: a.ex\n** (TokenMissingError) token missing on a.ex:1:5:")
    assert folder.read("b.ex") == "x = 1\n"


def test_deprecated_code_is_written_anew_on_demand(folder: Folder) -> None:
    folder.write("a.ex", "unless a, do: 'b'")
    assert folder.format("--migrate", "a.ex")[0] == 0
    assert folder.read("a.ex") == 'if !a, do: ~c"b"\n'


def test_what_names_no_file_is_refused(folder: Folder) -> None:
    assert "did not point to any existing file" in folder.format("nothing.ex")[2]
    assert "Expected one or more files/patterns" in folder.format()[2]
    folder.write(".formatter.exs", ":a")
    assert "to return a keyword list, got: :a" in folder.format()[2]


def test_unknown_options_are_refused() -> None:
    with pytest.raises(UsageError):
        read(["--bogus"])


def test_equal_lines_far_from_a_difference_are_left_out() -> None:
    old = "\n".join("abcdefgh")
    assert shown(old, old.replace("g", "x")) == "     |\n5 5  |e\n6 6  |f\n7   -|g\n  7 +|x\n8 8  |h\n"
