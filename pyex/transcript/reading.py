"""A file on disk to a session, or a clear word on why it is none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Final

from pyex.transcript import block, lesson
from pyex.transcript.block import Line
from pyex.transcript.session import Session, Step, TranscriptError

LESSONS: Final = (".md", ".livemd", ".markdown")
SUFFIXES: Final = (*LESSONS, ".iex")
LONGEST_LINE: Final = 1_000_000
DEEPEST: Final = 1_000


class NoPrompt(TranscriptError):
    """A text without a single prompt: prose, not a session."""


def read(path: str) -> Session:
    """Return the session in a file. Raises TranscriptError."""
    text = _text(path)
    if path.endswith(LESSONS):
        parts = lesson.parse(text, path)
    else:
        parts = block.parse([Line(number, "", line) for number, line in enumerate(text.split("\n"), start=1)])
    session = Session(path, text, parts)
    if not session.steps:
        raise NoPrompt("no prompt such as iex(1)> is in it", path)
    for step in session.steps:
        _check_depth(step, path)
    return session


def find(paths: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Return the files that paths name, a folder's in their order, and whether each was found in a folder."""
    for path in paths:
        if not os.path.isdir(path):
            yield path, False
            continue
        for folder, names, files in os.walk(path):
            names.sort()
            yield from ((os.path.join(folder, name), True) for name in sorted(files) if name.endswith(SUFFIXES))


def _text(path: str) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise TranscriptError(error.strerror or str(error), path) from None
    _check(data, b"\0", "a NUL", path)
    _check(data, b"\x1b", "an escape sequence of a terminal", path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TranscriptError(f"byte 0x{data[error.start]:02X} is not UTF-8", path, line) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for number, shown in enumerate(text.split("\n"), start=1):
        if len(shown) > LONGEST_LINE:
            raise TranscriptError(f"the line has {len(shown):,} characters; {LONGEST_LINE:,} are the most", path, number)
    return text


def _check(data: bytes, wrong: bytes, name: str, path: str) -> None:
    place = data.find(wrong)
    if place >= 0:
        raise TranscriptError(f"{name} is in it", path, data.count(b"\n", 0, place) + 1)


def _check_depth(step: Step, path: str) -> None:
    for text in (step.input, step.expected):
        depth = 0
        for sign in text:
            if sign in "([{":
                depth += 1
                if depth > DEEPEST:
                    raise TranscriptError(f"brackets are nested more than {DEEPEST:,} deep", path, step.line)
            elif sign in ")]}":
                depth -= 1
