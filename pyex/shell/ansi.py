"""Colours of the shell's own output, by the names that IO.ANSI gives them."""

from __future__ import annotations

from typing import Final

RESET: Final = "\x1b[0m"
CLEAR: Final = "\x1b[H\x1b[2J"


def paint(text: str, escape: str) -> str:
    """Return text behind an escape sequence, with the end of its colour where the text ends."""
    return f"{escape}{text}{RESET}" if escape else text
