"""A golden session typed to a shell, and each step compared with what iex printed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass

from pyex.transcript import prompts
from pyex.transcript.compare import Comparison, lines_of
from pyex.transcript.driver import Driver, Reply, StepTimeout
from pyex.transcript.tokens import LIBRARY_FRAME
from tests.golden.script import Action, Script, golden

TIMEOUT = 10.0
PATIENCE = 0.3
# What differs from run to run beside what every replay already renames or leaves out.
VOLATILE = [
    (re.compile(r"\{\{\d{4}, \d+, \d+\}, \{\d+, \d+, \d+\}\}"), "{{DATE}, {TIME}}"),
    (re.compile(r"reductions: \d+|\{:reductions, \d+\}"), "reductions: N"),
    (re.compile(r"\[\d{30,}\]"), "[VSN]"),
    (re.compile(r"^(Memory|Heap|Stack|Total heap|Reductions)(.*?)\d+.*$", re.MULTILINE), r"\1\2N"),
    (re.compile(r"(:erl_eval)\.\w+/\d"), r"\1"),
]
MIX = {
    "mix.exs": """defmodule {module}.MixProject do
  use Mix.Project

  def project do
    [
      app: :{app},
      version: "0.1.0",
      elixir: "~> 1.18",
      start_permanent: Mix.env() == :prod,
      deps: deps()
    ]
  end

  def application do
    [
      extra_applications: [:logger]{application}
    ]
  end

  defp deps do
    []
  end
end
""",
    "lib/{app}.ex": """defmodule {module} do
  @moduledoc \"\"\"
  Documentation for `{module}`.
  \"\"\"

  @doc \"\"\"
  Hello world.
  \"\"\"
  def hello do
    :world
  end
end
""",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step: what was typed, what iex printed, what this shell printed, and how they compare."""

    number: int
    typed: str
    expected: str
    actual: str
    verdict: str


@dataclass(slots=True)
class _Shown:
    """What a transcript shows below one typed line, and whether the expression goes on below it."""

    typed: str
    output: str
    continues: bool = False
    counter: int = 0


def outcomes(script: Script, driver: Driver) -> Iterator[Outcome]:
    """Replay a session and hand out its steps."""
    expected = _golden_steps(script)
    with tempfile.TemporaryDirectory(prefix="pyex-golden-") as scratch:
        actual = _Player(script, driver, os.path.realpath(scratch), expected).play()
    comparison = Comparison(frames="own")
    start = 0
    for index, shown in enumerate(expected):
        if shown.continues:
            continue
        whole = range(start, index + 1)
        start = index + 1
        typed = "\n".join(expected[at].typed for at in whole)
        left = _masked("".join(expected[at].output for at in whole), expected[whole[0]].counter)
        right = _masked("".join(actual[at].output for at in whole), actual[whole[0]].counter)
        right = _without_added_frames(right, left)
        verdict: str = comparison.judge(left, right)
        if verdict == "differs" and sorted(_bare(left)) == sorted(_bare(right)):
            verdict = "reordered"
        yield Outcome(index, typed, left, right, verdict)


def _bare(text: str) -> list[str]:
    """Return an output's lines without what may differ, to be put in order."""
    kept = [line for line in lines_of(text) if line.strip() and not LIBRARY_FRAME.match(line)]
    return [re.sub(r"<[\d.]+>|\d\d:\d\d:\d\d\.\d{3}|\s+", "", line) for line in kept]


def _masked(text: str, counter: int) -> str:
    """Mask what differs from run to run; the prompt's own number is left out, so that one step that differs is one."""
    for pattern, replacement in VOLATILE:
        text = pattern.sub(replacement, text)
    return re.sub(r"\biex:(\d+)", lambda found: f"iex:{'+' * (int(found[1]) - counter >= 0)}", text)


def _without_added_frames(text: str, expected: str) -> str:
    """Leave out the frames that only this shell shows: of callers that a tail call has replaced on the BEAM."""
    known = {line.strip() for line in expected.split("\n")}
    return "\n".join(
        line for line in text.split("\n") if line.strip() in known or not re.match(r"\s+\S+:\d*\+?: \S+/\d+$", line)
    )


def _height(text: str) -> int:
    return len([line for line in text.split("\n") if line.strip() and not LIBRARY_FRAME.match(line)])


def _golden_steps(script: Script) -> list[_Shown]:
    """Find the typed lines in the transcript; what stands between two of them is the first one's output."""
    lines = golden(script.name).split("\n")
    while lines and (not lines[-1].strip() or _is_typed(lines[-1], "")):
        lines.pop()
    actions = [action for action in script.actions if action.kind in ("type", "answer")]
    typed = [action.text for action in actions]
    places = []
    position = 0
    for action in actions:
        position = next(
            (
                at
                for at in range(position, len(lines))
                if (lines[at].endswith(action.text) if action.kind == "answer" else _is_typed(lines[at], action.text))
            ),
            len(lines),
        )
        places.append(position)
        position += 1
    steps = []
    for index, (text, place) in enumerate(zip(typed, places, strict=True)):
        end = places[index + 1] if index + 1 < len(places) else len(lines)
        following = prompts.match_prompt(lines[end]) if end < len(lines) else None
        output = "".join(line + "\n" for line in lines[place + 1 : end])
        counter = re.search(r"\((\d+)\)", lines[place]) if place < len(lines) else None
        number = int(counter[1]) if counter else 0
        steps.append(_Shown(text, output, following is not None and following.continues, number))
    return steps


