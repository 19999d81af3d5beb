"""Whether a step printed what its transcript shows."""

from __future__ import annotations

import difflib
from typing import Literal

from pyex.transcript.asides import moved_last
from pyex.transcript.tokens import Frames, Identity, tokens

Verdict = Literal["exact", "equivalent", "differs"]


class Comparison:
    """The comparison of one session: the identities of its transcript are renamed one to one over all of its steps."""

    def __init__(self, frames: Frames = "none") -> None:
        self._frames = frames
        self._actual_of: dict[Identity, Identity] = {}
        self._expected_of: dict[Identity, Identity] = {}

    def judge(self, expected: str, actual: str) -> Verdict:
        """Compare one step, and remember which identity stands for which if it is the same."""
        exact = lines_of(expected) == lines_of(actual)
        pairs = self._pairs(expected, actual)
        if pairs is None:
            return "exact" if exact else "differs"
        for ours, theirs in pairs:
            self._actual_of[ours] = theirs
            self._expected_of[theirs] = ours
        return "exact" if exact else "equivalent"

    def is_same(self, expected: str, actual: str) -> bool:
        """Tell whether a step would be accepted, without remembering anything."""
        return lines_of(expected) == lines_of(actual) or self._pairs(expected, actual) is not None

    def _pairs(self, expected: str, actual: str) -> list[tuple[Identity, Identity]] | None:
        """Return the identities that must stand for each other, or None if the texts are not equivalent."""
        found = self._matched(expected, actual)
        if found is None:
            moved = moved_last(expected), moved_last(actual)
            found = self._matched(*moved) if moved != (expected, actual) else None
        return found

    def _matched(self, expected: str, actual: str) -> list[tuple[Identity, Identity]] | None:
        left, right = tokens(expected, self._frames), tokens(actual, self._frames)
        if len(left) != len(right):
            return None
        forward: dict[Identity, Identity] = {}
        backward: dict[Identity, Identity] = {}
        for ours, theirs in zip(left, right, strict=True):
            if not (isinstance(ours, Identity) and isinstance(theirs, Identity)):
                if ours != theirs:
                    return None
                continue
            if ours.kind != theirs.kind:
                return None
            if self._actual_of.get(ours, forward.setdefault(ours, theirs)) != theirs:
                return None
            if self._expected_of.get(theirs, backward.setdefault(theirs, ours)) != ours:
                return None
        return list(forward.items())


def lines_of(text: str) -> list[str]:
    """Return the lines of an output, without the blanks at their ends and the empty lines at its end."""
    return [line.rstrip() for line in text.rstrip().split("\n")]


def diff(expected: str, actual: str) -> list[str]:
    """Return the lines that differ, `-` before what the transcript shows and `+` before what was printed."""
    lines = difflib.ndiff(lines_of(expected) if expected.strip() else [], lines_of(actual) if actual.strip() else [])
    return [line.rstrip() for line in lines if not line.startswith("?")]
