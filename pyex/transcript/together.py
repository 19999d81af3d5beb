"""Prompts that a careless copy has run together on one line, with the results behind their expressions.

    {:ok,#PID<0.60.0>} iex> GenServer.call(pid, :next_number) 100

Where an expression ends and its result begins, the grammar tells: it is the longest beginning that is a whole expression.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyex.syntax import Complete, parse_prompt
from pyex.terms.errors import ElixirError

_BETWEEN: Final = re.compile(r"""(?P<text>"(?:\\.|[^"\\])*")|(?P<prompt>(?:(?<=\s)|^)(?:iex|pyex)>[ \t])""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression and its result; `index` is the line of the block that it begins on."""

    index: int
    input: str
    expected: str


def is_run_together(lines: Sequence[str]) -> bool:
    """Tell whether a prompt stands behind other text on a line of a block whose prompts do not count."""
    if not lines or not re.match(r"(?:iex|pyex)>", lines[0]):
        return False
    return any(found["prompt"] and line[: found.start()].strip() for line in lines for found in _BETWEEN.finditer(line))


def take_apart(lines: Sequence[str]) -> list[Piece]:
    """Return the expressions of a block whose prompts run together."""
    text = "\n".join(lines)
    starts = [found for found in _BETWEEN.finditer(text) if found["prompt"]]
    ends = [found.start() for found in starts[1:]] + [len(text)]
    pieces = []
    for found, end in zip(starts, ends, strict=True):
        source, expected = _split(text[found.end() : end].strip())
        pieces.append(Piece(text.count("\n", 0, found.start()), source, expected))
    return pieces


def _split(text: str) -> tuple[str, str]:
    head, newline, rest = text.partition("\n")
    if newline and rest.strip() and _is_whole(head):
        return head.strip(), rest.strip()
    if _is_whole(text):
        return text, ""
    for blank in reversed([found.start() for found in re.finditer(r"\s+", text)]):
        if _is_whole(text[:blank]):
            return text[:blank], text[blank:].strip()
    return text, ""


def _is_whole(text: str) -> bool:
    try:
        return isinstance(parse_prompt(text), Complete)
    except ElixirError:
        return False
