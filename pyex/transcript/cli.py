"""`pyex replay`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from pyex.transcript import reading, update
from pyex.transcript.driver import DriverFactory
from pyex.transcript.inferior import Inferior
from pyex.transcript.replay import PATIENCE, TIMEOUT, Replay
from pyex.transcript.report import JsonReport, Report, TextReport
from pyex.transcript.session import TranscriptError

USAGE: Final = """\
Usage: pyex replay [options] FILE...

Replays recorded sessions (.iex transcripts, .md and .livemd lessons; a folder stands for those in it) and compares
what is printed with what they show.

Options:
  --json              print one JSON object a step: file, line, input, expected, actual, verdict
  --update            write the outputs that differ into the files
  --show              print each step as the terminal shows it
  --timeout SECONDS   how long a step may take (default 10)
  --messages STYLE    word compiler messages as 1.18 or 1.1, whatever the transcript's banner says

Exit status: 0 when every step is exact or equivalent, 1 when one differs, 2 when a file cannot be read.
"""


class _UsageError(Exception):
    pass


@dataclass(slots=True)
class _Options:
    paths: list[str] = field(default_factory=list)
    json: bool = False
    update: bool = False
    show: bool = False
    help: bool = False
    timeout: float = TIMEOUT
    messages: str | None = None


def main(argv: Sequence[str], driver: DriverFactory) -> int:
    """Run `pyex replay`; returns its exit status. `driver` makes the shell that is typed to."""
    try:
        options = _parse(argv)
    except _UsageError as error:
        print(f"pyex replay: {error}\n{USAGE}", file=sys.stderr, end="")
        return 2
    if options.help:
        print(USAGE, end="")
        return 0
    files = list(reading.find(options.paths))
    report: Report
    if options.json:
        report = JsonReport()
    else:
        report = TextReport(many=len(files) > 1, show=options.show)
        report.start(len(files))
    status = 0
    try:
        for path, found in files:
            status = max(status, _file(path, report, options, driver, found=found))
    except KeyboardInterrupt:
        status = 130
    finally:
        report.finish()
    return status


def _file(path: str, report: Report, options: _Options, driver: DriverFactory, *, found: bool) -> int:
    try:
        session = reading.read(path)
    except reading.NoPrompt as error:
        if not found:
            report.failed(error)
            return 2
        report.passed_over(path, error.message)
        return 0
    except TranscriptError as error:
        report.failed(error)
        return 2
    report.begin(session)
    replay = Replay(Inferior(driver), messages=options.messages, timeout=options.timeout, patience=PATIENCE)
    results = []
    for result in replay.run(session):
        results.append(result)
        report.step(session, result)
    report.end(session)
    if options.update:
        try:
            if update.write(session, update.updated(session, results)):
                report.updated(session)
        except TranscriptError as error:
            report.failed(error)
            return 2
        return 0
    return int(any(result.verdict == "differs" for result in results))


def _parse(argv: Sequence[str]) -> _Options:
    options = _Options()
    rest = list(argv)
    while rest:
        argument = rest.pop(0)
        name, equals, value = argument.partition("=") if argument.startswith("--") else (argument, "", "")
        if name in ("--json", "--update", "--show"):
            setattr(options, name[2:], True)
        elif name in ("-h", "--help"):
            options.help = True
        elif name in ("--timeout", "--messages"):
            if not equals:
                if not rest:
                    raise _UsageError(f"{name} wants a value")
                value = rest.pop(0)
            _set(options, name, value)
        elif argument.startswith("-"):
            raise _UsageError(f"unknown option {argument}")
        else:
            options.paths.append(argument)
    if not options.paths and not options.help:
        raise _UsageError("which file?")
    return options


def _set(options: _Options, name: str, value: str) -> None:
    if name == "--messages":
        if value not in ("1.18", "1.1"):
            raise _UsageError(f"--messages is 1.18 or 1.1, not {value}")
        options.messages = value
        return
    try:
        options.timeout = float(value)
    except ValueError:
        raise _UsageError(f"--timeout wants a number of seconds, not {value}") from None
    if not options.timeout > 0:
        raise _UsageError("--timeout wants more than 0 seconds")
