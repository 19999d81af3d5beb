"""Two texts line by line, with what is the same around each difference: what `pyex format --check-formatted` shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyex.code.native import call
from pyex.terms.atoms import atom_name
from pyex.terms.lists import from_pylist, to_pylist

AROUND: Final = 2
"""How many equal lines are shown before and behind a difference."""
_RED: Final = "\x1b[31m"
_GREEN: Final = "\x1b[32m"
_PLAIN: Final = "\x1b[0m"


def shown(old: str, new: str, colours: bool = False) -> str:
    """Return the differences of two texts: old and new line numbers, a sign, and the line."""
    before, behind = old.split("\n"), new.split("\n")
    width = max(len(str(len(before))), len(str(len(behind))))
    gap = " " * (2 * width + 3) + "|"
    out: list[str] = []
    found = list(blocks(before, behind))
    for place, (kind, i1, i2, j1, j2) in enumerate(found):
        if kind == "eq":
            out += _equal(before, (i1, i2), j1 - i1, (place == 0, place == len(found) - 1), width, gap)
            continue
        for index in range(i1, i2):
            line = f"{index + 1:{width}} {'':{width}} -|{before[index]}"
            out.append(f"{_RED}{line}{_PLAIN}" if colours else line)
        for index in range(j1, j2):
            line = f"{'':{width}} {index + 1:{width}} +|{behind[index]}"
            out.append(f"{_GREEN}{line}{_PLAIN}" if colours else line)
    return "\n".join(out) + "\n"


def blocks(before: list[str], behind: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Return what is equal, deleted and inserted: a kind, and the lines of both texts that it spans."""
    i = j = 0
    for kind, lines in to_pylist(call("List", "myers_difference", from_pylist(before), from_pylist(behind))):
        name = atom_name(kind) or ""
        count = len(to_pylist(lines))
        i2, j2 = (i if name == "ins" else i + count), (j if name == "del" else j + count)
        yield name, i, i2, j, j2
        i, j = i2, j2


def _equal(
    lines: list[str], span: tuple[int, int], shift: int, ends: tuple[bool, bool], width: int, gap: str
) -> list[str]:
    """Return equal lines: those next to differences, and a gap for the others."""
    start, stop = span
    first, last = ends
    leading = set() if first else set(range(start, min(stop, start + AROUND)))
    trailing = set() if last else set(range(max(start, stop - AROUND), stop))
    out = []
    skipped = False
    for index in range(start, stop):
        if index in leading or index in trailing:
            out.append(f"{index + 1:{width}} {index + 1 + shift:{width}}  |{lines[index]}")
            skipped = False
        elif not skipped:
            out.append(gap)
            skipped = True
    return out