def _is_typed(line: str, text: str) -> bool:
    head = line.removesuffix(text) if text else line
    return line.endswith(text) and re.fullmatch(r"\S*> |.*\[Yn\] ", head) is not None


class _Player:
    """Types a script to a shell. `/work` of the recording is a scratch folder."""

    def __init__(self, script: Script, driver: Driver, scratch: str, expected: list[_Shown]) -> None:
        self.script = script
        self.driver = driver
        self.scratch = scratch
        self.expected = expected
        self.folder = scratch
        self.arguments: list[str] = []
        self.running = False
        self.prompt = ""
        self.outputs: list[_Shown] = []

    def play(self) -> list[_Shown]:
        """Return what was printed below each typed line."""
        try:
            for action in self.script.actions:
                self._do(action)
        finally:
            if self.running:
                self.driver.close()
        return self.outputs

    def _do(self, action: Action) -> None:
        if action.kind in ("type", "answer"):
            self._start()
            counter = re.search(r"\((\d+)\)", self.prompt)
            number = int(counter[1]) if counter else 0
            self.outputs.append(_Shown(action.text, self._type(action.text), counter=number))
        elif action.kind == "file":
            self._save(os.path.join(self.folder, action.text), action.body)
        elif action.kind == "cwd":
            self.folder = self._local(action.text)
            os.makedirs(self.folder, exist_ok=True)
        elif action.kind == "args":
            self.arguments = action.text.split()
        elif action.kind == "sleep":
            self._start()
            if self.outputs:
                self.outputs[-1].output += self._remote(self.driver.idle(float(action.text)).output)
        elif action.kind == "sh":
            self._prepare(action.text)

    def _start(self) -> None:
        if not self.running:
            self.prompt = self.driver.start(self.folder, "1.18", self.arguments, TIMEOUT).prompt
            self.running = True

    def _type(self, line: str) -> str:
        try:
            reply = self.driver.enter(self._local(line), TIMEOUT)
        except StepTimeout as timeout:
            self.prompt = timeout.reply.prompt
            return self._remote(timeout.reply.output) + f"(no prompt after {TIMEOUT:g} s)\n" + self._revive(timeout.reply)
        self.prompt = reply.prompt
        output = reply.output
        # What timers and other processes print came before the next line was typed, half a second later.
        end = time.monotonic() + PATIENCE
        while reply.alive and _height(output) < _height(self._expected()) and time.monotonic() < end:
            output += self.driver.idle(0.05).output
        return self._remote(output) + self._revive(reply)

    def _expected(self) -> str:
        return self.expected[len(self.outputs)].output

    def _revive(self, reply: Reply) -> str:
        if reply.alive:
            return ""
        self.driver.close()
        self.running = False
        return "(the shell has ended)\n"

    def _local(self, text: str) -> str:
        return re.sub(r"/work\b", lambda _: self.scratch, text)

    def _remote(self, text: str) -> str:
        return text.replace(self.scratch, "/work")

    def _save(self, path: str, text: str) -> None:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        before = int(os.stat(path).st_mtime) if os.path.exists(path) else 0
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        if int(os.stat(path).st_mtime) <= before:
            os.utime(path, (before + 1, before + 1))

    def _prepare(self, command: str) -> None:
        """Do what a command of the recording did to the files."""
        project = re.search(r"mix new (\w+)( --sup)?", command)
        if project:
            app, module = project[1], project[1].capitalize()
            application = f",\n      mod: {{{module}.Application, []}}" if project[2] else ""
            for path, text in MIX.items():
                filled = text.format_map({"app": app, "module": module, "application": application})
                self._save(os.path.join(self.scratch, app, path.format(app=app)), filled)
        elif "touch" in command:
            folder = os.path.join(self.scratch, "lsdir")
            os.makedirs(os.path.join(folder, "sub"))
            for name in ("a.txt", "b.ex", "a rather long file name.txt"):
                self._save(os.path.join(folder, name), "")
        for compiled in re.findall(r"elixirc (\S+\.ex)", command):
            # What is compiled beforehand on the BEAM is compiled at the start here.
            self.arguments += ["-r", compiled]
        for removed in re.findall(r"rm -rf /work/(\w+) && mkdir", command):
            shutil.rmtree(os.path.join(self.scratch, removed), ignore_errors=True)
            os.makedirs(os.path.join(self.scratch, removed))
