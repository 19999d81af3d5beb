"""What a replay says: a report for people, in colours on a terminal and as plain text elsewhere, or JSON for programs."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from pyex.transcript.compare import diff
from pyex.transcript.replay import Result
from pyex.transcript.session import SavedFile, Session, Skipped, TranscriptError

_SIGNS: Final = {"exact": "✓", "equivalent": "≈", "differs": "✗"}
_STYLES: Final = {"exact": "green", "equivalent": "cyan", "differs": "bold red"}


class Report(Protocol):
    """What hears of a replay as it goes on."""

    def begin(self, session: Session) -> None:
        """Hear that a session is about to be replayed."""

    def step(self, session: Session, result: Result) -> None:
        """Hear of one step."""

    def end(self, session: Session) -> None:
        """Hear that the session is over."""

    def passed_over(self, path: str, reason: str) -> None:
        """Hear of a file in a folder that is no session."""

    def failed(self, error: TranscriptError) -> None:
        """Hear of a file that cannot be read or written."""

    def updated(self, session: Session) -> None:
        """Hear that a session's file has been rewritten."""

    def finish(self) -> None:
        """Hear that there is no more."""


class JsonReport:
    """One JSON object a step, a line each."""

    def begin(self, session: Session) -> None:
        """Say nothing."""

    def step(self, session: Session, result: Result) -> None:
        """Print the step's object."""
        step = result.step
        entry = {
            "file": session.path,
            "line": step.line,
            "input": step.input,
            "expected": step.expected,
            "actual": result.actual,
            "verdict": result.verdict,
        }
        if result.note:
            entry["note"] = result.note
        print(json.dumps(entry, ensure_ascii=False), flush=True)

    def end(self, session: Session) -> None:
        """Say nothing."""

    def passed_over(self, path: str, reason: str) -> None:
        """Say nothing."""

    def failed(self, error: TranscriptError) -> None:
        """Print the error where errors go."""
        print(f"pyex replay: {error}", file=sys.stderr)

    def updated(self, session: Session) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""


@dataclass(slots=True)
class TextReport:
    """The report for people.

    `show` prints every step as the terminal showed it; otherwise a step is one line, and with `many` files only those
    steps are printed that differ.
    """

    many: bool = False
    show: bool = False
    _console: Any = None
    _progress: Any = None
    _task: Any = None
    _counts: Counter[str] = field(default_factory=Counter)
    _file: Counter[str] = field(default_factory=Counter)
    _errors: int = 0
    _told: int = 0

    def start(self, files: int) -> None:
        """Get ready for so many files."""
        if not sys.stdout.isatty():
            return
        from rich.console import Console

        self._console = Console(highlight=False)
        if self.many:
            from rich.progress import Progress

            self._progress = Progress(console=self._console, transient=True)
            self._task = self._progress.add_task("replaying", total=files)
            self._progress.start()

    def begin(self, session: Session) -> None:
        """Say which file comes."""
        self._file = Counter()
        self._told = 0
        if not self.many:
            self._print(session.path, "bold")

    def step(self, session: Session, result: Result) -> None:
        """Print one step, and what the lesson did since the one before."""
        self._tell_parts(session, result.step.line)
        self._counts[result.verdict] += 1
        self._file[result.verdict] += 1
        if self.show:
            self._show(result)
        elif not self.many or result.verdict == "differs":
            where = f"{session.path}:{result.step.line}" if self.many else f"{result.step.line:>4}"
            first, *rest = result.step.input.split("\n")
            text = f"  {_SIGNS[result.verdict]} {where}  {first}{' …' if rest else ''}"
            self._print(f"{text}  [{result.verdict}]", _STYLES[result.verdict])
        if result.verdict == "differs":
            self._difference(result)

    def end(self, session: Session) -> None:
        """Close a file with its counts."""
        self._tell_parts(session, sys.maxsize)
        if self.many:
            sign = "✗" if self._file["differs"] else "✓"
            self._print(f"{sign} {session.path}: {_counted(self._file)}", "red" if self._file["differs"] else "green")
        if self._progress is not None:
            self._progress.advance(self._task)

    def passed_over(self, path: str, reason: str) -> None:
        """Say that a file in a folder is no session."""
        self._print(f"- {path}: passed over, {reason}", "dim")
        if self._progress is not None:
            self._progress.advance(self._task)

    def failed(self, error: TranscriptError) -> None:
        """Print an error where errors go."""
        self._errors += 1
        print(f"pyex replay: {error}", file=sys.stderr)

    def updated(self, session: Session) -> None:
        """Say that a file was rewritten."""
        self._print(f"updated {session.path}", "yellow")

    def finish(self) -> None:
        """Print the last line."""
        if self._progress is not None:
            self._progress.stop()
        bad = self._counts["differs"] or self._errors
        errors = f"; {self._errors} {'file' if self._errors == 1 else 'files'} could not be read" if self._errors else ""
        steps = sum(self._counts.values())
        self._print(f"{steps} {'step' if steps == 1 else 'steps'}: {_counted(self._counts)}{errors}", "red" if bad else "green")

    def _tell_parts(self, session: Session, line: int) -> None:
        """Tell which files were saved, and which code was skipped, up to a line."""
        if self.many:
            return
        for part in session.parts:
            if not self._told < part.line < line:
                continue
            if isinstance(part, SavedFile):
                self._print(f"  + {part.line:>4}  {part.path} saved", "dim")
            elif isinstance(part, Skipped):
                self._print(f"  - {part.line:>4}  code skipped: {part.reason}", "dim")
        self._told = line

    def _show(self, result: Result) -> None:
        step = result.step
        head, *rest = step.input.split("\n")
        self._print(f"{step.prompt} {head}", "bold")
        dots = "..." + step.prompt.removeprefix("pyex").removeprefix("iex") if step.prompt != "iex>" else "...>"
        for line in rest:
            self._print(f"{dots} {line}", "bold")
        if result.actual.strip():
            self._print(result.actual.rstrip("\n"), "")
        self._print(f"{'':>4}{_SIGNS[result.verdict]} {result.verdict}", _STYLES[result.verdict])

    def _difference(self, result: Result) -> None:
        if result.note:
            self._print(f"      {result.note}", "yellow")
        for line in diff(result.step.expected, result.actual):
            style = {"-": "red", "+": "green"}.get(line[:1], "dim")
            self._print(f"      {line}", style)

    def _print(self, text: str, style: str) -> None:
        if self._console is None:
            print(text, flush=True)
            return
        from rich.text import Text

        self._console.print(Text(text, style=style))


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in _SIGNS if counts[verdict]) or "none"
