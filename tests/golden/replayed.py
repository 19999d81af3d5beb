"""A golden session typed to a shell, and each step compared with what iex printed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from pyex.transcript import prompts
from pyex.transcript.compare import Comparison, lines_of
from pyex.transcript.driver import Driver, Reply, StepTimeout
from tests.golden.script import Action, Script, golden

TIMEOUT = 10.0
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


def outcomes(script: Script, driver: Driver) -> Iterator[Outcome]:
    """Replay a session and hand out its steps."""
    expected = _golden_steps(script)
    with tempfile.TemporaryDirectory(prefix="pyex-golden-") as scratch:
        actual = _Player(script, driver, os.path.realpath(scratch)).play()
    comparison = Comparison(frames="own")
    start = 0
    for index, shown in enumerate(expected):
        if shown.continues:
            continue
        whole = range(start, index + 1)
        start = index + 1
        typed = "\n".join(expected[at].typed for at in whole)
        left = _masked("".join(expected[at].output for at in whole))
        right = _masked("".join(actual[at] for at in whole))
        verdict: str = comparison.judge(left, right)
        if verdict == "differs" and sorted(_bare(left, comparison)) == sorted(_bare(right, comparison)):
            verdict = "reordered"
        yield Outcome(index, typed, left, right, verdict)


def _bare(text: str, comparison: Comparison) -> list[str]:
    return [re.sub(r"#PID<[\d.]+>|\d\d:\d\d:\d\d\.\d{3}|\s+", "", line) for line in lines_of(text) if line.strip()]


def _masked(text: str) -> str:
    for pattern, replacement in VOLATILE:
        text = pattern.sub(replacement, text)
    return text


def _golden_steps(script: Script) -> list[_Shown]:
    """Find the typed lines in the transcript; what stands between two of them is the first one's output."""
    lines = golden(script.name).split("\n")
    typed = [action.text for action in script.actions if action.kind == "type"]
    places = []
    position = 0
    for text in typed:
        position = next(
            (at for at in range(position, len(lines)) if _is_typed(lines[at], text)),
            len(lines),
        )
        places.append(position)
        position += 1
    steps = []
    for index, (text, place) in enumerate(zip(typed, places, strict=True)):
        end = places[index + 1] if index + 1 < len(places) else len(lines) - 1
        following = prompts.match_prompt(lines[end]) if end < len(lines) else None
        output = "".join(line + "\n" for line in lines[place + 1 : end])
        steps.append(_Shown(text, output, following is not None and following.continues))
    return steps


def _is_typed(line: str, text: str) -> bool:
    head = line.removesuffix(text) if text else line
    return line.endswith(text) and re.fullmatch(r"\S*> |.*\? (?:\[Yn\] )?|", head) is not None


class _Player:
    """Types a script to a shell. `/work` of the recording is a scratch folder."""

    def __init__(self, script: Script, driver: Driver, scratch: str) -> None:
        self.script = script
        self.driver = driver
        self.scratch = scratch
        self.folder = scratch
        self.arguments: list[str] = []
        self.running = False
        self.outputs: list[str] = []

    def play(self) -> list[str]:
        """Return what was printed below each typed line."""
        try:
            for action in self.script.actions:
                self._do(action)
        finally:
            if self.running:
                self.driver.close()
        return self.outputs

    def _do(self, action: Action) -> None:
        if action.kind == "type":
            self.outputs.append(self._type(action.text))
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
                self.outputs[-1] += self._remote(self.driver.idle(float(action.text)).output)
        elif action.kind == "sh":
            self._prepare(action.text)

    def _start(self) -> None:
        if not self.running:
            self.driver.start(self.folder, "1.18", self.arguments, TIMEOUT)
            self.running = True

    def _type(self, line: str) -> str:
        self._start()
        try:
            reply = self.driver.enter(self._local(line), TIMEOUT)
        except StepTimeout as timeout:
            return self._remote(timeout.reply.output) + f"(no prompt after {TIMEOUT:g} s)\n" + self._revive(timeout.reply)
        return self._remote(reply.output) + self._revive(reply)

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
        for removed in re.findall(r"rm -rf /work/(\w+) && mkdir", command):
            shutil.rmtree(os.path.join(self.scratch, removed), ignore_errors=True)
            os.makedirs(os.path.join(self.scratch, removed))
