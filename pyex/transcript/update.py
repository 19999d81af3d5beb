"""What a shell printed, written back into the transcript or lesson."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable

from pyex.transcript.replay import Result
from pyex.transcript.session import Session, TranscriptError


def updated(session: Session, results: Iterable[Result]) -> str:
    """Return the text of a session in which every step that differed shows what was printed.

    Steps that were exact or equivalent stay as they are. A block whose prompts ran together is written out in order.
    """
    source = session.text.split("\n")
    replacements: dict[tuple[int, int], list[str]] = {}
    together: dict[tuple[int, int], list[Result]] = {}
    for result in results:
        step = result.step
        if step.together:
            together.setdefault(step.lines, []).append(result)
        elif result.verdict == "differs":
            replacements[step.lines] = _with_prefix(_outputs(result, source), step.prefix)
    for lines, block in together.items():
        if any(result.verdict == "differs" for result in block):
            replacements[lines] = _with_prefix(_written_out(block), block[0].step.prefix)
    for (first, last), text in sorted(replacements.items(), reverse=True):
        source[first - 1 : last - 1] = text
    return "\n".join(source)


def write(session: Session, text: str) -> bool:
    """Replace a session's file as a whole, if its text has changed; tells whether it has. Raises TranscriptError."""
    if text == session.text:
        return False
    folder = os.path.dirname(os.path.abspath(session.path))
    try:
        mode = os.stat(session.path).st_mode
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=folder, delete=False) as file:
            file.write(text)
        os.chmod(file.name, mode)
        os.replace(file.name, session.path)
    except OSError as error:
        raise TranscriptError(f"it cannot be written: {error.strerror}", session.path) from None
    return True


def _outputs(result: Result, source: list[str]) -> list[str]:
    """Return the new lines below a prompt, with the empty lines that stood below the old ones."""
    first, last = result.step.lines
    blank = 0
    while last - blank > first and not source[last - blank - 2].strip():
        blank += 1
    text = result.actual.rstrip("\n")
    return (text.split("\n") if text.strip() else []) + [""] * blank


def _written_out(block: list[Result]) -> list[str]:
    lines = []
    for result in block:
        head, *rest = result.step.input.split("\n")
        output = result.actual if result.verdict == "differs" else result.step.expected
        lines += [f"iex> {head}", *[f"...> {line}" for line in rest]]
        lines += output.rstrip("\n").split("\n") if output.strip() else []
    return lines


def _with_prefix(lines: list[str], prefix: str) -> list[str]:
    return [prefix + line if line else line for line in lines]
