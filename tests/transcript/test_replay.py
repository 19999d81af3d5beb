"""Sessions typed to a real shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pyex.shell.driver import Driver
from pyex.transcript import cli, reading, update
from pyex.transcript.inferior import Inferior
from pyex.transcript.replay import Replay, Result


def _replay(path: Path, text: str, **settings: float) -> list[Result]:
    path.write_text(text, encoding="utf-8")
    return list(Replay(Inferior(Driver), **settings).run(reading.read(str(path))))  # type: ignore[arg-type]


def _verdicts(results: list[Result]) -> list[str]:
    return [result.verdict for result in results]


def test_each_step_has_its_verdict(tmp_path: Path) -> None:
    results = _replay(tmp_path / "a.iex", "iex(1)> 1 + 1\n2\niex(2)> [1,\n...(2)> 2]\n[1,2]\niex(3)> :a\n:b\n")
    assert _verdicts(results) == ["exact", "equivalent", "differs"]
    assert results[2].actual == ":a\n"


def test_files_are_saved_where_the_lesson_shows_them(tmp_path: Path) -> None:
    lesson = "```elixir\ndefmodule Saved do\n  def x, do: 1\nend\n```\n\n```\niex> Saved.x\n1\n```\n"
    assert _verdicts(_replay(tmp_path / "a.md", lesson)) == ["exact"]


def test_every_session_starts_from_nothing(tmp_path: Path) -> None:
    text = "iex(1)> x\n** (CompileError) cannot compile code (errors have been logged)\niex(1)> x = 1\n1\n"
    assert _verdicts(_replay(tmp_path / "a.iex", text)) == _verdicts(_replay(tmp_path / "b.iex", text))


def test_an_input_that_is_not_whole_is_told(tmp_path: Path) -> None:
    results = _replay(tmp_path / "a.iex", "iex(1)> [1,\n1\niex(2)> 2\n2\n")
    assert results[0].note == "the shell waits for the rest of the expression"
    assert _verdicts(results) == ["differs", "exact"]


@pytest.mark.slow
def test_a_step_that_hangs_fails_and_the_session_goes_on(tmp_path: Path) -> None:
    """Slow because it waits for the time to be up."""
    results = _replay(tmp_path / "a.iex", "iex(1)> Process.sleep(60_000)\n:ok\niex(2)> 1\n1\n", timeout=0.5)
    assert _verdicts(results) == ["differs", "exact"]
    assert results[0].note == "no prompt after 0.5 s"


def test_a_question_of_a_process_is_answered_as_the_transcript_does(tmp_path: Path) -> None:
    text = 'iex(1)> IO.gets("name? ")\nname? Ann\n"Ann\\n"\niex(2)> 1\n1\n'
    assert _verdicts(_replay(tmp_path / "a.iex", text)) == ["exact", "exact"]


def test_json_is_one_object_a_step(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.iex"
    path.write_text("iex(1)> 1\n1\niex(2)> 2\n3\n", encoding="utf-8")
    assert cli.main(["--json", str(path)], Driver) == 1
    steps = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert steps == [
        {"file": str(path), "line": 1, "input": "1", "expected": "1", "actual": "1\n", "verdict": "exact"},
        {"file": str(path), "line": 3, "input": "2", "expected": "3\n", "actual": "2\n", "verdict": "differs"},
    ]


def test_the_status_is_0_when_all_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.iex"
    path.write_text("iex(1)> 1\n1\n", encoding="utf-8")
    assert cli.main([str(path)], Driver) == 0
    assert "1 step: 1 exact" in capsys.readouterr().out


def test_the_status_is_2_when_a_file_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(tmp_path / "none.md")], Driver) == 2
    assert capsys.readouterr().err.startswith(f"pyex replay: {tmp_path}/none.md: No such file")


def test_an_unknown_option_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--nope"], Driver) == 2
    assert "unknown option --nope" in capsys.readouterr().err


def test_a_folder_stands_for_the_sessions_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.iex").write_text("iex(1)> 1\n1\n", encoding="utf-8")
    (tmp_path / "prose.md").write_text("no session\n", encoding="utf-8")
    assert cli.main([str(tmp_path)], Driver) == 0
    assert "prose.md: passed over" in capsys.readouterr().out


def test_update_writes_what_differs_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = "Text.\n\n~~~\n\n    iex(1)> 1 +  1\n    3\n\n    iex(2)> [1]\n    [ 1 ]\n~~~\n"
    results = _replay(path, text)
    assert update.updated(reading.read(str(path)), results) == text.replace("    3\n", "    2\n")


def test_update_writes_run_together_prompts_out(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    results = _replay(path, "~~~\niex> 1\n1 iex> 2 3\n   iex> 4 4\n~~~\n")
    assert update.updated(reading.read(str(path)), results) == "~~~\niex> 1\n1\niex> 2\n2\niex> 4\n4\n~~~\n"
