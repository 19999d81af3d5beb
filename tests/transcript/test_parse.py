"""What a transcript or a lesson is read as."""

from __future__ import annotations

from pathlib import Path

import pytest

from pyex.transcript import reading
from pyex.transcript.session import Launch, SavedFile, Session, Skipped, Step, TranscriptError


def _read(folder: Path, text: str, name: str = "session.iex") -> Session:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return reading.read(str(path))


def _typed(session: Session) -> list[tuple[str, str]]:
    return [(step.input, step.expected.strip()) for step in session.steps]


def test_a_prompt_its_continuation_and_its_output_are_one_step(tmp_path: Path) -> None:
    session = _read(tmp_path, "iex(1)> [1,\n...(1)>  2]\n[1, 2]\niex(2)> 3\n3\n")
    assert _typed(session) == [("[1,\n 2]", "[1, 2]"), ("3", "3")]


@pytest.mark.parametrize(
    "prompt", ["iex(1)> ", "iex> ", "pyex(1)> ", "iex(foo@host)1> ", "pry(1)> "], ids=lambda prompt: prompt.strip()
)
def test_every_prompt_is_known(tmp_path: Path, prompt: str) -> None:
    assert _typed(_read(tmp_path, f"{prompt}1 + 1\n2\n")) == [("1 + 1", "2")]


def test_lines_before_the_first_prompt_start_the_shell(tmp_path: Path) -> None:
    banner = "Interactive Elixir (1.1.1) - press Ctrl+C to exit (type h() ENTER for help)"
    session = _read(tmp_path, f"F:\\projects\\sequence>iex -S mix\nCompiled lib/a.ex\n{banner}\niex(1)> 1\n1\n")
    assert session.parts[0] == Launch(1, ("-S", "mix"), (1, 1, 1))
    assert session.parts[0].messages == "1.1"


def test_a_banner_from_1_16_on_asks_for_the_newer_messages() -> None:
    assert Launch(1, (), (1, 16, 0)).messages == "1.18"
    assert Launch(1).messages is None


def test_what_is_printed_below_an_empty_prompt_belongs_to_the_step_before(tmp_path: Path) -> None:
    session = _read(tmp_path, "iex(1)> send(pid, :x)\n:x\niex(2)> \n12:00:00.000 [error] oh\n\niex(2)> 1\n1\n")
    assert _typed(session) == [("send(pid, :x)", ":x\n12:00:00.000 [error] oh"), ("1", "1")]


def test_examples_that_h_prints_are_output_where_prompts_count(tmp_path: Path) -> None:
    session = _read(tmp_path, "iex(1)> h tl\n    iex> tl([1])\niex> tl([2])\n    []\niex(2)> 1\n1\n")
    assert len(session.steps) == 2


def test_a_second_command_line_starts_another_shell(tmp_path: Path) -> None:
    session = _read(tmp_path, "$ iex\niex(1)> 1\n1\n$ iex -S mix\niex(1)> 2\n2\n")
    assert [type(part) for part in session.parts] == [Launch, Step, Launch, Step]


def test_prompts_on_one_line_are_taken_apart(tmp_path: Path) -> None:
    text = "iex> {:ok, pid} = start()\n{:ok,#PID<0.60.0>} iex> call(pid, :next) 100\n     iex> [a, :b] [1, 2]\n"
    assert _typed(_read(tmp_path, text)) == [
        ("{:ok, pid} = start()", "{:ok,#PID<0.60.0>}"),
        ("call(pid, :next)", "100"),
        ("[a, :b]", "[1, 2]"),
    ]


LESSON = """# A lesson

~~~

    defmodule Sequence.Server do
      use GenServer
    end

~~~

1. In a list:

   ```elixir file=lib/other.ex
   defmodule Other do
   end
   ```

```elixir
def handle_call(:x, _, _), do: :y
```

```python file=lib/a.py
x = 1
```

    iex(1)> 1 + 1
    2
"""


def test_fences_are_files_transcripts_or_prose(tmp_path: Path) -> None:
    session = _read(tmp_path, LESSON, "lesson.md")
    assert [type(part) for part in session.parts] == [SavedFile, SavedFile, Skipped, SavedFile, Step]
    assert [part.path for part in session.parts if isinstance(part, SavedFile)] == [
        "lib/sequence/server.ex",
        "lib/other.ex",
        "lib/a.py",
    ]


def test_a_file_has_neither_the_fence_s_indentation_nor_its_first_empty_lines(tmp_path: Path) -> None:
    part = _read(tmp_path, LESSON, "lesson.md").parts[0]
    assert isinstance(part, SavedFile)
    assert part.text == "defmodule Sequence.Server do\n  use GenServer\nend\n"


def test_a_step_knows_its_line_in_the_lesson(tmp_path: Path) -> None:
    step = _read(tmp_path, LESSON, "lesson.md").steps[0]
    assert LESSON.split("\n")[step.line - 1] == "    iex(1)> 1 + 1"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.md", b"text\n\n~~~\niex> 1\n1\n", "a.md:3: the fence ~~~ that is opened here is never closed"),
        ("a.md", b"only prose\n", "a.md: no prompt such as iex(1)> is in it"),
        ("a.iex", b"1 + 1\n", "a.iex: no prompt such as iex(1)> is in it"),
        ("a.iex", b"iex> 1\n\xff\n", "a.iex:2: byte 0xFF is not UTF-8"),
        ("a.iex", b"iex> 1\n1\n\0", "a.iex:3: a NUL is in it"),
        ("a.iex", b"iex> 1\n\x1b[31m1\n", "a.iex:2: an escape sequence of a terminal is in it"),
        ("a.iex", b"iex> 1\n" + b"x" * 1_000_001, "a.iex:2: the line has 1,000,001 characters; 1,000,000 are the most"),
        ("a.iex", b"iex> " + b"[" * 10_000, "a.iex:1: brackets are nested more than 1,000 deep"),
        ("a.md", b"```elixir file=../x.ex\n```\n", "a.md:1: the file ../x.ex lies outside the lesson's project"),
    ],
    ids=["fence", "prose", "no prompt", "UTF-8", "NUL", "escape", "long line", "brackets", "outside"],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TranscriptError) as caught:
        reading.read(str(path))
    assert str(caught.value) == f"{tmp_path}/{message}"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match="No such file"):
        reading.read(str(tmp_path / "none.iex"))
